"""Names in the order a register has them."""

from __future__ import annotations

import unicodedata

PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that Unicode does not take apart into a base letter and an accent."""


def plain(text: str) -> str:
    """The text in small letters without accents: what a person types to find `Đặng` or `Łucja`."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def sort_key(surname: str, forename: str) -> tuple[str, str, str, str]:
    """The order of lists and registers: by surname then forename, accents aside, the written form deciding ties."""
    return (plain(surname), plain(forename), surname, forename)
