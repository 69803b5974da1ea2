"""How a value of a report is written: the one place where it is rounded, for the screen, the PDF and the picture."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from desktop_app.domain.report import Unit, Value
from desktop_app.rules.display import date_year, happened_time, percent

NONE = "–"
"""What stands where there is no such figure."""
MINUS = "-"


def written(value: Value, unit: Unit) -> str:
    """A value as people read it: a percentage with one decimal, rounded half up; a difference in percentage points with
    its sign, rounded by its size, so that a rise and a fall as great are written alike; a day as `Tue 24 Nov 2026`, a
    moment as `Tue 24 Nov 2026 10:42`."""
    if value is None:
        return NONE
    if isinstance(value, str):
        return value
    if isinstance(value, datetime) and unit is Unit.MOMENT:
        return f"{date_year(value.date())} {happened_time(value)}".rstrip()
    return date_year(value) if isinstance(value, date) else _number(value, unit)


def is_number(unit: Unit) -> bool:
    """Whether the values of a column are numbers, which end at its right edge."""
    return unit in (Unit.COUNT, Unit.PERCENT, Unit.POINTS)


def unit_of(words: str) -> Unit:
    """The unit of a picture’s values from the words that say what one is of: `%`, `points`, or things counted."""
    return {"%": Unit.PERCENT, "points": Unit.POINTS}.get(words, Unit.COUNT)


def _number(value: int | Fraction, unit: Unit) -> str:
    sign = MINUS if value < 0 else ""
    if unit is Unit.PERCENT:
        return f"{sign}{percent(abs(Fraction(value)))}"
    if unit is Unit.POINTS:
        return _points(Fraction(value))
    exact = abs(Fraction(value))
    return f"{sign}{int(exact):,}" if exact.denominator == 1 else f"{sign}{_one_decimal(exact)}"


def _points(value: Fraction) -> str:
    size = _one_decimal(abs(value))
    if size == "0.0":
        return size
    return f"{'+' if value > 0 else MINUS}{size}"


def _one_decimal(value: Fraction) -> str:
    return percent(value).removesuffix("%")
