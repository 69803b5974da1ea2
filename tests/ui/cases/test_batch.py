"""Bundles of several children, by real keys: marked, looked at, left out, made, cancelled, saved."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.actions.bundle_batch import build_batch
from desktop_app.actions.cases import open_case
from desktop_app.actions.frozen import bundles_of, verify_file
from desktop_app.actions.roll import read_roll
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.frozen import Ours
from desktop_app.domain.marks import NewMark
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import Half
from tests.support.in_person import place
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases import batching
from ui.cases.batch_list import BatchModel, Shown, head, state_of, under
from ui.cases.batch_view import BatchView
from ui.cases.page import CasesPage
from ui.pupils.page import PupilsPage

CASES = ("Doyle", "Kaya", "Abara")


@pytest.fixture
def story(school: SmallSchool) -> Story:
    """Ryan's story, and three open cases."""
    told = tell_story(school)
    for name in CASES:
        open_case(school.context, school.pupils[name], "statutory-referral")
    return told


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    opened = open_at("cases", CasesPage, PupilsPage)
    place(opened).listing.first_focus().setFocus()
    return opened


def view(desk: Desk) -> BatchView:
    return place(desk).batching.view


def begin(desk: Desk) -> BatchView:
    """Mark every case and go to the bundles of them."""
    desk.press("a", "b")
    assert view(desk).isVisible(), desk.said
    desk.wait()
    assert view(desk).list.hasFocus()
    return view(desk)


def words(desk: Desk) -> list[str]:
    return [state_of(one)[0] for one in view(desk).lines]


def go_to(desk: Desk, name: str) -> Shown:
    """Put the keyboard on the line of a child."""
    lines = view(desk).lines
    row = next(at for at, one in enumerate(lines) if name in one.line.pupil.list_name)
    view(desk).list.setFocus()
    desk.press(*["Up"] * len(lines), *["Down"] * row)
    assert view(desk).list.currentIndex().row() == row
    return lines[row]


def leave_out(desk: Desk, name: str, why: str) -> None:
    go_to(desk, name)
    desk.press("Space")
    desk.type(why)
    desk.press("Return")


def test_cases_are_marked_by_the_space_bar_and_counted(desk: Desk) -> None:
    listing = place(desk).listing
    assert listing.batch.isHidden()
    desk.press("b")
    assert "space bar first" in desk.said
    desk.press("Space", "Down", "Space")
    assert len(listing.marked) == 2
    assert listing.header.subtitle.text() == "3 open · 2 marked"
    assert listing.batch.isVisible()
    shown = [listing.table.proxy.index(row, 6).data() for row in range(3)]
    assert shown == ["☑", "☑", ""]
    desk.press("Space")
    assert len(listing.marked) == 1
    desk.press("a")
    assert len(listing.marked) == 3
    desk.press("a")
    assert listing.marked == frozenset()


def test_each_says_how_ready_it_is_in_a_word_with_its_shape(desk: Desk) -> None:
    shown = begin(desk)
    assert words(desk) == ["Not ready"] * 3
    assert shown.request() is not None
    assert {one.line.request.referral for one in shown.lines} == {"statutory-referral"}
    line = go_to(desk, "Doyle")
    assert "Ryan Doyle" in head(line)
    assert "missing" in under(line)
    assert shown.card.aside.text() == "3 not ready"
    assert "Not ready: Ryan Doyle" in shown.model.spoken(line)
    assert shown.strip.isHidden()


def test_the_model_keeps_qts_rules(desk: Desk) -> None:
    lines = begin(desk).lines
    model = BatchModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines)
    assert model.rowCount() == 3
    assert tester.model() is model


def test_one_is_left_out_with_a_reason_and_taken_back(desk: Desk) -> None:
    shown = begin(desk)
    go_to(desk, "Kaya")
    desk.press("Space", "Return")
    assert shown.field.has_fault
    desk.type("the meeting comes first")
    desk.press("Return")
    line = go_to(desk, "Kaya")
    assert (state_of(line)[0], under(line)) == ("Left out", "the meeting comes first")
    assert len(shown.to_make) == 2
    desk.press("Space")
    assert state_of(go_to(desk, "Kaya"))[0] == "Not ready"
    desk.press("Space", "Escape")
    assert shown.isVisible()
    assert shown.field.isHidden()
    assert len(shown.to_make) == 3


def test_all_are_made_but_the_one_left_out_and_kept_with_the_children(
    desk: Desk, school: SmallSchool, story: Story
) -> None:
    begin(desk)
    leave_out(desk, "Kaya", "the meeting comes first")
    desk.press("Ctrl+Return")
    desk.wait()
    assert sorted(words(desk)) == ["Left out", "Made", "Made"]
    assert "2 bundles made and kept with the children." in desk.said
    (kept,) = bundles_of(desk.context, story.pupil)
    assert kept.reference in under(go_to(desk, "Doyle"))
    assert bundles_of(desk.context, school.pupils["Kaya"]) == ()
    assert not view(desk).asking.referral.isEnabled(), "what was made stays as it was asked for"
    desk.press("Space")
    assert "made already" in desk.said
    desk.press("Ctrl+Return")
    assert "None is left to be made" in desk.said
    assert len(bundles_of(desk.context, story.pupil)) == 1


