"""Which classes and years may be shown to who knows no names: none that a sum or a difference tells of."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from desktop_app.rules.disclosure import parts_shown

SMALL = 10


@pytest.mark.parametrize("seed", range(60))
def test_what_is_left_of_a_year_is_not_small(seed: int) -> None:
    dice = random.Random(seed)
    years = [str(number) for number in range(1, dice.randint(2, 5))]
    atoms: Counter[tuple[str, str]] = Counter()
    for number in range(dice.randint(1, 8)):
        for year in dice.sample(years, dice.choice([1, 1, 1, 2]) if len(years) > 1 else 1):
            atoms[f"class {number}", year] = dice.randint(1, 30)
    sizes: Counter[str] = Counter()
    for (name, _), size in atoms.items():
        sizes[name] += size
    shown = parts_shown(sizes, atoms)
    assert all(sizes[name] >= SMALL for name in shown)
    assert not shown or sum(sizes.values()) - sum(sizes[name] for name in shown) not in range(1, SMALL)
    for year in years:
        whole = sum(size for (_, of), size in atoms.items() if of == year)
        known = [name for name in shown if {of for one, of in atoms if one == name} == {year}]
        if known:  # the classes that lie in the year alone can be taken away from it
            assert whole - sum(sizes[name] for name in known) not in range(1, SMALL), year


def test_a_small_class_is_not_got_by_taking_the_other_from_its_year() -> None:
    atoms = {("4A", "4"): 20, ("4B", "4"): 6, ("5A", "5"): 20, ("5B", "5"): 8, ("6A", "6"): 25}
    sizes = {name: size for (name, _), size in atoms.items()}
    assert parts_shown(sizes, {}) == {"4A", "5A", "6A"}  # fourteen are left over of the school
    assert parts_shown(sizes, atoms) == {"6A"}  # but six of Year 4 and eight of Year 5
    assert parts_shown({**sizes, "own": 0}, atoms) == {"6A", "own"}
