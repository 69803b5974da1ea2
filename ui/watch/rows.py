"""The lines of the watch list by child: one row each, with the most urgent reason; the others stand beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.actions.watch_list import WatchLine
from desktop_app.rules.display import due_words, short_date
from desktop_app.rules.names import class_order, sort_key

LEAST_URGENT = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and the further ones of the same child or class, the more urgent first."""

    line: WatchLine
    also: tuple[WatchLine, ...] = ()

    @property
    def new(self) -> bool:
        """Whether anything of it is new."""
        return any(one.new for one in self.every)

    @property
    def every(self) -> tuple[WatchLine, ...]:
        """All its lines."""
        return (self.line, *self.also)

    @property
    def to_decide(self) -> WatchLine:
        """The line that a decision is asked about: the first that waits for one, else that of the row."""
        return next((one for one in self.every if one.decidable), self.line)

    def beneath(self) -> tuple[str, ...]:
        """The further reasons in a few words each: what, since when, and by when."""
        return tuple(f"Also: {one.trigger.title}, {_when(one)}" for one in self.also)


def single(lines: Sequence[WatchLine]) -> tuple[Row, ...]:
    """A row for each line."""
    return tuple(map(Row, lines))


def by_child(lines: Sequence[WatchLine]) -> tuple[Row, ...]:
    """A row for each child and each class: first those of whom something is overdue, then those of whom something is
    new, then the rest, in the order of the register."""
    of: dict[tuple[object, ...], list[WatchLine]] = {}
    for one in lines:
        of.setdefault(_whose(one), []).append(one)
    every = {whose: sorted(held, key=_urgency) for whose, held in of.items()}
    order = sorted(every, key=lambda whose: (_urgency(every[whose][0]), whose))
    return tuple(Row(every[whose][0], tuple(every[whose][1:])) for whose in order)


def _when(line: WatchLine) -> str:
    since = f"since {short_date(line.trigger.since)}"
    due = line.trigger.due
    return since if due is None else f"{since}, {due_words(due, overdue=line.overdue)}"


def _urgency(line: WatchLine) -> int:
    return 0 if line.overdue else 1 if line.new else LEAST_URGENT


def _whose(line: WatchLine) -> tuple[object, ...]:
    """The class, or the child, in the order of a list: classes first."""
    if line.pupil is None:
        return 0, class_order(line.class_name)
    return 1, sort_key(line.pupil.surname, line.pupil.forename), line.pupil.id
