"""Into which band of the authority's pack a figure falls: decided on the exact fraction, never on a rounded one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Band


def holds(band: Band, attendance: Fraction) -> bool:
    """Whether an exact percentage lies in the band."""
    return (
        (band.at_least is None or attendance >= band.at_least)
        and (band.above is None or attendance > band.above)
        and (band.at_most is None or attendance <= band.at_most)
        and (band.below is None or attendance < band.below)
    )


def band_of(figures: Figures, bands: Iterable[Band]) -> Band | None:
    """The band of these figures; None where no session was possible."""
    attendance = figures.attendance
    if attendance is None:
        return None
    return next((band for band in bands if holds(band, attendance)), None)
