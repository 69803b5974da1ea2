"""One template: its subject, its words with the fields in them, and a list of fields to put in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import paths
from desktop_app.domain.letters import LetterField, Template
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import Choice, LineEdit, NoteEdit
from ui.parts.text import Label
from ui.shell import Shell
from ui.templates.marking import FieldMarks
from ui.tokens import TextRole

ARABIC = "NotoNaskhArabic-Regular.ttf"
LINE = re.compile(r"^Line (\d+)", re.MULTILINE)


class TemplateEditor(Card):
    """Plain text; `touched` says that it is other than what holds."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        theme = shell.theme
        super().__init__(theme, "The letter")
        self._before = ("", "")
        self._seen = ("", "")
        self.subject = LineEdit(theme, "What the letter is about, in one line")
        self.text = NoteEdit(theme, "Dear [parent names], …", lines=9)
        self.marks = FieldMarks(self.text.document(), theme)
        self.fields = Choice(theme)
        self.fields.setAccessibleName("Fields of this letter")
        self.insert = Button(theme, "Put it in", key="Ctrl+I", bind=False)
        self.says = Label(theme, "", TextRole.BODY, "second", wrap=True)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.space(2))
        line.addWidget(self.fields, 1)
        line.addWidget(self.insert)
        self.body_field = Field(theme, "Words", self.text)
        for widget in (Field(theme, "Subject", self.subject), self.body_field, Field(theme, "Field", row), self.says):
            self.body.addWidget(widget, 1 if widget is self.body_field else 0)
        self.insert.clicked.connect(self.put_in)
        self.subject.textEdited.connect(self._touch)
        self.text.textChanged.connect(self._touch)

    @property
    def words(self) -> tuple[str, str]:
        """Subject and body as they stand."""
        return self.subject.text(), self.text.toPlainText()

    @property
    def touched(self) -> bool:
        """Whether something was changed."""
        return self.words != self._before

    def show_template(self, found: Template | None, fields: Sequence[LetterField], *, right_to_left: bool) -> None:
        """Show what holds; empty where nothing is written in that language."""
        self.marks.set_known([one.key for one in fields])
        self.fields.clear()
        for one in fields:
            self.fields.add(f"[{one.key}]  {one.title}", one.key)
        way = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        if right_to_left:
            _load_letters()
        for line in (self.subject, self.text):
            line.setLayoutDirection(way)
        option = QTextOption()
        option.setTextDirection(way)
        if right_to_left:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self.text.document().setDefaultTextOption(option)
        self.subject.setText(found.subject if found else "")
        self.text.setPlainText(found.body if found else "")
        self._before = self._seen = self.words
        word = bool(found and found.word)
        self.subject.setReadOnly(word)
        self.text.setReadOnly(word)
        self.say("This one is a Word file: save it, change it in Word and bring it in again." if word else "")

    def take_as_held(self) -> None:
        """Nothing counts as changed any more."""
        self._before = self.words

    def put_in(self) -> None:
        """Put the chosen field where the keyboard was in the words."""
        key = self.fields.value()
        if isinstance(key, str) and not self.text.isReadOnly():
            self.text.insertPlainText(f"[{key}]")
            self.text.setFocus()

    def say(self, words: str, *, fault: bool = False) -> None:
        """Say what is wrong, and go to its line; or what is to be known."""
        self.says.set_ink("alarm" if fault else "second")
        self.says.setText(f"⚠ {words}" if fault else words)
        if fault and (line := LINE.search(words)):
            block = self.text.document().findBlockByNumber(int(line[1]) - 1)
            self.text.setTextCursor(QTextCursor(block))
            self.text.setFocus()
        elif fault and words.startswith(("Subject", "The subject", "The letter has no subject")):
            self.subject.setFocus()

    def _touch(self) -> None:
        if self.words == self._seen:  # only the marking changed
            return
        self._seen = self.words
        unknown = self.marks.unknown_in("\n".join(self.words))
        said = ", ".join(f"[{one}]" for one in dict.fromkeys(unknown))
        self.says.set_ink("alarm" if unknown else "second")
        self.says.setText(f"⚠ No such field: {said}" if unknown else "Changed, not saved yet" if self.touched else "")
        self.changed.emit()


@lru_cache(maxsize=1)
def _load_letters() -> None:
    """The letters of Arabic and Urdu, which not every PC has, from those that letters are drawn with."""
    QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / ARABIC))
