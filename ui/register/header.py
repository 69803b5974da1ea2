"""The two headers of the register: days over mornings and afternoons, and the names, which never scroll away."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.actions.register_page import ColumnState, Row
from desktop_app.rules.display import short_date
from ui.parts.text import Label, short_name
from ui.register.columns import row_height
from ui.register.delegate import DAY_RULE, Cursor
from ui.register.model import COLUMNS, SESSIONS, TITLES, TO_DATE, RegisterModel
from ui.theme import Theme
from ui.tokens import TextRole

CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
NAME_PAD = 10


class DayHeader(QHeaderView):
    """`Mon 16 Nov` over `AM | PM`, five times; today's is bold and says so."""

    chosen = Signal(int)
    """A session was pressed with the mouse."""

    def __init__(self, theme: Theme, model: RegisterModel, cursor: Cursor, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._model = model
        self._cursor = cursor
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setAccessibleName("Sessions of the week")
        theme.changed.connect(self.viewport().update)

    @property
    def storey(self) -> int:
        """The height of one of the two storeys."""
        return self._theme.row_height

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 2 * self.storey)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = self._theme, event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(area, theme.colour("surface"))
        if self.count() == COLUMNS:
            for column in range(0, SESSIONS, 2):
                if self._box(column, 2).intersects(area):
                    self._day(painter, column)
                    for half in (column, column + 1):
                        if not self.isSectionHidden(half):
                            self._half(painter, half)
            for column, title in TITLES.items():
                if not self.isSectionHidden(column):
                    self._strip(painter, column, title)
        painter.fillRect(area.left(), self.height() - 1, area.width(), 1, theme.colour("line"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self.logicalIndexAt(event.position().toPoint())
        if 0 <= column < SESSIONS:
            self.chosen.emit(column)

    def _box(self, column: int, span: int = 1) -> QRect:
        left = self.sectionViewportPosition(column)
        width = sum(self.sectionSize(place) for place in range(column, column + span))
        return QRect(left, 0, width, 2 * self.storey)

    def _day(self, painter: QPainter, column: int) -> None:
        theme = self._theme
        box = self._box(column, 2)
        today = column in self._cursor.today
        rule = theme.colour("accent" if today else "strong_line")
        if today:
            painter.fillRect(box.left(), 0, box.width(), DAY_RULE, rule)
            painter.fillRect(box.right() - DAY_RULE + 1, 0, DAY_RULE, box.height(), rule)
        painter.fillRect(box.left(), 0, DAY_RULE, box.height(), rule)
        painter.fillRect(box.left() + DAY_RULE, self.storey - 1, box.width() - DAY_RULE, 1, theme.colour("line"))
        words = short_date(self._model.columns[column].session.day)
        painter.setFont(theme.font(TextRole.SECONDARY_STRONG if today else TextRole.SECONDARY))
        full = f"{words} · today" if today else words
        fits = painter.fontMetrics().horizontalAdvance(full) <= box.width() - 2 * DAY_RULE
        painter.setPen(theme.colour("ink" if today else "second"))
        painter.drawText(QRect(box.left(), 0, box.width(), self.storey), CENTRE, full if fits else words)

    def _half(self, painter: QPainter, column: int) -> None:
        theme = self._theme
        box = self._box(column)
        lower = QRect(box.left(), self.storey, box.width(), self.storey - 1)
        shown = self._model.columns[column]
        here = column == self._cursor.cursor_column
        if here:
            edge = DAY_RULE if column % 2 == 0 else 0
            right = DAY_RULE if column in self._cursor.today and column in (self._model.day, SESSIONS - 1) else 1
            painter.fillRect(lower.adjusted(edge, 0, -right, 0), theme.colour("soft"))
        if column % 2 == 0:
            painter.fillRect(box.right(), self.storey, 1, self.storey, theme.colour("line"))
        elif column == SESSIONS - 1 and column not in self._cursor.today:
            painter.fillRect(box.right(), 0, 1, box.height(), theme.colour("line"))
        painter.setFont(theme.font(TextRole.SECONDARY_STRONG if here else TextRole.SECONDARY))
        painter.setPen(theme.colour("ink" if shown.state is ColumnState.OPEN or here else "second"))
        painter.drawText(lower, CENTRE, shown.session.half.value)

    def _strip(self, painter: QPainter, column: int, words: str) -> None:
        theme = self._theme
        painter.setFont(theme.font(TextRole.SECONDARY))
        painter.setPen(theme.colour("second"))
        side = Qt.AlignmentFlag.AlignRight if column == TO_DATE else Qt.AlignmentFlag.AlignLeft
        box = self._box(column).adjusted(NAME_PAD, 0, -NAME_PAD, 0)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


class Corner(Label):
    """Where the headers meet: which class it is, and how many pupils."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", TextRole.BODY, "second", parent=parent)
        self._theme = theme
        self.setIndent(NAME_PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
        painter.end()
        super().paintEvent(event)


class NameHeader(QHeaderView):
    """The names at the left. The pupil the cursor is on, or the one being looked for, stands out."""

    chosen = Signal(int)
    """A name was pressed with the mouse."""
    opened = Signal(int)
    """A name was pressed twice."""

    def __init__(self, theme: Theme, model: RegisterModel, cursor: Cursor, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._model = model
        self._cursor = cursor
        self.sought = -1
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setAccessibleName("Pupils")
        theme.changed.connect(self.make_ready)
        self.make_ready()

    def make_ready(self) -> None:
        """Take colours and fonts from the theme again."""
        theme = self._theme
        day = self._model.day >= 0
        plain, strong = (TextRole.CARD_TITLE, TextRole.CARD_TITLE) if day else (TextRole.BODY, TextRole.STRONG)
        self._plain, self._strong = theme.font(plain), theme.font(strong)
        self._widest = strong
        self._ink, self._faint = theme.colour("ink"), theme.colour("second")
        self._surface, self._soft, self._line = theme.colour("surface"), theme.colour("soft"), theme.colour("line")
        self.setDefaultSectionSize(row_height(theme, day=day))
        self.viewport().update()

    def wanted_width(self) -> int:
        """The width that shows every name whole."""
        metrics = self._theme.metrics(self._widest)
        widest = max((metrics.horizontalAdvance(row.pupil.list_name) for row in self._model.rows), default=0)
        return widest + 2 * NAME_PAD + 2

    def seek(self, row: int) -> None:
        """Show which pupil is being looked for; -1 for none."""
        self.sought = row
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of the rows in sight that need it; Qt's own way asks the model of every cell whether it is selected."""
        area = event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(area, self._surface)
        first, last = self.logicalIndexAt(area.top()), self.logicalIndexAt(area.bottom())
        for row in range(max(first, 0), (last if last >= 0 else self.count() - 1) + 1):
            top, height = self.sectionViewportPosition(row), self.sectionSize(row)
            self._name(painter, QRect(0, top, self.viewport().width(), height), row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.logicalIndexAt(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.logicalIndexAt(event.position().toPoint()))

    def _name(self, painter: QPainter, rect: QRect, row: int) -> None:
        here = row == (self.sought if self.sought >= 0 else self._cursor.cursor_row)
        if here:
            painter.fillRect(rect, self._soft)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        painter.setFont(self._strong if here else self._plain)
        shown = self._model.row_at(row)
        painter.setPen(self._ink if self._expected(shown) else self._faint)
        area = rect.adjusted(NAME_PAD, 0, -4, -1)
        name = short_name(painter.fontMetrics(), shown.pupil.list_name, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, name)

    def _expected(self, row: Row) -> bool:
        """Whether the pupil has any session in a week in which there are some."""
        shown = zip(self._model.columns, row.cells, strict=True)
        cells = [cell for column, cell in shown if column.state in (ColumnState.OPEN, ColumnState.CLOSED)]
        return not cells or any(not cell.why for cell in cells)
