"""The school calendar as CSV or Excel: `kind, name, start, end` and, if need be, `half, years, classes`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.exchange.columns import Layout
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.lines import DateManners, Line
from desktop_app.exchange.tables import Table, open_table
from desktop_app.exchange.values import Unreadable, read_half, read_name, read_year, words_of

LONGEST_DAYS = 400

KINDS = {
    "term": PeriodKind.TERM,
    "holiday": PeriodKind.HOLIDAY,
    "half term": PeriodKind.HOLIDAY,
    "bank holiday": PeriodKind.HOLIDAY,
    "inset": PeriodKind.INSET,
    "inset day": PeriodKind.INSET,
    "closure": PeriodKind.CLOSURE,
    "closed": PeriodKind.CLOSURE,
    "polling day": PeriodKind.CLOSURE,
    "site-closed": PeriodKind.SITE_CLOSED,
    "site closed": PeriodKind.SITE_CLOSED,
    "part-closed": PeriodKind.PART_CLOSED,
    "part closed": PeriodKind.PART_CLOSED,
}

CALENDAR = Layout(
    what="a school calendar",
    names={
        "kind": "kind",
        "type": "kind",
        "name": "name",
        "title": "name",
        "event": "name",
        "start": "start",
        "start date": "start",
        "from": "start",
        "first day": "start",
        "end": "end",
        "end date": "end",
        "to": "end",
        "last day": "end",
        "half": "half",
        "session": "half",
        "years": "years",
        "year groups": "years",
        "classes": "classes",
    },
    needed=(("kind",), ("name",), ("start",), ("end",)),
    titles={"kind": "kind", "name": "name", "start": "start", "end": "end"},
)

SEPARATORS = re.compile(r"[;,|]")


class CalendarFile:
    """A calendar file that was opened; see `periods`."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises `Refused` for a file that is no calendar."""
        self.table: Table = open_table(path, CALENDAR)

    def periods(self, faults: Faults) -> Iterator[tuple[int, Period | None]]:
        """Each row's number and its period; None where the row was rejected. Nothing where a column is missing."""
        columns = self.table.columns
        start = DateManners(columns.title("start"), faults)
        end = DateManners(columns.title("end"), faults)
        for number, cells in self.table.rows(faults):
            yield number, _period(Line(number, cells, columns, faults), start, end)
        start.finish()
        end.finish()


def read_periods(path: Path) -> tuple[Period, ...]:
    """The periods of a calendar file, none of them stored yet (id 0).

    Raises `Refused`, naming row and column, at the first row that cannot be taken.
    """
    file = CalendarFile(path)
    missing = file.table.columns.missing(CALENDAR)
    if missing:
        raise Refused(
            f"{path.name} has no column {', '.join(missing)} (its headings are in row {file.table.heading_row})."
        )
    faults = Faults()
    periods = [period for _, period in file.periods(faults) if period is not None]
    if faults.rejected:
        first = faults.rejected[0]
        raise Refused(f"{path.name}, row {first.row}, column {first.column} ({first.value}): {first.why}")
    return tuple(dict.fromkeys(periods))


def _period(line: Line, starts: DateManners, ends: DateManners) -> Period | None:
    kind = line.need("kind", _kind)
    name = line.need("name", read_name)
    start = line.need("start", lambda text: starts.read(line.number, text))
    end = line.read("end", lambda text: ends.read(line.number, text)) or (None if line.cell("end").strip() else start)
    half = line.read("half", read_half)
    years = line.read("years", _years) or ()
    classes = line.read("classes", _classes) or ()
    if kind is None or name is None or start is None or end is None or not line.good:
        return None
    fault = _span_fault(start, end)
    if fault:
        line.reject("end", fault)
        return None
    return Period(0, kind, name, start, end, half, years, classes)


def _span_fault(start: date, end: date) -> str | None:
    if end < start:
        return "It ends before it begins."
    if (end - start).days > LONGEST_DAYS:
        return f"It is longer than {LONGEST_DAYS} days; one of the two dates must be wrong."
    return None


def _kind(text: str) -> PeriodKind:
    kind = KINDS.get(words_of(text).casefold())
    if kind is None:
        raise Unreadable("The kind is one of term, holiday, inset and closure.")
    return kind


def _years(text: str) -> tuple[str, ...]:
    return tuple(read_year(part) for part in SEPARATORS.split(text) if part.strip())


def _classes(text: str) -> tuple[str, ...]:
    return tuple(read_name(part) for part in SEPARATORS.split(text) if part.strip())
