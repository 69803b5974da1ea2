"""Rewards are of whole weeks, and nobody missed nothing whose register was not taken."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.report import FiguresBlock, Report, TableBlock
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool

ON = date(2026, 11, 20)
DAYS = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and one.title.startswith(title))


def marked(school: SmallSchool, clock: StillClock, **codes: str) -> Context:
    """Two weeks of presence; the surnames named have another code all through the second."""
    clock.set(2026, 11, 20, 16, 0)
    edits = [
        Edit(one, Session(day, half), codes.get(surname, "") if day >= DAYS[5] and surname in codes else mark)
        for surname, one in school.pupils.items()
        for day in DAYS
        for half, mark in ((Half.AM, "/"), (Half.PM, "\\"))
    ]
    write(school.context, edits, "kept on paper")
    return school.context


def test_a_certificate_is_of_a_week_that_is_over(school: SmallSchool, clock: StillClock) -> None:
    context = marked(school, clock, Doyle="O")
    whole = make_report(context, "league", Asked(ON))
    assert whole.subtitle == "The whole week of 16 November 2026, up to 20 November 2026"
    for moment, on in ((datetime(2026, 11, 19, 16), DAYS[8]), (datetime(2026, 11, 20, 11), ON)):
        clock.set(moment.year, moment.month, moment.day, moment.hour, 0)
        report = make_report(context, "league", Asked(on))
        assert report.subtitle == "The whole week of 9 November 2026, up to 13 November 2026"
        assert len(table(report, "Certificates: nothing missed").rows) == 6
    clock.set(2026, 11, 24, 11, 0)
    assert make_report(context, "league", Asked(date(2026, 11, 24))).blocks == whole.blocks


def test_a_child_with_no_mark_has_not_missed_nothing(school: SmallSchool, clock: StillClock) -> None:
    context = marked(school, clock)
    block = table(make_report(context, "class-sheet", Asked(ON)), "Pupils")
    assert {row[-1] for row in block.rows} == {"so far: a mark is missing"}, "the first days of the half term are blank"


def test_who_waits_for_a_mark_is_counted_apart_from_those_who_missed_nothing(
    school: SmallSchool, clock: StillClock
) -> None:
    context = marked(school, clock, Doyle="O")
    days = calendar_of(context).school_days(date(2026, 9, 1), date(2026, 11, 6))
    both = ((Half.AM, "/"), (Half.PM, "\\"))
    there = [one for surname, one in school.pupils.items() if surname != "Kaya"]
    edits = [Edit(one, Session(day, half), code) for one in there for day in days for half, code in both]
    write(context, edits, "kept on paper")
    figures = next(one for one in make_report(context, "year-end", Asked(ON)).blocks if isinstance(one, FiguresBlock))
    nothing = next(one for one in figures.figures if one.name == "Missed nothing")
    assert (nothing.value, nothing.says) == (4, "pupils; 1 more waits for a mark")
