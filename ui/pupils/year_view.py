"""The year as a small grid: every session drawn with its letter, read out, and reached by the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.actions.pupils import DayCell
from desktop_app.domain.codes import Code
from desktop_app.domain.sessions import Session
from desktop_app.rules.calendar import SchoolCalendar
from ui.parts.paint import corner_triangle
from ui.parts.scroll import slim_bars
from ui.pupils.year_model import BREAK_ROLE, CELL_ROLE, DAY_NAMES, SESSION_ROLE, SESSIONS_A_WEEK, Index, YearModel
from ui.theme import Theme
from ui.tokens import RING, MarkLook, TextRole

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEIGHTS = {False: TextRole.SECONDARY, True: TextRole.SECONDARY_STRONG}
CORNER = 6
MARKED = 4
"""The height of the bar that points a session out, in device-independent pixels."""
BREAK_GAP = 6
"""Space before a week that follows a holiday, in device-independent pixels."""


class YearView(QTableView):
    """The calendar of one pupil's year. Enter opens the register of the session that is picked."""

    session_opened = Signal(object)
    session_picked = Signal(str)

    def __init__(self, theme: Theme, codes: Mapping[str, Code], model: YearModel) -> None:
        super().__init__()
        self._theme = theme
        self._year = model
        self.setModel(model)
        self._delegate = _SessionDelegate(theme, codes, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(_MonthHeader(theme, model, self))
        self.setVerticalHeader(_DayHeader(theme, self))
        self.setAccessibleName("Calendar of the year, every session")
        self.setAccessibleDescription("Up and down move by half a day, left and right by a week.")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        slim_bars(self, theme)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._corner = self.findChild(QAbstractButton)
        if self._corner is not None:
            self._corner.installEventFilter(self)
        model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    def show_newest(self) -> None:
        """Pick the newest session with a mark, and bring it into sight."""
        newest = self._year.latest_mark()
        if newest.isValid():
            self.setCurrentIndex(newest)
            self.scrollTo(newest)

    def show_session(self, session: Session) -> None:
        """Pick a session, where the year shows it."""
        place = self._year.place_of(session)
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place)

    def show_marked(self, sessions: frozenset[Session]) -> None:
        """Point out some sessions with a bar at their foot: those that a pattern rests on."""
        self._delegate.marked = sessions
        self.viewport().update()

    def picked(self) -> Session | None:
        """The session that is picked."""
        return self.currentIndex().data(SESSION_ROLE) if self.currentIndex().isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        cell: DayCell | None = current.data(CELL_ROLE) if current.isValid() else None
        self.session_picked.emit(cell.words if cell else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.picked() is not None:
            self.session_opened.emit(self.picked())
        elif event.text().strip() and event.text().isprintable():
            event.ignore()  # letters are the page's own keys
        else:
            super().keyPressEvent(event)

    def eventFilter(self, object: QObject, event: QEvent) -> bool:  # noqa: A002 - Qt's name
        """The corner between the headings would be drawn as a button; here it is nothing."""
        if object is self._corner and event.type() == QEvent.Type.Paint and self._corner is not None:
            QPainter(self._corner).fillRect(self._corner.rect(), self._theme.colour("surface"))
            return True
        return super().eventFilter(object, event)

    def sizeHint(self) -> QSize:
        height = self.horizontalHeader().height() + SESSIONS_A_WEEK * self._side + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), height + self.horizontalScrollBar().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * self._side, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_weeks()

    @property
    def _side(self) -> int:
        """The height of a session: its letter and a little air."""
        return max(20, self._theme.metrics(TextRole.SECONDARY).height() + 2)

    def _lay_out(self) -> None:
        plain = QPalette(self._theme.colour("surface"))
        plain.setColor(QPalette.ColorRole.Base, self._theme.colour("surface"))
        self.setPalette(plain)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(self._side)
        rows.setDefaultSectionSize(self._side)
        self._fit_weeks()
        self.updateGeometry()
        self.viewport().update()

    def _fit_weeks(self) -> None:
        """Share the width out among the weeks, so that the whole year is in sight where it can be read."""
        weeks = self._year.columnCount()
        breaks = [n for n in range(weeks) if self._year.headerData(n, Qt.Orientation.Horizontal, BREAK_ROLE)]
        narrowest = self._theme.metrics(TextRole.SECONDARY).horizontalAdvance("C2") + 3
        share = (self.viewport().width() - BREAK_GAP * len(breaks)) // max(1, weeks)
        width = min(max(narrowest, share), self._side + 6)
        columns = self.horizontalHeader()
        columns.setMinimumSectionSize(width)
        columns.setDefaultSectionSize(width)
        for column in range(weeks):
            columns.resizeSection(column, width + (BREAK_GAP if column in breaks else 0))


