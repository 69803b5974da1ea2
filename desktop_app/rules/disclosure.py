"""Which groups may be shown to those who may not know a name: none from which one could be told, by subtraction either.

Source: the school’s own rule, after the suppression of small counts in the DfE’s pupil absence statistics: a group of
fewer than ten, or one that leaves fewer than ten over, is not shown by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from desktop_app.domain.groups import SMALL, Basis, Group
from desktop_app.rules.groups import JOINED

WHOLE = (Basis.SEX, Basis.ETHNICITY, Basis.HOME_LA)
"""What everybody has once at most: the groups of it, taken from the whole, leave those that are not shown."""


def may_be_shown(sizes: Mapping[Group, int], everyone: int) -> frozenset[Group]:
    """The groups that tell of nobody, of groups with their numbers of pupils: neither they nor the rest is small, nor
    what is left of the whole when all shown groups of the same kind are taken from it; nor a group of those with any of
    several flags while one of those flags is not shown.

    For who knows some children by name, the numbers are of the others: they can take away those whom they know. A group
    with none of the others tells of nobody else.
    """
    kept = {group for group, size in sizes.items() if not size or (size >= SMALL and everyone - size >= SMALL)}
    by_basis: defaultdict[Basis, list[Group]] = defaultdict(list)
    for group in sorted(kept, key=lambda one: (sizes[one], one.key)):
        if sizes[group]:
            by_basis[group.basis].append(group)
    for basis in WHOLE:
        shown = by_basis[basis]
        while shown and 0 < everyone - sum(sizes[one] for one in shown) < SMALL:
            kept.discard(shown.pop(0))
    keys = {group.key for group in kept}
    hidden = {group.key for group in sizes} - keys
    return frozenset(
        group
        for group in kept
        if group.key not in JOINED or not any(flag.value in hidden for flag in JOINED[group.key][1])
    )


def parts_shown(sizes: Mapping[str, int], within: Mapping[tuple[str, str], int]) -> frozenset[str]:
    """The parts of a whole (classes, years, phases), by name with their numbers of pupils, that tell of nobody: none is
    small, and neither is what is left over. As there, the numbers are of the children who are not known by name.

    `within` are the same numbers by part and by the greater part it lies in (of a class, the year): since figures of
    that may be shown too, what is left of it is not small either. Of a part that lies in several, what lies in each is
    what is left over there.
    """
    shown = sorted((key for key, size in sizes.items() if size >= SMALL), key=lambda key: (sizes[key], key))
    everyone = sum(sizes.values())
    while shown and 0 < everyone - sum(sizes[key] for key in shown) < SMALL:
        shown.pop(0)
    kept = _without_small_rests(shown, within)
    return kept | {key for key, size in sizes.items() if not size}


def _without_small_rests(shown: Sequence[str], within: Mapping[tuple[str, str], int]) -> frozenset[str]:
    """The parts without those, the smallest first, that leave fewer than ten of a greater part; `shown` in order of
    size."""
    wholes = Counter(part for part, _ in within)
    kept = list(shown)
    for _ in shown:
        for whole in sorted({one for _, one in within}):
            inside = [part for part in kept if within.get((part, whole)) and wholes[part] == 1]
            everyone = sum(size for (_, of), size in within.items() if of == whole)
            if inside and 0 < everyone - sum(within[part, whole] for part in inside) < SMALL:
                kept.remove(inside[0])
    return frozenset(kept)
