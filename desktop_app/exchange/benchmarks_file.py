"""Published figures as CSV or Excel, one row for each year, period, area, phase and group; per cent as printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from desktop_app.domain.benchmarks import ALL_PUPILS, ENGLAND, AreaRow, Authority, Shape
from desktop_app.domain.comparison import Collection, PeriodOf, Published
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.exchange.columns import Layout
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.lines import Line
from desktop_app.exchange.tables import Table, open_table
from desktop_app.exchange.values import Unreadable, read_text, words_of
from desktop_app.rules.shape import STEPS

COLUMNS = (
    *("school_year", "period", "area", "la", "phase", "group", "kind", "absence", "authorised", "unauthorised"),
    *("persistent", "severe", "source"),
)
"""The columns of a file of published figures, in the order they are kept in."""

LAYOUT = Layout(
    what="a list of published absence figures",
    names={
        "school year": "school_year",
        "academic year": "school_year",
        "time period": "school_year",
        "period": "period",
        "area": "area",
        "la name": "area",
        "la": "la",
        "old la code": "la",
        "phase": "phase",
        "education phase": "phase",
        "group": "group",
        "kind": "kind",
        "absence": "absence",
        "overall absence pct": "absence",
        "overall absence perc": "absence",
        "authorised": "authorised",
        "authorised absence perc": "authorised",
        "unauthorised": "unauthorised",
        "unauthorised absence perc": "unauthorised",
        "persistent": "persistent",
        "persistent absence pct": "persistent",
        "pa perc": "persistent",
        "severe": "severe",
        "severe absence pct": "severe",
        "source": "source",
    },
    needed=(("school_year",), ("period",), ("phase",), ("kind",), ("absence", "persistent"), ("source",)),
    titles={key: key for key in COLUMNS},
)

TYPED = ("whose", "school year", "period", "census or daily", "absence", "persistent", "severe", "where published")
"""The parts of a row that the school types, with semicolons between them."""

YEAR = re.compile(r"(20\d\d)\s*[/\-–]?\s*(?:20)?(\d\d)", re.ASCII)
NUMBER = re.compile(r"\d{1,3}(\.\d{1,4})?\s*%?", re.ASCII)
NOT_PUBLISHED = frozenset({"c", "z", "x", "u", ":", "..", "-", "low"})
"""What the Department prints where there is no figure, or one that is not shown."""
LA = re.compile(r"\d{3}", re.ASCII)
PERIODS = {
    "full year": PeriodOf.YEAR,
    "whole year": PeriodOf.YEAR,
    "autumn term": PeriodOf.AUTUMN,
    "autumn": PeriodOf.AUTUMN,
    "spring term": PeriodOf.SPRING,
    "spring": PeriodOf.SPRING,
    "summer term": PeriodOf.SUMMER,
    "summer": PeriodOf.SUMMER,
    "autumn and spring": PeriodOf.AUTUMN_SPRING,
    "autumn and spring terms": PeriodOf.AUTUMN_SPRING,
    "year to date": PeriodOf.YEAR_TO_DATE,
}
PHASES = {"all": "All", "total": "All", "primary": "Primary", "secondary": "Secondary", "special": "Special"}
SLACK = Fraction(1, 5)
"""How far authorised and unauthorised absence may be from absence in all, each being rounded by itself."""


class BenchmarksFile:
    """A file of published figures that was opened; see `rows`."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises `Refused` for a file that is no such list."""
        self.table: Table = open_table(path, LAYOUT)

    def rows(self, faults: Faults) -> Iterator[tuple[int, AreaRow | None]]:
        """Each row's number and its figure; None where the row was rejected."""
        for number, cells in self.table.rows(faults):
            yield number, _row(Line(number, cells, self.table.columns, faults))


def _row(line: Line) -> AreaRow | None:
    school_year, period = line.need("school_year", read_school_year), line.need("period", _period)
    phase, collection = line.need("phase", _phase), line.need("kind", _collection)
    source = line.need("source", read_text)
    la = line.read("la", _la) or ""
    area = line.read("area", read_text) or ENGLAND
    figures = {
        key: line.read(key, read_figure) for key in ("absence", "authorised", "unauthorised", "persistent", "severe")
    }
    if school_year is None or period is None or phase is None or collection is None or source is None or not line.good:
        return None
    published = Published(
        school_year, period, area, phase, line.read("group", read_text) or ALL_PUPILS, collection, source, **figures
    )
    wrong = figures_fault(published)
    if wrong:
        line.reject("absence", wrong)
        return None
    return AreaRow(la, published)


def figures_fault(one: Published) -> str:
    """Why the figures of a row cannot be, in words; empty where they can."""
    if one.absence is None and one.persistent is None and one.severe is None:
        return "This row has no figure."
    if one.severe is not None and one.persistent is not None and one.severe > one.persistent:
        return "More pupils are severely absent than persistently: the columns are mixed up."
    if one.absence is None or one.authorised is None or one.unauthorised is None:
        return ""
    apart = abs(one.authorised + one.unauthorised - one.absence)
    return "Authorised and unauthorised absence do not add up to it." if apart > SLACK else ""


def read_school_year(text: str) -> str:
    """A school year: `2025/26`, `202526`, `2025-2026`."""
    match = YEAR.fullmatch(words_of(text))
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise Unreadable("This is not a school year; write it as 2025/26.")
    return f"{match[1]}/{match[2]}"


