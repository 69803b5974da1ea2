"""The levels of the pack in a row: which the case is in, since when, and the longest it stays there."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.actions.case_page import CasePage
from desktop_app.domain.cases import CaseStatus
from desktop_app.rules.display import short_date
from ui.parts.paint import rounded
from ui.theme import Theme
from ui.tokens import RADIUS_CARD, TextRole

HERE, BEEN = "●", "✓"


class LevelsStrip(QWidget):
    """It only shows. The present level has a full circle, a bar and bold words; one it was in has a tick."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._levels: tuple[tuple[str, str, bool], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_page(self, page: CasePage) -> None:
        """Show where this case stands."""
        been = {level.key for move in page.state.moves if (level := page.pack.casework.level_of(move.step))}
        shown: list[tuple[str, str, bool]] = []
        for level in page.pack.casework.levels:
            here = page.level is not None and level.key == page.level.key
            sign = f"{HERE} " if here else f"{BEEN} " if level.key in been else ""
            shown.append((f"{sign}{level.title}", _beneath(page) if here else "", here))
        self._levels = tuple(shown)
        self.setVisible(bool(shown))
        self.setAccessibleName("; ".join(f"{title}{', ' + under if under else ''}" for title, under, _ in shown))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics()
        return QSize(self._theme.space(100), 2 * metrics.height() + self._theme.space(5))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._theme, QPainter(self)
        rounded(painter, self.rect(), RADIUS_CARD, theme.colour("surface"), theme.colour("line"))
        if not self._levels:
            return
        widths = self._widths()
        left = 0
        for (title, under, here), width in zip(self._levels, widths, strict=True):
            area = QRect(left, 0, width, self.height())
            if here:
                painter.fillRect(area.adjusted(1, 1, -1, -1), theme.colour("soft"))
                painter.fillRect(QRect(area.left() + 1, 1, width - 2, 3), theme.colour("accent"))
            if left:
                painter.fillRect(QRect(left, 1, 1, self.height() - 2), theme.colour("line"))
            self._write(painter, area, title, under, here=here)
            left += width

    def _widths(self) -> list[int]:
        """The present level has the room that its words ask for; the others share the rest."""
        metrics = self._theme.metrics(TextRole.STRONG)
        asked = [
            max(metrics.horizontalAdvance(one) for one in level[:2]) + self._theme.space(7) for level in self._levels
        ]
        here = [asked[number] if level[2] else 0 for number, level in enumerate(self._levels)]
        rest = max(0, self.width() - sum(here))
        others = max(1, len(self._levels) - sum(level[2] for level in self._levels))
        widths = [width or rest // others for width in here]
        widths[-1] += self.width() - sum(widths)
        return widths

    def _write(self, painter: QPainter, area: QRect, title: str, under: str, *, here: bool) -> None:
        theme = self._theme
        inner = area.adjusted(theme.space(3), theme.space(2), -theme.space(2), -theme.space(2))
        painter.setFont(theme.font(TextRole.STRONG if here else TextRole.BODY))
        painter.setPen(theme.colour("ink" if here else "second"))
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        middle = Qt.AlignmentFlag.AlignLeft | (Qt.AlignmentFlag.AlignTop if under else Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(inner, middle, shown)
        painter.setFont(theme.font(TextRole.SECONDARY))
        painter.setPen(theme.colour("second"))
        shown = painter.fontMetrics().elidedText(under, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)


def _beneath(page: CasePage) -> str:
    step = page.step.title if page.step else ""
    if page.state.status is CaseStatus.PAUSED:
        return f"{step}, paused until {short_date(page.state.pauses[-1].until)}"
    until = f", {short_date(page.stay_due)} at the latest" if page.stay_due else ""
    return f"{step}, since {short_date(page.state.since)}{until}"
