"""What long work yields, and what a deed touched."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: `done` of `total` steps (total 0: not known), and what it is doing, in words."""

    done: int
    total: int
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deed touched, so that each page can ask whether it must read itself again."""

    marks: bool = False
    entries: bool = False
    book: bool = False
    issued: bool = False
    pupils: frozenset[int] = field(default_factory=frozenset[int])

    def with_more(self, other: Changes) -> Changes:
        """Both together. Where one of them names no pupils, neither does the whole: it may be anybody."""
        return Changes(
            marks=self.marks or other.marks,
            entries=self.entries or other.entries,
            book=self.book or other.book,
            issued=self.issued or other.issued,
            pupils=self.pupils | other.pupils if self.pupils and other.pupils else frozenset(),
        )
