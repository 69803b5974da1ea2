"""The three buttons that turn the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import short_date
from ui.parts.buttons import Button
from ui.register.words import week_words
from ui.theme import Theme

WEEK = timedelta(days=7)
SCHOOL_DAYS = 5


class WeekButtons(QWidget):
    """`‹ 9–13 Nov`, `This week`, `23–27 Nov ›`. The page binds the keys: a button would press itself too late."""

    turned = Signal(int)
    """By so many weeks."""
    recalled = Signal()
    """To the session at hand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._monday = date.min
        self._before, self._now, self._after = Button(theme, ""), Button(theme, "This week"), Button(theme, "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(3))
        for button, keys, words in (
            (self._before, "Alt+Left", "The week before"),
            (self._now, "Ctrl+;", "The session at hand"),
            (self._after, "Alt+Right", "The week after"),
        ):
            button.setToolTip(f"{words} ({keys})")
            button.setAccessibleName(words)
            button.setAccessibleDescription(keys)
            row.addWidget(button)
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._now.clicked.connect(self.recalled)
        self._after.clicked.connect(lambda: self.turned.emit(1))

    def name(self, monday: date, *, short: bool) -> None:
        """Name the weeks before and after the one that is shown; `short`: by arrows alone."""
        others = [week_words(other, SchoolCalendar.friday(other)) for other in (monday - WEEK, monday + WEEK)]
        self._name(others, "week", short=short)

    def name_days(self, day: date, *, short: bool) -> None:
        """Name the school days before and after the one that is shown."""
        self._name([short_date(school_day(day, by)) for by in (-1, 1)], "day", short=short)

    def _name(self, others: Sequence[str], unit: str, *, short: bool) -> None:
        self._now.setVisible(not short)
        self._now.setText("This week" if unit == "week" else "Today")
        self._now.updateGeometry()
        for button, words, shown, side in (
            (self._before, others[0], "‹ {}", "before"),
            (self._after, others[1], "{} ›", "after"),
        ):
            button.setText(shown.format("" if short else words).strip())
            button.setAccessibleName(f"The {unit} {side}")
            button.setToolTip(f"The {unit} {side} ({button.accessibleDescription()})")
            button.updateGeometry()


def school_day(day: date, by: int) -> date:
    """The weekday before or after: a Friday is followed by Monday."""
    weeks, weekday = divmod(day.weekday() + by, SCHOOL_DAYS)
    return SchoolCalendar.monday(day) + weeks * WEEK + timedelta(days=weekday)
