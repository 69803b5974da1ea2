"""The register of one pupil in the herringbone of weeks, with the key of codes used and the corrections made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from desktop_app.documents.flow import Flow
from desktop_app.documents.page import LEFT, MEASURE, SECOND, STRONG, Page
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.documents.words import lower_first, short_day, span_words
from desktop_app.domain.clock import school_time
from desktop_app.domain.codes import Counts
from desktop_app.rules.display import DAYS, MONTHS, date_year
from desktop_app.rules.register_print import CellKind, Correction, PrintCell, PrintWeek, RegisterPrint

ROW = 15.0
CELL = 22.0
LABEL = 52.0
HEAD = 15.0
SIZE = 9.0
HATCH = 4.0
FILLS = {CellKind.UNAUTHORISED: 0.84, CellKind.ABSENT: 0.945}
GRID = 0.7
KEY_COLUMNS = 3
KEY_ROW = 19.0

CORRECTION_COLUMNS = (
    Column("Session", 23),
    Column("Was", 6),
    Column("Now", 6),
    Column("Why", 37),
    Column("When", 14),
    Column("By", 24),
)


def draw_register(
    flow: Flow,
    register: RegisterPrint,
    name: str,
    title: str = "Attendance register",
    *,
    with_corrections: bool = True,
    marking: str = "",
) -> None:
    """The register print of one pupil: weeks, key, and unless they have a part of their own, the corrections. `marking`
    stands in a box above it."""
    flow.title(title, f"{name} · {span_words(register.first, register.last)}")
    if marking:
        flow.boxed(marking)
        flow.space(16.0)
    _weeks(flow, register)
    _key(flow, register)
    if with_corrections:
        draw_corrections(flow, register.corrections, "Corrections in this period")


def draw_corrections(flow: Flow, corrections: Sequence[Correction], heading: str = "") -> None:
    """Each amendment of a closed register: original, amended, reason, date, name and position."""
    if not corrections:
        if heading:
            flow.heading(heading, 20.0)
        flow.paragraph("No register of this period was amended after it had closed.")
        return
    Table(flow, CORRECTION_COLUMNS, DENSE).draw((_correction(one) for one in corrections), heading)


def _correction(one: Correction) -> Row:
    return Row(
        (
            f"{date_year(one.session.day)} {one.session.half.value}",
            one.was or "blank",
            one.now or "blank",
            (Span(one.reason), *((Span(one.details, quiet=True),) if one.details else ())),
            short_day(school_time(one.at).date()),
            f"{one.author.name}, {one.author.position}" if one.author.position else one.author.name,
        )
    )


def _weeks(flow: Flow, register: RegisterPrint) -> None:
    """The weeks, over as many pages as they need, with the names of the days above each piece."""
    rest = list(register.weeks)
    while rest:
        fit = max(1, int((flow.room - HEAD) // ROW))
        piece, rest = rest[:fit], rest[fit:]
        _piece(flow, register, piece)
        if rest:
            flow.new_page()


def _piece(flow: Flow, register: RegisterPrint, weeks: Sequence[PrintWeek]) -> None:
    page, regular = flow.page, flow.type.regular
    left, halves = LEFT + LABEL, 2 * len(register.days)
    right = left + halves * CELL
    page.text(LEFT, flow.y + 10.0, "Week of", regular, SIZE, SECOND)
    for place, day in enumerate(register.days):
        page.text_centre(left + (2 * place + 1) * CELL, flow.y + 10.0, DAYS[day], regular, SIZE, SECOND)
    page.text(right + 8, flow.y + 10.0, "Attended", regular, SIZE, SECOND)
    top = flow.y + HEAD
    with_year = register.first.year != register.last.year
    for number, week in enumerate(weeks):
        _week(flow, week, top + number * ROW, left, right, with_year=with_year)
    bottom = top + len(weeks) * ROW
    for number in range(len(weeks) + 1):
        page.across(top + number * ROW, left, right, grey=GRID)
    for place in range(halves + 1):
        day_edge = place % 2 == 0
        page.down(left + place * CELL, top, bottom, 0.75 if day_edge else 0.4, 0.5 if day_edge else GRID)
    flow.y = bottom + 4.0


def _week(flow: Flow, week: PrintWeek, top: float, left: float, right: float, *, with_year: bool) -> None:
    page, type_ = flow.page, flow.type
    base = top + 10.8
    label = f"{week.monday.day} {MONTHS[week.monday.month - 1][:3]}"
    page.text(LEFT, base, f"{label} {week.monday.year % 100:02d}" if with_year else label, type_.regular, SIZE)
    _hatches(page, week.cells, top, left)
    for place, cell in enumerate(week.cells):
        x = left + place * CELL
        fill = FILLS.get(cell.kind)
        if fill is not None:
            page.fill(x, top, CELL, ROW, fill)
        if cell.kind in (CellKind.PROVISIONAL, CellKind.GAP):
            ruled(page, x + 1.5, top + 1.5, CELL - 3, ROW - 3)
        bold = cell.kind in (CellKind.UNAUTHORISED, CellKind.PROVISIONAL)
        grey = 0.45 if cell.kind is CellKind.CLOSED else 0.07
        page.text_centre(x + CELL / 2, base, cell.code, type_.bold if bold else type_.regular, SIZE, grey)
    page.text(right + 8, base, week.beside, type_.regular, SIZE, 0.15)


def ruled(page: Page, x: float, y: float, width: float, height: float) -> None:
    """A strong box round what must not be overlooked: a gap, an N, an amendment."""
    page.across(y, x, x + width, 0.9, STRONG)
    page.across(y + height, x, x + width, 0.9, STRONG)
    page.down(x, y, y + height, 0.9, STRONG)
    page.down(x + width, y, y + height, 0.9, STRONG)


def _hatches(page: Page, cells: Sequence[PrintCell], top: float, left: float) -> None:
    """Slanted lines over each run of closed sessions."""
    place = 0
    for closed, run in groupby(cells, key=lambda cell: cell.kind is CellKind.CLOSED):
        count = len(list(run))
        if closed:
            page.hatch(left + place * CELL, top, count * CELL, ROW, HATCH)
        place += count


def _key(flow: Flow, register: RegisterPrint) -> None:
    """What each code used means, and whether it is an absence, in as many columns as fit."""
    items = [(code.key, lower_first(code.title), code.counts is Counts.UNAUTHORISED) for code in register.key]
    if register.closed_used:
        items.append(("#", "school closed", False))
    if register.gaps_used:
        items.append(("", "no mark", False))
    if not items:
        return
    flow.heading("Key", KEY_ROW * min(len(items), 2 * KEY_COLUMNS) / KEY_COLUMNS)
    width = MEASURE / KEY_COLUMNS
    for start in range(0, len(items), KEY_COLUMNS):
        line = items[start : start + KEY_COLUMNS]
        wrapped = [flow.type.regular.wrap(title, SIZE, width - 20) for _, title, _ in line]
        height = KEY_ROW + (max(map(len, wrapped)) - 1) * 12.0
        flow.need(height)
        for place, ((key, _, bold), titles) in enumerate(zip(line, wrapped, strict=True)):
            x = LEFT + place * width
            flow.page.text(x, flow.y + 12.6, key, flow.type.bold if bold else flow.type.regular, SIZE)
            if not key:
                ruled(flow.page, x, flow.y + 5.0, 9.0, 9.0)
            for number, title in enumerate(titles):
                flow.page.text(x + 16, flow.y + 12.6 + number * 12.0, title, flow.type.regular, SIZE)
        flow.y += height
        flow.page.across(flow.y)
