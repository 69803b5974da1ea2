"""The readiness list: a chip with shape and word, the requirement, under it what was found, what it rests on, and what
to do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

from desktop_app.domain.bundle import Finding
from ui.cases.readiness_model import STATE_TONES, STATE_WORDS, Column, ReadinessModel, beneath
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.lines import PAD, Index, LineDelegate, LinesView
from ui.theme import Theme
from ui.tokens import TextRole


class ReadinessView(LinesView):
    """A chip and wrapped sentences to each finding. Enter or a click hands the line out: it is done where it says."""

    opened = Signal(object)

    def __init__(self, theme: Theme, model: ReadinessModel) -> None:
        super().__init__(theme, model, "What the authority looks for, and whether it is there")
        self._findings = model
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FindingDelegate(self))
        self.clicked.connect(lambda index: self.opened.emit(model.line(index.row())))

    def widths(self) -> Mapping[int, int]:
        widest = max(
            chip_size(self.theme, chip_text(words, self.theme.tone(STATE_TONES[state]))).width()
            for state, words in STATE_WORDS.items()
        )
        state = widest + 2 * PAD
        return {Column.STATE: state, Column.WHAT: max(200, self.viewport().width() - state)}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._findings.line(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None and not event.modifiers():
            self.opened.emit(line)
        else:
            super().keyPressEvent(event)


class _FindingDelegate(LineDelegate[Finding]):
    def paint_cell(self, painter: QPainter, area: QRect, line: Finding, index: Index) -> None:
        if index.column() == Column.STATE:
            paint_tag(painter, area, self._theme, STATE_WORDS[line.state], self._theme.tone(STATE_TONES[line.state]))
            return
        used = 0
        for text, role, ink in _written(line):
            used += self.write(painter, area.adjusted(0, used, 0, 0), text, role, ink)

    def height(self, line: Finding, column: int) -> int:
        del column
        room = self.room(Column.WHAT)
        return sum(self.tall(role, text, room) for text, role, _ in _written(line))


def _written(line: Finding) -> list[tuple[str, TextRole, str]]:
    """What stands in a line, from the top: text, role, ink."""
    rests, do = beneath(line)
    written = [(line.title, TextRole.STRONG, "ink"), (line.says, TextRole.BODY, "second")]
    if rests:
        written.append((rests, TextRole.SECONDARY, "second"))
    if do:
        written.append((do, TextRole.SECONDARY_STRONG, "accent"))
    return written
