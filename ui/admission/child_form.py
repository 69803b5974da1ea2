"""The inputs of a child's particulars: the same where a child is admitted and where they are corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Address, Pupil
from desktop_app.rules.particulars import LABELS
from desktop_app.rules.protected import HELD
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit, Tick
from ui.shell import Shell
from ui.theme import Theme

LINES = ("legal_forename", "middle_names", "legal_surname", "used_forename", "used_surname", "upn")
MORE_LINES = ("admission_number", "last_school", "next_school", "home_la")
DAYS = ("date_of_birth", "starting_day")
HINTS = {"upn": "A820200090001", "used_forename": "where it is another", "used_surname": "where it is another"}
SEX_WORDS = (("Not said", ""), ("Female", "F"), ("Male", "M"))
Typed = Mapping[str, str]


class ChildForm(QWidget):
    """Knows each input by the name of its particular. It is laid out by whoever shows it."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self.lines = {key: LineEdit(theme, HINTS.get(key, "")) for key in (*LINES, *MORE_LINES)}
        self.days = {key: DateEdit(theme, shell.context.today) for key in DAYS}
        self.sex = Choice(theme)
        for words, value in SEX_WORDS:
            self.sex.add(words, value)
        self.address = NoteEdit(theme, "3 Marsh Lane\nKirkby", lines=2)
        self.postcode = LineEdit(theme, "L33 1AA")
        self.boarder = Tick(theme, "Boards at the school")
        editors: dict[str, QWidget] = {**self.lines, **self.days, "sex": self.sex, "address": self.address}
        self.fields = {key: Field(theme, LABELS[key], editor) for key, editor in editors.items()}
        self.fields["postcode"] = Field(theme, "Postcode", self.postcode)
        for line in (*self.lines.values(), *self.days.values(), self.postcode):
            line.textEdited.connect(self.changed)

    def show_child(self, child: Pupil) -> None:
        """Show these particulars."""
        for key, line in self.lines.items():
            line.setText(str(getattr(child, key)))
        for key, day in self.days.items():
            day.set_date(getattr(child, key))
        self.sex.choose(child.sex)
        self.address.setPlainText("\n".join(child.address.lines))
        self.postcode.setText(child.address.postcode)
        self._lock_address(locked=child.address == HELD)
        self.boarder.setChecked(child.boarder)

    def clear(self) -> None:
        """Empty every input."""
        for line in (*self.lines.values(), *self.days.values(), self.postcode):
            line.clear()
        self.address.clear()
        self._lock_address(locked=False)
        self.sex.setCurrentIndex(0)
        self.boarder.setChecked(False)

    def _lock_address(self, *, locked: bool) -> None:
        self.address.setReadOnly(locked)
        self.postcode.setReadOnly(locked)

    def typed(self, child: Pupil) -> Pupil:
        """The child as the form says. Raises `Refused` where a date is none."""
        days = {key: self._day(key) for key in DAYS}
        lines = tuple(line.strip() for line in self.address.toPlainText().splitlines() if line.strip())
        said = {key: line.text().strip() for key, line in self.lines.items()}
        said["upn"] = said["upn"].upper().replace(" ", "")
        return replace(
            child,
            **said,
            **days,
            sex=str(self.sex.value() or ""),
            address=Address(lines, " ".join(self.postcode.text().upper().split())),
            boarder=self.boarder.isChecked(),
        )

    def state(self) -> Typed:
        """Everything as it stands, to be put back."""
        texts = {key: line.text() for key, line in {**self.lines, **self.days, "postcode": self.postcode}.items()}
        texts["address"] = self.address.toPlainText()
        return texts | {"sex": str(self.sex.value() or ""), "boarder": "yes" if self.boarder.isChecked() else ""}

    def put_back(self, state: Typed) -> None:
        """Show what `state` gave."""
        for key, line in {**self.lines, **self.days, "postcode": self.postcode}.items():
            line.setText(state[key])
        self.address.setPlainText(state["address"])
        self.sex.choose(state["sex"])
        self.boarder.setChecked(bool(state["boarder"]))

    def _day(self, key: str) -> date:
        found = self.days[key].date()
        if found is None:
            raise Refused(f"{LABELS[key]}: that is not a day. Write it as 24/11/2018.")
        return found


def line_of(theme: Theme, *widgets: QWidget, stretch: tuple[int, ...] = ()) -> QHBoxLayout:
    """Fields side by side."""
    row = QHBoxLayout()
    row.setSpacing(theme.space(3))
    for number, widget in enumerate(widgets):
        row.addWidget(widget, stretch[number] if number < len(stretch) else 1)
    return row


def column_of(theme: Theme, *rows: QHBoxLayout | QWidget) -> QVBoxLayout:
    """Rows one below the other."""
    column = QVBoxLayout()
    column.setSpacing(theme.space(2.5))
    for row in rows:
        if isinstance(row, QWidget):
            column.addWidget(row)
        else:
            column.addLayout(row)
    return column
