"""What the tests of every place share: the theme, and a window over the school."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.shell import Page, Place
from ui.theme import SchemeChoice, Theme

OpenAt = Callable[..., Desk]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light scheme, whatever the PC's."""
    made = Theme(qapp, paths.resources(), SchemeChoice.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def open_at(qtbot: QtBot, school: SmallSchool, theme: Theme) -> Iterator[OpenAt]:
    """Opens the window of the school at a place; what was opened is closed after the test."""
    desks: list[Desk] = []

    def _open(place: str, *pages: type[Page] | Place) -> Desk:
        desks.append(open_desk(qtbot, school.context, theme, pages, place))
        return desks[-1]

    yield _open
    for desk in desks:
        desk.close()
