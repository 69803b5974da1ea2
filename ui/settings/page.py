"""The school's settings: when registers are taken and close, when sessions end, by when somebody must be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.attendance_service import attendance_service, change_attendance_service
from desktop_app.actions.leave import leave_list, set_leave_list
from desktop_app.actions.rewards import choose_reward_rule, reward_rule
from desktop_app.actions.settings import change_settings, school_settings
from desktop_app.domain.casework import Service
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import RegisterTimes, School
from desktop_app.domain.sessions import Half
from desktop_app.rules.rewards import RewardRule
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, LineEdit, NoteEdit, TimeEdit
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

PARTICULARS = (
    ("name", "Name"),
    ("dfe_number", "DfE number"),
    ("headteacher", "Headteacher"),
    ("address", "Address"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
)
TIMES = (
    ("am_opens", "Morning taken from"),
    ("am_closes", "Closes at"),
    ("am_ends", "Morning ends"),
    ("pm_opens", "Afternoon taken from"),
    ("pm_closes", "Closes at"),
    ("pm_ends", "Afternoon ends"),
)
SERVICES = {
    Service.LA: "the local authority’s",
    Service.OTHER: "another provider’s",
    Service.NONE: "none",
}


class SettingsPage(Page):
    """One form. Ctrl+Enter lets it hold from now on; Esc puts back what holds, then leaves."""

    place = "settings"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "The school’s settings", "They hold from now on; marks that stand stay as made")
        self.times = {key: TimeEdit(theme) for key, _ in (*TIMES, ("contact_by", ""))}
        self.lines = {key: LineEdit(theme) for key, _ in PARTICULARS}
        self.closing_minute = Choice(theme)
        self.closing_minute.add("L: late, the register is still open", True)
        self.closing_minute.add("U: absent when the register closed", False)
        self.rewards = Choice(theme)
        self.rewards.add("Illness is held against nobody", RewardRule.ILLNESS_SPARED)
        self.rewards.add("Illness counts, unless a condition is agreed", RewardRule.ILLNESS_COUNTS)
        self.steps = NoteEdit(theme, "One step a line", lines=3)
        self.service = Choice(theme)
        self.service.add("not said: every step is offered", None)
        for service, words in SERVICES.items():
            self.service.add(words, service)
        self.leave = NoteEdit(theme, "One circumstance a line", lines=3)
        self.law = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.button = Button(theme, "Save the settings", key="Ctrl+Enter", primary=True, bind=False)
        self.fields: dict[str, Field] = {}
        self._held: tuple[object, ...] = ()
        self._build()
        self.button.clicked.connect(self._save)
        on_chord(self, "Ctrl+Return", self._save)

    def refresh(self, changes: Changes | None) -> None:
        if (changes is None or changes.book) and not self.touched:
            self._read()

    def show_at(self, **where: object) -> None:
        del where
        if not self.touched:
            self._read()

    @property
    def touched(self) -> bool:
        """Whether something is typed that does not hold yet."""
        return bool(self._held) and self._typed() != self._held

    def first_focus(self) -> QWidget:
        return self.times["am_opens"]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.touched:
            self._read()
            self._say("Put back as it holds. Esc again leaves.")
        else:
            self.shell.go("today")

    def _build(self) -> None:
        space = self.theme.space
        right = QVBoxLayout()
        right.setSpacing(space(3))
        right.addWidget(self._particulars())
        right.addWidget(self._rewards())
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(space(3))
        left = QVBoxLayout()
        left.setSpacing(space(3))
        left.addWidget(self._registers())
        left.addWidget(self._morning())
        left.addWidget(self._casework())
        left.addStretch(1)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        self.header.add_action(self.button)
        whole.addWidget(self.header)
        whole.addWidget(self.said)
        whole.addLayout(columns)
        whole.addStretch(1)
        whole.addWidget(KeyHints(self.theme, hints(keys.SETTINGS)))
        self.said.hide()

    def _registers(self) -> Card:
        card = Card(self.theme, "Registers")
        for three in (TIMES[:3], TIMES[3:]):
            row = QHBoxLayout()
            for key, words in three:
                row.addWidget(self._field(key, words, self.times[key]))
            card.body.addLayout(row)
        card.body.addWidget(self.law)
        card.body.addWidget(self._field("closing", "Who comes in the very minute of closing", self.closing_minute))
        return card

    def _morning(self) -> Card:
        card = Card(self.theme, "Absent and nothing heard")
        row = QHBoxLayout()
        by = self._field("contact_by", "Somebody reached by", self.times["contact_by"])
        by.setMaximumWidth(self.theme.space(40))
        row.addWidget(by, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._field("steps", "Then our policy says, one step a line", self.steps), 1)
        card.body.addLayout(row)
        return card

    def _casework(self) -> Card:
        card = Card(self.theme, "Casework and leave")
        row = QHBoxLayout()
        row.addWidget(self._field("service", "Attendance service bought", self.service), 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._field("leave", "Our list of exceptional circumstances, one a line", self.leave), 3)
        card.body.addLayout(row)
        return card

    def _particulars(self) -> Card:
        card = Card(self.theme, "The school, as documents name it")
        for key, words in PARTICULARS:
            card.body.addWidget(self._field(key, words, self.lines[key]))
        return card

    def _rewards(self) -> Card:
        card = Card(self.theme, "Rewards")
        card.body.addWidget(self._field("rewards", "Certificates and the class league", self.rewards))
        return card

    def _field(self, key: str, words: str, editor: QWidget) -> Field:
        self.fields[key] = Field(self.theme, words, editor)
        return self.fields[key]

    def _read(self) -> None:
        found = school_settings(self.shell.context)
        school = found.school
        shown = {
            "am_opens": school.am.opens,
            "am_closes": school.am.closes,
            "am_ends": school.ends(Half.AM),
            "pm_opens": school.pm.opens,
            "pm_closes": school.pm.closes,
            "pm_ends": school.ends(Half.PM),
            "contact_by": found.contact_by,
        }
        for key, at in shown.items():
            self.times[key].set_time(at)
        for key, line in self.lines.items():
            line.setText(str(getattr(school, key)))
        self.closing_minute.choose(found.closing_minute_late)
        self.rewards.choose(reward_rule(self.shell.context))
        self.steps.setPlainText("\n".join(found.steps))
        self.service.choose(attendance_service(self.shell.context))
        self.leave.setPlainText("\n".join(leave_list(self.shell.context)))
        self.law.setText(found.law)
        self._clear_faults()
        self._held = self._typed()
        context = self.shell.context
        may = context.may(Right.SETTINGS) and not context.store.read_only
        self.button.setEnabled(may)
        self.button.setToolTip("" if may else "Only the headteacher and the attendance lead change these.")

    def _typed(self) -> tuple[object, ...]:
        return (
            *(each.text() for each in self.times.values()),
            *(each.text() for each in self.lines.values()),
            self.closing_minute.value(),
            self.rewards.value(),
            self.steps.toPlainText(),
            self.service.value(),
            self.leave.toPlainText(),
        )

    def _save(self) -> None:
        self._clear_faults()
        try:
            changed, changes = self._change()
            rule = choose_reward_rule(self.shell.context, RewardRule(self.rewards.value()))
            more = self._change_casework()
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        changed = changed or rule.book or more
        self.shell.announce(Changes(book=changed) if rule.book or more else changes)
        self._read()
        self._say("✓ They hold from now on." if changed else "Nothing was changed: this is how it holds already.")

    def _change(self) -> tuple[bool, Changes]:
        at = {key: self._time(key) for key in self.times}
        school = school_settings(self.shell.context).school
        wanted: School = replace(
            school,
            am=RegisterTimes(at["am_opens"], at["am_closes"]),
            pm=RegisterTimes(at["pm_opens"], at["pm_closes"]),
            **{key: line.text() for key, line in self.lines.items()},  # type: ignore[arg-type]
        )
        # An end that nobody typed stays the usual one, which goes with the other times.
        if at["am_ends"] != wanted.ends(Half.AM) or school.am_ends:
            wanted = replace(wanted, am_ends=at["am_ends"])
        if at["pm_ends"] != wanted.ends(Half.PM) or school.pm_ends:
            wanted = replace(wanted, pm_ends=at["pm_ends"])
        return change_settings(
            self.shell.context,
            wanted,
            closing_minute_late=bool(self.closing_minute.value()),
            contact_by=at["contact_by"],
            steps=self.steps.toPlainText().splitlines(),
        )

    def _change_casework(self) -> bool:
        service = self.service.value()
        bought, _ = change_attendance_service(self.shell.context, service if isinstance(service, Service) else None)
        return set_leave_list(self.shell.context, self.leave.toPlainText().splitlines()).book or bought

    def _time(self, key: str) -> time:
        found = self.times[key].time()
        if found is None:
            self.fields[key].set_fault("Write it as 08:45.")
            self.times[key].setFocus(Qt.FocusReason.OtherFocusReason)
            raise Refused(f"“{self.times[key].text()}” is not a time of day. Nothing was changed.")
        return found

    def _clear_faults(self) -> None:
        for field in self.fields.values():
            field.set_fault("")
        self._say("")

    def _say(self, words: str) -> None:
        self.said.set_ink("alarm" if words.startswith("⚠") else "ink")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)
