"""The other data files shipped: numbers of local authorities, and the type documents are set in."""

from __future__ import annotations

import csv

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from desktop_app import paths


def test_authorities_are_numbered_once_and_hold_ours() -> None:
    with (paths.resources() / "national" / "authorities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = [row["number"] for row in rows]
    assert numbers == sorted(set(numbers))
    assert all(len(number) == 3 and number.isdigit() for number in numbers)
    names = {row["number"]: row["name"] for row in rows}
    assert (names["340"], names["343"], names["876"]) == ("Knowsley", "Sefton", "Halton")


@pytest.mark.parametrize("name", ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
def test_the_type_has_the_letters_of_every_childs_name(name: str) -> None:
    face = TTFontFace(str(paths.resources() / "fonts" / name))
    missing = [letter for letter in "łŁșȘğĞéÉĐđặẶçÇøńżŽß’–“”×" if ord(letter) not in face.charToGlyph]
    assert not missing
    assert (paths.resources() / "fonts" / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE") >= 1
