"""No mouse: Tab goes round every place without a trap; each stop has a name and shows that it has the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.places import PLACES

MOST = 90


def stops(desk: Desk) -> list[QWidget]:
    """Every widget that Tab reaches, until it is back where it began."""
    desk.press("Tab")  # an empty page has the keyboard itself, and is no stop
    first = desk.focus
    found = [first]
    for _ in range(MOST):
        desk.press("Tab")
        if desk.focus is first:
            return found
        found.append(desk.focus)
    raise AssertionError(f"Tab never came back to {first}; it ends at {desk.focus}")


def words(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


@pytest.fixture
def desk(open_at: Callable[..., Desk]) -> Desk:
    return open_at("today", *PLACES)


@pytest.mark.parametrize("place", ["today", "registers", "pupils", "cases", "import"])
def test_tab_goes_round_and_every_stop_has_a_name(desk: Desk, place: str) -> None:
    desk.window.go(place)
    found = stops(desk)
    assert [widget for widget in found if not words(widget)] == []
    assert desk.window.find_field in found
    assert desk.window.rail.school in found


def test_the_childs_page_and_the_case_too(desk: Desk, school: SmallSchool) -> None:
    for place in ("pupils", "cases"):
        desk.window.go(place, pupil=school.pupils["Doyle"])
        assert [widget for widget in stops(desk) if not words(widget)] == []


def test_every_button_shows_that_it_has_the_keyboard(desk: Desk) -> None:
    for place in ("today", "registers", "pupils", "cases"):
        desk.window.go(place)
        for stop in [each for each in stops(desk) if isinstance(each, QAbstractButton)]:
            stop.setFocus()
            with_it = stop.grab().toImage()
            desk.window.find_field.setFocus()
            QApplication.sendPostedEvents()
            assert stop.grab().toImage() != with_it, f"{place}: {words(stop)} looks the same without the keyboard"
