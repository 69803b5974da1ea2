"""A period of the school year is added, changed or taken away: what would come of it is said first, and asked about."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.school_year import SchoolYear, preview_period, put_period, remove_period, school_year
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half
from desktop_app.rules.for_whom import read_whom, whom_words
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole
from ui.year.words import HALVES, KINDS

WIDTH = 440
SHOW, TAKE_AWAY, YES = "Show what would change", "Take it away", "Yes, change the year"
GONE = "It is taken out of the calendar. No mark changes by that."


class PeriodPanel(Panel):
    """Ctrl+Enter says what would change; the second time it is done. Where nothing would change it is done at once."""

    help_section: ClassVar[str] = "year"

    changed = Signal(int)
    """The calendar was changed; the id of the period."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._held = Period(0, PeriodKind.CLOSURE, "", date.min, date.min)
        self._remove = False
        self._asked: Period | None = None
        self.kind, self.half = Choice(theme), Choice(theme)
        for kind, words in KINDS.items():
            self.kind.add(words, kind)
        for half, words in HALVES.items():
            self.half.add(words, half)
        self.name = LineEdit(theme, "Snow, polling day, half term …")
        self.first, self.last = DateEdit(theme, shell.context.today), DateEdit(theme, shell.context.today)
        self.last.setPlaceholderText("the same day")
        self.whom = LineEdit(theme, "everybody; or 4B, Year 5")
        self.about = Label(theme, "", TextRole.STRONG, wrap=True)
        self.said = Label(theme, "", wrap=True)
        self.button = Button(theme, SHOW, key="Ctrl+Enter", primary=True, bind=False)
        self._build()
        self.button.clicked.connect(self.save)
        for line in (self.name, self.first, self.last, self.whom):
            line.textEdited.connect(self._forget)
        for choice in (self.kind, self.half):
            choice.currentIndexChanged.connect(self._forget)

    def open_for(self, period: Period, *, remove: bool = False) -> None:
        """Ask for this period, which may be new (id 0)."""
        self._held, self._remove = period, remove
        change = "Change the school year" if period.id else "Add to the school year"
        self.set_title(TAKE_AWAY if remove else change)
        self.about.setText(f"“{period.name}” is taken out of the school year." if remove else "")
        self.kind.choose(period.kind)
        self.half.choose(period.half)
        self.name.setText(period.name)
        self.first.set_date(period.start)
        self.last.set_date(period.end)
        self.whom.setText("" if not (period.classes or period.years) else whom_words(period.classes, period.years))
        self._fields.setVisible(not remove)
        self.about.setVisible(remove)
        self._forget()
        if remove:
            self.open_with(self.button)
            self.save()
        else:
            self.open_with(self.name)

    def save(self) -> None:
        """Say what would change; where that was said already, or nothing would, do it."""
        self.set_fault("")
        try:
            period = self._held if self._remove else self._typed()
            if self._asked != period and self._ask(period):
                return
            key, changes = self._do(period)
        except Refused as refused:
            self._forget()
            self.set_fault(words_of(refused))
            self._shell.say(words_of(refused), alarm=True)
            return
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(
            f"“{period.name or KINDS[period.kind]}” {'is taken away' if self._remove else 'stands'} in the "
            "school year, and so in every register."
        )
        self.changed.emit(key)

    def _ask(self, period: Period) -> bool:
        """Show what would come of it; whether anybody is to say yes first."""
        effect = preview_period(self._shell.context, period, remove=self._remove)
        words = effect.words or ((GONE,) if self._remove else ())
        if not words:
            return False
        self._asked = period
        self.said.setText("\n".join(f"• {one}" for one in words))
        self.said.show()
        self.said.setAccessibleName(" ".join(words))
        self.button.setText(TAKE_AWAY if self._remove else YES)
        self._shell.say(" ".join(words))
        return True

    def _do(self, period: Period) -> tuple[int, Changes]:
        if self._remove:
            _, changes = remove_period(self._shell.context, period.id)
            return 0, changes
        key, _, changes = put_period(self._shell.context, period)
        return key, changes

    def _typed(self) -> Period:
        first = _day(self.first, "From")
        last = _day(self.last, "To, inclusive") if self.last.text().strip() else first
        known: SchoolYear = school_year(self._shell.context, first)
        classes, years = read_whom(self.whom.text(), known.classes, known.years)
        half = self.half.value()
        return Period(
            self._held.id,
            PeriodKind(str(self.kind.value())),
            self.name.text().strip(),
            first,
            last,
            half if isinstance(half, Half) else None,
            years,
            classes,
        )

    def _forget(self) -> None:
        """What was said is of another period than what stands there now."""
        self._asked = None
        self.said.hide()
        self.button.setText(SHOW)

    def _build(self) -> None:
        theme = self._theme
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(3))
        column.addWidget(Field(theme, "What", self.kind))
        column.addWidget(Field(theme, "Name; of a closure, why", self.name))
        days = QHBoxLayout()
        for words, editor in (("From", self.first), ("To, inclusive", self.last), ("Half", self.half)):
            days.addWidget(Field(theme, words, editor))
        column.addLayout(days)
        column.addWidget(Field(theme, "For whom", self.whom))
        for widget in (self.about, self._fields, self.said):
            self.form.addWidget(widget)
        self.form.addStretch(1)
        self.buttons.addWidget(self.button)
        self.buttons.addStretch(1)


def _day(editor: DateEdit, words: str) -> date:
    found = editor.date()
    if found is None:
        raise Refused(f"{words}: that is not a day. Write it as 24/11/2026.")
    return found
