"""The shape of a school's absence: how many pupils missed how much of their own sessions, in steps of 5 %.

Source: DfE, Pupil absence in schools in England, absence bands: the same steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from desktop_app.domain.figures import Figures
from desktop_app.domain.groups import SMALL
from desktop_app.rules.suppression import may_tell

STEPS = 11
"""Ten steps of 5 % up to half, and half or more."""

PERSISTENT, SEVERE = 2, 10
"""The steps with which persistent and severe absence begin."""

LABELS = (*(f"{5 * step} to under {5 * step + 5}%" for step in range(STEPS - 1)), "50% or more")


def step_of(figures: Figures) -> int | None:
    """The step of a pupil, from 0, by whole numbers; None where no session was possible."""
    return min(20 * figures.absent // figures.possible, STEPS - 1) if figures.possible else None


def numbers(pupils: Iterable[Figures]) -> tuple[int, ...]:
    """How many pupils are in each step."""
    found = [0] * STEPS
    for figures in pupils:
        step = step_of(figures)
        if step is not None:
            found[step] += 1
    return tuple(found)


def joined(counts: tuple[int, ...], cuts: Collection[int] = ()) -> tuple[tuple[int, int], ...]:
    """The steps as the public may see them, each a first and a last step: from the worst end on so many are joined that
    each has ten pupils or more, so that nobody is told from one or by subtraction. None at all in a school of fewer.

    `cuts` are the steps from which on it is told elsewhere how many pupils there are (of the persistently absent, of
    the severely): nothing is joined across one, unless nobody is on one side of it.
    """
    found: list[tuple[int, int]] = []
    last, total = STEPS - 1, 0
    for step in range(STEPS - 1, -1, -1):
        total += counts[step]
        below = max((cut for cut in (0, *cuts) if cut < step), default=0)
        left = sum(counts[below:step])
        if total >= SMALL and not 0 < left < SMALL:
            found.append((step, last))
            last, total = step - 1, 0
    if last >= 0 and found:
        found[-1] = (0, found[-1][1])
    return tuple(reversed(found))


def told_cuts(counts: tuple[int, ...]) -> tuple[int, ...]:
    """The steps with which persistent and severe absence begin, as far as the public is told how many they are."""
    persistent, severe = may_tell(sum(counts[PERSISTENT:]), sum(counts[SEVERE:]))
    return (PERSISTENT,) * persistent + (SEVERE,) * severe


def shares(counts: tuple[int, ...], parts: Iterable[tuple[int, int]]) -> tuple[Fraction | None, ...]:
    """Of each part its share of all pupils, in per cent."""
    everyone = sum(counts)
    return tuple(Fraction(100 * sum(counts[first : last + 1]), everyone) if everyone else None for first, last in parts)


def label(first: int, last: int) -> str:
    """The words of some steps together: `10 to under 20%`, `15% or more`."""
    if last == STEPS - 1:
        return "Everyone" if first == 0 else f"{5 * first}% or more"
    return f"{5 * first} to under {5 * last + 5}%"
