"""A bundle in person, by real keys: parts left out, a page blacked, small pages and the index."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.progress import Changes
from tests.support.in_person import LETTER, build_it, go_to, lines, place, text_of
from tests.support.referrals import Story
from tests.support.windows import Desk
from ui.cases.parts_model import ENTRIES, Held, PartsModel
from ui.cases.planning import MUCH


@pytest.fixture
def story(lettered: Story) -> Story:
    return lettered


@pytest.fixture
def desk(at_referral: Desk) -> Desk:
    return at_referral


def test_the_model_of_the_parts_keeps_qts_rules(desk: Desk) -> None:
    model = PartsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines(desk))
    assert model.rowCount() > 5
    assert tester.model() is model


def test_a_part_is_left_out_with_a_reason_and_taken_back(desk: Desk, qtbot: QtBot) -> None:
    line = go_to(desk, "chronology")
    desk.press("Space", "Return")
    assert place(desk).case.parts.asking.has_fault  # a reason is asked for
    desk.type("the authority has it")
    desk.press("Return")
    left = next(one for one in lines(desk) if one.key == "chronology")
    assert (left.held, left.under, left.title) == (Held.CHOSEN, "the authority has it", line.title)
    assert place(desk).case.parts.view.hasFocus()
    build_it(desk, qtbot)
    built = place(desk).preview._built
    assert built is not None
    assert line.title not in [
        mark.title for mark in PdfReader(BytesIO(built.content)).outline if not isinstance(mark, list)
    ]
    assert "the authority has it" not in text_of(built.content)
    desk.press("Escape")
    go_to(desk, "chronology")
    desk.press("Space")
    assert next(one for one in lines(desk) if one.key == "chronology").held is Held.IN


def test_an_exhibit_and_an_entry_are_left_out(desk: Desk, qtbot: QtBot) -> None:
    exhibit = go_to(desk, "exhibit:")
    desk.press("Space")
    desk.type("not of this matter")
    desk.press("Return")
    assert next(one for one in lines(desk) if one.key == exhibit.key).held is Held.CHOSEN
    go_to(desk, ENTRIES)
    desk.press("Return")
    row = next(at for at, one in enumerate(lines(desk)) if "overslept" in one.title)
    entry = lines(desk)[row]
    go_to(desk, entry.key)
    desk.press("Space")
    desk.type("about his sister")
    desk.press("Return")
    assert [(one.title, one.held) for one in lines(desk) if one.key == entry.key] == [(entry.title, Held.CHOSEN)]
    build_it(desk, qtbot)
    built = place(desk).preview._built
    assert built is not None
    text = text_of(built.content)
    assert "overslept" not in text
    assert LETTER not in text
    assert "What we sent." in text


def test_what_the_rules_leave_out_cannot_be_put_in_and_says_so(desk: Desk) -> None:
    parts = place(desk).case.parts
    parts.view.setFocus()
    desk.press("Ctrl+Home", "Space")
    assert "cover is always there" in desk.said
    go_to(desk, "chronology")
    desk.press("x")
    assert "Only an exhibit has pages" in desk.said
    assert parts.asking.isHidden()


def test_a_rectangle_is_blacked_by_keys_and_what_was_under_it_is_gone(desk: Desk, qtbot: QtBot) -> None:
    go_to(desk, "exhibit:")
    desk.press("x")
    qtbot.waitUntil(place(desk).redact.isVisible, timeout=20_000)
    canvas = place(desk).redact.canvas
    assert canvas.hasFocus()
    before = QRectF(canvas.rectangle)
    desk.press(*["Left"] * 25, *["Up"] * 4, *["Shift+Right"] * 30, "Shift+Down")
    assert canvas.rectangle.left() == pytest.approx(before.left() - 0.25)
    assert canvas.rectangle.width() == pytest.approx(before.width() + 0.3)
    assert "5% from the left" in canvas.accessibleName()
    desk.press("Return", "Return")
    assert place(desk).redact.asking.has_fault
    desk.type("names another child")
    desk.press("Return")
    assert len(canvas.black) == 1
    assert canvas.hasFocus()
    desk.press("PageDown")
    assert (canvas.number, canvas.black) == (1, ())
    desk.press("PageUp", "Escape")
    assert place(desk).case.parts.view.hasFocus()
    assert "1 place blacked" in next(one.under for one in lines(desk) if one.exhibit)
    build_it(desk, qtbot)
    built = place(desk).preview._built
    assert built is not None
    assert "Aleksy" not in text_of(built.content)
    assert b"names another child" not in built.content
    assert "The second page." in text_of(built.content)


def test_black_is_drawn_with_the_mouse_chosen_and_taken_away(desk: Desk, qtbot: QtBot) -> None:
    go_to(desk, "exhibit:")
    desk.press("Return")
    qtbot.waitUntil(place(desk).redact.isVisible, timeout=20_000)
    canvas = place(desk).redact.canvas
    sheet = canvas.sheet()

    def at(across: float, down: float) -> QPoint:
        return QPoint(sheet.left() + round(across * sheet.width()), sheet.top() + round(down * sheet.height()))

    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(0.2, 0.5))
    QTest.mouseMove(canvas, at(0.6, 0.7))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(0.6, 0.7))
    assert canvas.rectangle.left() == pytest.approx(0.2, abs=0.01)
    assert canvas.rectangle.bottom() == pytest.approx(0.7, abs=0.01)
    for why in ("one", "two"):
        desk.press("Return")
        desk.type(why)
        desk.press("Return", "Down", "Down")
    assert len(canvas.black) == 2
    desk.press("n", "n")
    assert canvas.chosen == 1
    desk.press("Delete")
    assert [one.why for one in place(desk).case.parts.redacted] == ["one"]
    desk.press("Delete")
    assert place(desk).case.parts.redacted == ()


def test_the_small_pages_are_drawn_as_they_come_into_view_and_turn_the_page(desk: Desk, qtbot: QtBot) -> None:
    build_it(desk, qtbot)
    preview = place(desk).preview
    count = preview.thumbs.model().rowCount()
    qtbot.waitUntil(lambda: 0 in preview.thumbs.images, timeout=10_000)
    desk.wait()
    assert 0 < len(preview.thumbs.images) < count  # those in view, no others
    desk.press("t")
    assert preview.thumbs.hasFocus()
    desk.press("Down", "Down")
    assert preview.sheet.number == preview.thumbs.currentIndex().row() == 2
    desk.press("End")
    assert preview.sheet.number == count - 1
    qtbot.waitUntil(lambda: count - 1 in preview.thumbs.images, timeout=10_000)
    desk.press("Escape")
    assert preview.sheet.hasFocus()
    desk.press("Home")
    assert preview.thumbs.currentIndex().row() == 0


def test_the_index_jumps_to_the_page_of_a_line(desk: Desk, qtbot: QtBot) -> None:
    build_it(desk, qtbot)
    preview = place(desk).preview
    desk.press("i")
    assert preview.index.hasFocus()
    wanted = next(at for at, one in enumerate(preview.index_model.lines) if one.level == 1)
    for _ in range(wanted):
        desk.press("Down")
    desk.press("Return")
    assert preview.sheet.number == preview.index_model.lines[wanted].page > 1
    assert preview.sheet.hasFocus()
    built = preview._built
    assert built is not None
    outline = [one for one in preview.index_model.lines if one.level == 0]
    reader = PdfReader(BytesIO(built.content))
    plain = [mark for mark in reader.outline if not isinstance(mark, list)]
    assert [(one.title, one.page) for one in outline] == [
        (mark.title, reader.get_destination_page_number(mark)) for mark in plain
    ]


def test_of_a_child_of_whom_very_much_is_recorded_the_plan_is_made_beside_the_window(
    desk: Desk, story: Story, qtbot: QtBot
) -> None:
    with desk.context.store.writing(desk.context.deed("log")) as writing:
        for number in range(MUCH):
            at = datetime(2026, 11, 2 + number % 15, 9, number % 60)
            writing.entries.add(NewEntry(EntryKind.PHONE_CALL, at, (story.pupil,), f"No answer, call {number}"))
    desk.window.announce(Changes(entries=True))
    assert not desk.window.runner.still
    desk.wait()
    folded = next(one for one in lines(desk) if one.key == ENTRIES)
    assert int(folded.title.split()[1]) > MUCH
    go_to(desk, "chronology")
    desk.press("Space")
    desk.type("it is long")
    desk.press("Return")
    desk.wait()
    assert next(one for one in lines(desk) if one.key == "chronology").held is Held.CHOSEN
