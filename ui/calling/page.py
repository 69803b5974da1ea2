"""The early-call list: whom to ring before school, worked with the call card before any register is taken."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.calling import SEE_DSL, Family
from desktop_app.actions.chasing import Chased
from desktop_app.actions.early_calls import EarlyList, early_list, take_off_list
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.domain.calls import EarlyProposal
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.session_lists import count_words
from ui.calling import keys
from ui.calling.putting import PuttingPanel
from ui.calling.reading import reading_proposals
from ui.calling.rows import COLUMNS, EarlyRow, rows_of
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.rows import RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.reader import Reader
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.today.call_card import CALL_WIDTH, CallCard
from ui.today.rounds import beside, next_to_call

NARROW = 640
"""The least width of the list beside a form, in device-independent pixels."""


class EarlyCallsPage(Page):
    """Enter opens the call; Ctrl+N puts a child on the list, Ctrl+Del takes one off."""

    place: ClassVar[str] = "early-calls"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "Early calls")
        self.model: RowsModel[EarlyRow] = RowsModel(COLUMNS, key=lambda row: row.pupil.id)
        self.table = DataTable(theme, "Early calls")
        self.table.show_model(self.model)
        self.whole = Label(theme, "", ink="second", wrap=True)
        self.why = AnswerLine(theme, "It helped")
        self.asking = Field(theme, "Why is the child taken off the list?", self.why)
        self.empty = EmptyState(theme, "check", "Nobody to ring before school", "Ctrl+N puts a child on the list.")
        self.card = CallCard(shell, early=True)
        self.putting = PuttingPanel(shell)
        self.texts = Button(theme, "Texts", key="Ctrl+M", bind=False)
        self.new = Button(theme, "Put a child on", key="Ctrl+N", primary=True, bind=False)
        self._hints = KeyHints(theme, hints(keys.EARLY))
        self._left = QWidget()
        self._found: EarlyList | None = None
        self._proposals: tuple[EarlyProposal, ...] = ()
        self._reader = Reader(shell, self)
        self._spell = 0
        self._at = 0
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.marks or changes.entries or changes.book:
            self._read()
            if changes is None or changes.marks or changes.book:
                self._reader.read(reading_proposals(self.shell.context), self._show_proposals)

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "early-calls", ListAsked()

    def first_focus(self) -> QWidget:
        if not self.card.isHidden():
            return self.card.first_focus()
        return self.table if self.model.rowCount() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_F2 and (picked := self._picked()) is not None:
            self.shell.go("pupils", pupil=picked.pupil.id)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        self.header.add_action(self.texts)
        self.header.add_action(self.new)
        listed = Card(theme, flush=True)
        listed.body.addWidget(self.table, 1)
        listed.body.addWidget(self.empty, 1)
        listed.body.addWidget(self.whole)
        listed.body.addWidget(self.asking)
        self.whole.setContentsMargins(space(3), space(2), space(3), space(2.5))
        self.asking.setContentsMargins(space(3), space(2), space(3), space(2.5))
        self.asking.hide()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(space(3))
        for part, stretch in ((self.header, 0), (listed, 1), (self._hints, 0)):
            left.addWidget(part, stretch)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(5), space(4), space(5), space(2))
        row.setSpacing(space(3))
        row.addWidget(self._left, 1)
        row.addWidget(self.card)
        row.addWidget(self.putting)

    def _connect(self) -> None:
        self.table.opened.connect(self._open_row)
        self.table.current_row.connect(self._show_whole)
        self.card.closed.connect(self._make_room)
        self.card.recorded.connect(self._recorded)
        self.card.stepped.connect(self._step)
        self.card.log_asked.connect(lambda family: self.shell.go("pupils", pupil=family.key[0]))
        self.putting.closed.connect(self._make_room)
        self.putting.put.connect(self.table.select_key)
        self.why.given.connect(self._take_off)
        self.why.gave_up.connect(self._give_up)
        self.new.clicked.connect(self._put_on)
        self.texts.clicked.connect(self._write)
        for chord, deed in (("Ctrl+N", self._put_on), ("Ctrl+M", self._write), ("Ctrl+Del", self._ask_why)):
            on_chord(self, chord, deed)

    def _read(self) -> None:
        self._found = early_list(self.shell.context)
        self._show()
        open_now = self.card.family
        if open_now is not None:
            again = next((one for one in self._found.families if set(one.key) & set(open_now.key)), None)
            if again is not None and not again.held:
                self.card.renew(again)

    def _show_proposals(self, found: tuple[EarlyProposal, ...]) -> None:
        self._proposals = found
        self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        on = {one.pupil.id for one in found.lines}
        rows = rows_of(found, [one for one in self._proposals if one.pupil.id not in on])
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        waiting = sum(row.state == "To ring" for row in rows)
        words = [f"{count_words(waiting, 'child', 'children')} to ring", f"{len(on)} on the list"]
        proposed = len(rows) - len(on)
        words += [f"{proposed} proposed"] if proposed else []
        words += [f"no school today: {found.closed}"] if found.closed else []
        self.header.set_subtitle(" · ".join(words))
        if rows and self._picked() is None:
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))
        self.texts.setEnabled(bool(on))

    def _show_whole(self, row: object) -> None:
        """Why the child of the line is on the list or might be, in full."""
        parts = (row.why, row.until) if isinstance(row, EarlyRow) else ()
        self.whole.setText("\n".join(filter(None, parts)))
        self.whole.setVisible(bool(self.whole.text()))

    def _picked(self) -> EarlyRow | None:
        found = self.table.selected()
        return found if isinstance(found, EarlyRow) else None

    def _open_row(self, row: object) -> None:
        if not isinstance(row, EarlyRow) or not may_change(self.shell, Right.LOG):
            return
        if row.family is None:
            self._ask(row.pupil.id, row.why)
        elif row.family.held:
            self.shell.say(f"Do not call this family: {SEE_DSL}.", alarm=True)
        else:
            self._open(row.family)

    def _open(self, family: Family) -> None:
        families = self._found.families if self._found else ()
        self._at = next((place for place, one in enumerate(families) if one.key == family.key), 0)
        self.putting.close_panel()
        self.table.select_key(family.key[0])
        self.card.open_for(family)
        self._make_room()

    def _recorded(self, family: Family, _chased: Chased, words: str) -> None:
        families = self._found.families if self._found else ()
        following = next_to_call(families, family.key, self._at)
        if following is None:
            self.card.close_panel()
            self.table.setFocus()
            words = f"{words} Nobody else waits for a call."
        else:
            self._open(following)
        self.shell.say(words)

    def _step(self, by: int) -> None:
        open_now = self.card.family
        family = beside(self._found.families, open_now.key, by) if open_now and self._found else None
        if family is not None:
            self._open(family)

    def _put_on(self) -> None:
        if may_change(self.shell, Right.LOG):
            self._ask(None, "")

    def _ask(self, pupil: int | None, why: str) -> None:
        self.card.close_panel()
        self.putting.open_for(pupil, why)
        self._make_room()

    def _write(self) -> None:
        if self._found and self._found.lines and may_change(self.shell, Right.LOG):
            self.shell.go("texts", pupils=tuple(one.pupil.id for one in self._found.lines), words="early")

    def _ask_why(self) -> None:
        picked = self._picked()
        if picked is None or picked.line is None or not may_change(self.shell, Right.LOG):
            return
        self._spell = picked.line.spell.entry
        self.why.clear()
        self.asking.set_fault("")
        self.asking.show()
        self.why.setFocus()

    def _take_off(self) -> None:
        try:
            _entry, changes = take_off_list(self.shell.context, self._spell, self.why.text())
        except Refused as refused:
            self.asking.set_fault(words_of(refused))
            return
        self._give_up()
        self.shell.announce(changes)
        self.shell.say("Taken off the early-call list; what was said stays in the chronology.")

    def _give_up(self) -> None:
        self.asking.hide()
        self.first_focus().setFocus()

    def _leave(self) -> None:
        if self.asking.isHidden():
            self.shell.home()
        else:
            self._give_up()

    def _make_room(self) -> None:
        """In a narrow window an open form takes the whole of it."""
        form = not (self.card.isHidden() and self.putting.isHidden())
        self._left.setVisible(not form or self.width() >= NARROW + CALL_WIDTH)
        self._hints.set_hints(hints(keys.EARLY if self.card.isHidden() else keys.EARLY_CALL))
