"""Names of pupils and classes in the order a register has them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ı": "i", "’": "'", "ʼ": "'"}
)
"""Letters that Unicode does not take apart into a base letter and an accent, and a keyboard's apostrophe."""


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text in small letters without accents: what a person types to find `Đặng`, `Łucja` or `O’Dowd`."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def sort_key(surname: str, forename: str) -> tuple[str, str, str, str]:
    """The order of lists and registers: by surname then forename, accents aside, the written form deciding ties."""
    return (plain(surname), plain(forename), surname, forename)


def year_name(year: str) -> str:
    """A year group as people say it: `Reception`, `Year 4`, `Nursery (N1)`."""
    if year.isdigit():
        return f"Year {year}"
    if year == "R":
        return "Reception"
    return f"Nursery ({year})" if year[:1] == "N" else year


def class_order(name: str) -> tuple[int, int, str]:
    """The order of classes and of year groups: nursery and Reception, then by the first number, the rest by name."""
    number = re.search(r"\d+", name)
    first = name[:1].upper()
    if first in {"N", "R"}:
        return (0 if first == "N" else 1, int(number[0]) if number else 0, name)
    return (2, int(number[0]), name) if number else (3, 0, name)
