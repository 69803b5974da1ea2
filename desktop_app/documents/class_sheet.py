"""A class's register of a week on one sheet: boxes to write in, or what was marked, and which of it was amended."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.page import LEFT, RIGHT, SECOND, STRONG, Page
from desktop_app.documents.register_print import ruled
from desktop_app.documents.table import DENSE, Cell, Column, Row, Span, Table
from desktop_app.documents.type import clean
from desktop_app.documents.words import lower_first, span_words
from desktop_app.domain.paper import Amendment, ClassSheet, SheetCell, SheetKind
from desktop_app.rules.display import DAYS, date_year, happened_time, short_date

NAME = 166.0
NUMBER = 18.0
ROW_MOST, ROW_LEAST = 19.0, 13.0
HEAD = 30.0
FOOT = 46.0
KEY = 62.0
"""Room for what the codes mean and who signed, below the last row."""
STRUCK = 8.4
TO_FILL_IN = " · in brackets: planned · sign in the last row"
AMENDMENTS = (
    Column("No.", 5, right=True),
    Column("Pupil", 20),
    Column("Session", 15),
    Column("Original", 10),
    Column("Amended", 11),
    Column("Reason", 32),
    Column("When", 20),
    Column("By", 24),
)

LEGEND = (
    "A box with a small number was amended after its register had closed: what stood first is struck through, what "
    "stands now is bold beside it, and the list says the rest."
)


def draw_class_sheet(flow: Flow, sheet: ClassSheet, *, blank: bool) -> None:
    """The sheet, then the numbered list of its amendments. `blank`: to be filled in by hand."""
    days = span_words(sheet.sessions[0].day, sheet.sessions[-1].day) if sheet.sessions else date_year(sheet.monday)
    flow.title(
        f"Register of class {sheet.class_name}", f"{days} · {len(sheet.rows)} pupils{TO_FILL_IN if blank else ''}"
    )
    rest = list(enumerate(sheet.rows, start=1))
    below = FOOT if blank else FOOT + KEY
    row = max(ROW_LEAST, min(ROW_MOST, (flow.room - HEAD - below) / max(1, len(rest))))
    while rest:
        fit = max(1, int((flow.room - HEAD - FOOT) // row))
        piece, rest = rest[:fit], rest[fit:]
        _piece(flow, sheet, piece, row)
        if rest:
            flow.new_page()
    for words in sheet.on_paper:
        flow.paragraph(words, 8.5, SECOND)
    if not blank:
        _key(flow, sheet)
        draw_amendments(flow, sheet.amendments)
        if sheet.signed:
            flow.space(4.0)
            flow.paragraph(sheet.signed, 8.5, SECOND)


def draw_amendments(flow: Flow, amendments: Sequence[Amendment]) -> None:
    """Original, amended, reason, date, name and position of each change made after its register had closed.

    Source: SI 2024/208; a print tells the original from the correction.
    """
    if not amendments:
        flow.paragraph("No mark of these registers was amended after its register had closed.", 8.5, SECOND)
        return
    flow.paragraph(LEGEND, 8.5, SECOND)
    Table(flow, AMENDMENTS, DENSE).draw((_amendment(one) for one in amendments), "Amended after the register closed")


def amendment_cells(one: Amendment) -> tuple[Cell, ...]:
    """Original, amended, reason, date and time, name and position, as a row has them."""
    by = f"{one.by}, {one.position}" if one.position else one.by
    when = f"{date_year(one.at.date())}, {happened_time(one.at)}"
    why = (Span(one.reason), *((Span(one.details, quiet=True),) if one.details else ()))
    return (one.was or "blank", one.now or "blank", why, when, by)


def _amendment(one: Amendment) -> Row:
    session = f"{short_date(one.session.day)} {one.session.half.value}"
    return Row((str(one.number), one.name, session, *amendment_cells(one)))


def _key(flow: Flow, sheet: ClassSheet) -> None:
    """What the codes of the sheet mean, as one small paragraph."""
    if sheet.key:
        flow.paragraph("  ·  ".join(f"{code} {lower_first(title)}" for code, title in sheet.key), 8.5, SECOND)


def _piece(
    flow: Flow, sheet: ClassSheet, rows: Sequence[tuple[int, tuple[str, Sequence[SheetCell]]]], row: float
) -> None:
    page, type_ = flow.page, flow.type
    left = LEFT + NAME
    cell = (RIGHT - left) / max(1, len(sheet.sessions))
    top = flow.y + HEAD
    _heads(page, flow, sheet, left, cell)
    for place, (number, (name, cells)) in enumerate(rows):
        y = top + place * row
        base = y + row * 0.7
        page.text_right(LEFT + NUMBER - 5, base, str(number), type_.regular, 8.0, SECOND)
        page.text(LEFT + NUMBER, base, type_.regular.fit(clean(name), 9.4, NAME - NUMBER - 4), type_.regular, 9.4)
        for at, one in enumerate(cells):
            _cell(flow, one, left + at * cell, y, cell, row)
    bottom = top + len(rows) * row
    taken = bottom + FOOT - 20.0
    for place in range(len(rows) + 1):
        page.across(top + place * row, LEFT, RIGHT, grey=0.6)
    page.across(taken, LEFT, RIGHT, grey=0.6)
    page.text(LEFT, taken - 8.0, "Taken by", type_.regular, 8.0, SECOND)
    for at, who in enumerate(sheet.taken):
        for line, words in enumerate(type_.regular.wrap(clean(who), 6.4, cell - 3)[:2]):
            page.text(left + at * cell + 2, taken - 14.0 + 8.0 * line, words, type_.regular, 6.4)
    for at in range(len(sheet.sessions) + 1):
        strong = at == len(sheet.sessions) or at == 0 or sheet.sessions[at].half.ordinal == 0
        page.down(left + at * cell, top, taken, 0.9 if strong else 0.4, 0.3 if strong else 0.6)
    flow.y = taken + 8.0


def _heads(page: Page, flow: Flow, sheet: ClassSheet, left: float, cell: float) -> None:
    type_ = flow.type
    for at, session in enumerate(sheet.sessions):
        x = left + (at + 0.5) * cell
        if session.half.ordinal == 0:
            day = f"{DAYS[session.day.weekday()]} {session.day.day}"
            page.text(left + at * cell + 2, flow.y + 10.0, day, type_.bold, 9.0)
        page.text_centre(x, flow.y + 24.0, session.half.value, type_.regular, 8.0, SECOND)


def _cell(flow: Flow, one: SheetCell, x: float, y: float, width: float, height: float) -> None:
    """A mark; an amended one stands bold in a box, its number raised, and what stood first beside it, struck out."""
    page, type_ = flow.page, flow.type
    base = y + height * 0.7
    if one.kind is SheetKind.CLOSED:
        page.hatch(x, y, width, height, 5.0)
    elif one.kind is SheetKind.PLANNED:
        page.text_centre(x + width / 2, base, f"({one.code})", type_.regular, 7.4, 0.35)
    elif one.notes:
        was = one.was or "–"
        wide = type_.regular.width(was, STRUCK)
        ruled(page, x + 1.2, y + 1.2, width - 2.4, height - 2.4)
        page.text(x + 4.2, base, was, type_.regular, STRUCK, 0.2)
        page.across(base - 0.34 * STRUCK, x + 2.8, x + 5.6 + wide, 0.7, STRONG)
        page.text(x + 7.6 + wide, base, one.code or "–", type_.bold, 9.6)
        raised = x + 8.4 + wide + type_.bold.width(one.code or "–", 9.6)
        page.text(raised, base - 3.2, ",".join(map(str, one.notes)), type_.regular, 5.8)
    else:
        page.text_centre(x + width / 2, base, one.code, type_.regular, 9.6)
