"""A child's particulars: corrected from a day, with what is still asked for, and every version there was."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.actions.admission import correct, particulars_history, still_asked
from desktop_app.domain.clock import school_time
from desktop_app.domain.deeds import Version
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.rules.display import clock_time, date_year
from desktop_app.rules.particulars import changed_words
from ui.admission.child_form import ChildForm, Typed, column_of, line_of
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import DateEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 420


class ParticularsPanel(Panel):
    """Opened beside the page of a child. What was typed and not saved is kept for that child."""

    help_section: ClassVar[str] = "admission"

    move_asked = Signal()
    leaving_asked = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Particulars", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self._kept: dict[int, Typed] = {}
        self.child_form = ChildForm(shell)
        self.since = DateEdit(theme, shell.context.today)
        self.asked = Label(theme, "", TextRole.BODY, "alarm", wrap=True)
        self._history = QVBoxLayout()
        self._history.setSpacing(theme.space(1))
        self._build()

    def open_for(self, child: Pupil) -> None:
        """Show a child's particulars, or what was half typed of them."""
        if not may_change(self._shell, Right.ADMIT):
            return
        self._child = child
        self.child_form.show_child(child)
        begun = self._kept.pop(child.id, None)
        if begun is not None:
            self.child_form.put_back(begun)
            self._shell.say("What you had typed is there again.")
        self.since.set_date(self._shell.context.today())
        asked = still_asked(self._shell.context, child.id)
        self.asked.setText("\n".join(f"⚠ {words}" for words in asked))
        self.asked.setVisible(bool(asked))
        self._show_history(child.id)
        self.open_with(self.child_form.lines["legal_forename"])

    def save(self) -> None:
        """Correct them, or say in the panel why not."""
        if self._child is None:
            return
        since = self.since.date()
        try:
            if since is None:
                raise Refused("Since: that is not a day. Write it as 24/11/2026.")
            changed = self.child_form.typed(self._child)
            changes = correct(self._shell.context, changed, since)
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self.child_form.show_child(changed)
        self._child = changed
        self.close_panel()
        self._shell.announce(changes)
        words = f"The particulars of {changed.name} are changed." if changes.book else "Nothing had changed."
        self._shell.say(words)

    def close_panel(self) -> None:
        """Close; what was typed and not saved is there again for this child."""
        if self.isVisible() and self._child is not None:
            state = self.child_form.state()
            self.child_form.show_child(self._child)
            if state != self.child_form.state():
                self._kept[self._child.id] = state
                self._shell.say("What you typed is kept for this child until you close the school.")
        super().close_panel()

    def _build(self) -> None:
        theme, fields = self._shell.theme, self.child_form.fields
        rows = column_of(
            theme,
            self.asked,
            line_of(theme, fields["legal_forename"], fields["legal_surname"]),
            fields["middle_names"],
            line_of(theme, fields["used_forename"], fields["used_surname"]),
            line_of(theme, fields["date_of_birth"], fields["sex"]),
            line_of(theme, fields["address"], fields["postcode"], stretch=(2, 1)),
            line_of(theme, fields["upn"], fields["admission_number"]),
            fields["starting_day"],
            fields["last_school"],
            fields["next_school"],
            fields["home_la"],
            self.child_form.boarder,
            Field(theme, "So since", self.since, "Every earlier version is kept, with who changed it."),
            Label(theme, "What was recorded", TextRole.SECONDARY_STRONG, "second"),
        )
        self.form.addLayout(rows)
        self.form.addLayout(self._history)
        self.form.addStretch(1)
        save = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        save.clicked.connect(self.save)
        move = Button(theme, "Class")
        move.clicked.connect(self.move_asked)
        leaves = Button(theme, "Leaves the roll")
        leaves.clicked.connect(self.leaving_asked)
        self.buttons.addWidget(save)
        self.buttons.addStretch(1)
        self.buttons.addWidget(move)
        self.buttons.addWidget(leaves)

    def _show_history(self, pupil: int) -> None:
        while (item := self._history.takeAt(0)) is not None:
            label = item.widget()
            if label is not None:
                label.hide()
                label.deleteLater()
        for words in history_words(particulars_history(self._shell.context, pupil)):
            label = Label(self._shell.theme, words, TextRole.SECONDARY, "second", wrap=True)
            label.let_select()
            self._history.addWidget(label)


def history_words(versions: tuple[Version[Pupil], ...]) -> list[str]:
    """What each version changed, by whom and when, the newest first."""
    said: list[str] = []
    for number, one in enumerate(versions):
        moment = school_time(one.recorded_at)
        who = f"{date_year(moment.date())}, {clock_time(moment)}, {one.author.name}"
        changed = changed_words(versions[number - 1].fact, one.fact) if number else ()
        what = "; ".join(changed) if number else "first recorded"
        since = f" (since {date_year(one.fact.since)})" if one.fact.since and number else ""
        said.append(f"{who}: {what or 'recorded again'}{since}")
    return said[::-1]
