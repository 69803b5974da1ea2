"""The School menu: bring lists in, back up, open or make another school, the look of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
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


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the menu that leads to a place; `writes`: not while the school is open to read only."""

    title: str
    place: str
    right: Right
    key: str = ""
    writes: bool = True


WAYS: tuple[Way, ...] = (
    Way("Watch list", "watch", Right.READ_PUPIL, key="F3", writes=False),
    Way("Returns to the authority …", "returns", Right.READ_LOG, writes=False),
    Way("Plan an absence …", "plan", Right.PLAN, key="F7"),
    Way("Leave of absence …", "leave", Right.READ_LOG, writes=False),
    Way("Who arrived elsewhere", "confirming", Right.READ_REGISTER, key="F11", writes=False),
    Way("Close the week …", "week", Right.READ_REGISTER, writes=False),
    Way("History of changes …", "changes", Right.READ_HISTORY, writes=False),
    Way("Figures explained …", "explain", Right.READ_FIGURES, writes=False),
    Way("Groups …", "groups", Right.READ_PUPIL, writes=False),
    Way("Us beside others", "comparison", Right.READ_FIGURES, writes=False),
    Way("Targets of the school and its classes …", "targets", Right.READ_FIGURES, writes=False),
    Way("Training, assemblies, the attendance policy …", "school-log", Right.READ_FIGURES, writes=False),
    Way("Early calls, before school …", "early-calls", Right.READ_LOG, writes=False),
    Way("Texts to mobiles …", "texts", Right.READ_LOG),
    Way("Letters …", "letters", Right.LOG),
    Way("Templates of letters …", "letter-templates", Right.LOG, writes=False),
    Way("Authority pack …", "pack", Right.READ_FIGURES, writes=False),
    Way("Check a document …", "check", Right.READ_CASE, writes=False),
    Way("Admit a pupil …", "admit", Right.ADMIT),
    Way("Roll over to a new school year …", "new-year", Right.ADMIT),
)
"""The lines that lead to the places of the office’s day, in their order."""


class SchoolMenu(QObject):
    """Fills the window's menu, anew for each person. What leaves the school is only asked for: the desk does it."""

    another = Signal()
    making = Signal()
    locking = Signal()
    switching = Signal()

    def __init__(self, window: MainWindow, memory: Memory) -> None:
        super().__init__(window)
        self._window = window
        self._memory = memory
        window.person_changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Offer what whoever is at the desk may do, and nothing else."""
        window = self._window
        for action in window.menu.actions():
            window.removeAction(action)
            action.deleteLater()
        window.menu.clear()
        for kind in ImportKind:
            self._offer(f"{WORDS[kind].title} …", partial(window.go, "import", kind=kind.value), Right.IMPORT)
        window.menu.addSeparator()
        self._offer("Hatch: late arrivals, signing out", partial(window.go, "hatch"), Right.HATCH, "F8")
        self._offer("Roll-call", partial(window.glance, "roll-call"), key="F12", writes=False)
        paper = "Paper: registers, contact sheets, continuity pack …"
        self._offer(paper, partial(window.go, "paper"), Right.PRINT_REGISTER, "Ctrl+Shift+P", writes=False)
        self._offer("Key a register from paper …", partial(window.go, "keying"), Right.TAKE_REGISTER, "Shift+F11")
        for way in WAYS:
            self._offer(way.title, partial(window.go, way.place), way.right, way.key, writes=way.writes)
        self._offer("Save this list as Excel …\tCtrl+E", window.save_list, Right.READ_REGISTER, writes=False)
        window.menu.addSeparator()
        self._offer("The school year …", partial(window.go, "year"), Right.READ_REGISTER, writes=False)
        closed = partial(window.go, "year", closed_today=True)
        self._offer("The school is closed today …", closed, Right.CALENDAR, "Ctrl+F11")
        self._offer("The school’s settings …", partial(window.go, "settings"), Right.SETTINGS, writes=False)
        self._offer("People and roles …", partial(window.go, "staff"), Right.STAFF, writes=False)
        self._offer("My account, my password …", partial(window.go, "account"), writes=False)
        self._offer("Somebody else …", self.switching.emit, key="Ctrl+Shift+U", writes=False)
        self._offer("Lock the screen", self.locking.emit, key="Ctrl+L", writes=False)
        window.menu.addSeparator()
        self.back_up = self._offer("Back up now", self.make_backup, Right.BACK_UP)
        self.choose = self._offer("Backup folder …", self.ask_folder, Right.BACK_UP)
        self._offer_the_rest()
        self._say_where()

    def _offer_the_rest(self) -> None:
        """Another school, the look of the window, help, and the way out."""
        window = self._window
        window.menu.addSeparator()
        self._offer("Open another school …", self.another.emit, writes=False)
        self._offer("Make a school …", self.making.emit, writes=False)
        window.menu.addSeparator()
        window.menu.addMenu(self._schemes())
        self._offer("Help\tF1", window.help.toggle, writes=False)
        self._offer("Close", window.close, key="Ctrl+Q", writes=False)

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
        may = context.may(Right.BACK_UP)
        missing = may and not demo and not context.store.read_only and backup_folder(context) is None
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

    def _offer(
        self, words: str, deed: Callable[[], object], right: Right = Right.OPEN, key: str = "", *, writes: bool = True
    ) -> QAction:
        """One line of the menu: out of sight without the right, grey where it writes and the school is read only."""
        action = QAction(words, self._window)
        action.triggered.connect(lambda _checked=False: deed())
        if self._window.context.may(right):
            if key:
                action.setShortcut(key)
            self._window.menu.addAction(action)
            self._window.addAction(action)
            action.setEnabled(not (writes and self._window.context.store.read_only))
        return action
