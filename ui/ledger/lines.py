"""The entries of one parent as a list: what it was, a sign of what came of it, and what was said, newest first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.domain.ledger import Came, LedgerLine
from desktop_app.rules.display import date_year, short_date
from ui.parts.lines import LinesModel, OpeningView
from ui.parts.signed_lines import Signed, SignedDelegate
from ui.theme import Theme

SIGNS: Mapping[Came, str] = {
    Came.ANSWERED: "✓",
    Came.DECLINED: "×",
    Came.CAME_BACK: "←",
    Came.MISSED: "–",
    Came.WAITING: "?",
    Came.NONE: "·",
}
ALARMING = (Came.WAITING, Came.CAME_BACK)


def head(line: LedgerLine) -> str:
    """What it was and when."""
    return f"{short_date(line.entry.happened_at.date())}  {line.entry.kind.label}"


def came_words(line: LedgerLine) -> str:
    """What came of it later, in words; empty where the outcome says all there is."""
    match line.came:
        case Came.WAITING if line.theirs:
            said = "waits for our answer"
        case Came.WAITING:
            said = f"no answer yet, asked for by {short_date(line.due)}" if line.due else "no answer yet"
        case _ if line.answer is not None:
            said = f"{line.answer.outcome} on {short_date(line.answer.happened_at.date())}"
        case _:
            return ""
    return said


def under(line: LedgerLine) -> str:
    """The outcome, what it was about, the note, and what came of it."""
    entry = line.entry
    about = entry.details.get("what") or entry.details.get("about") or entry.details.get("agency") or ""
    parts = [entry.outcome.strip(), about.strip(), entry.note.strip()]
    said = ". ".join(part[:1].upper() + part[1:].rstrip(".") for part in parts if part)
    came = came_words(line)
    return f"{said} – {came}" if came else said


class LedgerModel(LinesModel[LedgerLine]):
    """The lines of one parent."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Entry",), parent)

    def text(self, line: LedgerLine, column: int) -> str:
        del column
        return f"{head(line)}. {under(line)}"

    def spoken(self, line: LedgerLine) -> str:
        return f"{date_year(line.entry.happened_at.date())}, {line.entry.kind.label}, {line.way.value}. {under(line)}"


class LedgerList(OpeningView):
    """Read with ↑ and ↓; ← and → ask for the column of another parent."""

    turned = Signal(int)

    def __init__(self, theme: Theme, model: LedgerModel, name: str) -> None:
        super().__init__(theme, model, name)
        self.entries = model
        self.setItemDelegate(_Delegate(self))

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.turned.emit(step)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(40), 3 * self.theme.row_height)


class _Delegate(SignedDelegate[LedgerLine]):
    def signed(self, line: LedgerLine) -> Signed:
        return Signed(SIGNS[line.came], head(line), under(line), "alarm" if line.came in ALARMING else "accent")
