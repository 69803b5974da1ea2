"""What is half typed in the log form outlives the window; what is restricted lies sealed; what is saved is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.entries import EntryKind
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.log.draft import Draft
from ui.log.kept import content_of, log_place, read_kept
from ui.log.panel import LogPanel
from ui.pupils.page import PupilsPage


def opened(school: SmallSchool, open_at) -> Desk:
    """A window of its own at the log form of Ryan Doyle: nothing is left in its memory from another."""
    desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils["Doyle"])
    desk.press("l")
    return desk


def panel(desk: Desk) -> LogPanel:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.log_panel


def kept(school: SmallSchool) -> str:
    return school.context.store.drafts.get(log_place([school.pupils["Doyle"]]))


def typed(desk: Desk, outcome: str = "No answer", note: str = "rang twice") -> None:
    form = panel(desk)
    form._outcome.setFocus()
    desk.type(outcome)
    form._note.setFocus()
    desk.type(note)


def test_what_is_half_typed_is_there_in_another_window_without_the_form_being_closed(
    school: SmallSchool, open_at, qtbot: QtBot
) -> None:
    desk = opened(school, open_at)
    assert kept(school) == ""
    typed(desk)
    qtbot.waitUntil(lambda: "rang twice" in kept(school), timeout=3000)
    again = opened(school, open_at)
    draft = panel(again).draft()
    assert (draft.outcome, draft.note) == ("No answer", "rang twice")
    assert panel(again)._draft_note.text() == "Your draft, as you left it."


def test_what_was_typed_in_the_last_moment_is_kept_when_the_form_goes_out_of_sight(
    school: SmallSchool, open_at
) -> None:
    desk = opened(school, open_at)
    typed(desk)
    panel(desk).hide()
    assert "rang twice" in kept(school)


def test_a_draft_that_is_saved_is_kept_no_more(school: SmallSchool, open_at) -> None:
    desk = opened(school, open_at)
    typed(desk)
    desk.press("Escape")
    assert "rang twice" in kept(school)
    desk.press("l")
    panel(desk)._nobody.setChecked(True)
    panel(desk).save()
    assert kept(school) == ""
    with school.context.store.reading() as reading:
        assert reading.entries.of(school.pupils["Doyle"])[-1].note == "rang twice"
    assert panel(opened(school, open_at)).draft().note == ""


def test_what_is_restricted_lies_sealed_and_opens_with_the_second_key_alone(school: SmallSchool, open_at) -> None:
    desk = opened(school, open_at)
    typed(desk, "Said at the door", "what nobody may read")
    panel(desk)._restricted.setChecked(True)
    desk.press("Escape")
    assert kept(school).startswith("sealed:")
    assert "nobody may read" not in kept(school)
    draft = panel(opened(school, open_at)).draft()
    assert (draft.note, draft.restricted) == ("what nobody may read", True)
    school.context.store.drop_second_key()
    assert read_kept(school.context.store, kept(school)) is None
    assert content_of(school.context.store, draft) == ""


def test_files_are_named_so_that_they_can_be_chosen_again(school: SmallSchool, open_at, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("a plan")
    desk = opened(school, open_at)
    typed(desk)
    panel(desk)._files.add([tmp_path / "plan.txt"])
    desk.press("Escape")
    again = panel(opened(school, open_at))
    assert again.draft().files == ()
    assert again._draft_note.text().endswith("Choose these files again: plan.txt.")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"kind": "no-such", "files": []}', "sealed:xyz", '{"files": [], "x": 1}']
)
def test_a_draft_of_another_make_is_none(school: SmallSchool, content: str) -> None:
    assert read_kept(school.context.store, content) is None


def test_every_part_of_a_draft_comes_back(school: SmallSchool) -> None:
    draft = Draft(
        EntryKind.AGENCY_REFERRAL, frozenset({3, 1}), True, "Fri", "9:10", "Sent", "x", frozenset({7}), {"agency": "A"}
    )
    found = read_kept(school.context.store, content_of(school.context.store, draft))
    assert found is not None
    assert found.draft == draft
