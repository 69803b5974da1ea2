"""The late slip, only when it is wanted: to the printer, or where there is none to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop_app.actions.saving import save
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import Paper
from ui.cases.pdf import print_pages
from ui.runner import words_of


class SlipDesk:
    """Holds the slip of the child who has just come late, until the next one or until it is forgotten."""

    def __init__(self, parent: QWidget, say: Callable[[str], object]) -> None:
        self._parent = parent
        self._say = say
        self.slip: Paper | None = None

    def ask(self) -> None:
        """The system's own dialog: of the printer, or for a file where there is no printer."""
        if self.slip is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            suggested = str(Path.home() / "late-slip.pdf")
            chosen, _kind = QFileDialog.getSaveFileName(self._parent, "Save the slip", suggested, "PDF (*.pdf)")
            if chosen:
                self.save_to(Path(chosen))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Late slip")
        if QPrintDialog(printer, self._parent).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def save_to(self, path: Path) -> None:
        """Write the slip there, whole or not at all."""
        if self.slip is None:
            return
        try:
            save(self.slip.content, path)
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        self._say("✓ Slip saved")

    def print_on(self, printer: QPrinter) -> None:
        """Print it now: it is one small page."""
        if self.slip is None:
            return
        try:
            for _ in print_pages(self.slip.content, printer, 0, 0):
                pass
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        self._say("✓ Slip sent to the printer")
