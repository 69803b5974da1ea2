"""A child's timetable of fewer than all sessions: agreed, changed, ended. It ends by itself; each review is a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.arrivals import phone_of, set_phone
from desktop_app.actions.timetables import end_timetable, set_timetable, timetables_of
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pattern, PatternKind, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from desktop_app.rules.typed_when import read_day
from ui.admission.child_form import line_of
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.pupils.week_ticks import FULL, WeekTicks
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 440
ANOTHER = "A new timetable …"
KINDS: Mapping[PatternKind, str] = {
    PatternKind.PART_TIME: "Part-time, of compulsory age (C2)",
    PatternKind.NURSERY: "Nursery or under compulsory age (X)",
    PatternKind.DUAL: "Registered at another school too (D)",
    PatternKind.ALTERNATIVE: "Alternative provision (K, B)",
}
EXPLAINED: Mapping[PatternKind, str] = {
    PatternKind.PART_TIME: "In the child’s interest, agreed with a parent the child lives with, for a short time. "
    "After its last day the register expects the child again.",
    PatternKind.NURSERY: "X stands where the child need not come, and never from compulsory school age.",
    PatternKind.DUAL: "D stands on the other school’s sessions. Each morning Who arrived elsewhere (F11) asks.",
    PatternKind.ALTERNATIVE: "No mark stands on its sessions until somebody confirms who arrived (F11).",
}
PROVISION = (("K  arranged by the authority", "K"), ("B  arranged by the school", "B"))


class TimetablePanel(Panel):
    """Opened beside the page of a child: a timetable is chosen, or a new one agreed."""

    help_section: ClassVar[str] = "timetable"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Timetable", width=WIDTH)
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self._child: Pupil | None = None
        self.chosen, self.kind, self.code = Choice(theme), Choice(theme), Choice(theme)
        for kind, words in KINDS.items():
            self.kind.add(words, kind)
        for words, key in PROVISION:
            self.code.add(words, key)
        self.week = WeekTicks(theme)
        self.first, self.last, self.agreed_on = DateEdit(theme, today), DateEdit(theme, today), DateEdit(theme, today)
        self.agreed_with = LineEdit(theme, "Ms K Kaya")
        self.purpose = LineEdit(theme, "return after an operation")
        self.reviews = LineEdit(theme, "4/12, 18/12")
        self.told = LineEdit(theme, "Ms Reed, social worker, 18/11")
        self.hours = LineEdit(theme, "15")
        self.provider, self.phone = LineEdit(theme, "Hope Farm"), LineEdit(theme, "0151 496 0123")
        self.nature = LineEdit(theme, "animal care, supervised")
        self.explained = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.ends = Button(theme, "End it today", danger=True)
        self._part_time, self._where = QWidget(), QWidget()
        self._build()
        self._connect()

    def open_for(self, child: Pupil) -> None:
        """Show the timetables of this child, the newest chosen; without any, a new one is begun."""
        self._child = child
        self._offer()
        self.open_with(self.chosen)

    def save(self) -> None:
        """Set it as it stands there, or say in the panel why not."""
        child = self._child
        if child is None:
            return
        pattern = self._pattern()

        def deed() -> tuple[int, Changes]:
            wanted = self._wanted(pattern.id if pattern else 0, child.id)
            made, changes = set_timetable(self._shell.context, wanted)
            if wanted.provider and self.phone.text().strip() != phone_of(self._shell.context, wanted.provider):
                set_phone(self._shell.context, wanted.provider, self.phone.text())
            return made, changes

        self._do(deed, "the timetable is set")

    def _build(self) -> None:
        theme = self._shell.theme
        column = QVBoxLayout(self._part_time)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2.5))
        agreed = Field(theme, "Agreed with which parent", self.agreed_with), Field(theme, "On", self.agreed_on)
        column.addLayout(line_of(theme, *agreed))
        column.addWidget(Field(theme, "What it is for", self.purpose))
        reviews = Field(theme, "Reviewed on", self.reviews), Field(theme, "Hours a week", self.hours)
        column.addLayout(line_of(theme, *reviews, stretch=(2, 1)))
        column.addWidget(Field(theme, "Who was told (social worker, EHCP authority)", self.told))
        where = QVBoxLayout(self._where)
        where.setContentsMargins(0, 0, 0, 0)
        where.setSpacing(theme.space(2.5))
        place = Field(theme, "Other school or provider", self.provider), Field(theme, "Its phone", self.phone)
        where.addLayout(line_of(theme, *place, stretch=(3, 2)))
        self._code_field = Field(theme, "Code", self.code)
        self._nature_field = Field(theme, "Nature of the provision", self.nature)
        where.addWidget(self._code_field)
        where.addWidget(self._nature_field)
        for widget in (
            Field(theme, "Which", self.chosen),
            Field(theme, "Kind", self.kind),
            self.explained,
            Label(theme, "Comes to this school on", TextRole.SECONDARY_STRONG, "second"),
            self.week,
        ):
            self.form.addWidget(widget)
        self.form.addLayout(line_of(theme, Field(theme, "From", self.first), Field(theme, "Last day", self.last)))
        self.form.addWidget(self._part_time)
        self.form.addWidget(self._where)
        self.form.addStretch(1)
        self.keep = Button(theme, "Set", key="Ctrl+Enter", primary=True, bind=False)
        self.keep.clicked.connect(self.save)
        self.buttons.addWidget(self.keep)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.ends)

    def _connect(self) -> None:
        self.chosen.currentIndexChanged.connect(self._show)
        self.kind.currentIndexChanged.connect(self._suit_kind)
        self.ends.clicked.connect(self._end)

    def _offer(self, chosen: int = 0) -> None:
        if self._child is None:
            return
        known = timetables_of(self._shell.context, self._child.id)
        self.chosen.blockSignals(True)
        self.chosen.clear()
        for pattern in known:
            self.chosen.add(_words(pattern, self._shell.context.today()), pattern)
        self.chosen.add(ANOTHER, None)
        self.chosen.setCurrentIndex(next((n for n, one in enumerate(known) if one.id == chosen), 0))
        self.chosen.blockSignals(False)
        self._show()

    def _pattern(self) -> Pattern | None:
        found = self.chosen.value()
        return found if isinstance(found, Pattern) else None

    def _show(self) -> None:
        """What stands of the one that is chosen; of a new one nothing, from today."""
        today = self._shell.context.today()
        known = self._pattern()
        one = known or Pattern(0, 0, PatternKind.PART_TIME, FULL, today)
        self.kind.choose(next((kind for kind in PatternKind if kind == one.kind), PatternKind.PART_TIME))
        self.week.show_expected(one.expected)
        for editor, day in ((self.first, one.first), (self.last, one.last), (self.agreed_on, one.agreed_on)):
            editor.set_date(day)
        self.agreed_with.setText(one.agreed_with)
        self.purpose.setText(one.purpose)
        self.reviews.setText(", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in one.reviews))
        self.told.setText(one.told)
        self.hours.setText(one.hours)
        self.provider.setText(one.provider)
        self.phone.setText(phone_of(self._shell.context, one.provider))
        self.code.choose(one.code or "K")
        self.nature.setText(one.note)
        may = self._shell.context.may(Right.PLAN) and not self._shell.context.store.read_only
        self.keep.setVisible(may)
        self.ends.setVisible(may and known is not None and (known.last is None or known.last > today))
        self.ends.setText("Take it back" if known is not None and known.first > today else "End it today")
        self._suit_kind()
        self.set_fault("")

    def _suit_kind(self) -> None:
        """Ask only for what the kind needs."""
        kind = PatternKind(str(self.kind.value()))
        self.explained.setText(EXPLAINED[kind])
        self._part_time.setVisible(kind is PatternKind.PART_TIME)
        self._where.setVisible(kind in (PatternKind.DUAL, PatternKind.ALTERNATIVE))
        for field in (self._code_field, self._nature_field):
            field.setVisible(kind is PatternKind.ALTERNATIVE)

    def _wanted(self, pattern: int, child: int) -> Pattern:
        kind = PatternKind(str(self.kind.value()))
        first, last = self.first.date(), self._day(self.last, "Last day")
        if first is None:
            raise Refused("From: that is not a day. Write it as 24/11/2026.")
        part, away = kind is PatternKind.PART_TIME, kind in (PatternKind.DUAL, PatternKind.ALTERNATIVE)
        other = kind is PatternKind.ALTERNATIVE
        return Pattern(
            id=pattern,
            pupil=child,
            kind=kind,
            expected=self.week.expected(),
            first=first,
            last=last,
            note=self.nature.text().strip() if other else "",
            code=str(self.code.value()) if other else "",
            provider=self.provider.text().strip() if away else "",
            agreed_with=self.agreed_with.text().strip() if part else "",
            agreed_on=self._day(self.agreed_on, "Agreed on") if part else None,
            purpose=self.purpose.text().strip() if part else "",
            reviews=self._reviews() if part else (),
            told=self.told.text().strip() if part else "",
            hours=self.hours.text().strip() if part else "",
        )

    def _day(self, editor: DateEdit, words: str) -> date | None:
        """The day that stands there; None where it is empty."""
        found = editor.date()
        if found is None and editor.text().strip():
            raise Refused(f"{words}: that is not a day. Write it as 24/11/2026.")
        return found

    def _reviews(self) -> tuple[str, ...]:
        typed = self.reviews.text().replace(";", ",").split(",")
        today = self._shell.context.today()
        return tuple(sorted({read_day(one, today).isoformat() for one in typed if one.strip()}))

    def _end(self) -> None:
        known = self._pattern()
        if known is not None:
            today = self._shell.context.today()
            taken_back = known.first > today
            words = "the timetable is taken back" if taken_back else "the timetable ends today; marks stay as they are"
            self._do(lambda: (known.id, end_timetable(self._shell.context, known.id, today)), words)

    def _do(self, deed: Callable[[], tuple[int, Changes]], words: str) -> None:
        name = self._child.name if self._child else ""
        if not may_change(self._shell, Right.PLAN):
            return
        try:
            pattern, changes = deed()
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.announce(changes)
        self._offer(pattern)
        self.chosen.setFocus()
        self._shell.say(f"{name}: {words}.")


def _words(pattern: Pattern, today: date) -> str:
    """A timetable in the list: its kind, its days, and whether it is over."""
    kind = next((words for kind, words in KINDS.items() if kind == pattern.kind), pattern.kind)
    until = f" to {date_year(pattern.last)}" if pattern.last else ""
    over = pattern.last is not None and pattern.last < today
    state = "over" if over else "to come" if pattern.first > today else "now"
    return f"{state}: {kind}, {date_year(pattern.first)}{until}"
