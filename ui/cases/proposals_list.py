"""What comes next in a case, as a list: a sign and a word for how urgent it is, what it is, why, and whose part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QSize

from desktop_app.domain.cases import Proposal, ProposalKind
from desktop_app.rules.display import short_date
from ui.parts.lines import LinesModel, OpeningView
from ui.parts.signed_lines import Signed, SignedDelegate
from ui.theme import Theme
from ui.tokens import TextRole

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


class _Delegate(SignedDelegate[ProposalLine]):
    def signed(self, line: ProposalLine) -> Signed:
        ink = "second" if line.done else "alarm" if line.state == LATE else "accent"
        return Signed(line.state, line.proposal.title, line.beneath, ink, "second" if line.done else "ink")

    def sign_width(self) -> int:
        widest = max(self._theme.metrics(TextRole.STRONG).horizontalAdvance(one) for one in (CONSIDER, "○ Wed 30 Nov"))
        return max(STATE_WIDTH, widest + self._theme.space(3))
