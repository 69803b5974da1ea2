"""One page of a PDF, fitted to the window or larger."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from ui.cases.pdf import Pages
from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.theme import Theme

ZOOM_STEP = 1.25
LEAST_ZOOM, MOST_ZOOM = 0.25, 6.0


class PageSheet(QScrollArea):
    """One page of a PDF, fitted to the window or larger."""

    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pages: Pages | None = None
        self._number = 0
        self._zoom: float | None = None
        self._wide = False
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        slim_bars(self, theme, "page")

    @property
    def number(self) -> int:
        """The page that is shown, from 0."""
        return self._number

    @property
    def sheet_size(self) -> QSize:
        """The size of the drawn page in device-independent pixels."""
        return self._sheet.pixmap().deviceIndependentSize().toSize()

    def show_pages(self, pages: Pages | None) -> None:
        """Show the first page of a document; None: nothing."""
        self._pages = pages
        self._zoom, self._wide = None, False
        self._number = 0
        self._draw()

    def turn_to(self, number: int) -> None:
        """Show a page, the first or last where there is none of that number."""
        if self._pages is not None:
            self._number = max(0, min(number, len(self._pages) - 1))
            self.verticalScrollBar().setValue(0)
            self._draw()

    def fit_page(self) -> None:
        """The whole page in sight."""
        self._zoom, self._wide = None, False
        self._draw()

    def fit_width(self) -> None:
        """The page as wide as the room."""
        self._zoom, self._wide = None, True
        self._draw()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self._zoom = max(LEAST_ZOOM, min(MOST_ZOOM, self._scale() * factor))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            focus_ring(QPainter(self.viewport()), self.viewport().rect(), self._theme, 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {
            Qt.Key.Key_PageDown: self._number + 1,
            Qt.Key.Key_PageUp: self._number - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._pages) - 1 if self._pages is not None else 0,
        }
        sizes: dict[str, Callable[[], None]] = {
            "F": self.fit_page,
            "W": self.fit_width,
            "+": lambda: self.zoom_by(ZOOM_STEP),
            "=": lambda: self.zoom_by(ZOOM_STEP),
            "-": lambda: self.zoom_by(1 / ZOOM_STEP),
        }
        key = Qt.Key(event.key())
        if key in turns:
            self.turn_to(turns[key])
        elif event.text().upper() in sizes and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            sizes[event.text().upper()]()
        else:
            super().keyPressEvent(event)

    def _scale(self) -> float:
        """Device-independent pixels for each point of the page."""
        if self._zoom is not None or self._pages is None:
            return self._zoom or 1.0
        size, room = self._pages.size(self._number), self.viewport().size()
        across = (room.width() - 24) / size.width()
        return max(LEAST_ZOOM, across if self._wide else min(across, (room.height() - 16) / size.height()))

    def _draw(self) -> None:
        if self._pages is None:
            self._sheet.clear()
            return
        ratio = self.devicePixelRatioF()
        drawn = QPixmap.fromImage(self._pages.image(self._number, self._scale() * ratio))
        edge = QPainter(drawn)
        edge.setPen(self._theme.colour("strong_line"))
        edge.drawRect(drawn.rect().adjusted(0, 0, -1, -1))
        edge.end()
        drawn.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(drawn)
        said = f"Page {self._number + 1} of {len(self._pages)}"
        self.setAccessibleName(said)
        self.setAccessibleDescription(self._pages.text(self._number))
        self.turned.emit(self._number)
