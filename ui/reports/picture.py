"""A picture of a report on the screen, with its numbers as a table behind one button."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.charts import Chart
from desktop_app.domain.report import TableBlock
from desktop_app.rules.chart_table import chart_table
from desktop_app.rules.report_values import written
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.paint import focus_ring
from ui.reports.making import scale_of
from ui.reports.table import ReportTable
from ui.theme import Theme


class Picture(QWidget):
    """Draws an SVG as wide as there is room; its numbers are its description."""

    def __init__(self, theme: Theme, chart: Chart) -> None:
        super().__init__()
        self._theme = theme
        self._renderer = QSvgRenderer(self)
        self._size = QSize(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"Picture: {chart.title}")
        self.setAccessibleDescription(spoken(chart_table(chart)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_svg(self, svg: bytes) -> None:
        """Show another drawing of the same facts."""
        self._renderer.load(QByteArray(svg))
        self._size = self._renderer.defaultSize()
        self.updateGeometry()
        self.update()

    @property
    def drawn(self) -> bool:
        """Whether there is a drawing that can be shown."""
        return self._renderer.isValid()

    def sizeHint(self) -> QSize:
        return self._size * scale_of(self._theme)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space(40), self._height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, arg__1: int) -> int:
        return round(self._size.height() * arg__1 / self._size.width()) if self._size.width() else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._renderer.isValid():
            scale = min(self.width() / self._size.width(), self.height() / self._size.height())
            self._renderer.render(painter, QRectF(0, 0, self._size.width() * scale, self._size.height() * scale))
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme, 3)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _height(self) -> int:
        return self.heightForWidth(self._theme.space(40))


class PictureCard(Card):
    """The picture; `Numbers` shows the same as a table in its place."""

    turned = Signal()

    def __init__(self, theme: Theme, chart: Chart) -> None:
        super().__init__(theme, chart.title)
        self.picture = Picture(theme, chart)
        self.table = ReportTable(theme, chart_table(chart))
        self.turn = Button(theme, "Numbers")
        self.turn.setAccessibleName(f"Numbers of {chart.title}")
        self.turn.clicked.connect(self._turn)
        self.add_action(self.turn)
        self.body.addWidget(self.picture)
        self.body.addWidget(self.table)
        self.table.hide()

    def _turn(self) -> None:
        numbers = self.table.isHidden()
        self.table.setVisible(numbers)
        self.picture.setVisible(not numbers)
        self.turn.setText("Picture" if numbers else "Numbers")
        self.turned.emit()


def spoken(table: TableBlock) -> str:
    """Every number of a table as one text."""
    lines: list[str] = []
    for row in table.rows:
        words = [written(value, column.unit) for value, column in zip(row, table.columns, strict=True)]
        named = [f"{column.heading} {word}".strip() for column, word in zip(table.columns[1:], words[1:], strict=True)]
        lines.append(f"{words[0]}: {', '.join(named)}")
    return "; ".join(lines) or table.empty
