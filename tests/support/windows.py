"""A real window over a real store, and hands that press real keys in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.context import Context
from desktop_app.domain.progress import Progress
from ui.main_window import MainWindow
from ui.runner import Runner
from ui.shell import Page, Place
from ui.theme import Theme

MODIFIERS = {
    "Ctrl+": Qt.KeyboardModifier.ControlModifier,
    "Shift+": Qt.KeyboardModifier.ShiftModifier,
    "Alt+": Qt.KeyboardModifier.AltModifier,
}

Put = Callable[..., QWidget]
"""Shows parts in a window of their own, and returns it: the fixture `put` of `tests/ui/parts`."""


PATIENCE = 10.0
"""Seconds within which the worker comes to its end in any test."""


@dataclass
class Desk:
    """An open window and the keyboard before it."""

    window: MainWindow
    context: Context
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is, one event each: `i`, `Ctrl+Z`, `Return`. A chord is one key."""
        for key in keys:
            modifiers, name = Qt.KeyboardModifier.NoModifier, key
            for word, modifier in MODIFIERS.items():
                if name.startswith(word):
                    modifiers, name = modifiers | modifier, name.removeprefix(word)
            target = self.focus
            if len(name) == 1:
                QTest.keyClick(target, name, modifiers)
            else:
                QTest.keyClick(target, Qt.Key[f"Key_{name}"], modifiers)
            self.pressed += 1

    def type(self, text: str) -> None:
        """Type text where the keyboard is."""
        QTest.keyClicks(self.focus, text)

    def wait(self) -> None:
        """Let the worker come to its end, and the window hear of it."""
        until = time.monotonic() + PATIENCE
        while not self.window.runner.still:
            assert time.monotonic() < until, "the worker came to no end"
            QTest.qWait(5)

    @contextmanager
    def worker_held(self) -> Iterator[None]:
        """Hold the worker back: what a page asks for meanwhile is answered afterwards, and all of it at the end."""
        go_on = threading.Event()

        def hold() -> Iterator[Progress]:
            yield Progress(0, 0, "Held by a test")
            assert go_on.wait(PATIENCE)

        self.wait()
        self.window.runner.start(hold(), lambda _: None, lambda _: None, lambda _: None, quiet=True)
        try:
            yield
        finally:
            go_on.set()
            self.wait()

    @property
    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "nobody has the keyboard"
        return found

    def close(self) -> None:
        """Stop the worker and let the window go."""
        self.window.runner.stop()
        self.window.close_now()
        self.window.deleteLater()

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.window.status.words.text()


def place_of(kind: type[Page]) -> Place:
    """The place of one page alone."""
    return Place(kind.place, kind.place.capitalize(), "grid", lambda: kind)


def open_desk(qtbot: QtBot, context: Context, theme: Theme, pages: Sequence[type[Page] | Place], place: str) -> Desk:
    """Show the window at a place, with the keyboard in it. `Desk.close` ends it."""
    places = [page if isinstance(page, Place) else place_of(page) for page in pages]
    window = MainWindow(context, theme, Runner(), places)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(place)
    return Desk(window, context)
