"""The chronology of one pupil as an item model: newest first, what was added to an entry under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.actions.pupils import EntryLine
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.rules.display import date_year, happened_time, short_date
from ui.parts.lines import LinesModel
from ui.pupils.entry_words import Said


class Column(IntEnum):
    """The columns of the chronology, left to right."""

    WHEN = 0
    KIND = 1
    WHAT = 2
    AUTHOR = 3


NOBODY = {EntryKind.PHONE_CALL: "nobody reached", EntryKind.HOME_VISIT: "nobody at home"}
HEADINGS = ("When", "Kind", "What was done and what came of it", "By")


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One line as it is shown. `opinion` is what its author thinks, apart from the facts; `files` what is
    attached. `under` is true of what was added to the entry above; `struck` of a withdrawn one."""

    entry: Entry
    when: str
    kind: str
    what: str
    beneath: str
    opinion: str
    files: str
    author: str
    under: bool
    struck: bool

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        said = [self.when, self.kind, self.what, self.beneath, self.opinion, self.files, f"by {self.author}"]
        return ", ".join(part for part in (["added to the entry above", *said] if self.under else said) if part)


def lines_of(entries: Sequence[EntryLine], year: int, said: Said | None = None) -> tuple[ChronologyLine, ...]:
    """Entries newest first, each followed by what was added to it, oldest addition first. Dates of another
    calendar year than `year` say theirs. `said` has the words for details and files."""
    words = said or Said()
    known = {line.entry.id for line in entries}
    additions: dict[int, list[EntryLine]] = {}
    heads: list[EntryLine] = []
    for line in entries:
        target = line.entry.adds_to
        if target is not None and target in known:
            additions.setdefault(target, []).append(line)
        else:
            heads.append(line)
    heads.sort(key=lambda line: (line.entry.happened_at, line.entry.id), reverse=True)
    return tuple(shown for head in heads for shown in _with_additions(head, additions, year, words, under=False))


def _with_additions(
    line: EntryLine, additions: dict[int, list[EntryLine]], year: int, words: Said, *, under: bool
) -> list[ChronologyLine]:
    shown = [_line(line, year, words, under=under)]
    for added in sorted(additions.get(line.entry.id, ()), key=lambda one: (one.entry.recorded_at, one.entry.id)):
        shown += _with_additions(added, additions, year, words, under=True)
    return shown


def _line(line: EntryLine, year: int, words: Said, *, under: bool) -> ChronologyLine:
    entry = line.entry
    day = entry.happened_at.date()
    with_whom = ", ".join(line.with_names) or NOBODY.get(entry.kind, "")
    said = [with_whom, happened_time(entry.happened_at)]
    if under:
        said = [short_date(day), *said[1:]]
    beneath = [" · ".join(part for part in said if part)]
    if entry.note and entry.note != entry.outcome:
        beneath.insert(0, entry.note)
    beneath.insert(-1, " · ".join(f"{title}: {value}" for title, value in words.details(entry)))
    if entry.withdrawn is not None:
        back = entry.withdrawn
        day_of_it = school_time(back.recorded_at).date()
        beneath.append(f"Withdrawn {short_date(day_of_it)} by {back.author.name}: {back.reason}")
    return ChronologyLine(
        entry=entry,
        when=short_date(day) if day.year == year else date_year(day),
        kind=entry.kind.label,
        what=entry.outcome or entry.note,
        beneath="\n".join(filter(None, beneath)),
        opinion=words.opinion(entry),
        files=words.files_line(entry.id),
        author=entry.author.name,
        under=under,
        struck=entry.withdrawn is not None,
    )


class ChronologyModel(LinesModel[ChronologyLine]):
    """The chronology as lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def text(self, line: ChronologyLine, column: int) -> str:
        return (line.when, line.kind, line.what, line.author)[column]

    def spoken(self, line: ChronologyLine) -> str:
        return line.spoken

    def row_of(self, entry: int) -> int | None:
        """The row of an entry, or None."""
        return next((number for number, line in enumerate(self.lines) if line.entry.id == entry), None)
