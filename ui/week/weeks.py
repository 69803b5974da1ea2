"""The last school weeks, the newest first, each with its state: the week that is picked is looked through beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainter

from desktop_app.domain.week import Week
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import short_date
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import Index, LineDelegate, LinesModel, LinesView
from ui.register.words import week_words
from ui.theme import Theme
from ui.tokens import TextRole

LEFT_TOP = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Column(IntEnum):
    """One column: the week, and its state below."""

    WEEK = 0


def state_words(week: Week) -> str:
    """How a week stands, with a sign before the words."""
    if week.signed_at is not None:
        return f"✓ {week.signed_by}, {short_date(week.signed_at.date())}"
    if not week.over:
        return "… still runs"
    again = ", opened again" if week.opened else ""
    if week.open:
        return f"▼ {count_words(week.open, 'line keeps it open', 'lines keep it open')}{again}"
    return f"○ not signed off{again}"


class WeeksModel(LinesModel[Week]):
    """The weeks as lines. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Week",), parent)

    def text(self, line: Week, column: int) -> str:
        del column
        return week_words(line.monday, SchoolCalendar.friday(line.monday))

    def spoken(self, line: Week) -> str:
        return f"Week of {self.text(line, Column.WEEK)}: {state_words(line)[2:]}"

    def row_of(self, monday: date) -> int | None:
        """The row of a week; None where it is not among them."""
        return next((row for row, week in enumerate(self.lines) if week.monday == monday), None)


class WeeksView(LinesView):
    """Moving in it picks another week."""

    picked = Signal(object)

    def __init__(self, theme: Theme, model: WeeksModel) -> None:
        self._model = model
        self._quiet = False
        super().__init__(theme, model, "The last school weeks")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_WeekDelegate(self))

    def widths(self) -> Mapping[int, int]:
        return {Column.WEEK: self.viewport().width()}

    def show_weeks(self, weeks: tuple[Week, ...], monday: date) -> None:
        """Show the weeks, the newest first, and the one that is looked through as current."""
        self._quiet = True
        self._model.show_lines(tuple(reversed(weeks)))
        self._quiet = False
        self.pick(monday)

    def pick(self, monday: date) -> None:
        """Make a week current without asking for it; none, where it is not among them."""
        self._quiet = True
        row = self._model.row_of(monday)
        self.setCurrentIndex(self._model.index(row if row is not None else -1, 0))
        self._quiet = False

    def moved(self) -> None:
        super().moved()
        week = self._model.line(self.currentIndex().row())
        if week is not None and not self._quiet:
            self.picked.emit(week.monday)


class _WeekDelegate(LineDelegate[Week]):
    def height(self, line: Week, column: int) -> int:
        del line, column
        return self._theme.metrics(TextRole.STRONG).height() + self._theme.metrics(TextRole.SECONDARY).height() + 2

    def paint_cell(self, painter: QPainter, area: QRect, line: Week, index: Index) -> None:
        painter.setFont(self._theme.font(TextRole.STRONG))
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(area, LEFT_TOP, str(index.data()))
        below = area.adjusted(0, painter.fontMetrics().height() + 2, 0, 0)
        painter.setFont(self._theme.font(TextRole.SECONDARY))
        painter.setPen(self._theme.colour("alarm" if line.over and line.open and not line.signed_off else "second"))
        words = painter.fontMetrics().elidedText(state_words(line), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, LEFT_TOP, words)
