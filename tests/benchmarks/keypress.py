"""From a key press in the register to the painted cell, against a bare QTableView that commits one bare row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from desktop_app.context import Context
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.saving import bare_save, bare_table
from tests.benchmarks.school import bare, full_school
from tests.benchmarks.window import register_window
from ui.register.model import SESSIONS

TODAY = date(2026, 7, 20)


class BareTable(QTableView):
    """Writes the letter typed, commits one row, and moves down."""

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._connection = connection
        model = QStandardItemModel(30, 13, self)
        for row in range(30):
            for column in range(13):
                model.setItem(row, column, QStandardItem("/"))
        self.setModel(model)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The least a register does."""
        index = self.currentIndex()
        bare_save(self._connection, [(index.row(), TODAY.toordinal(), 0, event.text())])
        self.model().setData(index, event.text())
        self.setCurrentIndex(index.siblingAtRow((index.row() + 1) % 30))


def run(folder: Path, turns: int = 60) -> Result:
    """The class has thirty pupils; each press makes a mark where none was, in the sessions of one week."""
    app = QApplication([])
    path = folder / "keypress.rollbook"
    context, _ = full_school(path, 1, leave_out=5)
    connection = bare(path)
    bare_table(connection)
    try:
        return _compare(app, context, connection, turns)
    finally:
        connection.close()
        context.store.close()


def _compare(app: QApplication, context: Context, connection: Any, turns: int) -> Result:
    table = BareTable(connection)
    table.resize(1100, 700)
    table.show()
    table.setCurrentIndex(table.model().index(0, 0))
    with register_window(app, context) as page:
        places = ((row, column) for column in range(SESSIONS) for row in range(len(page.desk.model.rows)))
        made: list[tuple[int, int]] = []

        def floor() -> None:
            QTest.keyClick(table, Qt.Key.Key_I)
            table.viewport().repaint()

        def program() -> None:
            made.append(next(places))
            page.grid.put_cursor(*made[-1])  # where the cursor is already, but at the head of a column
            QTest.keyClick(page.grid, Qt.Key.Key_I)
            page.grid.viewport().repaint()

        result = compare("key press to painted cell", "QTableView, one bare row", floor, program, 3.0, turns)
        blank = [place for place in made if page.desk.model.cell_at(*place).mark is None]
        if blank:
            raise RuntimeError(f"{len(blank)} of {len(made)} presses made no mark")
        return result
