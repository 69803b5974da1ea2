"""The two lists of the watch list: the triggers at the left, who meets the chosen one at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter

from ui.parts.chip import paint_tag
from ui.parts.lines import PAD, Index, LineDelegate, LinesView, OpeningView
from ui.parts.paint import WRAP
from ui.theme import Theme
from ui.tokens import TextRole, Tone
from ui.watch.model import Column, Group, GroupsModel, WatchModel, when_words
from ui.watch.rows import Row

AT_RIGHT = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
NEW_CHIP = "New"


class GroupsView(LinesView):
    """`chosen` says which trigger the arrow keys are on."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, model: GroupsModel) -> None:
        super().__init__(theme, model, "What there is to look at")
        self._groups = model
        self.setItemDelegate(_GroupDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def moved(self) -> None:
        super().moved()
        self.chosen.emit(self._groups.line(self.currentIndex().row()))

    def widths(self) -> Mapping[int, int]:
        number = self.theme.metrics(TextRole.STRONG).horizontalAdvance("888") + 2 * PAD
        return {0: max(number, self.viewport().width() - number), 1: number}


class _GroupDelegate(LineDelegate[Group]):
    def height(self, line: Group, column: int) -> int:
        if column:
            return self._theme.metrics(TextRole.STRONG).height()
        return self.tall(TextRole.BODY, line.title, self.room(column))

    def paint_cell(self, painter: QPainter, area: QRect, line: Group, index: Index) -> None:
        del line
        painter.setFont(self._theme.font(TextRole.STRONG if index.column() else TextRole.BODY))
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(area, AT_RIGHT if index.column() else WRAP, str(index.data()))


class WatchView(OpeningView):
    """Enter opens the child, or the register, of the line."""

    line_changed = Signal(object)

    def __init__(self, theme: Theme, model: WatchModel) -> None:
        super().__init__(theme, model, "Who meets it")
        self._lines = model
        self.setItemDelegate(_WatchDelegate(self, model))

    def row(self) -> Row | None:
        """The row the keyboard is on."""
        return self._lines.line(self.currentIndex().row())

    def moved(self) -> None:
        super().moved()
        self.line_changed.emit(self.row())

    def widths(self) -> Mapping[int, int]:
        when = self.theme.metrics().horizontalAdvance("overdue since Wed 30 Nov") + 2 * PAD
        rest = max(self.theme.metrics().averageCharWidth() * 40, self.viewport().width() - when)
        return {Column.WHO: rest // 4, Column.SAYS: rest - rest // 4, Column.WHEN: when}


class _WatchDelegate(LineDelegate[Row]):
    """The name and the title strong, what they mean under them, and further reasons beneath; what is new says so
    beside the class."""

    def __init__(self, view: WatchView, model: WatchModel) -> None:
        super().__init__(view)
        self._model = model

    def height(self, line: Row, column: int) -> int:
        if column == Column.WHEN:
            return self._tall(when_words(line.line), TextRole.BODY, self.room(column))
        tall = sum(self._tall(words, role, self.room(column)) for words, role, _ in self._said(line, column))
        return tall + self._theme.space(1) if column == Column.WHO else tall

    def paint_cell(self, painter: QPainter, area: QRect, line: Row, index: Index) -> None:
        top = last = area.top()
        for words, role, colour in self._said(line, index.column()):
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.colour(colour))
            tall = self._tall(words, role, area.width())
            painter.drawText(QRect(area.left(), top, area.width(), tall), WRAP, words)
            last, top = top, top + tall
        if line.new and line.line.pupil and index.column() == Column.WHO:
            after = self._theme.metrics(TextRole.SECONDARY).horizontalAdvance(line.line.class_name) + self._theme.space(
                2
            )
            beside = QRect(area.left() + after, last, area.width() - after, top - last + 2)
            paint_tag(painter, beside, self._theme, NEW_CHIP, self._theme.tone(Tone.ALARM))

    def _said(self, row: Row, column: int) -> list[tuple[str, TextRole, str]]:
        line = row.line
        if column == Column.WHO:
            said = [(line.who, TextRole.STRONG, "ink")]
            return [*said, (line.class_name, TextRole.SECONDARY, "second")] if line.pupil else said
        if column == Column.SAYS:
            *title, says = self._model.why(row)
            beneath = [(words, TextRole.SECONDARY, "second") for words in row.beneath()]
            return [*((words, TextRole.STRONG, "ink") for words in title), (says, TextRole.BODY, "ink"), *beneath]
        return [(when_words(line), TextRole.BODY, "alarm" if line.overdue else "second")]

    def _tall(self, words: str, role: TextRole, width: int) -> int:
        room = QRect(0, 0, max(1, width), 10_000)
        return self._theme.metrics(role).boundingRect(room, WRAP, words).height()
