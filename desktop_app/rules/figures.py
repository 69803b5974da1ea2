"""Attendance figures from counts of codes.

Sources: the Department for Education's method for pupil absence statistics (possible, attendance and absence sessions;
the rate of a group is sum over sum) and its definitions of persistent (10 % or more of the pupil's own possible
sessions missed) and severe absence (50 % or more), both decided here on whole numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Pack, Rulebook, Threshold
from desktop_app.rules.display import percent


def figures_of(counts: Mapping[str, int], unmarked: int, codes: Mapping[str, Code]) -> Figures:
    """The figures of one pupil from the number of sessions with each code. Raises `KeyError` for an unknown code."""
    attended = authorised = unauthorised = late = 0
    for key, sessions in counts.items():
        code = codes[key]
        if code.counts.attended:
            attended += sessions
        elif code.counts is Counts.AUTHORISED:
            authorised += sessions
        elif code.counts is Counts.UNAUTHORISED:
            unauthorised += sessions
        if code.late:
            late += sessions
    return Figures(
        possible=attended + authorised + unauthorised,
        attended=attended,
        authorised=authorised,
        unauthorised=unauthorised,
        late=late,
        unmarked=unmarked,
        codes=dict(counts),
    )


def total(parts: Iterable[Figures]) -> Figures:
    """The figures of a group: every count summed, so that its rate is sum over sum and no mean of percentages."""
    possible = attended = authorised = unauthorised = late = unmarked = 0
    codes: Counter[str] = Counter()
    for part in parts:
        possible += part.possible
        attended += part.attended
        authorised += part.authorised
        unauthorised += part.unauthorised
        late += part.late
        unmarked += part.unmarked
        codes.update(part.codes)
    return Figures(possible, attended, authorised, unauthorised, late, unmarked, dict(codes))


def persistent(figures: Figures, rulebook: Rulebook) -> bool | None:
    """Whether the pupil is persistently absent, severely or not; None where no session was possible."""
    return _met(figures, rulebook.persistent)


def severe(figures: Figures, rulebook: Rulebook) -> bool | None:
    """Whether the pupil is severely absent; None where no session was possible."""
    return _met(figures, rulebook.severe)


def least_sessions(pack: Pack, rulebook: Rulebook) -> int:
    """The possible sessions before which persistent and severe absence say nothing: the pack’s, else the national."""
    return (pack.too_early or rulebook.too_early).value


def meets(threshold: Threshold, absent: int, possible: int) -> bool:
    """Whether so many sessions missed, of so many possible, meet a national test: on whole numbers, and never where no
    session was possible."""
    return possible > 0 and is_share(threshold.times, absent, possible)


def is_share(times: int, absent: int | Fraction, possible: int) -> bool:
    """Whether so many sessions missed are one in `times` or more of those possible: the one place where that is
    decided, also of what a rate would come to."""
    return times * absent >= possible


def threshold_words(threshold: Threshold) -> str:
    """The share of sessions missed from which a national test is met, as people say it: `10% or more`."""
    share = Fraction(100, threshold.times)
    return f"{percent(share, 0 if share.denominator == 1 else 1)} or more"


def _met(figures: Figures, threshold: Threshold) -> bool | None:
    return meets(threshold, figures.absent, figures.possible) if figures.possible else None
