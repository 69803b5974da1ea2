"""The list of reports: a letter goes to the next one that begins with it, Enter saves it as a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from desktop_app.actions.reports.spec import ReportSpec
from ui.parts.lines import Index, LineDelegate, LinesModel, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole

LEFT_TOP = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
PUBLIC = "names nobody"
OWN = "for the school alone"
HANDED_ON = "confidential, goes to others"


def for_whom(spec: ReportSpec) -> str:
    """For whom a report is, in a word or two."""
    return PUBLIC if spec.public else HANDED_ON if spec.handed_on else OWN


class ReportsModel(LinesModel[ReportSpec]):
    """The reports as lines. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Report",), parent)

    def text(self, line: ReportSpec, column: int) -> str:
        del column
        return line.title

    def spoken(self, line: ReportSpec) -> str:
        return f"{line.title}: {line.says}; {for_whom(line)}"

    def hint(self, line: ReportSpec) -> str | None:
        return line.says


class ReportsView(OpeningView):
    """Moving in it picks another report."""

    picked = Signal(object)

    def __init__(self, theme: Theme, model: ReportsModel) -> None:
        self._reports = model
        self._quiet = False
        self._letter = ""
        super().__init__(theme, model, "Reports")
        self.setItemDelegate(_ReportDelegate(self))

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def show_reports(self, reports: Sequence[ReportSpec], key: str) -> None:
        """List these, and make one of them current without a word of it."""
        self._quiet = True
        self._reports.show_lines(reports)
        row = next((number for number, one in enumerate(reports) if one.key == key), 0)
        self.setCurrentIndex(self._reports.index(row if reports else -1, 0))
        self._quiet = False

    def begin(self) -> None:
        """The next letter begins anew: it goes to the first report of that letter."""
        self._letter = ""

    def moved(self) -> None:
        super().moved()
        spec = self._reports.line(self.currentIndex().row())
        if spec is not None and not self._quiet:
            self.picked.emit(spec)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().casefold()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and len(letter) == 1 and letter.isalpha():
            self._to(letter)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _to(self, letter: str) -> None:
        """The first report of a letter; the same letter again, the one after it."""
        rows = [row for row, one in enumerate(self._reports.lines) if one.title.casefold().startswith(letter)]
        if not rows:
            return
        here = self.currentIndex().row()
        after = [row for row in rows if row > here] if letter == self._letter else []
        self._letter = letter
        self.setCurrentIndex(self._reports.index((after or rows)[0], 0))


class _ReportDelegate(LineDelegate[ReportSpec]):
    def height(self, line: ReportSpec, column: int) -> int:
        title = self.tall(TextRole.STRONG, line.title, self.room(column))
        return title + self._theme.metrics(TextRole.SECONDARY).height() + 2

    def paint_cell(self, painter: QPainter, area: QRect, line: ReportSpec, index: Index) -> None:
        self.write(painter, area, str(index.data()), TextRole.STRONG, "ink")
        below = area.adjusted(0, area.height() - self._theme.metrics(TextRole.SECONDARY).height(), 0, 0)
        painter.setFont(self._theme.font(TextRole.SECONDARY))
        painter.setPen(self._theme.colour("second"))
        words = for_whom(line)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, LEFT_TOP, shown)
