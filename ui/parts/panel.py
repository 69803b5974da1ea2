"""A panel that opens inside the page for a form: no window opens. Ctrl+Enter saves, Esc closes."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.parts.buttons import IconButton
from ui.parts.card import Card
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole


class Panel(Card):
    """A form in a card: title, body, a line for what is wrong, and its buttons. Hidden until `open_with`."""

    closed = Signal()
    help_section: ClassVar[str] = ""
    """The section of the help that this form has to itself; empty: that of its place."""

    def __init__(self, theme: Theme, title: str, *, width: int = 0) -> None:
        super().__init__(theme, title, flush=True)
        self._before: QWidget | None = None
        if width:
            self.setFixedWidth(width)
        self.close_button = IconButton(theme, "close", "Close", key="")
        self.close_button.clicked.connect(self.close_panel)
        self.add_action(self.close_button)
        inside = QWidget()
        pad = theme.space(3.5)
        self.form = QVBoxLayout(inside)
        self.form.setContentsMargins(pad, theme.space(3), pad, theme.space(3))
        self.form.setSpacing(theme.space(3))
        scroll = self.area = QScrollArea()
        scroll.setWidgetResizable(True)
        slim_bars(scroll, theme)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area switches it on, which would hide the card's surface
        self.body.addWidget(scroll, 1)
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.fault.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(pad, 0, pad, theme.space(3))
        foot.setSpacing(theme.space(2))
        foot.addWidget(self.fault)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.space(2))
        foot.addLayout(self.buttons)
        self.body.addLayout(foot)
        self.hide()

    def open_with(self, focus: QWidget) -> None:
        """Show the panel and put the keyboard there; closing gives it back to where it was."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.set_fault("")
        self.show()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Hide the panel and give the keyboard back."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before):  # a card may have been filled anew meanwhile, its buttons gone
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def save(self) -> None:
        """What Ctrl+Enter does; nothing where there is nothing to save."""

    def set_fault(self, text: str) -> None:
        """Say what is wrong, above the buttons; empty: nothing is."""
        self.fault.setText(f"⚠ {text}" if text else "")
        self.fault.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif control or not event.text():
            super().keyPressEvent(event)
        # Other letters stay here: the page's own must not act while somebody is filling in the form.
