"""Every place at 200 % and on the smallest common screen: what must be pressed can be seen. In a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = '''
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook
from tests.screens.day import CHEAP, clock
from tests.support.schools import fill_school, make_school
from ui.app import PLACES
from ui.main_window import MainWindow
from ui.runner import Runner
from ui.start.window import StartWindow
from ui.theme import SchemeChoice, Theme

folder, width, height = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
app = QApplication([])
theme = Theme(app, paths.resources(), SchemeChoice.LIGHT)
rules = rulebook.load(paths.resources())
context = make_school(House(kdf=KdfCost(*CHEAP)), folder / "school.rollbook", rules, clock)
pupils = fill_school(context)
window = MainWindow(context, theme, Runner(), PLACES)
window.resize(width, height)
window.show()
start = StartWindow(theme, rules, clock().date(), folder)
start.resize(width, height)
start.show()

def cut(top):
    """Buttons in sight of the layout that are not wholly inside their window."""
    app.processEvents()
    out = []
    for button in top.findChildren(QAbstractButton):
        if button.isVisible() and not button.visibleRegion().isEmpty() and button.text():
            if button.visibleRegion().boundingRect() != button.rect():
                out.append(button.text())
        elif button.isVisible() and getattr(button, "_primary", False):
            out.append(button.text())
    return out

found = {"ratio": window.devicePixelRatio(), "size": [window.width(), window.height()]}
for place, where in (
    ("today", {}), ("registers", {}), ("pupils", {}), ("cases", {}), ("import", {"kind": "pupils"}),
    ("pupils", {"pupil": pupils["Doyle"]}), ("cases", {"pupil": pupils["Doyle"]}),
):
    window.go(place, **where)
    found[f"{place} {list(where)}"] = cut(window)
start.show_welcome()
found["welcome"] = cut(start)
start.show_form()
found["form"] = [text for text in cut(start) if text in ("Make the school", "Back")]
window.runner.stop()
window.close_now()
context.store.close()
print(json.dumps(found))
for each in (window, start):
    each.deleteLater()
app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
'''


@pytest.mark.parametrize(
    ("scale", "width", "height"),
    [(1, 1366, 768), (2, 1366, 768), (1.25, 1093, 614)],
    ids=["1366x768", "200 %", "125 % on 1366x768"],
)
def test_what_must_be_pressed_can_be_seen(scale: float, width: int, height: int, tmp_path: Path) -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", PROBE, str(tmp_path), str(width), str(height)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("ratio") == pytest.approx(scale)
    assert found.pop("size") == [width, height]
    assert {place: cut for place, cut in found.items() if cut} == {}
