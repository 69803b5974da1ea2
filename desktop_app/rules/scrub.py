"""Taking out of typed text what its reader may not know: names of other children, contact details of others.

The words that stand in their place say that something was there, so that nobody takes the text for the whole. People do
not write a name, a number or an address twice alike, so each is looked for however it is written: without its accents,
with another apostrophe, the surname first, in the name of a file. What the reader may know and is spelt alike (a parent
with the name of another child, the school, the month of May) stays.
Sources: practice, points 5, 8 and 28.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, product, takewhile

from desktop_app.rules.names import PLAIN

CHILD = "[another child]"
PARENT = "[the other parent]"
SOMEBODY = "[a person not named here]"
WITHHELD = "[withheld]"

MONTHS = frozenset({"april", "may", "june", "august"})
WORDS_TOO = MONTHS | frozenset({
    "amber", "angel", "art", "autumn", "bill", "chance", "chase", "christian", "daisy", "dawn", "dean", "drew", "earl",
    "faith", "frank", "grace", "grant", "guy", "hazel", "heath", "heather", "holly", "hope", "ivy", "jade", "joy",
    "king", "lily", "major", "mark", "max", "melody", "miles", "nick", "olive", "pat", "penny", "poppy", "precious",
    "prince", "ray", "reed", "rich", "river", "rob", "robin", "rose", "ruby", "sandy", "sky", "star", "sue", "summer",
    "sunny", "van", "victor", "violet", "ward", "will",
})  # fmt: skip
"""Forenames that are words as well: they are a child’s only as they are written, and at the beginning of a sentence
they are taken for the word."""
_DATED = re.compile(
    r"\d(?:st|nd|rd|th)?(?:\s+of)?\s*$|\b(?:in|since|until|till|during|early|late|mid)[\s-]*$", re.IGNORECASE
)
_DATE_AFTER = re.compile(r"\s*,?\s*(?:the\s+)?\d")
"""What stands before and after a month."""

SHORTEST_LINE = 6
"""A line of an address shorter than this is no address by itself."""
SHORTEST_NUMBER = 6
"""Digits of a phone number that is looked for: fewer are any number."""
LOCAL = (8, 7, 6)
"""So many last digits of a British number are how it is dialled from nearby."""
_GAP = r"[\s().\-/]*"
_BETWEEN = r"(?:[\s_\-]+|\s*[,.]\s*)"
"""Between two words of a name."""
_NUMBERED = re.compile(r"\d+\s?[a-z]?[\s,]+(?P<street>[^\d,]+\s[^\d,]+)", re.IGNORECASE)
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}", re.IGNORECASE)
_STREETS = (
    ("road", "rd"), ("street", "st"), ("avenue", "ave", "av"), ("lane", "ln"), ("close", "cl"), ("drive", "dr"),
    ("court", "ct"), ("crescent", "cres", "cr"), ("gardens", "gdns"), ("place", "pl"), ("terrace", "terr", "ter"),
    ("grove", "gr"), ("square", "sq"), ("park", "pk"),
)  # fmt: skip
STREET = {word: f"(?:{'|'.join(alike)})" for alike in _STREETS for word in alike}
"""How a word of a street is written, by each way to write it."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reader may not know. `children`: full names of other children; `siblings`: forenames that stand alone in
    what people write; `people`: full names of those whom a court keeps away; `parents`: those of the other parent;
    `phones`; `addresses`: e-mail addresses, postcodes and lines of addresses. `shown` are names the reader may know: of
    people and places, whole."""

    children: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    siblings: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


class Scrubber:
    """Says a text again without what is hidden. Made once for a file: the patterns are compiled here."""

    def __init__(self, hidden: Hidden) -> None:
        self._shown = _names(hidden.shown)
        # What reaches somebody goes first: an e-mail address begins with a name, and must go whole.
        looked_for = (
            (_places(hidden.addresses), WITHHELD),
            (_phones(hidden.phones), WITHHELD),
            (_names(hidden.children), CHILD),
            (_names(hidden.people), SOMEBODY),
            (_names(hidden.parents), PARENT),
            (_names(hidden.siblings), CHILD),
        )
        self._looked_for = tuple((pattern, words) for pattern, words in looked_for if pattern is not None)
        self._forenames = frozenset(_small(name) for name in hidden.siblings)

    def clean(self, text: str) -> str:
        """The text, with what is hidden replaced."""
        if not text or not self._looked_for:
            return text
        folded, places = fold(text)
        kept = [found.span() for found in self._shown.finditer(folded)] if self._shown is not None else []
        gone: list[tuple[int, int, str]] = []
        for pattern, words in self._looked_for:
            for found in pattern.finditer(folded):
                begin, end = found.span()
                alike = any(left <= begin and end <= right for left, right in kept)
                taken = any(begin < right and left < end for left, right, _ in gone)
                if not alike and not taken and not self._is_word(folded, found):
                    gone.append((begin, end, words))
        for begin, end, words in sorted(gone, reverse=True):
            last = places[end] if end < len(places) else len(text)
            text = f"{text[: places[begin]]}{words}{text[last:]}"
        return text

    def _is_word(self, text: str, found: re.Match[str]) -> bool:
        """Whether a forename that stands alone is a word here, and no child’s name."""
        name = found[0]
        small = _small(name)
        if small not in WORDS_TOO or small not in self._forenames:
            return False
        if not name[:1].isupper():
            return True
        before = text[: found.start()]
        if small in MONTHS and (_DATED.search(before) or _DATE_AFTER.match(text, found.end())):
            return True
        bare = before.rstrip()
        return not bare or bare[-1] in ".!?:;\n"


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text as a keyboard without accents would write it, and the place in the text of each of its letters."""
    if text.isascii():
        return text, range(len(text))
    letters = [(letter, place) for place, written in enumerate(text) for letter in _folded(written)]
    return "".join(letter for letter, _ in letters), [place for _, place in letters]


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    plain = letter.lower().translate(SIGNS)
    if letter.isupper():
        plain = plain.upper()
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Cf"))


