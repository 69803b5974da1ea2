"""Other schools, shown as what others told; and restricted notes that were let out one by one."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.chronology import by, when
from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.documents.words import short_day
from desktop_app.documents.years import FIGURE_COLUMNS, figure_cells
from desktop_app.rules.parts.other_schools import Elsewhere, OtherSchool
from desktop_app.rules.parts.restricted import LetOut

SCHOOL_COLUMNS = (Column("School", 24), Column("Of whom", 22), Column("What they told", 36), Column("Told", 18))
YEAR_COLUMNS = (Column("School year", 16), Column("From and to", 28), *FIGURE_COLUMNS)
NOTE_COLUMNS = (Column("When", 18), Column("What was written", 64), Column("By", 18))
NOT_OURS = (
    "This is what other schools or the family told this school, or what was imported of before the child came. It is "
    "not of this school’s register, and this school’s certificate does not cover it."
)
LET_OUT = (
    "Restricted notes, let out of the record one by one by the safeguarding lead for this bundle alone. "
    "Keep them apart, and do not copy them on."
)


def draw_elsewhere(flow: Flow, known: Elsewhere, title: str, under: str) -> None:
    """What is known of other schools."""
    flow.title(title, under)
    flow.boxed(NOT_OURS)
    flow.space(14.0)
    flow.facts([("School before, by the admission register", known.last_school or "not recorded")])
    if known.schools:
        Table(flow, SCHOOL_COLUMNS, DENSE).draw(map(_school, known.schools), "Told by other schools")
    if known.years:
        rows = (
            Row((year.name, f"{short_day(year.first)} to {short_day(year.last)}", *figure_cells(year.figures)))
            for year in known.years
        )
        Table(flow, YEAR_COLUMNS, DENSE).draw(rows, "Imported marks of before the child came")
    if not known.schools and not known.years:
        flow.space(8.0)
        flow.paragraph("Nothing else is recorded or imported of any other school.")


def _school(one: OtherSchool) -> Row:
    told = (f"Attendance: {one.attendance}" if one.attendance else "", one.said)
    contact = (Span(f"Contact: {one.contact}", quiet=True),) if one.contact else ()
    whom = (Span(one.about), *((Span(one.child),) if one.child else ()))
    spans = tuple(Span(text) for text in told if text) or (Span("–"),)
    said = (Span(short_day(one.day)), Span(one.by, quiet=True))
    return Row(((Span(one.school, bold=True), *contact), whom, spans, said))


def draw_restricted(flow: Flow, notes: Sequence[LetOut], title: str, under: str) -> None:
    """The notes that were let out."""
    flow.title(title, under)
    if not notes:
        flow.paragraph("The safeguarding lead has let no restricted note into this bundle.")
        return
    flow.boxed(LET_OUT)
    flow.space(14.0)
    Table(flow, NOTE_COLUMNS, DENSE).draw(_note(note) for note in notes)


def _note(one: LetOut) -> Row:
    note = one.entry
    texts = [text for text in (one.about, note.outcome, note.note) if text]
    spans = (Span(note.kind.label, bold=True), *(Span(text) for text in texts))
    return Row((when(note), spans, by(note)))
