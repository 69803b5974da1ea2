"""A number that a click explains, as F4 does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

TIP = "How this number is reached (F4)"


class _Clicks(QObject):
    def __init__(self, widget: QWidget, deed: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._deed = deed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.MouseButtonRelease:
            inside = isinstance(event, QMouseEvent) and self._widget.rect().contains(event.position().toPoint())
            if inside and event.button() == Qt.MouseButton.LeftButton:  # pyright: ignore[reportAttributeAccessIssue]
                self._deed()
        return False


def asks_why(widget: QWidget, deed: Callable[[], object]) -> None:
    """Let a click on a widget that shows a percentage do what F4 does there."""
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    widget.setToolTip(TIP)
    widget.installEventFilter(_Clicks(widget, deed))
