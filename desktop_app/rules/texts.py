"""Texts to mobile numbers: what one may say, which number takes it, and the file that a texting service reads.

Source: practice, point 42: a CSV of mobile numbers with the text, each logged.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from io import StringIO

from desktop_app.domain.letters import LetterField
from desktop_app.domain.people import ChannelKind
from desktop_app.rules.chasing import WRONG, digits
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.letters import template_faults

HEAD = ("Name", "Mobile", "Text")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
UK_MOBILE, UK_DIGITS = "07", 11
ABROAD_LEAST, ABROAD_MOST = 10, 17
"""Digits of a number with the 00 of another country before it (ITU E.164: 15 with the country’s own)."""


def words_fault(words: str, fields: Collection[str], longest: int) -> str:
    """What is wrong with the words of a text, before anything is filled in; empty: nothing."""
    said = words.strip()
    if not said:
        return "The text says nothing: write it first."
    faults = template_faults("text", said, [LetterField(one, one) for one in fields])
    return faults[0].replace("A letter", "A text") if faults else text_fault(said, longest)


def text_fault(said: str, longest: int) -> str:
    """What is wrong with a text as it would go; empty: nothing."""
    if said.startswith(FORMULA_STARTS):
        return "A text cannot begin with =, +, - or @: a spreadsheet would run it as a formula."
    if len(said) > longest:
        return f"The text has {len(said)} letters; no more than {longest} go as one."
    return ""


def one_line(words: str) -> str:
    """A text on one line with single spaces: a texting service reads a line for each."""
    return " ".join(words.split())


def mobile_of(card: ContactCard) -> str:
    """The mobile number of a contact to text: the first by the order to dial, a wrong one never, and none of which it
    was found that somebody else answers; empty: none."""
    numbers = [
        mobile(one.value)
        for one in card.channels
        if one.kind is ChannelKind.PHONE and one.label != WRONG and card.doubt(one) is None
    ]
    return next(filter(None, numbers), "")


def mobile(value: str) -> str:
    """A number as a service takes it, digits alone and without the + that a spreadsheet reckons with: `07700900123`,
    `00353871234567`; empty where it is not a mobile of this country and names no other."""
    plain = digits(value.replace("(0)", ""))
    bare = f"00{plain[1:]}" if plain.startswith("+") else plain
    if not (bare.isascii() and bare.isdigit()):
        return ""
    if bare.startswith("0044"):
        bare = f"0{bare[4:].removeprefix('0')}"
    elif bare.startswith("00"):
        return bare if ABROAD_LEAST <= len(bare) <= ABROAD_MOST else ""
    return bare if bare.startswith(UK_MOBILE) and not bare.startswith("070") and len(bare) == UK_DIGITS else ""


def cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would be one, no control signs."""
    bare = one_line("".join(sign for sign in text if sign.isprintable() or sign.isspace()))
    return f"'{bare}" if bare.startswith(FORMULA_STARTS) else bare


def texts_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The file: a heading, then name, mobile and text, every cell quoted. UTF-8 with the mark Excel looks for."""
    made = StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([cell(one) for one in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")
