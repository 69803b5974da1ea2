"""The main job by keyboard, in the real window: from an empty PC to a bundle on the disk, without a mouse."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.house import House
from desktop_app import paths
from desktop_app.domain.bundle import Readiness
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.reading_pdf import certified_sessions, read_pdf
from tests.support.schools import PASSWORD
from tests.support.windows import MODIFIERS
from tests.ui.start.test_way_in import fill_by_keyboard, tab_to
from ui.app import Desk
from ui.cases.page import CasesPage
from ui.importing.page import ImportPage
from ui.main_window import MainWindow
from ui.opening import Roof
from ui.places import PLACES
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.theme import SchemeChoice, Theme

CHILD = ("Đặng-Wiśniewska", "Łucja")
NAMES = (
    ("Abdi", "Hassan"), ("Bielak", "Ewa"), ("Çelik", "Gülşen"), CHILD, ("Hargreaves", "Amélie"),
    ("Ștefănescu", "Ionuț"), ("Young", "Ruth"),
)  # fmt: skip
FIRST, LAST = date(2026, 9, 2), date(2026, 11, 19)
HALF_TERM = (date(2026, 10, 26), date(2026, 10, 30))
AWAY: Mapping[str, str] = {
    "2026-09-14": "OO", "2026-09-21": "OO", "2026-10-06": "GG", "2026-10-07": "GG", "2026-10-13": "IM",
    "2026-11-03": "/U", "2026-11-09": "OO", "2026-11-17": "O\\",
}  # fmt: skip
"""The child's autumn, on the days on which she was not simply there."""
TODAY = Session(date(2026, 11, 20), Half.AM)


def write_lists(folder: Path) -> tuple[Path, Path]:
    """The school's lists: seven children with their mothers, and their marks up to yesterday."""
    pupils, marks = folder / "pupils.csv", folder / "marks.csv"
    with pupils.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        headings = "Admission Number,Surname,Forename,Date of Birth,Sex,Year Group,Class,Admission Date"
        contact = ("Name", "Relationship", "Parental Responsibility", "Phone")
        writer.writerow([*headings.split(","), *(f"Contact 1 {word}" for word in contact)])
        for number, (surname, forename) in enumerate(NAMES, start=1):
            child = [number, surname, forename, "14/02/2018", "F", "4", "4B", "05/09/2022"]
            writer.writerow([*child, f"Đurđa {surname}", "Mother", "Yes", f"07700 900{number:03d}"])
    with marks.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Admission Number", "Date", "Session", "Code"])
        for day in school_days():
            for number, name in enumerate(NAMES, start=1):
                codes = AWAY.get(day.isoformat(), "/\\") if name == CHILD else "/\\"
                writer.writerows([number, day, half, code] for half, code in zip(Half, codes, strict=True))
    return pupils, marks