def test_cancelled_those_made_stay_and_the_rest_can_still_be_made(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real work, held by the test once the first is made."""
    begin(desk)
    held, go_on = threading.Event(), threading.Event()

    def slowly(*asked: object) -> object:
        for step in build_batch(*asked):  # type: ignore[arg-type]
            yield step
            if step.text == "Bundle 2 of 3":
                held.set()
                assert go_on.wait(10)

    monkeypatch.setattr(batching, "build_batch", slowly)
    desk.press("Ctrl+Return")
    qtbot.waitUntil(held.is_set, timeout=20_000)
    assert view(desk).strip.isVisible()
    desk.press("Escape")
    assert view(desk).isVisible()
    assert "Wait until this is done" in desk.said
    desk.press("n")
    assert view(desk).picker.isHidden()
    QTest.mouseClick(view(desk).strip.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    desk.wait()
    assert words(desk) == ["Made", "Not ready", "Not ready"]
    assert "Stopped. 1 bundle made and kept with the children, 2 still to be made." in desk.said
    monkeypatch.setattr(batching, "build_batch", build_batch)
    desk.press("Ctrl+Return")
    desk.wait()
    assert words(desk) == ["Made"] * 3
    references = [one.reference for one in view(desk).made]
    assert len(set(references)) == 3


def test_one_that_cannot_be_made_says_why_and_stops_no_other(desk: Desk, story: Story) -> None:
    shown = begin(desk)
    shown.asking.on.setFocus()
    shown.asking.on.selectAll()
    desk.type("1/9/2022")
    desk.press("Tab")
    desk.wait()
    assert words(desk) == ["Cannot be"] * 3
    assert "on roll from" in under(go_to(desk, "Doyle"))
    desk.press("Ctrl+Return")
    desk.wait()
    assert words(desk) == ["Not made"] * 3
    assert "0 bundles made and kept with the children, 3 not made." in desk.said
    assert bundles_of(desk.context, story.pupil) == ()


def test_all_are_saved_as_files_without_a_childs_name(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    begin(desk)
    desk.press("Ctrl+s")
    assert "Ctrl+Enter makes them" in desk.said
    desk.press("Ctrl+Return")
    desk.wait()
    desk.press("Ctrl+s")
    desk.wait()
    files = sorted(folder.iterdir())
    assert [one.name for one in files] == sorted(one.name for one in view(desk).made)
    assert all(verify_file(desk.context, one).state is Ours.UNCHANGED for one in files)
    named = {one.line.pupil.surname.casefold() for one in view(desk).lines}
    assert not any(name in one.name.casefold() for one in files for name in named)
    assert f"3 files saved in {folder}" in desk.said
    desk.press("Ctrl+s")
    desk.wait()
    assert "there already" in desk.said
    assert sorted(folder.iterdir()) == files


def test_a_line_leads_to_the_child_and_back(desk: Desk, story: Story) -> None:
    begin(desk)
    go_to(desk, "Doyle")
    desk.press("Return")
    case = place(desk).case
    assert case.isVisible()
    assert case.pupil == story.pupil
    request = case.request()
    assert isinstance(request, BundleRequest)
    assert request.referral == "statutory-referral"
    desk.press("Escape")
    assert view(desk).isVisible()
    desk.wait()
    desk.press("Ctrl+Return")
    desk.wait()
    go_to(desk, "Doyle")
    desk.press("Return")
    assert place(desk).made.isVisible()
    desk.press("Escape")
    assert view(desk).isVisible()
    assert words(desk) == ["Made"] * 3
    desk.press("Escape")
    assert place(desk).listing.isVisible()


def test_another_pupil_is_put_in_once(desk: Desk, school: SmallSchool) -> None:
    begin(desk)
    other = next(name for name in school.pupils if name not in CASES)
    desk.press("n")
    desk.type(other)
    desk.press("Return")
    desk.wait()
    assert len(view(desk).lines) == 4
    assert view(desk).lines[3].key[0] == school.pupils[other]
    desk.press("n")
    desk.type(other)
    desk.press("Return")
    assert "in the list already" in desk.said
    assert len(view(desk).lines) == 4


def test_what_is_written_elsewhere_is_read_once_the_batch_is_seen_again(desk: Desk, school: SmallSchool) -> None:
    begin(desk)
    before = under(go_to(desk, "Kaya"))
    assert "No N and no gap" in before, before
    desk.window.go("pupils")
    kaya = school.pupils["Kaya"]
    with desk.context.store.reading() as reading:
        days = read_roll(reading.book).calendar.sessions(date(2026, 9, 1), date(2026, 11, 20))
    marks = [NewMark(kaya, one.day, one.half, "/" if one.half is Half.AM else "\\") for one in days]
    with desk.context.store.writing(desk.context.deed("mark")) as writing:
        writing.marks.add(marks)
    desk.window.announce(Changes(marks=True))
    assert desk.window.runner.still, "nobody looks at it"
    desk.window.go("cases")
    assert view(desk).isVisible()
    desk.wait()
    assert "No N and no gap" not in under(go_to(desk, "Kaya"))


def test_a_referral_for_a_court_has_a_bundle_for_each_parent(desk: Desk) -> None:
    shown = begin(desk)
    shown.asking.referral.choose("prosecution")
    desk.wait()
    mine = [one.line.parent for one in shown.lines if one.line.pupil.surname == "Doyle"]
    assert mine == ["Ms Karen Doyle", "Mr Seán Doyle"]
    assert shown.asking.relied.isHidden()
    assert shown.asking.fields["laying"].isVisible()
