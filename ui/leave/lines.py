"""Requests for leave as a list: what waits first, each with a sign of how it stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSize

from desktop_app.actions.leave_reading import LeaveLine
from desktop_app.domain.leave import LeaveState
from desktop_app.rules.leave import span_words
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel, OpeningView
from ui.parts.signed_lines import Signed, SignedDelegate
from ui.theme import Theme

SIGNS: Mapping[LeaveState, str] = {
    LeaveState.WAITING: "?",
    LeaveState.GRANTED: "✓",
    LeaveState.PART: "½",
    LeaveState.REFUSED: "×",
    LeaveState.TAKEN_BACK: "←",
}


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
    """Enter opens the line."""

    def __init__(self, theme: Theme, model: LeaveModel) -> None:
        super().__init__(theme, model, "Requests for leave")
        self.requests = model
        self.setItemDelegate(_Delegate(self))

    def line(self) -> LeaveLine | None:
        """The current line."""
        return self.requests.line(self.currentIndex().row())

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(60), 5 * self.theme.row_height)


class _Delegate(SignedDelegate[LeaveLine]):
    def signed(self, line: LeaveLine) -> Signed:
        inks = ("alarm", "ink") if line.request.state is LeaveState.WAITING else ("accent", "second")
        return Signed(SIGNS[line.request.state], head(line), under(line), *inks)
