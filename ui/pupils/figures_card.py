"""The card of the one big number: attendance since September, its band, and the counts behind it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout

from desktop_app.actions.pupils import PupilPage
from desktop_app.domain.next_steps import NextSteps
from desktop_app.domain.targets import TargetState
from desktop_app.rules.display import long_date, percent
from desktop_app.rules.target_words import target_line
from ui.parts.buttons import Button
from ui.parts.card import Card, Line, row_of
from ui.parts.chip import BandChip, FlagChip
from ui.parts.text import Label
from ui.pupils.list_columns import absence_words
from ui.theme import Theme
from ui.tokens import TextRole

UNMARKED = "Not marked"
COUNTS = ("Possible", "Attended", "Authorised", "Unauthorised", "Late · minutes", UNMARKED)
WIDTH = 250


class Number(Label):
    """The big number; a click on it asks how it is reached, as F4 does."""

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", TextRole.BIG)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("How this number is reached (F4)")

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        super().mouseReleaseEvent(ev)
        if ev.button() == Qt.MouseButton.LeftButton and self.rect().contains(ev.position().toPoint()):
            self.clicked.emit()


class FiguresCard(Card):
    """It only shows what the page of a pupil says."""

    explain_asked = Signal()
    steps_asked = Signal()
    target_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setMinimumWidth(WIDTH)
        self._since = Label(theme, "", TextRole.BODY, "second")
        self.big = Number(theme)
        self.big.clicked.connect(self.explain_asked)
        self._band = BandChip(theme)
        self._absence = FlagChip(theme, "")
        self._counts = {words: Label(theme, "", TextRole.BODY) for words in COUNTS}
        self.target = Button(theme, "Target", key="O", bind=False)
        self.target.clicked.connect(self.target_asked)
        self.steps = Button(theme, "Next steps", key="N", bind=False)
        self.steps.clicked.connect(self.steps_asked)
        self.target_words = Label(theme, "", TextRole.SECONDARY_STRONG, wrap=True)
        self.next_words = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        grid = QGridLayout()
        grid.setSpacing(0)
        self._names: dict[str, Label] = {}
        for row, (words, value) in enumerate(self._counts.items()):
            name = self._names[words] = Label(theme, words, TextRole.BODY)
            name.setMinimumHeight(theme.row_height)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Line(theme), 2 * row, 0, 1, 2)
            grid.addWidget(name, 2 * row + 1, 0)
            grid.addWidget(value, 2 * row + 1, 1)
        self.body.setSpacing(theme.space(1.5))
        self.body.addWidget(self._since)
        self.body.addWidget(self.big)
        self.body.addLayout(row_of(self._band, self._absence))
        self.body.addWidget(self.target_words)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.body.addWidget(self.next_words)
        self.body.addLayout(row_of(self.steps, self.target))

    def show_steps(self, target: TargetState | None, steps: NextSteps | None) -> None:
        """Show the target beside the number, and what comes next; None: nothing of it may be shown, or none is set."""
        self.target_words.setText(target_line(target) if target else "")
        self.target_words.setVisible(target is not None)
        waiting = steps.open if steps else ()
        more = f" · {len(waiting) - 1} more" if len(waiting) > 1 else ""
        self.next_words.setText(f"Next: {waiting[0].action.title}{more}" if waiting else "")
        self.next_words.setVisible(bool(waiting))
        self.steps.setVisible(steps is not None)

    def show_page(self, page: PupilPage) -> None:
        """Show this pupil's figures."""
        figures = page.figures
        known = figures.attendance is not None
        self._since.setText(f"Attendance since {day_month(first_session(page))}")
        self.big.set_role(TextRole.BIG if known else TextRole.PAGE_TITLE)
        self.big.setText(percent(figures.attendance))
        self._band.set_band(page.band)
        test = absence_words(persistent=page.persistent, severe=page.severe, too_early=page.too_early)
        shown_by_band = page.band is not None and test.casefold() in page.band.title.casefold()
        self._absence.set_text("" if shown_by_band else test)
        self._absence.setVisible(bool(self._absence.text))
        counts = (figures.possible, figures.attended, figures.authorised, figures.unauthorised)
        shown = [*map(str, counts), f"{figures.late} · {page.minutes_late}", str(figures.unmarked)]
        for value, text in zip(self._counts.values(), shown, strict=True):
            value.setText(text)
        self._names[UNMARKED].setVisible(figures.unmarked > 0)
        self._counts[UNMARKED].setVisible(figures.unmarked > 0)
        self.setAccessibleName(
            f"Attendance {percent(figures.attendance)}, {page.band.title if page.band else 'no band'}"
        )


def first_session(page: PupilPage) -> date:
    """The first day on which a session was expected; where there was none yet, the day the figures begin."""
    expected = (day.day for day in page.days if {day.am.state, day.pm.state} & {"mark", "blank"})
    return next((day for day in expected if day >= page.since), page.since)


def day_month(day: date) -> str:
    """`3 September`."""
    return long_date(day).rsplit(" ", 1)[0]
