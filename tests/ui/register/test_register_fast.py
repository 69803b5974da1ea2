"""Marks typed faster than they are saved: none is lost, none lands on another child, each is written once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from desktop_app.domain.marks import Source
from tests.ui.register.conftest import THIRTY, Registers

TYPED = "imv/r\\ceiv"
"""Ten keys, one child each: C waits for a number, and the E after it writes it."""
WRITTEN = ["I", "M", "V", "/", "R", "/", "C", "E", "I", "V"]
FIRST_TEN = [surname for surname, _ in THIRTY[:10]]


def strike(registers: Registers, keys: Sequence[str]) -> None:
    """Put key events before the window all at once, as a keyboard does while the program is busy: none is looked at
    yet, and each goes to what has the keyboard when its turn comes."""
    handle = registers.window.windowHandle()
    for key in keys:
        code = Qt.Key.Key_Return if key == "\r" else Qt.Key(ord(key.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.postEvent(handle, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, key))


def codes(registers: Registers) -> list[str]:
    return [registers.code(name) for name in FIRST_TEN]


def test_ten_marks_struck_before_the_first_is_saved_are_each_written_once(registers: Registers, qtbot: QtBot) -> None:
    strike(registers, TYPED)
    assert codes(registers) == [""] * 10
    qtbot.waitUntil(lambda: registers.here[0] == THIRTY[10][0])
    assert codes(registers) == WRITTEN
    for name, code in zip(FIRST_TEN, WRITTEN, strict=True):
        (only,) = registers.history(name)
        assert (only.code, only.source, only.amends) == (code, Source.TYPED, False)


def test_keys_struck_while_a_mark_is_being_saved_follow_it(registers: Registers, qtbot: QtBot) -> None:
    """The nine others come in the midst of the first deed: it is on the disk, and not yet told to the window."""
    struck: list[list[str]] = []

    def meanwhile() -> None:
        if not struck:
            struck.append(codes(registers))
            strike(registers, TYPED[1:])

    registers.page.desk.marked.connect(meanwhile)
    registers.press(TYPED[0])
    assert struck == [["I", *[""] * 9]]
    qtbot.waitUntil(lambda: registers.here[0] == THIRTY[10][0])
    assert codes(registers) == WRITTEN


def test_while_the_worker_reads_for_another_page_no_mark_waits(registers: Registers) -> None:
    with registers.worker_held():
        registers.press(*TYPED)
        assert codes(registers) == WRITTEN


def test_minutes_are_struck_between_the_marks(registers: Registers, qtbot: QtBot) -> None:
    """A letter ends the minutes and is the next child’s mark, however fast it comes."""
    strike(registers, "il5ml5\rvi")
    qtbot.waitUntil(lambda: registers.here[0] == THIRTY[6][0])
    found = [registers.on_disk(name) for name in FIRST_TEN[:6]]
    assert [(one.code, one.minutes) for one in found if one is not None] == [
        ("I", None), ("L", 5), ("M", None), ("L", 5), ("V", None), ("I", None),
    ]  # fmt: skip
