"""No figure of fewer than ten pupils can be got from a public report, whatever is added up and taken away."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from desktop_app.rules.suppression import Breakdown, Part, gives_away, may_tell, publishable, rates_told, rounded


def parts(**of: range) -> tuple[Part, ...]:
    return tuple(Part(title, frozenset(members)) for title, members in of.items())


def naive(groups: list[frozenset[int]], most: int = 2) -> bool:
    """By trying: every group taken from -most to most times, and whether pupils 1 to 9 are left each as often."""
    everybody = sorted(frozenset[int]().union(*groups))
    for times in product(range(-most, most + 1), repeat=len(groups)):
        weights = [
            sum(time for time, group in zip(times, groups, strict=True) if pupil in group) for pupil in everybody
        ]
        left = [weight for weight in weights if weight]
        if left and len(set(left)) == 1 and len(left) < 10:
            return True
    return False


def random_school(dice: random.Random, groups: int) -> tuple[frozenset[int], list[Breakdown]]:
    size = dice.choice([10, 14, 23, 30, 60, 110])
    everybody = frozenset(range(size))
    found = []
    for number in range(groups):
        kinds = dice.choice([2, 2, 2, 3, 4])
        weights = [dice.choice([1, 1, 4, 9]) for _ in range(kinds)]
        if found and dice.random() < 0.4:  # nearly the same as another, as free meals and pupil premium are
            like = dice.choice(found).parts
            of = {pupil: place for place, part in enumerate(like) for pupil in part.members}
            for pupil in dice.sample(sorted(everybody), dice.randint(0, min(size, 12))):
                of[pupil] = dice.randrange(len(like))
            kinds = len(like)
        else:
            of = {pupil: dice.choices(range(kinds), weights)[0] for pupil in everybody}
        found.append(
            Breakdown(
                str(number),
                f"kind {number}",
                tuple(
                    Part(f"{number}-{kind}", frozenset(p for p in everybody if of[p] == kind)) for kind in range(kinds)
                ),
                ordered=dice.random() < 0.5,
                others=f"others {number}",
            )
        )
    return everybody, found


def test_the_whole_less_a_large_part_is_a_small_one() -> None:
    everybody = frozenset(range(40))
    assert not gives_away([everybody])
    assert gives_away([everybody, frozenset(range(31))])
    assert not gives_away([everybody, frozenset(range(30))])


def test_two_breakdowns_together_give_away_who_is_in_one_and_not_in_the_other() -> None:
    everybody = frozenset(range(100))
    premium, meals = frozenset(range(40)), frozenset(range(35))
    assert not gives_away([everybody, premium])
    assert not gives_away([everybody, meals])
    assert gives_away([everybody, premium, meals])


def test_a_group_that_takes_three_tables_to_get() -> None:
    a, b, c = frozenset(range(20)), frozenset(range(15, 40)), frozenset([*range(15), *range(20, 40)])
    assert naive([a, b, c]) is gives_away([a, b, c]) is True


def test_half_of_three_groups_less_another_is_found() -> None:
    few, others = frozenset({0}), [frozenset(range(10 * n, 10 * n + 10)) for n in range(1, 4)]
    a, b, c = others
    three = [few | a | b, few | b | c, few | a | c]
    assert not gives_away(three)
    assert gives_away([*three, few | a | b | c])
    assert gives_away([a | b, b | c, a | c, few | a | b | c])


@pytest.mark.parametrize("seed", range(80))
def test_it_agrees_with_trying_every_sum(seed: int) -> None:
    dice = random.Random(seed)
    everybody, breakdowns = random_school(dice, 2)
    groups = [everybody, *(part.members for one in breakdowns for part in one.parts if part.members)]
    dice.shuffle(groups)
    few = groups[: dice.randint(2, 5)]
    if naive(few):
        assert gives_away(few)
    elif gives_away(few):
        assert naive(few, 4) or len(few) > 4


@pytest.mark.parametrize("seed", range(80))
def test_nothing_small_can_be_got_from_what_is_told(seed: int) -> None:
    dice = random.Random(seed)
    everybody, breakdowns = random_school(dice, dice.randint(1, 4))
    shown = publishable(everybody, breakdowns)
    told = [everybody, *(part.members for one in shown for part in one.parts)]
    assert all(len(group) >= 10 for group in told)
    for one in shown:
        if one.told:
            assert frozenset[int]().union(*(part.members for part in one.parts)) == everybody
            assert sum(len(part.members) for part in one.parts) == len(everybody)
    for _ in range(12):
        assert not naive(dice.sample(told, min(len(told), 5)), 1)


def test_years_are_joined_with_their_neighbours_and_named() -> None:
    everybody = frozenset(range(40))
    years = Breakdown(
        "year",
        "Year",
        parts(**{"Year 1": range(12), "Year 2": range(12, 16), "Year 3": range(16, 22), "Year 4": range(22, 40)}),
        ordered=True,
    )
    (shown,) = publishable(everybody, [years])
    assert [(part.title, len(part.members)) for part in shown.parts] == [
        ("Year 1", 12),
        ("Year 2 to Year 3", 10),
        ("Year 4", 18),
    ]
    assert shown.small == ("Year 2", "Year 3")


def test_small_groups_go_together_and_take_one_more_where_they_are_still_few() -> None:
    everybody = frozenset(range(60))
    kinds = Breakdown("e", "Ethnicity", parts(a=range(30), b=range(30, 50), c=range(50, 56), d=range(56, 60)))
    (shown,) = publishable(everybody, [kinds])
    assert [(part.title, len(part.members)) for part in shown.parts] == [("a", 30), ("b", 20), ("All other groups", 10)]
    kinds = Breakdown("e", "Ethnicity", parts(a=range(36), b=range(36, 57), c=range(57, 60)))
    (shown,) = publishable(everybody, [kinds])
    assert [(part.title, len(part.members)) for part in shown.parts] == [("a", 36), ("All other groups", 24)]


def test_a_group_of_few_and_the_rest_are_both_left_out() -> None:
    everybody = frozenset(range(60))
    cared = Breakdown("la", "Looked after", parts(cared=range(9), rest=range(9, 60)))
    nobody = Breakdown("n", "Nobody", (Part("none", frozenset()), Part("all", everybody)))
    for one in publishable(everybody, [cared, nobody]):
        assert not one.told
    assert not publishable(frozenset(range(9)), [cared])[0].told


def test_a_school_of_nine_is_told_nothing() -> None:
    assert not gives_away([])
    assert gives_away([frozenset(range(9))])


def test_the_rates_of_a_school_are_told_of_none_or_ten_and_give_no_fewer_by_their_difference() -> None:
    assert may_tell(0, 0) == (True, True)
    assert may_tell(9, 0) == (False, False), "else all of the nine would be known not to be severely absent"
    assert may_tell(20, 1) == (True, False)
    assert may_tell(20, 10) == (True, True)
    assert may_tell(19, 10) == (True, False), "nine persistently and not severely"
    assert may_tell(12, 12) == (True, True)


def test_the_severely_absent_of_a_group_are_not_told_beside_the_persistent_where_few_are_between() -> None:
    sex = publishable(frozenset(range(60)), [Breakdown("sex", "Sex", parts(girls=range(30), boys=range(30, 60)))])
    persistent, severe = frozenset([*range(25), *range(30, 55)]), frozenset([*range(20), *range(30, 45)])
    assert set(rates_told(severe, sex)) == {"sex"}
    of_parts = [part for parts_of in rates_told(persistent, sex).values() for part in parts_of]
    assert not rates_told(severe, sex, [persistent, *of_parts]), "five girls are between"


def test_a_rate_is_told_where_ten_or_more_are_behind_it_in_each_part_or_none() -> None:
    everybody = frozenset(range(100))
    sex = Breakdown("sex", "Sex", parts(girls=range(50), boys=range(50, 100)))
    aid = Breakdown("aid", "Aid", parts(aided=range(40), others=range(40, 100)))
    shown = publishable(everybody, [sex, aid])
    assert set(rates_told(frozenset(range(30, 70)), shown)) == {"sex", "aid"}
    assert set(rates_told(frozenset(range(30, 55)), shown)) == {"aid"}, "only five boys"
    assert set(rates_told(frozenset(range(20)), shown)) == {"sex", "aid"}, "no boy at all is no group"
    assert set(rates_told(frozenset(range(9)), shown)) == frozenset()
    premium, meals = (
        Breakdown(key, key, parts(some=range(n), rest=range(n, 100))) for key, n in (("p", 60), ("m", 50))
    )
    both = publishable(everybody, [premium, meals])
    assert all(one.told for one in both), "ten lie between them"
    assert set(rates_told(frozenset(range(1, 100, 2)), both)) == {"p"}, "of those ten, five are met"


def test_a_coarser_form_takes_the_place_of_joining() -> None:
    everybody = frozenset(range(60))
    fine = parts(plan=range(4), support=range(4, 16), none=range(16, 60))
    coarse = parts(some=range(16), none=range(16, 60))
    (shown,) = publishable(everybody, [Breakdown("sen", "SEN", fine, or_else=coarse)])
    assert [part.title for part in shown.parts] == ["some", "none"]
    (shown,) = publishable(
        frozenset(range(20)), [Breakdown("sen", "SEN", parts(a=range(4), b=range(4, 20)), or_else=coarse[:1])]
    )
    assert not shown.told


@pytest.mark.parametrize(
    ("value", "told"), [(Fraction(9445, 100), "94.5"), (Fraction(2, 3), "0.7"), (Fraction(100), "100")]
)
def test_what_is_told_has_one_decimal(value: Fraction, told: str) -> None:
    assert rounded(value) == Fraction(told)
    assert rounded(None) is None
