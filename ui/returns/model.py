"""What the place of returns shows: which returns there are, who is on one, and what was made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject

from desktop_app.domain.people import Pupil
from desktop_app.domain.returns import Checked, ListedLine, MadeReturn, ReturnDue, ReturnSpec
from desktop_app.rules.display import clock_time, date_year, due_words, long_month, short_date
from desktop_app.rules.returns.checking import line_id
from desktop_app.rules.returns.waiting import waiting_words
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel


class State(StrEnum):
    """How it stands with a line."""

    CHECK = "to check"
    KEEP = "kept"
    OUT = "left out"
    HAND = "added by hand"
    MADE = "made, not sent"
    TOLD = "told"


SIGNS: Mapping[State, str] = {
    State.CHECK: "?", State.KEEP: "✓", State.OUT: "×", State.HAND: "+",
    State.MADE: "○", State.TOLD: "→",
}  # fmt: skip


@dataclass
class Checks:
    """What was said of the lines of one list so far."""

    kept: set[str] = field(default_factory=set[str])
    left_out: dict[str, str] = field(default_factory=dict[str, str])
    added: dict[int, str] = field(default_factory=dict[int, str])

    def checked(self, listed: Sequence[ListedLine]) -> Checked:
        """The same, of the lines that are still on the list."""
        keys = {line_id(one.line) for one in listed}
        left = {key: why for key, why in self.left_out.items() if key in keys}
        return Checked(frozenset(self.kept & keys), left, dict(self.added))

    def content(self) -> str:
        """The same as text, to be kept while the return is not made; empty where nothing was said."""
        said = [sorted(self.kept), self.left_out, {str(key): why for key, why in self.added.items()}]
        return json.dumps(said) if any(said) else ""

    @staticmethod
    def of(content: str) -> Checks:
        """What was kept as text."""
        if not content:
            return Checks()
        kept, left_out, added = json.loads(content)
        return Checks(set(kept), left_out, {int(key): why for key, why in added.items()})

    def keep(self, key: str, *, on: bool) -> None:
        """Keep a line, or have it to check again."""
        self.left_out.pop(key, None)
        (self.kept.add if on else self.kept.discard)(key)

    def leave_out(self, key: str, why: str) -> None:
        """Leave a line out, with why."""
        self.kept.discard(key)
        self.left_out[key] = why


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it is shown: of the list, or added by hand (`listed` None)."""

    key: str
    pupil: Pupil
    class_name: str
    state: State
    why: str
    listed: ListedLine | None = None

    @property
    def head(self) -> str:
        """Whose it is, and how it stands."""
        return f"{self.pupil.list_name}  {self.class_name}   {self.state.value}"

    @property
    def under(self) -> str:
        """Why, by when and to whom; or what was said of it."""
        if self.listed is None:
            return self.why
        line = self.listed.line
        by = due_words(line.due, overdue=self.listed.overdue) if line.due else ""
        due = f" {by[:1].upper()}{by[1:]}." if by else ""
        if self.state is State.TOLD:
            return f"{line.why} {line.told_words}."
        to = f" To {' and '.join(line.authorities)}." if len(line.authorities) > 1 else ""
        said = f" Left out: {self.why}." if self.state is State.OUT else ""
        return f"{line.why}{due}{to}{said}"


def shown_lines(listed: Sequence[ListedLine], checks: Checks, children: Mapping[int, tuple[Pupil, str]]) -> list[Shown]:
    """The lines of a list as they stand, those added by hand last."""
    found = [_shown(one, checks) for one in listed]
    for key, why in checks.added.items():
        pupil, class_name = children[key]
        found.append(Shown(f"hand/{key}", pupil, class_name, State.HAND, why))
    return found


def _shown(one: ListedLine, checks: Checks) -> Shown:
    key = line_id(one.line)
    if key in checks.kept:
        state = State.KEEP
    elif key in checks.left_out:
        state = State.OUT
    else:
        state = State.CHECK if one.owed else State.MADE if one.made else State.TOLD
    return Shown(key, one.pupil, one.class_name, state, checks.left_out.get(key, ""), one)


@dataclass(frozen=True, slots=True)
class KindLine:
    """A return with what waits of it: `owed` children in all, and a sentence for each month or file that waits."""

    spec: ReturnSpec
    owed: int
    overdue: bool
    waits: tuple[str, ...]

    @property
    def under(self) -> str:
        """What waits, a line each; empty where nothing does."""
        return "\n".join(self.waits)


def kind_lines(specs: Sequence[ReturnSpec], due: Sequence[ReturnDue]) -> list[KindLine]:
    """Every return, with what waits of it."""
    return [_kind_line(spec, [one for one in due if one.kind is spec.kind]) for spec in specs]


def _kind_line(spec: ReturnSpec, due: Sequence[ReturnDue]) -> KindLine:
    owed = {name for one in due for name in one.owed}
    words = waiting_words(due, monthly=spec.monthly)
    return KindLine(spec, len(owed), any(one.overdue for one in due), words)


class KindsModel(LinesModel[KindLine]):
    """The returns. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Return",), parent)

    def text(self, line: KindLine, column: int) -> str:
        del column
        return line.spec.title

    def spoken(self, line: KindLine) -> str:
        return f"{line.spec.title}. {' '.join(line.waits) or 'Nothing waits.'}"


class LineModel(LinesModel[Shown]):
    """Who is on a return. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Child",), parent)

    def text(self, line: Shown, column: int) -> str:
        del column
        return f"{line.head}. {line.under}"

    def spoken(self, line: Shown) -> str:
        return f"{line.pupil.list_name}, {line.class_name}, {line.state.value}. {line.under}"


class MadeModel(LinesModel[MadeReturn]):
    """What was made. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Made",), parent)

    def text(self, line: MadeReturn, column: int) -> str:
        del column
        return f"{made_head(line)}. {made_under(line)}"

    def spoken(self, line: MadeReturn) -> str:
        return self.text(line, 0)


def made_head(one: MadeReturn) -> str:
    """Of which month, to whom, and how many children."""
    number = count_words(len(one.lines), "line", "lines") if one.lines else "nobody"
    return f"{long_month(one.month)} to {one.authority}: {number}"


def made_under(one: MadeReturn) -> str:
    """Whether it went, and who made it."""
    made = f"Made {short_date(one.made_at.date())}, {clock_time(one.made_at)}, by {one.author.name}"
    if one.withdrawn:
        return f"Taken back: {one.withdrawn}. {made}"
    if one.sent is None:
        due = f", due {date_year(one.due)}" if one.due else ""
        return f"Not sent yet{due}. {made}"
    reference = f", reference {one.sent.reference}" if one.sent.reference else ""
    return f"Sent {date_year(one.sent.day)}, {one.sent.how}{reference}. {made}"


def basis_of(line: Shown | None) -> str:
    """What a line rests on: each session with its code, and the rule it comes from."""
    if line is None or line.listed is None:
        return ""
    found = line.listed.line
    seen = ", ".join(f"{date_year(one.day)} {one.half.value} {one.code or 'no mark'}" for one in found.sessions)
    rests = f"{count_words(len(found.sessions), 'session', 'sessions')}: {seen}. " if seen else ""
    return f"{rests}Source: {found.source}."
