"""The watch list: at the left what there is to look at, at the right who meets it, below what it rests on."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.decisions import check_may_decide, decide
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.watch_list import RISEN, WatchLine, WatchList
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import long_date, short_date
from desktop_app.rules.session_lists import count_words
from ui import figure_keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.shell import Page, Shell
from ui.tokens import TextRole
from ui.watch.model import EVERYTHING, Group, GroupsModel, WatchModel, basis_words, groups_of
from ui.watch.reading import SOONER, WatchReading
from ui.watch.rows import Row
from ui.watch.view import GroupsView, WatchView

LONGEST = 400


class WatchPage(Page):
    """It shows what its action worked out; a decision about a line is the only thing it writes."""

    place: ClassVar[str] = "watch"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._found: WatchList | None = None
        self._stale = True
        self._group = EVERYTHING
        self._asked: WatchLine | None = None
        self.reading = WatchReading(shell, self, SOONER)
        self.header = PageHeader(theme, "Watch list")
        self.decide = Button(theme, "Decide", key="D", bind=False, primary=True)
        self.groups_model, self.model = GroupsModel(self), WatchModel(self)
        self.groups, self.list = GroupsView(theme, self.groups_model), WatchView(theme, self.model)
        self.nothing = EmptyState(theme, "check", "Nothing to look at")
        self.basis = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.answer = AnswerLine(theme, "Penalty notice not asked for: the plan agreed on 12 November is working")
        self.answer.setMaxLength(LONGEST)
        self.field = Field(theme, "What was decided?", self.answer)
        self._hints = KeyHints(theme, hints(figure_keys.WATCH))
        self._left = Card(theme, "To look at", flush=True)
        self._right = Card(theme, EVERYTHING, flush=True)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and not (changes.marks or changes.entries or changes.book):
            return
        self._stale = True
        if self.isVisible():
            self._read(at_once=changes is None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read(at_once=True)
        else:
            self.reading.shown()

    def show_at(self, **where: object) -> None:
        """`title`: the trigger to show."""
        title = where.get("title")
        if isinstance(title, str):
            self._group = title
            self._show_groups()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        shown = tuple(line.key for row in self.model.lines for line in row.every)
        return "watch", ListAsked(shown=shown, filtered="" if self._group == EVERYTHING else self._group)

    def first_focus(self) -> QWidget:
        if not self.field.isHidden():
            return self.answer
        return self.list if self.model.rowCount() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.home()
        elif event.text().lower() == "d" and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._ask()
        elif event.text().lower() == "e" and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._write()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        self.header.add_action(self.decide)
        self._left.setFixedWidth(space(72))
        self._left.body.addWidget(self.groups)
        for widget in (self.list, self.nothing):
            self._right.body.addWidget(widget, 1)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(1))
        below.setSpacing(space(2))
        below.addWidget(self.basis)
        below.addWidget(self.field)
        self._right.body.addWidget(foot)
        self.field.hide()
        both = QHBoxLayout()
        both.setSpacing(space(3))
        both.addWidget(self._left)
        both.addWidget(self._right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(both, 1)
        whole.addWidget(self._hints)

    def _connect(self) -> None:
        self.reading.read.connect(self._show)
        self.groups.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.line_changed.connect(self._show_basis)
        self.decide.clicked.connect(self._ask)
        self.answer.given.connect(self._give)
        self.answer.gave_up.connect(self._give_up)
        for chord, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            on_chord(self, chord, lambda by=by: self._step(by))

    def _read(self, *, at_once: bool) -> None:
        self._stale = False
        if self._found is None:
            self.header.set_subtitle("Looking through the year …")
        (self.reading.ask if at_once else self.reading.ask_soon)()

    def _show(self, found: WatchList) -> None:
        self._found = found
        new = sum(one.new for one in found.lines)
        lines = count_words(len(found.lines), "reason", "reasons")
        self.header.set_subtitle(
            f"{long_date(found.on)} · {lines}"
            + (f", {new} new since {short_date(found.new_since)}" if new else ", none new this week")
        )
        self._show_groups()

    def _show_groups(self) -> None:
        """The groups as read last; the same one stays chosen, and the same line current."""
        if self._found is None:
            return
        groups = groups_of(self._found.lines)
        titles = [one.title for one in groups]
        chosen = titles.index(self._group) if self._group in titles else 0
        self.groups_model.show_lines(groups)
        if groups:
            self.groups.setCurrentIndex(self.groups_model.index(chosen, 0))
        else:
            self._show_lines(Group(EVERYTHING, ()))

    def _choose(self, group: Group | None) -> None:
        if group is not None:
            self._group = group.title
            self._show_lines(group)

    def _show_lines(self, group: Group) -> None:
        row = self.list.currentIndex().row()
        current = self.list.row()
        had_focus = self.list.hasFocus() or self.hasFocus()
        self.model.show_group(group)
        some = bool(group.rows)
        self.list.setVisible(some)
        self.nothing.setVisible(not some)
        self.nothing.set_words("Nothing to look at", "No trigger of the law, the authority or the policy is met today.")
        self.decide.setEnabled(some)
        self._right.set_title(group.title)
        self._right.set_aside(f"{group.new} new" if group.new else "")
        if some:
            same = next((at for at, one in enumerate(group.rows) if current and _same(one.line, current.line)), row)
            self.list.setCurrentIndex(self.model.index(max(0, min(same, len(group.rows) - 1)), 0))
            if had_focus:
                self.list.setFocus()
        self._show_basis(self.list.row())

    def _show_basis(self, row: Row | None) -> None:
        self.basis.setText(basis_words(row.line) if row else "")
        self.basis.setVisible(row is not None)

    def _step(self, by: int) -> None:
        rows = self.groups_model.rowCount()
        if rows:
            row = max(0, min(self.groups.currentIndex().row() + by, rows - 1))
            self.groups.setCurrentIndex(self.groups_model.index(row, 0))

    def _open(self, row: Row) -> None:
        line = row.line
        if line.pupil is not None:
            self.shell.go("pupils", pupil=line.pupil.id)
        else:
            self.shell.go("registers", class_name=line.class_name, day=line.trigger.since)

    def _write(self) -> None:
        """Letters about every child of the chosen trigger."""
        pupils = [row.line.pupil.id for row in self.model.lines if row.line.pupil is not None]
        if pupils and may_change(self.shell, Right.LOG):
            self.shell.go("letters", pupils=tuple(dict.fromkeys(pupils)), source=f"Watch list, {self._group}")

    def _ask(self) -> None:
        row = self.list.row()
        if row is None or not may_change(self.shell, Right.LOG):
            return
        line = row.to_decide
        if not line.decidable:
            self.shell.say(f"{_what_ends(line)} Enter opens it.")
            return
        try:
            check_may_decide(self.shell.context, line.trigger.kind)
        except Refused as refused:
            self.shell.say(str(refused))
            return
        self._asked = line
        self.field.set_fault("")
        self.field.help.setText(f"{line.who}: {line.trigger.title}")
        self.field.help.show()
        self.answer.setAccessibleDescription(self.field.help.text())
        self.field.show()
        self._hints.set_hints(hints(figure_keys.DECIDING))
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        line = self._asked
        if line is None:
            return
        try:
            _entry, changes = decide(self.shell.context, line.trigger.key, line.trigger.pupil, self.answer.text())
        except Refused as refused:
            self.field.set_fault(str(refused))
            return
        self._give_up()
        self.answer.clear()
        self.shell.announce(changes)
        self.shell.say(f"Kept with the child: {line.who}, {line.trigger.title}.")

    def _give_up(self) -> None:
        self._asked = None
        self.field.hide()
        self._hints.set_hints(hints(figure_keys.WATCH))
        self.first_focus().setFocus()


def _what_ends(line: WatchLine) -> str:
    """Why there is nothing to decide."""
    if line.trigger.key == RISEN:
        return "Nothing need be decided: praise the child."
    if line.pupil is None:
        return "A register is not decided about: take it."
    return "This goes by itself once the register says what is so, or the task is closed."


def _same(one: WatchLine, other: WatchLine) -> bool:
    return (one.trigger.key, one.trigger.pupil, one.trigger.since) == (
        other.trigger.key,
        other.trigger.pupil,
        other.trigger.since,
    )
