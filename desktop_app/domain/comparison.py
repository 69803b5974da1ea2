"""Published figures to hold the school's own against: by year, period, phase and area, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Collection(StrEnum):
    """How a published figure was collected. The two are never on one line: they count different schools and times."""

    CENSUS = "census"
    DAILY = "daily"


class PeriodOf(StrEnum):
    """Over which part of a school year a figure is: like is held against like, since absence rises through the year."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN_SPRING = "autumn and spring"
    YEAR = "full year"
    YEAR_TO_DATE = "year to date"


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure, all in per cent and exact as printed; None: not published. `phase` and `group` are as the
    file names them (`Primary`, `All pupils`, `FSM eligible`)."""

    school_year: str
    period: PeriodOf
    area: str
    phase: str
    group: str
    collection: Collection
    source: str
    absence: Fraction | None = None
    authorised: Fraction | None = None
    unauthorised: Fraction | None = None
    persistent: Fraction | None = None
    severe: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The school beside what was published of its kind. `ours` is over the same kind of period; `published` in the
    order authority, then England, of one collection each. `says` tells period, year and collection of each in words,
    and what is not comparable. `school_year` is that of the school's own figures; then how many pupils are behind
    its rates, and its first and last day."""

    period: PeriodOf
    absence: Fraction | None
    persistent: Fraction | None
    severe: Fraction | None
    published: tuple[Published, ...]
    says: tuple[str, ...]
    school_year: str = ""
    persistent_pupils: int = 0
    severe_pupils: int = 0
    first: date | None = None
    last: date | None = None
