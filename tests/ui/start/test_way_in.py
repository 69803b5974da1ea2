"""From an empty PC to an open school, by keyboard: making one, signing in, the demo, and every refusal on the way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.house import House
from desktop_app.actions.demo import make_demo
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.support.schools import PASSWORD, SmallSchool
from tests.ui.start.conftest import press, type_in
from ui.app import Desk
from ui.morning import Morning
from ui.start.words import DAILY_SHARING
from ui.tokens import TextRole

CALENDAR = "kind,name,start,end\nterm,autumn term,2026-09-02,2026-12-18\nterm,summer term,2027-04-12,2027-07-21\n"


def tab_to(widget: QWidget) -> None:
    """Go on with Tab until that widget has the keyboard."""
    for _ in range(80):
        if QApplication.focusWidget() is widget:
            return
        press("Tab")
    raise AssertionError(f"{widget.accessibleName()} cannot be reached by Tab")


def fill_by_keyboard(desk: Desk, calendar: Path | None = None) -> None:
    form = desk.start.form
    type_in("Marsh Lane Primary School")
    tab_to(form.la)
    press("End")
    tab_to(form.dfe_number)
    type_in("340/2001")
    tab_to(form.headteacher)
    type_in("Dr A Rahman")
    if calendar is not None:
        form.terms.read_file(calendar)
    else:
        for row, (first, last) in enumerate([("2/9", "18/12"), ("26/10", "30/10"), ("4/1", "25/3")]):
            start, end = form.terms.date_inputs(row)
            tab_to(start)
            type_in(first)
            tab_to(end)
            type_in(last)
    for edit, text in (
        (form.staff_name, "Pat Oduya"),
        (form.position, "Office manager"),
        (form.user, "pat"),
        (form.password, PASSWORD),
        (form.again, PASSWORD),
    ):
        tab_to(edit)
        type_in(text)


def test_tab_goes_down_the_term_dates_as_they_stand(desk: Desk, tmp_path: Path) -> None:
    press("Ctrl+N")
    form = desk.start.form
    calendar = tmp_path / "terms.csv"
    calendar.write_text("Kind,Name,Start,End\nterm,Autumn,02/09/2026,18/12/2026\nterm,Summer,12/04/2027,21/07/2027\n")
    form.terms.read_file(calendar)
    QApplication.sendPostedEvents()  # a layout shows what was added to it when it is next asked
    tab_to(form.pm_closes)
    met = []
    while (focus := QApplication.focusWidget()) is not form.staff_name:
        assert focus is not None
        met.append(focus.accessibleName())
        press("Tab")
    rows = [f"{what}, {name}" for name in ("Autumn", "Summer") for what in ("Kind", "Name", "First day", "Last day")]
    assert [name for name in met if name in rows] == rows
    assert len(met) == 15  # also: the closing time, a button a row, the two below, two bank holidays


def test_the_authority_is_chosen_and_not_assumed(desk: Desk) -> None:
    press("Ctrl+N")
    press("Ctrl+Return")
    assert "Choose the council" in desk.start.form.fields["la"].fault.text()


def test_a_school_is_made_by_keyboard_alone(desk: Desk, home: Path, qtbot: QtBot) -> None:
    press("Ctrl+N")
    fill_by_keyboard(desk)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: desk.start.stack.currentWidget() is desk.start.recovery)
    recovery = desk.start.recovery
    key = recovery.key.text()
    assert len(key) > 20
    assert key in recovery.sheet().toPlainText()
    assert not recovery.go_on.isEnabled()
    press("Space")
    assert QApplication.clipboard().text() == key
    tab_to(recovery.kept)
    press("Space")
    tab_to(recovery.go_on)
    press("Space")
    qtbot.waitUntil(lambda: desk.window is not None)
    assert recovery.key.text() == ""
    window = desk.window
    assert window is not None
    assert window.windowTitle() == "Marsh Lane Primary School – Rollbook"
    assert window.context.user.name == "Pat Oduya"
    with window.context.store.reading() as reading:
        school = reading.book.school()
        periods = reading.book.all(Period)
        staff = reading.book.all(Staff)
    assert school.dfe_number == "340/2001"
    assert school.headteacher == "Dr A Rahman"
    assert [(one.kind, one.start, one.end) for one in periods] == [
        (PeriodKind.TERM, date(2026, 9, 2), date(2026, 12, 18)),
        (PeriodKind.HOLIDAY, date(2026, 10, 26), date(2026, 10, 30)),
        (PeriodKind.TERM, date(2027, 1, 4), date(2027, 3, 25)),
    ]
    assert [(one.name, one.user, one.role) for one in staff] == [("Pat Oduya", "pat", Role.OFFICE)]
    assert (home / "marsh-lane-primary-school.rollbook").is_file()


def test_term_dates_come_from_a_file_and_ticked_bank_holidays_close_the_school(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    calendar = tmp_path / "terms.csv"
    calendar.write_text(CALENDAR, encoding="utf-8")
    press("Ctrl+N")
    fill_by_keyboard(desk, calendar)
    terms = desk.start.form.terms
    assert "2 periods read from terms.csv" in terms.said.text()
    assert terms.closed_on() == ()
    (tick,) = [tick for day, tick in terms._ticks.items() if day == date(2027, 5, 3)]
    tab_to(tick)
    press("Space", "Ctrl+Return")
    qtbot.waitUntil(lambda: desk.start.stack.currentWidget() is desk.start.recovery)
    desk.start.recovery.finished.emit()
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    with desk.window.context.store.reading() as reading:
        periods = reading.book.all(Period)
    assert [one.name for one in periods] == ["autumn term", "summer term", "Early May bank holiday"]


def test_a_bad_file_of_term_dates_names_row_and_column_and_leaves_the_table(desk: Desk, tmp_path: Path) -> None:
    calendar = tmp_path / "terms.csv"
    calendar.write_text(CALENDAR.replace("2027-07-21", "2027-07-41"), encoding="utf-8")
    press("Ctrl+N")
    terms = desk.start.form.terms
    before = terms.typed()
    terms.read_file(calendar)
    assert "row 3" in terms.said.text()
    assert "end" in terms.said.text()
    assert terms.typed() == before


def test_an_empty_form_makes_nothing_and_says_why_in_words(desk: Desk, home: Path) -> None:
    press("Ctrl+N", "Ctrl+Return")
    form = desk.start.form
    assert form.fields["name"].fault.text() == "⚠ The school needs a name."
    assert QApplication.focusWidget() is form.name
    assert "things are missing" in form.said.text()
    assert list(home.glob("*.rollbook")) == []


def test_a_state_funded_school_is_told_what_an_offline_program_cannot_do(desk: Desk) -> None:
    press("Ctrl+N")
    form = desk.start.form
    assert form.notice.isVisible()
    assert form.notice.text() == DAILY_SHARING
    tab_to(form.kind)
    press("Down", "Down")
    assert form.kind.currentText() == "Independent school"
    assert not form.notice.isVisible()


def test_a_wrong_password_does_not_say_what_was_wrong(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    school.context.store.close()
    before = school.path.read_bytes()
    desk.ask(school.path)
    sign_in = desk.start.sign_in
    assert QApplication.focusWidget() is sign_in.password
    assert not sign_in.user.isVisible()
    type_in("velvet-harbour-ninety-cranes")
    press("Return")
    qtbot.waitUntil(lambda: sign_in.field.has_fault)
    assert sign_in.field.fault.text() == "⚠ The user name or the password is not right."
    assert desk.window is None
    assert school.path.read_bytes() == before
    type_in(PASSWORD)
    press("Return")
    qtbot.waitUntil(lambda: desk.window is not None)
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.findChild(Morning) is not None)
    assert desk.memory.recent() == (school.path.resolve(),)


def test_the_recovery_key_opens_where_the_password_is_asked_for(
    desk: Desk, school: SmallSchool, house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    with school.context.store.reading() as reading:
        book = reading.book
        particulars, (head,) = book.school(), book.all(Staff)
    path = tmp_path / "elsewhere.rollbook"
    store, key = house.create(path, particulars, replace(head, id=0), PASSWORD, school.context.clock())
    store.close()
    desk.ask(path)
    assert "recovery key" in desk.start.sign_in.field.help.text()
    assert desk.start.sign_in.field.help.isVisible()
    type_in(key.lower())
    press("Return")
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    assert desk.window.context.user.name == head.name


def test_escape_goes_back_to_the_first_page(desk: Desk, school: SmallSchool) -> None:
    desk.ask(school.path)
    press("Escape")
    assert desk.start.stack.currentWidget() is desk.start.welcome


def test_what_is_no_school_is_refused_in_words_and_left_alone(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.rollbook"
    other.write_bytes(b"SQLite format 3\x00" + b"\0" * 200)
    before = other.read_bytes()
    desk.ask(other)
    assert "other.rollbook" in desk.start.welcome.fault.text()
    assert desk.start.welcome.fault.isVisible()
    assert other.read_bytes() == before
    desk.ask(tmp_path / "gone.rollbook")
    assert "There is no file gone.rollbook" in desk.start.welcome.fault.text()


def test_a_school_that_is_open_elsewhere_is_opened_to_read_only(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    desk.ask(school.path)
    type_in(PASSWORD)
    press("Return")
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    assert desk.window.context.store.read_only
    assert "open for writing by head" in desk.window.banner.words.text()


def test_the_demo_is_made_with_progress_and_opens_without_asking(
    desk: Desk, home: Path, house: House, rulebook: Rulebook, clock: StillClock, qtbot: QtBot
) -> None:
    folder = home / "demo"
    folder.mkdir()
    small = make_demo(
        house, folder / "demo-1.rollbook", rulebook, pupils=14, years=1, today=date(2026, 11, 20), clock=clock
    )
    try:
        while True:
            next(small)
    except StopIteration as end:
        end.value.store.close()
    press("Ctrl+D")
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    with desk.window.context.store.reading() as reading:
        assert reading.book.school().demo
    assert not desk.start.isVisible()


def test_making_the_demo_can_be_stopped_and_leaves_no_file(desk: Desk, home: Path, qtbot: QtBot) -> None:
    press("Ctrl+D")
    strip = desk.start.strip
    qtbot.waitUntil(lambda: "of" in strip.count.text(), timeout=20_000)
    assert not desk.start.stack.isEnabled()
    strip.cancel.click()
    qtbot.waitUntil(desk.start.stack.isEnabled, timeout=20_000)
    assert not strip.isVisible()
    assert list((home / "demo").glob("*.rollbook")) == []
    assert desk.window is None


def test_schools_opened_last_are_listed_and_enter_opens(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    desk.memory.remember_school(school.path)
    desk.start.welcome.show_recent(desk.memory.recent())
    desk.start.show_welcome()
    press("Return")
    assert desk.start.stack.currentWidget() is desk.start.sign_in
    assert desk.start.sign_in.card.title.text() == school.path.stem
    assert desk.start.sign_in.card.title.font() == desk.theme.font(TextRole.CARD_TITLE)


def test_another_school_is_opened_from_the_menu(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    school.context.store.close()
    desk.ask(school.path)
    type_in(PASSWORD)
    press("Return")
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    action = next(one for one in desk.window.menu.actions() if one.text().startswith("Open another"))
    action.trigger()
    qtbot.waitUntil(lambda: desk.window is None)
    assert desk.start.isVisible()
