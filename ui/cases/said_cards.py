"""What was said of a case: tasks with who owes them, barriers and strengths in whose words. They only show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.case_page import CasePage, Owed
from desktop_app.domain.cases import Said, Voice
from desktop_app.rules.display import date_year, short_date
from ui.parts.card import Card
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole


class WordsCard(Card):
    """A card of lines: a strong one and what stands under it."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, flush=True)
        self._theme, self._empty = theme, empty
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(title)
        self._scroll.viewport().setAutoFillBackground(False)
        slim_bars(self._scroll, theme)
        self.body.addWidget(self._scroll)

    def show_words(self, lines: Sequence[tuple[str, str, bool]]) -> None:
        """Show these lines: the words, what stands under them, and whether they are pressing."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        pad = self._theme.space(3.5)
        column.setContentsMargins(pad, self._theme.space(2), pad, self._theme.space(2))
        column.setSpacing(self._theme.space(0.5))
        for words, under, pressing in lines or [(self._empty, "", False)]:
            role = TextRole.STRONG if lines else TextRole.BODY
            column.addWidget(Label(self._theme, words, role, "ink" if lines else "second", wrap=True))
            if under:
                column.addWidget(
                    Label(self._theme, under, TextRole.SECONDARY, "alarm" if pressing else "second", wrap=True)
                )
            column.addSpacing(self._theme.space(1.5))
        column.addStretch(1)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area switches it on, which would hide the card's surface


def owed_lines(page: CasePage) -> list[tuple[str, str, bool]]:
    """The open tasks, the next first."""
    return [(one.task.text, _owed(one), one.overdue) for one in sorted(page.owed, key=lambda one: one.task.due)]


def _owed(one: Owed) -> str:
    when = f"◆ was due {short_date(one.task.due)}" if one.overdue else f"by {short_date(one.task.due)}"
    return f"{one.owner or 'nobody named'} · {when}"


def said_lines(page: CasePage, areas: dict[str, str]) -> list[tuple[str, str, bool]]:
    """Barriers first, then strengths, each with whose words it is in and when."""
    barriers = [
        (f"{areas.get(one.area, one.area)}: {one.words}", _voice(page, one), False) for one in page.state.barriers
    ]
    return barriers + [(f"✓ {one.words}", _voice(page, one), False) for one in page.state.strengths]


def _voice(page: CasePage, one: Said) -> str:
    who = {Voice.PUPIL: page.child.forename, Voice.SCHOOL: "the school"}.get(one.voice, "")
    name = who or page.parents.get(one.person, "a parent")
    return f"{name}, {date_year(one.entry.happened_at.date())}"
