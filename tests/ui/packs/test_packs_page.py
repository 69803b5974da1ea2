"""The authority's pack by real keys: read, changed as a copy, checked, adopted, given up, passed on as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut

from desktop_app.actions.packs import pack_lines, pack_text
from desktop_app.domain.staff import Role
from tests.support.keyboard import names, taken
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui import letter_keys
from ui.packs.page import PacksPage
from ui.packs.words import Look, pack_words
from ui.places import PLACES


@pytest.fixture
def desk(open_at) -> Desk:
    found = open_at("pack", PacksPage)
    found.wait()
    return found


def page(desk: Desk) -> PacksPage:
    found = desk.window.page("pack")
    assert isinstance(found, PacksPage)
    return found


def own(text: str, version: str = "own-1", old: str = "", new: str = "") -> str:
    head, _, rest = text.partition('version = "')
    return f'{head}version = "{version}"{rest.partition(chr(34))[2]}'.replace(old, new, 1)


def check(desk: Desk, text: str) -> None:
    page(desk).changing.editor.setPlainText(text)
    desk.press("Ctrl+Return")
    desk.wait()


def test_the_pack_in_force_is_read_as_words_with_its_sources(desk: Desk) -> None:
    shown = page(desk).text.toPlainText()
    assert "In force: Knowsley" in page(desk).header.subtitle.text()
    assert page(desk).header.subtitle.text().endswith("as shipped")
    assert "Monitor: above" in shown
    assert shown.count("Source: ") > 5
    assert "[[" not in shown


def test_every_step_says_who_leads_and_what_comes_next(school: SmallSchool) -> None:
    pack = next(one for one in school.context.rulebook.packs.values() if one.casework.steps)
    said = pack_words(pack)
    titles = [one.words for one in said if one.look is Look.TITLE]
    assert {step.title for step in pack.casework.steps} <= set(titles)
    texts = [one.words for one in said if one.look is Look.TEXT]
    assert sum(one.startswith("Led by ") and "the part of" in one for one in texts) == len(pack.casework.steps)
    stays = sum(step.stay is not None for step in pack.casework.steps)
    assert sum(one.startswith("Longest stay: ") for one in texts) == stays


def test_a_copy_is_changed_checked_and_adopted_by_keys(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+E")
    text = page(desk).changing.text
    assert text == pack_text(school.context)
    check(desk, own(text, old='title = "Monitor"', new='title = "Look closer"'))
    assert page(desk).changing.says.text() == ("✓ Version own-1 can be used. It changes:\n• Band “Look closer”: title.")
    assert [(line.in_force, line.entry) for line in pack_lines(school.context)] == [(True, 0)]
    desk.type("the wording our staff know")
    desk.press("Return")
    desk.wait()
    line = pack_lines(desk.window.context)[0]
    assert (line.version, line.in_force, line.reason) == ("own-1", True, "the wording our staff know")
    assert "Look closer: above" in page(desk).text.toPlainText()
    assert "version own-1, since" in page(desk).header.subtitle.text()
    desk.press("Down")
    desk.wait()
    assert "Monitor: above" in page(desk).text.toPlainText()


def test_a_fault_says_its_place_and_the_keyboard_goes_there(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+E")
    text = page(desk).changing.text
    check(desk, own(text, old='title = "Monitor"', new='titel = "Monitor"'))
    assert page(desk).changing.says.text().startswith("⚠ ")
    assert "titel" in page(desk).changing.says.text()
    check(desk, own(text) + "\nhalf a line")
    number = page(desk).changing.editor.textCursor().blockNumber()
    assert number > text.count("\n") - 3
    assert page(desk).changing.reason_field.isHidden()
    assert len(pack_lines(school.context)) == 1


def test_no_reason_no_pack(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+E")
    check(desk, own(page(desk).changing.text))
    desk.press("Return")
    assert desk.said == "⚠ Say why the pack changes: it is kept with it."
    assert len(pack_lines(school.context)) == 1


def test_a_change_after_the_check_asks_for_another(desk: Desk) -> None:
    desk.press("Ctrl+E")
    check(desk, own(page(desk).changing.text))
    assert not page(desk).changing.reason_field.isHidden()
    desk.press("Escape")
    desk.type("#")
    assert page(desk).changing.reason_field.isHidden()


def test_escape_keeps_what_was_typed_and_find_goes_round(desk: Desk) -> None:
    desk.press("Ctrl+E", "Ctrl+F")
    desk.type("nowhere at all")
    desk.press("Return")
    assert "is nowhere in the text" in desk.said
    desk.press("Escape")
    desk.type("# ours")
    desk.press("Return")
    desk.press("Escape")
    assert not page(desk).is_changing
    assert "is kept" in desk.said
    desk.press("Ctrl+E")
    assert page(desk).changing.text.startswith("# ours\n")


def test_back_to_shipped_asks_why(desk: Desk) -> None:
    desk.press("Ctrl+E")
    check(desk, own(page(desk).changing.text))
    desk.type("tried")
    desk.press("Return")
    desk.wait()
    desk.press("Ctrl+Delete")
    desk.type("not needed")
    desk.press("Return")
    desk.wait()
    lines = pack_lines(desk.window.context)
    assert [line.in_force for line in lines] == [False, True]
    assert "Given up on" in lines[0].reason


def test_out_as_a_file_and_in_again(desk: Desk, tmp_path: Path, school: SmallSchool) -> None:
    page(desk).export_to(tmp_path / "ours.toml")
    assert (tmp_path / "ours.toml").read_text(encoding="utf-8") == pack_text(school.context)
    page(desk).import_from(tmp_path / "ours.toml")
    assert page(desk).is_changing
    (tmp_path / "picture.toml").write_bytes(b"\x89PNG\xff\xfe")
    page(desk).import_from(tmp_path / "picture.toml")
    assert "is no text" in desk.said


def test_who_may_not_change_it_reads_it(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    school.context = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    if not school.context.may(next(one.needs for one in PLACES if one.key == "pack")):
        school.context = replace(school.context, staff=replace(school.context.staff, role=Role.TEACHER))
    desk = open_at("pack", PacksPage)
    desk.wait()
    assert "Monitor: above" in page(desk).text.toPlainText()
    desk.press("Ctrl+E")
    assert not page(desk).is_changing


def test_every_key_of_the_pack(desk: Desk) -> None:

    own_keys = {one.key().toString() for one in page(desk).findChildren(QShortcut)}
    assert own_keys <= names(letter_keys.PACK)
    assert taken(desk, "Ctrl+E")
