"""The lists, the league, the codes and the pictures: each reckoned a second time by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.actions.reports.frame import frame
from desktop_app.actions.reports.making import REPORTS, make_report, write_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, HeatChart, LineChart
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Flag, FlagKind, Membership, Pupil
from desktop_app.domain.report import ChartBlock, FiguresBlock, Report, TableBlock
from desktop_app.domain.sessions import Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.report_school import FRIDAY, THIS_WEEK, mark_two_weeks
from tests.support.report_text import check_workbook, tables_of
from tests.support.schools import SmallSchool


@pytest.fixture
def marked(school: SmallSchool, clock: StillClock) -> SmallSchool:
    return mark_two_weeks(school, clock)


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in tables_of(report) if one.title == title)


def chart(report: Report, title: str) -> object:
    return next(one.chart for one in report.blocks if isinstance(one, ChartBlock) and one.chart.title == title)


def told_after(context: Context, sessions: int) -> Context:
    """The same, where so many possible sessions are enough to say who is persistently absent."""
    rules = context.rulebook
    return replace(context, rulebook=replace(rules, too_early=replace(rules.too_early, value=sessions)))


def test_a_tenth_missed_is_on_the_list_and_less_is_not(marked: SmallSchool) -> None:
    context = told_after(marked.context, 2)
    report = make_report(context, "persistent", Asked(on=FRIDAY))
    found = table(report, "Persistently absent")
    # Two of nineteen sessions: 2 × 10 ≥ 19. One of nineteen is not.
    assert [row[:5] for row in found.rows] == [("Abara, Tobi", "4B", Fraction(1700, 19), 2, 19)]
    assert found.pupils == (marked.pupils["Abara"],)
    assert len(tables_of(report)) == 1
    later = make_report(context, "persistent", Asked(on=FRIDAY, first=THIS_WEEK))
    assert [row[0] for row in table(later, "Persistently absent").rows] == ["Abara, Tobi", "Doyle, Ryan"]
    assert not table(make_report(context, "severe", Asked(on=FRIDAY)), "Severely absent").rows
    monday = make_report(context, "severe", Asked(on=THIS_WEEK, first=THIS_WEEK))
    assert [row[0] for row in table(monday, "Severely absent").rows] == ["Abara, Tobi"]


def test_of_whom_too_few_sessions_were_possible_stands_apart(marked: SmallSchool) -> None:
    """Nineteen sessions are fewer than the forty of the law’s page: nobody is on the list, nor in the rate."""
    report = make_report(marked.context, "persistent", Asked(on=FRIDAY))
    assert not table(report, "Persistently absent").rows
    early = table(report, "Too early to say")
    assert [row[0] for row in early.rows] == ["Abara, Tobi"]
    assert early.pupils == (marked.pupils["Abara"],)
    assert "Fewer than 40 sessions" in early.note
    (big,) = [one for one in report.blocks if isinstance(one, FiguresBlock)]
    assert [one.value for one in big.figures] == [0, None, 1]


def test_a_list_is_of_a_group_where_one_was_asked_for(marked: SmallSchool) -> None:
    context = told_after(marked.context, 2)
    with context.store.writing(context.deed("flag")) as writing:
        writing.book.put(Flag(0, marked.pupils["Doyle"], FlagKind.FSM, "", date(2026, 9, 1)))
    of = Asked(on=FRIDAY, first=THIS_WEEK, group="fsm")
    report = make_report(context, "persistent", of)
    assert [row[0] for row in table(report, "Persistently absent").rows] == ["Doyle, Ryan"]
    assert report.subtitle.startswith("Free school meals, 16 November")
    with pytest.raises(Refused, match="There is no group “ehcp”"):
        make_report(context, "persistent", replace(of, group="ehcp"))


def test_a_teacher_sees_only_their_own_class_on_a_list(marked: SmallSchool) -> None:
    staff = replace(marked.context.staff, role=Role.TEACHER, classes=("3A",))
    other = replace(marked.context, staff=staff, alone=False)
    assert not table(make_report(told_after(other, 2), "persistent", Asked(on=FRIDAY)), "Persistently absent").rows
    own = told_after(replace(other, staff=replace(staff, classes=("4B",))), 2)
    assert len(table(make_report(own, "persistent", Asked(on=FRIDAY)), "Persistently absent").rows) == 1
    for key in ("codes", "persistent", "severe"):
        with pytest.raises(Refused, match="not among the classes"):
            make_report(other, key, Asked(on=FRIDAY, class_name="4B"))
    inspector = replace(other, staff=replace(staff, role=Role.READ_ONLY, classes=()))
    with pytest.raises(NotAllowed):
        make_report(inspector, "persistent", Asked(on=FRIDAY))


def test_a_class_teacher_is_told_of_no_small_class_of_another(marked: SmallSchool) -> None:
    context = marked.context
    with context.store.writing(context.deed("move")) as writing:
        for one in writing.book.all(Membership):
            if one.pupil == marked.pupils["Kaya"]:
                writing.book.put(replace(one, class_name="2W", year="2"))
    own = replace(context, staff=replace(context.staff, role=Role.TEACHER, classes=("4B",)), alone=False)
    asked = Asked(on=FRIDAY)
    for asking, classes, years in ((context, ["2W", "4B"], ["Year 2", "Year 4"]), (own, ["4B"], ["Year 4"])):
        league = table(make_report(asking, "league", asked), "Classes")
        assert sorted(str(row[0]) for row in league.rows) == classes
        weekly = make_report(asking, "weekly", asked)
        assert [row[0] for row in table(weekly, "Classes").rows] == classes
        assert [row[0] for row in table(weekly, "School and years").rows] == ["School", *years]


def test_the_league_puts_the_best_first_and_names_all_that_are_best(marked: SmallSchool) -> None:
    book = marked.context.store
    with book.writing(marked.context.deed("move")) as writing:
        known = {one.pupil: one for one in writing.book.all(Membership)}
        for surname, name in (("Kaya", "4A"), ("Doyle", "5C"), ("Abara", "5C"), ("Bielak", "6D")):
            writing.book.put(replace(known[marked.pupils[surname]], class_name=name))
    report = make_report(marked.context, "league", Asked(on=FRIDAY))
    rows = table(report, "Classes").rows
    assert [(row[0], row[1]) for row in rows] == [("4A", 1), ("4B", 2), ("6D", 1), ("5C", 2)]
    # Of Tobi and Ryan’s eighteen sessions, two of illness are not held against them.
    assert rows[3][2] == Fraction(100 * 15, 16)
    (big, *_) = [one for one in report.blocks if isinstance(one, FiguresBlock)]
    assert (big.figures[0].name, big.figures[0].value) == ("Best class: 4A, 4B, 6D", 100)
    bars = chart(report, "Attendance by class, that week")
    assert isinstance(bars, BarChart)
    assert dict(zip(bars.categories, bars.series[0].values, strict=True)) == {row[0]: row[2] for row in rows}


def test_every_code_is_counted_once(marked: SmallSchool) -> None:
    report = make_report(marked.context, "codes", Asked(on=FRIDAY))
    with marked.context.store.reading() as reading:
        naive = Counter(mark.code for mark in reading.marks.between(date(2026, 9, 1), FRIDAY))
    rows = table(report, "By code").rows
    assert {row[0]: row[3] for row in rows if row[0] in naive} == dict(naive)
    assert rows[-1] == ("All", "", "", 114, Fraction(100), Fraction(100))
    bars = chart(report, "Absence by reason")
    assert isinstance(bars, BarChart)
    assert dict(zip((name[0] for name in bars.categories), bars.series[0].values, strict=True)) == {"I": 2, "N": 1}


def test_the_pictures_add_up_to_the_marks(marked: SmallSchool) -> None:
    report = make_report(marked.context, "calendar", Asked(on=FRIDAY))
    by_day = chart(report, "Absence, day by day")
    assert isinstance(by_day, HeatChart)
    # Ten days were marked, of which one afternoon was not: 2 of 12 on Monday, 1 of 12 on Tuesday.
    last = by_day.values[-1]
    assert last == (Fraction(200, 12), Fraction(100, 12), Fraction(0), Fraction(0), Fraction(0))
    halves = chart(report, "Absence by day of the week and half")
    assert isinstance(halves, HeatChart)
    assert halves.values[0] == (Fraction(100, 12), Fraction(100, 12))
    assert halves.values[1] == (Fraction(100, 12), Fraction(0))
    line = chart(report, "Attendance by school week")
    assert isinstance(line, LineChart)
    assert [value for value in line.series[0].values if value is not None] == [Fraction(100), Fraction(100 * 51, 54)]
    assert len(line.series) == 1


def test_the_pictures_leave_out_what_stands_where_no_session_was_expected(marked: SmallSchool) -> None:
    """A child who left has no mark after that, nor one who joined before; a class has those of its own children."""
    context, gone, came = marked.context, marked.pupils["Abara"], marked.pupils["Doyle"]
    with context.store.writing(context.deed("moves")) as writing:
        book = writing.book
        for one in [one for one in book.all(Membership) if one.pupil == marked.pupils["Kaya"]]:
            book.put(replace(one, class_name="5C"))
        book.put(replace(book.get(Pupil, gone), leaving_day=date(2026, 11, 13)))
        book.put(replace(book.get(Pupil, came), starting_day=date(2026, 11, 18)))
    codes = context.rulebook.codes
    for name in ("", "4B"):
        report = make_report(context, "calendar", Asked(on=FRIDAY, class_name=name))
        with frame(context, Asked(on=FRIDAY)) as made:
            marks = [
                one
                for one in made.reading.marks.between(date(2026, 9, 1), FRIDAY)
                if not made.roll.why_not(one.pupil, Session(one.day, one.half))
                and name in ("", getattr(made.roll.place(one.pupil, one.day), "class_name", ""))
            ]
        assert not [one for one in marks if one.code in "IN"], "Tobi was ill after leaving, Ryan away before he came"
        heat = chart(report, "Absence, day by day")
        assert isinstance(heat, HeatChart)
        for row, monday in zip(heat.values[-2:], (date(2026, 11, 9), THIS_WEEK), strict=True):
            for day, value in enumerate(row):
                of = [codes[one.code] for one in marks if one.day == monday + timedelta(days=day)]
                possible = sum(one.counts.possible for one in of)
                assert value == Fraction(100 * sum(one.counts.absent for one in of), possible)
        reasons = chart(report, "Absence by reason")
        assert isinstance(reasons, BarChart)
        assert not reasons.categories


@pytest.mark.parametrize("key", [one.key for one in REPORTS if not one.asks & {"pupil"}])
def test_each_report_is_made_for_an_empty_day_and_a_full_one_and_put_in_both_files(
    marked: SmallSchool, tmp_path: Path, key: str
) -> None:
    for day in (FRIDAY, date(2026, 9, 3)):
        report = make_report(marked.context, key, Asked(on=day))
        pdf, book = tmp_path / f"{key}-{day}.pdf", tmp_path / f"{key}-{day}.xlsx"
        finish(write_report(marked.context, report, pdf))
        finish(write_report(marked.context, report, book))
        assert pdf.read_bytes().startswith(b"%PDF")
        check_workbook(report, book.read_bytes())
