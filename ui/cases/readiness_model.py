"""What the authority looks for, line by line: whether it is there, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.domain.bundle import Finding, Readiness
from desktop_app.rules.session_lists import sessions_list
from ui.parts.lines import LinesModel
from ui.tokens import Tone

STATE_WORDS = {Readiness.MET: "Met", Readiness.CHECK: "Check", Readiness.MISSING: "Missing"}
STATE_TONES = {Readiness.MET: Tone.GOOD, Readiness.CHECK: Tone.CAUTION, Readiness.MISSING: Tone.BAD}
"""Each tone has its own shape as well as its colour."""
MOST = 3
"""Of how much that a line rests on the list tells; the rest is only counted."""
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
        said = " ".join(filter(None, (line.says, *beneath(line))))
        return f"{STATE_WORDS[line.state]}: {line.title}. {said}"

    def hint(self, line: Finding) -> str | None:
        return line.source


def beneath(line: Finding) -> tuple[str, str]:
    """What a line rests on and what to do, each in a sentence or empty. Of many entries the newest are named, of many
    sessions the first days."""
    sessions = [one for one in line.by if one.session is not None]
    others = [one.says.rstrip(".") for one in line.by if one.session is None]
    named, rest = others[-MOST:], len(others[:-MOST])
    said = [*reversed(named), *([f"{rest} more"] if rest else [])]
    if sessions:
        listed = sessions_list([one.session for one in sessions if one.session is not None])
        said.append(sessions[0].says if len(sessions) == 1 else listed)
    told = "By" if line.state is Readiness.MET else "On record"
    return f"{told}: {'; '.join(said)}." if said else "", f"→ {line.do.says}" if line.do is not None else ""


def counted(findings: Sequence[Finding]) -> str:
    """`5 met · 2 to check · 2 missing`, leaving out what is none."""
    words = ((Readiness.MET, "met"), (Readiness.CHECK, "to check"), (Readiness.MISSING, "missing"))
    counts = [(sum(finding.state is state for finding in findings), said) for state, said in words]
    return " · ".join(f"{count} {said}" for count, said in counts if count)
