"""A pupil's page: the number and what is behind it, every session by arrow keys, the chronology, Log by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from desktop_app.actions.pupils import pupil_page
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Channel, ChannelKind, Person
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.chasing import WRONG
from tests.support.referrals import Story, tell_story
from tests.support.schools import PASSWORD, SmallSchool
from tests.support.windows import Desk, open_desk
from ui.cases.page import CasesPage
from ui.parts.lines import LINE_ROLE
from ui.parts.rows import Roles
from ui.pupils.child import ChildView
from ui.pupils.chronology_model import ChronologyModel, lines_of
from ui.pupils.page import PupilsPage
from ui.pupils.year_model import SESSIONS_A_WEEK, YearModel
from ui.register.page import RegisterPage


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    opened = open_at("pupils", PupilsPage, CasesPage)
    opened.window.go("pupils", pupil=story.pupil)
    return opened


def child(desk: Desk) -> ChildView:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child


def entries(desk: Desk, pupil: int) -> list[Entry]:
    with desk.context.store.reading() as reading:
        return reading.entries.of(pupil)


def lines(desk: Desk) -> list[tuple[str, str]]:
    model = child(desk).chronology_model
    found = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    return [(line.kind, line.what) for line in found]


def words_in(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_the_models_keep_qts_rules(school: SmallSchool, story: Story) -> None:
    page = pupil_page(school.context, story.pupil)
    year, chronology = YearModel(), ChronologyModel()
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (year, chronology)
    ]
    year.show_days(page.days)
    chronology.show_lines(lines_of(page.chronology, 2026))
    assert year.rowCount() == SESSIONS_A_WEEK
    assert year.columnCount() >= 36
    year.show_days(())
    chronology.show_lines(())
    assert [tester.model().rowCount() for tester in testers] == [0, 0]


def test_the_number_its_band_and_its_counts_agree_with_the_action(desk: Desk, story: Story) -> None:
    page = pupil_page(desk.context, story.pupil)
    said = words_in(child(desk).figures)
    assert "Attendance since 3 September" in said
    for number in (page.figures.possible, page.figures.attended, page.figures.authorised, page.figures.unauthorised):
        assert str(number) in said
    assert page.band is not None
    assert child(desk).figures.accessibleName().endswith(page.band.title)


def test_f4_explains_the_number_code_by_code_and_escape_takes_it_back(desk: Desk, story: Story) -> None:
    page = pupil_page(desk.context, story.pupil)
    desk.press("F4")
    view = child(desk)
    assert view.explaining
    table = view.explanation.table
    rows = {
        table.proxy.index(row, 0).data(): (
            table.proxy.index(row, 1).data(Roles.SECOND),
            int(table.proxy.index(row, 2).data()),
        )
        for row in range(table.proxy.rowCount())
        if table.proxy.index(row, 0).data()
    }
    assert {code: count for code, (_words, count) in rows.items()} == dict(page.figures.codes)
    assert rows["O"][0] == "unauthorised absence"
    assert f"{page.figures.attended} attended of {page.figures.possible} possible" in words_in(view.explanation)
    desk.press("Escape")
    assert not view.explaining
    assert view.isVisible()


def test_every_session_is_reached_by_arrow_keys_and_read_out(desk: Desk) -> None:
    view = child(desk)
    view.year.setFocus()
    view.year.show_session(Session(date(2026, 10, 13), Half.AM))
    said = []
    for key in ("Down", "Down", "Right", "Up"):
        said.append(view.year.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
        desk.press(key)
    assert said[0].startswith("Tue 13 Oct, morning: I, ")
    assert said[1].startswith("Tue 13 Oct, afternoon: I, ")
    assert said[2].startswith("Wed 14 Oct, morning: I, ")
    assert said[3].startswith("Wed 21 Oct, morning: /")
    assert view.year.picked() == Session(date(2026, 10, 20), Half.PM)
    assert view._picked.text().startswith("Tue 20 Oct, afternoon: \\")


def test_every_school_session_of_the_year_is_in_the_grid_with_its_words(desk: Desk, story: Story) -> None:
    page = pupil_page(desk.context, story.pupil)
    model = child(desk).year_model
    for day in page.days:
        for half, cell in ((Half.AM, day.am), (Half.PM, day.pm)):
            place = model.place_of(Session(day.day, half))
            if cell.state != "closed":
                assert place.data(Qt.ItemDataRole.AccessibleTextRole) == cell.words
                assert place.data() == cell.code


def test_the_chronology_is_newest_first_with_additions_under_and_withdrawals_struck(desk: Desk) -> None:
    model = child(desk).chronology_model
    shown = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    heads = [line for line in shown if not line.under]
    assert [line.entry.happened_at for line in heads] == sorted(
        (line.entry.happened_at for line in heads), reverse=True
    )
    after_call = shown[[line.what for line in shown].index("Says he overslept") + 1]
    assert (after_call.under, after_call.what) == (True, "Rang again at half past three: no answer.")
    (struck,) = [line for line in shown if line.struck]
    assert "entered for the wrong child" in struck.beneath
    assert "SEALED" not in "".join(line.spoken for line in shown)
    assert "Grimsby" not in "".join(line.spoken for line in shown)
    assert "a person not named here" in "".join(line.beneath for line in shown)


def test_contacts_show_numbers_language_and_when_checked_but_nobody_barred(desk: Desk) -> None:
    said = words_in(child(desk).contacts)
    assert "Mr Seán Doyle · father" in said
    assert "07700 900777 mobile" in said
    assert "speaks Polish · needs an interpreter · last checked 4 February 2026" in said
    assert "Grimsby" not in said
    assert "Siblings here" in said


def test_a_number_that_was_wrong_for_somebody_else_is_warned_of_without_a_name(desk: Desk, story: Story) -> None:
    with desk.context.store.writing(desk.context.deed("set up")) as writing:
        other = writing.book.put(Person(0, "Ms B Unrelated", "Ms"))
        channel = Channel(0, other, ChannelKind.PHONE, "07700900777")
        known = writing.book.put(channel)
        writing.book.put(replace(channel, id=known, label=WRONG))
    desk.window.page("pupils").refresh(Changes(book=True))
    desk.window.go("pupils", pupil=story.pupil)
    said = words_in(child(desk).contacts)
    assert "⚠ found to be wrong on Fri 20 Nov, when it was dialled for somebody else" in said
    assert "Unrelated" not in said


def test_a_home_visit_is_logged_by_keyboard_with_nobody_at_home(desk: Desk, story: Story) -> None:
    before = len(entries(desk, story.pupil))
    desk.press("l", "v")  # Log, then the kind: home visit
    desk.press("Tab", "Tab", "Space")  # past both parents to "Nobody at home"
    desk.press("Tab")
    desk.type("18 11")
    desk.press("Tab")
    desk.type("10:42")
    desk.press("Tab", "c")  # outcome: card left
    desk.type("Curtains drawn.")
    desk.press("Ctrl+Return")
    assert desk.said == "Logged: Home visit about Ryan Doyle."
    recorded = max(entries(desk, story.pupil), key=lambda entry: entry.id)
    assert len(entries(desk, story.pupil)) == before + 1
    assert (recorded.kind, recorded.happened_at) == (EntryKind.HOME_VISIT, datetime(2026, 11, 18, 10, 42))
    assert (recorded.persons, recorded.outcome, recorded.note) == ((), "Nobody in; card left", "Curtains drawn.")
    position = lines(desk).index(("Home visit", "Nobody in; card left"), 1)
    assert lines(desk)[position - 1][1] == "Nobody in; card left"  # the one of 19 November stays above it
    assert child(desk).log_panel.isHidden()
    assert child(desk).chronology.hasFocus()


def test_a_call_names_the_parent_and_a_missing_outcome_is_asked_for(desk: Desk, story: Story) -> None:
    before = len(entries(desk, story.pupil))
    desk.press("l", "p", "Space")  # a phone call with the first contact
    desk.press("Ctrl+Return")
    assert "Say what came of it" in child(desk).log_panel.fault.text()
    assert len(entries(desk, story.pupil)) == before
    desk.press("Tab", "Tab", "Tab", "Tab", "Tab", "s", "Ctrl+Return")
    recorded = max(entries(desk, story.pupil), key=lambda entry: entry.id)
    assert (recorded.persons, recorded.outcome) == ((story.mother,), "Spoke")


@pytest.mark.parametrize(("day", "at", "why"), [("25/11", "9:00", "not happened yet"), ("soon", "9:00", "is not a day"),
                                                ("20/11", "noonish", "is not a time")])  # fmt: skip
def test_a_time_that_cannot_be_is_refused_in_the_form(desk: Desk, story: Story, day: str, at: str, why: str) -> None:
    before = len(entries(desk, story.pupil))
    desk.press("l", "p", "Space", "Tab", "Tab", "Tab")
    desk.type(day)
    desk.press("Tab")
    desk.type(at)
    desk.press("Tab", "s", "Ctrl+Return")
    assert why in child(desk).log_panel.fault.text()
    assert len(entries(desk, story.pupil)) == before


def test_escape_keeps_the_half_typed_draft_for_this_child_alone(desk: Desk, story: Story, school: SmallSchool) -> None:
    desk.press("l", "p", "Space", "Tab", "Tab", "Tab", "Tab", "Tab", "m")
    desk.type("she will ring back")
    desk.press("Escape")
    panel = child(desk).log_panel
    assert panel.isHidden()
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("l")
    assert panel.draft().note == ""
    desk.press("Escape")
    desk.window.go("pupils", pupil=story.pupil)
    desk.press("l")
    assert (panel.draft().note, panel.draft().nobody) == ("she will ring back", True)
    assert panel.draft().outcome == "Left a message for Ms Karen Doyle"
    assert "she will ring back" not in str(lines(desk))


def test_an_entry_is_added_to_by_a(desk: Desk, story: Story) -> None:
    first = child(desk).chronology.entry()
    assert first is not None
    desk.press("a")
    desk.type("Neighbour says they are away.")
    desk.press("Ctrl+Return")
    assert lines(desk)[1] == ("Note added", "Neighbour says they are away.")
    (added,) = [entry for entry in entries(desk, story.pupil) if entry.adds_to == first.id]
    assert added.author.name == "Dr A Rahman"


def test_an_entry_is_withdrawn_only_with_a_reason_and_stays_readable(desk: Desk, story: Story) -> None:
    first = child(desk).chronology.entry()
    assert first is not None
    desk.press("w", "Ctrl+Return")
    assert "Say why" in child(desk).amend_panel.fault.text()
    desk.type("Logged for the wrong child")
    desk.press("Ctrl+Return")
    line = child(desk).chronology_model.index(0, 0).data(LINE_ROLE)
    assert (line.struck, line.what) == (True, first.outcome)
    assert "Logged for the wrong child" in line.beneath
    desk.press("w")
    desk.type("again")
    desk.press("Ctrl+Return")
    assert "withdrawn already" in child(desk).amend_panel.fault.text()


def test_escape_closes_the_open_form_first_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.press("w")
    desk.type("Half a rea")
    child(desk).year.setFocus()
    desk.press("Escape")
    assert child(desk).amend_panel.isHidden()
    assert desk.said == "What you typed is kept for this entry."
    child(desk).chronology.setFocus()
    desk.press("w")
    desk.type("son")
    desk.press("Ctrl+Return")
    assert "Half a reason" in child(desk).chronology_model.index(0, 0).data(LINE_ROLE).beneath
    assert desk.said.startswith("Withdrawn: ")


def test_what_was_wrong_with_a_form_is_not_said_after_it(desk: Desk) -> None:
    desk.press("l", "Ctrl+Return")
    assert desk.said
    desk.press("Escape")
    assert desk.said == ""


def test_letters_typed_in_a_form_are_not_the_pages_own(desk: Desk) -> None:
    desk.press("l", "p", "Space", "Tab", "Tab", "Tab", "Tab", "Tab", "s")
    desk.type("lcaw L")
    assert child(desk).log_panel.draft().note == "lcaw L"
    assert desk.window.place == "pupils"


def test_a_child_without_a_session_has_no_figure(desk: Desk, school: SmallSchool) -> None:
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    said = words_in(child(desk).figures)
    assert "no sessions" in said
    assert "%" not in said
    desk.press("F4")
    assert "there is no figure" in words_in(child(desk).explanation)


def test_enter_on_a_session_opens_its_register(story: Story, open_at) -> None:
    desk = open_at("pupils", PupilsPage, RegisterPage)
    desk.window.go("pupils", pupil=story.pupil)
    child(desk).year.setFocus()
    child(desk).year.show_session(Session(date(2026, 10, 13), Half.PM))
    desk.press("Return")
    register = desk.window.page("registers")
    assert isinstance(register, RegisterPage)
    assert desk.window.place == "registers"
    columns = register.desk.model.columns
    assert columns[register.grid.cursor_column].session == Session(date(2026, 10, 13), Half.PM)
    assert register.desk.model.row_at(register.grid.cursor_row).pupil.id == story.pupil


def test_a_screen_reader_finds_every_session_as_a_cell(desk: Desk) -> None:
    view = child(desk).year
    table = QAccessible.queryAccessibleInterface(view)
    assert table.role() == QAccessible.Role.Table
    assert table.childCount() >= 36 * SESSIONS_A_WEEK
    names = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert any(name.startswith("Tue 13 Oct, morning: I, ") for name in names)


def test_a_draft_follows_the_child_to_another_place(desk: Desk, story: Story) -> None:
    desk.press("l", "p", "Space", "Tab", "Tab", "Tab", "Tab", "Tab", "m")
    desk.type("says he is at the dentist")
    desk.press("Escape", "c", "l")
    desk.wait()
    cases = desk.window.page("cases")
    assert isinstance(cases, CasesPage)
    assert cases.course.log_panel.draft().note == "says he is at the dentist"


def test_in_a_narrow_window_the_form_takes_the_room_and_gives_it_back(desk: Desk, qtbot) -> None:
    desk.window.resize(683, 480)
    desk.press("l")
    view = child(desk)
    assert view.log_panel.isVisible()
    assert not view.chronology.isVisible()
    desk.press("Escape")
    assert view.chronology.isVisible()
    qtbot.waitUntil(view.chronology.hasFocus)


def test_a_school_open_to_read_only_logs_nothing(
    story: Story, school: SmallSchool, house, clock, theme, qtbot, rulebook
) -> None:
    reading = house.open(school.path, None, PASSWORD, write=False)
    context = replace(school.context, store=reading)
    desk = open_desk(qtbot, context, theme, [PupilsPage], "pupils")
    desk.window.go("pupils", pupil=story.pupil)
    desk.press("l")
    assert child(desk).log_panel.isHidden()
    assert "nothing can be logged" in desk.said
    desk.press("w")
    assert child(desk).amend_panel.isHidden()
    desk.close()
    reading.close()
