"""The report on the screen: the same blocks in the same order as on paper, one card for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.report import BigFigure, Block, ChartBlock, FiguresBlock, TableBlock, TextBlock
from desktop_app.rules.report_values import written
from ui.parts.card import Card
from ui.parts.flow import Flow
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.reports.making import Shown
from ui.reports.picture import PictureCard
from ui.reports.table import ReportTable, TableRow
from ui.theme import Theme
from ui.tokens import TextRole


class ReportView(QScrollArea):
    """Shows one report. `opened` hands out a row that was opened, `explain` one whose figure is asked about."""

    opened = Signal(object)
    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.tables: list[ReportTable] = []
        self.pictures: list[PictureCard] = []
        self.words: list[str] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        slim_bars(self, theme, "page")

    def show_report(self, shown: Shown) -> None:
        """Show another report from its top."""
        self.tables, self.pictures, self.words = [], [], []
        inside = QWidget()
        inside.setAccessibleName(shown.report.title)
        column = QVBoxLayout(inside)
        space = self.theme.space
        column.setContentsMargins(0, 0, space(3), 0)
        column.setSpacing(space(3))
        for block in shown.report.blocks:
            column.addWidget(self._block(block))
        column.addStretch(1)
        self.setWidget(inside)
        self.show_pictures(shown.pictures)
        self.verticalScrollBar().setValue(0)

    def show_words(self, words: str) -> None:
        """Say why there is no report."""
        self.tables, self.pictures, self.words = [], [], []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, self.theme.space(3), 0)
        card = Card(self.theme)
        card.body.addWidget(self._words(words))
        column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inside)

    def show_pictures(self, pictures: Sequence[bytes]) -> None:
        """Show the pictures as they were drawn again, for another width or scheme."""
        for card, svg in zip(self.pictures, pictures, strict=False):
            card.picture.show_svg(svg)

    def _block(self, block: Block) -> QWidget:
        if isinstance(block, TableBlock):
            return self._table(block)
        if isinstance(block, ChartBlock):
            card = PictureCard(self.theme, block.chart)
            self.pictures.append(card)
            self._follow(card.table)
            return card
        return self._figures(block) if isinstance(block, FiguresBlock) else self._text(block)

    def _table(self, block: TableBlock) -> Card:
        card = Card(self.theme, block.title, flush=bool(block.rows))
        if block.rows:
            table = ReportTable(self.theme, block)
            self.tables.append(table)
            self._follow(table)
            card.body.addWidget(table)
        else:
            card.body.addWidget(self._words(block.empty))
        if block.note:
            note = self._words(block.note, TextRole.SECONDARY, "second")
            pad = self.theme.space(2.5)
            note.setContentsMargins(pad if block.rows else 0, 0, pad, pad)
            card.body.addWidget(note)
        return card

    def _figures(self, block: FiguresBlock) -> QWidget:
        row = QWidget()
        flow = Flow(row, gap=self.theme.space(3))
        for one in block.figures:
            flow.addWidget(self._figure(one))
        return row

    def _figure(self, one: BigFigure) -> Card:
        card = Card(self.theme)
        card.body.setSpacing(0)
        value = written(one.value, one.unit)
        for words, role, ink in (
            (one.name, TextRole.SECONDARY_STRONG, "second"),
            (value, TextRole.BIG, "ink"),
            (one.says, TextRole.SECONDARY, "second"),
        ):
            label = self._words(words, role, ink)
            label.setWordWrap(False)
            card.body.addWidget(label)
        card.setAccessibleName(f"{one.name}: {value}. {one.says}".strip())
        return card

    def _text(self, block: TextBlock) -> Card:
        card = Card(self.theme, block.heading)
        card.body.addWidget(self._words(block.text))
        return card

    def _words(self, words: str, role: TextRole = TextRole.BODY, ink: str = "ink") -> Label:
        self.words.append(words)
        return Label(self.theme, words, role, ink, wrap=True)

    def _follow(self, table: ReportTable) -> None:
        """Bring the current row into sight: the table does not scroll by itself."""
        table.opened.connect(self.opened)
        table.explain.connect(self.explain)
        table.current_row.connect(lambda row: self._show_row(table, row))

    def _show_row(self, table: ReportTable, row: TableRow | None) -> None:
        inside = self.widget()
        if row is None or inside is None or not table.hasFocus():
            return
        rect: QRect = table.visualRect(table.currentIndex())
        spot = table.viewport().mapTo(inside, rect.center())
        self.ensureVisible(0, spot.y(), 0, table.rowHeight(0) * 2)
