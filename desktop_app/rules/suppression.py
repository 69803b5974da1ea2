"""What may be told of groups where anybody may read it: no figure of fewer than ten pupils, and none that can be got.

A figure of a small group is given away not only where it is printed. Whoever knows the whole and all other parts takes
them away from it; whoever knows two breakdowns of the same school adds some groups and takes others away. So every set
of pupils of which figures are printed is looked at together: as long as some sum and difference of them is a group of
one to nine, the newest breakdown is made coarser or left out.

Source: practice of governors' and public reports (groups under ten are joined, or "fewer than 10", and cannot be got by
subtraction); the DfE leaves out the figures of fewer than ten pupils in what it publishes of schools.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from desktop_app.domain.groups import SMALL
from desktop_app.rules.display import tenth

SEARCHED = 4_000
"""How many sums are looked at before the answer is, to be safe, that something is given away."""

PRIME = 2**61 - 1
"""The table is reduced with whole numbers modulo this prime: as exact as fractions, and many times as quick."""

LOOKED_AT = 12
"""Among how many wrong columns the one is chosen that the fewest rows can mend."""

PARTS = 1000
"""A number of the table further from 0 than this stands for a part of one, such as a half."""

RATE_NOT_TOLD = f"A rate that fewer than {SMALL} pupils are behind, or that would give so few away, is not told."

Members = frozenset[int]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of a breakdown and who is in it."""

    title: str
    members: Members


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A school taken apart: everybody is in one part and no more. `ordered`: only neighbours are joined (years);
    otherwise the small ones go together under `others`, or
    where there is one the coarser form `or_else` takes its place.
    `asks_about_first`: the first part is what it is about, and the second everybody else."""

    key: str
    title: str
    parts: tuple[Part, ...]
    ordered: bool = False
    others: str = "All other groups"
    or_else: tuple[Part, ...] = ()
    asks_about_first: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A breakdown as it may be told: its parts, joined where they had to be, or none. `small`: the titles of those that
    are not told by themselves."""

    breakdown: Breakdown
    parts: tuple[Part, ...]
    small: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether any of it may be told."""
        return bool(self.parts)


def publishable(everybody: Members, breakdowns: Iterable[Breakdown], also: Iterable[Members] = ()) -> tuple[Shown, ...]:
    """Each breakdown as far as it may be told beside the figures of everybody, of the breakdowns before it, and of what
    is told `also`. Where everybody is fewer than ten nothing is told, not even of them all.
    """
    told: list[Members] = [everybody, *also]
    result: list[Shown] = []
    for breakdown in breakdowns:
        parts = _largest_safe(breakdown, told) if len(everybody) >= SMALL else ()
        told += [part.members for part in parts]
        kept = {part.title for part in parts}
        small = tuple(part.title for part in breakdown.parts if part.title not in kept)
        result.append(Shown(breakdown, parts, small))
    return tuple(result)


def rates_told(met: Members, shown: Iterable[Shown], also: Sequence[Members] = ()) -> Mapping[str, Sequence[Members]]:
    """The keys of the breakdowns of whose parts it may be told how many are among `met` (the persistently absent), with
    those among each: where they are ten or more or none in each part, and no fewer can be got by adding and taking away
    from one another or from what is told `also` (the persistently absent, of the severely absent)."""
    told: list[Members] = [*also, met]
    found: dict[str, Sequence[Members]] = {}
    for one in shown if len(met) >= SMALL and not gives_away(told) else ():
        parts = [part.members & met for part in one.parts]
        if parts and not gives_away([*told, *parts]):
            told += parts
            found[one.breakdown.key] = parts
    return found


def may_tell(persistent: int, severe: int) -> tuple[bool, bool]:
    """Whether the rates of persistent and of severe absence of a school may be told, by how many pupils are behind
    them: ten or more, or none, and of the severely absent only where the difference of the two is no such few."""
    first = _none_or_many(persistent)
    return first, first and _none_or_many(severe) and _none_or_many(persistent - severe)


def _none_or_many(pupils: int) -> bool:
    return not 0 < pupils < SMALL


def rounded(value: Fraction | None) -> Fraction | None:
    """A percentage to one decimal, half up: what the public is told carries no count that could be worked out."""
    return None if value is None else tenth(value)


def gives_away(groups: Iterable[Members]) -> bool:
    """Whether some sum of these groups, each taken any number of times or taken away, is a group of one to nine.

    Pupils who are in the same groups cannot be told apart and stand together. A group that can be got is a sum of rows
    of a table with a row for each group and a column for those who stand together; its own row has 1 and 0 alone, and 0
    wherever ten or more stand. With the table reduced, such a row is decided by its values at the pivots.
    """
    sets = tuple(dict.fromkeys(group for group in groups if group))
    sizes, rows = _together(sets)
    reduced, pivots = _reduced(rows, len(sizes))
    small = [(row, sizes[column]) for row, column in zip(reduced, pivots, strict=True) if sizes[column] < SMALL]
    search = _Search([row for row, _ in small], [size for _, size in small], sizes)
    return any(search.from_row(place) for place in range(len(small)))


def _largest_safe(breakdown: Breakdown, told: Sequence[Members]) -> tuple[Part, ...]:
    """The finest form of a breakdown that gives nothing away beside what is told; none where only the whole would."""
    for parts in _coarser(breakdown):
        if len(parts) < 2:
            break
        if not gives_away([*told, *(part.members for part in parts)]):
            return parts
    return ()


def _coarser(breakdown: Breakdown) -> Iterator[tuple[Part, ...]]:
    """The breakdown with its empty parts gone, then with ever more of it joined, the smallest first."""
    parts = [part for part in breakdown.parts if part.members]
    if breakdown.or_else:
        coarse = [part for part in breakdown.or_else if part.members]
        yield from (tuple(of) for of in (parts, coarse) if all(len(part.members) >= SMALL for part in of))
        return
    joined: frozenset[str] = frozenset()
    while parts:
        if all(len(part.members) >= SMALL for part in parts):
            yield tuple(parts)
        if len(parts) < 3 and not any(len(part.members) < SMALL for part in parts):
            return
        if len(parts) < 2:
            return
        if breakdown.ordered:
            parts = _neighbours_joined(parts)
        else:
            parts, joined = _smallest_joined(parts, joined, breakdown.others)


def _neighbours_joined(parts: list[Part]) -> list[Part]:
    smallest = min(range(len(parts)), key=lambda place: (len(parts[place].members), place))
    beside = [place for place in (smallest - 1, smallest + 1) if 0 <= place < len(parts)]
    other = min(beside, key=lambda place: (len(parts[place].members), place))
    first, second = sorted((smallest, other))
    both = Part(
        f"{_first_of(parts[first].title)} to {_last_of(parts[second].title)}",
        parts[first].members | parts[second].members,
    )
    return [*parts[:first], both, *parts[second + 1 :]]


def _first_of(title: str) -> str:
    return title.split(" to ", maxsplit=1)[0]


def _last_of(title: str) -> str:
    return title.rsplit(" to ", maxsplit=1)[-1]


def _smallest_joined(parts: list[Part], joined: frozenset[str], others: str) -> tuple[list[Part], frozenset[str]]:
    """The two smallest as one; what was joined before stands last, under its own name."""
    by_size = sorted(parts, key=lambda part: (part.title not in joined, len(part.members), part.title))
    first = by_size[0]
    rest = sorted(by_size[1:], key=lambda part: (len(part.members), part.title))
    if first.title not in joined:
        first, *rest = sorted(parts, key=lambda part: (len(part.members), part.title))
    second = rest[0]
    kept = [part for part in parts if part is not first and part is not second]
    return [*kept, Part(others, first.members | second.members)], frozenset({others})


def _together(sets: Sequence[Members]) -> tuple[list[int], list[list[int]]]:
    """How many pupils stand together in each column, the most first, and for each group its row of 1 and 0."""
    of: dict[int, int] = {}
    for place, group in enumerate(sets):
        for pupil in group:
            of[pupil] = of.get(pupil, 0) | 1 << place
    sizes: dict[int, int] = {}
    for key in of.values():
        sizes[key] = sizes.get(key, 0) + 1
    columns = sorted(sizes, key=lambda key: (-sizes[key], key))
    rows = [[column >> place & 1 for column in columns] for place in range(len(sets))]
    return [sizes[column] for column in columns], rows


def _reduced(rows: list[list[int]], width: int) -> tuple[list[list[int]], list[int]]:
    """The rows in reduced echelon form, and the column of each one's pivot; columns of many pupils come first."""
    left = [list(row) for row in rows]
    done: list[list[int]] = []
    pivots: list[int] = []
    for column in range(width):
        at = next((place for place, row in enumerate(left) if row[column]), None)
        if at is None:
            continue
        row = left.pop(at)
        inverse = pow(row[column], -1, PRIME)
        row = [value * inverse % PRIME for value in row]
        left = [_without(other, row, column) for other in left]
        done = [_without(other, row, column) for other in done]
        done.append(row)
        pivots.append(column)
    return done, pivots


