"""Keys pressed while a view is being read: they wait, and are carried out in their order once it is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

Deed = Callable[[], object]


class Waiting(QObject):
    """Belongs to a view. What the view cannot do before it is read is handed over as a deed (`wait`); from then on
    every key pressed in the view waits behind it and goes, in its turn, to whatever has the keyboard by then: the text
    after a letter into the form which that letter opens. Chords of the window act at once, as they always do."""

    left_over = Signal()
    """A deed moved the keyboard nowhere, so what was typed after it, for the form it should have opened, was left."""

    def __init__(self, view: QWidget, reading: Callable[[], bool]) -> None:
        super().__init__(view)
        self._view = view
        self._reading = reading
        self._queue: deque[Deed | QKeyEvent] = deque()
        self._going = False

    @property
    def behind(self) -> bool:
        """Whether something waits, behind which everything else has to."""
        return bool(self._queue) and not self._going

    def wait(self, deed: Deed) -> None:
        """Do this once the view is read, after what waits already."""
        if self._going:
            self._queue.appendleft(deed)
        else:
            self._queue.append(deed)
        self._watch()

    def drop(self) -> None:
        """Nothing that waits is wanted any more."""
        self._queue.clear()
        self._watch()

    def go_on(self) -> None:
        """The view is read: carry out what waits, until all is done or the view is being read again. Where the keyboard
        was taken elsewhere meanwhile, nothing is: those keys were not meant for that."""
        if self._going:
            return
        if not self._holds(self._keyboard()):
            self.drop()
            return
        self._going = True
        try:
            while self._queue and not self._reading():
                self._carry_out(self._queue.popleft())
        finally:
            self._going = False
            self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._going or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if not isinstance(watched, QWidget) or not self._holds(watched):
            return False
        self._queue.append(
            QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
        )
        return True

    def _carry_out(self, waits: Deed | QKeyEvent) -> None:
        before = self._keyboard()
        if isinstance(waits, QKeyEvent):
            QCoreApplication.sendEvent(before, waits)
            return
        waits()
        if self._queue and not self._reading() and self._keyboard() is before:
            self._queue.clear()
            self.left_over.emit()

    def _keyboard(self) -> QWidget:
        """What has the keyboard in this window, also while another window is before it."""
        return self._view.window().focusWidget() or self._view

    def _holds(self, widget: QWidget) -> bool:
        return widget is self._view or self._view.isAncestorOf(widget)

    def _watch(self) -> None:
        """Keys are looked at on their way only while something waits."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if self._queue:
                application.installEventFilter(self)
