"""What a bundle will hold, line by line: parts, exhibits, entries; and what is left out of it, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop_app.domain.bundle import BundlePlan, LeftOut, PlannedPart, Redaction
from desktop_app.domain.exhibits import Exhibit, TakenAs
from desktop_app.rules.chronology import ChronologyLine
from desktop_app.rules.display import short_date
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel

COVER = "cover"
ENTRIES = "entries"
"""The line that shows the entries, and hides them again."""


class Held(Enum):
    """Whether a line is in the bundle: in it, left out by choice, or not in it for another reason."""

    IN = "in it"
    CHOSEN = "left out"
    NOT = "not in it"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One line. `key` is what is left out by it, as `Choice.what`; empty: nothing can be. `mark` stands before it."""

    key: str
    mark: str
    title: str
    under: str = ""
    held: Held = Held.IN
    deep: bool = False
    exhibit: Exhibit | None = None


class PartsModel(LinesModel[PartLine]):
    """Lines of a plan. It only looks up."""

    def __init__(self) -> None:
        super().__init__(("What it will hold",))

    def text(self, line: PartLine, column: int) -> str:
        del column
        return f"{line.mark}  {line.title}" if line.mark else line.title

    def spoken(self, line: PartLine) -> str:
        state = "" if line.held is Held.IN else f", {line.held.value}"
        return f"{line.mark} {line.title}{state}. {line.under}".strip()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the maker chose: what is left out, by its key, with why and what it is called; and what is blacked."""

    why: Mapping[str, str]
    titles: Mapping[str, str]
    redacted: Sequence[Redaction] = ()


def lines_of(
    plan: BundlePlan, entries: Sequence[ChronologyLine], chosen: Chosen, *, unfolded: bool
) -> tuple[PartLine, ...]:
    """The lines of a plan, in the order of the bundle; then what is not in it."""
    return (
        *_parts(plan.parts),
        *_exhibits(plan.exhibits, chosen),
        *_entries(entries, chosen, unfolded=unfolded),
        *_left_out(plan.left_out, chosen),
    )


def _parts(parts: Sequence[PlannedPart]) -> Iterator[PartLine]:
    """As in the printed index: a cover stands before part 1 and has no number."""
    number = 0 if parts and parts[0].kind == COVER else 1
    for part in parts:
        if part.drawn:
            yield PartLine("" if part.kind == COVER else part.kind, str(number) if number else "", part.title)
            number += 1
        else:
            ours = part.why.startswith("Left out by choice: ")
            why = part.why.removeprefix("Left out by choice: ")
            yield PartLine(part.kind if ours else "", "", part.title, why, Held.CHOSEN if ours else Held.NOT)


def _exhibits(exhibits: Sequence[Exhibit], chosen: Chosen) -> Iterator[PartLine]:
    for one in exhibits:
        black = sum(redaction.exhibit == one.attachment.id for redaction in chosen.redacted)
        under = f"{one.attachment.shown_name}, {short_date(one.day)}"
        if black:
            under += f" · {count_words(black, 'place', 'places')} blacked"
        key = f"exhibit:{one.attachment.id}"
        beside = one.taken_as is TakenAs.BESIDE
        if beside:
            under += " · save it as PDF and add that file to the same entry"
        yield PartLine(key, one.label, one.says, under, Held.NOT if beside else Held.IN, deep=True, exhibit=one)
    yield from _chosen("exhibit:", chosen)


def _entries(entries: Sequence[ChronologyLine], chosen: Chosen, *, unfolded: bool) -> Iterator[PartLine]:
    if entries:
        sign = "▾" if unfolded else "▸"
        yield PartLine(ENTRIES, sign, f"Chronology: {count_words(len(entries), 'entry', 'entries')}")
    for line in entries if unfolded else ():
        entry = line.entry
        what = f"{entry.kind.label}: {entry.outcome}" if entry.outcome else entry.kind.label
        under = f"{short_date(entry.happened_at.date())}{f' · {line.persons}' if line.persons else ''}"
        yield PartLine(f"entry:{entry.id}", "", what, under, deep=True)
    yield from _chosen("entry:", chosen)


def _chosen(prefix: str, chosen: Chosen) -> Iterator[PartLine]:
    for key, why in chosen.why.items():
        if key.startswith(prefix):
            yield PartLine(key, "", chosen.titles[key], why, Held.CHOSEN, deep=True)


def _left_out(left_out: Sequence[LeftOut], chosen: Chosen) -> Iterator[PartLine]:
    own = set(chosen.why.values())
    for one in left_out:
        if one.why not in own:
            yield PartLine("", "", one.what, one.why, Held.NOT)
