"""The card at the left: which returns there are, what waits of each, and the daily sharing that is not a return."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.returns import ReturnKind
from desktop_app.rules.daily_sharing import daily_sharing
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.text import Label
from ui.returns.model import KindLine, KindsModel
from ui.returns.view import KindsView
from ui.shell import Shell
from ui.tokens import TextRole


class KindsCard(Card):
    """`view` is the list; what it says is handed in."""

    def __init__(self, shell: Shell) -> None:
        theme = shell.theme
        super().__init__(theme, "Which return", flush=True)
        space = theme.space
        self._shell = shell
        self.model = KindsModel(self)
        self.view = KindsView(theme, self.model)
        self.sharing = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.census = Button(theme, "Absence for the census", key="C", bind=False)
        self.setFixedWidth(space(78))
        self.body.addWidget(self.view, 1)
        share = QWidget()
        told = QVBoxLayout(share)
        told.setContentsMargins(space(3.5), space(2), space(3.5), space(2.5))
        told.setSpacing(space(2))
        told.addWidget(Label(theme, "Daily sharing with the DfE", TextRole.SECONDARY_STRONG, "second"))
        told.addWidget(self.sharing)
        told.addLayout(row_of(self.census))
        self.body.addWidget(share)

    @property
    def kind(self) -> ReturnKind | None:
        """The return that is current."""
        line = self.model.line(self.view.currentIndex().row())
        return line.spec.kind if line else None

    def show_kinds(self, lines: Sequence[KindLine], current: ReturnKind) -> None:
        """Show these, with one of them current; nobody is told that another was chosen."""
        with self._shell.context.store.reading() as reading:
            school = reading.book.school()
        self.sharing.setText(daily_sharing(school.type, is_register=school.is_register))
        self.view.blockSignals(True)
        self.model.show_lines(lines)
        row = next(number for number, one in enumerate(lines) if one.spec.kind is current)
        self.view.setCurrentIndex(self.model.index(row, 0))
        self.view.blockSignals(False)

    def step(self, by: int) -> None:
        """To the return before or after."""
        rows = self.model.rowCount()
        if rows:
            row = max(0, min(self.view.currentIndex().row() + by, rows - 1))
            self.view.setCurrentIndex(self.model.index(row, 0))
