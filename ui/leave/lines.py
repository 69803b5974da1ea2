"""Requests for leave as a list: what waits first, each with a sign of how it stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter

from desktop_app.actions.leave_reading import LeaveLine
from desktop_app.domain.leave import LeaveState
from desktop_app.rules.leave import span_words
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import Index, LineDelegate, LinesModel, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole

SIGNS: Mapping[LeaveState, str] = {
    LeaveState.WAITING: "?",
    LeaveState.GRANTED: "✓",
    LeaveState.PART: "½",
    LeaveState.REFUSED: "×",
    LeaveState.TAKEN_BACK: "←",
}
SIGN_WIDTH = 20
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def head(line: LeaveLine) -> str:
    """Whose, and which days."""
    return f"{line.child.list_name}  {line.class_name}"


def under(line: LeaveLine) -> str:
    """The days, what for, how it stands, and what the family asks for besides."""
    request = line.request
    days = f"{span_words(request.span)}, {count_words(line.sessions, 'session', 'sessions')}"
    state = "" if request.state is LeaveState.WAITING else f" {request.state.value.capitalize()}."
    names = ", ".join(dict.fromkeys(name for name, _ in line.same))
    family = f" Same days: {names}." if names else ""
    taken = f" ⚠ {count_words(len(line.taken), 'session', 'sessions')} missed all the same." if line.taken else ""
    return f"{days}: {request.reason}.{state}{family}{taken}"


class LeaveModel(LinesModel[LeaveLine]):
    """The lines of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Request",), parent)

    def text(self, line: LeaveLine, column: int) -> str:
        del column
        return f"{head(line)}. {under(line)}"

    def spoken(self, line: LeaveLine) -> str:
        return f"{line.request.state.value.capitalize()}: {head(line)}. {under(line)}"


class LeaveList(OpeningView):
    """Enter opens the line; `picked` says that another one is current."""

    picked = Signal()

    def __init__(self, theme: Theme, model: LeaveModel) -> None:
        super().__init__(theme, model, "Requests for leave")
        self.requests = model
        self.setItemDelegate(_Delegate(self))

    def line(self) -> LeaveLine | None:
        """The current line."""
        return self.requests.line(self.currentIndex().row())

    def moved(self) -> None:
        super().moved()
        self.picked.emit()

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(60), 5 * self.theme.row_height)


class _Delegate(LineDelegate[LeaveLine]):
    def height(self, line: LeaveLine, column: int) -> int:
        room = self.room(column) - SIGN_WIDTH
        title = _height(self._theme.metrics(TextRole.STRONG), head(line), room)
        return title + _height(self._theme.metrics(TextRole.SECONDARY), under(line), room)

    def paint_cell(self, painter: QPainter, area: QRect, line: LeaveLine, index: Index) -> None:
        del index
        theme, waits = self._theme, line.request.state is LeaveState.WAITING
        painter.setFont(theme.font(TextRole.STRONG))
        painter.setPen(theme.colour("alarm" if waits else "accent"))
        painter.drawText(area, WRAP, SIGNS[line.request.state])
        room = area.adjusted(SIGN_WIDTH, 0, 0, 0)
        painter.setPen(theme.colour("ink" if waits else "second"))
        painter.drawText(room, WRAP, head(line))
        used = _height(painter.fontMetrics(), head(line), room.width())
        painter.setFont(theme.font(TextRole.SECONDARY))
        painter.setPen(theme.colour("second"))
        painter.drawText(room.adjusted(0, used, 0, 0), WRAP, under(line))


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), WRAP, text).height() if text else 0
