"""Attendance in the school years before this one, where this school's register holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Band
from desktop_app.domain.sessions import school_year_end, school_year_name, school_year_start
from desktop_app.rules.bands import band_of
from desktop_app.rules.casefile import CaseFile

YEARS = 3
"""How many earlier school years authorities ask for."""


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """The figures of one earlier school year. `first` and `last` are its days on roll here."""

    name: str
    first: date
    last: date
    figures: Figures
    band: Band | None


def earliest_day(on: date) -> date:
    """The first day of the earliest school year that is asked about."""
    start = school_year_start(on)
    return date(start.year - YEARS, start.month, start.day)


def earlier_years(file: CaseFile) -> tuple[EarlierYear, ...]:
    """The last three school years before this one, the latest first; years with no mark here are left out."""
    years: list[EarlierYear] = []
    end = school_year_start(file.request.on) - timedelta(days=1)
    for _ in range(YEARS):
        start = school_year_start(end)
        first, last = max(start, file.pupil.starting_day), min(end, file.pupil.leaving_day or end)
        figures = file.figures(first, school_year_end(start)) if first <= last else None
        if figures is not None and figures.codes:
            years.append(EarlierYear(school_year_name(end), first, last, figures, band_of(figures, file.pack.bands)))
        end = start - timedelta(days=1)
    return tuple(years)
