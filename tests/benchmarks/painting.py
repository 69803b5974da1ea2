"""Waiting for a widget to be painted; knows nothing of the program, so that the floor can use it too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Ends an event loop at the first paint of a widget."""

    def __init__(self, widget: QWidget, loop: QEventLoop) -> None:
        super().__init__(widget)
        self._loop = loop
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See Qt; never takes the event."""
        if event.type() is QEvent.Type.Paint:
            self._loop.quit()
        return super().eventFilter(watched, event)


def wait_for_paint(widget: QWidget) -> None:
    """Run the event loop until the widget is painted."""
    loop = QEventLoop()
    watcher = Painted(widget, loop)
    widget.update()
    loop.exec()
    widget.removeEventFilter(watcher)
