"""The page of a child on the screens of a school: its keys in sight, and nothing of it cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from tests.support.schools import SmallSchool
from ui.keys import PUPIL, hints
from ui.parts.buttons import Button
from ui.pupils.page import PupilsPage


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("letter", ["", "f"])
def test_the_foot_is_in_sight_and_no_button_is_squeezed(
    size: tuple[int, int], letter: str, school: SmallSchool, open_at
) -> None:
    """At 100 % and at 125 % of 1366 × 768, also beside an open form, without scrolling."""
    desk = open_at("pupils", PupilsPage)
    desk.window.resize(*size)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    if letter:
        desk.press(letter)
    desk.wait()
    child = desk.window.page("pupils").child  # type: ignore[attr-defined]
    for button in child.findChildren(Button):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
    if child.foot.isVisible():
        area = QRect(child.foot.mapTo(child, QPoint(0, 0)), child.foot.size())
        assert child.rect().contains(area)
    if not letter:
        assert child.foot.width() >= child.foot.sizeHint().width()


def test_the_foot_says_what_no_button_says() -> None:
    """All of the keys are in the help; the foot has those that stand on no button, and is short enough to be read."""
    shown = {cap for cap, _ in hints(PUPIL)}
    assert shown == {"M", "R", "I", "S", "G", "B", "F7", "H", "Esc"}
