"""One's own account: who is at the desk, what they may do, and another password."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.actions.staff import change_own_password
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.rules.rights import may_words
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.staff.page import role_words
from ui.tokens import TextRole

NOT_THE_SAME = "The new password was not typed the same twice. Nothing was changed."


class AccountPage(Page):
    """Everybody who signs in may come here; whoever may see no list of children starts here."""

    place: ClassVar[str] = "account"
    help_section: ClassVar[str] = "people"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme)
        self.may = Label(theme, "", wrap=True)
        self.present, self.new, self.again = (LineEdit(theme) for _ in range(3))
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.button = Button(theme, "Change my password", key="Ctrl+Enter", primary=True, bind=False)
        self._build()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book:
            context = self.shell.context
            self.header.set_title(context.staff.name)
            self.header.set_subtitle(f"{context.staff.position}: {role_words(context.staff)}")
            self.may.setText(f"You may {may_words(context.staff, alone=context.alone)}.")

    def show_at(self, **where: object) -> None:
        del where
        self.refresh(None)
        self._say("")

    def first_focus(self) -> QWidget:
        return self.present

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            for line in (self.present, self.new, self.again):
                line.clear()
            self.shell.home()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        what = Card(theme, "What you may do")
        what.body.addWidget(self.may)
        card = Card(theme, "Another password")
        for words, line in (
            ("The present password", self.present),
            ("The new password", self.new),
            ("The new password once more", self.again),
        ):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            card.body.addWidget(Field(theme, words, line))
        card.body.addWidget(self.said)
        card.body.addWidget(self.button)
        for each in (what, card):
            each.setMaximumWidth(space(150))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        for widget in (self.header, what, card):
            whole.addWidget(widget)
        whole.addStretch(1)
        whole.addWidget(KeyHints(theme, hints(keys.ACCOUNT)))
        self.button.clicked.connect(self._change)
        on_chord(self, "Ctrl+Return", self._change)

    def _change(self) -> None:
        try:
            if self.new.text() != self.again.text():
                raise Refused(NOT_THE_SAME)
            changes = change_own_password(self.shell.context, self.present.text(), self.new.text())
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        for line in (self.present, self.new, self.again):
            line.clear()
        self.shell.announce(changes)
        self._say("✓ Your password is another one from now on.")

    def _say(self, words: str) -> None:
        self.said.set_ink("alarm" if words.startswith("⚠") else "ink")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)
