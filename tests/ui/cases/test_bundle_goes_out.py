"""A bundle goes out, by real keys: locked, its e-mail copied, sent, listed with what changed since."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.actions.frozen import bundles_of
from desktop_app.actions.sent import sent_of
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Person
from desktop_app.domain.progress import Changes
from desktop_app.domain.referrals import Disclosure, Profile
from desktop_app.domain.sessions import Half
from tests.support.clock import StillClock
from tests.support.in_person import build_it, place, text_of
from tests.support.referrals import Story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk


@pytest.fixture
def story(lettered: Story) -> Story:
    return lettered


@pytest.fixture
def desk(at_referral: Desk) -> Desk:
    return at_referral


def test_a_bundle_that_is_not_ready_says_so_to_its_maker_alone(desk: Desk, qtbot: QtBot) -> None:
    build_it(desk, qtbot)
    preview = place(desk).preview
    built = preview._built
    assert built is not None
    assert built.missing
    assert "Not ready: " in desk.said
    text = text_of(built.content)
    assert not [one.why for one in built.missing if one.why in text]
    assert "Not ready" not in text


def test_a_locked_copy_is_saved_under_a_name_without_the_child(
    desk: Desk, story: Story, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(suggested).name)
        return str(tmp_path / Path(suggested).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    build_it(desk, qtbot)
    preview = place(desk).preview
    desk.press("k")
    field = preview.panel._fields[0].editor
    secret = field.text()  # type: ignore[attr-defined]
    assert len(secret.split("-")) == 5
    desk.press("Ctrl+A")
    desk.type("password")
    desk.press("Ctrl+Return")
    assert "at least 12 characters" in preview.panel.fault.text()
    assert offered == []
    desk.press("Ctrl+A")
    desk.type(secret)
    desk.press("Ctrl+Return")
    desk.wait()
    assert desk.said.startswith("Saved under a password: ")
    assert secret not in desk.said
    assert offered[0].startswith("RB-2026-0001 ")
    assert not [word for word in ("Doyle", "Ryan") if word in offered[0]]
    reader = PdfReader(tmp_path / offered[0], password=secret)
    assert len(reader.pages) == preview._built.pages  # type: ignore[union-attr]
    desk.press("Ctrl+S")
    assert offered[1].startswith("RB-2026-0001 ")
    assert "Doyle" not in offered[1]


def test_a_copy_that_cannot_be_saved_is_said_in_words(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "nowhere" / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    build_it(desk, qtbot)
    desk.press("k", "Ctrl+Return")
    desk.wait()
    assert "cannot be written: No such file or directory" in desk.said
    assert place(desk).preview.strip.isHidden()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    desk.press("k", "Ctrl+Return")
    assert "no place for the copy was chosen" in place(desk).preview.panel.fault.text()


def test_the_e_mail_is_copied_and_names_no_child(desk: Desk, qtbot: QtBot) -> None:
    build_it(desk, qtbot)
    desk.press("e")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Subject: RB-2026-0001, Marsh Lane Primary School")
    assert "Doyle" not in copied
    assert "Copied" in desk.said


def test_what_was_sent_is_recorded_and_listed_and_the_reference_comes_later(
    desk: Desk, story: Story, qtbot: QtBot
) -> None:
    build_it(desk, qtbot)
    desk.press("s")
    desk.type("School Attendance Service")
    desk.press("Ctrl+Return")
    assert desk.said == "Recorded: RB-2026-0001 was sent."
    desk.press("Escape")
    assert "was not saved" not in desk.said
    desk.press("m")
    made = place(desk).made
    assert made.list.hasFocus()
    (line,) = made.model.lines
    assert [one.to for one in line.sent] == ["School Attendance Service"]
    assert made.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Sent: RB-2026-0001, ")
    desk.press("s")
    desk.type("KSAS/26/0417")
    desk.press("Ctrl+Return")
    (sent,) = sent_of(desk.context, story.pupil)["RB-2026-0001"]
    assert sent.given == "KSAS/26/0417"
    assert made.model.lines[0].sent[0].given == "KSAS/26/0417"


def test_bundles_made_are_listed_opened_again_and_say_what_changed(
    desk: Desk, story: Story, qtbot: QtBot, clock: StillClock
) -> None:
    build_it(desk, qtbot)
    content = place(desk).preview._built.content  # type: ignore[union-attr]
    desk.press("Escape", "m", "c")
    desk.wait()
    assert desk.said == "Nothing: made again, it would say the same."
    clock.set(2026, 11, 20, 11, 0)
    with desk.context.store.writing(desk.context.deed("register", "rang late")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 19), Half.PM, "M", reason="rang late", amends=True)])
    desk.window.announce(Changes(marks=True))
    desk.press("c")
    desk.wait()
    assert "otherwise" in desk.said
    desk.press("Return")
    preview = place(desk).preview
    assert preview.isVisible()
    assert preview._built is not None
    assert preview._built.content == content
    desk.press("Escape")
    assert place(desk).made.isVisible()
    assert "not saved" not in desk.said
    desk.press("Escape")
    assert place(desk).case.isVisible()
    desk.press("Escape", "d")
    assert place(desk).made.isVisible()
    desk.press("Escape")
    assert place(desk).course.isVisible()
    assert [one.reference for one in bundles_of(desk.context, story.pupil)] == ["RB-2026-0001"]


def test_no_bundle_yet_says_how_one_is_made(desk: Desk) -> None:
    desk.press("m")
    assert place(desk).made.empty.isVisible()
    desk.press("Escape")
    assert place(desk).case.isVisible()


def test_a_bundle_for_a_court_asks_whose_it_is_and_when_it_is_laid(
    desk: Desk, story: Story, qtbot: QtBot, school: SmallSchool
) -> None:
    with school.context.store.reading() as reading:
        pack = school.context.pack(reading.book.school())
        father = reading.book.get(Person, story.father)
    assert father is not None
    wanted = pack.referrals[0]
    court = replace(wanted, profile=Profile.PROSECUTION, disclosure=Disclosure.COURT, per_parent=True)
    desk.window._context = replace(desk.context, own=replace(pack, referrals=(court,)))
    desk.window.go("cases", pupil=story.pupil, referral=True)
    asked = place(desk).case.asked
    assert asked.fields["parent"].isVisible()
    assert asked.fields["laying"].isVisible()
    asked.whose.setFocus()
    desk.press("Down")
    asked.laying.setFocus()
    desk.type("4/12/2026")
    request = place(desk).case.request()
    assert request is not None
    assert (request.parent, request.laying) == (story.father, date(2026, 12, 4))
    assert place(desk).case.plan is not None
    desk.press("Ctrl+A")
    desk.type("soon")
    assert place(desk).case.request() is None
    assert asked.fields["laying"].has_fault


def test_paper_for_both_sides_begins_each_part_on_a_right_hand_page(desk: Desk, qtbot: QtBot) -> None:
    place(desk).case.asked.duplex.setFocus()
    desk.press("Space")
    build_it(desk, qtbot)
    built = place(desk).preview._built
    assert built is not None
    reader = PdfReader(BytesIO(built.content))
    starts = [reader.get_destination_page_number(mark) for mark in reader.outline if not isinstance(mark, list)]
    assert len(starts) > 3
    assert all(start % 2 == 0 for start in starts)
    assert "This page is left blank" in text_of(built.content)
    assert f"page {built.pages} of {built.pages}" in text_of(built.content)


class Vanishing(QPrinter):
    """A printer that is switched off after its second page."""

    taken = 1

    def newPage(self) -> bool:  # noqa: N802 - Qt’s name
        self.taken += 1
        return self.taken <= 2 and super().newPage()


def test_a_printer_that_vanishes_is_said_in_words_with_where_to_go_on(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    build_it(desk, qtbot)
    paper = Vanishing(QPrinter.PrinterMode.ScreenResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setOutputFileName(str(tmp_path / "printed.pdf"))
    place(desk).preview.print_on(paper)
    desk.wait()
    assert "The printer took 2 pages and no more." in desk.said
    assert desk.said.endswith("print again from page 3.")
    assert place(desk).preview.strip.isHidden()


def test_a_full_disk_leaves_no_half_file_and_the_bundle_stays(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    build_it(desk, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "bundle.pdf"), ""))
    monkeypatch.setattr("desktop_app.actions.saving.os.fsync", full)
    desk.press("Ctrl+S")
    assert "cannot be written: No space left on device" in desk.said
    desk.press("k", "Ctrl+Return")
    desk.wait()
    assert "cannot be written: No space left on device" in desk.said
    assert not list(tmp_path.glob("bundle*"))
    assert place(desk).preview.isVisible()
