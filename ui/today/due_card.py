"""What else is to be seen to today, a short line each that leads to its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.actions.today import Came, TodayPage
from desktop_app.rules.casework.state import case_of_task
from desktop_app.rules.display import date_year, half_words, short_date
from ui.keys import DUE, hints
from ui.parts.card import Card
from ui.parts.hints import KeyHints
from ui.parts.lines import PAD, Index, LineDelegate, LinesModel, LinesView
from ui.shell import Shell
from ui.theme import Theme
from ui.today.closing import ClosingLine
from ui.today.handing import HandingLine
from ui.tokens import TextRole

CONFIRMING = "confirming"
"""The place where somebody says who arrived elsewhere."""
EARLY_CALLS = "early-calls"
"""The place where they are rung."""
SCHOOL_LOG = "school-log"
"""The place where a new version of the policy is put down."""
TODAY, OVERDUE = "Today", "Overdue"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line: when, what about, in a few more words, and the place it leads to. `task`: the task that a person may
    close there; 0: it is none, and goes when its reason goes."""

    when: str
    what: str
    more: str
    place: str
    where: Mapping[str, object] = field(default_factory=dict[str, object])
    task: int = 0


def to_do(morning: TodayPage, *, cases: bool = False) -> tuple[ToDo, ...]:
    """The lines of a morning: who came after all, who is to be confirmed, what is due, a policy to review. A task of a
    case leads to the case, for those who may read `cases`."""
    lines = [_came(one) for one in morning.came]
    if morning.early:
        count = f"{morning.early} {'child' if morning.early == 1 else 'children'} to ring before school"
        lines.insert(0, ToDo(TODAY, count, "Early calls", EARLY_CALLS))
    if morning.to_confirm:
        count = f"{morning.to_confirm} {'session' if morning.to_confirm == 1 else 'sessions'} elsewhere to confirm"
        lines.append(ToDo(TODAY, count, "Ask who arrived", CONFIRMING))
    for one in morning.due:
        when = OVERDUE if one.overdue else TODAY
        whose = "yours" if one.mine else f"for {one.owner}" if one.owner else ""
        more = ", ".join(words for words in (whose, f"due {short_date(one.task.due)}" if one.overdue else "") if words)
        what = f"{one.pupil.name} · {one.task.text}"
        place = "cases" if cases and case_of_task(one.task) else "pupils"
        lines.append(ToDo(when, what, more, place, {"pupil": one.pupil.id}, one.task.id))
    policy = morning.policy
    if policy is not None and policy.review is not None:
        when = OVERDUE if policy.review < morning.now.date() else TODAY
        what = f"The attendance policy, version {policy.version}, is to be reviewed"
        lines.append(ToDo(when, what, f"due {date_year(policy.review)}", SCHOOL_LOG))
    return tuple(lines)


def _came(one: Came) -> ToDo:
    what = f"{one.pupil.name} is marked {one.code} this {half_words(one.session.half).lower()}"
    return ToDo(TODAY, what, f"but a message said otherwise, {one.message}", "pupils", {"pupil": one.pupil.id})


class _Model(LinesModel[ToDo]):
    def text(self, line: ToDo, column: int) -> str:
        return line.when if column == 0 else f"{line.what}. {line.more}" if line.more else line.what

    def spoken(self, line: ToDo) -> str:
        return ", ".join(part for part in (line.when, line.what, line.more) if part)


