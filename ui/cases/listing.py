"""The list of open cases, and the list from which a pupil is picked for a bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.cases import CaseRow
from desktop_app.actions.pupils import PupilRow
from desktop_app.domain.cases import CaseStatus
from desktop_app.rules.display import short_date
from ui.case_keys import CASE_LIST
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.parts.panel import Panel
from ui.parts.pupil_columns import ATTENDANCE, BAND, name_column
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.shell import Shell


def days_words(days: int) -> str:
    """How long ago, in words."""
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def _last_done(row: CaseRow) -> str:
    return row.last_entry.kind.label


def _since(row: CaseRow) -> str:
    if not row.step or row.since is None:
        return f"opened {short_date(row.opened)}"
    paused = "paused, " if row.status is CaseStatus.PAUSED else ""
    return f"{paused}since {short_date(row.since)}"


def _next_due(row: CaseRow) -> str:
    return short_date(row.next_due) if row.next_due else "—"


def _led_by(row: CaseRow) -> str:
    return row.lead or ("nobody leads" if row.step else "")


CASES: tuple[Column[CaseRow], ...] = (
    name_column(beside=lambda row: row.class_name, width=21),
    Column("Step", lambda row: row.step_title or row.referral_title, second=_since),
    Column("Next due", _next_due, second=_led_by, width=14, sort=lambda row: row.next_due or date.max),
    ATTENDANCE,
    BAND,
    Column(
        "Last done",
        _last_done,
        second=lambda row: days_words(row.days_since),
        width=14,
        sort=lambda row: row.last_entry.happened_at,
    ),
)
PUPILS: tuple[Column[PupilRow], ...] = (
    name_column(beside=lambda row: row.class_name),
    ATTENDANCE,
)


class CaseListing(QWidget):
    """`opened` says whose case was asked for, by pupil id."""

    opened = Signal(int)
    another_asked = Signal()
    batch_asked = Signal(object, str)
    """Bundles of these children, by pupil id, for the referral that most of their cases are for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.marked: frozenset[int] = frozenset()
        self.header = PageHeader(theme, "Cases")
        another = Button(theme, "Another pupil", key="N", bind=False, primary=True)
        another.clicked.connect(self.another_asked)
        self.batch = Button(theme, "Bundles of those marked", key="B", bind=False)
        self.batch.clicked.connect(self._ask_batch)
        self.batch.hide()
        self.header.add_action(self.batch)
        self.header.add_action(another)
        self.model: RowsModel[CaseRow] = RowsModel((*CASES, self._mark()), key=lambda row: row.pupil.id)
        self.table = _CasesTable(theme, "Open cases", sortable=True)
        self.table.show_model(self.model)
        self.empty = EmptyState(
            theme, "briefcase", "No open case", "N finds a pupil: see what a referral would need, and open a case."
        )
        self.picker = PupilPicker(shell)
        card = Card(theme, flush=True)
        listed = QWidget()
        self._shown = QStackedLayout(listed)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        card.body.addWidget(listed)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.picker)
        column.addWidget(card, 1)
        column.addWidget(KeyHints(theme, hints(CASE_LIST)))
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.spaced.connect(self._turn_mark)
        self.table.sorted_by.connect(shell.say)
        self.picker.picked.connect(self.opened)

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these cases."""
        picked = self.table.selected()
        self.model.set_rows(rows)
        if picked is not None:
            self.table.select_key(picked.pupil.id)
        self._shown.setCurrentIndex(0 if rows else 1)
        self._set_marked(self.marked & {row.pupil.id for row in rows})

    def first_focus(self) -> QWidget:
        """The list; where it is empty, the page itself, which knows N."""
        return self.table if self.model.rowCount() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper() if not event.modifiers() & Qt.KeyboardModifier.ControlModifier else ""
        if letter == "N":
            self.another_asked.emit()
        elif letter == "B":
            self._ask_batch()
        elif letter == "A":
            every = frozenset(row.pupil.id for row in self.model.rows)
            self._set_marked(frozenset() if self.marked == every else every)
        else:
            super().keyPressEvent(event)

    def _mark(self) -> Column[CaseRow]:
        """The column that says which cases are marked."""
        return Column(
            "Marked",
            lambda row: "☑" if row.pupil.id in self.marked else "",
            width=8,
            sort=lambda row: row.pupil.id not in self.marked,
            spoken=lambda row: "marked" if row.pupil.id in self.marked else "not marked",
        )

    def _turn_mark(self, row: CaseRow) -> None:
        self._set_marked(self.marked ^ {row.pupil.id})

    def _set_marked(self, marked: frozenset[int]) -> None:
        """Mark these and no others, and say how many."""
        self.marked = marked
        rows = self.model.rows
        self.model.set_rows(rows)
        self.batch.setVisible(bool(marked))
        said = f" · {len(marked)} marked" if marked else ""
        self.header.set_subtitle(f"{len(rows)} open{said}" if rows else "")

    def _ask_batch(self) -> None:
        chosen = [row for row in self.table.shown() if row.pupil.id in self.marked]
        if not chosen:
            self._shell.say("Mark the cases with the space bar first, or all of them with A.")
            return
        most, _ = Counter(row.referral for row in chosen).most_common(1)[0]
        self.batch_asked.emit(tuple(row.pupil.id for row in chosen), most)


class _CasesTable(DataTable):
    """`spaced`: the row is to be marked, or no longer."""

    spaced = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.selected()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self.spaced.emit(row)
        else:
            super().keyPressEvent(event)


class PupilPicker(Panel):
    """Type a few letters, Enter picks the first; Esc closes."""

    picked = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Which pupil?")
        theme = shell.theme
        self.typed = _PickLine(theme, "Name or class")
        self.typed.setAccessibleName("Name or class of the pupil")
        self.model: RowsModel[PupilRow] = RowsModel(PUPILS, key=lambda row: row.pupil.id)
        self.table = DataTable(theme, "Pupils found", sortable=True)
        self.table.show_model(self.model)
        self.table.setMinimumHeight(self.table.content_height(5))
        self.form.addWidget(self.typed)
        self.form.addWidget(self.table)
        self.typed.textChanged.connect(self._filter)
        self.typed.accepted.connect(lambda: self._pick(self.table.selected()))
        self.typed.went_down.connect(self.table.setFocus)
        self.table.opened.connect(self._pick)

    def open_with_rows(self, rows: Sequence[PupilRow]) -> None:
        """Offer these pupils."""
        self.model.set_rows(rows)
        self.typed.clear()
        self._filter("")
        self.open_with(self.typed)

    def _filter(self, typed: str) -> None:
        self.table.proxy.set_words(typed)
        if self.table.proxy.rowCount():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))

    def _pick(self, row: PupilRow | None) -> None:
        if row is not None:
            self.close_panel()
            self.picked.emit(row.pupil.id)


class _PickLine(LineEdit):
    accepted = Signal()
    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)
