"""The ledger as columns, one a parent: what is to be known before anything is sent, the notices, then every entry."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.ledger import InView, Ledger, LedgerLine, ParentLedger, Way
from desktop_app.rules.ledger import NO_CONTACT
from desktop_app.rules.session_lists import count_words
from ui.ledger.lines import LedgerList, LedgerModel
from ui.parts.card import Line
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

COLUMN = 240
"""The least width of a column, in device-independent pixels; more columns than fit are scrolled to."""
NOBODY = "No parent or carer is put down. K puts one down: until then nothing can be sent."


class ParentColumn(QWidget):
    """One parent. `list` is None where a court keeps the person from the child: there is nothing to read."""

    def __init__(self, theme: Theme, parent: ParentLedger) -> None:
        super().__init__()
        self.parent_ledger = parent
        self.list: LedgerList | None = None
        self.setMinimumWidth(COLUMN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        if parent.kept_away:
            column.addWidget(Label(theme, f"⚠ {parent.name}: {NO_CONTACT}", TextRole.STRONG, "alarm", wrap=True))
            column.addStretch(1)
            return
        column.addWidget(Label(theme, parent.name, TextRole.CARD_TITLE, wrap=True))
        column.addWidget(
            Label(
                theme,
                parent.relationship[:1].upper() + parent.relationship[1:],
                TextRole.SECONDARY,
                "second",
                wrap=True,
            )
        )
        for one in parent.in_view:
            column.addWidget(_in_view(theme, one))
        column.addWidget(Label(theme, sums(parent), TextRole.SECONDARY_STRONG, wrap=True))
        column.addWidget(Line(theme))
        model = LedgerModel(self)
        self.list = LedgerList(theme, model, f"Ledger of {parent.name}")
        model.show_lines(parent.lines)
        column.addWidget(self.list, 1)
        if not parent.lines:
            self.list.setAccessibleDescription("Nothing was said, sent, offered or asked yet.")
            column.insertWidget(
                column.count() - 1,
                Label(theme, "Nothing was said, sent, offered or asked yet.", ink="second", wrap=True),
            )


class LedgerView(QWidget):
    """Shows a `Ledger`; `opened` hands out the number of the entry on whose line Enter was pressed."""

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.columns: list[ParentColumn] = []
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.space(4))
        self.nobody = Label(theme, NOBODY, ink="second", wrap=True)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.nobody)
        inner.addLayout(self._row, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        slim_bars(scroll, theme)
        self._scroll = scroll
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show these parents; the column and the entry that had the keyboard have it again."""
        place, entry = self._held()
        for column in self.columns:
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        self.columns = [ParentColumn(self._theme, parent) for parent in ledger.parents]
        self.nobody.setVisible(not self.columns)
        for number, column in enumerate(self.columns):
            self._row.addWidget(column, 1)
            column.show()
            if column.list is not None:
                column.list.opened.connect(self._open)
                column.list.turned.connect(lambda step, at=number: self.turn(at, step))
        if place is not None and place < len(self.columns):
            self._focus(place, entry)

    def first_focus(self) -> QWidget:
        """The list of the first parent of whom there is one."""
        return next((one.list for one in self.columns if one.list is not None), self)

    def turn(self, at: int, step: int) -> None:
        """Give the keyboard to the column beside; past the last one, or one with nothing to read, stay."""
        going = at + step
        while 0 <= going < len(self.columns):
            if self.columns[going].list is not None:
                self._focus(going, 0)
                return
            going += step

    def _focus(self, at: int, entry: int) -> None:
        there = self.columns[at].list
        if there is None:
            return
        lines = there.entries.lines
        row = next((number for number, line in enumerate(lines) if line.entry.id == entry), 0)
        if lines:
            there.setCurrentIndex(there.entries.index(row, 0))
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.columns[at], 0, 0)

    def _held(self) -> tuple[int | None, int]:
        for number, column in enumerate(self.columns):
            if column.list is not None and column.list.hasFocus():
                line = column.list.entries.line(column.list.currentIndex().row())
                return number, line.entry.id if line else 0
        return None, 0

    def _open(self, line: object) -> None:
        if isinstance(line, LedgerLine):
            self.opened.emit(line.entry.id)


def sums(parent: ParentLedger) -> str:
    """How much of each way there was, what is unanswered, and the notices that count."""
    said = ", ".join(f"{way.value} {len(parent.of_way(way))}" for way in Way)
    waiting = f"; {len(parent.waiting)} unanswered" if parent.waiting else ""
    notices = f"; {count_words(len(parent.counted), 'notice', 'notices')} for this child" if parent.counted else ""
    return f"{said[:1].upper()}{said[1:]}{waiting}{notices}"


def _in_view(theme: Theme, one: InView) -> Label:
    words = f"⚠ {one.words}" if one.alarm else one.words
    return Label(theme, words, TextRole.SECONDARY, "ink" if one.alarm else "second", wrap=True)
