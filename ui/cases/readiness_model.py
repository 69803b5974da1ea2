"""What the authority looks for, line by line: whether it is there, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.bundle import Finding, Readiness
from ui.tokens import Tone

Index = QModelIndex | QPersistentModelIndex
FINDING_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_WORDS = {Readiness.MET: "Met", Readiness.CHECK: "Check", Readiness.MISSING: "Missing"}
STATE_TONES = {Readiness.MET: Tone.GOOD, Readiness.CHECK: Tone.CAUTION, Readiness.MISSING: Tone.BAD}
"""Each tone has its own shape as well as its colour."""
HEADINGS = ("State", "What the authority looks for")


class Column(IntEnum):
    """The columns, left to right."""

    STATE = 0
    WHAT = 1


class ReadinessModel(QAbstractTableModel):
    """Findings as cells, in the order of the referral. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings instead of the present ones."""
        self.beginResetModel()
        self._findings = tuple(findings)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._findings)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        finding = self._findings[index.row()]
        if role == FINDING_ROLE:
            return finding
        if role == Qt.ItemDataRole.DisplayRole:
            return STATE_WORDS[finding.state] if index.column() == Column.STATE else finding.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{STATE_WORDS[finding.state]}: {finding.title}. {finding.says}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return finding.source
        return None


def counted(findings: Sequence[Finding]) -> str:
    """`5 met · 2 to check · 2 missing`, leaving out what is none."""
    words = ((Readiness.MET, "met"), (Readiness.CHECK, "to check"), (Readiness.MISSING, "missing"))
    counts = [(sum(finding.state is state for finding in findings), said) for state, said in words]
    return " · ".join(f"{count} {said}" for count, said in counts if count)
