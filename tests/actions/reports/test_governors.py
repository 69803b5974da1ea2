"""The governors’ report: it agrees with the figures, and nobody can find a child or a small group in it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from itertools import combinations, product
from math import floor

import pytest

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.group_figures import group_figures, whole_school
from desktop_app.actions.log import log
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind, Membership, Pupil
from desktop_app.domain.report import BigFigure, FiguresBlock, Report, TableBlock, TextBlock, Unit
from desktop_app.domain.sessions import HALVES, Half, school_year_start
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.demo_school import NOW, demo_school, pupils_of
from tests.support.report_text import tables_of
from tests.support.schools import SmallSchool

ON = NOW.date()
SINCE = school_year_start(ON)
OVER = date(2026, 10, 23)
"""The last day of the last half term that is over on that day."""
END = date(2026, 12, 18)
"""The last day of the autumn term of a small school."""
FEW = "fewer than 10"


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook) -> Iterator[Context]:
    context, _ = demo_school(house, tmp_path_factory.mktemp("demo"), rulebook, pupils=140)
    yield context
    context.store.close()


def governor(context: Context) -> Context:
    return replace(context, staff=replace(context.staff, role=Role.GOVERNOR), alone=False)


def tenth(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(floor(value * 10 + Fraction(1, 2)), 10)


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and one.title.startswith(title))


def big(report: Report) -> dict[str, BigFigure]:
    return {one.name: one for block in report.blocks if isinstance(block, FiguresBlock) for one in block.figures}


def test_a_governor_reads_it_and_it_is_public(demo: Context) -> None:
    report = make_report(governor(demo), "governors", Asked(ON))
    assert report.public
    assert report == make_report(demo, "governors", Asked(ON)), "whoever makes it"


def test_it_names_no_child_no_number_and_no_class(demo: Context) -> None:
    said = repr(make_report(demo, "governors", Asked(ON)))
    with demo.store.reading() as reading:
        classes = {one.class_name for one in reading.book.all(Membership)}
    for child in pupils_of(demo):
        for word in (
            child.surname,
            child.name,
            child.list_name,
            child.legal_name,
            child.upn,
            repr(child.date_of_birth),
        ):
            assert not word or not re.search(rf"\b{re.escape(word)}\b", said), word
    for name in classes:
        assert not re.search(rf"\b{re.escape(name)}\b", said), name


def test_no_number_of_pupils_under_ten_stands_in_it_and_no_percentage_is_exact(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(ON))
    numbers = 0
    for block in tables_of(report):
        pictured = block.title.startswith(("Absence over the years, full year", "Pupils by how much"))
        for whole in block.rows:
            row = whole[:2] if pictured else whole  # what follows is England’s
            for value, column in zip(row, block.columns, strict=not pictured):
                if column.heading in ("Pupils", "Pupils concerned") and isinstance(value, int):
                    assert value >= 10
                    numbers += 1
                if isinstance(value, Fraction) and not block.title.startswith("Beside others"):
                    assert (value * 10).denominator == 1, (block.title, row)
                assert column.unit is not Unit.COUNT or not isinstance(value, Fraction)
        assert not block.pupils
    assert numbers > 5
    assert all((one.value * 10).denominator == 1 for one in big(report).values() if isinstance(one.value, Fraction))


def test_its_figures_are_those_of_the_groups(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(ON))
    school = whole_school(demo, SINCE, OVER)
    assert big(report)["Attendance"].value == tenth(school.figures.attendance)
    assert school.persistent >= 10
    assert big(report)["Persistently absent"].value == tenth(Fraction(100 * school.persistent, school.counted))
    assert 0 < school.severe < 10
    assert big(report)["Severely absent"].value == FEW
    rows = {row[0]: row for row in table(report, "By group").rows}
    assert rows["All pupils"][4:] == (tenth(Fraction(100 * school.persistent, school.counted)), FEW)
    told = 0
    for of in group_figures(demo, SINCE, OVER):
        row = rows.get(of.group.title)
        if row is None or not isinstance(row[1], int):
            assert row is None or of.members.counted < 10 or of.rest.counted < 10 or of.group.key == "looked-after"
            continue
        told += 1
        ours, rest = tenth(of.members.figures.attendance), tenth(of.rest.figures.attendance)
        assert ours is not None
        assert rest is not None
        assert row[1:4] == (of.members.counted, ours, ours - rest)
        if isinstance(row[4], Fraction):
            assert row[4] == tenth(Fraction(100 * of.members.persistent, of.members.counted))
    assert told >= 3
    years = {row[0]: row for row in table(report, "Year groups").rows}
    for one in figures(demo, SINCE, OVER, Grouping.YEAR):
        words = "Reception" if one.key == "R" else f"Year {one.key}"
        assert years[words][2] == tenth(one.figures.attendance)


def test_it_tells_of_the_groups_that_governors_ask_for_and_of_ethnicity_where_it_is_recorded(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(ON))
    rows = {row[0]: row for row in table(report, "By group").rows}
    for title in (
        "Pupil premium",
        "Free school meals",
        "English as an additional language",
        "Young carers",
        "Children of service families",
        "Medical need on record",
    ):
        assert title in rows, title
    with demo.store.reading() as reading:
        flags = [one for one in reading.book.all(Flag) if one.holds(OVER)]
    eal = {one.pupil for one in flags if one.kind is FlagKind.EAL}
    assert rows["English as an additional language"][1] == len(
        eal & {one.id for one in pupils_of(demo) if one.on_roll(OVER)}
    )
    assert rows["Young carers"][1] == FEW
    assert isinstance(rows["White"][1], int)
    kinds = {key: {one.kind for one in flags if one.pupil == key} for key in {one.pupil for one in flags}}
    assert all(FlagKind.ETHNICITY in of for of in kinds.values()), "the demo school has recorded it of everybody"
    assert not [of for of in kinds.values() if {FlagKind.EHCP, FlagKind.SEN_SUPPORT} <= of]


def test_no_half_term_tells_of_fewer_than_ten_and_a_year_before_it_is_the_same_half_term(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(date(2026, 8, 31)))
    assert report.subtitle.startswith("Autumn 1 to Summer 2 of 2025/26: ")
    rows = table(report, "By half term").rows
    halves = [(date(2025, 9, 1), date(2025, 10, 26)), (date(2025, 10, 27), date(2025, 12, 31))]
    told = few = 0
    for row, (first, last) in zip(rows, halves, strict=False):
        of = whole_school(demo, first, last)
        assert row[1] == tenth(of.figures.attendance)
        for value, number in ((row[4], of.persistent), (row[5], of.severe)):
            assert value == (tenth(Fraction(100 * number, of.counted)) if number >= 10 or not number else FEW)
            told, few = told + (value != FEW), few + (value == FEW)
    assert len(rows) == 6
    assert told
    assert few


def test_reports_of_neighbouring_days_are_one_report(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(ON))
    assert report.subtitle == "Autumn 1 of 2026/27: 2 September 2026 to 23 October 2026"
    for day in (OVER, date(2026, 10, 28), date(2026, 11, 2), date(2026, 11, 19)):
        assert make_report(demo, "governors", Asked(day)) == report, day
    for first in (date(2026, 9, 1), date(2026, 9, 14), OVER):
        assert make_report(demo, "governors", Asked(ON, first=first)) == report, first
    assert "Whole half terms alone" in repr(report)
    assert make_report(demo, "governors", Asked(date(2026, 10, 22))).subtitle.startswith("Autumn 1 to Summer 2")
    nothing = make_report(demo, "governors", Asked(ON, first=date(2026, 11, 2)))
    assert [type(one) for one in nothing.blocks] == [TextBlock]
    assert "No half term of these days is over yet" in repr(nothing)


def test_how_often_something_was_done_is_told_from_ten_times_on(demo: Context) -> None:
    for day in (OVER, date(2026, 8, 31)):
        rows = table(make_report(demo, "governors", Asked(day)), "What was done").rows
        assert rows
        assert all(value == FEW or value >= 10 for row in rows for value in row[1:])


def test_it_counts_everyone_whatever_was_asked_so_that_two_of_it_give_nobody_away(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(ON, comparable=True))
    assert report == make_report(demo, "governors", Asked(ON))
    assert report.counts.startswith("Everyone on roll")


def test_what_was_done_is_counted_without_a_word_of_it(demo: Context) -> None:
    report = make_report(demo, "governors", Asked(ON))
    rows = {row[0]: row for row in table(report, "What was done").rows}
    with demo.store.reading() as reading:
        entries = [
            one
            for one in reading.entries.all(kinds=(EntryKind.PHONE_CALL,))
            if one.withdrawn is None and not one.restricted and SINCE <= one.happened_at.date() <= OVER
        ]
    assert rows["Phone calls"][1] == len(entries)
    said = repr(report)
    assert not [one.outcome for one in entries if len(one.outcome) > 12 and one.outcome in said]
    worked = next(one for one in report.blocks if isinstance(one, TextBlock) and one.heading == "Did it work?")
    assert worked.text.endswith(".")


# Attacks on random schools in a real store


KINDS = (
    FlagKind.PUPIL_PREMIUM,
    FlagKind.SEN_SUPPORT,
    FlagKind.EHCP,
    FlagKind.LOOKED_AFTER,
    FlagKind.CHILD_IN_NEED,
    FlagKind.FSM,
    FlagKind.EAL,
    FlagKind.YOUNG_CARER,
    FlagKind.SERVICE_CHILD,
    FlagKind.MEDICAL,
)


def random_school(context: Context, dice: random.Random) -> None:
    size = dice.choice([12, 25, 44])
    with context.store.writing(context.deed("set up")) as writing:
        ids = writing.book.put_many(
            Pupil(0, f"Surname{n}", f"Forename{n}", date(2018, 2, 14), date(2022, 9, 5), sex=dice.choice("FFFM"))
            for n in range(size)
        )
        writing.book.put_many(
            Membership(0, one, "4B", dice.choice(["4", "4", "4", "5", "6"]), date(2026, 9, 1)) for one in ids
        )
        for kind in KINDS:
            share = dice.choice([0.05, 0.25, 0.5, 0.8])
            writing.book.put_many(Flag(0, one, kind, "", SINCE) for one in ids if dice.random() < share)
        days = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19)]
        writing.marks.add(
            NewMark(one, day, half, dice.choice(["/" if half is Half.AM else "\\"] * 8 + ["I", "O"]))
            for one in ids
            for day in days
            for half in HALVES
        )


def members(context: Context) -> dict[str, set[int]]:
    """Who is in each group by the words of the report, worked out from the book."""
    with context.store.reading() as reading:
        flags = reading.book.all(Flag)
        year = {one.pupil: one.year for one in reading.book.all(Membership)}
    everybody = {one.id: one for one in pupils_of(context)}

    def having(*kinds: FlagKind) -> set[int]:
        return {one.pupil for one in flags if one.kind in kinds}

    found = {
        "All pupils": set(everybody),
        "Pupil premium": having(FlagKind.PUPIL_PREMIUM),
        "EHCP": having(FlagKind.EHCP),
        "SEN support": having(FlagKind.SEN_SUPPORT) - having(FlagKind.EHCP),
        "Looked after, now or before": having(FlagKind.LOOKED_AFTER),
        "Social care": having(FlagKind.CHILD_IN_NEED),
        "Free school meals": having(FlagKind.FSM),
        "English as an additional language": having(FlagKind.EAL),
        "Young carers": having(FlagKind.YOUNG_CARER),
        "Children of service families": having(FlagKind.SERVICE_CHILD),
        "Medical need on record": having(FlagKind.MEDICAL),
        "Girls": {key for key, one in everybody.items() if one.sex == "F"},
        "Boys": {key for key, one in everybody.items() if one.sex == "M"},
    }
    found["SEN support or EHCP"] = found["EHCP"] | found["SEN support"]
    found["No SEN recorded"] = set(everybody) - found["SEN support or EHCP"]
    for words, of in (
        ("Not pupil premium", "Pupil premium"),
        ("No free school meals", "Free school meals"),
        ("English as the first language", "English as an additional language"),
        ("Not young carers", "Young carers"),
        ("Not of service families", "Children of service families"),
        ("No medical need on record", "Medical need on record"),
        ("Never looked after", "Looked after, now or before"),
        ("No social care", "Social care"),
    ):
        found[words] = set(everybody) - found[of]
    for first, last in combinations("4567", 2):
        wanted = {str(one) for one in range(int(first), int(last))}
        of = {key for key, one in year.items() if one in wanted}
        found[f"Year {first}" if len(wanted) == 1 else f"Year {first} to Year {int(last) - 1}"] = of
    return found


@pytest.mark.parametrize("seed", range(10))
def test_nobody_finds_a_small_group_by_adding_and_taking_away(
    seed: int, empty_school: SmallSchool, clock: StillClock
) -> None:
    clock.set(2026, 12, 18, 16, 0)
    context = empty_school.context
    random_school(context, random.Random(seed))
    report = make_report(context, "governors", Asked(END))
    known = members(context)
    told: list[set[int]] = []
    for block in tables_of(report):
        for row in block.rows if block.columns[-1].heading != "Pupils concerned" else ():
            if len(row) > 3 and isinstance(row[1], int) and block.columns[1].heading == "Pupils":
                told.append(known[str(row[0])])
                assert row[1] == len(told[-1]), row[0]
    assert told
    for few in range(1, 4):
        for some in combinations(told, few):
            for signs in product((1, -1), repeat=few):
                weights = {
                    pupil: sum(sign for sign, group in zip(signs, some, strict=True) if pupil in group)
                    for pupil in known["All pupils"]
                }
                left = [weight for weight in weights.values() if weight]
                assert not (left and len(set(left)) == 1 and len(left) < 10), (few, signs)


def test_a_school_of_nine_is_told_nothing_and_says_why(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 12, 18, 16, 0)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(NewMark(one, END, Half.AM, "/") for one in school.pupils.values())
    report = make_report(school.context, "governors", Asked(END))
    assert [type(one) for one in report.blocks] == [TextBlock]
    assert "fewer than 10 pupils" in repr(report)


def test_it_is_too_early_to_say_before_forty_sessions(empty_school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 12, 18, 16, 0)
    random_school(empty_school.context, random.Random(3))
    report = make_report(empty_school.context, "governors", Asked(END))
    assert big(report)["Persistently absent"].value is None
    assert "too early to say" in repr(report)
    (row,) = [one for one in table(report, "By half term").rows if one[1] is not None]
    assert row[4:] == (None, None), "nor of the half term by itself"


def test_before_and_after_are_told_of_ten_and_reckoned_from_their_marks(
    empty_school: SmallSchool, clock: StillClock
) -> None:
    """Twelve children were absent every morning before a letter of 2 November, and came to everything after it."""
    context = empty_school.context
    clock.set(2026, 12, 18, 16, 0)
    with context.store.writing(context.deed("set up")) as writing:
        ids = writing.book.put_many(
            Pupil(0, f"Surname{n}", f"Forename{n}", date(2018, 2, 14), date(2022, 9, 5)) for n in range(12)
        )
        writing.book.put_many(Membership(0, one, "4B", "4", date(2026, 9, 1)) for one in ids)
        days = [date(2026, 10, day) for day in (19, 20, 21, 22, 23)]
        days += [date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17)]
        marks = [(day, half, day < date(2026, 11, 2) and half is Half.AM) for day in days for half in HALVES]
        writing.marks.add(
            NewMark(one, day, half, "O" if away else "/" if half is Half.AM else "\\")
            for one in ids
            for day, half, away in marks
        )
    log(context, NewEntry(EntryKind.LETTER, datetime(2026, 11, 2, 9, 0), tuple(ids[:9]), "sent"))
    report = make_report(context, "governors", Asked(END))
    assert "Fewer than 10 pupils had a letter" in repr(report)
    log(context, NewEntry(EntryKind.HOME_VISIT, datetime(2026, 11, 2, 17, 0), tuple(ids[6:]), "seen"))
    report = make_report(context, "governors", Asked(END))
    worked = next(one for one in report.blocks if isinstance(one, TextBlock) and one.heading == "Did it work?")
    assert worked.text.startswith("12 pupils had")
    assert "their attendance was 50.0%, in up to 20 after it 100.0%" in worked.text
    done = {row[0]: row[1:] for row in table(report, "What was done").rows}
    assert done == {"Letters": (FEW, FEW), "Home visits": (FEW, FEW)}
