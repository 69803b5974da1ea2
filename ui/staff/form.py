"""The form of one person: name, position, sign-in name, roles, classes, rights by name, a first password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.errors import Refused
from desktop_app.domain.staff import Role, Staff
from desktop_app.rules.rights import GIVEN_ALONE, may_words
from ui.parts.field import Field
from ui.parts.flow import Flow
from ui.parts.inputs import LineEdit, Tick
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

NEW = Staff(0, "", "", Role.OFFICE)
HANDED_OVER = "Handed over in person; asked for whenever the roles change"


class StaffForm(QWidget):
    """`changed` says that something was ticked or typed by hand."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = NEW
        self.name = LineEdit(theme, "Ms T Vale")
        self.position = LineEdit(theme, "Class teacher")
        self.user = LineEdit(theme, "vale; empty for somebody who never signs in")
        self.classes = LineEdit(theme, "4B, 5C")
        self.password = LineEdit(theme)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.roles = {role: Tick(theme, _first_up(role.words)) for role in Role}
        self.rights = {right: Tick(theme, _first_up(right.words)) for right in GIVEN_ALONE}
        self.may = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self._build()
        for tick in (*self.roles.values(), *self.rights.values()):
            tick.clicked.connect(self._touched)
        for line in (self.name, self.position, self.user, self.classes, self.password):
            line.textEdited.connect(self._touched)

    def show_person(self, person: Staff, known: Sequence[str] = ()) -> None:
        """Show one person; `known` are the classes there are."""
        self._shown = person
        for line, text in (
            (self.name, person.name),
            (self.position, person.position),
            (self.user, person.user),
            (self.classes, ", ".join(person.classes)),
            (self.password, ""),
        ):
            line.setText(text)
        self.user.setReadOnly(bool(person.user))
        self.classes.setPlaceholderText(", ".join(known[:4]) or "4B, 5C")
        for role, tick in self.roles.items():
            tick.setChecked(person.id != 0 and role in person.roles)
        for right, tick in self.rights.items():
            tick.setChecked(right.value in person.rights)
        self._say_may()

    def typed(self) -> Staff:
        """The person as the form stands. Refuses one without a role."""
        held = [role for role, tick in self.roles.items() if tick.isChecked()]
        if not held:
            raise Refused("Tick at least one role.")
        first = self._shown.role if self._shown.id and self._shown.role in held else held[0]
        return replace(
            self._shown,
            name=self.name.text(),
            position=self.position.text(),
            user=self.user.text(),
            role=first,
            more_roles=tuple(one.value for one in held if one is not first),
            classes=tuple(part.strip() for part in self.classes.text().split(",") if part.strip()),
            rights=tuple(right.value for right, tick in self.rights.items() if tick.isChecked()),
        )

    def _touched(self) -> None:
        self._say_may()
        self.changed.emit()

    def _say_may(self) -> None:
        try:
            words = f"May {may_words(self.typed())}."
        except Refused as refused:
            words = str(refused)
        self.may.setText(words)
        self.may.setAccessibleName(words)

    def _build(self) -> None:
        theme, space = self._theme, self._theme.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        self.password_field = Field(theme, "First password", self.password, HANDED_OVER)
        for fields in (
            (Field(theme, "Name", self.name), Field(theme, "Position", self.position)),
            (Field(theme, "Sign-in name", self.user), Field(theme, "Classes", self.classes)),
        ):
            line = QHBoxLayout()
            line.setSpacing(space(3))
            for field in fields:
                line.addWidget(field, 1)
            column.addLayout(line)
        column.addWidget(self.password_field)
        for title, ticks in (("Roles", self.roles), ("Besides, by name", self.rights)):
            column.addWidget(Label(theme, title, TextRole.SECONDARY_STRONG, "second"))
            holder = QWidget()
            holder.setAccessibleName(title)
            flow = Flow(holder, gap=space(2))
            for tick in ticks.values():
                flow.addWidget(tick)
            column.addWidget(holder)
        column.addWidget(self.may)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
