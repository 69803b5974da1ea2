"""A line for each class and year group: where its children go, typed over what is offered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.domain.admission import Destination, Group
from desktop_app.rules.session_lists import count_words
from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

HEADINGS = ("Class now", "Children", "Class then", "Year then")
LEAVES = "empty: they leave the school"


class GroupsEditor(QWidget):
    """An empty class means that the group leaves the school."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[tuple[str, str], tuple[LineEdit, LineEdit]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(1.5))
        self._grid.setColumnStretch(2, 2)
        self._grid.setColumnStretch(3, 1)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups; what was typed for one that is still there stays."""
        before = self.where()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = {}
        for column, words in enumerate(HEADINGS):
            self._grid.addWidget(Label(self._theme, words, TextRole.SECONDARY_STRONG, "second"), 0, column)
        for row, group in enumerate(groups, start=1):
            self._add(row, group, before.get(group.key, group.to))

    def where(self) -> dict[tuple[str, str], Destination]:
        """Where each group goes, as typed."""
        return {key: Destination(name.text().strip(), year.text().strip()) for key, (name, year) in self._lines.items()}

    def line(self, key: tuple[str, str]) -> tuple[LineEdit, LineEdit]:
        """The two inputs of a group: class and year group."""
        return self._lines[key]

    def inputs(self) -> list[LineEdit]:
        """Every input, in the order in which Tab goes through them."""
        return [line for pair in self._lines.values() for line in pair]

    def _add(self, row: int, group: Group, to: Destination) -> None:
        theme = self._theme
        words = f"{group.class_name or 'No class'} · Year {group.year or '?'}"
        name, year = LineEdit(theme, LEAVES), LineEdit(theme)
        name.setText(to.class_name)
        year.setText(to.year)
        name.setAccessibleName(f"{words}: class then")
        year.setAccessibleName(f"{words}: year then")
        self._grid.addWidget(Label(theme, words, TextRole.STRONG), row, 0)
        self._grid.addWidget(Label(theme, count_words(group.pupils, "child", "children")), row, 1)
        self._grid.addWidget(name, row, 2)
        self._grid.addWidget(year, row, 3)
        self._lines[group.key] = (name, year)
        for line in (name, year):
            line.textEdited.connect(self.changed)
