"""Home visits, Early Help, and the matrix of support."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from desktop_app.documents.chronology import when
from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.documents.words import short_day, upper_first
from desktop_app.rules.parts.early_help import EarlyHelp, Meeting, Offered
from desktop_app.rules.parts.support import SupportLine
from desktop_app.rules.parts.visits import Visit

VISIT_COLUMNS = (Column("When", 17), Column("Who went", 21), Column("Who was seen", 22), Column("What came of it", 40))
OFFER_COLUMNS = (Column("When", 15), Column("What", 19), Column("With", 22), Column("Note", 44))
MEETING_COLUMNS = (Column("When", 15), Column("What", 21), Column("Who was there", 24), Column("What came of it", 40))
SUPPORT_COLUMNS = (
    Column("Support or agency", 24),
    Column("By", 14),
    Column("Offered", 13),
    Column("Start", 13),
    Column("End", 13),
    Column("Outcome", 36),
)
BLANK = "–"


def draw_visits(flow: Flow, visits: Sequence[Visit], title: str, under: str) -> None:
    """Every home visit, oldest first."""
    flow.title(title, under)
    if not visits:
        flow.paragraph("No home visit is recorded up to this day.")
        return
    Table(flow, VISIT_COLUMNS, DENSE).draw(
        Row((when(one.entry), one.went, _lines(one.seen), _lines(one.came))) for one in visits
    )


def draw_early_help(flow: Flow, known: EarlyHelp, title: str, under: str) -> None:
    """The assessment or why there is none, offers and answers, meetings around the family, reviews."""
    flow.title(title, under)
    facts = [("Assessment", known.assessment)]
    facts += [("Reason", known.reason)] if known.reason else []
    facts += [("Lead professional", known.lead)] if known.lead else []
    flow.facts(facts, strong_first=True)
    _section(flow, "Offered, and what came of it", OFFER_COLUMNS, map(_offer, known.offers))
    _section(flow, "Meetings of the team around the family", MEETING_COLUMNS, map(_meeting, known.meetings))
    _section(flow, "Reviews", MEETING_COLUMNS, map(_meeting, known.reviews))


def draw_support(flow: Flow, lines: Sequence[SupportLine], title: str, under: str) -> None:
    """The matrix of support."""
    flow.title(title, under)
    if not lines:
        flow.paragraph("No support, plan or referral to an agency is recorded up to this day.")
        return
    Table(flow, SUPPORT_COLUMNS, DENSE).draw(map(_support, lines))


def _section(flow: Flow, heading: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    known = tuple(rows)
    if known:
        Table(flow, columns, DENSE).draw(known, heading)
        return
    flow.heading(heading, 20.0)
    flow.paragraph("Nothing of the kind is recorded up to this day.")


def _offer(one: Offered) -> Row:
    return Row((short_day(one.day), (Span(upper_first(one.what), bold=True),), one.persons or BLANK, one.said or BLANK))


def _meeting(one: Meeting) -> Row:
    return Row((short_day(one.day), (Span(one.what, bold=True),), one.there or BLANK, _lines(one.said)))


def _support(line: SupportLine) -> Row:
    end = _day(line.end)
    until = (Span(short_day(line.until)), Span("planned", quiet=True)) if line.until else ()
    ends = until if line.end is None and until else (Span(end),)
    outcome = (Span(upper_first(line.outcome) or BLANK, bold=bool(line.outcome)), *(Span(text) for text in line.said))
    what = (Span(upper_first(line.what), bold=True),)
    return Row((what, line.by or BLANK, _day(line.offered), _day(line.start), ends, outcome))


def _day(day: date | None) -> str:
    return short_day(day) if day else BLANK


def _lines(texts: Sequence[str]) -> tuple[Span, ...]:
    return tuple(Span(text) for text in texts) or (Span(BLANK),)
