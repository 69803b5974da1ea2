"""The groups a child is in: every dated flag, past and coming too; begin one, correct it, end it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from desktop_app.actions.group_members import end_flag, flags_of, put_flag, remove_flag
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from desktop_app.rules.groups import ETHNICITIES, FLAG_WORDS, SOCIAL_CARE, flag_words
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 392
NEW = "Begin another …"
KINDS = {**FLAG_WORDS, FlagKind.ETHNICITY: "Ethnic background", FlagKind.OTHER: "A group of the school’s own"}
VALUE_HELP = "A code such as WBRI for the ethnic background, the name of the school’s own group, else what is useful."
KEPT = "What stood before stays on record, and figures of earlier days keep it."


class GroupsPanel(Panel):
    """Opened beside the page of a child. What social care does is there for those alone who read it."""

    help_section: ClassVar[str] = "groups"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Groups", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self._asked = 0
        self.standing = Label(theme, "", wrap=True)
        self.which, self.kind = Choice(theme), Choice(theme)
        self.value = LineEdit(theme)
        self.first, self.last = DateEdit(theme, shell.context.today), DateEdit(theme, shell.context.today)
        self.keep = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        self.end = Button(theme, "End today", bind=False)
        self.take = Button(theme, "Take away", bind=False)
        self._fields = (
            Field(theme, "Which", self.which),
            Field(theme, "What", self.kind),
            Field(theme, "More about it", self.value, VALUE_HELP),
            Field(theme, "From", self.first),
            Field(theme, "To, inclusive; empty: until it is ended", self.last, KEPT),
        )
        self.form.addWidget(Label(theme, "On record", TextRole.STRONG))
        self.form.addWidget(self.standing)
        for field in self._fields:
            self.form.addWidget(field)
        self.form.addStretch(1)
        for button in (self.keep, self.end, self.take):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.which.currentIndexChanged.connect(self._show)
        self.keep.clicked.connect(self.save)
        self.end.clicked.connect(self._end)
        self.take.clicked.connect(self._take)

    def open_for(self, child: Pupil) -> None:
        """Show this child's flags, and ask for one where the present user may."""
        self._child = child
        self.kind.clear()
        for kind in self._kinds():
            self.kind.add(KINDS[kind], kind)
        self._read()
        self.open_with(self.which if self.may_write else self.close_button)

    @property
    def may_write(self) -> bool:
        """Whether the present user may change any flag."""
        return bool(self._kinds()) and not self._shell.context.store.read_only

    def save(self) -> None:
        """Begin or correct the flag as the form says, or say in the panel why not."""
        child, kind, first = self._child, self.kind.value(), self.first.date()
        typed, last, before = self.last.text().strip(), self.last.date(), self._picked()
        if child is None or not isinstance(kind, FlagKind) or not self.may_write:
            return
        if first is None or (typed and last is None):
            self._refuse("That is not a day. Write it as 24/11/2026.")
            return
        until = last if typed else None
        flag = Flag(before.id if before else 0, child.id, kind, self.value.text(), first, until)
        words = "changed" if before else f"on record from {date_year(first)}"
        self._do(lambda: put_flag(self._shell.context, flag)[1], f"{child.name}, {KINDS[kind]}: {words}.")

    def _kinds(self) -> list[FlagKind]:
        """What the present user may write."""
        context = self._shell.context
        cares = context.reads_care and (context.may(Right.ADMIT) or context.may(Right.HOLD))
        return [kind for kind in KINDS if (cares if kind in SOCIAL_CARE else context.may(Right.ADMIT))]

    def _picked(self) -> Flag | None:
        found = self.which.value()
        return found if isinstance(found, Flag) else None

    def _read(self) -> None:
        if self._child is None:
            return
        today = self._shell.context.today()
        flags = flags_of(self._shell.context, self._child.id)
        self.standing.setText("\n".join(line_of(one) for one in flags) or "Nothing is on record.")
        self.which.blockSignals(True)
        self.which.clear()
        self.which.add(NEW, None)
        for one in flags:
            if one.kind in self._kinds():
                self.which.add(line_of(one), one)
        self.which.blockSignals(False)
        for widget in (*self._fields, self.keep, self.end, self.take):
            widget.setVisible(self.may_write)
        self.first.set_date(today)
        self._show()

    def _show(self) -> None:
        """The form of the flag that was picked; an empty one for another."""
        picked = self._picked()
        self._asked = 0
        self.set_fault("")
        self.kind.setEnabled(picked is None)
        if picked is not None:
            self.kind.choose(picked.kind)
        self.value.setText(picked.value if picked else "")
        self.first.set_date(picked.first if picked else self._shell.context.today())
        self.last.set_date(picked.last if picked else None)
        self.end.setEnabled(picked is not None and picked.holds(self._shell.context.today()))
        self.take.setEnabled(picked is not None)

    def _end(self) -> None:
        picked, today = self._picked(), self._shell.context.today()
        if picked is not None:
            self._do(lambda: end_flag(self._shell.context, picked.id, today), f"{flag_words(picked)}: ended today.")

    def _take(self) -> None:
        """Asked once more: it is as if it had never been, in every figure but those as at an earlier moment."""
        picked = self._picked()
        if picked is None:
            return
        if self._asked != picked.id:
            self._asked = picked.id
            self.set_fault("Put down by mistake? At the second press it counts in no figure any more.")
            return
        self._do(lambda: remove_flag(self._shell.context, picked.id), f"{flag_words(picked)}: taken away.")

    def _do(self, deed: Callable[[], Changes], words: str) -> None:
        try:
            changes = deed()
        except Refused as refused:
            self._refuse(str(refused))
            return
        self._shell.announce(changes)
        self._read()
        self.which.setFocus()
        self._shell.say(words)

    def _refuse(self, words: str) -> None:
        self.set_fault(words)
        self._shell.say(words, alarm=True)


def line_of(flag: Flag) -> str:
    """`Free school meals, from Tue 1 Sep 2026`; with its value, and its end where it has one."""
    value = ETHNICITIES.get(flag.value, flag.value)
    words = flag_words(flag) if flag.kind in FLAG_WORDS else value
    more = f" ({value})" if flag.value and flag.kind in FLAG_WORDS else ""
    until = f" to {date_year(flag.last)}" if flag.last else ""
    return f"{words}{more}, from {date_year(flag.first)}{until}"
