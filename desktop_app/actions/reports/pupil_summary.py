"""One child’s attendance on a sheet: for a PEP, an EHCP review, a child protection conference or a TAF.

It says nothing of brothers, sisters or other children. Sources: practice (one-page summary for PEP, EHCP review, CP
conference, TAF); Knowsley’s handbook (Team around the Family); “Working together to improve school attendance”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from textwrap import shorten

from desktop_app.actions.families import read_families
from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.forecast import forecast
from desktop_app.actions.habits import habits
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.pictures import child_pictures
from desktop_app.actions.reports.counted import halves_between, some_rows
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import national
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import CalendarChart
from desktop_app.domain.entries import Entry
from desktop_app.domain.errors import Refused
from desktop_app.domain.habits import HabitKind
from desktop_app.domain.people import Pupil
from desktop_app.domain.report import (
    BigFigure,
    Block,
    ChartBlock,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
    Value,
)
from desktop_app.domain.rights import Right
from desktop_app.rules.breakdowns import year_words
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.forecast_words import forecast_words
from desktop_app.rules.keying import PRESENT
from desktop_app.rules.one_child import of_one_child
from desktop_app.rules.work_done import COUNTED, open_entries

KEY, TITLE = "pupil-summary", "Attendance summary"
MOST_DONE, MOST_SAID, LONGEST = 4, 4, 75
"""So many entries and patterns, and letters of an outcome, leave it on one page."""
DAY = timedelta(days=1)
HALVES = (
    ReportColumn("Half term", share=1.4),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Sessions", Unit.COUNT),
    ReportColumn("Authorised", Unit.COUNT),
    ReportColumn("Unauthorised", Unit.COUNT),
    ReportColumn("Late", Unit.COUNT),
)
LEFT_OUT = ("So far", "One day")
"""What of a look ahead the sheet says elsewhere, or has no room for."""


@needs(Right.READ_PUPIL)
def pupil_summary(context: Context, asked: Asked) -> Report:
    """The school year of a child up to a day, of a leaver up to the last day on roll. Refused where no child was
    named, and for one whom the present user does not see."""
    with frame(context, asked) as made:
        child = made.roll.pupils.get(asked.pupil)
        if child is None:
            raise Refused("Say which child the summary is to be of.")
        check_children(context, made.roll, [child.id])
        if child.starting_day > asked.on:
            raise Refused(f"{child.name} starts on {date_year(child.starting_day)}, after {date_year(asked.on)}.")
        row = some_rows(made, made.year_first, asked.on, [child.id]).get(child.id)
        if row is None:
            raise Refused(f"{child.name} was not on roll in the school year of {date_year(asked.on)}.")
        before, after = tuple(_figures(made, child, row)), tuple(_done(made, child))
        report = made.report(
            KEY,
            f"{TITLE}: {child.legal_name}",
            f"Born {long_date(child.date_of_birth)} · {year_words(row.year)}, class {row.class_name} · "
            f"{long_date(max(made.year_first, child.starting_day))} to {long_date(asked.on)}",
            (),
            pupil=child.id,
        )
    blocks = (
        *before,
        *_picture(context, asked),
        _patterns(context, asked, child),
        *after,
        _ahead(context, asked),
    )
    return Report(
        report.key,
        report.title,
        report.subtitle,
        report.school,
        report.as_at,
        "This child’s own sessions since September, or since it joined.",
        blocks,
        pupil=child.id,
        handed_on=True,
        one_page=True,
    )


def _figures(made: Frame, child: Pupil, row: PupilFigures) -> Iterator[Block]:
    of = row.figures
    marks = made.reading.marks.not_present(made.year_first, made.asked.on, [child.id])
    minutes = sum(one.minutes or 0 for one in marks)
    test = national(row)
    says = f"{of.attended} of {of.possible} sessions{f', {test}' if test else ''}"
    yield FiguresBlock(
        (
            BigFigure("Attendance", of.attendance, says=says),
            BigFigure("Authorised absence", of.authorised, Unit.COUNT, "sessions"),
            BigFigure("Unauthorised absence", of.unauthorised, Unit.COUNT, "sessions"),
            BigFigure("Late", of.late, Unit.COUNT, f"times, {minutes:,} minutes noted"),
        )
    )
    halves = halves_between(made, made.year_first, made.asked.on)
    lines: list[tuple[Value, ...]] = []
    for half in halves:
        part = some_rows(made, half.first, min(half.last, made.asked.on), [child.id]).get(child.id)
        if part is not None:
            now = part.figures
            lines.append((half.name, now.attendance, now.possible, now.authorised, now.unauthorised, now.late))
    lines.append(("Since September", of.attendance, of.possible, of.authorised, of.unauthorised, of.late))
    yield TableBlock("By half term", HALVES, tuple(lines), strong=frozenset({len(lines) - 1}))
    codes = made.context.rulebook.codes
    used = [(key, times) for key, times in of.codes.items() if times and key not in PRESENT]
    used.sort(key=lambda one: list(codes).index(one[0]))
    said = "; ".join(f"{key} {codes[key].title}: {times}" for key, times in used)
    yield TextBlock(f"{said}." if said else "No other mark.", "Codes other than present, in sessions")


def _picture(context: Context, asked: Asked) -> Iterator[ChartBlock]:
    charts = child_pictures(context, asked.pupil, asked.on, asked.as_at)
    for one in charts:
        if isinstance(one, CalendarChart):
            days = tuple(day for day in one.days if day.day <= asked.on)
            if days:
                yield ChartBlock(replace(one, title="Every session so far", days=days))


def _patterns(context: Context, asked: Asked, child: Pupil) -> Block:
    """The patterns found, but none that is about a brother or sister too."""
    found = habits(context, child.id, asked.on, asked.as_at)
    said = [one.says for one in found if one.kind is not HabitKind.WITH_SIBLING]
    lines = tuple((one,) for one in said[:MOST_SAID])
    return TableBlock("Patterns", (ReportColumn("Pattern"),), lines, empty="No pattern was found.")


def _done(made: Frame, child: Pupil) -> Iterator[Block]:
    """What was done this year, the latest of it, in words that speak of this child alone."""
    if not made.context.may(Right.READ_LOG):
        return
    entries = open_entries(made.reading.entries.of(child.id), made.year_first, made.asked.on)
    done = [one for one in entries if one.kind in COUNTED]
    latest = done[-MOST_DONE:]
    siblings = read_families(made.reading.book, made.asked.on).siblings(child.id)
    rows = tuple((one.happened_at.date(), one.kind.label, _outcome(made, one, child, siblings)) for one in latest)
    columns = (ReportColumn("Day", Unit.DAY, 1.3), ReportColumn("What", share=1.2), ReportColumn("Outcome", share=4.0))
    earlier = len(done) - len(latest)
    note = f"{earlier} earlier entries of this school year are not listed." if earlier else ""
    yield TableBlock("What was done", columns, rows, note, "Nothing is on record this school year.")


def _outcome(made: Frame, entry: Entry, child: Pupil, siblings: frozenset[int]) -> str:
    others = (siblings | set(entry.pupils)) - {child.id}
    known = [made.roll.pupils[key] for key in sorted(others) if key in made.roll.pupils]
    return shorten(of_one_child(entry.outcome, child, known), LONGEST, placeholder=" …")


def _ahead(context: Context, asked: Asked) -> Block:
    said = forecast_words(forecast(context, asked.pupil, asked.on, as_at=asked.as_at))
    kept = [one for one in said if one.about not in LEFT_OUT and not one.about.endswith("to improve")]
    columns = (ReportColumn("About"), ReportColumn("What can still come", share=6.0))
    return TableBlock("Looking ahead", columns, tuple(kept), empty="There is nothing to look ahead to.")
