"""Texts by real keys: looked at, one left out, one with its reason, and the file with what was logged."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions.early_calls import put_on_list
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Flag, FlagKind
from tests.support.clock import StillClock
from tests.support.letters import reach
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.calling.texts_page import NAMED, TextsPage
from ui.today.page import TodayPage

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _morning(clock: StillClock, school: SmallSchool) -> None:
    clock.set(2026, 11, 20, 8, 15)
    reach(school.context)


def page(desk: Desk) -> TextsPage:
    found = desk.window.page("texts")
    assert isinstance(found, TextsPage)
    return found


def test_texts_are_looked_at_one_is_left_out_one_has_its_reason_and_the_file_is_saved(
    school: SmallSchool, open_at, tmp_path: Path
) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Flag(0, school.pupils["Kaya"], FlagKind.SOCIAL_WORKER, "Ms S", date(2026, 9, 1)))
    desk = open_at("texts", TextsPage, TodayPage)
    here = page(desk)
    desk.press("Ctrl+Return")
    assert desk.said == "⚠ Nobody is on that list today."
    here.whom.choose(NAMED)
    here.names.setFocus()
    desk.type("Tobi Abara")
    desk.press("Return")
    desk.type("Ryan Doyle")
    desk.press("Return")
    desk.type("00006")
    desk.press("Ctrl+Return")
    assert [row.name for row in here.model.rows] == ["Ms K Abara", "Ms K Doyle", "Ms K Kaya"]
    assert here.said.text() == "2 texts go of 3. Enter says why where the guard asks: 1."
    desk.press("Space")
    assert here.said.text().startswith("1 text goes of 3")
    desk.press("Down", "Down", "Return")
    desk.type("agreed with her")
    desk.press("Return")
    assert here.said.text() == "2 texts go of 3."
    target = tmp_path / "texts.csv"
    assert here.save_to(target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows] == ["Name", "Ms K Doyle", "Ms K Kaya"]
    with school.context.store.reading() as reading:
        logged = [one for one in reading.entries.of(*school.pupils.values()) if one.kind is EntryKind.TEXT]
    assert [one.note for one in logged] == [row[2] for row in rows[1:]]
    assert desk.said == "2 texts are in texts.csv and logged, 1 left out."


def test_from_the_early_call_list_and_words_that_cannot_go(school: SmallSchool, open_at) -> None:
    put_on_list(school.context, school.pupils["Doyle"], DAY, date(2026, 12, 4), "Late.")
    desk = open_at("today", TextsPage, TodayPage)
    desk.window.go("texts", pupils=(school.pupils["Doyle"],), words="early")
    here = page(desk)
    assert here.words.toPlainText().startswith("Good morning.")
    here.words.setFocus()
    desk.press("Ctrl+A")
    desk.type("=SUM([child])")
    desk.press("Ctrl+Return")
    assert "formula" in here.fault.text()
    assert here.model.rowCount() == 0
    assert not here.save.isEnabled()
