"""Chords of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_chord(page: QWidget, chord: str, deed: Callable[[], object]) -> None:
    """Do a deed at a chord such as Ctrl+S, wherever in the page the keyboard is; other pages keep theirs."""
    shortcut = QShortcut(QKeySequence(chord), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(deed)