def school_days() -> list[date]:
    """The days on which the school was open, up to yesterday."""
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return [day for day in days if day.weekday() < 5 and not HALF_TERM[0] <= day <= HALF_TERM[1]]


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""The platform without a screen opens menus and dialogs, but says each time what a real one does besides."""


@dataclass
class Hands:
    """Somebody at the keyboard, who sees the screen and touches nothing else."""

    qtbot: QtBot
    desk: Desk

    @property
    def window(self) -> MainWindow:
        """The window of the open school."""
        assert self.desk.window is not None
        return self.desk.window

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.window.status.words.text()

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is: in a menu, if one is open."""
        for key in keys:
            modifiers, name = Qt.KeyboardModifier.NoModifier, key
            for word, modifier in MODIFIERS.items():
                if name.startswith(word):
                    modifiers, name = modifiers | modifier, name.removeprefix(word)
            QTest.keyClick(self._target(), name if len(name) == 1 else Qt.Key[f"Key_{name}"], modifiers)  # type: ignore[call-overload]

    def type(self, text: str) -> None:
        """Type text where the keyboard is."""
        QTest.keyClicks(self._target(), text)

    def choose_file(self, key: str, path: Path) -> None:
        """Press the key that opens a file dialog, type the path in it, and Enter."""
        seen: list[str] = []

        def answer(tries: int) -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                line = QApplication.focusWidget()
                seen.append(line.text() if isinstance(line, QLineEdit) else f"the keyboard is in {line}")
                if seen[-1] == str(path):
                    self.press("Return")  # the first may go to the list of completions, which then closes
                elif line is not None and dialog.isAncestorOf(line):  # a slow dialog opens before it has the keyboard
                    self.press("Alt+n", "Ctrl+A")
                    self.type(str(path))
            elif seen:
                return
            if tries:
                QTimer.singleShot(20, partial(answer, tries - 1))
            elif isinstance(dialog, QFileDialog):
                dialog.reject()

        QTimer.singleShot(20, partial(answer, 200))
        self.press(key)
        assert str(path) in seen[-1:], seen
        be_there(self)  # a window manager gives the keyboard back by itself

    def wait(self, what: str, done: object) -> None:
        """Wait for something to be seen."""
        self.qtbot.waitUntil(done, timeout=20_000)  # type: ignore[arg-type]

    @staticmethod
    def _target() -> QWidget:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nobody has the keyboard"
        return target


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, paths.resources(), SchemeChoice.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def hands(
    qtbot: QtBot, house: House, rulebook: Rulebook, clock: StillClock, theme: Theme, home: Path
) -> Iterator[Hands]:
    desk = Desk(Roof(house, rulebook, clock), theme, home, PLACES)
    desk.begin(None, demo=False)
    qtbot.waitExposed(desk.start)
    desk.start.activateWindow()
    qtbot.waitUntil(desk.start.isActiveWindow)
    yield Hands(qtbot, desk)
    desk.finish()


def make_a_school(hands: Hands) -> None:
    """The form, the recovery key, and the window of the new school."""
    hands.press("Ctrl+N")
    fill_by_keyboard(hands.desk)
    start = hands.desk.start
    tab_to(start.form.la)
    hands.press("Up", "Up")
    assert start.form.la.currentText() == "Sefton Council"
    hands.press("Ctrl+Return")
    hands.wait("the recovery key", lambda: start.stack.currentWidget() is start.recovery)
    tab_to(start.recovery.kept)
    hands.press("Space")
    tab_to(start.recovery.go_on)
    hands.press("Space")
    hands.wait("the school", lambda: hands.desk.window is not None)
    be_there(hands)


def be_there(hands: Hands) -> None:
    """The window is in front and has the keyboard."""
    hands.qtbot.waitExposed(hands.window)
    hands.window.activateWindow()
    hands.wait("the window in front", hands.window.isActiveWindow)


def leave_and_sign_in(hands: Hands, home: Path) -> None:
    """Close the school; it is offered first the next time, and opens by its password."""
    hands.press("Ctrl+Q")
    hands.wait("the window gone", lambda: hands.desk.window is None)
    hands.desk.begin(None, demo=False)
    hands.desk.start.activateWindow()
    hands.wait("the way in", hands.desk.start.isActiveWindow)
    assert hands.desk.start.sign_in.card.title.text() == "marsh-lane-primary-school"
    hands.type("velvet-harbour-ninety-cranes")
    hands.press("Return")
    hands.wait("the refusal", lambda: hands.desk.start.sign_in.field.has_fault)
    hands.type(PASSWORD)
    hands.press("Return")
    hands.wait("the school", lambda: hands.desk.window is not None)
    be_there(hands)
    assert (home / "marsh-lane-primary-school.rollbook").is_file()


def bring_in(hands: Hands, steps_down: int, path: Path, said: str) -> None:
    """The School menu, which opens with its first line chosen; the file, what it would do, and Enter."""
    hands.press("Alt+S")
    hands.press(*["Down"] * steps_down, "Return")
    page = hands.window.page("import")
    assert isinstance(page, ImportPage)
    assert hands.window.place == "import"
    hands.choose_file("Ctrl+O", path)
    hands.wait("what it would do", page.apply_button.isEnabled)
    assert page.said.text() == said
    hands.press("Ctrl+Return")
    hands.wait("the import", lambda: page.told.text().startswith("✓ Imported."))


