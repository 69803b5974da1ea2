"""What a week still lacks, line by line: kind, child, session, and what is to be done."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.domain.week import Finding, Found
from desktop_app.rules.display import short_date
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel
from ui.tokens import Tone

KIND_WORDS = {
    Finding.OPEN_N: "N open",
    Finding.GAP: "No mark",
    Finding.NOTE: "No note",
    Finding.CLASH: "Look at it",
}
KIND_TONES = {
    Finding.OPEN_N: Tone.BAD,
    Finding.GAP: Tone.BAD,
    Finding.NOTE: Tone.CAUTION,
    Finding.CLASH: Tone.CAUTION,
}
"""Each tone has its own shape as well as its colour."""
HEADINGS = ("What", "Child", "Session", "To do")


class Column(IntEnum):
    """The columns, left to right."""

    KIND = 0
    CHILD = 1
    SESSION = 2
    SAYS = 3


def says(found: Found) -> str:
    """What is to be known of a line: an N says how old it is, and by when it is due."""
    if found.kind is not Finding.OPEN_N:
        return found.says
    age = count_words(found.days, "school day", "school days")
    due = f", due {short_date(found.due)}" if found.due else ""
    return f"{age} old{due}: {found.says}"


class WeekModel(LinesModel[Found]):
    """The findings of a week as lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def text(self, line: Found, column: int) -> str:
        shown = {
            Column.KIND: KIND_WORDS[line.kind],
            Column.CHILD: f"{line.pupil.list_name} {line.class_name}",
            Column.SESSION: f"{short_date(line.session.day)} {line.session.half.value}",
            Column.SAYS: says(line),
        }
        return shown[Column(column)]

    def spoken(self, line: Found) -> str:
        return ", ".join(self.text(line, column) for column in Column)
