"""The words of the school year, and the columns of its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import date_year, short_date
from desktop_app.rules.for_whom import whom_words
from ui.parts.rows import Column, RowsModel
from ui.tokens import Tone

KINDS: Mapping[PeriodKind, str] = {
    PeriodKind.TERM: "Term",
    PeriodKind.HOLIDAY: "Holiday, half term, bank holiday (#)",
    PeriodKind.INSET: "INSET day (#)",
    PeriodKind.CLOSURE: "Planned closure: polling day, later start (#)",
    PeriodKind.SITE_CLOSED: "Unexpected: the whole site is closed (Y4)",
    PeriodKind.PART_CLOSED: "Unexpected: part of it is closed (Y3)",
}
SHORT: Mapping[PeriodKind, str] = {
    PeriodKind.TERM: "Term",
    PeriodKind.HOLIDAY: "Holiday #",
    PeriodKind.INSET: "INSET #",
    PeriodKind.CLOSURE: "Closed #",
    PeriodKind.SITE_CLOSED: "Site closed Y4",
    PeriodKind.PART_CLOSED: "Part closed Y3",
}
HALVES: Mapping[Half | None, str] = {None: "whole days", Half.AM: "mornings", Half.PM: "afternoons"}
ONE_HALF: Mapping[Half, str] = {Half.AM: "morning", Half.PM: "afternoon"}
OFFERED = "Not closed yet"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a period, or a bank holiday that is only offered."""

    period: Period
    offered: bool = False

    @property
    def key(self) -> tuple[int, object]:
        """What names the line for good."""
        return (self.period.id, self.period.start if self.offered else None)


def _tone(line: Line) -> Tone | None:
    if line.offered:
        return Tone.CAUTION
    if line.period.kind.unexpected:
        return Tone.BAD
    return Tone.GOOD if line.period.kind is PeriodKind.TERM else None


def _when(line: Line) -> str:
    period = line.period
    one_day = period.start == period.end
    days = date_year(period.end) if one_day else f"{short_date(period.start)} to {date_year(period.end)}"
    return f"{days}, {ONE_HALF[period.half] if one_day else HALVES[period.half]}" if period.half else days


COLUMNS: tuple[Column[Line], ...] = (
    Column("What", lambda line: OFFERED if line.offered else SHORT[line.period.kind], width=15, tone=_tone),
    Column("Name", lambda line: line.period.name),
    Column("When", _when, width=31),
    Column("For whom", lambda line: whom_words(line.period.classes, line.period.years), width=14),
)


def year_model() -> RowsModel[Line]:
    """An empty list of periods."""
    return RowsModel(COLUMNS, key=lambda line: line.key)
