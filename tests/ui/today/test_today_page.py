"""The morning by keyboard: whom to call, a call logged, an N given its reason, registers not taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.today import today
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark, NewMark
from desktop_app.domain.people import Answer, Hold, Membership, Pupil, Tie
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil
from tests.support.windows import Desk, open_desk
from ui.explain.page import ExplainPage
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.theme import Theme
from ui.today.calling_model import CallingModel, lines_of
from ui.today.page import TodayPage
from ui.today.registers_card import RegisterChip

MORNING = Session(date(2026, 11, 20), Half.AM)
LAST_WEEK = date(2026, 11, 12)


@pytest.fixture
def morning(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Ryan and his sister Amy, Tobi and Hamza are N at ten past nine; Tobi was N on a day of last week too."""
    context = school.context
    with context.store.writing(context.deed("family")) as writing:
        amy = school.pupils["Amy"] = writing.book.put(pupil("Doyle", "Amy", 20))
        writing.book.put(Membership(0, amy, "2A", "2", date(2026, 9, 1)))
        mother = next(tie.person for tie in writing.book.all(Tie) if tie.pupil == school.pupils["Doyle"])
        writing.book.put(Tie(0, amy, mother, "mother", Answer.YES, Answer.YES))
    write(context, [Edit(school.pupils[name], MORNING, "N") for name in ("Doyle", "Amy", "Abara", "Chaudhry")])
    write(context, [Edit(school.pupils["Abara"], Session(LAST_WEEK, half), "N") for half in Half])
    fill_present(context, "4B", MORNING)
    clock.set(2026, 11, 20, 9, 10)
    return school


@pytest.fixture
def desk(morning: SmallSchool, open_at) -> Desk:
    return open_at("today", TodayPage, RegisterPage)


def place(desk: Desk) -> TodayPage:
    page = desk.window.page("today")
    assert isinstance(page, TodayPage)
    return page


def listed(desk: Desk) -> list[tuple[str, str]]:
    model = place(desk).model
    found = [model.line(row) for row in range(model.rowCount())]
    return [(line.child.pupil.forename, line.when) for line in found if line is not None]


def mark(desk: Desk, school: SmallSchool, name: str, session: Session = MORNING) -> Mark | None:
    with desk.context.store.reading() as reading:
        return reading.marks.at(school.pupils[name], session)


def newest_entry(desk: Desk, school: SmallSchool, name: str) -> Entry:
    with desk.context.store.reading() as reading:
        return reading.entries.of(school.pupils[name])[-1]


def go_to(desk: Desk, forename: str) -> None:
    for _ in range(place(desk).model.rowCount()):
        line = place(desk).calling.line()
        assert line is not None
        if line.child.pupil.forename == forename:
            return
        desk.press("Down")
    pytest.fail(f"{forename} is not on the calling list")


def test_the_model_keeps_qts_rules(morning: SmallSchool) -> None:
    model = CallingModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines_of(today(morning.context).calling, date(2026, 11, 20)))
    assert model.rowCount() == 5
    model.show_lines(())
    assert tester.model().rowCount() == 0


def test_siblings_stand_together_under_one_number_and_each_day_has_its_line(desk: Desk) -> None:
    assert listed(desk) == [
        ("Tobi", "Today AM"),
        ("Tobi", "Thu 12 Nov AM PM"),
        ("Hamza", "Today AM"),
        ("Amy", "Today AM"),
        ("Ryan", "Today AM"),
    ]
    model = place(desk).model
    amy, ryan = model.line(3), model.line(4)
    assert amy is not None
    assert ryan is not None
    assert (amy.family, amy.opens, ryan.opens, ryan.closes) == (ryan.family, True, False, True)
    assert (amy.contact_words, amy.relation, amy.family.number) == ("Ms K Doyle", "mother", "07700 900005")
    spoken = model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (
        spoken == "Amy Doyle, class 2A, no reason for Today AM, call Ms K Doyle, mother, 07700 900005, Not called yet"
    )


