"""How much each child of the demo school misses, and by which codes, so that it looks like the nation's schools."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from random import Random

from desktop_app.rules.demo_words import Shape

MOST = 0.93
"""Nobody misses more of the year than this: a child who never comes is another story."""
ROUNDS = 40
LEANINGS: Mapping[str, tuple[float, float, float]] = {
    "I": (1.0, 0.0, 3.0),
    "M": (1.0, 0.0, 6.0),
    "C": (0.5, 1.0, 0.0),
    "O": (0.02, 2.0, 0.0),
    "U": (0.03, 1.0, 0.0),
}
"""A code's part in a child's absences: the base, and how it grows and shrinks with the share of the year missed."""


def missed(shape: Shape, place: float) -> float:
    """The share of the year missed by the child at `place` (0 best, 1 worst), from the nation's bands."""
    marks = [0.0, *accumulate(shape.shares)]
    at = place * marks[-1]
    band = min(bisect_right(marks, at), len(shape.shares)) - 1
    low, high = shape.edges[band], shape.edges[band + 1]
    return (low + (high - low) * (at - marks[band]) / (marks[band + 1] - marks[band])) / 100


def rates(random: Random, shape: Shape, needs: Mapping[int, float]) -> dict[int, float]:
    """The share of the year each child misses, by key: greater need misses more, the mean is the nation's."""
    order = sorted(needs, key=lambda key: (needs[key] + 0.3 * random.gauss(0, 1), key))
    drawn = {key: missed(shape, (place + 0.5) / len(order)) for place, key in enumerate(order)}
    scale = shape.absence / 100 * len(drawn) / sum(drawn.values()) if drawn else 1.0
    return {key: min(MOST, rate * scale) for key, rate in drawn.items()}


def rake(shape: Shape, missing: Sequence[float], share: Sequence[float]) -> list[dict[str, float]]:
    """Sessions by code for each child: rows add up to `missing` sessions, and the codes stand to one another as the
    nation's do; `share` is the part of the year each child misses. Iterative proportional fitting from the leanings.
    """
    rows = [
        {code: (base + grows * rate) / (1 + shrinks * rate) for code, (base, grows, shrinks) in LEANINGS.items()}
        for rate in share
    ]
    whole = sum(shape.codes[code] for code in LEANINGS)
    wanted = {code: sum(missing) * shape.codes[code] / whole for code in LEANINGS}
    for _ in range(ROUNDS):
        for code, target in wanted.items():
            standing = sum(row[code] for row in rows)
            for row in rows:
                row[code] *= target / standing if standing else 0.0
        for row, sessions in zip(rows, missing, strict=True):
            standing = sum(row.values())
            for code in row:
                row[code] *= sessions / standing if standing else 0.0
    return rows


def whole(random: Random, value: float) -> int:
    """A whole number whose mean is `value`."""
    return int(value) + (random.random() < value % 1)


def breaks(ordinals: Sequence[int]) -> list[int]:
    """Where a school year's days stop for more than a weekend: the place of the last day before each break."""
    return [place for place, (one, following) in enumerate(pairwise(ordinals)) if following - one > 5]
