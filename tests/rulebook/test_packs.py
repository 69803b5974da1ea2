"""Each authority's pack: its own worked examples, its boundaries, its sources, and what its referral asks."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.documents.bundle import DRAW
from desktop_app.domain.figures import Figures
from desktop_app.domain.referrals import Disclosure, Profile
from desktop_app.domain.rulebook import Band, Pack, Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.rules.bands import band_of
from desktop_app.rules.readiness.table import RULES

PACKS = rulebooks.load(paths.resources()).packs

PARTS_IN_ORDER = [
    *("cover", "referral-sheet", "parents", "declaration", "certificate", "register", "register-year", "corrections"),
    *("statement", "chronology", "exhibits", "contacts", "home-visits", "early-help", "support", "notice-check"),
    *("policy", "defences", "earlier-years", "siblings", "other-schools", "restricted", "unused"),
]
"""The order of print of the peers’ study, §4b; what is asked for besides comes last."""

EVERY_AUTHORITY = [
    *("penalty-notice", "penalty-holiday", "prosecution", "prosecution-sheet", "neglect", "independent"),
    "children-missing",
]
EVERY_CASEWORK = {"cover", "referral-sheet", "parents", "certificate", "register", "corrections", "chronology"} | {
    *("contacts", "earlier-years"),
}
"""What casework had in its bundle from the beginning."""

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
        "england": ["la-referral", *EVERY_AUTHORITY],
        "halton": ["ews-referral", *EVERY_AUTHORITY],
        "knowsley": ["statutory-referral", "level-2", "claag", *EVERY_AUTHORITY],
        "sefton": ["lasap", *EVERY_AUTHORITY],
        "windsor-maidenhead": ["ews-referral", *EVERY_AUTHORITY],
    }
    assert rulebook.packs["sefton"].referral("lasap") is rulebook.packs["sefton"].referrals[0]
    assert rulebook.packs["sefton"].referral("la-referral") is None


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_a_referral_has_its_parts_in_order_and_rules_that_exist(pack: Pack) -> None:
    for referral in pack.referrals:
        kinds = [part.kind for part in referral.parts]
        assert kinds == [kind for kind in PARTS_IN_ORDER if kind in kinds]
        if referral.profile is Profile.CASEWORK:
            assert set(kinds) >= EVERY_CASEWORK
        assert {requirement.rule for requirement in referral.requirements} <= set(RULES)
        assert set(kinds) <= {"cover", *DRAW}


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.key)
def test_every_profile_is_there_and_says_who_may_read_it(pack: Pack) -> None:
    assert {referral.profile for referral in pack.referrals} == set(Profile)
    court = [referral for referral in pack.referrals if referral.disclosure is Disclosure.COURT]
    assert [(one.profile, one.per_parent, one.beside) for one in court] == [
        (Profile.PROSECUTION, True, ("prosecution-sheet",))
    ]
    kinds = {part.kind for part in court[0].parts}
    assert not kinds & {"siblings", "other-schools", "restricted", "unused", "parents", "notice-check", "earlier-years"}
    restricted = [one for one in pack.referrals if "restricted" in {part.kind for part in one.parts}]
    assert [(one.profile, one.disclosure) for one in restricted] == [(Profile.NEGLECT, Disclosure.SAFEGUARDING)]
    sheet = pack.referral("prosecution-sheet")
    assert sheet is not None
    assert {"statement", "certificate", "exhibits"} <= kinds
    assert {"defences", "parents", "chronology", "unused"} <= {part.kind for part in sheet.parts}


def test_where_a_penalty_notice_cannot_be_used_the_whole_record_goes_to_the_authority(rulebook: Rulebook) -> None:
    """Practice, point 19: independent and non-maintained special schools cannot use penalty notices."""
    for pack in rulebook.packs.values():
        asking = [one for one in pack.referrals if one.schools]
        assert [(one.profile, set(one.schools)) for one in asking] == [
            (Profile.INDEPENDENT, {SchoolType.INDEPENDENT, SchoolType.NON_MAINTAINED_SPECIAL})
        ]
        for one in pack.referrals:
            penalty = one.profile in (Profile.PENALTY_HOLIDAY, Profile.PENALTY_IRREGULAR)
            assert ("power" in {need.rule for need in one.requirements}) == penalty


def test_brothers_and_sisters_are_named_where_knowsley_asks_and_where_a_child_may_be_in_danger(
    rulebook: Rulebook,
) -> None:
    asking = {
        (key, referral.key)
        for key, pack in rulebook.packs.items()
        for referral in pack.referrals
        if any(part.kind == "siblings" for part in referral.parts)
    }
    everywhere = {(key, one) for key in rulebook.packs for one in ("neglect", "children-missing")}
    assert asking == everywhere | {("knowsley", "statutory-referral"), ("knowsley", "level-2")}


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
