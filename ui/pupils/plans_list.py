"""A child's planned absences as a list: what, when, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from desktop_app.actions.planned import Planned, PlanState
from desktop_app.domain.codes import Code
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import date_year, short_date
from ui.parts.chip import paint_tag
from ui.parts.lines import Index, LineDelegate, LinesModel, LinesView
from ui.theme import Theme
from ui.tokens import TextRole, Tone

TONES = {PlanState.COMING: Tone.CAUTION, PlanState.RUNNING: Tone.ALARM, PlanState.OVER: Tone.PLAIN}
ROWS_SHOWN = 4


def span_words(plan: Plan) -> str:
    """`Fri 20 Nov 2026`, `Fri 20 Nov, PM, to Tue 24 Nov 2026`."""
    begins = ", PM" if plan.first_half is Half.PM else ""
    ends = ", AM" if plan.last_half is Half.AM else ""
    if plan.first == plan.last:
        return f"{date_year(plan.first)}{begins or ends}"
    return f"{short_date(plan.first)}{begins} to {date_year(plan.last)}{ends}"


def days_words(sessions: int) -> str:
    """How many school days so many sessions are: `1 school day`, `2½ school days`."""
    whole, half = divmod(sessions, 2)
    shown = f"{whole or ''}½" if half else str(whole)
    return f"{shown} school {'day' if sessions <= 2 else 'days'}"


def state_words(one: Planned) -> str:
    """How long it is, and what the register has of it."""
    said = [days_words(one.sessions)]
    if one.marked:
        said.append(f"{one.marked} of {one.sessions} marked")
    if one.other:
        said.append(f"{one.other} otherwise")
    if one.together > 1:
        said.append(f"planned for {one.together} children")
    return ", ".join(said)


class PlansModel(LinesModel[Planned]):
    """The plans as lines of one cell."""

    def __init__(self, codes: Mapping[str, Code], parent: QObject | None = None) -> None:
        super().__init__(("Planned",), parent)
        self._codes = codes

    def about(self, plan: Plan) -> str:
        """What is planned, in words."""
        what = plan.note or plan.provider or self._codes[plan.code].title
        return f"{plan.code}  {what}"

    def text(self, line: Planned, column: int) -> str:
        del column
        return f"{line.state.value}: {self.about(line.plan)}, {span_words(line.plan)}, {state_words(line)}"

    def spoken(self, line: Planned) -> str:
        return self.text(line, 0)


class PlansList(LinesView):
    """Read with the arrows; E and Delete are the panel's."""

    def __init__(self, theme: Theme, model: PlansModel) -> None:
        super().__init__(theme, model, "Planned absences")
        self.plans = model
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))

    def line(self) -> Planned | None:
        """The plan of the current line."""
        return self.plans.line(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def sizeHint(self) -> QSize:
        one = 2 * self.theme.metrics().height() + 3 * self.theme.space(1.5)
        return QSize(self.theme.space(60), one * max(1, min(ROWS_SHOWN, self.plans.rowCount())))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Delegate(LineDelegate[Planned]):
    def __init__(self, view: PlansList) -> None:
        super().__init__(view)
        self._plans = view.plans

    def paint_cell(self, painter: QPainter, area: QRect, line: Planned, index: Index) -> None:
        del index
        theme = self._theme
        height = theme.metrics(TextRole.STRONG).height()
        top = QRect(area.left(), area.top(), area.width(), height)
        used = paint_tag(painter, top, theme, line.state.value, theme.tone(TONES[line.state])) + theme.space(2)
        self._write(painter, top.adjusted(used, 0, 0, 0), self._plans.about(line.plan), TextRole.STRONG, "ink")
        under = top.translated(0, height + theme.space(0.5))
        self._write(painter, under, f"{span_words(line.plan)} · {state_words(line)}", TextRole.SECONDARY, "second")

    def _write(self, painter: QPainter, area: QRect, words: str, role: TextRole, ink: str) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def height(self, line: Planned, column: int) -> int:
        del line, column
        return 2 * self._theme.metrics(TextRole.STRONG).height() + self._theme.space(0.5)
