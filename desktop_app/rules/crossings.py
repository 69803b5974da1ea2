"""Who went from one band to another: told from the exact figures of the school year up to two of its days.

Both days are told of the same school year, since every count begins anew in September. Before a set number of possible
sessions (40, or the pack's own) one day of illness moves a child by two bands: it is too early to say, and nothing is
said of a child to whom that applied on the first of the two days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.rulebook import Band
from desktop_app.domain.triggers import Seen
from desktop_app.rules.bands import band_of

ABSENT = (Counts.AUTHORISED, Counts.UNAUTHORISED)


def end_of_last_week(day: date) -> date:
    """The Friday before the week `day` falls in: on a Saturday or Sunday, that before the week just over."""
    return day - timedelta(days=day.weekday() + 3)


def too_early(figures: Figures, least: int) -> bool:
    """Whether fewer sessions were possible than make a band worth telling."""
    return figures.possible < max(least, 1)


def crossed(before: Figures, after: Figures, bands: Sequence[Band], least: int) -> tuple[Band, Band] | None:
    """The band of the first day and that of the last, where they differ; None where they do not, or where it was too
    early to say on the first."""
    if too_early(before, least):
        return None
    was, now = band_of(before, bands), band_of(after, bands)
    return (was, now) if was is not None and now is not None and was != now else None


def is_better(was: Band, now: Band, bands: Sequence[Band]) -> bool:
    """Whether `now` is the higher of two bands of a pack, whose bands stand best first."""
    return bands.index(now) < bands.index(was)


def moved_by(marks: Iterable[Mark], counts: Callable[[Mark], bool]) -> tuple[Seen, ...]:
    """The absences that brought a child down, in order. A rise has none: it came of attending."""
    found = sorted(filter(counts, marks), key=lambda mark: (mark.day, mark.half.ordinal))
    return tuple(Seen(mark.day, mark.half, mark.code) for mark in found)


def is_absence(mark: Mark, codes: dict[str, Code]) -> bool:
    """Whether a mark is an absence that counts."""
    return codes[mark.code].counts in ABSENT
