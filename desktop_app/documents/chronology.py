"""The chronology, and the log of calls and home visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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


Labels = Mapping[int, Sequence[str]]
"""The labels of the exhibits kept with an entry, by its number."""
NO_LABELS: Labels = {}


def draw_chronology(
    flow: Flow, lines: Sequence[ChronologyLine], title: str, under: str, labels: Labels = NO_LABELS
) -> None:
    """Everything recorded about the pupil up to the day, oldest first; an entry with exhibits names them."""
    flow.title(title, under)
    if not lines:
        flow.paragraph("Nothing is recorded up to this day.")
        return
    Table(flow, CHRONOLOGY_COLUMNS, DENSE).draw(_rows(lines, labels))


def draw_contacts(
    flow: Flow, lines: Sequence[ChronologyLine], title: str, under: str, labels: Labels = NO_LABELS
) -> None:
    """The calls by themselves, or with the home visits."""
    flow.title(title, under)
    if not lines:
        flow.paragraph("None is recorded up to this day.")
        return
    Table(flow, CONTACT_COLUMNS, DENSE).draw(_rows(lines, labels))


def _rows(lines: Sequence[ChronologyLine], labels: Labels) -> Iterator[Row]:
    for line in lines:
        entry = line.entry
        back = entry.withdrawn is not None
        yield Row(
            (
                when(entry),
                (Span(entry.kind.label, bold=True),),
                line.persons,
                _said(entry, labels, line.about, line.next),
                by(entry),
            ),
            WITHDRAWN if back else 1.0,
        )
        for addition in line.additions:
            gone = addition.withdrawn is not None
            yield Row(
                (when(addition), (Span("added to the above", quiet=True),), "", _said(addition, labels), by(addition)),
                WITHDRAWN if gone else 1.0,
            )


def when(entry: Entry) -> tuple[Span, ...]:
    """The day of an entry, and its time where one is known."""
    day = entry.happened_at.date()
    time = happened_time(entry.happened_at)
    return (Span(f"{DAYS[day.weekday()]} {short_day(day)}"), *((Span(time, quiet=True),) if time else ()))


def _said(entry: Entry, labels: Labels, about: str = "", following: str = "") -> tuple[Span, ...]:
    """What it was about, outcome, note, next step, exhibits; of one taken back, that it was, why, when and by whom."""
    spans = [Span(text) for text in (about, entry.outcome, entry.note) if text]
    if following:
        spans.append(Span(following, quiet=True))
    if known := labels.get(entry.id):
        spans.append(Span(f"{'Exhibit' if len(known) == 1 else 'Exhibits'} {', '.join(known)}", bold=True))
    back = entry.withdrawn
    if back is not None:
        day = long_date(school_time(back.recorded_at).date())
        spans.append(Span(f"Withdrawn on {day} by {back.author.name}: {back.reason}", bold=True))
    return tuple(spans) or (Span("–"),)


def by(entry: Entry) -> tuple[Span, ...]:
    """Who recorded an entry, and in which position."""
    position = (Span(entry.author.position, quiet=True),) if entry.author.position else ()
    return (Span(entry.author.name), *position)
