"""A bundle or a report as it will be on paper, inside the window: page by page, then to a file or a printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.saving import save
from desktop_app.domain.bundle import Bundle
from desktop_app.domain.errors import Refused
from ui.cases.pdf import Pages, PdfPages, print_pages
from ui.keys import PREVIEW, hints
from ui.parts.buttons import Button
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.paint import focus_ring
from ui.parts.progress import ProgressStrip
from ui.parts.scroll import slim_bars
from ui.runner import Job, words_of
from ui.shell import Shell
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


class Preview(QWidget):
    """Shows a bundle that was built; `left` says that the page before was asked for again. Of one that is `recorded`
    the reference stays on record, whatever becomes of the pages."""

    left = Signal()

    def __init__(self, shell: Shell, *, recorded: bool = True) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self._recorded = recorded
        self._built: Bundle | None = None
        self._pages: PdfPages | None = None
        self._kept = False
        self._job: Job | None = None
        self.header = PageHeader(theme)
        self.sheet = PageSheet(theme)
        self.strip = ProgressStrip(theme)
        back = Button(theme, "Back", key="Esc", bind=False)
        back.clicked.connect(self.leave)
        paper = Button(theme, "Print…", key="Ctrl+P", bind=False, icon="print")
        paper.clicked.connect(self.ask_printer)
        save = Button(theme, "Save as…", key="Ctrl+S", bind=False, primary=True)
        save.clicked.connect(self.ask_file)
        for button in (back, paper, save):
            self.header.add_action(button)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addWidget(self.sheet, 1)
        column.addWidget(KeyHints(theme, hints(PREVIEW)))
        self.sheet.turned.connect(self._turned)
        self.strip.cancelled.connect(self._cancel)

    def show_bundle(self, built: Bundle, title: str) -> None:
        """Show a bundle."""
        self.drop()
        self._built = built
        self._kept = False
        self._pages = PdfPages(built.content)
        self.header.set_title(built.reference, title)
        self.sheet.show_pages(self._pages)

    def drop(self) -> None:
        """Let the bundle go; nothing of it stays on the disk that was not saved."""
        self.sheet.show_pages(None)
        if self._pages is not None:
            self._pages.close()
        self._pages = None

    def leave(self) -> None:
        """Back to the case. A bundle neither saved nor printed is gone, though its reference stays recorded. What is
        being printed is printed to its end."""
        if self._recorded and self._built is not None and not self._kept and self._job is None:
            self._shell.say(f"{self._built.reference} was not saved or printed. Building again makes a new reference.")
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif control and event.key() == Qt.Key.Key_S:
            self.ask_file()
        elif control and event.key() == Qt.Key.Key_P:
            self.ask_printer()
        else:
            super().keyPressEvent(event)

    def ask_file(self) -> None:
        """Ask where to save, and save there."""
        if self._built is None:
            return
        suggested = str(Path.home() / f"{self._built.reference}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save as a PDF file", suggested, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the bundle there, whole or not at all."""
        if self._built is None:
            return
        try:
            save(self._built.content, path)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._kept = True
        self._shell.say(f"Saved: {path}")

    def ask_printer(self) -> None:
        """The system's print dialog, then the pages it asks for."""
        if self._built is None or self._pages is None:
            return
        if self._job is not None:
            self._shell.say("Wait until this is printed, or cancel it; then print again.", alarm=True)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._built.reference)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._pages))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages the printer was told to, all where it was told nothing."""
        if self._built is None or self._pages is None:
            return
        built = self._built
        first = max(printer.fromPage(), 1) - 1
        last = min(printer.toPage() or len(self._pages), len(self._pages)) - 1
        self.strip.begin("Printing")
        self._job = self._shell.runner.start(
            print_pages(built.content, printer, first, last),
            self.strip.show_progress,
            lambda count: self._printed(built, count),
            self._not_printed,
            self._end_print,
        )

    def _printed(self, built: Bundle, count: int) -> None:
        self._end_print()
        self._kept = self._kept or built is self._built  # another may be looked at by now
        self._shell.say(f"{count} {'page' if count == 1 else 'pages'} sent to the printer.")

    def _not_printed(self, error: Exception) -> None:
        self._end_print()
        self._shell.say(words_of(error), alarm=True)

    def _end_print(self) -> None:
        self._job = None
        self.strip.end()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _turned(self, number: int) -> None:
        if self._pages is not None and self._built is not None:
            lacks = len(self._built.missing)
            words = f"Page {number + 1} of {len(self._pages)}"
            if lacks:
                words += f" · {lacks} {'thing' if lacks == 1 else 'things'} missing or to check, as listed before"
            self.header.set_subtitle(f"{words} · SHA-256 {self._built.sha256[:12]}…")
