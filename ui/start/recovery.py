"""Shows a new school's recovery key, once: to be written down or printed before anything else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.header import PageHeader
from ui.parts.inputs import Tick
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

WHY = (
    "If everybody forgets their password, this key is the only way into the school’s records. Rollbook shows it now, "
    "never again, and keeps no copy. Print it or write it down, put it in a sealed envelope and lock that away; do not "
    "keep it on this PC."
)


class RecoveryPage(QWidget):
    """The key in large letters, Copy, Print, and a tick before going on."""

    finished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._school = ""
        self.key = Label(theme, "", TextRole.PAGE_TITLE, wrap=True)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setAccessibleName("Recovery key")
        self.key.let_select()
        self.copy = Button(theme, "Copy", icon="copy")
        self.print = Button(theme, "Print …", icon="print")
        self.said = Label(theme, "", TextRole.BODY, "good")
        self.kept = Tick(theme, "I have printed it or written it down")
        self.go_on = Button(theme, "Open the school", primary=True)
        self.go_on.setEnabled(False)
        card = Card(theme, "Recovery key")
        card.body.addWidget(Label(theme, WHY, wrap=True))
        card.body.addSpacing(theme.space(3))
        card.body.addWidget(self.key)
        card.body.addSpacing(theme.space(3))
        card.body.addLayout(row_of(self.copy, self.print, self.said))
        card.body.addWidget(self.kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(40), theme.space(8), theme.space(40), theme.space(8))
        column.setSpacing(theme.space(4))
        column.addWidget(PageHeader(theme, "The school is made", "One thing first."))
        column.addWidget(card)
        foot = row_of(self.go_on, stretch=False)
        foot.insertStretch(0)
        column.addLayout(foot)
        column.addStretch(1)
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(self._print)
        self.kept.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.finished)

    def show_key(self, school: str, key: str) -> None:
        """Show a key."""
        self._school = school
        self.key.setText(key)
        self.kept.setChecked(False)
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Take the key off the screen for good."""
        self.key.setText("")

    def sheet(self) -> QTextDocument:
        """The sheet that Print prints: plain text, set large."""
        sheet = QTextDocument()
        font = self._theme.font()
        font.setPointSize(14)
        sheet.setDefaultFont(font)
        sheet.setPlainText(f"{self._school}\n\nRollbook recovery key\n\n{self.key.text()}\n\n{WHY}\n")
        return sheet

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())
        self.said.setText("✓ Copied. Empty the clipboard when you have put it away.")

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.sheet().print_(printer)
            self.said.setText("✓ Sent to the printer.")
