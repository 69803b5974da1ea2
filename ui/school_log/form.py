"""The form of a school-level entry. What a policy asks for besides is shown for a policy alone."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import Refused
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from ui.admission.child_form import line_of
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.shell import Shell


class SchoolForm(QWidget):
    """Kind, day, what, who; of a policy its version, its approval and its review."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._today = shell.context.today
        self.kind = Choice(theme)
        for kind in SchoolKind:
            self.kind.add(kind.label, kind)
        self.day = DateEdit(theme, self._today)
        self.what = LineEdit(theme, "Codes and the first call")
        self.who = LineEdit(theme, "all staff, by Ms T Vale")
        self.version = LineEdit(theme, "2026")
        self.approved, self.review = DateEdit(theme, self._today), DateEdit(theme, self._today)
        self.policy = QWidget()
        of_policy = QVBoxLayout(self.policy)
        of_policy.setContentsMargins(0, 0, 0, 0)
        of_policy.setSpacing(theme.space(2.5))
        of_policy.addWidget(Field(theme, "Version", self.version))
        dates = (Field(theme, "Approved on", self.approved), Field(theme, "Review due by", self.review))
        of_policy.addLayout(line_of(theme, *dates))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2.5))
        column.addLayout(line_of(theme, Field(theme, "Kind", self.kind), Field(theme, "Day", self.day)))
        column.addWidget(Field(theme, "What it was", self.what))
        column.addWidget(Field(theme, "Who gave it, took part, approved it", self.who))
        column.addWidget(self.policy)
        self.kind.currentIndexChanged.connect(lambda _number: self._fit())
        self.clear()

    def clear(self) -> None:
        """Nothing typed; the day is today."""
        self.kind.setCurrentIndex(0)
        self.day.set_date(self._today())
        for field in (self.what, self.who, self.version):
            field.clear()
        self.approved.set_date(None)
        self.review.set_date(None)
        self._fit()

    def line(self) -> SchoolLine:
        """What stands there. Raises `Refused` where a day is none, with the keyboard in its field."""
        kind = self.kind.value()
        if not isinstance(kind, SchoolKind):
            raise Refused("Say of which kind it is.")
        policy = kind is SchoolKind.POLICY
        dates = (self.day, self.approved, self.review) if policy else (self.day,)
        for field in dates:
            if field.date() is None:
                field.setFocus()
                raise Refused("That is not a day. Write it as 24/11/2026.")
        day = self.day.date() or self._today()
        if not policy:
            return SchoolLine(kind, day, self.what.text(), self.who.text())
        version, approved, review = self.version.text(), self.approved.date(), self.review.date()
        return SchoolLine(kind, day, self.what.text(), self.who.text(), version, approved, review)

    def _fit(self) -> None:
        self.policy.setVisible(self.kind.value() is SchoolKind.POLICY)
