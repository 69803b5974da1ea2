"""The scenes of the gallery, played by keys in one process at one scale. Run by `tests.screens`, not by hand."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook
from desktop_app.actions.cases import cases
from desktop_app.actions.pupils import pupil_page
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.staff import add_staff
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Answer
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role, Staff
from tests.screens.batch import batch
from tests.screens.bundles import bundles
from tests.screens.cases import at_a_glance
from tests.screens.casework import casework
from tests.screens.chronology import chronology
from tests.screens.day import CHEAP, clock
from tests.screens.evidence import returns
from tests.screens.given import plan_for, send_elsewhere
from tests.screens.hands import pause, press, until
from tests.screens.hatch import hatch
from tests.screens.importing import bringing_in
from tests.screens.letters import letters
from tests.screens.monitoring import monitoring
from tests.screens.readiness import readiness, relying, signing
from ui.admission.page import AdmitPage
from ui.app import Desk
from ui.changes.page import ChangesPage
from ui.gate import Gate
from ui.keying.page import KeyingPage
from ui.main_window import MainWindow
from ui.opening import Roof
from ui.places import PLACES
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.settings.page import SettingsPage
from ui.theme import SchemeChoice, Theme

SPARE = "copper-lantern-seven-geese"
HART = Staff(0, "Mrs J Hart", "School business manager", Role.OFFICE, "hart", rights=(Right.STAFF.value,))
VALE = Staff(0, "Ms T Vale", "Class teacher", Role.TEACHER, "vale", classes=("4B",))
CLOCK_WORDS = (
    "⚠ This computer’s clock says Thu 19 Nov 2026, 08:50, but the last entry here was recorded on Fri 20 Nov 2026, "
    "08:50. Is the clock right? Nothing is written for today until it is."
)


class Gallery:
    """Goes from scene to scene and takes a picture of each."""

    def __init__(self, desk: Desk, school: Path, out: Path, size: tuple[int, int], only: list[str]) -> None:
        self.desk = desk
        self.school = school
        self.out = out
        self.size = size
        self.only = only
        out.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, window: QWidget) -> None:
        """Take a picture, if it was asked for."""
        pause(0.15)
        if not self.only or name in self.only:
            window.grab().save(str(self.out / f"{name}.png"))

    def way_in(self) -> None:
        """Before a school is open."""
        start = self.desk.start
        start.resize(*self.size)
        self.desk.begin(None, demo=False)
        self.take("start", start)
        start.show_form()
        self.take("new-school", start)
        press("Ctrl+Return")
        start.form.fields["calendar"].editor.setFocus()
        bar = start.form._scroll.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        self.take("new-school-terms", start)
        start.sign_in.show_school(Path("Schools/marsh-lane-primary.rollbook"), ["head", "pat"])
        start.show_sign_in()
        start.sign_in.refuse("The user name or the password is not right.")
        self.take("sign-in", start)
        start.recovery.show_key("Marsh Lane Primary School", "K7QF-2M9D-XW4H-8RTV-5NPC-6YJB-3ZGA-QLSE")
        start.show_recovery()
        self.take("recovery-key", start)

    def places(self) -> None:
        """The four places of an open school, and what opens inside them."""
        self.desk.ask(self.school)
        until(lambda: self.desk.window is not None)
        window = self.desk.window
        assert window is not None
        window.showNormal()
        window.resize(*self.size)
        window.activateWindow()
        self.take("today", window)
        press("Return")
        self.take("today-call", window)
        press("s")
        QTest.keyClicks(QApplication.focusWidget(), "both ill, sick in the night")
        self.take("today-spoke", window)
        press("Escape")
        self.take("today-left", window)
        window.go("registers", class_name="4B")
        self.take("register", window)
        press("l", "5", "Return", "o", "q")
        self.take("register-typing", window)
        window.go("pupils")
        self.take("pupils", window)
        pupil = cases(window.context)[0].pupil.id
        window.go("pupils", pupil=pupil)
        self.take("pupil", window)
        press("l")
        self.take("pupil-log", window)
        press("Escape")
        window.go("cases")
        self.take("cases", window)
        window.go("cases", pupil=pupil, referral=True)
        self.take("case", window)
        press("Ctrl+K", "b", "r")
        self.take("find", window)
        press("Escape")

    def registers(self) -> None:
        """What the register asks and shows: a plan, an arrival, the day, a code, a clash, the history of a cell."""
        window = self.desk.window
        assert window is not None
        context = window.context
        window.go("registers", class_name="RH")
        page = window.page("registers")
        assert isinstance(page, RegisterPage)
        rows = [row.pupil.id for row in page.desk.model.rows]
        day = context.today()
        with context.store.writing(context.deed("set up")) as writing:
            for pupil, code, note in zip(rows[2:4], "MV", ("dentist", "museum, Liverpool"), strict=True):
                writing.book.put(Plan(0, pupil, code, day, Half.AM, day, Half.PM, note))
        window.announce(Changes(book=True))
        page.grid.put_cursor(0, 8)
        press("i", "l")
        self.take("register-arrival", window)
        press("Return", "Up")
        page.grid.put_cursor(3, 8)
        self.take("register-planned", window)
        press("F4")
        self.take("register-day", window)
        press("F4", "?")
        self.take("register-which", window)
        press("6")
        self.take("register-which-code", window)
        press("Escape")
        page.grid.put_cursor(5, 8)
        write(context, [Edit(rows[5], Session(day, Half.AM), "M")])
        press("i")
        self.take("register-clash", window)
        press("2", "Up", "Ctrl+Shift+H")
        self.take("register-history", window)
        press("Escape")

    def glances(self) -> None:
        """Closing the week, and the roll-call."""
        window = self.desk.window
        assert window is not None
        window.go("week", day=window.context.today() - timedelta(days=7))
        until(lambda: window.runner.still)
        self.take("week", window)
        self.reason_from_log(window)
        window.go("changes", day=window.context.today() - timedelta(days=7))
        changes = window.page("changes")
        assert isinstance(changes, ChangesPage)
        changes.first.set_date(window.context.today() - timedelta(days=90))
        changes.last.set_date(window.context.today())
        changes.refresh(None)
        until(lambda: window.runner.still)
        changes.first_focus().setFocus()
        self.take("changes", window)
        press("Ctrl+p")
        until(lambda: changes.first_focus() is changes.preview.sheet)
        self.take("changes-report", window)
        press("Escape")
        changes.whose.setCurrentIndex(4)
        press("Ctrl+r")
        until(lambda: changes.first_focus() is changes.preview.sheet)
        self.take("changes-register", window)
        window.go("plan")
        self.take("plan", window)
        send_elsewhere(window.context)
        window.go("confirming")
        press("Down", "Down", "r", "Down")
        self.take("confirming", window)
        window.glance("roll-call")
        self.take("roll-call", window)
        window.back()

    def reason_from_log(self, window: QWidget) -> None:
        """An amendment whose reason is offered from the log."""
        assert isinstance(window, MainWindow)
        with window.context.store.reading() as reading:
            calls = reading.entries.all(kinds=[EntryKind.PHONE_CALL])
        last = next(one for one in reversed(calls) if one.happened_at.date() < window.context.today())
        place = pupil_page(window.context, last.pupils[0]).class_name
        day = last.happened_at.date()
        window.go("registers", class_name=place, day=day, half=Half.AM, pupil=last.pupils[0])
        press("m")
        self.take("register-reason", window)
        press("Escape")

    def paper(self) -> None:
        """What is printed, a blank register as it will be on paper, and the continuity pack arranged."""
        window = self.desk.window
        assert window is not None
        window.go("paper", class_name="4B")
        self.take("paper", window)
        press("Ctrl+P")
        until(lambda: window.runner.still)
        self.take("paper-register", window)
        press("Escape")
        window.go("keying", class_name="4B")
        page = window.page("keying")
        assert isinstance(page, KeyingPage)
        page.taken_by.setText("Ms T Vale")
        page.taken_at.setText("8:51")
        page.sheet.go_to(next(iter(page.sheet.boxes)))
        press("/", "Return", "l", "5", "Return", "q", "q", "Return", "Ctrl+Return")
        self.take("keying", window)

    def the_school(self) -> None:
        """The school’s settings: as they hold, and a time refused."""
        window = self.desk.window
        assert window is not None
        window.go("settings")
        self.take("settings", window)
        page = window.page("settings")
        assert isinstance(page, SettingsPage)
        page.times["am_closes"].setText("09:30")
        press("Ctrl+Return")
        self.take("settings-refused", window)
        press("Escape")
        window.clock_banner.words.setText(CLOCK_WORDS)
        window.clock_banner.show()
        self.take("clock-doubted", window)
        window.clock_banner.hide()
        window.go("year")
        self.take("year", window)
        window.go("year", closed_today=True)
        QTest.keyClicks(QApplication.focusWidget(), "Snow")
        press("Ctrl+Return")
        self.take("year-closed", window)
        press("Escape")

    def admission(self) -> None:
        """Admitting a child, the forms of the register beside a child's page, and the new year."""
        window = self.desk.window
        assert window is not None
        window.go("admit")
        page = window.page("admit")
        assert isinstance(page, AdmitPage)
        for key, words in {"legal_forename": "Emre", "legal_surname": "Yıldız", "upn": "A820200090001"}.items():
            page.form.lines[key].setText(words)
        page.form.days["date_of_birth"].setText("14/02/2018")
        page.form.days["starting_day"].setText("30/11/2026")
        page.class_name.setText("4B")
        page.year.setText("4")
        page.contacts[0].name.setText("Ms D Yıldız")
        page.contacts[0].relationship.setText("mother")
        page.contacts[0].home.choose(Answer.YES)
        press("Ctrl+Return")
        self.take("admit", window)
        pupil = cases(window.context)[0].pupil.id
        beside = (
            ("p", "particulars"),
            ("k", "contacts"),
            ("m", "class-move"),
            ("r", "off-the-roll"),
            ("t", "timetable"),
            ("d", "days-planned"),
            ("s", "safeguarding"),
        )
        plan_for(window.context, pupil)
        for letter, name in beside:
            window.go("pupils", pupil=pupil)
            press(letter)
            self.take(name, window)
            press("Escape")
        window.go("pupils", pupil=pupil)
        press("r")
        child = window.page("pupils")
        assert isinstance(child, PupilsPage)
        ground = child.child.beside.leaving.ground
        ground.setCurrentIndex(ground.findText("Absent twenty school days"))
        self.take("off-the-roll-twenty", window)
        ground.setCurrentIndex(ground.findText("Educated otherwise than at school"))
        self.take("off-the-roll-home", window)
        press("Escape")
        window.go("new-year")
        self.take("new-year", window)

    def people(self) -> None:
        """Who may sign in, one's own account, and the locked screen."""
        window = self.desk.window
        assert window is not None
        add_staff(window.context, HART, SPARE)
        window.announce(Changes(book=True))
        window.go("registers")
        press("Ctrl+L")
        self.take("locked", window)
        press("F12")
        self.take("locked-roll-call", window)
        press("Escape")
        self.sign_in("hart")
        add_staff(window.context, VALE, SPARE)
        window.announce(Changes(book=True))
        window.go("staff")
        press("Return")
        self.take("staff", window)
        press("Escape", "Escape")
        window.go("account")
        self.take("account", window)
        window.go("registers")
        press("Ctrl+L")
        self.sign_in("vale")
        self.take("somebody-else", window)

    def sign_in(self, user: str) -> None:
        """Take over at the locked screen."""
        window = self.desk.window
        assert window is not None
        gate = window.findChild(Gate)
        assert isinstance(gate, Gate)
        QTest.keyClicks(gate.page.user, user)
        QTest.keyClicks(gate.page.password, SPARE)
        press("Return")
        until(lambda: not window.covered)


SCENES = (
    bringing_in,
    monitoring,
    at_a_glance,
    readiness,
    relying,
    signing,
    casework,
    bundles,
    batch,
    letters,
    chronology,
    returns,
)
"""What is played after the places themselves, in this order: a later scene may stand on what an earlier one wrote."""


def main(scheme: str, width: str, height: str, school: str, out: str, *only: str) -> None:
    """Take every picture in one scheme and size."""
    app = QApplication([])
    home = Path(school).parent / "home"
    theme = Theme(app, paths.resources(), SchemeChoice(scheme))
    roof = Roof(House(kdf=KdfCost(*CHEAP)), rulebook.load(paths.resources()), clock)
    desk = Desk(roof, theme, home, PLACES)
    gallery = Gallery(desk, Path(school), Path(out), (int(width), int(height)), list(only))
    gallery.way_in()
    gallery.places()
    gallery.registers()
    hatch(gallery)
    gallery.glances()
    gallery.paper()
    gallery.the_school()
    gallery.admission()
    for scene in SCENES:
        scene(gallery)
    gallery.people()
    desk.finish()


if __name__ == "__main__":
    main(*sys.argv[1:])
