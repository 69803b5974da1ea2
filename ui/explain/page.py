"""Explain this number: of the school, a class, a year, a phase or a group, over any days; what is counted, and why
elsewhere it may be another. Every page that shows a figure can open it: `shell.go("explain", by=…, key=…)`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.explain import Whom, explain, whom
from desktop_app.actions.figures import Grouping
from desktop_app.domain.errors import Refused
from desktop_app.domain.explained import Explained
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.display import date_year, percent
from ui import figure_keys
from ui.explain.view import Explanation
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit
from ui.runner import words_of
from ui.shell import Page, Shell

ALL, AS_DFE = "Everyone on roll", "As the DfE counts"


class ExplainPage(Page):
    """Whose figure, from when to when, and who is counted. `Alt+D` changes the last; Esc goes back."""

    place = "explain"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.found: Explained | None = None
        self._comparable = False
        self._as_at: datetime | None = None
        self._back: tuple[str, Mapping[str, object]] = ("", {})
        self._shown: tuple[object, ...] = ()
        today = shell.context.today
        self.header = PageHeader(theme, "Figures explained")
        self.counting = Button(theme, AS_DFE, key="Alt+D", bind=False)
        self.whose = Choice(theme)
        self.first, self.last = DateEdit(theme, today), DateEdit(theme, today)
        self.explanation = Explanation(theme)
        self.card = Card(theme, "How the number is reached", flush=True)
        self._build()

    def refresh(self, changes: Changes | None) -> None:
        if self.found is not None and (changes is None or changes.marks or changes.book):
            self._shown = ()
            self._read()

    def show_at(self, **where: object) -> None:
        """`by` (a `Grouping` or its word) and `key`: whose figure, else the school’s; `first`, `last`,
        `as_at` (aware), `comparable`; `back`: the place to return to and what it is told."""
        today = self.shell.context.today()
        first, last, as_at, back = (where.get(name) for name in ("first", "last", "as_at", "back"))
        self._back = (back, {}) if isinstance(back, str) else ("", {})
        if isinstance(back, tuple):
            self._back = back
        self._as_at = as_at if isinstance(as_at, datetime) else None
        self._comparable = bool(where.get("comparable"))
        self.first.set_date(first if isinstance(first, date) else school_year_start(today))
        self.last.set_date(last if isinstance(last, date) else today)
        by = Grouping(str(where.get("by", Grouping.SCHOOL.value)))
        self._shown = ()
        self._offer(Whom(by, str(where.get("key", "")), ""))
        self._read()

    def first_focus(self) -> QWidget:
        return self.whose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            place, where = self._back
            self.shell.go(place, **where) if place else self.shell.home()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        self.header.add_action(self.counting)
        asked = QHBoxLayout()
        asked.setSpacing(space(4))
        for words, editor, share in (
            ("Whose figure", self.whose, 2),
            ("From", self.first, 1),
            ("To, inclusive", self.last, 1),
        ):
            asked.addWidget(Field(self.theme, words, editor), share)
        self.card.body.addWidget(self.explanation)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(asked)
        whole.addWidget(self.card, 1)
        whole.addWidget(KeyHints(self.theme, hints(figure_keys.EXPLAIN)))
        self.whose.currentIndexChanged.connect(self._read)
        for editor in (self.first, self.last):
            editor.editingFinished.connect(self._days_changed)
        self.counting.clicked.connect(self._count_otherwise)
        on_chord(self, "Alt+D", self._count_otherwise)

    def _count_otherwise(self) -> None:
        self._comparable = not self._comparable
        self._read()
        self.shell.say(self.found.counts if self.found is not None else "")

    def _days_changed(self) -> None:
        chosen = self.whose.value()
        self._offer(chosen if isinstance(chosen, Whom) else Whom(Grouping.SCHOOL, "", ""))
        self._read()

    def _offer(self, wanted: Whom) -> None:
        """Offer whom there is a figure of in these days, the wanted one chosen where it is among them."""
        first, last = self.first.date(), self.last.date()
        if first is None or last is None:
            return
        offered = whom(self.shell.context, first, last, self._as_at)
        self.whose.blockSignals(True)
        self.whose.clear()
        for one in offered:
            self.whose.add(one.title, one)
        match = next((one for one in offered if (one.by, one.key) == (wanted.by, wanted.key)), None)
        if match is not None:
            self.whose.choose(match)
        self.whose.blockSignals(False)

    def _read(self) -> None:
        chosen, first, last = self.whose.value(), self.first.date(), self.last.date()
        if not isinstance(chosen, Whom) or first is None or last is None:
            return
        asked = (chosen, first, last, self._as_at, self._comparable)
        if asked == self._shown:
            return
        try:
            self.found = explain(
                self.shell.context, chosen.by, chosen.key, first, last, self._as_at, comparable=self._comparable
            )
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self._shown = asked
        self._show(self.found)

    def _show(self, found: Explained) -> None:
        self.header.set_title(f"{found.title}: {percent(found.figures.attendance)}")
        recorded = f" · as recorded on {date_year(found.as_at.date())}" if self._as_at else ""
        self.header.set_subtitle(f"{date_year(found.first)} to {date_year(found.last)}{recorded} · {found.counts}")
        self.counting.setText(ALL if self._comparable else AS_DFE)
        self.card.set_aside(f"{found.pupils} {'pupil' if found.pupils == 1 else 'pupils'}")
        self.explanation.show_explained(found)
