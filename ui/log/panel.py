"""The log form: what was done, with whom, when, what came of it, and what its kind asks besides. Ctrl+Enter saves; Esc
closes and keeps the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.actions.log import log
from desktop_app.actions.meetings import meetings_due
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.kinds import KindRule, Persons
from desktop_app.rules.casework.meetings import DueMeeting
from desktop_app.rules.display import clock_time, date_year
from ui.log.draft import (
    Draft,
    QuickOutcome,
    Subject,
    contact_words,
    entry_of,
    nobody_words,
    outcome_note,
    outcome_words,
    quick_of,
)
from ui.log.fields import KindFields, likely_of, offered_for
from ui.log.files import FilesBox, dropped
from ui.log.kept import DraftKeeper
from ui.log.kinds import KIND_KEYS, KindPicker
from ui.log.ticks import fill_ticks
from ui.parts.buttons import Button
from ui.parts.card import row_of
from ui.parts.choices import ChoiceRow
from ui.parts.inputs import DateEdit, LineEdit, NoteEdit, Tick, TimeEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
WITH_HEADINGS = {Persons.WITH: "With", Persons.ABOUT: "About whom, if about one of them", Persons.NONE: ""}
RESTRICTED = "Restricted: sealed, for the headteacher and the safeguarding lead"

__all__ = ["KIND_KEYS", "WIDTH", "LogPanel"]


class LogPanel(Panel):
    """An inline panel. What is half typed of each child or family is kept in the store, and is there again."""

    help_section: ClassVar[str] = "log"

    saved = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Log", width=WIDTH)
        self._shell = shell
        self._subject = Subject((), ())
        self._answers: Entry | None = None
        self._rule = shell.context.rulebook.kinds.rules[EntryKind.PHONE_CALL]
        self._quick: tuple[QuickOutcome, ...] = ()
        self._tried = frozenset[int]()
        self._due: tuple[DueMeeting, ...] = ()
        self._ticks: dict[int, Tick] = {}
        self._also: dict[int, Tick] = {}
        self.form.setSpacing(self._shell.theme.space(2))
        self._build()
        self._keeper = DraftKeeper(shell, self, self.draft, lambda: self._place, self._likely)
        self._connect()

    def open_for(
        self,
        subject: Subject,
        kind: EntryKind = EntryKind.PHONE_CALL,
        person: int | None = None,
        *,
        answers: Entry | None = None,
        details: Mapping[str, str] | None = None,
        restricted: bool = False,
    ) -> None:
        """Show the form about these children: their draft if there is one, else this kind with that contact ticked.
        `answers` is the entry that this one answers: then only what can answer it is offered. `details` are those of
        its fields that are known already."""
        if self._shell.context.store.read_only:
            self._shell.say("This school is open to read only here: nothing can be logged.", alarm=True)
            return
        self._subject, self._answers, self._due = subject, answers, ()
        self._offer_kinds()
        begun = self._keeper.read()
        self._show(begun.draft if begun else replace(self._fresh(kind, person, details or {}), restricted=restricted))
        self._draft_note.setText(begun.words if begun else "")
        self._draft_note.setVisible(begun is not None)
        self._keeper.shown()
        self.open_with(self._outcomes if self._knows_with_whom() or answers else self._kinds)

    @property
    def _place(self) -> tuple[int, ...]:
        """Under which the draft is kept: the children, and what is answered."""
        return (*self._subject.key, -self._answers.id) if self._answers is not None else self._subject.key

    def kinds(self) -> tuple[KindRule, ...]:
        """The kinds that a person may log."""
        return self._shell.context.rulebook.kinds.by_hand()

    def _offer_kinds(self) -> None:
        first = self._answers
        if first is None:
            self.set_title("Log")
            self._about.setText(f"About {self._subject.names}")
            self._kinds.offer(self.kinds())
            return
        self.set_title("Log the answer")
        told = f"{first.kind.label}, {date_year(first.happened_at.date())}: {first.outcome}"
        self._about.setText(f"About {self._subject.names}. Answers: {told}")
        self._kinds.offer(self._answering(), answers=True)

    def _answering(self) -> list[KindRule]:
        """The kinds that can answer the entry: those its rule names, else a note."""
        first = self._answers
        return [one for one in self.kinds() if first and (first.kind in one.follows or one.kind is EntryKind.NOTE)]

    def draft(self) -> Draft:
        """The form as it stands."""
        return Draft(
            kind=self._rule.kind,
            persons=frozenset(person for person, tick in self._ticks.items() if tick.isChecked()),
            nobody=self._nobody.isChecked(),
            day=self._day.text(),
            time=self._time.text(),
            outcome=self._outcome.text(),
            note=self._note.toPlainText(),
            also=frozenset(pupil for pupil, tick in self._also.items() if tick.isChecked()),
            details=self._fields.values(),
            restricted=self._restricted.isChecked(),
            files=self._files.files,
        )

    def close_panel(self) -> None:
        """Close; what was typed is there again when the form is next opened for the same children."""
        draft = self.draft()
        if self.isVisible() and draft.is_begun(self._likely()):
            self._shell.drafts[self._place] = draft
            self._keeper.keep()
            self._shell.say("What you typed is kept until you open the log here again.")
        elif self.isVisible():
            self._shell.say("")  # what was wrong with the form is of no more use
        super().close_panel()

    def save(self) -> None:
        """Record the entry, or say in the form what is missing."""
        context = self._shell.context
        try:
            draft, first = self.draft(), self._answers
            adds_to = first.id if first is not None else None
            made = entry_of(draft, self._subject, context.now(), self._rule, adds_to=adds_to)
            entry, changes = log(context, made, draft.files)
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._keeper.forget()
        self._clear()
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(f"Logged: {made.kind.label} about {self._subject.names}.")
        self.saved.emit(entry)

    def _clear(self) -> None:
        self._outcome.clear()
        self._note.clear()
        self._fields.show_values({})
        self._files.show_files(())

    def _fresh(self, kind: EntryKind, person: int | None, details: Mapping[str, str]) -> Draft:
        now = self._shell.context.now()
        known = person is not None and self._subject.contact(person) is not None
        ticked = frozenset([person]) if known and person is not None else frozenset[int]()
        if self._answers is not None:
            kind = next(rule.kind for rule in self._answering() if rule.kind is not EntryKind.NOTE)
            ticked = frozenset(one for one in self._answers.persons if self._subject.contact(one) is not None)
        return Draft(kind, persons=ticked, day=date_year(now.date()), time=clock_time(now), details=details)

    def _knows_with_whom(self) -> bool:
        return any(tick.isChecked() for tick in [*self._ticks.values(), self._nobody])

    def _build(self) -> None:
        theme = self._shell.theme
        self._about = Label(theme, "", TextRole.STRONG, wrap=True)
        self._draft_note = Label(theme, "Your draft, as you left it.", TextRole.SECONDARY, "second", wrap=True)
        self._kinds = KindPicker(theme)
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self._nobody = Tick(theme, nobody_words(self._rule.kind))
        self._besides = QVBoxLayout()
        self._besides.setSpacing(0)
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
        self._note.setAcceptDrops(False)  # a file dropped on it is for the entry
        self._fields = KindFields(theme, self._shell.context.today)
        self._restricted = Tick(theme, RESTRICTED)
        self._restricted.setToolTip(RESTRICTED)
        self._restricted.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._files = FilesBox(theme)
        self.setAcceptDrops(True)
        self._save = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._shell.theme
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addLayout(self._people)
        who.addWidget(self._nobody)
        self._add("", self._about, self._draft_note)
        self._add("Kind", self._kinds)
        self._with_heading = Label(theme, "With", TextRole.SECONDARY_STRONG, "second")
        self._with_whom = QWidget()
        inner = QVBoxLayout(self._with_whom)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.space(1))
        inner.addWidget(self._with_heading)
        inner.addLayout(who)
        self.form.addWidget(self._with_whom)
        self.form.addLayout(self._headed("When", row_of(self._day, self._time)))
        self._add("Outcome", self._outcomes, self._outcome)
        self._add("Note: the facts", self._note)
        self.form.addWidget(self._fields)
        self.form.addLayout(self._besides)
        self._add("Files", self._files)
        self.form.addWidget(self._restricted)
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
        self._kinds.taken.connect(self._take_kind)
        self._kinds.lettered.connect(self._go_on_from_kind)
        self._outcomes.picked.connect(self._take_outcome)
        self._outcomes.lettered.connect(self._go_on_from_outcome)
        self._files.changed.connect(self._files_changed)
        self._files.refused.connect(self._refuse_files)
        self._nobody.toggled.connect(self._nobody_toggled)
        self._save.clicked.connect(self.save)
        for edited in (self._day.textChanged, self._time.textChanged, self._outcome.textChanged,
                       self._note.textChanged, self._fields.edited, self._nobody.toggled, self._restricted.toggled,
                       self._files.changed, self._kinds.taken):  # fmt: skip
            edited.connect(self._keeper.soon)

    def _go_on_from_kind(self) -> None:
        asks = self._rule.persons is Persons.WITH and not self._knows_with_whom()
        following = next(iter(self._ticks.values()), self._nobody) if asks else self._outcomes
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on_from_outcome(self) -> None:
        following = self._fields.first_needed or self._note
        following.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(following)

    def _files_changed(self) -> None:
        self.set_fault("")
        self._order_tabs()

    def _refuse_files(self, words: str) -> None:
        self.set_fault(words)
        self._shell.say(words, alarm=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer may be dropped."""
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are looked at as those chosen by the button are."""
        self._files.add(dropped(event.mimeData()))
        event.acceptProposedAction()

    def _show(self, draft: Draft) -> None:
        self._show_people()
        self._fields.clear()
        self._kinds.show_kind(draft.kind)
        self._take_kind(draft.kind)
        for person, tick in self._ticks.items():
            tick.setChecked(person in draft.persons)
        for pupil, tick in self._also.items():
            tick.setChecked(pupil in draft.also)
        self._nobody.setChecked(draft.nobody)
        self._day.setText(draft.day)
        self._time.setText(draft.time)
        self._outcome.setText(draft.outcome)
        self._note.setPlainText(draft.note)
        self._fields.show_values({**({} if draft.is_begun() else self._likely()), **draft.details})
        self._restricted.setVisible(self._shell.context.store.opens_sealed)
        self._restricted.setChecked(draft.restricted)
        self._files.show_files(draft.files)
        self._order_tabs()

    def _show_people(self) -> None:
        contacts = {card.person.id: contact_words(card) for card in self._subject.contacts}
        siblings = {child.id: f"also about {child.name}" for child in self._subject.siblings}
        self._ticks = fill_ticks(self._shell.theme, self._people, self._ticks, contacts)
        self._also = fill_ticks(self._shell.theme, self._besides, self._also, siblings)
        for tick in self._ticks.values():
            tick.toggled.connect(self._person_toggled)
        for tick in (*self._ticks.values(), *self._also.values()):
            tick.toggled.connect(self._keeper.soon)

    def _take_kind(self, kind: EntryKind) -> None:
        self._rule = rule = self._shell.context.rulebook.kinds.rules[kind]
        self._tried = frozenset[int]()
        self._nobody.setText(nobody_words(kind))
        self._nobody.setVisible(rule.persons is Persons.WITH)
        self._with_whom.setVisible(rule.persons is not Persons.NONE)
        self._with_heading.setText(WITH_HEADINGS[rule.persons])
        self._quick = quick_of(rule)
        self._outcomes.set_choices([(quick.label, quick.key) for quick in self._quick])
        if kind is EntryKind.MEETING:
            self._due = meetings_due(self._shell.context, self._subject.key)
        offered = offered_for(self._shell.context, rule, self._subject.contacts, self._due)
        self._fields.show_rule(rule, offered, self._likely())
        self._order_tabs()

    def _likely(self) -> dict[str, str]:
        return likely_of(self._rule, self._due)

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
            *self._fields.stops(),
            *self._also.values(),
            *self._files.stops(),
            self._restricted,
            self._save,
        ]
        for before, after in pairwise(following):
            QWidget.setTabOrder(before, after)

    def _take_outcome(self, number: int) -> None:
        """Fill the line. Where nobody was reached the ticks go; with whom it was tried is known until the next kind."""
        quick = self._quick[number]
        self._tried = self.draft().persons or self._tried
        tried = replace(self.draft(), persons=self._tried)
        self._outcome.setText(outcome_words(quick, tried, self._subject))
        if not self._note.toPlainText().strip():
            self._note.setPlainText(outcome_note(quick, tried, self._subject))
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
