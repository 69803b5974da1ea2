"""The letters as they would be: a row each, the page beside it, what stands against it; left out, or sent with why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.letter_making import FOR_ALL, preview, reason_for
from desktop_app.domain.letters import PlannedLetter
from desktop_app.domain.rights import Right
from ui.cases.pdf import PdfPages
from ui.cases.sheet import PageSheet
from ui.letters.words import Decisions, columns, finding_lines, stop_words
from ui.parts.card import Card
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.flow import Columns
from ui.parts.inputs import AnswerLine
from ui.parts.rows import RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.reader import Reader, once
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

NARROW = 800
LONGEST = 400


class Asked(Enum):
    """What the line at the foot asks for."""

    DROP = auto()
    REASON = auto()
    FOR_ALL = auto()


QUESTIONS = {
    Asked.DROP: "Why is this letter not sent?",
    Asked.REASON: "Why is this letter sent all the same?",
    Asked.FOR_ALL: "Why are all of them sent all the same, but those who need a reason of their own?",
}


class PlannedView(QWidget):
    """Arrows go from letter to letter. `changed` says that something was decided."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = self._theme = shell.theme
        self._shell = shell
        self._reader = Reader(shell, self)
        self._pages: PdfPages | None = None
        self._asked = Asked.DROP
        self.decisions = Decisions()
        self.list = DataTable(theme, "Letters")
        self.model: RowsModel[PlannedLetter] = RowsModel(columns(self.decisions), key=lambda one: one.key)
        self.list.show_model(self.model)
        self.says = Label(theme, "", TextRole.BODY, wrap=True)
        self.answer = AnswerLine(theme)
        self.answer.setMaxLength(LONGEST)
        self.field = Field(theme, "", self.answer)
        self.sheet = PageSheet(theme)
        self.nothing = EmptyState(theme, "letter", "No page")
        self._beside = QStackedLayout()
        self._build()
        self.list.current_row.connect(lambda _row: self._show())
        self.list.opened.connect(lambda _row: self.sheet.setFocus())
        self.answer.given.connect(self._give)
        self.answer.gave_up.connect(self._give_up)

    @property
    def planned(self) -> tuple[PlannedLetter, ...]:
        """Every letter, in order."""
        return self.model.rows

    def show_planned(self, planned: Sequence[PlannedLetter]) -> None:
        """Show these, with nothing decided yet."""
        self.decisions.dropped.clear()
        self.decisions.reasons.clear()
        self.model.set_rows(())
        self.model.set_rows(planned)
        self._give_up()
        self.list.setCurrentIndex(self.list.proxy.index(0, 0))
        self._show()

    def drop(self) -> None:
        """Let the page go."""
        self._reader.drop()
        self.sheet.show_pages(None)
        if self._pages is not None:
            self._pages.close()
        self._pages = None

    def not_ready(self) -> PlannedLetter | None:
        """The first letter of which something has to be said yet, made current."""
        found = next((one for one in self.planned if not self.decisions.ready(one)), None)
        if found is not None:
            self.list.select_key(found.key)
            self.list.setFocus()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = {"D": self.ask_drop, "R": self.ask_reason, "A": self.ask_for_all, "X": self.drop_stopped}
        deed = deeds.get(event.text().upper())
        if deed is not None and not self.answer.hasFocus():
            deed()
        else:
            super().keyPressEvent(event)

    def step_back(self) -> bool:
        """From the page or the question back to the list; false where the keyboard is there already."""
        if self.list.hasFocus():
            return False
        self._give_up()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def ask_drop(self) -> None:
        """Leave the letter out, and say why; one that is left out comes back."""
        one = self._picked()
        if one is None:
            return
        if self.decisions.dropped.pop(one.key, ""):
            self._decided()
            return
        self._ask(Asked.DROP, stop_words(one)[:LONGEST])

    def ask_reason(self) -> None:
        """Send it against the guard's doubts, and say why."""
        one = self._picked()
        if one is None or not self._may_override(one):
            return
        self._ask(Asked.REASON, self.decisions.reasons.get(one.key, ""))

    def ask_for_all(self) -> None:
        """One reason for all that ask, but those who need one of their own."""
        asking = [one for one in self.planned if one.asks and not one.stopped]
        if not asking:
            self._shell.say("None of these letters asks for a reason.")
        elif self._may_override(asking[0]):
            self._ask(Asked.FOR_ALL, self.decisions.reasons.get(FOR_ALL, ""))

    def drop_stopped(self) -> None:
        """Leave out every letter that cannot be sent, for what stops it."""
        stopped = [one for one in self.planned if one.stopped and one.key not in self.decisions.dropped]
        for one in stopped:
            self.decisions.dropped[one.key] = stop_words(one)[:LONGEST]
        self._shell.say(f"{len(stopped)} left out for what stops them." if stopped else "Nothing stops any of them.")
        self._decided()

    def _build(self) -> None:
        theme, space = self._theme, self._theme.space
        left, beside = Card(theme, "Letters", flush=True), QWidget()
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        below.setSpacing(space(2))
        below.addWidget(self.says)
        below.addWidget(self.field)
        self.field.hide()
        left.body.addWidget(self.list, 1)
        left.body.addWidget(foot)
        beside.setLayout(self._beside)
        self._beside.addWidget(self.sheet)
        self._beside.addWidget(self.nothing)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(left, 3)
        self._columns.addWidget(beside, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._columns)

    def _picked(self) -> PlannedLetter | None:
        found = self.list.selected()
        return found if isinstance(found, PlannedLetter) else None

    def _may_override(self, one: PlannedLetter) -> bool:
        if one.stopped:
            self._shell.say("This one is stopped, and no reason changes that: D leaves it out.", alarm=True)
        elif not one.asks:
            self._shell.say("Nothing asks for a reason here.")
        elif not self._shell.context.may(Right.OVERRIDE_GUARD):
            self._shell.say(
                "Only a headteacher, or whom they gave it to, sends it all the same. D leaves it out.", alarm=True
            )
        else:
            return True
        return False

    def _ask(self, what: Asked, words: str) -> None:
        self._asked = what
        self.field.label.setText(QUESTIONS[what])
        self.answer.setAccessibleName(QUESTIONS[what])
        self.field.set_fault("")
        self.field.show()
        self.answer.setText(words)
        self.answer.selectAll()
        self.answer.setFocus()

    def _give(self) -> None:
        one, why = self._picked(), " ".join(self.answer.text().split())
        if one is None:
            return
        if not why:
            self.field.set_fault("Say why: it is kept.")
            return
        if self._asked is Asked.DROP:
            self.decisions.dropped[one.key] = why
        else:
            self.decisions.reasons[one.key if self._asked is Asked.REASON else FOR_ALL] = why
            if self._asked is Asked.REASON:
                self.decisions.dropped.pop(one.key, "")
        self._give_up()
        self._decided()

    def _give_up(self) -> None:
        self.field.hide()
        self.answer.clear()
        self.list.setFocus()

    def _decided(self) -> None:
        self.model.set_rows(self.planned)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        one = self._picked()
        lines = finding_lines(one, self.decisions) if one else []
        waits = one is not None and one.asks and not one.stopped and not reason_for(one, self.decisions.reasons)
        self.says.setText("\n".join(lines or ["✓ Nothing stands against it."]))
        self.says.set_ink("alarm" if one is not None and one.stopped else "ink" if waits else "second")

    def _show(self) -> None:
        """What stands against the current letter at once; its page when it is drawn."""
        one = self._picked()
        self._say()
        if one is None or not one.letter.persons:
            self._no_page("No page", "There is nobody to whom this letter may go.")
            return
        if one.template.word:
            self._no_page(
                "This letter is a Word file", "It is filled in when it is made; open it from the folder then."
            )
            return
        context = self._shell.context
        self._reader.read(once("Drawing the letter", lambda: preview(context, one)), self._show_page, self._no_draw)

    def _show_page(self, content: bytes) -> None:
        before, self._pages = self._pages, PdfPages(content)
        self.sheet.show_pages(self._pages)
        if before is not None:
            before.close()
        self._beside.setCurrentWidget(self.sheet)

    def _no_draw(self, error: Exception) -> None:
        self._no_page("The letter cannot be drawn", words_of(error))

    def _no_page(self, title: str, words: str) -> None:
        self._reader.drop()
        self.nothing.set_words(title, words)
        self._beside.setCurrentWidget(self.nothing)
