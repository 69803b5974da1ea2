"""What the tests of parts share: a window of their own to be in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.windows import Put


@pytest.fixture
def put(qtbot: QtBot) -> Iterator[Put]:
    """Shows parts in a window of their own, which has the keyboard."""
    windows: list[QWidget] = []

    def _put(*widgets: QWidget) -> QWidget:
        made = QWidget()
        windows.append(made)
        column = QVBoxLayout(made)
        for widget in widgets:
            column.addWidget(widget)
        made.setMinimumSize(700, 500)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    yield _put
    for made in windows:
        made.close()
