"""The window as a shell for its pages: places, find, status, read-only, holding, closing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop_app.domain.progress import Changes, Progress
from tests.support.schools import PASSWORD, SmallSchool
from tests.support.windows import Desk, open_desk
from ui.find import Hit, matching
from ui.places import PLACES
from ui.shell import Page, Place, Shell


class Plain(Page):
    """A page with one input, that remembers what it was told."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.told: list[Changes | None] = []
        self.where: dict[str, object] = {}
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)

    def refresh(self, changes: Changes | None) -> None:
        self.told.append(changes)

    def show_at(self, **where: object) -> None:
        self.where = where

    def first_focus(self) -> QLineEdit:
        return self.edit


class First(Plain):
    place = "today"


class Second(Plain):
    place = "pupils"


class Aside(Plain):
    place = "import"


@pytest.fixture
def desk(open_at: Callable[..., Desk]) -> Desk:
    return open_at("today", First, Second, Place("import", "Import", "save", lambda: Aside, in_rail=False))


def test_the_keys_go_from_place_to_place_and_the_keyboard_goes_along(desk: Desk) -> None:
    assert desk.window.place == "today"
    desk.press("Ctrl+2")
    assert desk.window.place == "pupils"
    assert desk.focus is desk.window.page("pupils").first_focus()
    desk.press("Ctrl+1")
    assert desk.window.place == "today"


def test_a_page_is_made_when_it_is_first_shown_and_reads_itself_once(desk: Desk) -> None:
    assert desk.window.findChildren(Second) == []
    desk.press("Ctrl+2")
    page = desk.window.findChildren(Second)[0]
    desk.press("Ctrl+1", "Ctrl+2")
    assert desk.window.findChildren(Second) == [page]
    assert page.told == [None]


def test_an_announcement_reaches_the_shown_page_at_once_and_the_others_when_they_are_shown(desk: Desk) -> None:
    first, second = desk.window.page("today"), desk.window.page("pupils")
    changes, more = Changes(marks=True, pupils=frozenset({1})), Changes(entries=True, pupils=frozenset({2}))
    assert isinstance(first, Plain)
    assert isinstance(second, Plain)
    desk.window.announce(changes)
    desk.window.announce(more)
    assert first.told[1:] == [changes, more]
    assert second.told == [None]
    assert desk.window.status.saved.text() == "✓ Saved 08:50"
    desk.press("Ctrl+2")
    assert second.told[1:] == [Changes(marks=True, entries=True, pupils=frozenset({1, 2}))]
    desk.press("Ctrl+1", "Ctrl+2")
    assert len(second.told) == 2


def test_a_hidden_page_that_counts_in_the_rail_counts_again_once_nothing_is_written(desk: Desk, qtbot: QtBot) -> None:
    second = desk.window.page("pupils")
    assert isinstance(second, Plain)
    second.badge_changed.emit("3")
    desk.window.announce(Changes(marks=True))
    assert second.told == [None]
    qtbot.waitUntil(lambda: second.told[-1] == Changes(marks=True), timeout=3000)


def test_f6_moves_between_the_rail_and_the_page_and_arrows_move_in_the_rail(desk: Desk) -> None:
    desk.press("F6")
    assert desk.focus.accessibleName() == "Today"
    desk.press("Down", "Space")
    assert desk.window.place == "pupils"
    desk.press("F6", "F6")
    assert desk.focus is desk.window.page("pupils").first_focus()


def test_a_place_outside_the_rail_marks_none_of_it(desk: Desk) -> None:
    desk.window.go("import")
    assert desk.window.place == "import"
    desk.press("F6")
    assert desk.focus.accessibleName() == "Today"


