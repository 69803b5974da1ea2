"""The watch list as groups and lines: which triggers there are, and of each who met it, since when and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.actions.watch_list import WatchLine
from desktop_app.rules.display import date_year, short_date
from desktop_app.rules.names import class_order, sort_key
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel

LEAST_URGENT = 2
EVERYTHING, NEW = "Everything", "New this week"


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the lines under a title. `new` counts those that are new."""

    title: str
    lines: tuple[WatchLine, ...]

    @property
    def new(self) -> int:
        """How many of them are new."""
        return sum(one.new for one in self.lines)


def groups_of(lines: Sequence[WatchLine]) -> tuple[Group, ...]:
    """Everything, by child, and who is most urgent first; what is new; and each trigger that somebody meets, in the
    order of the list."""
    if not lines:
        return ()
    by_title: dict[str, list[WatchLine]] = {}
    for one in lines:
        by_title.setdefault(one.trigger.title, []).append(one)
    new = tuple(one for one in lines if one.new)
    first = [Group(EVERYTHING, by_child(lines)), *([Group(NEW, new)] if new else [])]
    return (*first, *(Group(title, tuple(of)) for title, of in by_title.items()))


def by_child(lines: Sequence[WatchLine]) -> tuple[WatchLine, ...]:
    """All lines of a child together, the more urgent first; and first of all the children, and the classes, of whom
    something is overdue, then those of whom something is new, then the rest, in the order of the register."""
    most: dict[object, int] = {}
    for one in lines:
        most[_whose(one)] = min(most.get(_whose(one), LEAST_URGENT), _urgency(one))
    return tuple(sorted(lines, key=lambda one: (most[_whose(one)], _whose(one), _urgency(one))))


def _urgency(line: WatchLine) -> int:
    return 0 if line.overdue else 1 if line.new else LEAST_URGENT


def _whose(line: WatchLine) -> tuple[object, ...]:
    """The class, or the child, in the order of a list: classes first."""
    if line.pupil is None:
        return 0, class_order(line.class_name)
    return 1, sort_key(line.pupil.surname, line.pupil.forename), line.pupil.id


class GroupsModel(LinesModel[Group]):
    """The triggers, with how many meet each. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("What", "How many"), parent)

    def text(self, line: Group, column: int) -> str:
        return line.title if column == 0 else str(len(line.lines))

    def spoken(self, line: Group) -> str:
        new = f", {line.new} new" if line.new and line.title not in (NEW, EVERYTHING) else ""
        return f"{line.title}, {len(line.lines)}{new}"


class Column(IntEnum):
    """The columns of the lines, left to right."""

    WHO = 0
    SAYS = 1
    WHEN = 2


class WatchModel(LinesModel[WatchLine]):
    """The lines of a group. It only looks up. Where they are all of one trigger its title stands over them, and not in
    each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Child", "Why", "Since and by when"), parent)
        self.titled = True

    def show_group(self, group: Group) -> None:
        """Show the lines of a group instead of the present ones."""
        self.titled = group.title in (EVERYTHING, NEW)
        self.show_lines(group.lines)

    def why(self, line: WatchLine) -> tuple[str, ...]:
        """The title, where it is not that of all, and the sentence."""
        return (line.trigger.title, line.trigger.says) if self.titled else (line.trigger.says,)

    def text(self, line: WatchLine, column: int) -> str:
        shown = {
            Column.WHO: f"{line.who}\n{line.class_name}" if line.pupil else line.who,
            Column.SAYS: "\n".join(self.why(line)),
            Column.WHEN: when_words(line),
        }
        return shown[Column(column)]

    def spoken(self, line: WatchLine) -> str:
        new = ["new"] if line.new else []
        said = [line.who, line.class_name if line.pupil else "", *new, line.trigger.title, line.trigger.says]
        return ", ".join([*(words for words in said if words), when_words(line).replace("\n", ", ")])


def when_words(line: WatchLine) -> str:
    """Since when, and by when, in two short lines."""
    since = f"since {short_date(line.trigger.since)}"
    if line.trigger.due is None:
        return since
    return f"{since}\n{'overdue since' if line.overdue else 'by'} {short_date(line.trigger.due)}"


def basis_words(line: WatchLine) -> str:
    """What a line rests on, in full: each session with its code, and the rule it comes from."""
    seen = line.trigger.sessions
    listed = ", ".join(f"{date_year(one.day)} {one.half.value} {one.code or 'no mark'}" for one in seen)
    rests = f"{count_words(len(seen), 'session', 'sessions')}: {listed}." if seen else ""
    return f"{rests} Source: {line.trigger.source}.".strip()