def test_the_headline_counts_and_the_rail_says_how_many(desk: Desk) -> None:
    page = place(desk)
    assert page.header.title.text() == "Friday 20 November"
    assert page.header.subtitle.text() == "Morning session · 3 of 7 present · 42.9%"
    assert page._count.text == "4 children · 3 families"


def test_no_rate_is_shown_while_children_are_unmarked(desk: Desk, morning: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 50)
    _, changes = write(morning.context, [Edit(morning.pupils["Amy"], MORNING, "")])
    desk.window.announce(changes)
    assert place(desk).header.subtitle.text() == "Morning session · 3 of 7 present · 1 not marked yet"


def test_a_call_that_fits_one_line_takes_one(desk: Desk, qtbot: QtBot) -> None:
    view = place(desk).calling
    desk.window.resize(1366, 768)
    plain = view.rowHeight(0)
    go_to(desk, "Amy")
    desk.press("Return", "l", "s", "Ctrl+Return")  # from the call card to the log form
    assert place(desk).card.isHidden()
    go_to(desk, "Amy")
    assert place(desk).calling.line().family.last_words  # pyright: ignore[reportOptionalMemberAccess]
    qtbot.waitUntil(lambda: view.rowHeight(view.currentIndex().row()) == plain)


def test_a_call_is_logged_in_four_keys_and_a_line_of_text(desk: Desk, morning: SmallSchool) -> None:
    go_to(desk, "Amy")
    desk.pressed = 0
    desk.press("Return", "s")
    desk.type("Will ask their nan and ring back.")
    desk.press("Ctrl+Return")
    assert desk.pressed == 3
    for name in ("Doyle", "Amy"):
        entry = newest_entry(desk, morning, name)
        assert (entry.kind, entry.outcome, entry.note) == (
            EntryKind.PHONE_CALL,
            "Spoke",
            "Will ask their nan and ring back.",
        )
        assert entry.happened_at == datetime(2026, 11, 20, 9, 10)
        assert len(entry.persons) == 1
        assert set(entry.pupils) == {morning.pupils["Doyle"], morning.pupils["Amy"]}
    desk.press("Escape")
    assert place(desk).calling.hasFocus()
    go_to(desk, "Amy")
    line = place(desk).calling.line()
    assert line is not None
    assert line.family.last_words == "Phone call 09:10, Ms K Doyle: Spoke"


def test_a_letter_gives_the_reason_and_a_closed_register_asks_why_in_place(desk: Desk, morning: SmallSchool) -> None:
    go_to(desk, "Hamza")
    desk.press("i")
    bar = place(desk).coding.reason
    assert bar.isVisible()
    assert bar.line.hasFocus()
    standing = mark(desk, morning, "Chaudhry")
    assert standing is not None
    assert standing.code == "N"
    desk.press("1")
    now = mark(desk, morning, "Chaudhry")
    assert now is not None
    assert now.code == "I"
    with desk.context.store.reading() as reading:
        last = reading.marks.history(morning.pupils["Chaudhry"], MORNING.day, MORNING.day)[-1]
    assert (last.amends, last.reason, last.author.name) == (True, "Parent gave the reason", "Dr A Rahman")
    assert ("Hamza", "Today AM") not in listed(desk)
    title = desk.context.rulebook.codes["I"].title
    assert desk.said == f"Hamza Chaudhry, Today AM: I, {title}. Ctrl+Z undoes it."
    assert place(desk).calling.hasFocus()
    assert not bar.isVisible()


def test_an_open_register_asks_nothing(morning: SmallSchool, clock: StillClock, open_at) -> None:
    clock.set(2026, 11, 20, 8, 52)
    desk = open_at("today", TodayPage)
    go_to(desk, "Hamza")
    desk.press("m")
    written = mark(desk, morning, "Chaudhry")
    assert written is not None
    assert written.code == "M"


