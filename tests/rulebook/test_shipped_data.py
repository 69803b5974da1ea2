"""The other data files shipped: the type documents are set in."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from desktop_app import paths


@pytest.mark.parametrize("name", ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
def test_the_type_has_the_letters_of_every_childs_name(name: str) -> None:
    face = TTFontFace(str(paths.resources() / "fonts" / name))
    missing = [letter for letter in "łŁșȘğĞéÉĐđặẶçÇøńżŽß’–“”×" if ord(letter) not in face.charToGlyph]
    assert not missing
    assert (paths.resources() / "fonts" / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE") >= 1
