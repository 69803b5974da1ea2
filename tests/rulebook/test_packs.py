"""Each authority's pack: its own worked examples, its boundaries, its sources, and what its referral asks."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Band, Pack, Rulebook
from desktop_app.rules.bands import band_of
from desktop_app.rules.readiness.table import RULES

PACKS = rulebooks.load(paths.resources()).packs

PARTS_IN_ORDER = [
    "cover",
    "referral-sheet",
    "parents",
    "certificate",
    "register",
    "corrections",
    "chronology",
    "contacts",
    "earlier-years",
    "siblings",
]

SETTLED = {
    "england": ["[95,100]", "(90,95)", "(50,90]", "[0,50]"],
    "halton": ["[95,100]", "(90,95)", "(50,90]", "[0,50]"],
    "windsor-maidenhead": ["[95,100]", "(90,95)", "(50,90]", "[0,50]"],
    "knowsley": ["[95,100]", "(90,95)", "(75,90]", "(50,75]", "[0,50]"],
    "sefton": ["[96,100]", "(90,96)", "(85,90]", "(50,85]", "[0,50]"],
}


def figures(attended: int, possible: int) -> Figures:
    return Figures(possible, attended, possible - attended, 0, 0, 0, {})


def interval(band: Band) -> str:
    left = f"[{band.at_least}" if band.at_least is not None else f"({band.above}"
    right = f"{band.at_most}]" if band.at_most is not None else f"{band.below})"
    return f"{left},{right}"


@pytest.mark.parametrize(
    ("pack", "number"), [(pack, number) for pack in PACKS.values() for number in range(len(pack.examples))]
)
def test_a_pack_stands_by_its_worked_examples(pack: Pack, number: int) -> None:
    example = pack.examples[number]
    band = band_of(figures(example.attended, example.possible), pack.bands)
    assert band is not None
    assert band.key == example.band


@pytest.mark.parametrize("band", [band for pack in PACKS.values() for band in pack.bands], ids=lambda band: band.key)
def test_a_band_says_what_it_means_to_the_authority_that_reads_the_referral(band: Band) -> None:
    """How its lines were closed, and what the source prints, is for the pack's note."""
    assert band.meaning
    assert "print" not in band.meaning
    named = {Fraction(number) for number in re.findall(r"(\d+)%", band.meaning)}
    assert named <= {100 - line for line in lines(band)} | set(lines(band))


def lines(band: Band) -> list[Fraction]:
    return [line for line in (band.at_least, band.above, band.at_most, band.below) if line is not None]


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_the_examples_reach_every_band_and_stand_on_every_boundary(pack: Pack) -> None:
    assert {example.band for example in pack.examples} == {band.key for band in pack.bands}
    shown = {Fraction(100 * example.attended, example.possible) for example in pack.examples}
    edges = {edge for band in pack.bands for edge in (band.at_least, band.at_most) if edge is not None}
    assert edges <= shown


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_a_hair_either_side_of_a_boundary(pack: Pack) -> None:
    for better, worse in zip(pack.bands, pack.bands[1:], strict=False):
        edge = better.at_least if better.at_least is not None else better.above
        assert edge is not None
        per_million = int(edge * 10_000)
        above = band_of(figures(per_million + 1, 1_000_000), pack.bands)
        below = band_of(figures(per_million - 1, 1_000_000), pack.bands)
        exactly = band_of(figures(per_million, 1_000_000), pack.bands)
        assert (above, below) == (better, worse)
        assert exactly == (better if better.at_least is not None else worse)


@pytest.mark.parametrize("key", SETTLED)
def test_the_bands_as_settled(rulebook: Rulebook, key: str) -> None:
    assert [interval(band) for band in rulebook.packs[key].bands] == SETTLED[key]


def test_there_are_these_packs_and_each_takes_these_referrals(rulebook: Rulebook) -> None:
    assert {key: [one.key for one in pack.referrals] for key, pack in rulebook.packs.items()} == {
        "england": ["la-referral"],
        "halton": ["ews-referral"],
        "knowsley": ["statutory-referral", "level-2", "claag", "penalty-notice"],
        "sefton": ["lasap", "penalty-notice"],
        "windsor-maidenhead": ["ews-referral"],
    }
    assert rulebook.packs["sefton"].referral("lasap") is rulebook.packs["sefton"].referrals[0]
    assert rulebook.packs["sefton"].referral("la-referral") is None


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_a_referral_has_its_parts_in_order_and_rules_that_exist(pack: Pack) -> None:
    for referral in pack.referrals:
        kinds = [part.kind for part in referral.parts]
        assert kinds == [kind for kind in PARTS_IN_ORDER if kind in kinds]
        assert set(PARTS_IN_ORDER) - {"siblings"} <= set(kinds)
        assert {requirement.rule for requirement in referral.requirements} <= set(RULES)


def test_only_knowsley_asks_for_brothers_and_sisters(rulebook: Rulebook) -> None:
    asking = {
        key
        for key, pack in rulebook.packs.items()
        if any(part.kind == "siblings" for referral in pack.referrals for part in referral.parts)
    }
    assert asking == {"knowsley"}


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_everything_in_a_pack_says_where_it_comes_from(pack: Pack) -> None:
    sourced = [*pack.bands, *pack.casework.levels, *pack.referrals]
    sourced += [requirement for referral in pack.referrals for requirement in referral.requirements]
    for thing in [pack, *sourced]:
        assert len(thing.source) > 20, thing
    assert pack.note


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_what_is_shown_is_a_sentence(pack: Pack) -> None:
    for referral in pack.referrals:
        for requirement in referral.requirements:
            assert requirement.why.endswith("."), requirement.key
            assert not requirement.title.endswith("."), requirement.key