def test_a_whole_day_without_a_reason_is_given_one_in_both_halves(desk: Desk, morning: SmallSchool) -> None:
    desk.press("Down", "o")
    desk.type("No reply to three calls")
    desk.press("Return")
    for half in Half:
        written = mark(desk, morning, "Abara", Session(LAST_WEEK, half))
        assert written is not None
        assert written.code == "O"
    still = mark(desk, morning, "Abara")
    assert still is not None
    assert still.code == "N"


def test_two_letter_codes_wait_for_their_digit_and_a_lone_c_is_settled_by_enter(
    desk: Desk, morning: SmallSchool
) -> None:
    go_to(desk, "Hamza")
    desk.press("c")
    assert place(desk).calling.waiting == "C"
    desk.press("2", "1")
    written = mark(desk, morning, "Chaudhry")
    assert written is not None
    assert written.code == "C2"
    go_to(desk, "Amy")
    desk.press("c", "Return", "1")
    settled = mark(desk, morning, "Amy")
    assert settled is not None
    assert settled.code == "C"


def test_a_lone_j_is_refused_in_words_and_writes_nothing(desk: Desk, morning: SmallSchool) -> None:
    go_to(desk, "Hamza")
    desk.press("j", "Return")
    assert "J is not a whole code" in desk.said
    standing = mark(desk, morning, "Chaudhry")
    assert standing is not None
    assert standing.code == "N"


def test_late_asks_for_minutes_and_a_note_code_for_its_note(desk: Desk, morning: SmallSchool) -> None:
    go_to(desk, "Hamza")
    desk.press("u")
    assert place(desk).coding.detail.line.hasFocus()
    desk.type("twenty")
    desk.press("Return")
    assert "Minutes late are a number" in desk.said
    desk.press("Ctrl+A")
    desk.type("25")
    desk.press("Return", "2")
    late = mark(desk, morning, "Chaudhry")
    assert late is not None
    assert (late.code, late.minutes) == ("U", 25)
    go_to(desk, "Amy")
    desk.press("b")
    desk.type("Swimming gala, with school")
    desk.press("Return", "4")
    away = mark(desk, morning, "Amy")
    assert away is not None
    assert (away.code, away.note) == ("B", "Swimming gala, with school")


def test_escape_writes_nothing_and_ctrl_z_takes_the_last_one_back(desk: Desk, morning: SmallSchool) -> None:
    go_to(desk, "Hamza")
    desk.press("i", "Escape")
    standing = mark(desk, morning, "Chaudhry")
    assert standing is not None
    assert standing.code == "N"
    assert place(desk).calling.hasFocus()
    desk.press("i", "1")
    assert ("Hamza", "Today AM") not in listed(desk)
    desk.press("Ctrl+Z")
    assert ("Hamza", "Today AM") in listed(desk)
    desk.press("Ctrl+Z")
    assert desk.said == "There is nothing to undo here."


def test_registers_say_in_words_what_is_still_to_do_and_lead_there(desk: Desk, qtbot) -> None:
    chips = place(desk).registers.findChildren(RegisterChip)
    words = {chip.state.class_name: (chip.text(), chip.pair().glyph) for chip in chips if not chip.isHidden()}
    assert words == {"4B": ("4B", "✓"), "2A": ("2A", "✓")}
    shown = next(chip for chip in chips if not chip.isHidden() and chip.state.class_name == "4B")
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert desk.window.place == "registers"


def test_a_register_not_taken_says_how_late_it_is(school: SmallSchool, clock: StillClock, open_at) -> None:
    clock.set(2026, 11, 20, 9, 1)
    desk = open_at("today", TodayPage)
    (chip,) = [one for one in place(desk).registers.findChildren(RegisterChip) if not one.isHidden()]
    assert (chip.text(), chip.pair().glyph) == ("4B not taken · 6 min late", "▲")
    write(school.context, [Edit(school.pupils["Abara"], MORNING, "I")])
    place(desk).refresh(None)
    (chip,) = [one for one in place(desk).registers.findChildren(RegisterChip) if not one.isHidden()]
    assert chip.text() == "4B 5 blanks · 6 min late"


