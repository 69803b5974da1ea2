"""Inputs drawn in the house manner: a quiet line round them, the 2 px ring when they have the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop_app.domain.errors import Refused
from desktop_app.rules.display import clock_time, date_year
from desktop_app.rules.typed_when import read_day, read_time
from ui.parts.paint import focus_ring, rounded
from ui.parts.scroll import slim_bars
from ui.theme import Theme
from ui.tokens import RADIUS_BUTTON


def _frame(painter: QPainter, rect: QRect, theme: Theme, *, focus: bool, fault: bool, enabled: bool) -> None:
    fill = theme.colour("surface" if enabled else "raised")
    rounded(painter, rect, RADIUS_BUTTON, fill, theme.colour("alarm" if fault else "control_line"))
    if focus:
        focus_ring(painter, rect, theme, RADIUS_BUTTON - 1)


def _slant_when_empty(widget: QWidget, theme: Theme, *, empty: bool) -> None:
    """Where every text has one colour, what is only a hint is set in italics, so that it is not taken for an answer."""
    font = theme.font()
    font.setItalic(theme.contrast and empty)
    if font != widget.font():
        widget.setFont(font)


def _clear_base(widget: QWidget) -> None:
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    widget.setPalette(palette)


class LineEdit(QLineEdit):
    """One line of text."""

    def __init__(self, theme: Theme, placeholder: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.fault = False
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setTextMargins(theme.space(2), 0, theme.space(2), 0)
        self.textChanged.connect(self._slant)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_fault(self, fault: bool) -> None:
        """Draw the line round it in the alarm colour, or not."""
        self.fault = fault
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.control_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(12), self.theme.control_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _frame(painter, self.rect(), self.theme, focus=self.hasFocus(), fault=self.fault, enabled=not self.isReadOnly())
        painter.end()
        super().paintEvent(event)

    def _slant(self) -> None:
        _slant_when_empty(self, self.theme, empty=not self.text())

    def _restyle(self) -> None:
        self.setPalette(QPalette())
        _clear_base(self)
        self._slant()
        self.update()


class AnswerLine(LineEdit):
    """A line that answers a question at the foot of a list: Enter gives the answer, Esc gives up."""

    given = Signal()
    gave_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
        else:
            super().keyPressEvent(event)


class DateEdit(LineEdit):
    """A date, typed as people type it; shown in full once the field is left."""

    date_changed = Signal(object)

    def __init__(self, theme: Theme, today: Callable[[], date], value: date | None = None) -> None:
        super().__init__(theme, "24/11")
        self._today = today
        self._last: date | None = value
        self.set_date(value)
        self.textEdited.connect(self._edited)

    def date(self) -> date | None:
        """The date that stands there, or None where it is empty or no date."""
        try:
            return read_day(self.text(), self._today()) if self.text().strip() else None
        except Refused:
            return None

    def set_date(self, value: date | None) -> None:
        """Show a date."""
        self._last = value
        self.setText(date_year(value) if value else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        found = self.date()
        if found is not None:
            self.setText(date_year(found))
        super().focusOutEvent(event)

    def _edited(self) -> None:
        found = self.date()
        if found != self._last:
            self._last = found
            self.date_changed.emit(found)


class TimeEdit(LineEdit):
    """A time of day, typed as people type it; shown as 08:45 once the field is left."""

    def __init__(self, theme: Theme, value: time | None = None) -> None:
        super().__init__(theme, "08:45")
        self.set_time(value)

    def time(self) -> time | None:
        """The time that stands there, or None where it is empty or no time."""
        try:
            return read_time(self.text())
        except Refused:
            return None

    def set_time(self, value: time | None) -> None:
        """Show a time."""
        self.setText(clock_time(value) if value else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        found = self.time()
        if found is not None:
            self.set_time(found)
        super().focusOutEvent(event)


class NoteEdit(QPlainTextEdit):
    """Several lines of text. Tab leaves it."""

    def __init__(self, theme: Theme, placeholder: str = "", lines: int = 3) -> None:
        super().__init__()
        self.theme = theme
        self._lines = lines
        self.setTabChangesFocus(True)
        slim_bars(self, theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPlaceholderText(placeholder)
        self.document().setDocumentMargin(theme.space(2))
        self.textChanged.connect(self._slant)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._lines + self.theme.space(5)
        return QSize(self.theme.space(60), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(30), self.fontMetrics().lineSpacing() * 2 + self.theme.space(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        _frame(painter, area, self.theme, focus=self.hasFocus(), fault=False, enabled=not self.isReadOnly())
        painter.end()
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _slant(self) -> None:
        _slant_when_empty(self, self.theme, empty=self.document().isEmpty())

    def _restyle(self) -> None:
        self.setPalette(QPalette())
        _clear_base(self)
        self._slant()
        self.viewport().update()


class Choice(QComboBox):
    """One of a few. `add` gives each a value; `value()` is the chosen one's."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._values: list[object] = []  # kept here: Qt would hand an enumeration back as bare text
        theme.changed.connect(self.update)

    def add(self, words: str, value: object) -> None:
        """Offer another."""
        self._values.append(value)
        self.addItem(words)

    def value(self) -> object:
        """The value of the chosen one, or None."""
        number = self.currentIndex()
        return self._values[number] if 0 <= number < len(self._values) else None

    def clear(self) -> None:
        """Offer nothing any more."""
        self._values.clear()
        super().clear()

    def choose(self, value: object) -> None:
        """Choose the one with this value, if it is offered."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics()
        widest = max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        return QSize(widest + self.theme.space(13), self.theme.control_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(20), self.theme.control_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self.theme
        painter = QPainter(self)
        _frame(painter, self.rect(), theme, focus=self.hasFocus(), fault=False, enabled=self.isEnabled())
        painter.setFont(theme.font())
        chosen = self.currentIndex() >= 0
        painter.setPen(theme.colour("ink" if self.isEnabled() and chosen else "third"))
        area = self.rect().adjusted(theme.space(2.5), 0, -theme.space(8), 0)
        words = self.currentText() if chosen else self.placeholderText()
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        arrow = QRect(0, 0, 16, 16)
        arrow.moveCenter(self.rect().center())
        arrow.moveRight(self.rect().right() - theme.space(2))
        theme.icon("arrow-down", "second").paint(painter, arrow)


class Tick(QCheckBox):
    """A tick box with the ring round it when it has the keyboard."""

    def __init__(self, theme: Theme, words: str, *, ticked: bool = False) -> None:
        super().__init__(words)
        self.theme = theme
        self.setChecked(ticked)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics()
        return QSize(metrics.horizontalAdvance(self.text()) + self.theme.space(9), self.theme.space(7))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(20), self.theme.space(7))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self.theme
        painter = QPainter(self)
        box = QRect(theme.space(0.75), 0, 16, 16)
        box.moveTop((self.height() - 16) // 2)
        on = self.isChecked()
        rounded(
            painter,
            box,
            3,
            theme.colour("accent" if on else "surface"),
            theme.colour("accent" if on else "control_line"),
        )
        if on:
            theme.icon("check", "on_accent").paint(painter, box)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink" if self.isEnabled() else "third"))
        area = self.rect().adjusted(box.right() + theme.space(2.5), 0, 0, 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, 3)

    def hitButton(self, pos: object) -> bool:
        del pos
        return True


__all__ = ["AnswerLine", "Choice", "DateEdit", "LineEdit", "NoteEdit", "Tick", "TimeEdit"]
