"""A bundle or a report as it will be on paper, inside the window: page by page, then to a file or a printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.saving import save
from desktop_app.domain.bundle import Bundle
from desktop_app.domain.errors import Refused
from ui.cases.pdf import PdfPages, print_pages
from ui.cases.sheet import PageSheet
from ui.keys import PREVIEW, Key, hints
from ui.parts.buttons import Button
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.progress import ProgressStrip
from ui.runner import Job, words_of
from ui.shell import Shell


class Preview(QWidget):
    """Shows a bundle that was built; `left` says that the page before was asked for again. Of one that is `recorded`
    the reference stays on record, whatever becomes of the pages."""

    left = Signal()

    keys: Sequence[Key] = PREVIEW

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
        self.middle = QHBoxLayout()
        self.middle.setSpacing(theme.space(3))
        self.middle.addWidget(self.sheet, 1)
        column.addLayout(self.middle, 1)
        column.addWidget(KeyHints(theme, hints(self.keys)))
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
            self._shell.say(f"{self._built.reference} was not saved or printed. It is kept: M lists the bundles made.")
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
        suggested = str(Path.home() / self.suggested())
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save as a PDF file", suggested, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def suggested(self) -> str:
        """The name under which it is offered to be saved."""
        return f"{self._built.reference}.pdf" if self._built is not None else ""

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
