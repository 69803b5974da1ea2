"""What opens beside the page of a child: one form at a time, each giving way to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.pupils import PupilPage
from desktop_app.domain.entries import Entry, EntryKind
from ui.log.draft import Subject
from ui.log.panel import LogPanel
from ui.parts.panel import Panel
from ui.pupils.ahead_panel import AheadPanel
from ui.pupils.amend import AmendPanel
from ui.pupils.contacts_panel import ContactsPanel
from ui.pupils.groups_panel import GroupsPanel
from ui.pupils.habits_panel import HabitsPanel
from ui.pupils.illness_panel import IllnessPanel
from ui.pupils.leaving_panel import LeavingPanel
from ui.pupils.ledger_panel import LedgerPanel
from ui.pupils.move_panel import MovePanel
from ui.pupils.particulars import ParticularsPanel
from ui.pupils.plans_panel import PlansPanel
from ui.pupils.restricted_panel import RestrictedPanel
from ui.pupils.safeguarding_panel import SafeguardingPanel
from ui.pupils.steps_panel import StepsPanel
from ui.pupils.target_panel import TargetPanel
from ui.pupils.timetable_panel import TimetablePanel
from ui.shell import Shell

ALONE = 10_000
"""Wider than any window: beside it there is no room for the page."""


class Beside(QWidget):
    """The forms of a child's page. `turned` says that one opened or closed, and the page makes room."""

    turned = Signal()
    saved = Signal(int)
    """The entry to look at next."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._page: PupilPage | None = None
        self.log = LogPanel(shell)
        self.amend = AmendPanel(shell)
        self.particulars = ParticularsPanel(shell)
        self.contacts = ContactsPanel(shell)
        self.move_class = MovePanel(shell)
        self.leaving = LeavingPanel(shell)
        self.timetable, self.plans = TimetablePanel(shell), PlansPanel(shell)
        self.safeguarding, self.groups = SafeguardingPanel(shell), GroupsPanel(shell)
        self.steps, self.target = StepsPanel(shell), TargetPanel(shell)
        self.habits, self.ahead = HabitsPanel(shell), AheadPanel(shell)
        self.illness, self.ledger = IllnessPanel(shell), LedgerPanel(shell)
        self.restricted = RestrictedPanel(shell)
        self.restricted.write_asked.connect(self.write_restricted)
        self._panels: tuple[Panel, ...] = (
            *(self.log, self.amend, self.particulars),
            *(self.contacts, self.move_class, self.leaving),
            *(self.timetable, self.plans, self.safeguarding, self.groups),
            *(self.steps, self.target, self.habits, self.ahead, self.illness, self.ledger, self.restricted),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for panel in self._panels:
            column.addWidget(panel)
            panel.closed.connect(self.turned)
        for logged in (self.log.saved, self.amend.saved, self.illness.saved):
            logged.connect(self.saved)
        self.ledger.entry_asked.connect(self.saved)
        self.steps.log_asked.connect(self._log_step)
        self.particulars.move_asked.connect(lambda: self.ask("m"))
        self.particulars.leaving_asked.connect(lambda: self.ask("r"))
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a form is open."""
        return any(not panel.isHidden() for panel in self._panels)

    @property
    def list_key(self) -> str:
        """Which list of the child is on the screen: that of the form beside the page where it lists something, else the
        chronology of the page."""
        lists = {
            "ledger": self.ledger, "contacts": self.contacts, "timetables": self.timetable, "flags": self.groups,
            "plans": self.plans, "patterns": self.habits,
        }  # fmt: skip
        return next((key for key, panel in lists.items() if not panel.isHidden()), "chronology")

    @property
    def wide(self) -> int:
        """How wide the open form is; the ledger, a column for each parent, wants all there is."""
        if not self.ledger.isHidden():
            return ALONE
        return max((panel.minimumWidth() for panel in self._panels if not panel.isHidden()), default=0)

    def show_page(self, page: PupilPage, *, same: bool) -> None:
        """Take another child, which closes what is open about the one before."""
        if not same:
            self.close_all()
        self._page = page
        for panel in (self.steps, self.habits, self.ahead, self.ledger):
            panel.refresh()

    def close_all(self) -> None:
        """Close whatever is open."""
        for panel in self._panels:
            panel.close_panel()

    def ask(self, letter: str) -> bool:
        """Open the form of a letter; false where the letter opens none."""
        page = self._page
        opens = None if page is None else self._openers(page).get(letter)
        if opens is None:
            return False
        self.close_all()
        opens()
        self.turned.emit()
        return True

    def _openers(self, page: PupilPage) -> Mapping[str, Callable[[], None]]:
        """What opens at each letter."""
        child = page.pupil
        return {
            "l": lambda: self.log.open_for(subject_of(page)),
            "p": lambda: self.particulars.open_for(child),
            "k": lambda: self.contacts.open_for(child),
            "m": lambda: self.move_class.open_for(page),
            "d": lambda: self.plans.open_for(child),
            "s": lambda: self.safeguarding.open_for(child),
            "t": lambda: self.timetable.open_for(child),
            "r": lambda: self.leaving.open_for(child),
            "n": lambda: self.steps.open_for(child),
            "o": lambda: self.target.open_for(child),
            "g": lambda: self.groups.open_for(child),
            "y": lambda: self.habits.open_for(child),
            "f": lambda: self.ahead.open_for(child),
            "i": lambda: self.illness.open_for(child),
            "e": lambda: self.ledger.open_for(child),
        }

    def _log_step(self, kind: object) -> None:
        """The log of the kind by which a step is done."""
        page = self._page
        if page is not None and isinstance(kind, EntryKind):
            self.close_all()
            self.log.open_for(subject_of(page), kind)
            self.turned.emit()

    def show_restricted(self) -> None:
        """The restricted notes about the child, for whoever may read them."""
        if self._page is not None:
            self.close_all()
            self.restricted.open_for(self._page.pupil)
            self.turned.emit()

    def write_restricted(self) -> None:
        """The log form for a restricted note about the child."""
        page = self._page
        if page is not None:
            self.close_all()
            self.log.open_for(subject_of(page), EntryKind.NOTE, restricted=True)
            self.turned.emit()

    def add_to(self, entry: Entry) -> None:
        """Answer an entry that a kind of its own answers; to any other a note is added."""
        page = self._page
        rules = self.log.kinds()
        if page is None or entry.withdrawn is not None or not any(entry.kind in rule.follows for rule in rules):
            self.amend_entry(entry, withdraw=False)
            return
        family = {one.id: one for one in (page.pupil, *(sibling.pupil for sibling in page.siblings))}
        about = tuple(family[one] for one in entry.pupils if one in family)
        self.close_all()
        self.log.open_for(Subject(about, page.contacts), answers=entry)
        self.turned.emit()

    def amend_entry(self, entry: Entry, *, withdraw: bool) -> None:
        """Add to an entry, or withdraw it."""
        self.close_all()
        (self.amend.open_to_withdraw if withdraw else self.amend.open_to_add)(entry)
        self.turned.emit()


def subject_of(page: PupilPage) -> Subject:
    """Whom an entry logged on a child's page can be about, and with whom it can have been."""
    return Subject((page.pupil,), page.contacts, tuple(sibling.pupil for sibling in page.siblings))