def test_the_whole_road_by_keyboard(hands: Hands, home: Path, tmp_path: Path, clock: StillClock) -> None:
    pupils, marks = write_lists(tmp_path)
    make_a_school(hands)
    bring_in(hands, 0, pupils, "7 rows of pupils: 7 new.")
    rows = 2 * 7 * len(school_days())
    bring_in(hands, 1, marks, f"{rows:,} rows of marks: {rows:,} new.")
    leave_and_sign_in(hands, home)
    child = the_child(hands)
    take_the_register(hands)
    find_her(hands, child)
    log_a_call_and_a_visit(hands, child)
    see_what_is_missing_and_open_the_case(hands, child)
    build_and_save(hands, tmp_path / "bundle.pdf")
    leave_behind_a_sound_school(hands, home)


def the_child(hands: Hands) -> int:
    """Her id."""
    with hands.window.context.store.reading() as reading:
        found = [one.id for one in reading.book.all(Pupil) if (one.legal_surname, one.legal_forename) == CHILD]
    (child,) = found
    return child


def take_the_register(hands: Hands) -> None:
    """She is away without a word; the others are here."""
    hands.press("Ctrl+2")
    assert isinstance(hands.window.page("registers"), RegisterPage)
    hands.press("Ctrl+F", "d", "a", "Return", "N", "F9")
    with hands.window.context.store.reading() as reading:
        standing = {mark.pupil: mark.code for mark in reading.marks.between(TODAY.day, TODAY.day)}
    assert sorted(standing.values()) == ["/"] * 6 + ["N"]
    assert standing[the_child(hands)] == "N"
    assert hands.said.startswith("6 marked present")


def find_her(hands: Hands, child: int) -> None:
    """Ctrl+K, a few letters without their accents, Enter."""
    hands.press("Ctrl+K")
    hands.type("lucja")
    hands.press("Return")
    page = hands.window.page("pupils")
    assert isinstance(page, PupilsPage)
    assert hands.window.place == "pupils"
    assert page.child.page is not None
    assert page.child.page.pupil.id == child
    assert page.child.header.title.text() == "Łucja Đặng-Wiśniewska"


def log_a_call_and_a_visit(hands: Hands, child: int) -> None:
    """L, then letters: nobody answered the phone; nobody was in, a card was left."""
    hands.press("L", "P", "Space", "Tab", "Tab", "Tab", "Tab", "N")
    hands.type("Rang twice.")
    hands.press("Ctrl+Return")
    assert hands.said == "Logged: Phone call about Łucja Đặng-Wiśniewska."
    hands.press("L", "V", "Tab", "Tab", "Tab", "Tab", "C")
    hands.type("Curtains drawn.")
    hands.press("Ctrl+Return")
    assert hands.said == "Logged: Home visit about Łucja Đặng-Wiśniewska."
    with hands.window.context.store.reading() as reading:
        entries = reading.entries.of(child)
    assert [(one.kind, one.outcome, one.note, one.persons) for one in entries] == [
        (EntryKind.PHONE_CALL, "No answer from Đurđa Đặng-Wiśniewska", "Rang twice.", ()),
        (EntryKind.HOME_VISIT, "Nobody in; card left", "Curtains drawn.", ()),
    ]