class _SessionDelegate(QStyledItemDelegate):
    """Paints one session: fill, letter, and the ring round the one that is picked."""

    def __init__(self, theme: Theme, codes: Mapping[str, Code], parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._codes = codes
        self._view = parent
        self.marked: frozenset[Session] = frozenset()
        self._fonts = {strong: theme.font(role) for strong, role in _WEIGHTS.items()}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: DayCell | None = index.data(CELL_ROLE)
        after_break = index.model().headerData(index.column(), Qt.Orientation.Horizontal, BREAK_ROLE)
        area: QRect = option.rect.adjusted(BREAK_GAP if after_break else 0, 0, 0, 0)
        painter.save()
        painter.fillRect(option.rect, self._theme.colour("surface"))
        if cell is not None:
            self._paint_cell(painter, area, cell)
        self._paint_lines(painter, area, index)
        if self.marked and index.data(SESSION_ROLE) in self.marked:
            painter.fillRect(area.adjusted(1, area.height() - MARKED, -1, -1), self._theme.colour("ink"))
        if index == self._view.currentIndex():
            ring = "accent" if self._view.hasFocus() else "control_line"
            painter.setPen(QPen(self._theme.colour(ring), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRect, cell: DayCell) -> None:
        look, letter = self._look(cell)
        if look.fill:
            painter.fillRect(area, self._theme.colour(look.fill))
        if look.boxed:
            painter.setPen(self._theme.colour(look.text))
            painter.drawRect(area.adjusted(1, 1, -3, -3))
        if cell.state == "blank":
            painter.setPen(QPen(self._theme.colour("control_line"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(area.adjusted(3, 3, -5, -5))
        font = self._fonts[look.bold]
        font.setItalic(look.italic)
        painter.setFont(font)
        painter.setPen(self._theme.colour(look.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letter)
        if look.corner:
            corner_triangle(painter, area, self._theme.colour(look.text), CORNER)

    def _look(self, cell: DayCell) -> tuple[MarkLook, str]:
        if cell.state in ("closed", "off-roll"):
            return self._theme.closed_look(), cell.code or "–"
        code = self._codes.get(cell.code)
        look = self._theme.mark(None, code)
        if code is not None and not look.fill and not look.boxed and code.half is not None:
            look = MarkLook("", self._theme.palette.third)  # the plain present mark stands back behind the exceptions
        return look, cell.code

    def _paint_lines(self, painter: QPainter, area: QRect, index: Index) -> None:
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(area.topRight(), area.bottomRight())
        if index.row() % 2:
            painter.setPen(self._theme.colour("strong_line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if area.left() > 0 and (index.column() == 0 or area.width() < self._view.columnWidth(index.column())):
            painter.setPen(self._theme.colour("strong_line"))
            painter.drawLine(area.topLeft(), area.bottomLeft())


class _MonthHeader(QHeaderView):
    """The months above the weeks: each named over the first week that ends in it."""

    def __init__(self, theme: Theme, model: YearModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._year = model
        self.setAccessibleName("Weeks")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.metrics(TextRole.SECONDARY).height() + 8)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: ARG002, N803
        painter.fillRect(rect, self._theme.colour("surface"))
        painter.setPen(self._theme.colour("strong_line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # pyright: ignore[reportArgumentType]
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.font(TextRole.SECONDARY))
        painter.setPen(self._theme.colour("second"))
        month = 0
        for column in range(self._year.columnCount()):
            friday = SchoolCalendar.friday(self._year.monday(column))
            if friday.month == month:
                continue
            month = friday.month
            gap = BREAK_GAP if self._year.headerData(column, Qt.Orientation.Horizontal, BREAK_ROLE) else 0
            left = self.sectionViewportPosition(column) + gap
            area = QRect(left + 2, 0, self._theme.metrics(TextRole.SECONDARY).horizontalAdvance("Mmm "), self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, MONTHS[month - 1])
        painter.end()


class _DayHeader(QHeaderView):
    """The days beside the sessions: the day at its morning, and which half."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self.setAccessibleName("Days and halves")

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(TextRole.SECONDARY)
        return QSize(metrics.horizontalAdvance("Wed AM") + 18, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        painter.save()
        painter.fillRect(rect, self._theme.colour("surface"))
        painter.setFont(self._theme.font(TextRole.SECONDARY))
        middle = Qt.AlignmentFlag.AlignVCenter
        if logicalIndex % 2 == 0:
            painter.setPen(self._theme.colour("ink"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | middle, DAY_NAMES[logicalIndex // 2])
        painter.setPen(self._theme.colour("third"))
        half = "PM" if logicalIndex % 2 else "AM"
        painter.drawText(rect.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignRight | middle, half)
        painter.restore()
