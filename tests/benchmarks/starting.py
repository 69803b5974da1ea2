"""From nothing to a painted register, against importing the same libraries and painting an empty window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Result


def run(folder: Path, turns: int = 7) -> Result:
    """Each start is a process of its own; the cost of trying a password is left out by making it cheap."""
    path = folder / "starting.rollbook"
    kept = folder / "bytecode"
    _in_process(kept, "prepare", str(path))
    libraries = _in_process(kept, "program", str(path))[1]
    _in_process(kept, "floor", ",".join(libraries))
    floors: list[float] = []
    programs: list[float] = []
    for _ in range(turns):
        floors.append(_in_process(kept, "floor", ",".join(libraries))[0])
        programs.append(_in_process(kept, "program", str(path))[0])
    return Result(
        "start to a painted register", "same libraries, empty window", median(floors), median(programs), 2.0, turns
    )


def _in_process(kept: Path, which: str, *words: str) -> tuple[float, list[str]]:
    """Run one start. Both sides find their bytecode in `kept`, as an installed program does."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(kept)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.benchmarks.starting", which, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    painted, libraries = json.loads(done.stdout.splitlines()[-1])
    return (painted - began) * 1000, libraries


def _floor(libraries: str) -> None:
    for name in libraries.split(","):
        __import__(name)
    from PySide6.QtWidgets import QApplication, QWidget

    from tests.benchmarks.painting import wait_for_paint

    app = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    wait_for_paint(window)
    _told(app)


def _prepare(path: str) -> None:
    from db.house import House
    from db.keys import KdfCost
    from tests.benchmarks.school import full_school

    context, _ = full_school(Path(path), 1, house=House(kdf=KdfCost(64, 1, 1)))
    context.store.close()
    _told(None)


def _program(path: str) -> None:
    from desktop_app.loading import loading

    with loading():  # as the program itself does
        from PySide6.QtWidgets import QApplication

        from db.house import House
        from desktop_app import paths, rulebook as rulebooks
        from desktop_app.context import signed_in
        from tests.benchmarks.painting import wait_for_paint
        from tests.benchmarks.school import PASSWORD, USER, still_clock
        from tests.benchmarks.window import register_window

        rulebook = rulebooks.load(paths.resources())
    app = QApplication([])
    store = House().open(Path(path), USER, PASSWORD, write=True)
    with register_window(app, signed_in(store, rulebook, still_clock)) as page:
        wait_for_paint(page.grid.viewport())
        _told(app)
    store.close()


def _told(app: object) -> None:
    """Say when this was, and which libraries had been loaded by then (Qt's own and ours left out)."""
    ours = {"desktop_app", "db", "ui", "tests"}
    standard = set(sys.stdlib_module_names)
    found = {name for name, module in sys.modules.items() if getattr(module, "__spec__", None) is not None}
    whole = {name for name in found if "." not in name and not name.startswith("_")} - ours - standard
    qt = {name for name in sys.modules if name.startswith("PySide6.Qt")}
    print(json.dumps([time.monotonic(), sorted(whole | qt)]))
    del app


if __name__ == "__main__":
    {"floor": _floor, "prepare": _prepare, "program": _program}[sys.argv[1]](sys.argv[2])
