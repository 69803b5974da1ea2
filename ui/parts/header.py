"""The head of a page: its title, a line under it, and its actions at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.text import ElidedLabel
from ui.theme import Theme
from ui.tokens import TextRole


class PageHeader(QWidget):
    """Title, what stands beside it, a line below, and the page's actions; the primary one last."""

    def __init__(self, theme: Theme, title: str = "", subtitle: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.title = ElidedLabel(theme, title, TextRole.PAGE_TITLE)
        self.beside = ElidedLabel(theme, "", TextRole.BODY, "second")
        self.subtitle = ElidedLabel(theme, subtitle, TextRole.BODY, "second")
        first = QHBoxLayout()
        first.setSpacing(theme.space(2))
        first.addWidget(self.title)
        first.addWidget(self.beside, 1, Qt.AlignmentFlag.AlignBottom)
        self._second = QHBoxLayout()
        self._second.setSpacing(theme.space(2))
        self._second.addWidget(self.subtitle, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.space(0.5))
        left.addLayout(first)
        left.addLayout(self._second)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.space(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(4))
        row.addLayout(left, 1)
        row.addLayout(self._actions)

    def set_title(self, title: str, beside: str = "") -> None:
        """Change the title and what stands beside it on the same line."""
        self.title.setText(title)
        self.beside.setText(beside)

    def set_subtitle(self, subtitle: str) -> None:
        """Change the line under the title."""
        self.subtitle.setText(subtitle)

    def add_action(self, widget: QWidget) -> None:
        """Add a button at the right; the primary one is added last."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_before_subtitle(self, widget: QWidget) -> None:
        """Put a chip before the line under the title."""
        self._second.insertWidget(self._second.indexOf(self.subtitle), widget)