def test_finding_a_child_is_five_keys(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+K", "d", "o", "y", "Return")
    assert desk.pressed == 5
    page = desk.window.page("pupils")
    assert isinstance(page, Plain)
    assert page.where == {"pupil": school.pupils["Doyle"]}
    assert desk.window.place == "pupils"


def test_finding_says_when_there_is_nobody_and_escape_gives_up(desk: Desk) -> None:
    desk.press("Ctrl+K")
    desk.type("zz")
    results = desk.window.find_field.results
    assert results.isVisible()
    assert "Nobody" in results.item(0).text()
    desk.press("Return", "Escape")
    assert not results.isVisible()
    assert desk.window.find_field.text() == ""
    assert desk.window.place == "today"


def test_arrows_choose_among_those_found(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+K")
    desk.type("4b")
    desk.press("Down", "Return")
    page = desk.window.page("pupils")
    assert isinstance(page, Plain)
    assert page.where == {"pupil": school.pupils["Bielak"]}


@pytest.mark.parametrize("typed", ["đang", "dang", "minh d", "MINH", "h801"])
def test_names_are_found_without_their_accents(typed: str) -> None:
    hit = Hit(1, "Đặng, Minh", "4B", "Đặng, Minh Minh Đặng 4B H801200001001")
    assert matching([hit], typed) == (hit,)
    assert matching([hit], "anh") == ()


def test_a_sentence_is_said_and_an_alarm_does_not_rely_on_its_colour(desk: Desk) -> None:
    desk.window.say("26 marked present.")
    assert desk.said == "26 marked present."
    desk.window.say("Not a code.", alarm=True)
    assert desk.said == "⚠ Not a code."


def test_an_alarm_does_not_follow_to_another_place_but_what_was_done_does(desk: Desk) -> None:
    desk.window.say("Tick with whom it was.", alarm=True)
    desk.window.go("pupils")
    assert desk.said == ""
    desk.window.say("26 marked present.")
    desk.window.go("today")
    assert desk.said == "26 marked present."


def test_a_badge_stands_beside_its_place(desk: Desk) -> None:
    desk.window.page("today").badge_changed.emit("7")
    desk.press("F6")
    assert desk.focus.accessibleName() == "Today, 7"


def test_while_a_job_writes_no_other_place_can_be_gone_to(desk: Desk) -> None:
    desk.window.hold(True)
    desk.press("Ctrl+2")
    assert desk.window.place == "today"
    desk.window.hold(False)
    desk.press("Ctrl+2")
    assert desk.window.place == "pupils"


def test_the_window_does_not_close_over_a_running_job(desk: Desk, qtbot: QtBot) -> None:
    stop = False

    def work():
        while not stop:
            yield Progress(0, 0, "on and on")

    desk.window.run_held(work(), "Working", lambda _: None)
    assert not desk.window.stack.isEnabled()
    assert desk.window.strip.isVisible()
    assert not desk.window.close()
    assert "cancel" in desk.said
    desk.window.strip.cancel.click()
    qtbot.waitUntil(desk.window.stack.isEnabled)
    assert not desk.window.strip.isVisible()
    assert desk.said == "Stopped. Nothing was changed."
    assert desk.focus is desk.window.page("today").first_focus(), "the keyboard is where it was"


def test_a_second_window_is_read_only_and_says_who_has_the_school(
    school: SmallSchool, house, rulebook, clock, theme, qtbot: QtBot
) -> None:
    from ui.opening import Roof, opening

    work = opening(Roof(house, rulebook, clock), school.path, "head", PASSWORD)
    try:
        while True:
            next(work)
    except StopIteration as end:
        second = end.value
    assert second.store.read_only
    assert second.user.name == "Dr A Rahman"
    desk = open_desk(qtbot, second, theme, (First,), "today")
    assert desk.window.banner.isVisible()
    assert "open for writing by head on" in desk.window.banner.words.text()
    desk.close()
    second.store.close()


def test_everything_in_the_rail_has_a_name(desk: Desk) -> None:
    from PySide6.QtWidgets import QAbstractButton

    assert all(button.accessibleName() for button in desk.window.rail.findChildren(QAbstractButton))
    assert desk.window.find_field.accessibleName()


def test_a_small_window_gives_the_rail_s_words_to_the_page_until_somebody_is_sought(
    desk: Desk, school: SmallSchool, qtbot: QtBot
) -> None:
    rail = desk.window.rail
    wide = rail.width()
    desk.window.resize(683, 384)
    qtbot.waitUntil(lambda: rail.width() < wide)
    assert not desk.window.find_field.isVisible()
    assert {rail.look.toolTip(), rail.school.toolTip().split(":")[0]} == {"Find a pupil (Ctrl+K)", "School"}
    desk.press("Ctrl+K")
    assert rail.width() == wide
    desk.press("d", "o", "y", "Return")
    page = desk.window.page("pupils")
    assert isinstance(page, Plain)
    assert page.where == {"pupil": school.pupils["Doyle"]}
    assert rail.width() < wide
    desk.window.resize(1366, 768)
    qtbot.waitUntil(desk.window.find_field.isVisible)
    assert not rail.look.isVisible()


def test_a_closed_window_looks_at_nothing_any_more(open_at) -> None:
    desk = open_at("today", *PLACES)
    desk.window.go("registers")
    assert any(timer.isActive() for timer in desk.window.findChildren(QTimer))
    desk.close()
    assert not any(timer.isActive() for timer in desk.window.findChildren(QTimer))