def test_where_another_system_is_the_register_nothing_is_said_of_taking(school: SmallSchool, open_at) -> None:
    with school.context.store.writing(school.context.deed("another register")) as writing:
        writing.book.put(replace(writing.book.school(), is_register=False))
    page = place(open_at("today", TodayPage))
    (chip,) = [one for one in page.registers.findChildren(RegisterChip) if not one.isHidden()]
    assert chip.text() == "4B not imported"
    assert page.done.text.text() == "Every absence so far has a reason. 1 register is not imported."


def test_a_school_without_pupils_says_what_comes_first(empty_school: SmallSchool, qtbot: QtBot, theme: Theme) -> None:
    desk = open_desk(qtbot, empty_school.context, theme, [TodayPage], "today")
    assert place(desk).done.title.text() == "Nobody is expected today"
    assert "School menu" in place(desk).done.text.text()
    desk.close()


def test_all_done_says_so_with_the_figure(school: SmallSchool, open_at) -> None:
    fill_present(school.context, "4B", MORNING)
    desk = open_at("today", TodayPage)
    page = place(desk)
    assert page.done.isVisible()
    assert page.done.title.text() == "All done"
    assert page.done.text.text() == "100.0% present. Every register is taken and every absence has a reason."


def test_a_day_without_school_says_why(school: SmallSchool, clock: StillClock, open_at) -> None:
    clock.set(2026, 11, 21, 10, 0)
    desk = open_at("today", TodayPage)
    assert place(desk).header.title.text() == "Saturday 21 November"
    assert place(desk).header.subtitle.text() == "No school: a Saturday"


def test_enter_on_a_family_on_hold_says_see_the_dsl_and_shows_nobody(desk: Desk, morning: SmallSchool) -> None:
    with morning.context.store.writing(morning.context.deed("hold")) as writing:
        writing.book.put(Hold(0, morning.pupils["Amy"], MORNING.day))
    place(desk).refresh(None)
    go_to(desk, "Ryan")
    desk.press("Return")
    assert place(desk).card.isHidden()
    assert desk.said == "⚠ Do not call this family: see the DSL."


def test_a_child_who_has_left_stands_on_the_list_and_is_said_to_have_left(desk: Desk, morning: SmallSchool) -> None:
    with morning.context.store.writing(morning.context.deed("left")) as writing:
        child = writing.book.get(Pupil, morning.pupils["Chaudhry"])
        assert child is not None
        writing.marks.add([NewMark(child.id, LAST_WEEK, Half.AM, "N")])
        writing.marks.add([NewMark(child.id, MORNING.day, Half.AM, "")])
        writing.book.put(replace(child, leaving_day=date(2026, 11, 13)))
    place(desk).refresh(None)
    model = place(desk).model
    (line,) = [one for row in range(model.rowCount()) if (one := model.line(row)) and one.child.gone]
    assert (line.child.pupil.surname, line.when) == ("Chaudhry", "Thu 12 Nov AM")
    assert line.below == (("left the roll on Fri 13 Nov", "second"),)
    assert "left the roll on Fri 13 Nov" in model.spoken(line)


def test_figures_of_a_line_and_of_the_day_are_explained_by_f4_and_by_a_click(
    morning: SmallSchool, open_at, qtbot: QtBot
) -> None:
    desk = open_at("today", TodayPage, PupilsPage, ExplainPage)
    pupils, why = desk.window.page("pupils"), desk.window.page("explain")
    assert isinstance(pupils, PupilsPage)
    assert isinstance(why, ExplainPage)
    line = place(desk).calling.line()
    assert line is not None
    desk.press("F4")
    assert pupils.child.isVisible()
    assert pupils.child.explaining
    assert pupils.child.page is not None
    assert pupils.child.page.pupil.id == line.child.pupil.id
    desk.window.go("today")
    qtbot.mouseClick(place(desk).header.subtitle, Qt.MouseButton.LeftButton)
    assert why.isVisible()
    desk.wait()
    assert why.found is not None
    assert (why.found.first, why.found.last) == (MORNING.day, MORNING.day)
    desk.press("Escape")
    assert place(desk).isVisible()
