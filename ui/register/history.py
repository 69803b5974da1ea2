"""The history of one cell beside the register: every version of it, with who, when and why."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.mark_history import HistoryLine, mark_history
from desktop_app.domain.codes import Code
from desktop_app.domain.marks import Source
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import clock_time, session_words, short_date
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.register.words import code_words
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 88
NOTHING = "Nothing was ever written here."
SOURCES = {
    Source.PLAN: "from a plan",
    Source.IMPORT: "imported",
    Source.UNDO: "by undoing",
}


def version_words(line: HistoryLine, codes: Mapping[str, Code]) -> tuple[str, str, str]:
    """A version in three lines: what it made of what, who and when, and why."""
    change = line.change
    now = code_words(change.code, codes) if change.code else "made blank"
    minutes = f", {change.minutes} min late" if change.minutes else ""
    made = f"{line.was} → {now}{minutes}" if line.was else f"{now}{minutes}"
    author = change.author
    position = f", {author.position}" if author.position else ""
    who = f"{short_date(line.at.date())} {clock_time(line.at)}, {author.name}{position}"
    parts = ["Amended after the register had closed" if change.amends else "", SOURCES.get(change.source, "")]
    parts += [f"reason: {change.reason}" if change.reason else "", f"note: {change.note}" if change.note else ""]
    why = "; ".join(part for part in parts if part)
    return made, who, f"{why[:1].upper()}{why[1:]}"


class HistoryPanel(Panel):
    """Opens on a key, follows the cursor while it is open, closes on Esc."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "History of this mark", width=shell.theme.space(WIDTH))
        self._shell = shell
        self._whose = Label(shell.theme, "", TextRole.STRONG, wrap=True)
        self.form.addWidget(self._whose)
        self._versions = QWidget()
        self.form.addWidget(self._versions)
        self.form.addStretch(1)
        self.texts: tuple[str, ...] = ()

    def show_cell(self, pupil: Pupil, session: Session, codes: Mapping[str, Code]) -> None:
        """Read and show every version of one cell. Raises `Refused` where the user may not read it."""
        lines = mark_history(self._shell.context, pupil.id, session.day, session.day)
        self._whose.setText(f"{pupil.name}, {session_words(session)}")
        self.texts = tuple(
            "\n".join(part for part in version_words(line, codes) if part) for line in lines if line.session == session
        )
        fresh = self._filled()
        self.form.replaceWidget(self._versions, fresh)
        self._versions.hide()
        self._versions.deleteLater()
        self._versions = fresh
        fresh.show()

    def _filled(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._shell.theme.space(3))
        for number, text in enumerate(self.texts or (NOTHING,), start=1):
            label = Label(self._shell.theme, f"{number}. {text}" if self.texts else text, wrap=True)
            column.addWidget(label)
        return box
