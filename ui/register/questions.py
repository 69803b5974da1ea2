"""What the register asks at its foot: why a closed register changes, and which of two marks is to stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.register.choosing import ChoiceBar
from ui.register.desk import Desk
from ui.register.reason import ReasonBar
from ui.register.words import meanwhile_choices, meanwhile_words
from ui.shell import Shell

NEEDS_WORDS = "A closed register changes only with a reason. Esc leaves it as it is."


class Questions(QObject):
    """Leads from what the desk waits for to its answer. `back` gives the keyboard back to the grid."""

    def __init__(self, shell: Shell, desk: Desk, back: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desk = desk
        self._back = back
        self.reason = ReasonBar(shell.theme)
        self.clash = ChoiceBar(shell.theme)
        desk.reason_wanted.connect(self.reason.ask)
        desk.reason_settled.connect(lambda: self.reason.keep(desk.reason))
        desk.choice_wanted.connect(self._ask_which)
        desk.choice_settled.connect(self.clash.hide)
        self.reason.given.connect(self._reason_given)
        self.reason.gave_up.connect(self._dropped)
        self.reason.left.connect(self._left)
        self.clash.chosen.connect(self._chosen)
        self.clash.gave_up.connect(self._dropped)
        self.clash.left.connect(self._left)

    def _reason_given(self, reason: str) -> None:
        if not reason and self._desk.waiting_for_reason:
            self._shell.say(NEEDS_WORDS, alarm=True)
            return
        self._desk.give_reason(reason)
        self._take_back()

    def _ask_which(self) -> None:
        codes, found = self._desk.model.codes, self._desk.clashes
        self.clash.ask(meanwhile_words(found, codes), meanwhile_choices(found, codes))

    def _chosen(self, number: int) -> None:
        self._desk.choose(mine=number == 1)
        self._take_back()

    def _dropped(self) -> None:
        self._desk.drop()
        self._back()

    def _left(self) -> None:
        if self._desk.waiting:
            self._desk.drop()

    def _take_back(self) -> None:
        if not self._desk.waiting:  # another question may have followed, and has the keyboard
            self._back()
