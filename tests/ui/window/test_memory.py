"""What the PC remembers of the window: schools that are still there, newest first, and the look."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from ui.memory import Memory
from ui.theme import SchemeChoice


def school(folder: Path, name: str) -> Path:
    path = folder / f"{name}.rollbook"
    path.write_bytes(b"")
    return path


def test_the_school_opened_last_comes_first_and_once(tmp_path: Path) -> None:
    first, second = school(tmp_path, "ä first"), school(tmp_path, "second")
    memory = Memory(tmp_path / "home")
    for path in (first, second, first):
        memory.remember_school(path)
    assert Memory(tmp_path / "home").recent() == (first, second)


def test_a_school_that_is_gone_is_not_offered(tmp_path: Path) -> None:
    first = school(tmp_path, "first")
    memory = Memory(tmp_path)
    memory.remember_school(first)
    first.unlink()
    assert memory.recent() == ()


def test_only_the_newest_five_are_kept(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    paths = [school(tmp_path, str(number)) for number in range(7)]
    for path in paths:
        memory.remember_school(path)
    assert memory.recent() == tuple(reversed(paths[2:]))


def test_the_look_is_kept_and_nonsense_is_the_systems(tmp_path: Path) -> None:
    Memory(tmp_path).remember_scheme(SchemeChoice.DARK)
    assert Memory(tmp_path).scheme() is SchemeChoice.DARK
    (tmp_path / "window.ini").write_text("[General]\nscheme=purple\n", encoding="utf-8")
    assert Memory(tmp_path).scheme() is SchemeChoice.SYSTEM


def test_where_the_window_was_is_kept(tmp_path: Path) -> None:
    assert Memory(tmp_path).geometry().isEmpty()
    Memory(tmp_path).remember_geometry(QByteArray(b"somewhere"))
    assert Memory(tmp_path).geometry() == QByteArray(b"somewhere")
