"""The readiness list: a chip with shape and word, the requirement, and under it what was found."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from desktop_app.domain.bundle import Finding
from ui.cases.readiness_model import STATE_TONES, STATE_WORDS, Column, ReadinessModel
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.lines import PAD, Index, LineDelegate, LinesView
from ui.theme import Theme
from ui.tokens import TextRole


class ReadinessView(LinesView):
    """A chip and a wrapped sentence to each finding."""

    def __init__(self, theme: Theme, model: ReadinessModel) -> None:
        super().__init__(theme, model, "What the authority looks for, and whether it is there")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FindingDelegate(self))

    def widths(self) -> Mapping[int, int]:
        widest = max(
            chip_size(self.theme, chip_text(words, self.theme.tone(STATE_TONES[state]))).width()
            for state, words in STATE_WORDS.items()
        )
        state = widest + 2 * PAD
        return {Column.STATE: state, Column.WHAT: max(200, self.viewport().width() - state)}


class _FindingDelegate(LineDelegate[Finding]):
    def paint_cell(self, painter: QPainter, area: QRect, line: Finding, index: Index) -> None:
        if index.column() == Column.STATE:
            paint_tag(painter, area, self._theme, STATE_WORDS[line.state], self._theme.tone(STATE_TONES[line.state]))
        else:
            used = self.write(painter, area, line.title, TextRole.STRONG, "ink")
            self.write(painter, area.adjusted(0, used, 0, 0), line.says, TextRole.BODY, "second")

    def height(self, line: Finding, column: int) -> int:
        del column
        room = self.room(Column.WHAT)
        return self.tall(TextRole.STRONG, line.title, room) + self.tall(TextRole.BODY, line.says, room)
