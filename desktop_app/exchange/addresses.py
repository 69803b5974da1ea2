"""Addresses from one column or several."""

from __future__ import annotations

import re

from desktop_app.domain.people import Address
from desktop_app.exchange.columns import Columns
from desktop_app.exchange.lines import Line
from desktop_app.exchange.values import read_text, words_of

POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?) ?(\d[A-Za-z]{2})\W*$")
BREAKS = re.compile(r"[,;\n\r]")


def read_address(line: Line, columns: Columns, keys: tuple[str, str, str]) -> Address:
    """The address in the columns with those keys: the whole in one (parts divided by commas or line breaks), its
    single lines, and the postcode, which may also end the whole."""
    whole, single, postcode = keys
    places = (*columns.places.get(whole, ()), *columns.places.get(single, ()))
    texts = [line.at(place, read_text) or "" for place in places]
    lines = [words_of(part) for text in texts for part in BREAKS.split(text) if part.strip()]
    code = words_of(line.text(postcode)).upper()
    if not code and lines and (match := POSTCODE.search(lines[-1])):
        code = f"{match[1]} {match[2]}".upper()
        rest = lines.pop()[: match.start()].strip()
        lines += [rest] if rest else []
    return Address(tuple(lines), code)
