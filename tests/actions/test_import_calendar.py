"""Importing a calendar into a real school."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.actions.import_calendar import import_calendar
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.imports import ImportReport
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from tests.support.files import csv_file
from tests.support.running import finish
from tests.support.schools import CALENDAR, SmallSchool

HEAD = ["kind", "name", "start", "end", "half", "years", "classes"]
SAME = [[one.kind.value, one.name, one.start.isoformat(), f"{one.end:%d/%m/%Y}"] for one in CALENDAR]


def _import(school: SmallSchool, *rows: list[str]) -> ImportReport:
    path: Path = csv_file(school.path.with_name("calendar.csv"), [HEAD, *rows])
    before = _periods(school)
    preview = finish(import_calendar(school.context, path, dry_run=True))
    assert _periods(school) == before
    report = finish(import_calendar(school.context, path, dry_run=False))
    assert report == preview
    assert report.rows == report.added + report.changed + report.unchanged + report.rejected_total
    return report


def _periods(school: SmallSchool) -> tuple[Period, ...]:
    with school.context.store.reading() as reading:
        return reading.book.all(Period)


def test_the_same_calendar_again_changes_nothing(empty_school: SmallSchool) -> None:
    report = _import(empty_school, *SAME)
    assert (report.unchanged, report.rows) == (7, 7)
    assert len(_periods(empty_school)) == 7


def test_a_new_year_is_added_and_a_moved_end_changed(empty_school: SmallSchool) -> None:
    moved = ["term", "Summer Term", "2027-04-12", "2027-07-16"]
    report = _import(empty_school, moved, ["term", "autumn term", "2027-09-02", "2027-12-17"], SAME[0], SAME[0])
    assert (report.added, report.changed, report.unchanged) == (1, 1, 2)
    stored = {(one.name, one.start): one.end for one in _periods(empty_school)}
    assert stored["Summer Term", date(2027, 4, 12)] == date(2027, 7, 16)
    assert stored["autumn term", date(2027, 9, 2)] == date(2027, 12, 17)
    assert len(stored) == 8


def test_rows_that_disagree_are_rejected_and_nothing_is_kept(empty_school: SmallSchool) -> None:
    report = _import(
        empty_school,
        ["closure", "snow", "2027-01-20", "2027-01-20"],
        ["closure", "Snow", "2027-01-20", "2027-01-21"],
        ["party", "x", "2027-01-20", "2027-01-20"],
    )
    assert sorted((one.row or 0, one.column) for one in report.rejected) == [(3, "end"), (4, "kind")]
    assert (report.added, report.rejected_total, len(_periods(empty_school))) == (1, 2, 7)


def test_oddities_are_only_said(empty_school: SmallSchool) -> None:
    report = _import(
        empty_school,
        ["term", "extra term", "2026-12-10", "2026-12-22"],
        ["inset", "training", "2026-08-31", "2026-08-31"],
        ["closure", "boiler", "2027-01-20", "2027-01-20", "pm", "R;1", ""],
    )
    assert (report.added, report.clean) == (3, True)
    words = " ".join(report.warnings)
    assert "“autumn term” and “extra term” overlap from Thu 10 Dec 2026" in words
    assert "“training” (inset, Mon 31 Aug 2026) lies outside every term" in words
    assert "Early May bank holiday, Mon 3 May 2027, is inside the term “summer term”" in words
    assert "Spring bank holiday" not in words
    closed = next(one for one in _periods(empty_school) if one.name == "boiler")
    assert (closed.kind, closed.years) == (PeriodKind.CLOSURE, ("R", "1"))


def test_marks_that_a_calendar_leaves_without_a_session_are_said(school: SmallSchool) -> None:
    context, monday = school.context, date(2026, 11, 16)
    edits = [Edit(pupil, Session(monday, Half.AM), "/") for pupil in school.pupils.values()]
    write(context, [*edits, Edit(school.pupils["Doyle"], Session(monday, Half.PM), "I")])
    elsewhere = _import(school, ["closure", "boiler", "2026-11-16", "2026-11-16", "", "", "5A"])
    assert not any("no longer counted" in words for words in elsewhere.warnings)
    report = _import(school, ["closure", "snow", "2026-11-16", "2026-11-17", "am"], *SAME)
    (said,) = (words for words in report.warnings if "no longer counted" in words)
    assert said.startswith("6 marks stand on sessions that this calendar closes (the first on Mon 16 Nov 2026)")
