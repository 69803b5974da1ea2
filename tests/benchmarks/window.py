"""The program's window on a benchmark school, at its register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from desktop_app import paths
from desktop_app.context import Context
from ui.main_window import MainWindow
from ui.places import PLACES
from ui.register.page import RegisterPage
from ui.runner import Runner
from ui.theme import Theme


@contextmanager
def register_window(app: QApplication, context: Context) -> Iterator[RegisterPage]:
    """The register in the program's window, shown; window and worker are gone when the block is left."""
    runner = Runner()
    window = MainWindow(context, Theme(app, paths.resources()), runner, PLACES)
    window.show()
    window.go(RegisterPage.place)
    page = window.page(RegisterPage.place)
    if not isinstance(page, RegisterPage):
        raise TypeError("the first place is not the register")
    try:
        yield page
    finally:
        window.close()
        runner.stop()
        window.deleteLater()
        app.sendPostedEvents()
