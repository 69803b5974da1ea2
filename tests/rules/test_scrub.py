"""What is taken out of typed text, on both sides of each edge."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from desktop_app.rules.scrub import CHILD, PARENT, SOMEBODY, WITHHELD, Hidden, Scrubber, address_parts

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
        ("niamh is poorly", f"{CHILD} is poorly"),
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


def test_short_lines_of_an_address_give_nothing_away_and_a_street_does_without_its_number() -> None:
    parts = address_parts(["Flat 3", "88 Mill Lane", "Ince"], "L34 1AA")
    assert parts == {"Flat 3", "88 Mill Lane", "Mill Lane", "L34 1AA"}


def naive(names: frozenset[str], text: str) -> str:
    """The same by trying the names one after another at each place, the longest first."""
    plain = {
        " ".join(re.sub(r"[.]", " ", name).casefold().replace("é", "e").replace("-", hyphen).replace("’", sign).split())
        for name in names
        for hyphen in (" ", "")
        for sign in ("'", " ", "")
    } - {""}
    between = r"(?:[\s_\-]+|\s*[,.]\s*)"
    said = "|".join(
        between.join(map(re.escape, name.split())) for name in sorted(plain, key=lambda one: (-len(one), one))
    )
    pattern = re.compile(rf"(?<![a-z])(?:{said})(?![a-z])")
    alike = text.casefold().replace("é", "e").replace("’", "'")
    for found in reversed([*pattern.finditer(alike)] if plain else []):
        text = f"{text[: found.start()]}{CHILD}{text[found.end() :]}"
    return text


LETTERS = st.sampled_from("abAB é’-(.")
NAMES = st.frozensets(st.text(LETTERS, min_size=1, max_size=6), max_size=8)


@given(NAMES, st.text(LETTERS, max_size=40))
def test_names_that_begin_alike_are_found_as_if_each_were_looked_for_alone(names: frozenset[str], text: str) -> None:
    assert Scrubber(Hidden(children=names)).clean(text) == naive(names, text)


WRITTEN = Scrubber(
    Hidden(
        children=frozenset({"Zoë O’Neill", "O’Neill, Zoë", "Anne-Marie Łukasz", "Félix Smith"}),
        siblings=frozenset({"May", "Jayden", "Will"}),
        parents=frozenset({"Kevin Kowalski", "Mr Kowalski"}),
        phones=frozenset({"07700 900123", "0151 496 0123", "+48 601 123 456"}),
        addresses=frozenset({"12 Elm Road", "Elm Road", "L36 1AB", "kev.k@example.org"}),
        shown=frozenset({"Will Grant", "May Bank Primary School", "Jayden Cole"}),
    )
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Zoe O'Neill’s bag", f"{CHILD}’s bag"),
        ("ZOË ONEILL hit him", f"{CHILD} hit him"),
        ("Zoe\u0308 O\u2019Neill hit him", f"{CHILD} hit him"),
        ("Zoë\nO’Neill", CHILD),
        ("O’NEILL Zoë, 4B", f"{CHILD}, 4B"),
        ("zoe_oneill_2.pdf", f"{CHILD}_2.pdf"),
        ("Zoe.O-Neill.docx", f"{CHILD}.docx"),
        ("Anne Marie Lukasz and annemarie łukasz", f"{CHILD} and {CHILD}"),
        ("Anne\u2011Marie \u0141ukasz", CHILD),
        ("Fe\u0301li\u200bx Smith", CHILD),
        ("Felixa Smithson", "Felixa Smithson"),
        ("mum says jayden is ill too", f"mum says {CHILD} is ill too"),
        ("JAYDEN is ill too", f"{CHILD} is ill too"),
        ("Absent since 12 May 2026, in May and from 4th May", "Absent since 12 May 2026, in May and from 4th May"),
        ("She came with May today", f"She came with {CHILD} today"),
        ("you may come, will you", "you may come, will you"),
        ("Mr Will Grant of May Bank Primary School rang", "Mr Will Grant of May Bank Primary School rang"),
        ("Jayden Cole is the father", "Jayden Cole is the father"),
        ("Mr Kowalski and kevin kowalski", f"{PARENT} and {PARENT}"),
        ("Rang 07700 900123 10.15, no answer", f"Rang {WITHHELD} 10.15, no answer"),
        ("At 10.15 07700-900-123 07700 900124", f"At 10.15 {WITHHELD} 07700 900124"),
        ("Rang 07700 900123 07700 900124", f"Rang {WITHHELD} 07700 900124"),
        ("+44 (0)7700 900 123; 00447700900123; 447700900123", f"{WITHHELD}; {WITHHELD}; {WITHHELD}"),
        ("07700\u2013900\u2013123", WITHHELD),
        ("0151 4960123 or 496 0123", f"{WITHHELD} or {WITHHELD}"),
        ("Rang +48601123456 and 0048 601 123 456", f"Rang {WITHHELD} and {WITHHELD}"),
        ("107700 9001235", "107700 9001235"),
        ("lives at 12, Elm Rd. L361AB", f"lives at {WITHHELD}. {WITHHELD}"),
        ("seen in Elm Road", f"seen in {WITHHELD}"),
        ("Elmroad, 112 Elm Grove", "Elmroad, 112 Elm Grove"),
        ("KEV.K @ example.org, kev.k(at)example.org", f"{WITHHELD}, {WITHHELD}"),
    ],
)  # fmt: skip
def test_a_name_a_number_and_an_address_are_found_however_they_are_written(text: str, said: str) -> None:
    assert WRITTEN.clean(text) == said


def test_an_e_mail_address_goes_whole_though_it_begins_with_a_name() -> None:
    hidden = Hidden(parents=frozenset({"Seán Doyle"}), addresses=frozenset({"sean.doyle@doyle-family.example"}))
    said = Scrubber(hidden).clean("Write to sean.doyle@doyle-family.example, not to Sean Doyle himself.")
    assert said == "Write to [withheld], not to [the other parent] himself."
