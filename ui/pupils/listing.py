"""The list of pupils: typed letters filter it, a key narrows it to those who worry us, Enter opens a child."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.pupils import PupilRow
from desktop_app.domain.rights import Right
from desktop_app.rules.names import class_order
from ui.keys import PUPILS, hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.choices import ChoiceRow
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, LineEdit
from ui.parts.pupil_columns import ATTENDANCE
from ui.parts.table import DataTable
from ui.pupils.list_columns import COLUMNS, pupil_model
from ui.shell import Shell

Keep = Callable[[PupilRow], bool]
NARROWED: tuple[tuple[str, str, Keep | None], ...] = (
    ("Everyone", "Alt+1", None),
    ("Below 95%", "Alt+2", lambda row: row.figures.attendance is not None and row.figures.attendance < 95),
    ("Persistent", "Alt+3", lambda row: row.persistent is True and not row.too_early),
    ("Severe", "Alt+4", lambda row: row.severe is True and not row.too_early),
)
"""What one key narrows the list to: words, key, and who stays."""
ALL_CLASSES = "All classes"
MARGIN = 5
"""Units of space round a page."""


class Listing(QWidget):
    """The list with its filters. `opened` says which pupil was picked, by id."""

    opened = Signal(int)
    explain_asked = Signal(int)
    """How the figure of a pupil is reached, by id."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self._narrowed = 0
        self.header = PageHeader(theme, "Pupils")
        self.admit = Button(theme, "Admit a pupil", key="Ctrl+N", bind=False)
        self.admit.setEnabled(shell.context.may(Right.ADMIT) and not shell.context.store.read_only)
        self.header.add_action(self.admit)
        self.typed = LineEdit(theme, "Type to filter: name, class, band or flag")
        self.typed.setAccessibleName("Filter pupils")
        self.typed.setClearButtonEnabled(True)
        self.narrow = ChoiceRow(theme, "Show", [(words, key) for words, key, _ in NARROWED])
        self.narrow.pick(0)
        self.class_choice = Choice(theme)
        self.class_choice.setAccessibleName("Class")
        self.table = DataTable(theme, "Pupils", sortable=True)
        self.model = pupil_model()
        self.table.show_model(self.model)
        self.empty = EmptyState(theme, "people", "Nobody here")
        self._shown = QStackedLayout()
        self._build()
        self._connect()

    def show_rows(self, rows: Sequence[PupilRow]) -> None:
        """Show these pupils; the one that was picked stays picked."""
        picked = self.table.selected()
        self.model.set_rows(rows)
        self._offer_classes(rows)
        if picked is not None:
            self.table.select_key(picked.pupil.id)
        self._apply()

    def pick(self, pupil: int) -> None:
        """Make a pupil current in the list, where the filter shows them."""
        self.table.select_key(pupil)

    def list_shown(self) -> ListAsked:
        """The rows that are shown, in their order, and by what the list was narrowed."""
        in_class = self.class_choice.currentText() if self.class_choice.currentIndex() > 0 else ""
        typed = self.typed.text().strip()
        words = (
            NARROWED[self._narrowed][0] if self._narrowed else "",
            f"class {in_class}" if in_class else "",
            f"“{typed}”" if typed else "",
        )
        shown = tuple(str(row.pupil.id) for row in self.table.shown())
        return ListAsked(shown=shown, filtered=", ".join(filter(None, words)))

    def first_focus(self) -> QWidget:
        """The list itself: a letter filters it, an arrow moves. The filter, where it leaves nobody."""
        return self.table if self.table.proxy.rowCount() else self.typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._show_all()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._filters.fit(self.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.table:
                return self._key_in_list(event)
            if watched is self.typed:
                return self._key_in_filter(event)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        theme = self._shell.theme
        self.typed.setMinimumWidth(theme.space(50))
        words = QHBoxLayout()
        words.setSpacing(theme.space(3))
        words.addWidget(self.typed, 1)
        words.addWidget(self.class_choice)
        self._filters = Columns(theme.space(3), narrow=theme.space(210))
        self._filters.addLayout(words, 2)
        self._filters.addWidget(self.narrow, 3, Qt.AlignmentFlag.AlignVCenter)
        card = Card(theme, flush=True)
        listed = QWidget()
        listed.setLayout(self._shown)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        card.body.addWidget(listed)
        column = QVBoxLayout(self)
        side = theme.space(MARGIN)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addLayout(self._filters)
        column.addWidget(card, 1)
        column.addWidget(KeyHints(theme, hints(PUPILS)))

    def _connect(self) -> None:
        self.typed.textChanged.connect(self._apply)
        self.admit.clicked.connect(lambda: self._shell.go("admit"))
        on_chord(self, "Ctrl+N", self.admit.click)
        self.narrow.picked.connect(self._narrow_to)
        self.class_choice.currentIndexChanged.connect(self._apply)
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.clicked.connect(self._clicked)
        self.table.sorted_by.connect(self._shell.say)
        self.table.installEventFilter(self)
        self.typed.installEventFilter(self)
        for number, (_words, key, _keep) in enumerate(NARROWED):
            on_chord(self, key, lambda number=number: self._narrow_to(number))
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            on_chord(self, keys, lambda step=step: self._step_class(step))

    def _key_in_list(self, event: QKeyEvent) -> bool:
        """Letters go to the filter; anything else is the table's."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and (
            self.typed.text() or self._narrowed or self.class_choice.currentIndex() > 0
        ):
            self._show_all()
        elif event.key() == Qt.Key.Key_F4:
            if self.table.selected() is not None:
                self.explain_asked.emit(self.table.selected().pupil.id)
        elif event.key() == Qt.Key.Key_Backspace:
            self.typed.setText(self.typed.text()[:-1])
        elif not control and event.text().isprintable() and (self.typed.text() + event.text()).strip():
            self.typed.insert(event.text())
        else:
            return False
        return True

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a percentage asks how it is reached."""
        row = self.table.selected()
        if COLUMNS[index.column()] is ATTENDANCE and row is not None:
            self.explain_asked.emit(row.pupil.id)

    def _key_in_filter(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._show_all()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.first_focus().setFocus()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.selected() is not None:
                self.opened.emit(self.table.selected().pupil.id)
            return True
        return False

    def _apply(self) -> None:
        """Narrow the list, keep a row current, and say how many are shown."""
        test = NARROWED[self._narrowed][2]
        in_class = self.class_choice.currentText() if self.class_choice.currentIndex() > 0 else ""
        self.table.proxy.set_keep(
            lambda row: (test is None or test(row)) and (not in_class or row.class_name == in_class)
        )
        self.table.proxy.set_words(self.typed.text())
        shown, all_of_them = self.table.proxy.rowCount(), self.model.rowCount()
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))
        if not shown and self.table.hasFocus():
            self.typed.setFocus()  # a list that goes away would take the keyboard with it
        self._shown.setCurrentIndex(0 if shown else 1)
        if not all_of_them:
            self.empty.set_words("No pupils yet", "Import them from the School menu (Alt+S).")
        else:
            self.empty.set_words("Nobody here", "No pupil matches. Esc shows everyone again.")
        self.header.set_subtitle(self._count_words(shown, all_of_them))

    def _count_words(self, shown: int, all_of_them: int) -> str:
        told = [row for row in self.model.rows if not row.too_early]
        persistent = sum(row.persistent is True for row in told)
        severe = sum(row.severe is True for row in told)
        words = f"{all_of_them} on roll · {persistent} persistently absent, {severe} of them severely"
        return words if shown == all_of_them else f"{shown} of {words}"

    def _narrow_to(self, number: int) -> None:
        self._narrowed = number
        self.narrow.pick(number)
        self._apply()
        self.first_focus().setFocus()
        self._shell.say(f"{NARROWED[number][0]}: {self.table.proxy.rowCount()} shown.")

    def _show_all(self) -> None:
        self.typed.clear()
        self.class_choice.setCurrentIndex(0)
        self._narrow_to(0)

    def _offer_classes(self, rows: Sequence[PupilRow]) -> None:
        names = sorted({row.class_name for row in rows if row.class_name}, key=class_order)
        offered = [self.class_choice.itemText(number) for number in range(1, self.class_choice.count())]
        if names == offered and self.class_choice.count():
            return
        before = self.class_choice.currentText()
        self.class_choice.blockSignals(True)
        self.class_choice.clear()
        for name in (ALL_CLASSES, *names):
            self.class_choice.add(name, name)
        self.class_choice.setCurrentIndex(max(0, self.class_choice.findText(before)))
        self.class_choice.blockSignals(False)

    def _step_class(self, step: int) -> None:
        count = self.class_choice.count()
        if count:
            self.class_choice.setCurrentIndex((self.class_choice.currentIndex() + step) % count)
            self._shell.say(f"{self.class_choice.currentText()}: {self.table.proxy.rowCount()} shown.")
