"""The calling list: siblings together, whom to call and at which number, what was done today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from ui.parts.lines import PAD, Index, LineDelegate, LinesView
from ui.parts.paint import rounded
from ui.theme import Theme
from ui.today.calling_model import NOBODY_TO_CALL, CallingModel, CallLine, Column
from ui.tokens import RADIUS_CHIP, TextRole, Tone

TALLEST = 10_000
WRAP = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CallingView(LinesView):
    """One line is current. Enter opens it; letters, digits and signs go to whoever listens to `key_typed`."""

    opened = Signal(object)
    key_typed = Signal(str)
    line_left = Signal()

    def __init__(self, theme: Theme, model: CallingModel) -> None:
        super().__init__(theme, model, "Absent without a reason: the calling list")
        self._model = model
        self.waiting = ""
        """What is half typed for the current line (`C` of `C1`), drawn where the code will stand."""
        self.setItemDelegate(_LineDelegate(self))
        self.setAccessibleDescription("Enter opens the call. A code letter gives the reason.")
        self.doubleClicked.connect(lambda _index: self._open())

    def line(self) -> CallLine | None:
        """The current line, or None."""
        return self._model.line(self.currentIndex().row())

    def pick(self, key: tuple[int, date] | None, row: int) -> None:
        """Make the line with that key current; where it is gone, the one that took its place."""
        found = self._model.row_of(key) if key is not None else None
        last = self._model.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._model.index(found if found is not None else max(0, min(row, last)), 0))

    def step(self) -> None:
        """Make the next line current, if there is one."""
        if self.currentIndex().row() + 1 < self._model.rowCount():
            self.setCurrentIndex(self._model.index(self.currentIndex().row() + 1, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._open()
        elif event.text() and event.text().isprintable() and not control:
            self.key_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def moved(self) -> None:
        self.line_left.emit()
        super().moved()

    def widths(self) -> Mapping[int, int]:
        character = self.theme.metrics().averageCharWidth()
        widths: dict[int, int] = {
            Column.SESSIONS: character * 18 + 2 * PAD,
            Column.NUMBER: self.theme.metrics(TextRole.STRONG).horizontalAdvance("07700 900 000") + 2 * PAD,
        }
        rest = max(character * 52, self.viewport().width() - sum(widths.values()))
        widths[Column.CHILD] = rest * 29 // 100
        widths[Column.CONTACT] = rest * 29 // 100
        widths[Column.DONE] = rest - widths[Column.CHILD] - widths[Column.CONTACT]
        return widths

    def _open(self) -> None:
        if self.line() is not None:
            self.opened.emit(self.line())


class _LineDelegate(LineDelegate[CallLine]):
    """Contact and number stand once for a family; a rule closes it."""

    def __init__(self, view: CallingView) -> None:
        super().__init__(view)
        self._calling = view

    def ruled(self, line: CallLine) -> bool:
        return line.closes

    def height(self, line: CallLine, column: int) -> int:
        one = self._theme.metrics().height()
        if column == Column.CHILD:
            return (1 + len(line.below)) * one
        if not line.opens:
            return one
        if column == Column.CONTACT:
            return (1 + len(self._below(line))) * one
        if column == Column.DONE:
            return self._words_height(line) + sum(self._alarm_height(words) for words in line.alarms)
        return one

    def _words_height(self, line: CallLine) -> int:
        room = QRect(0, 0, self.room(Column.DONE), TALLEST)
        return self._theme.metrics(TextRole.SECONDARY).boundingRect(room, WRAP, line.done_words).height()

    def _alarm_height(self, words: str) -> int:
        """The height of an alarm in its box, on as many lines as it needs: none of it may be cut off."""
        room = QRect(0, 0, self.room(Column.DONE) - 2 * self._theme.space(2), TALLEST)
        text = self._theme.metrics(TextRole.SECONDARY_STRONG).boundingRect(room, WRAP, _alarm(words))
        return text.height() + self._theme.space(1.5)

    def paint_cell(self, painter: QPainter, area: QRect, line: CallLine, index: Index) -> None:
        column = Column(index.column())
        if column is Column.CHILD and line.names:
            used = self._write(painter, area, line.child.pupil.list_name, TextRole.STRONG, "ink")
            beside = area.adjusted(used + self._theme.space(1.5), 0, 0, 0)
            self._write(painter, beside, line.child.class_name, TextRole.BODY, "second")
            under = area
            for words, ink in line.below:
                under = under.adjusted(0, self._theme.metrics().height(), 0, 0)
                self._write(painter, under, words, TextRole.SECONDARY, ink)
        elif column is Column.SESSIONS:
            self._paint_sessions(painter, area, line, waiting=self._calling.waiting if self.is_current(index) else "")
        elif column is Column.CONTACT and line.opens:
            ink = "alarm" if line.contact_words == NOBODY_TO_CALL else "ink"
            used = self._write(painter, area, line.contact_words, TextRole.BODY, ink)
            self._write(painter, area.adjusted(used, 0, 0, 0), self._beside(line), TextRole.BODY, "second")
            under = area
            for words in self._below(line):
                under = under.adjusted(0, self._theme.metrics().height(), 0, 0)
                self._write(painter, under, words, TextRole.SECONDARY, "second")
        elif column is Column.NUMBER and line.opens:
            self._write(painter, area, line.family.number, TextRole.STRONG, "ink")
        elif column is Column.DONE and line.opens:
            self._paint_done(painter, area, line)

    def _beside(self, line: CallLine) -> str:
        """The relation, where there is room for it beside the name."""
        beside = f" · {line.relation}" if line.relation else ""
        fits = self._theme.metrics().horizontalAdvance(line.contact_words + beside) <= self.room(Column.CONTACT)
        return beside if fits else ""

    def _below(self, line: CallLine) -> tuple[str, ...]:
        """What stands under the name: what must be known before the call, and the relation that had no room."""
        relation = "" if self._beside(line) else line.relation
        below = " · ".join(part for part in (line.beforehand, relation) if part)
        wide = self._theme.metrics(TextRole.SECONDARY).horizontalAdvance(below)
        if wide <= self.room(Column.CONTACT):
            return (below,) if below else ()
        cautions = line.family.dial.cautions if line.family.dial else ()
        return tuple(part for part in (*cautions, relation) if part)

    def _paint_sessions(self, painter: QPainter, area: QRect, line: CallLine, waiting: str) -> None:
        """The day and halves, then the mark that waits for its reason: N in its box, or what is half typed."""
        used = self._write(painter, area, line.when, TextRole.BODY, "ink")
        metrics = self._theme.metrics(TextRole.STRONG)
        shown = f"{waiting}…" if waiting else "N"
        box = QRect(area.left() + used + 8, area.top(), metrics.horizontalAdvance(shown) + 10, metrics.height())
        painter.setPen(self._theme.colour("alarm"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setFont(self._theme.font(TextRole.STRONG))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_done(self, painter: QPainter, area: QRect, line: CallLine) -> None:
        """What was done today, and under it, each in a box, what must not be missed."""
        painter.setFont(self._theme.font(TextRole.SECONDARY))
        painter.setPen(self._theme.colour("ink" if line.family.last_words else "second"))
        painter.setClipRect(area)
        painter.drawText(area, TOP | Qt.TextFlag.TextWordWrap, line.done_words)
        top = area.top() + self._words_height(line)
        for words in line.alarms:
            box = QRect(area.left(), top, area.width(), self._alarm_height(words))
            self._paint_alarm(painter, box, words)
            top += box.height()
        painter.setClipping(False)

    def _paint_alarm(self, painter: QPainter, area: QRect, words: str) -> None:
        tone, pad = self._theme.tone(Tone.ALARM), self._theme.space(2)
        box = area.adjusted(0, self._theme.space(0.5), 0, 0)
        fill = self._theme.colour(tone.fill) if tone.fill else None
        rounded(painter, box, RADIUS_CHIP, fill, self._theme.colour(tone.outline))
        painter.setFont(self._theme.font(TextRole.SECONDARY_STRONG))
        painter.setPen(self._theme.colour(tone.text))
        painter.drawText(box.adjusted(pad, 0, -pad, 0), WRAP | Qt.AlignmentFlag.AlignVCenter, _alarm(words))

    def _write(self, painter: QPainter, area: QRect, text: str, role: TextRole, ink: str) -> int:
        """Write one line, shortened to the area, and return its width."""
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
        painter.drawText(area, TOP | Qt.TextFlag.TextSingleLine, shown)
        return painter.fontMetrics().horizontalAdvance(shown)


def _alarm(words: str) -> str:
    """An alarm with its sign: the colour is never the only one."""
    return f"⚠ {words}"
