"""Who arrived elsewhere: a trip, a provider, the other school. Until somebody says so, the register has no mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.arrivals import Answer, Place, answer, arrivals, to_confirm
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.domain.errors import NeedsReason, Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.arrivals import HOW_WORDS, NO_REASON, OTHER_SCHOOL, How, Outcome
from desktop_app.rules.display import session_words
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.confirming.model import ConfirmModel, Line, lines_of, where
from ui.confirming.view import ConfirmView
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, LineEdit
from ui.pupils.ready import may_change
from ui.register.reason import ReasonBar
from ui.runner import words_of
from ui.shell import Page, Shell

STAYED: Mapping[str, tuple[str, str]] = {
    "n": (NO_REASON, "did not go; no reason yet: N, to be called about"),
    "i": ("I", "did not go: ill"),
    "m": ("M", "did not go: an appointment"),
    "/": ("/", "came to this school instead"),
}
"""The keys of those who did not go: the mark, and what is said of it."""


class ConfirmingPage(Page):
    """The list of places, and above it who says so and how. A key is about the line: one child, or all of a place."""

    place: ClassVar[str] = "confirming"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._names: dict[tuple[date, str, str], tuple[str, How]] = {}
        self.header = PageHeader(theme, "Who arrived elsewhere")
        self.all = Button(theme, "All of them arrived", key="Ctrl+Enter", primary=True, bind=False)
        self.model = ConfirmModel(self)
        self.list = ConfirmView(theme, self.model)
        self.card = Card(theme, "To be confirmed by a person", flush=True)
        self.nobody = EmptyState(theme, "check", "Nobody to ask about")
        self.name = LineEdit(theme, "Ms T Vale")
        self.how = Choice(theme)
        self.reason = ReasonBar(theme)
        self._wanted: tuple[Line, Outcome, str] | None = None
        for how, words in HOW_WORDS.items():
            self.how.add(words, how)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.marks or changes.book or changes.entries:
            self._read()

    def show_at(self, **where: object) -> None:
        del where
        self._read()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "arrivals", ListAsked()

    def first_focus(self) -> QWidget:
        return self.list if self.model.rowCount() else self.name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        if event.key() == Qt.Key.Key_Escape:
            self.shell.home()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name.hasFocus():
            self.list.setFocus()
        elif not self.list.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif letter == "a":
            self._give(self.list.line(), Outcome.ARRIVED)
        elif letter == "r":
            self._give(self.list.line(), Outcome.NO_REPLY)
        elif letter in STAYED:
            self._give(self.list.line(), Outcome.NOT_ARRIVED, STAYED[letter][0])
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        self.header.add_action(self.all)
        self.card.body.addWidget(self.list)
        self.card.body.addWidget(self.nobody)
        self._who = QWidget()
        row = QHBoxLayout(self._who)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        row.addWidget(Field(self.theme, "Who says so", self.name), 2)
        row.addWidget(Field(self.theme, "How it is known", self.how), 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(self._who)
        whole.addWidget(self.card, 1)
        whole.addWidget(self.reason)
        whole.addWidget(KeyHints(self.theme, hints(keys.CONFIRMING)))

    def _connect(self) -> None:
        self.all.clicked.connect(self._all)
        self.list.line_moved.connect(self._show_who)
        self.name.textEdited.connect(self._keep_who)
        self.how.activated.connect(self._keep_who)
        self.reason.given.connect(self._reasoned)
        self.reason.gave_up.connect(self._give_up)
        on_chord(self, "Ctrl+Return", self._all)

    def _read(self) -> None:
        places = arrivals(self.shell.context)
        row = self.list.currentIndex().row()
        self.model.show_lines(lines_of(places))
        some = bool(places)
        for widget in (self.list, self._who):
            widget.setVisible(some)
        self.nobody.setVisible(not some)
        self.nobody.set_words("Nobody to ask about", "Trips, providers and other schools of today come up here.")
        self.all.setEnabled(some)
        waiting = count_words(to_confirm(places), "session", "sessions")
        self.card.set_aside(f"{waiting} elsewhere to confirm" if some else "")
        self.header.set_subtitle("A trip or a provider has no mark until somebody says who arrived")
        if some:
            self.list.setCurrentIndex(self.model.index(max(0, min(row, self.model.rowCount() - 1)), 0))
        elif self.isVisible():
            self.setFocus()
        self._show_who()

    def _show_who(self) -> None:
        """Who says so, of the place of this line: nobody's name is carried over to another place."""
        line = self.list.line()
        if line is None:
            return
        usual = How.OWN_STAFF if line.place.code in ("V", "P", "W") and not line.place.phone else How.PROVIDER
        name, how = self._names.get(_about(line.place), ("", usual))
        if name != self.name.text():
            self.name.setText(name)
        self.how.choose(how)

    def _keep_who(self, _: object = None) -> None:
        line = self.list.line()
        if line is not None:
            self._names[_about(line.place)] = (self.name.text(), How(str(self.how.value())))

    def _all(self) -> None:
        line = self.list.line()
        if line is not None:
            self._give(Line(line.place), Outcome.ARRIVED)

    def _give(self, line: Line | None, outcome: Outcome, code: str = NO_REASON, reason: str = "") -> None:
        if line is None or not may_change(self.shell, Right.TAKE_REGISTER):
            return
        place, name, how = line.place, self.name.text().strip(), How(str(self.how.value()))
        if outcome is Outcome.ARRIVED and not name:
            self.shell.say("⚠ Say first who told you that they arrived.", alarm=True)
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            given = Answer(place.session, line.pupils, outcome, name, how, code, reason)
            changes = answer(self.shell.context, given)
        except NeedsReason as asked:
            self._wanted = (line, outcome, code)
            self.reason.ask(words_of(asked), f"{line.name}: {place.code if outcome is Outcome.ARRIVED else code}")
            return
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self._wanted = None
        self.reason.hide()
        self.shell.announce(changes)
        self.shell.say(
            f"{line.name}, {where(place)}, {session_words(place.session)}: {_said(place, outcome, code, name)}."
        )
        if self.model.rowCount():
            self.list.setFocus()

    def _reasoned(self, reason: str) -> None:
        """Why a register changes whose week was signed off; without a reason it is asked for again."""
        if self._wanted is not None:
            self._give(*self._wanted, reason)

    def _give_up(self) -> None:
        self._wanted = None
        self.reason.hide()
        self.list.setFocus()


def _about(place: Place) -> tuple[date, str, str]:
    return (place.session.day, place.provider, place.about)


def _said(place: Place, outcome: Outcome, code: str, name: str) -> str:
    """What was recorded, in words."""
    if outcome is Outcome.ARRIVED:
        return f"arrived, by the word of {name}"
    if outcome is Outcome.NO_REPLY:
        return "no reply; it is on Today to ask again"
    if place.code == OTHER_SCHOOL and code == NO_REASON:
        return "did not arrive; D stands, and it is on Today to find out where the child is"
    return next(words for mark, words in STAYED.values() if mark == code)
