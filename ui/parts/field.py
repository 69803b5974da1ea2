"""A labelled input, with a line of help and, when it is refused, the reason in words under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole


class Field(QWidget):
    """A label above an input. The label names it to screen readers; `set_fault` says what is wrong."""

    def __init__(self, theme: Theme, words: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.label = Label(theme, words, TextRole.SECONDARY_STRONG, "second")
        self.label.setBuddy(editor)
        self.help = Label(theme, help_text, TextRole.SECONDARY, "third", wrap=True)
        if not help_text:  # never shown here: before it has a parent it would be a window of its own
            self.help.hide()
        self.fault = Label(theme, "", TextRole.SECONDARY_STRONG, "alarm", wrap=True)
        self.fault.hide()
        editor.setAccessibleName(words)
        editor.setAccessibleDescription(help_text)
        self._help_text = help_text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.help)
        column.addWidget(self.fault)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(editor)

    def set_fault(self, text: str) -> None:
        """Say what is wrong, in words; empty: nothing is."""
        self.fault.setText(f"⚠ {text}" if text else "")
        self.fault.setVisible(bool(text))
        self.editor.setAccessibleDescription(text or self._help_text)
        if isinstance(self.editor, LineEdit):
            self.editor.set_fault(bool(text))

    @property
    def has_fault(self) -> bool:
        """Whether something is said to be wrong."""
        return bool(self.fault.text())
