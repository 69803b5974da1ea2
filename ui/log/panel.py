"""The log form: what was done, with whom, when, what came of it. Ctrl+Enter saves; Esc closes and keeps the draft."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.actions.log import log
from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.rules.display import clock_time, date_year
from ui.log.draft import QUICK, Draft, Subject, contact_words, entry_of, nobody_words, outcome_words
from ui.parts.buttons import Button
from ui.parts.card import row_of
from ui.parts.choices import ChoiceRow
from ui.parts.inputs import DateEdit, LineEdit, NoteEdit, Tick, TimeEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

KIND_KEYS = {
    EntryKind.PHONE_CALL: "P",
    EntryKind.TEXT: "T",
    EntryKind.EMAIL: "E",
    EntryKind.LETTER: "L",
    EntryKind.MEETING: "M",
    EntryKind.HOME_VISIT: "V",
}
WIDTH = 372


class LogPanel(Panel):
    """An inline panel. A half-typed draft of each child or family is kept as long as the window lives."""

    help_section: ClassVar[str] = "log"

    saved = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Log", width=WIDTH)
        self._shell = shell
        self._subject = Subject((), ())
        self._kind = EntryKind.PHONE_CALL
        self._tried = frozenset[int]()
        self._ticks: dict[int, Tick] = {}
        self.form.setSpacing(self._shell.theme.space(2))
        self._build()
        self._connect()

    def open_for(self, subject: Subject, kind: EntryKind = EntryKind.PHONE_CALL, person: int | None = None) -> None:
        """Show the form about these children: their draft if there is one, else this kind with that contact ticked."""
        if self._shell.context.store.read_only:
            self._shell.say("This school is open to read only here: nothing can be logged.", alarm=True)
            return
        self._subject = subject
        self._about.setText(f"About {subject.names}")
        begun = self._shell.drafts.get(subject.key)
        self._show(begun if isinstance(begun, Draft) else self._fresh(kind, person))
        self._draft_note.setVisible(begun is not None)
        self.open_with(self._outcomes if self._knows_with_whom() else self._kinds)

    def draft(self) -> Draft:
        """The form as it stands."""
        return Draft(
            kind=self._kind,
            persons=frozenset(person for person, tick in self._ticks.items() if tick.isChecked()),
            nobody=self._nobody.isChecked(),
            day=self._day.text(),
            time=self._time.text(),
            outcome=self._outcome.text(),
            note=self._note.toPlainText(),
        )

    def close_panel(self) -> None:
        """Close; what was typed is there again when the form is next opened for the same children."""
        draft = self.draft()
        if self.isVisible() and draft.is_begun():
            self._shell.drafts[self._subject.key] = draft
            self._shell.say("What you typed is kept until you open the log here again.")
        elif self.isVisible():
            self._shell.say("")  # what was wrong with the form is of no more use
        super().close_panel()

    def save(self) -> None:
        """Record the entry, or say in the form what is missing."""
        context = self._shell.context
        try:
            entry, changes = log(context, entry_of(self.draft(), self._subject, context.now()))
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.drafts.pop(self._subject.key, None)
        self._outcome.clear()
        self._note.clear()
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(f"Logged: {self._kind.label} about {self._subject.names}.")
        self.saved.emit(entry)

    def _fresh(self, kind: EntryKind, person: int | None) -> Draft:
        now = self._shell.context.now()
        known = person is not None and self._subject.contact(person) is not None
        ticked = frozenset([person]) if known and person is not None else frozenset[int]()
        return Draft(kind=kind, persons=ticked, day=date_year(now.date()), time=clock_time(now))

    def _knows_with_whom(self) -> bool:
        return any(tick.isChecked() for tick in [*self._ticks.values(), self._nobody])

    def _build(self) -> None:
        theme = self._shell.theme
        self._about = Label(theme, "", TextRole.STRONG, wrap=True)
        self._draft_note = Label(theme, "Your draft, as you left it.", TextRole.SECONDARY, "second")
        self._kinds = ChoiceRow(theme, "Kind", [(kind.label, KIND_KEYS[kind]) for kind in LOGGED_KINDS])
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self._nobody = Tick(theme, nobody_words(self._kind))
        self._day = DateEdit(theme, self._shell.context.today)
        self._day.setAccessibleName("Day")
        self._day.setFixedWidth(theme.metrics().horizontalAdvance("Wed 30 Nov 2026") + theme.space(6))
        self._time = TimeEdit(theme)
        self._time.setAccessibleName("Time")
        self._time.setFixedWidth(theme.metrics().horizontalAdvance("10:42") + theme.space(8))
        self._outcomes = ChoiceRow(theme, "Outcome")
        self._outcome = LineEdit(theme, "pick one, or type what came of it")
        self._outcome.setAccessibleName("Outcome in words")
        self._note = NoteEdit(theme, "what was said, in their words")
        self._note.setAccessibleName("Note")
        self._save = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addLayout(self._people)
        who.addWidget(self._nobody)
        self._add("", self._about, self._draft_note)
        self._add("Kind", self._kinds)
        self.form.addLayout(self._headed("With", who))
        self.form.addLayout(self._headed("When", row_of(self._day, self._time)))
        self._add("Outcome", self._outcomes, self._outcome)
        self._add("Note", self._note)
        self.form.addStretch(1)
        self.buttons.addWidget(self._save)
        self.buttons.addStretch(1)

    def _add(self, heading: str, *widgets: QWidget) -> None:
        inner = QVBoxLayout()
        inner.setSpacing(self._shell.theme.space(1))
        for widget in widgets:
            inner.addWidget(widget)
        self.form.addLayout(self._headed(heading, inner) if heading else inner)

    def _headed(self, words: str, inner: QVBoxLayout | QHBoxLayout) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._shell.theme.space(1))
        column.addWidget(Label(self._shell.theme, words, TextRole.SECONDARY_STRONG, "second"))
        column.addLayout(inner)
        return column

    def _connect(self) -> None:
        self._kinds.picked.connect(lambda number: self._take_kind(LOGGED_KINDS[number]))
        self._kinds.lettered.connect(self._go_on_from_kind)
        self._outcomes.picked.connect(self._take_outcome)
        self._outcomes.lettered.connect(self._note.setFocus)
        self._nobody.toggled.connect(self._nobody_toggled)
        self._save.clicked.connect(self.save)

    def _go_on_from_kind(self) -> None:
        following = self._outcomes if self._knows_with_whom() else next(iter(self._ticks.values()), self._nobody)
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, draft: Draft) -> None:
        self._show_people()
        self._take_kind(draft.kind)
        self._kinds.pick(LOGGED_KINDS.index(draft.kind))
        for person, tick in self._ticks.items():
            tick.setChecked(person in draft.persons)
        self._nobody.setChecked(draft.nobody)
        self._day.setText(draft.day)
        self._time.setText(draft.time)
        self._outcome.setText(draft.outcome)
        self._note.setPlainText(draft.note)

    def _show_people(self) -> None:
        for tick in self._ticks.values():
            self._people.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self._ticks = {}
        for card in self._subject.contacts:
            tick = Tick(self._shell.theme, contact_words(card))
            tick.setToolTip(tick.text())
            tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            tick.toggled.connect(self._person_toggled)
            self._ticks[card.person.id] = tick
            self._people.addWidget(tick)

    def _take_kind(self, kind: EntryKind) -> None:
        self._kind = kind
        self._tried = frozenset[int]()
        self._nobody.setText(nobody_words(kind))
        self._outcomes.set_choices([(quick.label, quick.key) for quick in QUICK[kind]])
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes down the form, though the people and outcomes are made anew for each child and kind."""
        following = [
            *self._kinds.buttons(),
            *self._ticks.values(),
            self._nobody,
            self._day,
            self._time,
            *self._outcomes.buttons(),
            self._outcome,
            self._note,
            self._save,
        ]
        for before, after in pairwise(following):
            QWidget.setTabOrder(before, after)

    def _take_outcome(self, number: int) -> None:
        """Fill the line. Where nobody was reached the ticks go; with whom it was tried is known until the next kind."""
        quick = QUICK[self._kind][number]
        self._tried = self.draft().persons or self._tried
        tried = replace(self.draft(), persons=self._tried)
        self._outcome.setText(outcome_words(quick, tried, self._subject))
        self._nobody.setChecked(quick.nobody)
        for person, tick in self._ticks.items():
            tick.setChecked(not quick.nobody and person in self._tried)
        self.set_fault("")

    def _nobody_toggled(self, nobody: bool) -> None:
        for tick in self._ticks.values():
            if nobody:
                tick.setChecked(False)

    def _person_toggled(self, ticked: bool) -> None:
        if ticked:
            self._nobody.setChecked(False)
        self.set_fault("")
