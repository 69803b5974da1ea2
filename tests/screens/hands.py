"""What the gallery does to a window: wait, and press keys."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.windows import MODIFIERS

PATIENCE = 30
"""Seconds that a window is waited for."""


def pause(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(true: Callable[[], bool]) -> None:
    """Let the window live until something is true; gives up in the end, with a fault."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the window never came to that")
        pause(0.03)


def press(*keys: str) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget()
        if target is None:
            raise LookupError(f"nobody has the keyboard for {key}")
        held, name = Qt.KeyboardModifier.NoModifier, key
        for word, modifier in MODIFIERS.items():
            if name.startswith(word):
                held, name = held | modifier, name.removeprefix(word)
        if len(name) == 1:
            QTest.keyClick(target, name, held)
        else:
            QTest.keyClick(target, Qt.Key[f"Key_{name}"], held)