class DueView(LinesView):
    """Enter goes where the line leads; D asks what came of it, G to whom it goes."""

    asked = Signal(object)
    done = Signal(object)
    given = Signal(object)

    def __init__(self, theme: Theme, model: LinesModel[ToDo]) -> None:
        super().__init__(theme, model, "To see to today")
        self._lines = model
        self.setItemDelegate(_Delegate(self))
        self.doubleClicked.connect(lambda _index: self._ask())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._lines.line(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.text().lower() == "d" and line is not None:
            self.done.emit(line)
        elif event.text().lower() == "g" and line is not None:
            self.given.emit(line)
        else:
            super().keyPressEvent(event)

    def widths(self) -> Mapping[int, int]:
        when = self.theme.metrics(TextRole.SECONDARY_STRONG).horizontalAdvance(OVERDUE) + 2 * PAD
        return {0: when, 1: max(when, self.viewport().width() - when)}

    def _ask(self) -> None:
        line = self._lines.line(self.currentIndex().row())
        if line is not None:
            self.asked.emit(line)


class _Delegate(LineDelegate[ToDo]):
    def height(self, line: ToDo, column: int) -> int:
        if column == 0:
            return self._theme.metrics().height()
        return sum(self.tall(role, words, self.room(column)) for words, role in _said(line))

    def paint_cell(self, painter: QPainter, area: QRect, line: ToDo, index: Index) -> None:
        if index.column() == 0:
            ink = "alarm" if line.when == OVERDUE else "second"
            self.write(painter, area, line.when, TextRole.SECONDARY_STRONG, ink)
            return
        below = area
        for words, role in _said(line):
            used = self.write(painter, below, words, role, "ink" if role is TextRole.STRONG else "second")
            below = below.adjusted(0, used, 0, 0)


def _said(line: ToDo) -> Sequence[tuple[str, TextRole]]:
    said = ((line.what, TextRole.STRONG), (line.more, TextRole.SECONDARY))
    return [(words, role) for words, role in said if words]


class DueCard(Card):
    """The lines in a card, in sight only while there are any."""

    asked = Signal(object)
    room_changed = Signal()
    """The line that asks what came of a task, or to whom it goes, is there, or gone."""

    def __init__(self, shell: Shell) -> None:
        theme = shell.theme
        super().__init__(theme, "To see to", flush=True)
        self.model = _Model(("When", "What"), self)
        self.view = DueView(theme, self.model)
        self.view.asked.connect(self.asked)
        self.closing, self.handing = ClosingLine(shell), HandingLine(shell)
        self.view.done.connect(lambda line: self._ask(self.closing, line))
        self.view.given.connect(lambda line: self._ask(self.handing, line))
        self.body.addWidget(self.view, 1)
        for line in (self.closing, self.handing):
            line.finished.connect(self._answered)
            self.body.addWidget(line)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(theme.space(3), theme.space(1), theme.space(3), theme.space(2))
        foot.addWidget(KeyHints(theme, hints(DUE)))
        self.body.addWidget(self._foot)
        self.hide()

    def show_lines(self, lines: Sequence[ToDo]) -> None:
        """Show these; the line one was on stays current."""
        row = self.view.currentIndex().row()
        if tuple(lines) != self.model.lines:
            self.model.show_lines(lines)
            if lines and row >= 0:
                self.view.setCurrentIndex(self.model.index(min(row, len(lines) - 1), 0))
        self.set_aside(str(len(lines)) if lines else "")

    @property
    def pupil(self) -> int:
        """The child of the line with the keyboard; 0 where there is none."""
        line = self.model.line(self.view.currentIndex().row()) if self.view.hasFocus() else None
        pupil = line.where.get("pupil") if line is not None else None
        return pupil if isinstance(pupil, int) else 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see to."""
        return not self.model.lines

    @property
    def asks(self) -> bool:
        """Whether something is asked under the lines."""
        return not (self.closing.isHidden() and self.handing.isHidden())

    def _ask(self, wanted: ClosingLine | HandingLine, line: ToDo) -> None:
        for other in {self.closing, self.handing} - {wanted}:
            other.hide()
        wanted.ask(line.task, line.what)
        self._foot.setVisible(not self.asks)
        self.room_changed.emit()

    def _answered(self) -> None:
        """What was asked is answered, or given up: the keyboard goes back to the lines."""
        self._foot.show()
        self.room_changed.emit()
        if self.model.lines:
            self.view.setFocus()
