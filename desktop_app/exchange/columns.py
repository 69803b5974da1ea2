"""Which column of a file is what: headings in any order and in their usual spellings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
NOT_WORD = re.compile(r"[\W_]+")


def plain_heading(text: str) -> str:
    """A heading as it is compared: small letters and figures in single words, so `ContactNo1` is `contact no 1`."""
    return " ".join(LETTER_DIGIT.sub(" ", NOT_WORD.sub(" ", CAMEL.sub(" ", text)).casefold()).split())


def _none_numbered(_heading: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of file may hold. `names` gives each column's key by the headings it goes by (see `plain_heading`);
    `numbered` finds the key of a heading such as `contact 1 name`, or None; of each group in `needed` one column must
    be there. `titles` are the words for a column that is missing, by key."""

    what: str
    names: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]
    titles: Mapping[str, str]
    numbered: Callable[[str], str | None] = _none_numbered

    def key_of(self, heading: str) -> str | None:
        """Which column a heading means, with or without what it says in brackets; None where nothing is known of it."""
        return self._lookup(heading) or self._lookup(IN_BRACKETS.sub(" ", heading))

    def _lookup(self, heading: str) -> str | None:
        plain = plain_heading(heading)
        return self.names.get(plain) or self.numbered(plain)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file: its headings as written, and where each key is found, from 0."""

    titles: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    unknown: tuple[str, ...]

    def has(self, key: str) -> bool:
        """Whether the file has that column."""
        return key in self.places

    def first(self, key: str) -> int:
        """Where the column is; -1 where the file has none."""
        return self.places[key][0] if key in self.places else -1

    def title(self, key: str) -> str:
        """The heading of a column as the file writes it."""
        return self.titles[self.places[key][0]] if key in self.places else ""

    def missing(self, layout: Layout) -> tuple[str, ...]:
        """The columns the file should have and has not, in words such as `UPN or Admission Number`."""
        return tuple(
            " or ".join(layout.titles[key] for key in group)
            for group in layout.needed
            if not any(key in self.places for key in group)
        )


def read_columns(cells: Sequence[str], layout: Layout) -> Columns:
    """The columns that a heading row names."""
    titles = tuple(" ".join(cell.split()) for cell in cells)
    places: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    for place, title in enumerate(titles):
        key = layout.key_of(title) if title else None
        if key is not None:
            places[key] = (*places.get(key, ()), place)
        elif title:
            unknown.append(title)
    return Columns(titles, places, tuple(unknown))
