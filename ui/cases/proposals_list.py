"""What comes next in a case, as a list: a sign and a word for how urgent it is, what it is, why, and whose part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop_app.domain.cases import Proposal, ProposalKind
from desktop_app.rules.display import short_date
from ui.parts.lines import Index, LineDelegate, LinesModel, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
WHO = {"school": "School", "la": "Local authority"}
DONE, LATE, TODAY, CONSIDER, NEXT = "✓ Done", "◆ Late", "▲ Today", "? Consider", "○ Next"
STATE_WIDTH = 96


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal as it is shown on a day."""

    proposal: Proposal
    state: str
    beneath: str

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.proposal.done is not None


def lines_of(found: tuple[Proposal, ...], on: date) -> tuple[ProposalLine, ...]:
    """The proposals as lines, in their order."""
    return tuple(ProposalLine(one, _state(one, on), _beneath(one)) for one in found)


def _state(one: Proposal, on: date) -> str:
    if one.done is not None:
        return DONE
    if one.due is not None and one.due <= on:
        return TODAY if one.due == on else LATE
    if one.due is not None:
        return f"○ {short_date(one.due)}"
    return CONSIDER if one.kind is ProposalKind.CONSIDER else NEXT


def _beneath(one: Proposal) -> str:
    who = WHO.get(one.who, one.who)
    must = "Must be done before the case goes on." if one.must and one.done is None else ""
    says = " ".join(filter(None, (one.says, must)))
    return f"{who} · {says}" if who and one.done is None else says


class ProposalsModel(LinesModel[ProposalLine]):
    """The proposals as lines of one cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("What comes next",), parent)

    def text(self, line: ProposalLine, column: int) -> str:
        del column
        return f"{line.state}: {line.proposal.title}. {line.beneath}"

    def spoken(self, line: ProposalLine) -> str:
        return f"{line.state[2:]}: {line.proposal.title}. {line.beneath}"

    def hint(self, line: ProposalLine) -> str | None:
        return line.proposal.source


class ProposalsList(OpeningView):
    """Enter does what the line proposes."""

    def __init__(self, theme: Theme, model: ProposalsModel) -> None:
        super().__init__(theme, model, "What comes next")
        self.proposals = model
        self.setItemDelegate(_Delegate(self))

    def current(self) -> Proposal | None:
        """The proposal of the current line."""
        line = self.proposals.line(self.currentIndex().row())
        return line.proposal if line else None

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(40), 4 * self.theme.row_height)


class _Delegate(LineDelegate[ProposalLine]):
    def height(self, line: ProposalLine, column: int) -> int:
        room = self.room(column) - self._state_width()
        title = _height(self._theme.metrics(TextRole.STRONG), line.proposal.title, room)
        return title + _height(self._theme.metrics(TextRole.SECONDARY), line.beneath, room)

    def paint_cell(self, painter: QPainter, area: QRect, line: ProposalLine, index: Index) -> None:
        del index
        theme = self._theme
        painter.setFont(theme.font(TextRole.STRONG))
        ink = "second" if line.done else "alarm" if line.state == LATE else "accent"
        painter.setPen(theme.colour(ink))
        painter.drawText(area, WRAP, line.state)
        room = area.adjusted(self._state_width(), 0, 0, 0)
        painter.setPen(theme.colour("second" if line.done else "ink"))
        painter.drawText(room, WRAP, line.proposal.title)
        used = _height(painter.fontMetrics(), line.proposal.title, room.width())
        painter.setFont(theme.font(TextRole.SECONDARY))
        painter.setPen(theme.colour("second"))
        painter.drawText(room.adjusted(0, used, 0, 0), WRAP, line.beneath)

    def _state_width(self) -> int:
        widest = max(self._theme.metrics(TextRole.STRONG).horizontalAdvance(one) for one in (CONSIDER, "○ Wed 30 Nov"))
        return max(STATE_WIDTH, widest + self._theme.space(3))


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), WRAP, text).height() if text else 0
