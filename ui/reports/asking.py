"""What a report is asked for: the days always, and of the rest only what the report heeds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.actions.explain import whom
from desktop_app.actions.figures import Grouping
from desktop_app.actions.register_page import classes
from desktop_app.actions.reports.spec import Asked, ReportSpec
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.names import sort_key
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, Tick
from ui.theme import Theme

LAST_MOMENT = time(23, 59, 59, 999999)
WHOLE, EVERYBODY = "The whole school", "Everybody"


class Asking(QWidget):
    """A row of fields. `changed`: something else is asked for."""

    changed = Signal()

    def __init__(self, theme: Theme, context: Context) -> None:
        super().__init__()
        self._context = context
        today = context.today
        self.on = DateEdit(theme, today, today())
        self.first = DateEdit(theme, today)
        self.as_at = DateEdit(theme, today)
        self.class_name, self.pupil, self.group = Choice(theme), Choice(theme), Choice(theme)
        self.meeting = Choice(theme)
        self.comparable = Tick(theme, "As the DfE counts")
        self.fields = {
            "on": Field(theme, "Up to", self.on),
            "first": Field(theme, "From", self.first),
            "class_name": Field(theme, "Class", self.class_name),
            "pupil": Field(theme, "Child", self.pupil),
            "group": Field(theme, "Group", self.group),
            "meeting": Field(theme, "Meeting", self.meeting),
            "comparable": Field(theme, "Who is counted", self.comparable),
            "as_at": Field(theme, "As recorded by", self.as_at),
        }
        self.first.setPlaceholderText("its own")
        self.as_at.setPlaceholderText("now")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(3))
        for field in self.fields.values():
            field.setMaximumWidth(theme.space(58))
            row.addWidget(field, 1)
        row.addStretch(0)
        self._heeds: frozenset[str] = frozenset()
        for editor in (self.on, self.first, self.as_at):
            editor.editingFinished.connect(self._said)
        for choice in (self.class_name, self.pupil, self.group, self.meeting):
            choice.currentIndexChanged.connect(self._said)
        self.comparable.toggled.connect(self._said)
        self._last = self._state()

    def show_for(self, spec: ReportSpec) -> None:
        """Ask for what this report heeds, and for nothing else."""
        self._heeds = spec.asks
        for name, field in self.fields.items():
            field.setVisible(name in ("on", "as_at") or name in spec.asks)
        if "class_name" in spec.asks and not self.class_name.count():
            self._offer_classes()
        if "pupil" in spec.asks and not self.pupil.count():
            self._offer_pupils()
        if "group" in spec.asks:
            self._offer_groups()
        if "meeting" in spec.asks and not self.meeting.count():
            self._offer_meetings()
        self._last = self._state()

    def choose_pupil(self, pupil: int) -> None:
        """Ask about this child."""
        if not self.pupil.count():
            self._offer_pupils()
        self.pupil.choose(pupil)
        self._last = self._state()

    def asked(self) -> Asked:
        """What is asked for. Raises `Refused` where a day is none."""
        on, first, as_at = self.on.date(), self.first.date(), self.as_at.date()
        typed = ((self.on, on), (self.first, first), (self.as_at, as_at))
        if on is None or any(editor.text().strip() and day is None for editor, day in typed):
            raise Refused("Write each day as 24/11/2026.")
        pupil, name, group = self.pupil.value(), self.class_name.value(), self.group.value()
        meeting = self.meeting.value()
        return Asked(
            on=on,
            first=first if "first" in self._heeds else None,
            as_at=as_aware(datetime.combine(as_at, LAST_MOMENT)) if as_at else None,
            comparable=self.comparable.isChecked() and "comparable" in self._heeds,
            pupil=pupil if isinstance(pupil, int) and "pupil" in self._heeds else 0,
            class_name=name if isinstance(name, str) and "class_name" in self._heeds else "",
            group=group if isinstance(group, str) and "group" in self._heeds else "",
            meeting=meeting if isinstance(meeting, str) and "meeting" in self._heeds else "",
        )

    def about(self) -> str:
        """What the report is about, for the name of its file; empty: the school."""
        words: list[str] = []
        for name, text in (
            ("class_name", self.class_name.currentText() if self.class_name.value() else ""),
            ("pupil", self.pupil.currentText() if self.pupil.value() else ""),
            ("group", self.group.currentText() if self.group.value() else ""),
            ("meeting", self.meeting.currentText() if self.meeting.value() else ""),
        ):
            if name in self._heeds and text:
                words.append(text)
        return " ".join(words)

    def _offer_classes(self) -> None:
        context = self._context
        self.class_name.blockSignals(True)
        if context.sees_all:
            self.class_name.add(WHOLE, "")
        if context.may(Right.READ_REGISTER):
            for name in classes(context, context.today()):
                self.class_name.add(name, name)
        self.class_name.blockSignals(False)

    def _offer_groups(self) -> None:
        """The groups in which there is anybody, of the children whom the present user sees; the chosen one stays."""
        if not self._context.may(Right.READ_PUPIL):
            return
        chosen = self.group.value()
        self.group.blockSignals(True)
        self.group.clear()
        self.group.add(EVERYBODY, "")
        on = self.on.date() or self._context.today()
        for one in whom(self._context, school_year_start(on), on):
            if one.by is Grouping.GROUP:
                self.group.add(one.title, one.key)
        self.group.choose(chosen)
        self.group.blockSignals(False)

    def _offer_meetings(self) -> None:
        """The kinds of meeting of the school’s pack."""
        with self._context.store.reading() as reading:
            pack = self._context.pack(reading.book.school())
        self.meeting.blockSignals(True)
        for one in pack.casework.meetings:
            self.meeting.add(one.title, one.key)
        self.meeting.blockSignals(False)

    def _offer_pupils(self) -> None:
        """The children on roll whom the present user sees, in the order of the register."""
        self.pupil.blockSignals(True)
        self.pupil.add("Choose a child", 0)
        for one in self._pupils():
            self.pupil.add(one.list_name, one.id)
        self.pupil.blockSignals(False)

    def _pupils(self) -> Sequence[Pupil]:
        context = self._context
        if not context.may(Right.READ_PUPIL):
            return ()
        today = context.today()
        with context.store.reading() as reading:
            pupils = reading.book.all(Pupil)
            places = {one.pupil: one.class_name for one in reading.book.all(Membership) if one.holds(today)}
        seen = [one for one in pupils if one.on_roll(today) and context.sees(places.get(one.id, ""))]
        return sorted(seen, key=lambda one: sort_key(one.surname, one.forename))

    def _state(self) -> tuple[object, ...]:
        return (
            *(editor.date() or editor.text() for editor in (self.on, self.first, self.as_at)),
            self.group.value(),
            self.class_name.value(),
            self.pupil.value(),
            self.meeting.value(),
            self.comparable.isChecked(),
        )

    def _said(self) -> None:
        """A field was left or another thing chosen: it counts only where something else is asked for now."""
        state = self._state()
        if state != self._last:
            self._last = state
            self.changed.emit()
