"""What the register asks at its foot: why a closed register changes, which of two marks is to stand, and, where
somebody does not know the code, where the child is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.context import Context
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.coding_help import FIRST_QUESTION, HELP, Whereabouts, proposals
from desktop_app.rules.doubted import Doubt
from ui.register.choosing import ChoiceBar
from ui.register.desk import Desk
from ui.register.reason import ReasonBar
from ui.register.words import meanwhile_choices, meanwhile_words
from ui.shell import Shell

NEEDS_WORDS = "A closed register changes only with a reason. Esc leaves it as it is."

CODES_ARE_YOURS = "A proposal: the school decides. Esc goes back to the register."


class Questions(QObject):
    """Leads from what is asked to its answer. `back` gives the keyboard back to the grid."""

    code_chosen = Signal(str)
    """A code was proposed by two answers, for the cell the cursor is on."""

    def __init__(self, shell: Shell, desk: Desk, back: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desk = desk
        self._back = back
        self.reason = ReasonBar(shell.theme)
        self.clash = ChoiceBar(shell.theme)
        self.coding = ChoiceBar(shell.theme)
        self._place: Whereabouts | None = None
        self._session: Session | None = None
        self._doubt: Doubt | None = None
        self.coding.chosen.connect(self._answered)
        self.coding.gave_up.connect(self._no_code)
        self.coding.left.connect(self.coding.hide)
        desk.shown.connect(lambda: self._put_away(self.coding))
        self.reason.serve(desk)
        desk.reason_settled.connect(self._settled)
        desk.choice_wanted.connect(self._ask_which)
        desk.choice_settled.connect(lambda: self._put_away(self.clash))
        self.reason.given.connect(self._reason_given)
        self.reason.gave_up.connect(self._dropped)
        self.reason.left.connect(self._left)
        self.clash.chosen.connect(self._chosen)
        self.clash.gave_up.connect(self._dropped)
        self.clash.left.connect(self._left)

    # Which code

    def which_code(self, pupil: int, session: Session) -> None:
        """Ask two plain questions about a session of a child, and propose a code; Esc gives up."""
        self._place, self._session = None, session
        context = self._shell.context
        self._doubt = _doubt_of(context, pupil) if context.may(Right.READ_LOG) else None
        self.coding.ask(FIRST_QUESTION, [place.words for place in HELP], CODES_ARE_YOURS)

    def _answered(self, number: int) -> None:
        session, codes = self._session, self._desk.model.codes
        if session is None:
            return
        if self._place is None:
            self._place = HELP[number]
            found = proposals(self._place, session, codes, self._doubt)
            hint = (self._doubt.says if self._doubt else "") or CODES_ARE_YOURS
            self.coding.ask(self._place.asks, [f"{one.words}: {one.code}" for one in found], hint)
            return
        code = proposals(self._place, session, codes, self._doubt)[number].code
        self._no_code()
        self.code_chosen.emit(code)

    def _no_code(self) -> None:
        self.coding.hide()
        self._back()

    # The reason, and the choice between two marks

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

    def _settled(self) -> None:
        if self._desk.reason:
            self.reason.keep(self._desk.reason)
        else:
            self._put_away(self.reason)
            self.reason.keep("")

    def _put_away(self, bar: QWidget) -> None:
        """Hide a bar. The keyboard goes back first if it is there: else whatever comes next in the window gets it."""
        focus = QApplication.focusWidget()
        if bar.isVisible() and focus is not None and (focus is bar or bar.isAncestorOf(focus)):
            self._back()
        bar.hide()

    def _take_back(self) -> None:
        if not self._desk.waiting:  # another question may have followed, and has the keyboard
            self._back()


def _doubt_of(context: Context, pupil: int) -> Doubt | None:
    """The doubt of a child’s illness. What reads it reads cases too, so it is loaded with the first question: no start
    of the window waits for it."""
    from desktop_app.actions.doubted import doubted_illness  # noqa: PLC0415

    return doubted_illness(context, pupil)
