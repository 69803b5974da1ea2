"""The chronology, and the log of calls and home visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.documents.words import short_day
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import Entry
from desktop_app.rules.chronology import ChronologyLine
from desktop_app.rules.display import DAYS, happened_time, long_date

CHRONOLOGY_COLUMNS = (
    Column("When", 20),
    Column("What", 15),
    Column("With", 18),
    Column("Outcome and note", 49),
    Column("By", 18),
)
CONTACT_COLUMNS = (
    Column("When", 20),
    Column("What", 13),
    Column("With", 19),
    Column("What came of it", 50),
    Column("By", 18),
)
WITHDRAWN = 0.945


def draw_chronology(flow: Flow, lines: Sequence[ChronologyLine], title: str, under: str) -> None:
    """Everything recorded about the pupil up to the day, oldest first."""
    flow.title(title, under)
    if not lines:
        flow.paragraph("Nothing is recorded up to this day.")
        return
    Table(flow, CHRONOLOGY_COLUMNS, DENSE).draw(_rows(lines))


def draw_contacts(flow: Flow, lines: Sequence[ChronologyLine], title: str, under: str) -> None:
    """Calls and home visits by themselves."""
    flow.title(title, under)
    if not lines:
        flow.paragraph("No call and no home visit is recorded up to this day.")
        return
    Table(flow, CONTACT_COLUMNS, DENSE).draw(_rows(lines))


def _rows(lines: Sequence[ChronologyLine]) -> Iterator[Row]:
    for line in lines:
        entry = line.entry
        back = entry.withdrawn is not None
        yield Row(
            (
                _when(entry),
                (Span(entry.kind.label, bold=True),),
                line.persons,
                _said(entry),
                _by(entry),
            ),
            WITHDRAWN if back else 1.0,
        )
        for addition in line.additions:
            gone = addition.withdrawn is not None
            yield Row(
                (_when(addition), (Span("added to the above", quiet=True),), "", _said(addition), _by(addition)),
                WITHDRAWN if gone else 1.0,
            )


def _when(entry: Entry) -> tuple[Span, ...]:
    day = entry.happened_at.date()
    when = happened_time(entry.happened_at)
    return (Span(f"{DAYS[day.weekday()]} {short_day(day)}"), *((Span(when, quiet=True),) if when else ()))


def _said(entry: Entry) -> tuple[Span, ...]:
    """Outcome, then the note, then, of an entry taken back, that it was, why, when and by whom."""
    spans = [Span(text) for text in (entry.outcome, entry.note) if text]
    back = entry.withdrawn
    if back is not None:
        when = long_date(school_time(back.recorded_at).date())
        spans.append(Span(f"Withdrawn on {when} by {back.author.name}: {back.reason}", bold=True))
    return tuple(spans) or (Span("–"),)


def _by(entry: Entry) -> tuple[Span, ...]:
    position = (Span(entry.author.position, quiet=True),) if entry.author.position else ()
    return (Span(entry.author.name), *position)
