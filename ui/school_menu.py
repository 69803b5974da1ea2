"""The School menu: bring lists in, back up, open or make another school, the look of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_app.actions.backups import back_up, backup_folder, choose_backup_folder
from desktop_app.domain.errors import Refused
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.rights import Right
from desktop_app.rules.display import clock_time
from ui.importing.work import WORDS
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.runner import words_of
from ui.theme import SchemeChoice

SCHEMES = {
    SchemeChoice.SYSTEM: "As Windows has it",
    SchemeChoice.LIGHT: "Light",
    SchemeChoice.DARK: "Dark",
    SchemeChoice.CONTRAST: "High contrast",
}


class SchoolMenu(QObject):
    """Fills the window's menu. What leaves the school is only asked for: the desk does it."""

    another = Signal()
    making = Signal()

    def __init__(self, window: MainWindow, memory: Memory) -> None:
        super().__init__(window)
        self._window = window
        self._memory = memory
        menu = window.menu
        for kind in ImportKind:
            action = self._add(f"{WORDS[kind].title} …")
            action.triggered.connect(lambda _=False, kind=kind: window.go("import", kind=kind.value))
            action.setEnabled(not window.context.store.read_only)
        menu.addSeparator()
        hatch = self._add("Hatch: late arrivals, signing out", "F8")
        hatch.triggered.connect(lambda: window.go("hatch"))
        self._add("Roll-call", "F12").triggered.connect(lambda: window.glance("roll-call"))
        planning = self._add("Plan an absence …", "F7")
        planning.triggered.connect(lambda: window.go("plan"))
        planning.setEnabled(window.context.may(Right.PLAN) and not window.context.store.read_only)
        arrived = self._add("Who arrived elsewhere", "F11")
        arrived.triggered.connect(lambda: window.go("confirming"))
        arrived.setEnabled(window.context.may(Right.READ_REGISTER))
        week = self._add("Close the week …")
        week.triggered.connect(lambda: window.go("week"))
        week.setEnabled(window.context.may(Right.READ_REGISTER))
        changes = self._add("History of changes …")
        changes.triggered.connect(lambda: window.go("changes"))
        changes.setEnabled(window.context.may(Right.READ_HISTORY))
        for words, place in (("Admit a pupil …", "admit"), ("Roll over to a new school year …", "new-year")):
            action = self._add(words)
            action.triggered.connect(lambda _=False, place=place: window.go(place))
            action.setEnabled(window.context.may(Right.ADMIT) and not window.context.store.read_only)
        people = self._add("People and roles …")
        people.triggered.connect(lambda: window.go("staff"))
        people.setEnabled(window.context.may(Right.STAFF))
        self._add("My account, my password …").triggered.connect(lambda: window.go("account"))
        hatch.setEnabled(window.context.may(Right.HATCH) and not window.context.store.read_only)
        menu.addSeparator()
        self.back_up = self._add("Back up now")
        self.back_up.triggered.connect(self.make_backup)
        self.choose = self._add("Backup folder …")
        self.choose.triggered.connect(self.ask_folder)
        for action in (self.back_up, self.choose):
            action.setEnabled(not window.context.store.read_only)
        menu.addSeparator()
        self._add("Open another school …").triggered.connect(self.another)
        self._add("Make a school …").triggered.connect(self.making)
        menu.addSeparator()
        menu.addMenu(self._schemes())
        self._add("Help\tF1").triggered.connect(window.help.toggle)
        self._add("Close", "Ctrl+Q").triggered.connect(window.close)
        self._say_where()

    def make_backup(self) -> None:
        """Make a verified backup now; asks for the folder the first time."""
        context = self._window.context
        if backup_folder(context) is None and not self.ask_folder():
            return
        self._window.run_held(back_up(context), "Making a verified backup", self._backed_up)

    def ask_folder(self) -> bool:
        """Ask for the folder that backups go to; false where none was chosen."""
        before = backup_folder(self._window.context)
        name = QFileDialog.getExistingDirectory(self._window, "Where backups are kept", str(before or Path.home()))
        return bool(name) and self.take_folder(Path(name))

    def take_folder(self, folder: Path) -> bool:
        """Keep backups there from now on; false, with the reason said, where that is refused."""
        try:
            changes = choose_backup_folder(self._window.context, folder)
        except (Refused, OSError) as refused:
            self._window.say(words_of(refused), alarm=True)
            return False
        self._window.announce(changes)
        self._window.say(f"Backups are kept in {folder} from now on, and one is made each time the school is closed.")
        self._say_where()
        return True

    def _backed_up(self, made: Path | None) -> None:
        if made is not None:
            self._window.say(f"Verified backup made: {made}")
            self._window.status.show_right(f"Last verified backup today {clock_time(self._window.context.now())}")

    def _say_where(self) -> None:
        context = self._window.context
        with context.store.reading() as reading:
            demo = reading.book.school().demo
        missing = not demo and not context.store.read_only and backup_folder(context) is None
        self._window.status.show_right("No backup folder chosen yet: School menu (Alt+S)" if missing else "")

    def _schemes(self) -> QMenu:
        menu = QMenu("Appearance", self._window)
        group = QActionGroup(self)
        for choice, words in SCHEMES.items():
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(choice is self._memory.scheme())
            action.triggered.connect(lambda _=False, choice=choice: self._take_scheme(choice))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _take_scheme(self, choice: SchemeChoice) -> None:
        self._memory.remember_scheme(choice)
        self._window.theme.choose(choice)

    def _add(self, words: str, key: str = "") -> QAction:
        action = QAction(words, self._window)
        if key:
            action.setShortcut(key)
        self._window.menu.addAction(action)
        self._window.addAction(action)
        return action
