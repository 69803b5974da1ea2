"""Restricted notes by keys: written from their panel with a file, saved as a copy, withdrawn with a sealed reason."""

from __future__ import annotations

from pathlib import Path

from desktop_app.actions.restricted import restricted_notes
from desktop_app.actions.sealed_files import restricted_files
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.parts.buttons import Button
from ui.pupils.page import PupilsPage


def opened(school: SmallSchool, open_at) -> Desk:
    desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils["Doyle"])
    return desk


def page(desk: Desk) -> PupilsPage:
    found = desk.window.page("pupils")
    assert isinstance(found, PupilsPage)
    return found


def button(desk: Desk, words: str) -> Button:
    panel = page(desk).child.beside.restricted
    return next(one for one in panel.findChildren(Button) if one.isVisible() and words in one.text())


def test_a_note_is_written_from_the_panel_with_a_file_saved_and_withdrawn(
    school: SmallSchool, open_at, tmp_path: Path
) -> None:
    (tmp_path / "sketch.txt").write_text("what was drawn")
    desk = opened(school, open_at)
    beside = page(desk).child.beside
    beside.show_restricted()
    desk.press("n")
    form = beside.log
    assert (beside.restricted.isHidden(), form.draft().restricted) == (True, True)
    form._outcome.setText("Said at the door")
    form._files.add([tmp_path / "sketch.txt"])
    form.save()
    (note,) = restricted_notes(school.context, school.pupils["Doyle"])
    assert (note.entry.outcome, note.entry.restricted) == ("Said at the door", True)
    beside.show_restricted()
    assert button(desk, "sketch.txt").text().startswith("sketch.txt")
    ((file,),) = restricted_files(school.context, school.pupils["Doyle"]).values()
    beside.restricted.save_copy(file.id, tmp_path / "copy.txt")
    assert (tmp_path / "copy.txt").read_text() == "what was drawn"
    button(desk, "Withdraw").click()
    desk.press("Return")
    assert "Say why" in beside.restricted.asking.fault.text()
    desk.type("The wrong child.")
    desk.press("Return")
    (note,) = restricted_notes(school.context, school.pupils["Doyle"])
    assert note.entry.withdrawn is not None
    assert note.entry.withdrawn.reason == "The wrong child."
    with school.context.store.reading() as reading:
        (raw,) = (one for one in reading.entries.of(school.pupils["Doyle"]) if one.restricted)
    assert raw.withdrawn is not None
    assert "wrong child" not in raw.withdrawn.reason
    assert not [one for one in beside.restricted.findChildren(Button) if one.isVisible() and "Withdraw" in one.text()]


def test_somebody_without_the_second_key_is_shown_nothing(school: SmallSchool, open_at) -> None:
    desk = opened(school, open_at)
    school.context.store.drop_second_key()
    page(desk).child.beside.show_restricted()
    assert page(desk).child.beside.restricted.isHidden()
    assert "Only the headteacher" in desk.said
