"""What is typed about a call lies in the store in a moment, no key waits for it, and nobody leaves it behind."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.drafts import SqlDrafts
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.register.page import RegisterPage
from ui.today.page import TodayPage

SAID = "Mum says he has been ill all night and slept in"


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    """The card of Hamza, who is N at ten past nine, waits for what was said."""
    session = Session(date(2026, 11, 20), Half.AM)
    write(school.context, [Edit(school.pupils["Chaudhry"], session, "N")])
    clock.set(2026, 11, 20, 9, 10)
    found: Desk = open_at("today", TodayPage, RegisterPage)
    page = found.window.page("today")
    assert isinstance(page, TodayPage)
    page.calling.pick(page.model.lines[0].key, 0)
    page.calling.setFocus()
    found.press("Return", "s")
    assert found.focus is page.card.said
    return found


def kept(school: SmallSchool) -> str:
    """What lies in the store of the call."""
    drafts = school.context.store.drafts
    return "".join(drafts.get(one) for one in drafts.places() if one.startswith("call "))


def test_no_key_writes_and_a_moment_later_the_whole_is_kept_at_once(
    desk: Desk, school: SmallSchool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    keep = SqlDrafts.keep

    def watched(self: SqlDrafts, place: str, content: str, at: datetime) -> None:
        written.append(content)
        keep(self, place, content, at)

    monkeypatch.setattr(SqlDrafts, "keep", watched)
    page = desk.window.page("today")
    assert isinstance(page, TodayPage)
    for letter in SAID:  # whatever the machine takes for a key: only the moment between two writes counts
        before = len(written)
        page.card.said.insert(letter)
        page.card.said.textEdited.emit(page.card.said.text())
        assert len(written) == before
    desk.type("!")
    qtbot.waitUntil(lambda: SAID + "!" in kept(school), timeout=1000)
    assert len(written) <= 3
    qtbot.wait(500)
    assert len(written) <= 3, "nothing is written where nothing was typed"


@pytest.mark.parametrize("way", ["Escape", "Ctrl+2", "gate", "close"])
def test_whoever_leaves_at_once_leaves_nothing_behind(desk: Desk, school: SmallSchool, way: str) -> None:
    over = QWidget()
    desk.type(SAID)
    if way == "gate":
        desk.window.cover(over)
    elif way == "close":
        closed: list[str] = []
        desk.window.closed.connect(lambda: closed.append(kept(school)))
        desk.window.close_now()
        assert SAID in closed[0], "while the school is still open"
    else:
        desk.press(way)
    assert SAID in kept(school)


def test_what_was_taken_out_again_is_not_kept(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    desk.type("ab")
    qtbot.waitUntil(lambda: "ab" in kept(school), timeout=1000)
    desk.press("Backspace", "Backspace", "Escape")
    assert kept(school) == ""


def test_a_call_that_was_recorded_leaves_no_half_typed_text(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    desk.type(SAID)
    desk.press("Return")
    qtbot.wait(600)
    assert kept(school) == ""
