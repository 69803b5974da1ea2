"""The call card beside the list: whom to dial, what came of it by one key, and then the next family."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.calling import Family
from desktop_app.actions.chasing import Called, Chased, record_call, record_early_call
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.rules.chasing import Dial, Outcome
from desktop_app.rules.codes import PRESENT_KEYS
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.flow import Flow
from ui.parts.inputs import LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.today.call_draft import CallDraft, code_words, draft_place, proposed_code, read_draft
from ui.today.call_facts import CallFacts, tried_words
from ui.tokens import TextRole

CALL_WIDTH = 404
OUTCOMES = (
    (Outcome.SPOKE, "S", "Spoke"),
    (Outcome.MESSAGE, "M", "Message left"),
    (Outcome.NO_ANSWER, "N", "No answer"),
    (Outcome.WRONG_NUMBER, "W", "Wrong number"),
    (Outcome.NOT_SAFE, "E", "Not known to be safe"),
)
ON_THE_WAY = "Said they are on the way."
"""What is said most often before school: recorded at one key."""
OUTCOME_KEYS = {key: outcome for outcome, key, _ in OUTCOMES}


SOON = 400
"""How long after a key what is typed lies in the store, in milliseconds: no key waits for a file that is being written,
and a crash takes half a second of it at most."""


class CallCard(Panel):
    """One family. What is typed is kept in the store, and is there again when the family is opened."""

    help_section: ClassVar[str] = "today"

    recorded = Signal(object, object, str)
    """A call was recorded: of which family, what came of it (`Chased`), and that in words."""
    told = Signal(int, str)
    log_asked = Signal(object)
    """Something else than a call is to be logged about this family."""
    stepped = Signal(int)
    """The next family is asked for (1), or the one before (-1)."""

    def __init__(self, shell: Shell, *, early: bool = False) -> None:
        """`early`: of a call before school, which makes no mark."""
        super().__init__(shell.theme, "Call", width=CALL_WIDTH)
        self._shell = shell
        self._early = early
        self.family: Family | None = None
        self.dial: Dial | None = None
        self._by_hand = False
        self._filling = False
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        pad = shell.theme.space(3.5)
        self.facts = CallFacts(shell.theme, CALL_WIDTH - 2 * pad - shell.theme.space(4))
        self.outcomes: dict[Outcome, Button] = {}
        self.said = LineEdit(shell.theme, "ill, dentist … or only a code: I")
        self.code = LineEdit(shell.theme)
        self.minutes = LineEdit(shell.theme, "12")
        self._meaning = Label(shell.theme, "", TextRole.SECONDARY, "second", wrap=True)
        self._step = Label(shell.theme, "", TextRole.SECONDARY, "second", wrap=True)
        self._tried = Label(shell.theme, "", TextRole.SECONDARY, "second", wrap=True)
        self._draft_note = Label(shell.theme, "Your note, as you left it.", TextRole.SECONDARY, "second")
        self._spoke = QWidget()
        self._area = self.findChild(QScrollArea)
        self._build()
        self._connect()

    def open_for(self, family: Family) -> None:
        """Show the card of a family, with what was half typed about it."""
        self.keep()
        self.family = family
        self.dial = family.dial
        draft = read_draft(self._shell.context.store.drafts.get(self._place(family)))
        self._show_facts(draft)
        self._fill(draft)
        self._draft_note.setVisible(draft.is_begun())
        self._spoke.setVisible(draft.spoke)
        self.open_with(self.first_focus())
        if draft.spoke:
            self._in_sight(self._save)
        else:
            self._in_sight(self.facts)

    def first_focus(self) -> QWidget:
        """Where the keyboard belongs: in what was said, or on the outcomes."""
        if self._early and self._spoke.isHidden():
            return self.coming if self.dial is not None else self.close_button
        return self.outcomes[self._first_outcome()] if self._spoke.isHidden() else self.said

    def renew(self, family: Family) -> None:
        """The same family read again: what is known is shown anew, what is typed stays."""
        if family == self.family:
            return
        focus = self.window().focusWidget()
        in_facts = focus is not None and self.facts.isAncestorOf(focus)
        draft = self.draft()
        channel = self.dial.channel.id if self.dial else 0
        self.family = family
        self.dial = next((one for one in family.dials.numbers if one.channel.id == channel), family.dial)
        self._show_facts(draft)
        if in_facts:  # what had the keyboard was made anew
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> CallDraft:
        """The card as it stands."""
        return CallDraft(
            spoke=not self._spoke.isHidden(),
            said=self.said.text(),
            code=self.code.text(),
            by_hand=self._by_hand,
            minutes=self.minutes.text(),
            left_out=self.facts.left_out,
        )

    def keep(self) -> None:
        """Keep what is typed in the store, where a crash does not reach it."""
        if self._filling:
            return
        self._soon.stop()
        if self.family is None:
            return
        context = self._shell.context
        try:
            context.store.drafts.keep(self._place(self.family), self.draft().content(), context.clock())
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)

    def keep_soon(self) -> None:
        """The same in a moment, with whatever is typed until then."""
        if not (self._filling or self._soon.isActive()):
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another place, the gate, the end: what waits is kept while the school is open, by whoever typed it."""
        self._keep_waiting()
        super().hideEvent(event)

    def _keep_waiting(self) -> None:
        if self._soon.isActive():
            self.keep()

    def close_panel(self) -> None:
        """Close; what was typed stays in the store."""
        self._keep_waiting()
        if self.isVisible() and self.draft().is_begun():
            self._shell.say("What you typed is kept: it is there when you open this family again.")
        self.family = None
        super().close_panel()

    def choose(self, outcome: Outcome) -> None:
        """An outcome: to have spoken asks what was said; any other is recorded at once."""
        if outcome is Outcome.SPOKE:
            self.set_fault("" if self.dial else "There is no number to call.")
            if self.dial is not None:
                self._spoke.show()
                self.said.setFocus(Qt.FocusReason.OtherFocusReason)
                self._in_sight(self._save)
            return
        self._record(outcome)

    def on_the_way(self) -> None:
        """Y, before school: they were spoken to and are coming."""
        if self.family is not None and self.dial is not None:
            self.said.setText(ON_THE_WAY)
            self._record(Outcome.SPOKE)

    def save(self) -> None:
        """Ctrl+Enter, or Enter in the form: record that somebody was spoken to."""
        if not self._spoke.isHidden():
            self._record(Outcome.SPOKE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the card, wherever in it the keyboard is and nobody types."""
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        key = event.text().upper()
        if not control and key in OUTCOME_KEYS:
            self.choose(OUTCOME_KEYS[key])
        elif self._early and not control and key == "Y":
            self.on_the_way()
        elif not control and key == "L":
            self.log_asked.emit(self.family)
        elif not control and key.isdigit():
            self._choose_dial(int(key))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in any line of the form saves; the page keys go to another family, and do not scroll the card."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched is not self._area:
                self.save()
                return True
            if plain and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and watched is self._area:
                self.stepped.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        theme = self._shell.theme
        self.form.setSpacing(theme.space(2))
        keys = QWidget()
        flow = Flow(keys, gap=theme.space(1.5))
        self.coming = Button(theme, "On the way", key="Y", bind=False)
        if self._early:
            flow.addWidget(self.coming)
        for outcome, key, words in OUTCOMES:
            button = self.outcomes[outcome] = Button(theme, words, key=key, bind=False)
            if not (self._early and outcome is Outcome.NOT_SAFE):
                flow.addWidget(button)
        self._save = Button(theme, "Save, next family", key="Enter", primary=True, bind=False)
        spoke = QVBoxLayout(self._spoke)
        spoke.setContentsMargins(0, 0, 0, 0)
        spoke.setSpacing(theme.space(2))
        spoke.addWidget(Field(theme, "What was said", self.said))
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        self._code_field = Field(theme, "Code", self.code)
        self._minutes_field = Field(theme, "Minutes", self.minutes)
        for field in (self._code_field, self._minutes_field):
            field.setFixedWidth(theme.space(19))
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._meaning, 1)
        spoke.addLayout(row)
        spoke.addWidget(self._draft_note)
        spoke.addWidget(self._save)
        tried = Label(theme, "Tried already", TextRole.SECONDARY_STRONG, "second")
        for part in (self.facts, keys, self._spoke, self._step, tried, self._tried):
            self.form.addWidget(part)
        self.form.addStretch(1)
        self._spoke.hide()
        self._minutes_field.hide()

    def _connect(self) -> None:
        for outcome, button in self.outcomes.items():
            button.clicked.connect(lambda _=False, outcome=outcome: self.choose(outcome))
        self.coming.clicked.connect(self.on_the_way)
        self.said.textEdited.connect(self._said_edited)
        self.code.textEdited.connect(self._code_edited)
        self.minutes.textEdited.connect(self.keep_soon)
        self._soon.timeout.connect(self.keep)
        for line in (self.said, self.code, self.minutes):
            line.installEventFilter(self)
        if self._area is not None:
            self._area.installEventFilter(self)
        self._save.clicked.connect(self.save)
        self.facts.dial_chosen.connect(self._choose_dial)
        self.facts.told.connect(self.told)
        self.facts.ticked.connect(self.keep_soon)

    def _said_edited(self) -> None:
        if not self._by_hand:
            self.code.setText(proposed_code(self.said.text(), self._shell.context.rulebook.codes))
        self._show_meaning()
        self.keep_soon()

    def _code_edited(self) -> None:
        self._by_hand = True
        self._show_meaning()
        self.keep_soon()

    def _show_meaning(self) -> None:
        codes = self._shell.context.rulebook.codes
        code = self.code.text().strip().upper()
        words = code_words(self.code.text(), codes)
        self._meaning.setText(words if self._by_hand or not code else f"{words} (proposed)")
        self._minutes_field.setVisible(code in codes and codes[code].takes_minutes and code not in PRESENT_KEYS)
        self.set_fault("")

    def _fill(self, draft: CallDraft) -> None:
        self._filling = True
        self.said.setText(draft.said)
        self.code.setText(draft.code)
        self.minutes.setText(draft.minutes)
        self._by_hand = draft.by_hand
        self._show_meaning()
        self._filling = False

    def _show_facts(self, draft: CallDraft) -> None:
        family = self.family
        if family is None:
            return
        names = " and ".join(child.pupil.forename for child in family.pupils)
        self.set_title(f"Call about {names}")
        self.facts.show_family(family, self.dial, self._shell.context.today(), draft.left_out)
        self._tried.setText(tried_words(family))
        for outcome, button in self.outcomes.items():
            button.setEnabled(self.dial is not None or outcome is Outcome.NOT_SAFE)
        self.coming.setEnabled(self.dial is not None)
        self.outcomes[Outcome.MESSAGE].setEnabled(self.dial is not None and not self.dial.no_message)
        self._step.setText(
            f"E: the next step of the school’s policy falls due today: {family.step}." if family.step else ""
        )

    def _first_outcome(self) -> Outcome:
        return Outcome.SPOKE if self.dial is not None else Outcome.NOT_SAFE

    def _choose_dial(self, position: int) -> None:
        if self.family is None:
            return
        chosen = next((one for one in self.family.dials.numbers if one.position == position), None)
        if chosen is None:
            self._shell.say(f"There is no number {position} of this family.", alarm=True)
            return
        draft = self.draft()
        self.dial = chosen
        self._show_facts(draft)
        self.outcomes[Outcome.SPOKE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _record(self, outcome: Outcome) -> None:
        family = self.family
        if family is None:
            return
        context = self._shell.context
        try:
            channel = self.dial.channel.id if self.dial else 0
            called = self.draft().called(family, channel, outcome, context.rulebook.codes)
            chased, changes = self._recorder(context, called)
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._clear()
        self.family = None  # what was typed is recorded: nothing is kept of it any more
        words = _recorded_words(family, self.dial, outcome, called.code, chased)
        self._shell.announce(changes)
        self.recorded.emit(family, chased, words)

    @property
    def _recorder(self) -> Callable[[Context, Called], tuple[Chased, Changes]]:
        return record_early_call if self._early else record_call

    def _place(self, family: Family) -> str:
        return draft_place(family.key, early=self._early)

    def _clear(self) -> None:
        self._fill(CallDraft())
        self._spoke.hide()
        self.keep()

    def _in_sight(self, part: QWidget) -> None:
        """Scroll to a part in a low window, once the card is laid out anew."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(part))

    def _scroll_to(self, part: QWidget) -> None:
        if self._area is not None and part is self.facts:
            self._area.verticalScrollBar().setValue(0)
        elif self._area is not None:
            self._area.ensureWidgetVisible(part)


def _recorded_words(family: Family, dial: Dial | None, outcome: Outcome, code: str, chased: Chased) -> str:
    names = " and ".join(child.pupil.name for child in family.pupils)
    if outcome is Outcome.NOT_SAFE:
        return f"{names}: not known to be safe and well. Due today: {chased.step}."
    words = next(words for one, _, words in OUTCOMES if one is outcome).lower()
    who = f", {dial.person.formal_name}" if dial else ""
    if outcome is Outcome.WRONG_NUMBER:
        return f"{names}: wrong number{who}. It is marked as wrong and comes last."
    if chased.written:
        return f"{names}: {words}{who}. The code is {code}. Ctrl+Z takes the code back."
    stands = "; the absence is still without a reason" if outcome is Outcome.SPOKE else ""
    return f"{names}: {words}{who}{stands}."
