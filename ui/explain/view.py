"""A figure taken apart: every code and every session left out in a table, and the reckoning in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.explained import Explained
from ui.parts.flow import Columns
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.scroll import slim_bars
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

NARROW = 560
"""Below this width, in device-independent pixels, the words stand under the table."""
NOT_COUNTED = "in no figure"


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A line of the table: a code with what it counts as, or sessions that have none and why."""

    code: str
    words: str
    counts: str
    sessions: int


COLUMNS: tuple[Column[ExplainedRow], ...] = (
    Column("Code", lambda row: row.code, width=5, strong=lambda _row: True),
    Column("What it is", lambda row: row.words, second=lambda row: row.counts),
    Column("Sessions", lambda row: str(row.sessions), Kind.NUMBER, width=9),
)


class Explanation(QWidget):
    """It only shows what was explained. The table takes the keyboard; Tab goes on to the words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.table = DataTable(theme, "The sessions behind the number")
        self._model = RowsModel(COLUMNS, key=lambda row: (row.code, row.words))
        self.table.show_model(self._model)
        self.words = QScrollArea()
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setWidgetResizable(True)
        self.words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setAccessibleName("How the number is reached")
        self.words.viewport().setAutoFillBackground(False)
        slim_bars(self.words, theme)
        self._columns = Columns(0, NARROW)
        self._columns.addWidget(self.table, 11)
        self._columns.addWidget(self.words, 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._columns)

    def show_explained(self, found: Explained) -> None:
        """Show how this figure is reached."""
        self._model.set_rows(rows_of(found))
        inside = QWidget()
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        pad = self._theme.space(3.5)
        column.setContentsMargins(pad, self._theme.space(2), pad, self._theme.space(2))
        column.setSpacing(self._theme.space(1.5))
        for heading, said in parts_of(found):
            if said:
                column.addWidget(self._paragraph(heading, TextRole.STRONG))
                for sentence in said:
                    column.addWidget(self._paragraph(sentence, TextRole.BODY))
        column.addStretch(1)
        self.words.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area switches it on, which would hide the card's surface

    def clear(self) -> None:
        """Show nothing."""
        self._model.set_rows(())
        self.words.setWidget(QWidget())

    def _paragraph(self, words: str, role: TextRole) -> Label:
        """Words that wrap, however narrow the room."""
        label = Label(self._theme, words, role, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # no stop of Tab at each
        policy = label.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        label.setSizePolicy(policy)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())


def rows_of(found: Explained) -> tuple[ExplainedRow, ...]:
    """The lines of the table: what counts first, then what stands outside the figure."""
    codes = sorted(found.codes, key=lambda line: not line.code.counts.possible)
    coded = [ExplainedRow(one.code.key, one.code.title, one.code.counts.words, one.sessions) for one in codes]
    rest = [ExplainedRow("", one.why[:1].upper() + one.why[1:], NOT_COUNTED, one.sessions) for one in found.left_out]
    return (*coded, *rest)


def parts_of(found: Explained) -> Sequence[tuple[str, Sequence[str]]]:
    """The words beside the table, each part under its heading."""
    return (
        ("The reckoning", found.says),
        ("Began, changed or ended", found.dates),
        ("Why elsewhere it may be another number", found.elsewhere),
        ("Changed afterwards", found.amended),
    )