def read_figure(text: str) -> Fraction | None:
    """A percentage as printed, exact; None where the Department printed that there is none."""
    plain = text.strip()
    if plain.casefold() in NOT_PUBLISHED:
        return None
    number = Fraction(plain.rstrip("% ")) if NUMBER.fullmatch(plain) else None
    if number is None or number > 100:
        raise Unreadable("This is not a percentage from 0 to 100.")
    return number


def _period(text: str) -> PeriodOf:
    found = PERIODS.get(words_of(text).casefold())
    if found is None:
        raise Unreadable("The period is one of full year, autumn term, spring term, summer term and year to date.")
    return found


def _phase(text: str) -> str:
    found = PHASES.get(words_of(text).casefold())
    if found is None:
        raise Unreadable("The phase is one of All, Primary, Secondary and Special.")
    return found


def _collection(text: str) -> Collection:
    plain = text.casefold()
    if ("census" in plain) == ("daily" in plain):
        raise Unreadable("The kind says how the figure was collected: census or daily.")
    return Collection.CENSUS if "census" in plain else Collection.DAILY


def _la(text: str) -> str:
    if not LA.fullmatch(text):
        raise Unreadable("The number of a local authority has three figures.")
    return text


@lru_cache(maxsize=4)
def shipped(path: Path) -> tuple[AreaRow, ...]:
    """The figures of a file shipped with the program. Raises `Damaged`, naming file, row and column."""
    faults = Faults()
    try:
        rows = tuple(row for _, row in BenchmarksFile(path).rows(faults) if row is not None)
    except Refused as refused:
        raise Damaged(str(refused)) from refused
    if faults.rejected:
        first = faults.rejected[0]
        raise Damaged(f"{path.name}, row {first.row}, column {first.column} ({first.value}): {first.why}")
    return rows


@lru_cache(maxsize=4)
def authorities(path: Path) -> dict[str, Authority]:
    """The local authorities by number. Raises `Damaged` where the file cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["la"]: Authority(row["la"], row["name"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeError) as error:
        raise Damaged(f"{path.name} cannot be read: {error}.") from error


@lru_cache(maxsize=4)
def shapes(path: Path) -> tuple[Shape, ...]:
    """The shape of absence by phase, as shipped. Raises `Damaged`, naming the row, where a share is not one."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeError) as error:
        raise Damaged(f"{path.name} cannot be read: {error}.") from error
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) != 2 + STEPS + 1 or not all(NUMBER.fullmatch(cell) for cell in cells[2:-1]):
            raise Damaged(f"{path.name}, row {number}: it must have a year, a phase, {STEPS} percentages and a source.")
    return tuple(Shape(cells[0], cells[1], tuple(cells[2:-1]), cells[-1]) for cells in rows[1:])


def kept_text(rows: Iterable[AreaRow]) -> str:
    """Rows as the book keeps them: CSV, figures exact."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for la, one in rows:
        figures = (one.absence, one.authorised, one.unauthorised, one.persistent, one.severe)
        whole = (one.school_year, one.period.value, one.area, la, one.phase, one.group, one.collection.value)
        writer.writerow([*whole, *map(_plain, figures), one.source])
    return text.getvalue()


@lru_cache(maxsize=8)
def read_kept(text: str) -> tuple[AreaRow, ...]:
    """Rows as the book has kept them; one that cannot be read (of a later version) is left out."""
    return tuple(row for cells in csv.reader(io.StringIO(text, newline="")) if (row := _kept(cells)) is not None)


def _kept(cells: list[str]) -> AreaRow | None:
    if len(cells) != len(COLUMNS):
        return None
    named = dict(zip(COLUMNS, cells, strict=True))
    try:
        return AreaRow(
            named["la"],
            Published(
                named["school_year"],
                PeriodOf(named["period"]),
                named["area"],
                named["phase"],
                named["group"],
                Collection(named["kind"]),
                named["source"],
                *(Fraction(named[key]) if named[key] else None for key in COLUMNS[7:12]),
            ),
        )
    except ValueError:
        return None


def _plain(figure: Fraction | None) -> str:
    """An exact percentage of at most four decimals."""
    return "" if figure is None else f"{float(figure):.4f}".rstrip("0").rstrip(".")


def typed_text(rows: Iterable[Published]) -> str:
    """Rows as the school typed them, one a line."""
    return "\n".join("; ".join(_parts(one)) for one in rows)


def _parts(one: Published) -> tuple[str, ...]:
    figures = map(_plain, (one.absence, one.persistent, one.severe))
    return (one.area, one.school_year, one.period.value, one.collection.value, *figures, one.source)


def read_typed(text: str, phase: str) -> tuple[Published, ...]:
    """Rows typed by the school, one a line; blank lines are passed over. Raises `Refused`, naming the line."""
    lines = ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())
    return tuple(_typed(number, line, phase) for number, line in lines)


def _typed(number: int, line: str, phase: str) -> Published:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != len(TYPED):
        raise Refused(f"Line {number} has {len(parts)} parts and not {len(TYPED)}: {'; '.join(TYPED)}.")
    area, school_year, period, collection, absence, persistent, severe, source = parts
    if not area or not source:
        raise Refused(f"Line {number}: say whose figure it is, and where it was published.")
    try:
        figures = [read_figure(part) if part else None for part in (absence, persistent, severe)]
        published = Published(
            read_school_year(school_year), _period(period), area, phase, ALL_PUPILS, _collection(collection), source,
            figures[0], None, None, figures[1], figures[2],
        )  # fmt: skip
    except Unreadable as fault:
        raise Refused(f"Line {number}: {fault}") from fault
    if wrong := figures_fault(published):
        raise Refused(f"Line {number}: {wrong}")
    return published
