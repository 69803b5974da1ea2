"""The floors and the habits of the house, held where a machine reads them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

ROOT = Path(__file__).resolve().parent.parent
CODE = ("desktop_app", "ui", "db", "tests", "packaging")
NOT_OURS = {"build", "dist", "out", "__pycache__"}
HIDDEN_BUT_OURS = {".ci", ".github"}
TEXT = {".py", ".toml", ".md", ".txt", ".csv", ".svg", ".spec", ".sh", ".cfg", ".ini", ".yml", ".yaml", ".json", ""}
LONGEST = 400

FORBIDDEN = {
    "a note to do later": re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "an event loop turned by hand": re.compile("process" + "Events"),
    "a path of one machine": re.compile(r"(?<![\w.])/(wo" + r"rk|ro" + r"ot|ho" + r"me/\w+)/|[A-Z]:\\\\?Us" + r"ers\\"),
    "the host of a registry": re.compile(r"py" + r"pi\.\w|index" + r"-url|arti" + r"factory|dev" + r"pi\b"),
}


def files(*folders: str) -> Iterator[Path]:
    """The project's own files: of some folders, or of all of it; nothing hidden, nothing built."""
    for path in sorted(ROOT.rglob("*")):
        place = path.relative_to(ROOT).parts
        above = set(place[:-1])
        hidden = {part for part in above if part.startswith(".")} - HIDDEN_BUT_OURS
        ours = not hidden and not above & NOT_OURS
        if path.is_file() and path.name != ".git" and ours and (not folders or place[0] in folders):
            yield path


def texts() -> Iterator[Path]:
    """The project's files that are text, the work of people."""
    return (path for path in files() if path.suffix in TEXT)


def contracts() -> list[dict[str, Any]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["tool"]["importlinter"]["contracts"]


def rooms() -> set[str]:
    """The modules and packages that lie directly in `desktop_app`."""
    return {
        f"desktop_app.{path.stem}"
        for path in (ROOT / "desktop_app").iterdir()
        if path.stem != "__init__" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }


def test_there_is_something_to_look_at() -> None:
    assert len(list(files(*CODE))) > 40


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files(*CODE)
        if path.suffix == ".py" and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, what


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a note to do later", "# TO" + "DO: later"),
        ("an event loop turned by hand", "QApplication.process" + "Events()"),
        ("a path of one machine", 'open("/ho' + 'me/anna/x")'),
        ("a path of one machine", 'r"C:\\Us' + 'ers\\anna"'),
        ("the host of a registry", "https://py" + "pi.example"),
    ],
)
def test_what_is_forbidden_would_be_found(what: str, line: str) -> None:
    assert FORBIDDEN[what].search(line)


def test_packaging_is_no_package() -> None:
    """It would shadow the library of that name."""
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_every_room_has_its_floor() -> None:
    layers = next(contract["layers"] for contract in contracts() if contract["type"] == "layers")
    placed = {room.strip() for layer in layers for room in layer.split("|")}
    assert rooms() <= placed


@pytest.mark.parametrize(
    ("name", "allowed"), [("Qt stays in ui", set()), ("reportlab stays in documents", {"documents"})]
)
def test_a_library_kept_to_one_room_is_forbidden_to_every_other(name: str, allowed: set[str]) -> None:
    sources = next(set(contract["source_modules"]) for contract in contracts() if contract["name"] == name)
    assert rooms() - {"desktop_app.__main__"} - {f"desktop_app.{room}" for room in allowed} <= sources


def test_the_floors_hold() -> None:
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_drawing_takes_no_reference_from_none() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one at each call that returns nothing, until the program dies."""
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(200):
        painter.drawLine(0, 0, 7, 7)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < 100
