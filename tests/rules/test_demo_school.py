"""The story of a demo school, before anything is written: people, marks and cases."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from desktop_app import paths
from desktop_app.actions.demo_words import read_words
from desktop_app.domain.people import Answer
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.rules.age import compulsory
from desktop_app.rules.codes import refusal
from desktop_app.rules.demo_cases import BLANK, parents
from desktop_app.rules.demo_rates import missed, rates
from desktop_app.rules.demo_school import tell
from desktop_app.rules.figures import figures_of
from desktop_app.rules.upn import upn_fault

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def words():
    return read_words(paths.resources())


@pytest.fixture(scope="module")
def story(words):
    return tell(words, TODAY, 210, 3, 1)


def codes_of(year):
    """Every mark of a year as (child key, session, code)."""
    for key, row in year.sheet.rows.items():
        for place in range(row.first, min(row.last, 2 * year.taken)):
            code = row.codes[place] or ("\\" if place % 2 else "/")
            yield key, Session(year.sheet.days[place // 2], HALVES[place % 2]), code


def test_the_same_seed_and_day_tell_the_same_story(words):
    assert tell(words, TODAY, 28, 2, 7) == tell(words, TODAY, 28, 2, 7)
    assert tell(words, TODAY, 28, 2, 7) != tell(words, TODAY, 28, 2, 8)


def test_classes_have_about_thirty_children_and_those_asked_for_are_there(story):
    sizes = {name: len(keys) for name, keys in story.in_classes(story.years[-1]).items()}
    assert sum(sizes.values()) == 210
    assert set(sizes.values()) == {30}
    assert sorted(name[0] for name in sizes) == ["1", "2", "3", "4", "5", "6", "R"]


def test_children_move_up_each_year(story):
    for year, following in zip(story.years, story.years[1:], strict=False):
        for key, row in following.sheet.rows.items():
            if key in year.sheet.rows:
                assert "R123456".index(row.child.year_group(following.start)) == (
                    "R123456".index(row.child.year_group(year.start)) + 1
                )
        gone = [row.child for key, row in year.sheet.rows.items() if key not in following.sheet.rows]
        assert sum(child.year_group(year.start) == "6" for child in gone) >= 25
        assert all(child.departure is not None for child in gone)


def test_identities_are_valid_and_unlike(story):
    pupils = [child.pupil for child in story.roster.children]
    assert all(upn_fault(pupil.upn) is None for pupil in pupils)
    assert len({pupil.upn for pupil in pupils}) == len(pupils)
    assert len({pupil.name for pupil in pupils}) > 0.97 * len(pupils)
    for child in story.roster.children:
        first_august = date(child.cohort - 4, 8, 31)
        assert first_august - timedelta(days=366) < child.pupil.date_of_birth <= first_august


def test_names_have_letters_of_many_languages(story):
    letters = set("".join(child.pupil.name for child in story.roster.children))
    letters |= set("".join(adult.person.full_name for family in story.roster.families for adult in family.adults))
    assert set("łșğéĐ") <= letters


def test_numbers_and_addresses_reach_nobody(story):
    for family in story.roster.families:
        for adult in family.adults:
            for channel in adult.channels:
                drama = channel.value.startswith(("07700 900", "0151 496 0"))
                assert drama or channel.value.endswith(".example")


def test_siblings_share_parents_and_address(story):
    by_family = Counter(child.family for child in story.roster.children)
    assert sum(count > 1 for count in by_family.values()) > 30
    for child in story.roster.children:
        home = {
            adult.person.address
            for adult in story.roster.families[child.family].adults
            if adult.tie.lives_with is Answer.YES
        }
        assert child.pupil.address in home


def test_every_mark_is_one_that_may_stand(story, rulebook):
    faults = set()
    for year in story.years:
        for key, session, code in codes_of(year):
            child = next(iter([year.sheet.rows[key].child]))
            assert child.pupil.on_roll(session.day)
            if code != BLANK:
                why = refusal(code, session.day, session.half, rulebook.codes, typed=False)
                if why:
                    faults.add((code, why))
    assert not faults


def test_codes_that_need_them_have_minutes_and_notes(story, rulebook):
    for year in story.years:
        for key, row in year.sheet.rows.items():
            for place in range(row.first, row.last):
                code = rulebook.codes.get(row.codes[place])
                if code is None or row.codes[place] == BLANK:
                    continue
                minutes, note = row.details.get(place, (None, ""))
                assert (minutes is not None) == code.takes_minutes, (key, place, code.key)
                assert note or not code.needs_note


def test_the_school_is_attended_as_the_nations_schools_are(story, words, rulebook):
    for year in story.years[:-1]:
        counts = Counter(code for _, _, code in codes_of(year))
        figures = figures_of(counts, 0, rulebook.codes)
        assert 100 * figures.absent / figures.possible == pytest.approx(words.shape.absence, abs=0.35)
        for code, share in words.shape.codes.items():
            assert 100 * counts[code] / figures.possible == pytest.approx(share, abs=0.05 + 0.12 * share), code
        assert 100 * figures.late / figures.possible == pytest.approx(1.2913, abs=0.15)


def test_few_children_miss_much_and_most_miss_little(story, rulebook):
    for year in story.years[:-1]:
        by_child: dict[int, Counter[str]] = {}
        for key, _, code in codes_of(year):
            by_child.setdefault(key, Counter())[code] += 1
        figures = [figures_of(counts, 0, rulebook.codes) for counts in by_child.values()]
        share = sum(10 * one.absent >= one.possible for one in figures) / len(figures)
        assert 0.08 < share < 0.19
        assert sum(2 * one.absent >= one.possible for one in figures) in range(1, 5)
        assert sum(20 * one.absent < one.possible for one in figures) / len(figures) > 0.5


def test_only_the_newest_absences_have_no_reason_yet(story):
    days = {session.day for year in story.years for _, session, code in codes_of(year) if code == "N"}
    assert days
    assert min(days) >= date(2026, 11, 17)


def test_mondays_and_fridays_are_missed_more(story):
    away = Counter(
        session.day.weekday() for year in story.years[:-1] for _, session, code in codes_of(year) if code in ("O", "I")
    )
    assert min(away[0], away[4]) > max(away[1], away[2], away[3])


def test_today_is_taken_in_part(story):
    marked = {"AM": Counter(), "PM": Counter()}
    for key, session, code in codes_of(story.years[-1]):
        if session.day == TODAY:
            row = story.years[-1].sheet.rows[key]
            name = story.classes.name(row.child.year_group(2026), row.child.form)
            marked[session.half][name] += code != BLANK
    first = story.cases[0].child
    assert {name for name, taken in marked["PM"].items() if taken} == {
        story.classes.name(first.year_group(2026), first.form)
    }
    taken = sorted(marked["AM"].values())
    assert taken[0] == 0
    assert 0 < taken[1] < 30
    assert taken[2:] == [30] * 5


def test_cases_are_of_children_whom_the_law_obliges_with_two_parents(story):
    assert len(story.cases) == 4
    assert len({case.child.family for case in story.cases}) == 4
    for case in story.cases:
        assert compulsory(case.child.pupil.date_of_birth, date(2026, 9, 1))
        assert len(parents(story.roster.families[case.child.family])) == 2


def test_the_mean_of_the_rates_is_the_nations(words):
    from random import Random

    drawn = rates(Random(3), words.shape, {key: key % 17 - 8.0 for key in range(400)})
    assert sum(drawn.values()) / 400 == pytest.approx(words.shape.absence / 100, abs=0.002)
    assert missed(words.shape, 0) == 0
    assert missed(words.shape, 1) == pytest.approx(0.9)


@pytest.mark.parametrize("day", ["2026-09-01", "2026-09-02", "2026-08-30", "2027-01-04", "2026-12-25", "2027-07-21"])
@pytest.mark.parametrize("years", [1, 2])
def test_any_day_will_do(words, day, years):
    told = tell(words, date.fromisoformat(day), 14, years, 3)
    assert len([child for child in told.roster.children if child.departure is None]) == 14
    assert all(one.at.date() <= date.fromisoformat(day) for year in told.years for one in year.said)


@pytest.mark.parametrize("pupils", range(1, 14))
@pytest.mark.parametrize("years", [1, 4, 7])
def test_any_number_of_children_will_do(words, pupils, years):
    told = tell(words, TODAY, pupils, years, 2)
    assert len([child for child in told.roster.children if child.departure is None]) == pupils
    sizes = [len(keys) for keys in told.in_classes(told.years[-1]).values()]
    assert sum(sizes) == pupils
    assert max(sizes) <= 2


def test_one_family_has_several_children_away_without_a_word(story):
    away = Counter(
        story.years[-1].sheet.rows[key].child.family
        for key, session, code in codes_of(story.years[-1])
        if code == "N" and session.day == TODAY
    )
    assert max(away.values()) > 1
