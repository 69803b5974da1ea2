"""Taking out of typed text what its reader may not know: names of other children, contact details of others.

The words that stand in their place say that something was there, so that nobody takes the text for the whole.
Sources: practice, points 5, 8 and 28.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

CHILD = "[another child]"
SOMEBODY = "[a person not named here]"
WITHHELD = "[withheld]"

WORDS_TOO = frozenset({
    "art", "autumn", "bill", "chance", "chase", "dawn", "drew", "faith", "grace", "grant", "hope", "joy", "june",
    "mark", "may", "miles", "penny", "rich", "rose", "summer", "sunny", "will",
})  # fmt: skip
"""Forenames that are words as well: at the beginning of a sentence they are taken for the word."""

_PHONE = re.compile(r"\+?\d(?:[\s().-]*\d){6,}")
_DIGITS = re.compile(r"\D")
SHORTEST_LINE = 6
"""A line of an address shorter than this is no address by itself."""
SPACE = r"\s+"
SAME_NUMBER = 9
"""So many last digits make two phone numbers the same, however the country is written."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reader may not know. `children`: full names of other children; `siblings`: their forenames, which stand
    alone in what people write; `people`: full names of those whom a court keeps away; `phones` by their digits;
    `addresses`: e-mail addresses, postcodes and lines of addresses."""

    children: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    siblings: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


class Scrubber:
    """Says a text again without what is hidden. Made once for a file: the patterns are compiled here."""

    def __init__(self, hidden: Hidden) -> None:
        self._full = _pattern(hidden.children, re.IGNORECASE)
        self._people = _pattern(hidden.people, re.IGNORECASE)
        # A forename is matched as it is written: “mark” is no child.
        self._fore = _pattern(hidden.siblings, 0)
        self._places = _pattern(hidden.addresses, re.IGNORECASE)
        self._phones = frozenset(_last(number) for number in hidden.phones if len(_digits(number)) >= SAME_NUMBER)

    def clean(self, text: str) -> str:
        """The text, with what is hidden replaced."""
        if not text:
            return text
        if self._full is not None:
            text = self._full.sub(CHILD, text)
        if self._people is not None:
            text = self._people.sub(SOMEBODY, text)
        if self._fore is not None:
            text = self._fore.sub(lambda found: _forename(found, text), text)
        if self._places is not None:
            text = self._places.sub(WITHHELD, text)
        return _PHONE.sub(self._phone, text) if self._phones else text

    def _phone(self, found: re.Match[str]) -> str:
        return WITHHELD if _last(found[0]) in self._phones else found[0]


def address_parts(lines: Iterable[str], postcode: str) -> frozenset[str]:
    """What of an address gives it away by itself: its longer lines and its postcode."""
    return frozenset(part.strip() for part in (*lines, postcode) if len(part.strip()) >= SHORTEST_LINE)


def _pattern(texts: Collection[str], flags: int) -> re.Pattern[str] | None:
    """Any of the texts as whole words, however wide the spaces between their words; the longest first."""
    fold = _small if flags & re.IGNORECASE else str
    plain = sorted({tuple(map(fold, " ".join(text.split()))) for text in texts if text.strip()})
    return re.compile(rf"(?<!\w)(?:{_any_of(plain)})(?!\w)", flags) if plain else None


def _small(letter: str) -> str:
    """The small letter, where that is one letter: two spellings of a name are looked for once."""
    small = letter.lower()
    return small if len(small) == 1 else letter


def _any_of(texts: Sequence[tuple[str, ...]]) -> str:
    """One of the texts, letter by letter and the longest first: what several begin with is looked for once, since a
    school has hundreds of names and a long case thousands of entries."""
    begin = [alike[0] for alike in takewhile(lambda alike: len(set(alike)) == 1, zip(*texts, strict=False))]
    rests = [text[len(begin) :] for text in texts]
    said = "".join(SPACE if letter == " " else re.escape(letter) for letter in begin)
    longer = [rest for rest in rests if rest]
    if not longer:
        return said
    branches = "|".join(_any_of(list(alike)) for _, alike in groupby(longer, key=lambda rest: rest[0]))
    return f"{said}(?:{branches}){'?' if len(longer) < len(rests) else ''}"


def _forename(found: re.Match[str], text: str) -> str:
    """A forename, unless it is a word that begins a sentence."""
    before = text[: found.start()].rstrip()
    begins = not before or before[-1] in ".!?:;\n"
    return found[0] if begins and found[0].casefold() in WORDS_TOO else CHILD


def _digits(number: str) -> str:
    return _DIGITS.sub("", number)


def _last(number: str) -> str:
    return _digits(number)[-SAME_NUMBER:]
