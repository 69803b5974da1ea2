"""A file that is dropped on the window, wherever no form takes it, is checked: is it ours, and unchanged?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Dropping(QObject):
    """Listens to what is dropped on a window. A form that takes files, as that of the log, hears of it first."""

    def __init__(self, window: QWidget, may: Callable[[], bool], check: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._may, self._check = may, check
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            file = dropped_file(event) if self._may() else None
            if file is not None:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent):
                    self._check(file)
                return True
        return super().eventFilter(watched, event)


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is dropped; None where there is none, or several."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
