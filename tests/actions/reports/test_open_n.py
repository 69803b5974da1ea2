"""Sessions still N: the watch list and every report count the same ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.watching import due
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.report import Report, TableBlock, TextBlock
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half
from desktop_app.domain.triggers import TriggerKind
from tests.support.clock import StillClock
from tests.support.report_school import FRIDAY, mark_two_weeks
from tests.support.schools import SmallSchool


def _table(report: Report, words: str) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and words in one.title)


def test_the_watch_list_and_the_reports_count_the_same(school: SmallSchool, clock: StillClock) -> None:
    context, pupils = mark_two_weeks(school, clock).context, school.pupils
    with context.store.writing(context.deed("N")) as writing:
        writing.book.put(Period(0, PeriodKind.TERM, "summer term", date(2026, 4, 13), date(2026, 7, 21)))
        for one in writing.book.all(Membership):
            writing.book.put(replace(one, first=date(2022, 9, 5)))
        writing.marks.add([
            NewMark(pupils["Kaya"], date(2026, 11, 5), Half.AM, "N"),  # who left the week after
            NewMark(pupils["Bielak"], date(2026, 7, 10), Half.PM, "N"),  # of the school year before
            NewMark(pupils["Doyle"], date(2026, 9, 2), Half.AM, "N"),  # a training day: no session was
        ])  # fmt: skip
        leaver = writing.book.get(Pupil, pupils["Kaya"])
        assert leaver is not None
        writing.book.put(replace(leaver, leaving_day=date(2026, 11, 12)))
    listed = due(context, FRIDAY, kinds=[TriggerKind.REASON_NOT_ESTABLISHED])
    sessions = {(one.pupil, seen.day) for one in listed for seen in one.sessions}
    left = (pupils["Kaya"], date(2026, 11, 5))
    assert sessions == {(pupils["Bielak"], date(2026, 7, 10)), (pupils["Doyle"], date(2026, 11, 17)), left}
    asked = Asked(on=FRIDAY)
    (said,) = (
        one.text
        for one in make_report(context, "weekly", asked).blocks
        if isinstance(one, TextBlock) and one.heading == "Reasons still to be established"
    )
    assert said == "3 sessions of 3 children with N; 2 overdue (more than 5 school days)."
    for key, day, told in (("three-weekly", 2, sessions), ("class-sheet", 1, sessions - {left})):
        table = _table(make_report(context, key, asked), "(N)")
        assert {(pupil, row[day]) for pupil, row in zip(table.pupils, table.rows, strict=True)} == told
