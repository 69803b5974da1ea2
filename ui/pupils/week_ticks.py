"""A school week as ten boxes to tick: on which sessions a child comes to this school."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.domain.sessions import HALVES
from ui.parts.inputs import Tick
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
FULL = "1" * len(DAYS) * len(HALVES)


class WeekTicks(QWidget):
    """Monday morning to Friday afternoon; the arrows are not needed, Tab goes by day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.ticks: list[Tick] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space(1))
        grid.setVerticalSpacing(0)
        for row, half in enumerate(HALVES):
            grid.addWidget(Label(theme, half.value, TextRole.SECONDARY_STRONG, "second"), row, 0)
        for number, day in enumerate(DAYS):
            for row, half in enumerate(HALVES):
                tick = Tick(theme, day[:3], ticked=True)
                tick.setMinimumWidth(theme.space(15))
                tick.setAccessibleName(f"{day} {half.value}")
                self.ticks.append(tick)
                grid.addWidget(tick, row, number + 1)
        self.setFocusProxy(self.ticks[0])

    def expected(self) -> str:
        """The ten characters: 1 where the child comes, 0 where not."""
        return "".join("1" if tick.isChecked() else "0" for tick in self.ticks)

    def show_expected(self, mask: str) -> None:
        """Tick the sessions of such a mask."""
        for tick, sign in zip(self.ticks, mask, strict=True):
            tick.setChecked(sign == "1")
