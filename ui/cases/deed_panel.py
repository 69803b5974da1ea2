"""A form for one deed of casework, built from its fields: Ctrl+Enter does it, Esc gives it up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in the form, by the key of the field."""

    of: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text, trimmed."""
        value = self.of.get(key)
        return value.strip() if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """The number of what was chosen; 0: nothing."""
        value = self.of.get(key)
        return value if isinstance(value, int) else 0

    def day(self, key: str) -> date | None:
        """A day; None where the field is empty. Raises `Refused` for what is no day."""
        value = self.of.get(key)
        if isinstance(value, date):
            return value
        if isinstance(value, str) and value.strip():
            raise Refused("That is not a day. Write it as 24/11/2026.")
        return None

    def needed(self, key: str) -> date:
        """A day that must be there. Raises `Refused` where it is not."""
        day = self.day(key)
        if day is None:
            raise Refused("Give the day, as 24/11/2026.")
        return day


@dataclass(frozen=True, slots=True)
class Form:
    """One deed: the title, what is said above the fields, the fields by key, the words on the button, and what does it.
    The deed answers with what it touched; `said` is the sentence when it is done."""

    title: str
    about: str
    fields: Sequence[tuple[str, Field]]
    button: str
    deed: Callable[[Values], Changes]
    said: str


class DeedPanel(Panel):
    """It shows one form at a time."""

    help_section: ClassVar[str] = "cases"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Case", width=WIDTH)
        self._shell = shell
        self._form: Form | None = None
        self._about = Label(shell.theme, "", TextRole.SECONDARY, "second", wrap=True)
        self._fields: list[Field] = []
        self._save = Button(shell.theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        self._save.clicked.connect(self.save)
        self.form.addWidget(self._about)
        self.form.addStretch(1)
        self.buttons.addWidget(self._save)
        self.buttons.addStretch(1)

    def open_form(self, form: Form) -> None:
        """Show this form instead of the present one."""
        if self._shell.context.store.read_only:
            self._shell.say("This school is open to read only here: nothing can be changed.", alarm=True)
            return
        for field in self._fields:
            self.form.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._form = form
        self._fields = [field for _, field in form.fields]
        for number, field in enumerate(self._fields, start=1):
            self.form.insertWidget(number, field)
            field.show()
        self.set_title(form.title)
        self._about.setText(form.about)
        self._about.setVisible(bool(form.about))
        self._save.setText(form.button)
        self.open_with(self._fields[0].editor if self._fields else self._save)

    def values(self) -> Values:
        """What stands in the form."""
        form = self._form
        return Values({key: _value(field.editor) for key, field in form.fields} if form else {})

    def save(self) -> None:
        """Do the deed, or say in the form why it cannot be done."""
        form = self._form
        if form is None or self.isHidden():
            return
        try:
            changes = form.deed(self.values())
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(form.said)


def _value(editor: QWidget) -> object:
    if isinstance(editor, Choice):
        return editor.value()
    if isinstance(editor, NoteEdit):
        return editor.toPlainText()
    if isinstance(editor, DateEdit):
        return editor.date() or editor.text()
    return editor.text() if isinstance(editor, LineEdit) else None
