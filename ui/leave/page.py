"""Leave of absence: the requests at the left, what waits first; at the right one of them and its decision."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.leave import ask_leave, decide_leave, leave_page, take_back_leave
from desktop_app.actions.leave_letters import leave_letters
from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import LeaveState
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.session_lists import count_words
from ui.case_keys import LEAVE
from ui.keys import hints
from ui.leave.asking import AskingCard
from ui.leave.deciding import DecidingCard
from ui.leave.lines import LeaveList, LeaveModel
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.runner import words_of
from ui.shell import Page, Shell

FORM = 440
NOTHING = "No leave was asked for. Ctrl+N puts a request down."


class LeavePlace(Page):
    """Ctrl+Enter saves what stands at the right: the decision, or the request that is being put down."""

    place = "leave"
    help_section = "leave"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._from: int | None = None
        self.header = PageHeader(theme, "Leave of absence", "")
        self.model = LeaveModel(self)
        self.list = LeaveList(theme, self.model)
        self.nothing = Label(theme, NOTHING, ink="second", wrap=True)
        self.deciding, self.asking = DecidingCard(shell), AskingCard(shell)
        self.back = AnswerLine(theme, "Ms K Kaya, by telephone")
        self._back_field = Field(theme, "Who took it back, and how?", self.back)
        self.right = QStackedWidget()
        self._scrolls = [self._scrolled(card) for card in (self.deciding, self.asking)]
        self.another = Button(theme, "A request", key="Ctrl+N", bind=False)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.entries or changes.book or changes.marks:
            self._read()

    def show_at(self, **where: object) -> None:
        pupil = where.get("pupil")
        self._from = pupil if isinstance(pupil, int) else None
        self._back_field.hide()
        self._read()
        request = where.get("request")
        if isinstance(request, int):
            self._select(request)
            self._say_letters(request)
        self._turn(asking=False)
        if self._from is not None:
            self._ask()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "leave", ListAsked()

    def first_focus(self) -> QWidget:
        if self.asking_now:
            return self.asking.whose if self.asking.child is None else self.asking.first
        return self.list if self.model.rowCount() else self.another

    @property
    def asking_now(self) -> bool:
        """Whether the form of a request is open."""
        return self.right.currentIndex() == 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        letter = event.text().lower() if plain and self.list.hasFocus() else ""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif letter == "b":
            self._ask_back()
        elif letter in ("d", "l") and self.list.line() is not None:
            (self._decide_again if letter == "d" else self._write)()
        elif letter == "p":
            line = self.list.line()
            if line is not None:
                self.shell.go("pupils", pupil=line.child.id)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.right.setFixedWidth(min(FORM, max(320, self.width() * 45 // 100)))

    def _scrolled(self, card: Card) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(card)
        slim_bars(scroll, self.theme, "page")
        return scroll

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        listed = Card(theme, "Requests", flush=True)
        listed.add_action(self.another)
        listed.body.addWidget(self.nothing)
        self.nothing.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        listed.body.addWidget(self.list, 1)
        listed.body.addWidget(self._back_field)
        self._listed = listed
        for scroll in self._scrolls:
            self.right.addWidget(scroll)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(listed, 1)
        row.addWidget(self.right)
        self.policy = Label(theme, "", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(self.policy)
        whole.addLayout(row, 1)
        whole.addWidget(KeyHints(theme, hints(LEAVE)))

    def _connect(self) -> None:
        self.list.line_moved.connect(self._show)
        self.list.opened.connect(lambda _line: self._decide_now())
        self.another.clicked.connect(self._ask)
        self.deciding.keep.clicked.connect(self._keep)
        self.asking.keep.clicked.connect(self._keep)
        self.back.given.connect(self._take_back)
        self.back.gave_up.connect(self._close_back)
        for chord, deed in (("Ctrl+Return", self._keep), ("Ctrl+N", self._ask)):
            on_chord(self, chord, deed)

    def _read(self) -> None:
        held = self.list.line()
        found = leave_page(self.shell.context)
        lines = (*found.waiting, *found.decided)
        self.deciding.show_page(found)
        self.model.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        wanted = held.request.entry if held else 0
        row = next((number for number, line in enumerate(lines) if line.request.entry == wanted), 0)
        if lines:
            self.list.setCurrentIndex(self.model.index(row, 0))
        waits = count_words(len(found.waiting), "request waits", "requests wait")
        self.header.set_subtitle(f"{waits} for a decision")
        self.policy.setText(found.policy)
        self.policy.setVisible(bool(found.policy))
        self._show()

    def _show(self) -> None:
        self.deciding.show_line(self.list.line())

    def _turn(self, *, asking: bool) -> None:
        self.right.setCurrentIndex(int(asking))

    def _ask(self) -> None:
        if may_change(self.shell, Right.LOG):
            self.asking.begin(self._from)
            self._turn(asking=True)
            self.first_focus().setFocus()

    def _decide_now(self) -> None:
        self._turn(asking=False)
        if self.deciding.deciding:
            self.deciding.decision.setFocus()

    def _keep(self) -> None:
        if self.asking_now:
            self._put_down()
        elif self.deciding.deciding:
            self._decide()

    def _put_down(self) -> None:
        try:
            made, changes = ask_leave(self.shell.context, self.asking.pupils(), self.asking.wanted())
        except Refused as refused:
            self.asking.set_fault(words_of(refused))
            self.shell.say(words_of(refused), alarm=True)
            return
        self._from = None
        self._turn(asking=False)
        self.shell.announce(changes)
        self._select(made[0])
        self.list.setFocus()
        self.shell.say(f"Put down: {count_words(len(made), 'request', 'requests')}. It waits for a decision.")

    def _decide(self) -> None:
        line = self.list.line()
        if line is None:
            return
        try:
            _, changes = decide_leave(self.shell.context, line.request.entry, self.deciding.wanted())
        except Refused as refused:
            self.deciding.set_fault(words_of(refused))
            self.shell.say(words_of(refused), alarm=True)
            return
        self.shell.announce(changes)
        self._select(line.request.entry)
        self.list.setFocus()
        self._write(f"Decided: {line.child.name}. ")

    def _write(self, done: str = "") -> None:
        """The letters of the decision, one to each parent, to be looked at and made; Esc leaves them for later."""
        line = self.list.line()
        if line is None:
            return
        try:
            found = leave_letters(self.shell.context, line.request.entry)
        except Refused as refused:
            self.shell.say(f"{done}{words_of(refused)}", alarm=not done)
            return
        back = ("leave", line.request.entry)
        self.shell.go("letters", kind=found.kind, pupils=(found.pupil,), options=found.options, back=back)
        self.shell.say(f"{done}Ctrl+Enter makes the letters; Esc leaves them among what is to be done.")

    def _say_letters(self, request: int) -> None:
        """Where one comes back from letters that were not made: how to come to them again."""
        try:
            leave_letters(self.shell.context, request)
        except Refused:
            return
        self.shell.say("The letters are still to be written: L comes back to them, and Today has them too.")

    def _decide_again(self) -> None:
        """Open the form for a request that was decided already."""
        line = self.list.line()
        if line is None or not may_change(self.shell, Right.GRANT_LEAVE):
            return
        if line.request.state is LeaveState.TAKEN_BACK:
            self.shell.say("This request was taken back already.", alarm=True)
            return
        if line.request.state.decided:
            self.deciding.begin_again()
        self._decide_now()

    def _select(self, request: int) -> None:
        row = next((n for n, line in enumerate(self.model.lines) if line.request.entry == request), 0)
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _ask_back(self) -> None:
        line = self.list.line()
        if line is None or not may_change(self.shell, Right.LOG):
            return
        if line.request.state in (LeaveState.REFUSED, LeaveState.TAKEN_BACK):
            self.shell.say(f"This request was {line.request.state.value} already.", alarm=True)
            return
        self.back.clear()
        self._back_field.show()
        self.back.setFocus()

    def _take_back(self) -> None:
        line = self.list.line()
        if line is None:
            return
        try:
            _, changes = take_back_leave(self.shell.context, line.request.entry, self.back.text())
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self._close_back()
        self.shell.announce(changes)
        self.shell.say(f"Taken back: {line.child.name}.")

    def _close_back(self) -> None:
        self._back_field.hide()
        self.list.setFocus()

    def _leave(self) -> None:
        """One step back: out of the form, out of what is half typed, then from where one came."""
        if self.asking_now and self.model.rowCount() and self._from is None:
            self._turn(asking=False)
            self.list.setFocus()
        elif not self.asking_now and self.deciding.half_typed:
            self.deciding.give_up()
            self.list.setFocus()
        elif not self.asking_now and not self.list.hasFocus() and self.model.rowCount():
            self.list.setFocus()
        elif self._from is not None:
            self.shell.go("pupils", pupil=self._from)
        else:
            self.shell.home()
