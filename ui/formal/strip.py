"""The days of a Notice to Improve drawn with shapes: a full square was attended, a triangle is an absence without
leave, a ring any other absence, an outlined square a day to come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.actions.improving import Progress
from desktop_app.domain.codes import Code
from desktop_app.rules.session_lists import count_words
from ui.theme import Theme

CELL = 16
KEY = "■ attended   ▲ without leave   ○ other absence"


class ProgressStrip(QWidget):
    """One column a day, a shape each for morning and afternoon."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._progress: Progress | None = None
        self._codes: dict[str, Code] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_progress(self, progress: Progress | None, codes: dict[str, Code]) -> None:
        """Show the days of one notice; None: there is none."""
        self._progress, self._codes = progress, codes
        self.setVisible(progress is not None and bool(progress.days))
        if progress is not None:
            missed = progress.days[-1].so_far if progress.days else 0
            self.setAccessibleName(
                f"{count_words(len(progress.days), 'day', 'days')} so far, {missed} of "
                f"{progress.notice.allowed} sessions without leave"
            )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(60), 2 * CELL + self._theme.space(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._progress is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column, day in enumerate(self._progress.days):
            for row, code in enumerate(day.codes):
                self._draw(painter, QRectF(column * CELL + 2, row * CELL + 2, CELL - 4, CELL - 4), code)

    def _draw(self, painter: QPainter, box: QRectF, key: str) -> None:
        code = self._codes.get(key)
        ink, alarm = self._theme.colour("accent"), self._theme.colour("alarm")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(self._theme.colour("surface"))
        if code is None:
            painter.drawRect(box)
        elif code.counts.attended:
            painter.setBrush(ink)
            painter.drawRect(box)
        elif code.counts.value == "unauthorised":
            painter.setPen(QPen(alarm, 1.5))
            painter.setBrush(alarm)
            painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
        else:
            painter.drawEllipse(box)
