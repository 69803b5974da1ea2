"""The list of places to ask, each with the children due there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from desktop_app.rules.arrivals import OTHER_SCHOOL
from ui.confirming.model import UNKNOWN, Column, ConfirmModel, Line, where
from ui.parts.chip import chip_size, paint_tag
from ui.parts.lines import PAD, Index, LineDelegate, LinesView
from ui.theme import Theme
from ui.tokens import TextRole, Tone

ONE_LINE = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ConfirmView(LinesView):
    """Read with the arrows; the letters are the page's."""

    def __init__(self, theme: Theme, model: ConfirmModel) -> None:
        super().__init__(theme, model, "Who arrived elsewhere")
        self._model = model
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))

    def line(self) -> Line | None:
        """The current line."""
        return self._model.line(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._model.rowCount() - 1}
        if event.key() in ends:
            self.setCurrentIndex(self._model.index(ends[Qt.Key(event.key())], 0))
        else:
            super().keyPressEvent(event)

    def widths(self) -> Mapping[int, int]:
        character = self.theme.metrics().averageCharWidth()
        session = character * 16 + 2 * PAD
        strong = self.theme.metrics(TextRole.STRONG)
        ask = max(strong.horizontalAdvance(words) for words in ("07700 900 000 0", UNKNOWN)) + 2 * PAD
        rest = max(character * 60, self.viewport().width() - session - ask)
        said = rest * 2 // 5
        return {Column.WHO: rest - said, Column.SESSION: session, Column.ASK: ask, Column.SAID: said}


class _Delegate(LineDelegate[Line]):
    def paint_cell(self, painter: QPainter, area: QRect, line: Line, index: Index) -> None:
        column = Column(index.column())
        if column is Column.WHO:
            self._paint_who(painter, area, line)
            return
        strong = (column is Column.ASK and bool(line.place.phone)) or (column is Column.SAID and line.away is not None)
        role = TextRole.STRONG if strong else TextRole.BODY
        self._write(painter, area, str(index.data()), role, "ink" if strong or column is Column.SESSION else "second")

    def _paint_who(self, painter: QPainter, area: QRect, line: Line) -> None:
        theme = self._theme
        if line.away is None:
            tone = theme.tone(Tone.PLAIN if line.place.code == OTHER_SCHOOL else Tone.CAUTION)
            used = paint_tag(painter, area, theme, line.place.code, tone) + theme.space(2)
            beside = area.adjusted(used, 0, 0, 0)
            used = self._write(painter, beside, where(line.place), TextRole.STRONG, "ink") + theme.space(2)
            self._write(painter, beside.adjusted(used, 0, 0, 0), line.name, TextRole.BODY, "second")
            return
        inside = area.adjusted(theme.space(6), 0, 0, 0)
        used = self._write(painter, inside, line.away.pupil.list_name, TextRole.BODY, "ink") + theme.space(1.5)
        self._write(painter, inside.adjusted(used, 0, 0, 0), line.away.class_name, TextRole.BODY, "second")

    def _write(self, painter: QPainter, area: QRect, words: str, role: TextRole, ink: str) -> int:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.width()))
        painter.drawText(area, ONE_LINE, shown)
        return painter.fontMetrics().horizontalAdvance(shown)

    def height(self, line: Line, column: int) -> int:
        del line, column
        return max(self._theme.metrics(TextRole.STRONG).height(), chip_size(self._theme, "Ag").height())
