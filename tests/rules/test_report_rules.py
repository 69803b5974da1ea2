"""The pure rules behind the analysis rhythms: half terms, breakdowns, letters, rewards, work done, one child alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Author
from desktop_app.rules.breakdowns import Member, breakdowns, year_words
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.effect import sides
from desktop_app.rules.figures import figures_of
from desktop_app.rules.half_terms import half_term_of, half_terms, over_by, same_part
from desktop_app.rules.letter_list import why_left_out
from desktop_app.rules.one_child import KEPT_BACK, of_one_child
from desktop_app.rules.rewards import RewardRule, counted_for_rewards, nothing_missed, rate, rule_of
from desktop_app.rules.work_done import before_after, first_steps, open_entries, work_done
from tests.support.schools import CALENDAR, pupil

YEAR = (date(2026, 9, 1), date(2027, 8, 31))
CALENDAR_OF = SchoolCalendar(CALENDAR, "1111100")


def test_six_half_terms_from_first_school_day_to_last() -> None:
    found = half_terms(CALENDAR, CALENDAR_OF, *YEAR)
    assert [(one.name, one.year) for one in found] == [
        (name, "2026/27") for name in ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
    ]
    assert (found[0].first, found[0].last) == (date(2026, 9, 3), date(2026, 10, 23)), "the INSET day is none of it"
    assert (found[3].first, found[3].last) == (date(2027, 2, 22), date(2027, 3, 25))


def test_a_long_weekend_makes_no_half_term_and_a_week_does() -> None:
    monday = date(2026, 9, 21)
    inset = Period(0, PeriodKind.INSET, "training", monday - timedelta(days=3), monday + timedelta(days=1))
    assert len(half_terms(CALENDAR, SchoolCalendar((*CALENDAR, inset), "1111100"), *YEAR)) == 6
    week = Period(0, PeriodKind.CLOSURE, "flood", monday, monday + timedelta(days=4))
    found = half_terms(CALENDAR, SchoolCalendar((*CALENDAR, week), "1111100"), *YEAR)
    assert [one.name for one in found][:3] == ["Autumn 1", "Autumn 2", "Autumn 3"]


def test_of_some_days_only_the_half_terms_they_touch_and_a_holiday_belongs_to_the_one_before() -> None:
    found = half_terms(CALENDAR, CALENDAR_OF, date(2026, 10, 23), date(2026, 11, 2))
    assert [one.name for one in found] == ["Autumn 1", "Autumn 2"]
    of = half_term_of(found, date(2026, 10, 28))
    assert of is not None
    assert of.name == "Autumn 1"
    assert half_term_of(found, date(2026, 9, 2)) is None


def test_the_public_is_told_of_whole_half_terms_that_are_over() -> None:
    halves = half_terms(CALENDAR, CALENDAR_OF, *YEAR)

    def names(on: date, first: date | None = None) -> list[str]:
        return [one.name for one in over_by(halves, on, first)]

    assert names(date(2026, 10, 22)) == []
    assert names(date(2026, 10, 23)) == names(date(2026, 12, 17)) == ["Autumn 1"]
    assert names(date(2027, 2, 12)) == ["Autumn 1", "Autumn 2", "Spring 1"]
    assert names(date(2027, 2, 12), date(2026, 12, 1)) == ["Autumn 2", "Spring 1"]
    assert names(date(2026, 11, 26), date(2026, 11, 2)) == []


def test_a_half_term_that_runs_is_held_against_the_same_weeks_of_the_one_a_year_before() -> None:
    halves = half_terms(CALENDAR, CALENDAR_OF, *YEAR)
    autumn, spring = halves[1], halves[2]  # from Mon 2 Nov, and from Mon 4 Jan
    assert same_part(autumn, date(2026, 11, 11), spring, CALENDAR_OF) == (spring.first, date(2027, 1, 13))
    assert same_part(autumn, date(2026, 11, 15), spring, CALENDAR_OF) == (spring.first, date(2027, 1, 17))
    assert same_part(autumn, autumn.last, spring, CALENDAR_OF) == (spring.first, spring.last), "over: whole"
    assert same_part(autumn, date(2026, 12, 16), spring, CALENDAR_OF) == (spring.first, spring.last), "it was shorter"
    first = halves[0]  # from a Thursday
    assert same_part(first, date(2026, 9, 4), autumn, CALENDAR_OF) == (autumn.first, date(2026, 11, 6))


def test_everybody_is_in_each_breakdown_once() -> None:
    members = [
        Member(1, "R", {"pupil-premium", "sex:F", "ethnicity:WBRI"}),
        Member(2, "4", {"ehcp", "sen-support", "sex:M", "ethnicity:CHNE", "child-protection"}),
        Member(3, "N2", {"sen-support", "previously-looked-after", "ethnicity:REFU"}),
        Member(4, "11", {"social-worker", "sex:M", "ethnicity:Cornish"}),
        Member(5, "12", frozenset()),
    ]
    found = {one.key: {part.title: set(part.members) for part in one.parts} for one in breakdowns(members)}
    for parts in found.values():
        assert sorted(key for of in parts.values() for key in of) == [1, 2, 3, 4, 5]
    assert found["sen"] == {"EHCP": {2}, "SEN support": {3}, "No SEN recorded": {1, 4, 5}}
    assert found["looked-after"]["Looked after, now or before"] == {3}
    assert found["child-in-need"]["Social care"] == {2, 4}
    assert found["part"] == {"Nursery": {3}, "Reception to Year 10": {1, 2}, "Year 11": {4}, "Sixth form": {5}}
    assert list(found["year"]) == ["Nursery 2", "Reception", "Year 4", "Year 11", "Year 12"]
    assert found["ethnicity"] == {"White": {1}, "Asian": {2}, "Not recorded": {3, 5}, "Any other ethnic group": {4}}


@pytest.mark.parametrize(
    ("year", "words"), [("R", "Reception"), ("N", "Nursery"), ("7", "Year 7"), ("", "No year group")]
)
def test_a_year_group_in_words(year: str, words: str) -> None:
    assert year_words(year) == words


def flag(kind: FlagKind, value: str = "") -> Flag:
    return Flag(0, 1, kind, value, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("held", "flags", "start", "possible", "why"),
    [
        (False, (), date(2026, 9, 2), 10, ""),
        (True, (flag(FlagKind.OTHER, "bereaved"),), date(2026, 9, 2), 10, "See the safeguarding lead"),
        (False, (flag(FlagKind.OTHER, "Family bereavement"),), date(2026, 9, 2), 10, "Bereaved"),
        (False, (flag(FlagKind.OTHER, "Breakfast club"),), date(2026, 9, 2), 10, ""),
        (False, (flag(FlagKind.MEDICAL, "agreed"),), date(2026, 9, 2), 10, "Ill as agreed"),
        (False, (flag(FlagKind.MEDICAL, " "),), date(2026, 9, 2), 10, ""),
        (False, (), date(2026, 11, 2), 10, ""),
        (False, (), date(2026, 11, 3), 10, "Joined late, on Tue 3 Nov 2026"),
        (False, (), date(2026, 9, 2), 0, "No session was possible"),
    ],
)
def test_who_is_left_out_of_a_batch(held: bool, flags: tuple[Flag, ...], start: date, possible: int, why: str) -> None:
    first = date(2026, 11, 2)
    assert why_left_out(held=held, flags=flags, starting_day=start, first=first, possible=possible) == why


@pytest.mark.parametrize(
    ("counts", "medical", "spared", "counting"),
    [
        ({"/": 8, "M": 1, "R": 1}, False, True, True),
        ({"/": 8, "C2": 2}, False, True, True),
        ({"/": 8, "Y1": 2}, False, True, True),
        ({"/": 8, "I": 2}, False, True, False),
        ({"/": 8, "I": 2}, True, True, True),
        ({"/": 8, "O": 1}, True, False, False),
        ({"/": 8, "U": 1}, False, False, False),
        ({"/": 8, "L": 2}, False, True, True),
        ({"/": 9, "N": 1}, False, True, True),
        ({"M": 10}, False, True, True),
        ({"I": 10}, True, True, True),
        ({"I": 10}, False, False, False),
        ({"Y1": 10}, False, True, True),
        ({}, False, False, False),
    ],
)
def test_what_counts_against_a_certificate(
    counts: dict[str, int], medical: bool, spared: bool, counting: bool, rulebook: Rulebook
) -> None:
    figures = figures_of(counts, 0, rulebook.codes)
    for rule, expected in ((RewardRule.ILLNESS_SPARED, spared), (RewardRule.ILLNESS_COUNTS, counting)):
        assert nothing_missed(figures, rulebook.codes, rule, medical=medical) is expected


def test_the_rate_for_rewards_leaves_out_what_is_spared(rulebook: Rulebook) -> None:
    figures = figures_of({"/": 6, "L": 1, "I": 2, "M": 1, "O": 1}, 0, rulebook.codes)
    assert counted_for_rewards(figures, rulebook.codes, RewardRule.ILLNESS_SPARED, medical=False) == (7, 8)
    assert counted_for_rewards(figures, rulebook.codes, RewardRule.ILLNESS_COUNTS, medical=False) == (7, 10)
    assert counted_for_rewards(figures, rulebook.codes, RewardRule.ILLNESS_COUNTS, medical=True) == (7, 8)
    assert rate(7, 8) == Fraction(700, 8)
    assert rate(0, 0) is None
    assert rule_of("") is rule_of("nonsense") is RewardRule.ILLNESS_SPARED
    assert rule_of("illness-counts") is RewardRule.ILLNESS_COUNTS


def entry(number: int, kind: EntryKind, day: date, *pupils: int, **more: object) -> Entry:
    moment = datetime(day.year, day.month, day.day, 9, 0)
    facts: dict[str, object] = {"restricted": False, "adds_to": None, "withdrawn": None} | more
    author = Author(1, "Ms T Vale", "office")
    return Entry(number, kind, moment, moment.replace(tzinfo=UTC), author, pupils, (), "done", "", {}, **facts)  # type: ignore[arg-type]


def test_work_is_counted_without_what_is_sealed_or_out_of_the_days() -> None:
    first, last = date(2026, 11, 2), date(2026, 11, 20)
    entries = [
        entry(1, EntryKind.LETTER, first, 1, 2),
        entry(2, EntryKind.LETTER, last, 2),
        entry(3, EntryKind.LETTER, last + timedelta(days=1), 3),
        entry(4, EntryKind.MEETING, last, 4, restricted=True),
        entry(5, EntryKind.HOME_VISIT, last, 4, adds_to=4),
        entry(6, EntryKind.PHONE_CALL, first, 5),
    ]
    of = open_entries(entries, first, last)
    assert [one.id for one in of] == [1, 2, 6]
    assert [(one.title, one.times, one.pupils) for one in work_done(of)] == [("Phone calls", 1, 1), ("Letters", 2, 2)]
    assert first_steps(of) == {1: first, 2: first}


def test_the_sides_of_a_step_are_school_days_without_its_own() -> None:
    step = date(2026, 11, 2)
    assert sides(CALENDAR_OF, step, date(2026, 11, 13)) is None, "nine school days since are too few"
    both = sides(CALENDAR_OF, step, date(2026, 11, 16))
    assert both == ((date(2026, 9, 28), date(2026, 10, 23)), (date(2026, 11, 3), date(2026, 11, 16)))
    assert sides(CALENDAR_OF, date(2026, 9, 3), date(2026, 11, 16)) is None, "no school day was before"


def test_before_and_after_are_sum_over_sum_of_those_with_both(rulebook: Rulebook) -> None:
    before, after = (date(2026, 10, 19), date(2026, 10, 23)), (date(2026, 11, 3), date(2026, 11, 6))
    marks = [
        Mark(1, before[0], Half.AM, "O"),
        Mark(1, before[1], Half.AM, "/"),
        Mark(1, after[0], Half.AM, "/"),
        Mark(2, before[0], Half.AM, "/"),
        Mark(3, before[0], Half.AM, "I"),
        Mark(3, after[1], Half.AM, "/"),
        Mark(3, date(2026, 11, 2), Half.AM, "O"),
        Mark(4, before[0], Half.AM, "O"),
    ]
    found = before_after(dict.fromkeys((1, 2, 3), (before, after)), marks, rulebook.codes, lambda _: True)
    assert (found.pupils, found.before.attendance, found.after.attendance) == (2, Fraction(100, 3), Fraction(100))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Çağla has the same bug", False),
        ("Both he and cagla were away", False),
        ("Cagla-May’s mother rang", False),
        ("Ryan said so himself", True),
        ("Will bring the form", True),
        ("Rang Ms Doyle", True),
    ],
)
def test_words_that_name_another_child_are_kept_back(text: str, kept: bool) -> None:
    child = pupil("Doyle", "Ryan")
    others = [pupil("Doyle", "Çağla", 2), pupil("Kaya", "Ryan", 3)]
    assert of_one_child(text, child, others) == (text if kept else KEPT_BACK)
