"""The classes at the left of the register, and how far each is with the session the cursor is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.actions.register_states import RegisterState
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import short_date
from ui.parts.card import Card, Line
from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.parts.text import ElidedLabel, Label
from ui.theme import Theme
from ui.tokens import TextRole

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
TAKEN = "✓"
NOT_TAKEN = "not taken"


def progress_words(state: RegisterState | None) -> str:
    """`✓`, `3 blank`, `not taken`; empty where no register is due, and until marks come where they are imported."""
    if state is None or not state.pupils:
        return ""
    if state.taken:
        return TAKEN
    if state.marked:
        return f"{state.blank} blank"
    return NOT_TAKEN if state.taken_here else ""


def spoken(name: str, state: RegisterState | None) -> str:
    """A class and how far its register is, in words that need no picture."""
    words = progress_words(state)
    if state is not None and state.pupils and not words:
        return f"{name}, not imported"
    overdue = state.minutes_overdue if state is not None else None
    late = f", {overdue} minutes overdue" if overdue else ""
    return f"{name}, {'complete' if words == TAKEN else words or 'no register due'}{late}"


class ClassModel(QAbstractListModel):
    """Class names with the state of their registers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._states: Mapping[str, RegisterState] = {}

    def show_classes(self, names: Sequence[str]) -> None:
        """Show these classes."""
        if tuple(names) != self._names:
            self.beginResetModel()
            self._names = tuple(names)
            self.endResetModel()

    def show_states(self, states: Sequence[RegisterState]) -> None:
        """Show how far each class is; a class that is not among them has no register due."""
        self._states = {state.class_name: state for state in states}
        if self._names:
            self.dataChanged.emit(self.index(0), self.index(len(self._names) - 1))

    def put_state(self, state: RegisterState) -> None:
        """Show how far one class is now."""
        if state.class_name in self._names:
            self._states = {**self._states, state.class_name: state}
            changed = self.index(self._names.index(state.class_name))
            self.dataChanged.emit(changed, changed)

    @property
    def names(self) -> tuple[str, ...]:
        """The classes, in order."""
        return self._names

    def state_of(self, name: str) -> RegisterState | None:
        """How far a class is, or None where no register is due."""
        return self._states.get(name)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        name = self._names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(name, self._states.get(name))
        return None


class ClassDelegate(QStyledItemDelegate):
    """Draws a class with how far its register is."""

    def __init__(self, theme: Theme, view: ClassList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(self._theme.space(24), self._theme.row_height + 3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, model = self._theme, self._view.classes
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        here = index.row() == self._view.currentIndex().row()
        if here:
            painter.fillRect(rect, theme.colour("soft"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour("accent"))
        name = model.names[index.row()]
        state = model.state_of(name)
        overdue = state is not None and state.minutes_overdue is not None
        area = rect.adjusted(theme.space(3.5), 0, -theme.space(3), 0)
        words = self.fitting(state, name, area.width())
        self._progress(painter, area, words, overdue=overdue)
        painter.setFont(theme.font(TextRole.STRONG if here else TextRole.BODY))
        painter.setPen(theme.colour("ink"))
        room = area.width() - (theme.metrics(TextRole.SECONDARY).horizontalAdvance(words) + theme.space(2))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if here and self._view.hasFocus():
            focus_ring(painter, rect, theme)

    def fitting(self, state: RegisterState | None, name: str, room: int) -> str:
        """How far a class is, and how long overdue where there is room to say it beside the name."""
        words, theme = progress_words(state), self._theme
        if state is None or not state.minutes_overdue or not words:
            return words
        full = f"{words} · {state.minutes_overdue} min late"
        taken = theme.metrics(TextRole.STRONG).horizontalAdvance(name) + theme.space(2)
        return full if theme.metrics(TextRole.SECONDARY_STRONG).horizontalAdvance(full) <= room - taken else words

    def _progress(self, painter: QPainter, area: QRect, words: str, *, overdue: bool) -> None:
        theme = self._theme
        ink = "good" if words == TAKEN else "alarm" if overdue else "second"
        painter.setFont(theme.font(TextRole.SECONDARY_STRONG if overdue else TextRole.SECONDARY))
        painter.setPen(theme.colour(ink))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, side, words)


class ClassList(QListView):
    """Up and Down, or a click, show another class; Enter or Right goes into its register."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, classes: ClassModel) -> None:
        super().__init__()
        self.classes = classes
        self._showing = False
        self.setModel(classes)
        self.setItemDelegate(ClassDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        slim_bars(self, theme)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Classes")
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.activated.connect(self.entered)
        theme.changed.connect(self.viewport().update)

    def show_class(self, name: str) -> None:
        """Show which class is open, without opening it again."""
        if name in self.classes.names:
            self._showing = True
            self.setCurrentIndex(self.classes.index(self.classes.names.index(name)))
            self._showing = False
            self.viewport().update()

    def _current_changed(self, current: Index) -> None:
        self.viewport().update()
        if current.isValid() and not self._showing:
            self.chosen.emit(self.classes.names[current.row()])


class ClassCard(Card):
    """The list in its card, under the session it speaks of."""

    def __init__(self, theme: Theme, classes: ClassModel) -> None:
        super().__init__(theme, flush=True)
        self.list = ClassList(theme, classes)
        self._session = ElidedLabel(theme, "", TextRole.SECONDARY, "second")
        self.setFixedWidth(theme.space(44))
        top = QWidget()
        top.setFixedHeight(2 * theme.row_height - 1)
        head = QVBoxLayout(top)
        head.setContentsMargins(theme.space(3.5), 0, theme.space(2), 0)
        head.setSpacing(0)
        head.addStretch(1)
        head.addWidget(Label(theme, "Classes", TextRole.CARD_TITLE))
        head.addWidget(self._session)
        head.addStretch(1)
        self.body.setSpacing(0)
        self.body.addWidget(top)
        self.body.addWidget(Line(theme))
        self.body.addWidget(self.list, 1)

    def tell_session(self, session: Session) -> None:
        """Say of which session the states are."""
        self._session.setText(f"{short_date(session.day)}, {session.half.value}")
