"""Which buttons of each place are cut off or out of sight, at one size and scale. Run by a test, in its own process."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook
from tests.screens.day import CHEAP, clock
from tests.screens.hands import pause, until
from tests.support.schools import fill_school, make_school
from ui.main_window import MainWindow
from ui.places import PLACES
from ui.runner import Runner
from ui.start.window import StartWindow
from ui.theme import SchemeChoice, Theme


def cut_off(window: QWidget) -> list[str]:
    """The buttons in sight that are not wholly inside their window, and primary ones that are not in sight at all."""
    pause(0.02)
    shown = [button for button in window.findChildren(QAbstractButton) if button.isVisible() and button.text()]
    return [button.text() for button in shown if _cut(button)]


def _cut(button: QAbstractButton) -> bool:
    seen = button.visibleRegion()
    if seen.isEmpty():
        return bool(getattr(button, "_primary", False))
    return seen.boundingRect() != button.rect()


def every_page(window: MainWindow, pupil: int) -> Iterator[str]:
    """Go to each page there is, the child's and the case's too, and say which it is once it is shown."""
    pages: tuple[tuple[str, dict[str, object]], ...] = (
        ("today", {}),
        ("registers", {}),
        ("pupils", {}),
        ("cases", {}),
        ("import", {"kind": "pupils"}),
        ("pupils", {"pupil": pupil}),
        ("cases", {"pupil": pupil}),
    )
    for place, where in pages:
        window.go(place, **where)
        until(lambda: window.runner.still)  # what is read beside the page makes it larger
        yield f"{place} {list(where)}"


def look(window: MainWindow, start: StartWindow, pupil: int) -> dict[str, object]:
    """What is cut off in every place."""
    found: dict[str, object] = {"ratio": window.devicePixelRatio(), "size": [window.width(), window.height()]}
    for name in every_page(window, pupil):
        found[name] = cut_off(window)
    start.show_welcome()
    found["welcome"] = cut_off(start)
    start.show_form()
    found["form"] = [text for text in cut_off(start) if text in ("Make the school", "Back")]
    return found


def main(folder: Path, width: int, height: int) -> None:
    """Open a small school and the start window, look, and print what was found as JSON."""
    app = QApplication([])
    theme = Theme(app, paths.resources(), SchemeChoice.LIGHT)
    rules = rulebook.load(paths.resources())
    context = make_school(House(kdf=KdfCost(*CHEAP)), folder / "school.rollbook", rules, clock)
    pupil = fill_school(context)["Doyle"]
    window, start = MainWindow(context, theme, Runner(), PLACES), StartWindow(theme, rules, clock().date(), folder)
    for each in (window, start):
        each.setMinimumSize(1, 1)
        each.resize(width, height)
        each.show()
    print(json.dumps(look(window, start, pupil)))
    window.runner.stop()
    window.close_now()
    context.store.close()
    for each in (window, start):
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
