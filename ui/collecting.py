"""Whose thread takes away what nobody refers to any more.

Python looks for circles of rubbish in whichever thread happens to allocate. Where that is the worker's, and a piece of
the window is in such a circle, Qt takes it apart there: it holds a lock of its own and waits for Python, while the
window's thread holds Python and waits for that lock, and both wait for good. So while there is a worker's thread the
window's alone collects, from time to time, as often as Python itself would.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks."""
WHOLE = 30.0
"""Seconds between two collections of everything, which take longest."""


class Collector(QObject):
    """Lives in the window's thread. `begin` before the worker's thread starts, `end` once it has ended."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._was_on = False
        self._whole = time.monotonic()

    def begin(self) -> None:
        """Collect here from now on."""
        if not self._timer.isActive():
            self._was_on = gc.isenabled()
            gc.disable()
            self._timer.start()

    def end(self) -> None:
        """Let Python collect by itself again."""
        if self._timer.isActive():
            self._timer.stop()
            if self._was_on:
                gc.enable()

    def look(self) -> None:
        """Collect the youngest things, or older ones, where Python itself would by now."""
        now = time.monotonic()
        full = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if full[2] and now - self._whole >= WHOLE:
            self._whole = now
            gc.collect(2)
        elif full[1]:
            gc.collect(1)
        elif full[0]:
            gc.collect(0)