def _without(row: list[int], pivot: list[int], column: int) -> list[int]:
    times = row[column]
    return [(a - times * b) % PRIME for a, b in zip(row, pivot, strict=True)] if times else row


class _Search:
    """Looks for a group of fewer than ten among the sums of reduced rows, each taken once or not at all. A row that is
    taken is followed only by such as mend a column that is now neither 0 nor 1, which few do."""

    def __init__(self, rows: list[list[int]], weights: list[int], sizes: list[int]) -> None:
        """Take the rows, how many pupils stand at the pivot of each, and how many at each column."""
        self._rows = [[_signed(value) for value in row] for row in rows]
        self._whole = [all(abs(row[column]) < PARTS for row in self._rows) for column in range(len(sizes))]
        self._broken = [column for column, whole in enumerate(self._whole) if not whole]
        self._weights = weights
        self._most = [1 if size < SMALL else 0 for size in sizes]
        self._sizes = sizes
        self._left = SEARCHED

    def from_row(self, place: int) -> bool:
        """Whether a group of fewer than ten begins with that row, and has no earlier one."""
        later = frozenset(range(place + 1, len(self._rows)))
        return self._found(self._rows[place], self._weights[place], later)

    def _found(self, summed: list[int], weight: int, free: frozenset[int]) -> bool:
        self._left -= 1
        if self._left < 0:
            return True
        if weight >= SMALL:
            return False
        wrong = (column for column, value in enumerate(summed) if not 0 <= value <= self._most[column])
        few = [self._mending(summed, column, free) for column in islice(wrong, LOOKED_AT)]
        if few:
            return self._any(min(few, key=len), summed, weight, free)
        pupils = sum(size for size, value in zip(self._sizes, summed, strict=True) if value)
        return 0 < pupils < SMALL or self._more(summed, weight, free)

    def _more(self, summed: list[int], weight: int, free: frozenset[int]) -> bool:
        """A group already, but of ten or more: another row may make it smaller."""
        return self._any(sorted(free), summed, weight, free)

    def _mending(self, summed: list[int], column: int, free: frozenset[int]) -> list[int]:
        if not self._whole[column]:
            return [place for place in sorted(free) if self._rows[place][column]]
        sign = 1 if summed[column] < 0 else -1
        return [place for place in sorted(free) if sign * self._rows[place][column] > 0]

    def _any(self, places: list[int], summed: list[int], weight: int, free: frozenset[int]) -> bool:
        for place in places:
            free -= {place}
            row = self._rows[place]
            both = [a + b for a, b in zip(summed, row, strict=True)]
            for column in self._broken:
                both[column] = _signed(both[column] % PRIME)
            if self._found(both, weight + self._weights[place], free):
                return True
        return False


def _signed(value: int) -> int:
    return value - PRIME if value > PRIME // 2 else value
