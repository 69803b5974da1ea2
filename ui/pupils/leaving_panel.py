"""A child leaves the roll: the ground with its meaning, what the register shows, what has to be there, the last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.leaving import days_lacking, grounds_for, leave, take_back_leaving
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Ground
from desktop_app.rules.display import date_year
from desktop_app.rules.leaving import warnings
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit, Tick
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.returns.owed import open_owed
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 440
EVIDENCE = "What shows it"
AFTER_ALL = "Does not leave after all"
LEAVES = "Leaves the roll"
FAR = timedelta(days=800)


class LeavingPanel(Panel):
    """Opened beside the page of a child. A leaving that is still to come is taken back here."""

    help_section: ClassVar[str] = "admission"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, LEAVES, width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self.who = Label(theme, "", TextRole.STRONG, wrap=True)
        self.last = DateEdit(theme, shell.context.today)
        self.ground = Choice(theme)
        self.meaning = Label(theme, "", wrap=True)
        self.source = Label(theme, "", TextRole.SECONDARY, "third", wrap=True)
        self.warning = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.register_says = Label(theme, "", TextRole.STRONG, wrap=True)
        self.ticks: list[Tick] = []
        self.next_school = LineEdit(theme, "where it is known")
        self.evidence = NoteEdit(theme, "who said so, when, by letter or telephone", lines=2)
        self.why = LineEdit(theme, "The house sale fell through")
        self.button = Button(theme, LEAVES, key="Ctrl+Enter", primary=True, bind=False)
        self._build()
        self.button.clicked.connect(self.save)
        self.ground.currentIndexChanged.connect(self._show_ground)
        self.last.date_changed.connect(self._offer_grounds)

    def open_for(self, child: Pupil) -> None:
        """Ask on what ground this child leaves; of one who is to leave, whether they stay."""
        if not may_change(self._shell, Right.DELETE_FROM_ROLL):
            return
        again = self._child is not None and self._child.id == child.id
        self._child = child
        leaves = child.leaving_day
        self._leaving.setVisible(leaves is None)
        self._staying.setVisible(leaves is not None)
        self.button.setText(LEAVES if leaves is None else AFTER_ALL)
        if leaves is not None:
            ground = self._shell.context.rulebook.grounds.get(child.leaving_ground)
            on = f", on the ground “{ground.title}”" if ground else ""
            self.who.setText(f"{child.name}’s last day on roll is {date_year(leaves)}{on}.")
            self.open_with(self.why)
            return
        self.who.setText(f"{child.name} leaves the roll. Marks and history stay.")
        if not again:
            self.ground.clear()  # with it the ticks: what was so of one child is not so of another
            self.last.set_date(self._shell.context.today())
            self.next_school.setText(child.next_school)
            self.evidence.clear()
        self._offer_grounds(self.last.date())
        self.open_with(self.ground)

    def save(self) -> None:
        """Do it, or say in the panel what stands against it. The return that a leaving owes is opened, ready to be made
        before the name goes."""
        child = self._child
        if child is None:
            return
        try:
            changes, words = self._stay(child) if child.leaving_day is not None else self._leave(child)
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._child = None
        self.close_panel()
        self._shell.announce(changes)
        if child.leaving_day is not None or not open_owed(self._shell, child.id, words):
            self._shell.say(words)

    def _leave(self, child: Pupil) -> tuple[Changes, str]:
        last, ground = self.last.date(), self._chosen()
        if last is None:
            raise Refused("Last day on roll: that is not a day. Write it as 24/11/2026.")
        if ground is None:
            raise Refused("Choose the ground on which the child leaves.")
        changes = leave(
            self._shell.context,
            child.id,
            ground.key,
            last,
            [ask for ask, tick in zip(ground.asks, self.ticks, strict=True) if tick.isChecked()],
            self.next_school.text(),
            self.evidence.toPlainText(),
        )
        return changes, f"{child.name} leaves the roll: {ground.title}, last day {date_year(last)}."

    def _stay(self, child: Pupil) -> tuple[Changes, str]:
        changes = take_back_leaving(self._shell.context, child.id, self.why.text())
        self.why.clear()
        return changes, f"{child.name} stays on roll."

    def _build(self) -> None:
        theme = self._shell.theme
        self._asks = QVBoxLayout()
        self._asks.setSpacing(0)
        self._evidence_field = Field(theme, EVIDENCE, self.evidence)
        self._leaving, self._staying = QWidget(), QWidget()
        column = QVBoxLayout(self._leaving)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2.5))
        column.addWidget(Field(theme, "Ground (there is no other)", self.ground))
        for label in (self.meaning, self.source, self.warning, self.register_says):
            column.addWidget(label)
        column.addWidget(Field(theme, "Last day on roll: today or later", self.last))
        column.addWidget(Label(theme, "It is so that", TextRole.SECONDARY_STRONG, "second"))
        column.addLayout(self._asks)
        column.addWidget(self._evidence_field)
        column.addWidget(Field(theme, "Next school", self.next_school))
        stay = QVBoxLayout(self._staying)
        stay.setContentsMargins(0, 0, 0, 0)
        stay.addWidget(Field(theme, "Why the child does not leave after all", self.why))
        self.form.addWidget(self.who)
        self.form.addWidget(self._leaving)
        self.form.addWidget(self._staying)
        self.form.addStretch(1)
        self.buttons.addWidget(self.button)
        self.buttons.addStretch(1)

    def _offer_grounds(self, day: object) -> None:
        """The grounds open to a child of the age of that day; the one that was chosen stays chosen if it is one."""
        today = self._shell.context.today()
        if self._child is None or not isinstance(day, date) or not today <= day <= today + FAR:
            return  # a day that is half typed, or refused anyway
        before = self._chosen()
        self.ground.blockSignals(True)
        self.ground.clear()
        for ground in grounds_for(self._shell.context, self._child.id, day):
            self.ground.add(ground.title, ground)
        self.ground.setCurrentIndex(0)
        if before is not None:
            self.ground.choose(before)
        self.ground.blockSignals(False)
        if self._chosen() != before or not self.ticks:
            self._show_ground()

    def _chosen(self) -> Ground | None:
        found = self.ground.value()
        return found if isinstance(found, Ground) else None

    def _show_ground(self) -> None:
        ground = self._chosen()
        if ground is None or self._child is None:
            return
        self.meaning.setText(ground.meaning)
        self.source.setText(ground.source)
        said = warnings(ground, self._shell.context.today())
        self.warning.setText("\n".join(f"⚠ {words}" for words in said))
        self.warning.setVisible(bool(said))
        self._show_days(ground)
        for tick in self.ticks:
            self._asks.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = [Tick(self._shell.theme, ask) for ask in ground.asks]
        before: QWidget = self.last
        for tick in self.ticks:
            tick.setToolTip(tick.text())
            self._asks.addWidget(tick)
            QWidget.setTabOrder(before, tick)
            before = tick
        QWidget.setTabOrder(before, self.evidence)
        self._evidence_field.label.setText(ground.evidence or EVIDENCE)
        self.set_fault("")

    def _show_days(self, ground: Ground) -> None:
        asks = bool(ground.absent_days or ground.days_after_leave)
        self.register_says.setVisible(asks)
        if not asks or self._child is None:
            return
        lacking = days_lacking(self._shell.context, self._child.id, ground.key)
        self.register_says.set_ink("alarm" if lacking else "ink")
        self.register_says.setText(f"⚠ {lacking}" if lacking else "✓ The register shows the school days it asks for.")
