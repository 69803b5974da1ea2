"""The list of what a week still lacks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from desktop_app.domain.week import Found
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.lines import PAD, Index, LineDelegate, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole
from ui.week.model import KIND_TONES, KIND_WORDS, Column, WeekModel, says

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ONE_LINE = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WeekView(OpeningView):
    """Enter goes to the register of the line."""

    def __init__(self, theme: Theme, model: WeekModel) -> None:
        super().__init__(theme, model, "What the week still lacks")
        self.setItemDelegate(_FoundDelegate(self))

    def widths(self) -> Mapping[int, int]:
        character = self.theme.metrics().averageCharWidth()
        kinds = (chip_text(words, self.theme.tone(KIND_TONES[kind])) for kind, words in KIND_WORDS.items())
        kind = max(chip_size(self.theme, text).width() for text in kinds) + 2 * PAD
        session = character * 18 + 2 * PAD
        rest = max(character * 40, self.viewport().width() - kind - session)
        return {
            Column.KIND: kind,
            Column.CHILD: rest // 3,
            Column.SESSION: session,
            Column.SAYS: rest - rest // 3,
        }


class _FoundDelegate(LineDelegate[Found]):
    def paint_cell(self, painter: QPainter, area: QRect, line: Found, index: Index) -> None:
        if index.column() == Column.KIND:
            paint_tag(painter, area, self._theme, KIND_WORDS[line.kind], self._theme.tone(KIND_TONES[line.kind]))
            return
        role = TextRole.STRONG if index.column() == Column.CHILD else TextRole.BODY
        words = says(line) if index.column() == Column.SAYS else index.data()
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour("alarm" if line.overdue and index.column() == Column.SAYS else "ink"))
        if index.column() == Column.SAYS:
            painter.drawText(area, WRAP, words)
            return
        shown = painter.fontMetrics().elidedText(str(words), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, ONE_LINE, shown)

    def height(self, line: Found, column: int) -> int:
        least = self._theme.metrics(TextRole.STRONG).height() + self._theme.space(1)
        if column != Column.SAYS:
            return least
        room = QRect(0, 0, max(1, self.room(column)), 10_000)
        return max(least, self._theme.metrics().boundingRect(room, WRAP, says(line)).height())
