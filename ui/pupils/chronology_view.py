"""The chronology as it reads: date, kind, what was done, by whom; additions under their entry, withdrawals struck."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter

from desktop_app.domain.entries import Entry
from ui.parts.lines import PAD, Index, LineDelegate, LinesView
from ui.parts.paint import WRAP, text_height
from ui.pupils.chronology_model import ChronologyLine, ChronologyModel, Column
from ui.theme import Theme
from ui.tokens import TextRole


class ChronologyView(LinesView):
    """One line is current; Enter opens it, A adds to it, W withdraws it. It decides none: it says which was asked."""

    open_asked = Signal(object)
    add_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, theme: Theme, model: ChronologyModel) -> None:
        super().__init__(theme, model, "Chronology, newest first")
        self._model = model
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_LineDelegate(self))
        self.doubleClicked.connect(lambda _: self.open_asked.emit(self.entry()))

    def entry(self) -> Entry | None:
        """The entry of the current line."""
        line = self._model.line(self.currentIndex().row())
        return line.entry if line else None

    def pick(self, entry: int) -> None:
        """Make an entry's line current."""
        row = self._model.row_of(entry)
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.entry()
        asked = {"a": self.add_asked, "w": self.withdraw_asked}.get(event.text().lower())
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        asked = self.open_asked if enter else asked
        if asked is not None and entry is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            asked.emit(entry)
        else:
            super().keyPressEvent(event)

    def widths(self) -> Mapping[int, int]:
        metrics = self.theme.metrics()
        widths: dict[int, int] = {
            Column.WHEN: metrics.horizontalAdvance("Wed 30 Nov 2026") + 2 * PAD,
            Column.KIND: self.theme.metrics(TextRole.STRONG).horizontalAdvance("Text message") + 2 * PAD,
            Column.AUTHOR: metrics.averageCharWidth() * 16 + PAD,
        }
        widths[Column.WHAT] = max(200, self.viewport().width() - sum(widths.values()))
        return widths


class _LineDelegate(LineDelegate[ChronologyLine]):
    def height(self, line: ChronologyLine, column: int) -> int:
        metrics = self._theme.metrics()
        if column != Column.WHAT:
            return metrics.height()
        second = self._theme.metrics(TextRole.SECONDARY)
        parts = ((second, line.beneath), (QFontMetrics(self._slanted()), line.opinion), (second, line.files))
        under = sum(text_height(font, text, self.room(column)) + 2 for font, text in parts if text)
        return text_height(metrics, line.what, self.room(column)) + under

    def paint_cell(self, painter: QPainter, area: QRect, line: ChronologyLine, index: Index) -> None:
        column = Column(index.column())
        if column is Column.WHEN:
            self._write(painter, area, "" if line.under else line.when, TextRole.BODY, "second", struck=line.struck)
        elif column is Column.KIND:
            kind = "↳ Added" if line.under else line.kind
            self._write(painter, area, kind, TextRole.STRONG, "second" if line.under else "ink", struck=line.struck)
        elif column is Column.AUTHOR:
            self._write(painter, area, line.author, TextRole.BODY, "second", wrap=False)
        else:
            used = self._write(painter, area, line.what, TextRole.BODY, "ink", struck=line.struck)
            below = area.adjusted(0, used + 2, 0, 0)
            for text, ink, slanted in ((line.beneath, "second", False), (line.opinion, "ink", True)):
                if text:
                    used = self._write(painter, below, text, TextRole.SECONDARY, ink, slanted=slanted)
                    below = below.adjusted(0, used + 2, 0, 0)
            self._write(painter, below, line.files, TextRole.SECONDARY, "accent")

    def _slanted(self) -> QFont:
        """Opinion stands in italics, under its own words."""
        font = self._theme.font(TextRole.SECONDARY)
        font.setItalic(True)
        return font

    def _write(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        role: TextRole,
        ink: str,
        *,
        struck: bool = False,
        slanted: bool = False,
        wrap: bool = True,
    ) -> int:
        """Write text at the top of `area` and return the height it took."""
        font = self._slanted() if slanted else self._theme.font(role)
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(self._theme.colour("third" if struck else ink))
        if not wrap:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, WRAP, text)
        return text_height(painter.fontMetrics(), text, area.width())
