"""Whether a key does something where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.support.windows import Desk
from ui.keys import Key

QT_NAMES = {
    "Enter": "Return", "PgUp": "PgUp", "PgDn": "PgDown", "←": "Left", "→": "Right", "↑": "Up", "↓": "Down",
    "Delete": "Del", "−": "-",
}  # fmt: skip


def chord(name: str) -> QKeySequence:
    """The key as Qt has it."""
    head, plus, last = name.rpartition("+")
    last = name if name == "+" else last
    return QKeySequence(f"{head}{plus}{QT_NAMES.get(last, last)}" if name != "+" else "+")


def names(listed: Sequence[Key]) -> set[str]:
    """Their names as Qt has them."""
    return {chord(name).toString() for key in listed for name in key.keys}


def bound(window: QWidget, focus: QWidget, sequence: QKeySequence) -> bool:
    """Whether a shortcut that holds where the keyboard is has that key."""
    for shortcut in window.findChildren(QShortcut):
        within = shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut
        parent = shortcut.parent()
        here = not within or parent is focus or (isinstance(parent, QWidget) and parent.isAncestorOf(focus))
        if here and shortcut.isEnabled() and shortcut.key() == sequence:
            return True
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    actions = [one for one in window.actions() if isinstance(one, QAction)]
    return any(one.shortcut() == sequence for one in (*buttons, *actions))


def taken(desk: Desk, name: str) -> bool:
    """Whether somebody takes that key where the keyboard is: a shortcut, or else a widget that does not pass it on."""
    sequence = chord(name)
    if bound(desk.window, desk.focus, sequence):
        return True
    pressed = sequence[0]
    text = name.lower() if len(name) == 1 else " " if name == "Space" else ""
    event = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers(), QT_NAMES.get(text, text))
    QApplication.sendEvent(desk.focus, event)
    return event.isAccepted()


def all_taken(desk: Desk, listed: Sequence[Key], put_back: Callable[[str], object], unused: str = "F12") -> None:
    """Each key does something from a fresh start; a key that nobody uses does nothing, so the test can fail."""
    for name in [name for key in listed for name in key.keys]:
        put_back(name)
        assert taken(desk, name), name
    put_back(unused)
    assert not taken(desk, unused)
