"""The watch list as groups and lines: which triggers there are, and of each who met it, since when and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.actions.watch_list import WatchLine
from desktop_app.rules.display import date_year, due_words, short_date
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel
from ui.watch.rows import Row, by_child, single

EVERYTHING, NEW = "Everything", "New this week"


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the lines under a title, each a row, or all of a child in one. `new` counts the rows that have something
    new."""

    title: str
    rows: tuple[Row, ...]

    @property
    def new(self) -> int:
        """How many of them are new."""
        return sum(one.new for one in self.rows)


def groups_of(lines: Sequence[WatchLine]) -> tuple[Group, ...]:
    """Everything, a row for each child, and who is most urgent first; what is new; and each trigger that
    somebody meets, in the order of the list."""
    if not lines:
        return ()
    by_title: dict[str, list[WatchLine]] = {}
    for one in lines:
        by_title.setdefault(one.trigger.title, []).append(one)
    new = tuple(one for one in lines if one.new)
    first = [Group(EVERYTHING, by_child(lines)), *([Group(NEW, single(new))] if new else [])]
    return (*first, *(Group(title, single(of)) for title, of in by_title.items()))


class GroupsModel(LinesModel[Group]):
    """The triggers, with how many meet each. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("What", "How many"), parent)

    def text(self, line: Group, column: int) -> str:
        return line.title if column == 0 else str(len(line.rows))

    def spoken(self, line: Group) -> str:
        new = f", {line.new} new" if line.new and line.title not in (NEW, EVERYTHING) else ""
        return f"{line.title}, {len(line.rows)}{new}"


class Column(IntEnum):
    """The columns of the lines, left to right."""

    WHO = 0
    SAYS = 1
    WHEN = 2


class WatchModel(LinesModel[Row]):
    """The rows of a group. It only looks up. Where they are all of one trigger its title stands over them, and not in
    each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Child", "Why", "Since and by when"), parent)
        self.titled = True

    def show_group(self, group: Group) -> None:
        """Show the rows of a group instead of the present ones."""
        self.titled = group.title in (EVERYTHING, NEW)
        self.show_lines(group.rows)

    def why(self, row: Row) -> tuple[str, ...]:
        """The title, where it is not that of all, and the sentence."""
        trigger = row.line.trigger
        return (trigger.title, trigger.says) if self.titled else (trigger.says,)

    def text(self, line: Row, column: int) -> str:
        one = line.line
        shown = {
            Column.WHO: f"{one.who}\n{one.class_name}" if one.pupil else one.who,
            Column.SAYS: "\n".join((*self.why(line), *line.beneath())),
            Column.WHEN: when_words(one),
        }
        return shown[Column(column)]

    def spoken(self, line: Row) -> str:
        one = line.line
        new = ["new"] if line.new else []
        said = [one.who, one.class_name if one.pupil else "", *new, one.trigger.title, one.trigger.says]
        when = when_words(one).replace("\n", ", ")
        return ", ".join([*(words for words in said if words), when, *line.beneath()])


def when_words(line: WatchLine) -> str:
    """Since when, and by when, in two short lines."""
    since = f"since {short_date(line.trigger.since)}"
    if line.trigger.due is None:
        return since
    return f"{since}\n{due_words(line.trigger.due, overdue=line.overdue)}"


def basis_words(line: WatchLine) -> str:
    """What a line rests on, in full: each session with its code, and the rule it comes from."""
    seen = line.trigger.sessions
    listed = ", ".join(f"{date_year(one.day)} {one.half.value} {one.code or 'no mark'}" for one in seen)
    rests = f"{count_words(len(seen), 'session', 'sessions')}: {listed}." if seen else ""
    return f"{rests} Source: {line.trigger.source}.".strip()
