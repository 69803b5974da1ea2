"""The first page: open a school, make one, or try the demo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole


class WelcomePage(QWidget):
    """Three ways in, and the schools opened last."""

    opened = Signal(object)
    making = Signal()
    demo = Signal()

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder
        self.open = Button(theme, "Open a school …", key="Ctrl+O", icon="folder")
        self.make = Button(theme, "Make a school …", key="Ctrl+N", icon="plus")
        self.try_demo = Button(theme, "Try the demo school", key="Ctrl+D", primary=True)
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.fault.hide()
        self.recent_model: RowsModel[Path] = RowsModel(
            [
                Column(
                    "School", lambda path: path.stem, second=lambda path: str(path.parent), strong=lambda _path: True
                ),
            ],
            key=str,
        )
        self.recent = DataTable(theme, "Schools opened last")
        self.recent.show_model(self.recent_model)
        self.recent.horizontalHeader().hide()
        self.recent.opened.connect(self.opened)
        self._recent_card = Card(theme, "Opened last", "Enter opens", flush=True)
        self._recent_card.body.addWidget(self.recent)
        self._build()
        self.open.clicked.connect(self._ask)
        self.make.clicked.connect(self.making)
        self.try_demo.clicked.connect(self.demo)

    def show_recent(self, schools: Sequence[Path]) -> None:
        """List the schools opened last."""
        self.recent_model.set_rows(schools)
        self._recent_card.setVisible(bool(schools))
        self.recent.setFixedHeight(self.recent.verticalHeader().defaultSectionSize() * min(4, len(schools)) + 2)

    def say(self, text: str) -> None:
        """Say what went wrong; empty takes it away."""
        self.fault.setText(f"⚠ {text}" if text else "")
        self.fault.setVisible(bool(text))

    def first_focus(self) -> QWidget:
        """The list where there is one, else the demo."""
        return self.recent if self.recent_model.rows else self.try_demo

    def _build(self) -> None:
        theme = self._theme
        column = QVBoxLayout()
        column.setSpacing(theme.space(3))
        column.addStretch(2)
        column.addWidget(Label(theme, "Rollbook", TextRole.BIG))
        column.addWidget(
            Label(theme, "A school’s attendance office on one PC, offline.", TextRole.CARD_TITLE, "second")
        )
        column.addSpacing(theme.space(4))
        column.addWidget(self.fault)
        column.addWidget(self._recent_card)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(3))
        for button in (self.open, self.make, self.try_demo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        words = "The demo school is made up: its children, families and marks are generated on this PC."
        column.addWidget(Label(theme, words, TextRole.SECONDARY, "third", wrap=True))
        column.addStretch(3)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMinimumWidth(560)
        holder.setMaximumWidth(680)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(holder, 6)
        row.addStretch(1)
        row.setAlignment(holder, Qt.AlignmentFlag(0))

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a school", str(self._folder), "Rollbook school (*.rollbook)")
        if name:
            self.opened.emit(Path(name))
