"""How the number is reached: each code, what it counts as and how many sessions carry it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.pupils import CodeCount, PupilPage
from desktop_app.rules.display import percent
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.theme import Theme

COLUMNS: tuple[Column[CodeCount], ...] = (
    Column("Code", lambda row: row.code.key, width=6, strong=lambda _row: True),
    Column("What it is", lambda row: row.code.title),
    Column("Counts as", lambda row: row.code.counts.words),
    Column("Sessions", lambda row: str(row.sessions), Kind.NUMBER, width=9),
)


class Explanation(QWidget):
    """A sentence and a table; nothing in it is worked out here but the sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sentence = Label(theme, "", wrap=True)
        self.table = DataTable(theme, "The codes behind the figures")
        self._model = RowsModel(COLUMNS, key=lambda row: row.code.key)
        self.table.show_model(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._sentence.setContentsMargins(theme.space(3.5), theme.space(2), theme.space(3.5), theme.space(2))
        column.addWidget(self._sentence)
        column.addWidget(self.table, 1)

    def show_page(self, page: PupilPage) -> None:
        """Explain this pupil's figures."""
        self._sentence.setText(sentence(page))
        self._model.set_rows(page.explain)


def sentence(page: PupilPage) -> str:
    """The reckoning in words."""
    figures = page.figures
    if figures.attendance is None:
        return "No session was possible yet, so there is no figure."
    words = (
        f"{figures.attended} attended of {figures.possible} possible = {percent(figures.attendance)}. "
        f"Possible = {figures.attended} attended + {figures.authorised} authorised "
        f"+ {figures.unauthorised} unauthorised; other sessions below are in no figure."
    )
    if figures.unmarked:
        words += f" {figures.unmarked} {'session has' if figures.unmarked == 1 else 'sessions have'} no mark yet."
    return words