def see_what_is_missing_and_open_the_case(hands: Hands, child: int) -> None:
    """C and B, and each line says what the authority will ask for; O opens the case."""
    hands.press("C", "B")
    page = hands.window.page("cases")
    assert isinstance(page, CasesPage)
    assert page.case.pupil == child
    assert page.case.plan is not None
    states = {found.key: found.state for found in page.case.plan.findings}
    assert states["letters"] is Readiness.MISSING
    assert states["certificate"] is Readiness.MISSING
    assert states["threshold"] is Readiness.MET
    assert states["contact"] is Readiness.MET
    hands.press("O")
    assert page.case.header.title.text() == "Łucja Đặng-Wiśniewska · case"
    # today's N is not settled yet: the bundle goes up to yesterday
    tab_to(page.case.on)
    hands.press("Ctrl+A")
    hands.type("19/11")
    hands.press("Tab")
    assert {found.key: found.state for found in page.case.plan.findings}["certificate"] is Readiness.MET
    tab_to(page.case.readiness)


def build_and_save(hands: Hands, target: Path) -> None:
    """B, the pages, Ctrl+S; and what is on the paper is what was in the lists."""
    page = hands.window.page("cases")
    assert isinstance(page, CasesPage)
    hands.press("B")
    hands.wait("the preview", page.preview.isVisible)
    hands.press("PageDown", "PageDown")
    assert page.preview.sheet.number == 2
    hands.choose_file("Ctrl+S", target)
    read = read_pdf(target.read_bytes())
    assert "Łucja Đặng-Wiśniewska" in read.pages[0]
    expected = [
        (f"{day:%a} {day.day} {day:%b %Y}", half.value, code)
        for day in (date.fromisoformat(text) for text in AWAY)
        for half, code in zip(Half, AWAY[day.isoformat()], strict=True)
        if code in "OGU"
    ]
    assert certified_sessions(read) == expected
    assert read.bookmarks == (("Cover and index", 1), *read.index)
    assert [text.rstrip().rsplit("page ", 1)[1] for text in read.pages] == [
        f"{number} of {len(read.pages)}" for number in range(1, len(read.pages) + 1)
    ]
    hands.press("Escape", "Escape", "Escape")
    assert page.listing.isVisible()


def leave_behind_a_sound_school(hands: Hands, home: Path) -> None:
    """Closed by keyboard, it holds what was done and its record checks."""
    house = hands.desk.roof.house
    hands.press("Ctrl+Q")
    hands.wait("the window gone", lambda: hands.desk.window is None)
    store = house.open(home / "marsh-lane-primary-school.rollbook", "pat", PASSWORD, write=True)
    try:
        found = store.check()
        assert found.ok
        assert found.marks == 2 * 7 * len(school_days()) + 7
        with store.reading() as reading:
            kinds = [entry.kind for entry in reading.entries.all()]
        done = [EntryKind.PHONE_CALL, EntryKind.HOME_VISIT, EntryKind.CASE_OPENED, EntryKind.BUNDLE]
        wanted = [*done, EntryKind.IMPORT, EntryKind.IMPORT]
        assert sorted(kinds) == sorted(wanted)
    finally:
        store.close()


def test_a_second_window_reads_only_and_says_who_has_it(
    hands: Hands, home: Path, house: House, rulebook: Rulebook, theme: Theme, tmp_path: Path
) -> None:
    make_a_school(hands)
    pupils, _ = write_lists(tmp_path)
    bring_in(hands, 0, pupils, "7 rows of pupils: 7 new.")
    second = Desk(Roof(house, rulebook, StillClock(datetime(2026, 11, 20, 9, 30))), theme, home, PLACES)
    second.begin(None, demo=False)
    other = Hands(hands.qtbot, second)
    try:
        second.start.activateWindow()
        other.wait("the way in", second.start.isActiveWindow)
        other.type(PASSWORD)
        other.press("Return")
        other.wait("the school", lambda: second.window is not None)
        be_there(other)
        assert "open for writing by pat on " in other.window.banner.words.text()
        assert other.window.banner.isVisible()
        other.press("Ctrl+2", "I")
        with other.window.context.store.reading() as reading:
            assert reading.marks.between(TODAY.day, TODAY.day) == []
        other.press("Ctrl+K")
        other.type("abdi")
        other.press("Return", "L")
        assert "read only" in other.said
    finally:
        second.finish()
