"""The scenes of the authority’s pack, of letters and of their templates."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.actions.letter_book import Picture
from tests.screens.camera import Camera
from tests.screens.hands import pause, press, until
from ui.letters.page import LettersPage
from ui.main_window import MainWindow
from ui.packs.page import PacksPage
from ui.templates.page import TemplatesPage


def letters(camera: Camera) -> None:
    """Each place of letters, in the window that is open."""
    window = camera.desk.window
    assert window is not None
    pack(camera, window)
    write(camera, window)
    templates(camera, window)


def pack(camera: Camera, window: MainWindow) -> None:
    """The pack as it is read, a copy with a fault, and one that can be adopted."""
    window.go("pack")
    page = window.page("pack")
    assert isinstance(page, PacksPage)
    until(lambda: window.runner.still and page.model.rowCount() > 0)
    camera.take("pack", window)
    page.list.setFocus()
    press("Ctrl+e")
    text = page.changing.text
    page.changing.editor.setPlainText(text.replace('title = "Watch"', 'titel = "Watch"', 1))
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    camera.take("pack-fault", window)
    version = page.model.rows[0].version
    fresh = text.replace(f'version = "{version}"', f'version = "{version}.own-1"', 1)
    page.changing.editor.setPlainText(fresh.replace('title = "Watch"', 'title = "Look closer"', 1))
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    camera.take("pack-checked", window)
    page.changing.close_text()
    press("Escape", "Escape", "Escape")


def write(camera: Camera, window: MainWindow) -> None:
    """What is wanted, the letters looked at, one left out, and what became of them."""
    window.go("letters")
    page = window.page("letters")
    assert isinstance(page, LettersPage)
    page.asking.list.select_key("concern-1")
    camera.take("letters", window)
    page.asking.whom.choose("class 4B")
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    pause(0.3)
    until(lambda: window.runner.still)
    camera.take("letters-planned", window)
    page.planned.not_ready()
    until(lambda: window.runner.still)
    press("d")
    camera.take("letters-leave-out", window)
    QTest.keyClicks(QApplication.focusWidget(), "Spoken to on the telephone today")
    press("Return", "x")
    while (waits := page.planned.not_ready()) is not None:
        page.planned.decisions.reasons[waits.key] = "The family asked for it in writing"
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    camera.take("letters-made", window)
    press("Escape", "Escape")


def templates(camera: Camera, window: MainWindow) -> None:
    """A template with an unknown field, the page of a made-up child, and one written from right to left."""
    window.go("letter-templates")
    page = window.page("letter-templates")
    assert isinstance(page, TemplatesPage)
    page.list.select_key(("concern-1", "en"))
    words = page.editor.text.toPlainText()
    page.editor.text.setPlainText(words + "\n\nYours, [the head techer]")
    page.list.setFocus()
    press("Ctrl+s")
    camera.take("templates-fault", window)
    press("Escape")
    with TemporaryDirectory() as folder:
        for which in Picture:
            made = QImage(120, 40, QImage.Format.Format_RGB32)
            made.fill(Qt.GlobalColor.darkCyan)
            made.save(f"{folder}/{which.value}.png")
            page.take_picture(which, Path(folder) / f"{which.value}.png")
    camera.take("templates-pictures", window)
    press("Alt+L", "Alt+G")
    page.list.select_key(("concern-1", "ur"))
    camera.take("templates-urdu", window)
    press("Ctrl+p")
    until(lambda: window.runner.still)
    camera.take("templates-page", window)
    press("Escape", "Escape", "Escape")
