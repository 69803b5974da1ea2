"""The gallery of every place: `python -m tests.screens OUT [--only SCENE …] [--in SETTING …]`.

Makes a demo school of a fixed day, then draws each place in light, dark and high contrast, at 100 % on a 1366 × 768
screen, at 125 % on the same screen (1093 × 614 to lay out in) and at 200 %. One process a setting: Qt takes its scale
once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook
from desktop_app.actions.demo import make_demo
from tests.screens.day import CHEAP, DAY, clock


@dataclass(frozen=True)
class Setting:
    """How a set of pictures is taken: scheme, scale, and the size of the window before scaling."""

    scheme: str
    scale: float
    width: int
    height: int


SETTINGS = {
    "light": Setting("light", 1, 1366, 768),
    "dark": Setting("dark", 1, 1366, 768),
    "contrast": Setting("contrast", 1, 1366, 768),
    "light-125-small": Setting("light", 1.25, 1093, 614),
    "light-200": Setting("light", 2, 1366, 768),
    "dark-200": Setting("dark", 2, 1366, 768),
}


def main() -> int:
    """Make the school, then the pictures of each setting in a process of its own."""
    reader = argparse.ArgumentParser(prog="tests.screens")
    reader.add_argument("out", type=Path)
    reader.add_argument("--only", nargs="*", default=[], help="scenes, such as today or pupil")
    reader.add_argument("--in", nargs="*", default=list(SETTINGS), choices=list(SETTINGS), dest="settings")
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        school = Path(folder) / "demo.rollbook"
        make_school(school)
        codes = [
            take(SETTINGS[name], name, school, Path(folder) / name, asked.out.resolve(), asked.only)
            for name in asked.settings
        ]
    return max(codes)


def make_school(path: Path) -> None:
    """The demo school on the gallery's day."""
    work = make_demo(House(kdf=KdfCost(*CHEAP)), path, rulebook.load(paths.resources()), today=DAY.date(), clock=clock)
    try:
        while True:
            next(work)
    except StopIteration as end:
        end.value.store.close()


def take(setting: Setting, name: str, school: Path, home: Path, out: Path, only: list[str]) -> int:
    """Take one setting's pictures; each process has a copy of the school, so that none sees another's marks."""
    home.mkdir()
    for file in school.parent.glob(f"{school.name}*"):
        if file.is_file():
            shutil.copy(file, home / file.name)
    scene = [setting.scheme, str(setting.width), str(setting.height), str(home / school.name), str(out / name), *only]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(setting.scale)}
    command = [sys.executable, "-m", "tests.screens.scenes", *scene]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
