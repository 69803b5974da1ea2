"""What the authority looks for, line by line: whether it is there, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.domain.bundle import Finding, Readiness
from ui.parts.lines import LinesModel
from ui.tokens import Tone

STATE_WORDS = {Readiness.MET: "Met", Readiness.CHECK: "Check", Readiness.MISSING: "Missing"}
STATE_TONES = {Readiness.MET: Tone.GOOD, Readiness.CHECK: Tone.CAUTION, Readiness.MISSING: Tone.BAD}
"""Each tone has its own shape as well as its colour."""
HEADINGS = ("State", "What the authority looks for")


class Column(IntEnum):
    """The columns, left to right."""

    STATE = 0
    WHAT = 1


class ReadinessModel(LinesModel[Finding]):
    """Findings as lines, in the order of the referral."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def text(self, line: Finding, column: int) -> str:
        return STATE_WORDS[line.state] if column == Column.STATE else line.title

    def spoken(self, line: Finding) -> str:
        return f"{STATE_WORDS[line.state]}: {line.title}. {line.says}"

    def hint(self, line: Finding) -> str | None:
        return line.source


def counted(findings: Sequence[Finding]) -> str:
    """`5 met · 2 to check · 2 missing`, leaving out what is none."""
    words = ((Readiness.MET, "met"), (Readiness.CHECK, "to check"), (Readiness.MISSING, "missing"))
    counts = [(sum(finding.state is state for finding in findings), said) for state, said in words]
    return " · ".join(f"{count} {said}" for count, said in counts if count)