SIGNS = PLAIN | str.maketrans({
    **dict.fromkeys("‘’ʼ`´′＇", "'"), **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
})  # fmt: skip
"""Signs that stand for another on a keyboard."""


def address_parts(lines: Iterable[str], postcode: str) -> frozenset[str]:
    """What of an address gives it away by itself: its longer lines, the street of one with a number, and its
    postcode."""
    parts = {part.strip() for part in (*lines, postcode)}
    streets = {found["street"].strip() for part in parts if (found := _NUMBERED.fullmatch(part))}
    return frozenset(part for part in parts | streets if len(part) >= SHORTEST_LINE)


def _names(names: Collection[str]) -> re.Pattern[str] | None:
    """Any of the names, whatever stands between its words and its capitals; the longest first."""
    plain = sorted({tuple(said) for name in names for said in _spellings(name) if said})
    return re.compile(rf"(?<![^\W\d_])(?:{_any_of(plain)})(?![^\W\d_])", re.IGNORECASE) if plain else None


def _spellings(name: str) -> Iterator[str]:
    """A name as it is written with and without its hyphens and apostrophes."""
    plain = re.sub(r"[,._]", " ", _small(name))
    for hyphen, apostrophe in product((" ", ""), ("'", " ", "")):
        yield " ".join(plain.replace("-", hyphen).replace("'", apostrophe).split())


def _small(name: str) -> str:
    return fold(name)[0].lower()


def _any_of(texts: Sequence[tuple[str, ...]]) -> str:
    """One of the texts, letter by letter and the longest first: what several begin with is looked for once, since a
    school has hundreds of names and a long case thousands of entries."""
    begin = [alike[0] for alike in takewhile(lambda alike: len(set(alike)) == 1, zip(*texts, strict=False))]
    rests = [text[len(begin) :] for text in texts]
    said = "".join(_BETWEEN if letter == " " else re.escape(letter) for letter in begin)
    longer = [rest for rest in rests if rest]
    if not longer:
        return said
    branches = "|".join(_any_of(list(alike)) for _, alike in groupby(longer, key=lambda rest: rest[0]))
    return f"{said}(?:{branches}){'?' if len(longer) < len(rests) else ''}"


def _places(addresses: Collection[str]) -> re.Pattern[str] | None:
    said = sorted({said for address in addresses if (said := _place(address))}, key=lambda said: (-len(said), said))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(said)})(?![^\W_])", re.IGNORECASE) if said else None


def _place(address: str) -> str:
    """An e-mail address, a postcode or a line of an address, however it is written."""
    plain = _small(address).strip()
    if "@" in plain:
        before, _, after = plain.partition("@")
        return rf"{re.escape(before)}\s*(?:@|[(\[]at[)\]])\s*{re.escape(after)}"
    if _POSTCODE.fullmatch(plain):
        bare = "".join(plain.split())
        return rf"{re.escape(bare[:-3])}[\s\-]*{re.escape(bare[-3:])}"
    words = re.findall(r"[^\W_]+", plain)
    return r"[\W_]+".join(STREET.get(word) or re.escape(word) for word in words)


def _phones(numbers: Collection[str]) -> re.Pattern[str] | None:
    said = sorted({said for number in numbers for said in _phone(number)}, key=lambda said: (-len(said), said))
    return re.compile(rf"(?<!\d)(?:{'|'.join(said)})(?!\d)") if said else None


def _phone(number: str) -> Iterator[str]:
    """A number with or without its country, and as it is dialled from nearby; its digits set apart in any way."""
    digits = re.sub(r"\D", "", fold(number)[0])
    abroad = fold(number)[0].strip().startswith(("+", "00")) and not digits.removeprefix("00").startswith("44")
    own = digits.removeprefix("00") if abroad else re.sub(r"^(?:(?:00)?44)?0?", "", digits)
    if len(own) < SHORTEST_NUMBER:
        return
    country = rf"(?:\+|00)?{_GAP}" if abroad else rf"(?:(?:\+|00){_GAP}44{_GAP}|44{_GAP})?\(?0?{_GAP}"
    yield f"{country}{_GAP.join(own)}"
    if not abroad and own[0] in "12":
        yield from (_GAP.join(own[-last:]) for last in LOCAL if last < len(own))
