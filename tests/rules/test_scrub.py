"""What is taken out of typed text, on both sides of each edge."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from desktop_app.rules.scrub import CHILD, SOMEBODY, WITHHELD, Hidden, Scrubber, address_parts

SCRUBBER = Scrubber(
    Hidden(
        children=frozenset({"Niamh Doyle", "Doyle, Niamh", "Jayden O’Brien-Smith"}),
        siblings=frozenset({"Niamh", "Will"}),
        people=frozenset({"Wayne Grimsby"}),
        phones=frozenset({"07700 900777"}),
        addresses=frozenset({"88 Mill Lane", "L34 1AA", "sean.doyle@example.org"}),
    )
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Fought with Jayden O’Brien-Smith at lunch", f"Fought with {CHILD} at lunch"),
        ("fought with JAYDEN  o’brien-smith.", f"fought with {CHILD}."),
        ("Jayden was kind", "Jayden was kind"),
        ("Doyle, Niamh is poorly too", f"{CHILD} is poorly too"),
        ("Niamh is poorly too", f"{CHILD} is poorly too"),
        ("niamhs", "niamhs"),
        ("Will bring him at ten. Will is ill", "Will bring him at ten. Will is ill"),
        ("Says Will is ill", f"Says {CHILD} is ill"),
        ("Met Mr Wayne Grimsby at the gate", f"Met Mr {SOMEBODY} at the gate"),
        ("Rang 07700 900777", f"Rang {WITHHELD}"),
        ("Rang +44 (7700) 900-777 twice", f"Rang {WITHHELD} twice"),
        ("Rang 07700 900778", "Rang 07700 900778"),
        ("Lives at 88 mill lane, L34  1AA", f"Lives at {WITHHELD}, {WITHHELD}"),
        ("188 Mill Lane", "188 Mill Lane"),
        ("wrote to Sean.Doyle@example.org", f"wrote to {WITHHELD}"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_hidden_is_replaced_and_nothing_else(text: str, said: str) -> None:
    assert SCRUBBER.clean(text) == said


@given(st.text(max_size=200))
def test_nothing_hidden_changes_nothing(text: str) -> None:
    assert Scrubber(Hidden()).clean(text) == text


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_full_name_between_other_words_never_stays(before: str, after: str) -> None:
    assert "Jayden O’Brien-Smith" not in SCRUBBER.clean(f"{before} Jayden O’Brien-Smith {after}")


def test_short_lines_of_an_address_give_nothing_away() -> None:
    assert address_parts(["Flat 3", "88 Mill Lane", "Ince"], "L34 1AA") == {"Flat 3", "88 Mill Lane", "L34 1AA"}


def naive(names: frozenset[str], text: str) -> str:
    """The same by trying the names one after another at each place, the longest first."""
    plain = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
    said = "|".join(r"\s+".join(map(re.escape, name.split())) for name in plain)
    return re.sub(rf"(?<!\w)(?:{said})(?!\w)", CHILD, text, flags=re.IGNORECASE) if plain else text


LETTERS = st.sampled_from("abAB é’-(.")
NAMES = st.frozensets(st.text(LETTERS, min_size=1, max_size=6), max_size=8)


@given(NAMES, st.text(LETTERS, max_size=40))
def test_names_that_begin_alike_are_found_as_if_each_were_looked_for_alone(names: frozenset[str], text: str) -> None:
    assert Scrubber(Hidden(children=names)).clean(text) == naive(names, text)
