"""What cannot be seen, nor be brought into sight by Tab, in each place of a small window. Run by a test, in its own
process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook
from tests.screens.day import CHEAP, clock
from tests.screens.hands import pause
from tests.screens.sight import every_page
from tests.support.schools import fill_school, make_school
from ui.main_window import MainWindow
from ui.places import PLACES
from ui.runner import Runner
from ui.theme import SchemeChoice, Theme

MOST_TABS = 60


def whole(widget: QWidget) -> bool:
    """Whether all of it is in sight."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def out_of_reach(window: MainWindow) -> list[str]:
    """What must be seen and is not, after every Tab stop of the shown place has had the keyboard."""
    page = window.page(window.place)
    actions = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and getattr(one, "_primary", False)]
    pause(0.02)
    missed = {one for one in actions if not whole(one)}
    always = {"School": window.rail.school, "status": window.status}
    lost = {name for name, widget in always.items() if not whole(widget)}
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        QTest.keyClick(focus if focus is not None else window, Qt.Key.Key_Tab)
        missed -= {one for one in missed if one.hasFocus() and whole(one)}
        lost |= {name for name, widget in always.items() if not whole(widget)}
        now = QApplication.focusWidget()
        if isinstance(now, QAbstractButton) and page.isAncestorOf(now) and not whole(now):
            lost.add(now.text() or now.accessibleName())
    return sorted(lost | {one.text() for one in missed})


def main(folder: Path, width: int, height: int) -> None:
    """Open a small school in a window of that size, go everywhere, and print what was found as JSON."""
    app = QApplication([])
    theme = Theme(app, paths.resources(), SchemeChoice.LIGHT)
    rules = rulebook.load(paths.resources())
    context = make_school(House(kdf=KdfCost(*CHEAP)), folder / "school.rollbook", rules, clock)
    pupil = fill_school(context)["Doyle"]
    window = MainWindow(context, theme, Runner(), PLACES)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    pause(0.05)
    found: dict[str, object] = {}
    for name in every_page(window, pupil):
        found[name] = out_of_reach(window)
    found |= {"ratio": window.devicePixelRatio(), "size": [window.width(), window.height()]}
    print(json.dumps(found))
    window.runner.stop()
    window.close_now()
    context.store.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
