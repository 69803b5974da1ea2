"""Every kind logged by keyboard: found by typing, its fields, files with it, restricted notes, answers, the draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop_app.actions.attachments import attachments_of
from desktop_app.actions.restricted import restricted_notes
from desktop_app.context import handed_over
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.school import School
from tests.support.people import FIRST, PAT, with_people
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.log.panel import LogPanel
from ui.pupils.child import ChildView
from ui.pupils.page import PupilsPage

PLAN = b"%PDF-1.7\nplan\n%%EOF"


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    opened = open_at("pupils", PupilsPage)
    opened.window.go("pupils", pupil=story.pupil)
    return opened


def child(desk: Desk) -> ChildView:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child


def panel(desk: Desk) -> LogPanel:
    return child(desk).log_panel


def newest(desk: Desk, pupil: int) -> Entry:
    with desk.context.store.reading() as reading:
        return max(reading.entries.of(pupil), key=lambda one: one.id)


def count(desk: Desk, pupil: int) -> int:
    with desk.context.store.reading() as reading:
        return len(reading.entries.of(pupil))


def refer(desk: Desk) -> None:
    """A referral, by keys alone, up to its needed field."""
    desk.press("l", "o")
    desk.type("ref")
    desk.press("Return", "s")


def file(folder: Path, name: str, content: bytes = PLAN) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_referral_is_found_by_typing_and_asks_what_its_kind_asks(desk: Desk, story: Story) -> None:
    refer(desk)
    assert desk.focus is panel(desk)._fields.fields["agency"].editor
    before = count(desk, story.pupil)
    desk.press("Ctrl+Return")
    assert "To whom is missing" in panel(desk).fault.text()
    assert count(desk, story.pupil) == before
    desk.type("CAMHS")
    desk.press("Tab", "Down", "Tab")
    desk.type("11 Dec")
    desk.press("Ctrl+Return")
    made = newest(desk, story.pupil)
    assert (made.kind, made.outcome, made.persons) == (EntryKind.AGENCY_REFERRAL, "Sent", ())
    assert made.details == {"agency": "CAMHS", "consent": "given", "answer_due": "2026-12-11"}
    with desk.context.store.reading() as reading:
        assert any(task.text == "Ask CAMHS for an answer" for task in reading.book.all(Task))
    line = child(desk).chronology_model.lines[0]
    assert "To whom: CAMHS · Consent: given · Chase on: 11 December 2026" in line.beneath


def test_escape_in_the_list_of_kinds_leaves_the_kind_as_it_was(desk: Desk) -> None:
    desk.press("l", "v", "Shift+Tab")
    panel(desk)._kinds.row.buttons()[-1].setFocus()
    desk.press("o", "Down", "Down", "Escape")
    assert panel(desk).isVisible()
    assert panel(desk).draft().kind is EntryKind.HOME_VISIT
    assert panel(desk)._kinds.finder.isHidden()


def test_a_day_that_is_none_is_named_by_its_field(desk: Desk, story: Story) -> None:
    refer(desk)
    desk.type("CAMHS")
    panel(desk)._fields.fields["answer_due"].editor.setFocus()
    desk.type("when they can")
    before = count(desk, story.pupil)
    desk.press("Ctrl+Return")
    assert panel(desk).fault.text().startswith("⚠ Chase on: “when they can” is not a day")
    assert count(desk, story.pupil) == before


def test_a_meeting_is_one_of_the_packs_and_opinion_stands_apart(desk: Desk, story: Story) -> None:
    with desk.context.store.reading() as reading:
        school = reading.book.school()
    assert isinstance(school, School)
    meetings = desk.context.pack(school).casework.meetings
    desk.press("l", "m", "Space")
    fields = panel(desk)._fields.fields
    choice = fields["meeting"].editor
    assert [choice.itemText(number) for number in range(choice.count())] == [
        "not said",
        *(one.title for one in meetings),
    ]
    choice.setFocus()
    desk.press("Down")
    fields["opinion"].editor.setFocus()
    desk.type("She was tired.")
    panel(desk)._outcomes.setFocus()
    desk.press("h", "Ctrl+Return")
    made = newest(desk, story.pupil)
    assert made.details == {"meeting": meetings[0].key, "opinion": "She was tired."}
    assert made.outcome == "Held"
    line = child(desk).chronology_model.lines[0]
    assert f"Which meeting: {meetings[0].title}" in line.beneath
    assert "tired" not in line.beneath
    assert line.opinion == "What Dr A Rahman thinks: She was tired."
    assert line.opinion in line.spoken


def test_an_outcome_that_names_nobody_says_in_the_note_who_it_was(desk: Desk, story: Story) -> None:
    desk.press("l", "m", "Space")
    panel(desk)._outcomes.setFocus()
    desk.press("d", "Ctrl+Return")
    made = newest(desk, story.pupil)
    assert (made.outcome, made.note, made.persons) == ("Not attended", "Ms Karen Doyle did not come.", ())


def test_a_sibling_is_ticked_and_has_the_entry_too(desk: Desk, story: Story) -> None:
    (sibling, tick), *_ = _siblings(desk)
    desk.press("p", "Space")
    tick.setFocus()
    desk.press("Space")
    panel(desk)._outcomes.setFocus()
    desk.press("s", "Ctrl+Return")
    assert newest(desk, sibling).id == newest(desk, story.pupil).id
    assert newest(desk, sibling).pupils == tuple(sorted((story.pupil, sibling)))


def _siblings(desk: Desk):
    desk.press("l")
    found = list(panel(desk)._also.items())
    assert found
    assert found[0][1].text().startswith("also about ")
    return found


def test_files_go_with_the_entry_and_what_is_refused_is_said(desk: Desk, story: Story, tmp_path: Path) -> None:
    desk.press("l", "p", "Space")
    panel(desk)._files.add([file(tmp_path, "run.pdf", b"MZ\x90\x00")])
    assert "program" in panel(desk).fault.text()
    assert panel(desk).draft().files == ()
    panel(desk)._files.add([file(tmp_path, "plan.pdf")])
    assert panel(desk).fault.text() == ""
    panel(desk)._files.add([file(tmp_path, "plan.pdf")])
    assert "there already" in panel(desk).fault.text()
    drop(panel(desk), [file(tmp_path, "card.pdf"), file(tmp_path, "wrong.pdf")])
    assert [one.name for one in panel(desk).draft().files] == ["plan.pdf", "card.pdf", "wrong.pdf"]
    panel(desk)._files._removers[2].setFocus()
    desk.press("Space")
    panel(desk)._outcomes.setFocus()
    desk.press("s", "Ctrl+Return")
    kept = attachments_of(desk.context, story.pupil)[newest(desk, story.pupil).id]
    assert [one.shown_name for one in kept] == ["plan.pdf", "card.pdf"]
    assert child(desk).chronology_model.lines[0].files == "Attached: plan.pdf, card.pdf"
    desk.press("l")
    assert panel(desk).draft().files == ()


def drop(widget: LogPanel, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_the_draft_keeps_the_kind_its_fields_and_the_files(desk: Desk, tmp_path: Path) -> None:
    refer(desk)
    desk.type("CAMHS")
    panel(desk)._files.add([file(tmp_path, "plan.pdf")])
    desk.press("Escape")
    assert panel(desk).isHidden()
    desk.press("l")
    draft = panel(desk).draft()
    assert (draft.kind, draft.outcome, draft.details["agency"]) == (EntryKind.AGENCY_REFERRAL, "Sent", "CAMHS")
    assert [one.name for one in draft.files] == ["plan.pdf"]
    assert panel(desk)._kinds.buttons()[-1].text() == "Referral to an agency …"
    panel(desk)._kinds.buttons()[-1].setFocus()
    desk.press("p")
    assert panel(desk)._kinds.buttons()[-1].text() == "Other …"


def test_a_answers_a_referral_and_closes_its_task(desk: Desk, story: Story) -> None:
    refer(desk)
    desk.type("CAMHS")
    panel(desk)._fields.fields["answer_due"].editor.setFocus()
    desk.type("11 Dec")
    desk.press("Ctrl+Return")
    first = newest(desk, story.pupil)
    desk.press("a")
    assert panel(desk).isVisible()
    assert panel(desk)._about.text().startswith("About Ryan Doyle. Answers: Referral to an agency")
    assert [one.text() for one in panel(desk)._kinds.buttons()] == ["Referral to an agency", "Note added"]
    desk.press("w")  # answered
    desk.type("CAMHS")
    desk.press("Ctrl+Return")
    answer = newest(desk, story.pupil)
    assert (answer.kind, answer.adds_to, answer.outcome) == (EntryKind.AGENCY_REFERRAL, first.id, "Answered")
    with desk.context.store.reading() as reading:
        (task,) = [one for one in reading.book.all(Task) if one.kind == f"follow:{first.id}"]
    assert task.closed_by == answer.id
    assert child(desk).chronology_model.lines[1].under


def test_a_restricted_note_is_read_by_its_own_line_and_stands_nowhere_else(desk: Desk, story: Story) -> None:
    before = len(child(desk).chronology_model.lines)
    desk.press("l", "o")
    desk.type("note")
    desk.press("Return", "n")
    desk.type("The aunt has the children at night.")
    panel(desk)._restricted.setFocus()
    desk.press("Space", "Ctrl+Return")
    assert newest(desk, story.pupil).outcome == "Restricted"
    note = restricted_notes(desk.context, story.pupil)[-1]
    assert note.entry.note == "The aunt has the children at night."
    assert len(child(desk).chronology_model.lines) == before
    child(desk)._restricted.setFocus()
    desk.press("Space")
    shown = child(desk).beside.restricted
    assert "The aunt has the children at night." in [label.text() for label in shown.findChildren(QLabel)]
    desk.press("Escape")
    assert shown.isHidden()
    assert "aunt" not in "".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())


def test_nobody_else_sees_a_word_of_restricted_notes(qtbot, story: Story, school: SmallSchool, theme) -> None:
    context = handed_over(with_people(school.context, PAT), "pat", FIRST)
    assert not context.store.opens_sealed
    desk = open_desk(qtbot, context, theme, (PupilsPage,), "pupils")
    desk.window.go("pupils", pupil=story.pupil)
    desk.press("l")
    seen = [one for one in desk.window.findChildren(QPushButton) if one.isVisible()]
    assert not any("estricted" in one.text() for one in seen)
    assert not panel(desk)._restricted.isVisible()
    desk.close()
