"""The small table of term dates: typed, or filled from a file, with bank holidays inside a term offered as ticks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.exchange.calendar_file import read_periods
from desktop_app.rules.display import date_year
from ui.parts.buttons import Button, IconButton
from ui.parts.card import row_of
from ui.parts.inputs import Choice, DateEdit, LineEdit, Tick
from ui.parts.text import Label
from ui.runner import words_of
from ui.start.draft import TypedPeriod, offered_closures
from ui.start.words import KINDS
from ui.theme import Theme
from ui.tokens import TextRole

USUAL = (
    (PeriodKind.TERM, "autumn term"),
    (PeriodKind.HOLIDAY, "autumn half term"),
    (PeriodKind.TERM, "spring term"),
    (PeriodKind.HOLIDAY, "spring half term"),
    (PeriodKind.TERM, "summer term"),
    (PeriodKind.HOLIDAY, "summer half term"),
)


class _Row:
    """The four inputs of one row, and the button that takes it away."""

    def __init__(self, theme: Theme, middle: date, kind: PeriodKind, name: str, kept: Period | None) -> None:
        self.kept = kept
        self.kind = Choice(theme)
        for each, words in KINDS.items():
            self.kind.add(words, each)
        self.kind.choose(kind)
        self.name = LineEdit(theme)
        self.name.setText(name)
        self.start = DateEdit(theme, lambda: middle, kept.start if kept else None)
        self.end = DateEdit(theme, lambda: middle, kept.end if kept else None)
        for edit in (self.start, self.end):
            edit.setPlaceholderText("2 Sep")
        self.remove = IconButton(theme, "close", "Take this row away")
        for widget, words in zip(self.widgets(), ("Kind", "Name", "First day", "Last day", ""), strict=True):
            if words:
                widget.setAccessibleName(f"{words}, {name}" if name else words)

    def widgets(self) -> tuple[QWidget, ...]:
        """The widgets of the row, from left to right."""
        return (self.kind, self.name, self.start, self.end, self.remove)

    def typed(self) -> TypedPeriod:
        """What stands in the row."""
        kind = self.kind.value()
        return TypedPeriod(
            kind if isinstance(kind, PeriodKind) else PeriodKind.TERM,
            self.name.text(),
            self.start.text(),
            self.end.text(),
            self.kept,
        )


class TermsEditor(QWidget):
    """Rows of kind, name, first and last day. `middle` is the middle of the school year that is being typed."""

    changed = Signal()

    def __init__(self, theme: Theme, middle: date) -> None:
        super().__init__()
        self._theme = theme
        self._middle = middle
        self._rows: list[_Row] = []
        self._ticks: dict[date, Tick] = {}
        self._before: QWidget | None = None
        self.choose_file = Button(theme, "From a file …", icon="folder")
        self.choose_file.clicked.connect(self._ask_file)
        self.add_row = Button(theme, "Add a row", icon="plus")
        self.add_row.clicked.connect(self._add_blank)
        self.said = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.said.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(2))
        self._grid.setVerticalSpacing(theme.space(1))
        self._grid.setColumnStretch(1, 1)
        self._holidays = QVBoxLayout()
        self._holidays.setSpacing(theme.space(0.5))
        self._offer = Label(theme, "", TextRole.SECONDARY_STRONG, "second", wrap=True)
        self._offer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addLayout(self._grid)
        column.addLayout(row_of(self.add_row, self.choose_file))
        column.addWidget(self.said)
        column.addWidget(self._offer)
        column.addLayout(self._holidays)
        for kind, name in USUAL:
            self._append(kind, name, None)
        self._lay_out()

    def typed(self) -> tuple[TypedPeriod, ...]:
        """Every row, as it stands."""
        return tuple(row.typed() for row in self._rows)

    def closed_on(self) -> tuple[date, ...]:
        """The bank holidays that were ticked."""
        return tuple(day for day, tick in self._ticks.items() if tick.isChecked())

    def first_date(self) -> QWidget:
        """The first date to type."""
        return self._rows[0].start if self._rows else self.add_row

    def follow(self, before: QWidget) -> None:
        """Let Tab come here from `before`, and go down the rows to the buttons and the bank holidays."""
        self._before = before
        self._order_tabs()

    def date_inputs(self, row: int) -> tuple[DateEdit, DateEdit]:
        """The first and last day of a row."""
        return self._rows[row].start, self._rows[row].end

    def show_periods(self, periods: Sequence[Period]) -> None:
        """Put these periods in the table instead of what stands there."""
        self._rows.clear()
        for period in sorted(periods, key=lambda one: (one.start, one.end)):
            self._append(period.kind, period.name, period)
        self._lay_out()
        self._offer_holidays()

    def read_file(self, path: Path) -> None:
        """Fill the table from a file; says in words what came of it."""
        try:
            periods = read_periods(path)
        except (Refused, OSError) as refused:
            self.said.set_ink("alarm")
            self.said.setText(f"⚠ {words_of(refused)}")
        else:
            self.show_periods(periods)
            self.said.set_ink("second")
            self.said.setText(f"{len(periods)} periods read from {path.name}. They can be changed here.")
        self.said.show()

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Term dates", "", "Term dates (*.csv *.txt *.xlsx)")
        if name:
            self.read_file(Path(name))

    def _add_blank(self) -> None:
        self._append(PeriodKind.TERM, "", None)
        self._lay_out()
        self._rows[-1].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, kind: PeriodKind, name: str, kept: Period | None) -> None:
        row = _Row(self._theme, self._middle, kind, name, kept)
        row.remove.clicked.connect(lambda: self._take_away(row))
        row.kind.currentIndexChanged.connect(self._offer_holidays)
        for edit in (row.start, row.end):
            edit.editingFinished.connect(self._offer_holidays)
        self._rows.append(row)

    def _take_away(self, row: _Row) -> None:
        self._rows.remove(row)
        self._lay_out()
        self._offer_holidays()
        self.first_date().setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None and not any(widget in row.widgets() for row in self._rows):
                widget.hide()
                widget.deleteLater()
        for number, words in enumerate(("Kind", "Name", "First day", "Last day")):
            self._grid.addWidget(Label(self._theme, words, TextRole.SECONDARY_STRONG, "second"), 0, number)
        for line, row in enumerate(self._rows, start=1):
            for number, widget in enumerate(row.widgets()):
                self._grid.addWidget(widget, line, number)
        self._order_tabs()
        self.changed.emit()

    def _order_tabs(self) -> None:
        """Rows, buttons and holidays as they stand, though some were made after others."""
        shown = [widget for row in self._rows for widget in row.widgets()]
        chain = [self._before, *shown, self.add_row, self.choose_file, *self._ticks.values()]
        for before, after in pairwise(widget for widget in chain if widget is not None):
            QWidget.setTabOrder(before, after)

    def _offer_holidays(self) -> None:
        offered = dict(offered_closures(self.typed(), self._middle))
        if set(offered) != set(self._ticks):
            ticked = self.closed_on()
            for tick in self._ticks.values():
                self._holidays.removeWidget(tick)
                tick.deleteLater()
            self._ticks = {
                day: Tick(self._theme, f"{date_year(day)}, {name}", ticked=day in ticked)
                for day, name in offered.items()
            }
            for tick in self._ticks.values():
                self._holidays.addWidget(tick)
                tick.show()
            self._order_tabs()
        self._offer.setText("These bank holidays fall inside a term. Tick those on which the school is closed.")
        self._offer.setVisible(bool(offered))
        self.changed.emit()
