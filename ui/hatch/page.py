"""The hatch as a page: a name, then what the child comes for. It is empty again after each child."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import hatch
from desktop_app.actions.hatch import Child
from desktop_app.actions.register import Written, undo
from desktop_app.actions.slip import late_slip
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.rules.display import clock_time
from desktop_app.rules.hatch import LEAST_LETTERS, REASONS, LateReason
from ui import keys
from ui.hatch.leaving import LeavingForm
from ui.hatch.reasons import ReasonList
from ui.hatch.slip import SlipDesk
from ui.keys import hints
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

SHOWN_FOR = 6_000
"""How long what was done stays in sight, in milliseconds. It names nobody."""
PATIENCE = 45_000
"""How long a child stays on the screen when nothing is pressed."""
ASK = "Type three letters of the name, then Enter"


class HatchPage(Page):
    """Keys: letters, Enter; L and a number, or O. Esc gives the child up, and leaves from an empty page."""

    place = "hatch"
    bare: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.child: Child | None = None
        self._came_from = ""
        self._last: Written | None = None
        self.slips = SlipDesk(self, self._say)
        self.clock = Label(theme, "", TextRole.SECONDARY, "second")
        self.name = LineEdit(theme, ASK)
        self.field = Field(theme, "Name of the child", self.name)
        self.shown = Label(theme, "", TextRole.BIG)
        self.beside = Label(theme, "", TextRole.BODY, "second")
        self.reasons = ReasonList(theme, REASONS)
        self.leaving = LeavingForm(theme)
        self.said = Label(theme, "", TextRole.CARD_TITLE, wrap=True)
        self.hints = KeyHints(theme, hints(keys.HATCH))
        self._forget = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._forget.timeout.connect(self._forget_last)
        self._leave_child = QTimer(self, singleShot=True, interval=PATIENCE)
        self._leave_child.timeout.connect(self.clear)
        self._minute = QTimer(self, interval=1_000)
        self._minute.timeout.connect(self._tell_time)
        self._build()
        self._connect()
        self.clear()

    def show_at(self, **where: object) -> None:
        del where
        self._tell_time()
        self._minute.start()
        self.clear()

    def first_focus(self) -> QWidget:
        return self.name

    def clear(self) -> None:
        """Show nobody, and wait for the next child."""
        self.child = None
        self.slips.slip = None
        self._last = None
        self._leave_child.stop()
        self.name.setText("")  # unlike `clear`, it leaves no name for Ctrl+Z to bring back
        self.field.set_fault("")
        self.field.show()
        for widget in (self.shown, self.beside, self.reasons, self.leaving):
            widget.hide()
        self.hints.set_hints(hints(keys.HATCH))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().casefold()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif control and event.key() == Qt.Key.Key_P:
            self.slips.ask()
        elif self.child is not None and letter == "l" and not self.reasons.isVisible():
            self._ask_reason()
        elif self.child is not None and letter == "o" and not self.leaving.isVisible():
            self._move()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        undoing = key is not None and key.matches(QKeySequence.StandardKey.Undo)
        if undoing and self._last is not None and not self.name.text():
            self._take_back(self._last)
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        space = self.theme.space
        card = Card(self.theme, "Hatch")
        card.setMaximumWidth(space(190))
        card.body.setSpacing(space(3))
        for widget in (self.clock, self.field, self.shown, self.beside, self.reasons, self.leaving, self.said):
            card.body.addWidget(widget)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 6)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(6), space(5), space(3))
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        whole.addWidget(self.hints)

    def _connect(self) -> None:
        self.name.returnPressed.connect(self._seek)
        self.name.installEventFilter(self)
        self.reasons.chosen.connect(self._arrive)
        self.reasons.gave_up.connect(self.clear)
        self.leaving.given.connect(self._sign_out)
        self.leaving.gave_up.connect(self.clear)

    def _seek(self) -> None:
        found = hatch.seek(self.shell.context, self.name.text())
        self._say("")
        self._last = None
        if found.child is not None:
            self._show_child(found.child)
        elif found.count:
            self.field.set_fault(f"{found.count} children begin so: go on typing, the other name too.")
        elif len(self.name.text().replace(" ", "")) < LEAST_LETTERS:
            self.field.set_fault(f"At least {LEAST_LETTERS} letters.")
        else:
            self.field.set_fault("No child on roll begins so.")

    def _show_child(self, child: Child) -> None:
        self.child = child
        self.field.hide()
        self.shown.setText(child.name)
        out = f" · signed out at {clock_time(child.out_since)}" if child.out_since else ""
        self.beside.setText(f"Class {child.class_name}{out}")
        self.shown.show()
        self.beside.show()
        words = "signs in again" if child.out_since else "signs out"
        self.hints.set_hints((("L", "came late"), ("O", words), ("Esc", "give up")))
        self._leave_child.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_reason(self) -> None:
        self.leaving.hide()
        self.reasons.ask()
        self.hints.set_hints((("1–6", "the reason"), ("Esc", "give up")))

    def _arrive(self, reason: LateReason, said: str) -> None:
        if self.child is None:
            return
        try:
            came, changes = hatch.arrive(self.shell.context, self.child.pupil, reason, said)
        except Refused as refused:
            self._refuse(refused)
            return
        pupil = self.child.pupil
        self._done(came.words, changes)
        if came.written is not None:
            self.slips.slip = late_slip(self.shell.context, pupil, came.written.edit.session, came.at)
            self._last = came.written if came.written.changed else None
            self.hints.set_hints(hints((*keys.LATE_SLIP, *keys.HATCH)))

    def _take_back(self, written: Written) -> None:
        """The last late mark was for the wrong child: what stood before stands again, and both are on record."""
        try:
            _, changes = undo(self.shell.context, [written])
        except Refused as refused:
            self._refuse(refused)
            return
        self._done("Taken back: what stood in the register before stands again", changes)

    def _move(self) -> None:
        if self.child is None:
            return
        if self.child.out_since is None:
            self.reasons.hide()
            self.leaving.ask()
            self.hints.set_hints((("Enter", "sign out"), ("Esc", "give up")))
            return
        try:
            _, changes = hatch.sign_in(self.shell.context, self.child.pupil)
        except Refused as refused:
            self._refuse(refused)
            return
        self._done(f"{clock_time(self.shell.context.now())}: signed in again", changes)

    def _sign_out(self, reason: str, by: str, agreed: str) -> None:
        if self.child is None:
            return
        try:
            _, changes = hatch.sign_out(self.shell.context, self.child.pupil, reason, by, agreed)
        except Refused as refused:
            self.leaving.refuse(words_of(refused))
            return
        self._done(f"{clock_time(self.shell.context.now())}: signed out", changes)

    def _done(self, words: str, changes: Changes) -> None:
        self.shell.announce(changes)
        self.clear()
        self._say(f"✓ {words}")
        self._forget.start()

    def _forget_last(self) -> None:
        """Nothing of the last child is left, on the screen or for the printer."""
        self._say("")
        self.slips.slip = None
        self._last = None
        if self.child is None:
            self.hints.set_hints(hints(keys.HATCH))

    def _refuse(self, refused: Refused) -> None:
        self.clear()
        self._say(f"⚠ {words_of(refused)}")

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setAccessibleName(words)

    def _tell_time(self) -> None:
        self.clock.setText(clock_time(self.shell.context.now()))

    def _escape(self) -> None:
        if self.child is not None or self.name.text():
            self.clear()
            return
        self._minute.stop()
        self._say("")
        self.shell.go("today")
