"""Explain this number: of the school, a class, a year, a phase or a group, over any days; what is counted, and why
elsewhere it may be another. Every page that shows a figure can open it: `shell.go("explain", by=…, key=…)`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.explain import Whom, explain, whom
from desktop_app.actions.figures import Grouping
from desktop_app.context import Context
from desktop_app.domain.explained import Explained
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.session_lists import count_words
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
from ui.reader import Reader
from ui.runner import words_of
from ui.shell import Page, Shell

ALL, AS_DFE = "Everyone on roll", "As the DfE counts"


class Days(NamedTuple):
    """Over which days, and as recorded when (None: by now)."""

    first: date
    last: date
    as_at: datetime | None


class Told(NamedTuple):
    """What was read: whom there is a figure of in those days, and the figure of one of them, taken apart."""

    offered: tuple[Whom, ...]
    chosen: Whom
    found: Explained


def telling(
    context: Context, wanted: Whom, days: Days, offered: tuple[Whom, ...] | None, *, comparable: bool
) -> Generator[Progress, None, Told]:
    """Read whom there is a figure of (where it is not known yet: `offered`), and explain that of whom is wanted; where
    nobody is called so in those days, the school’s."""
    yield Progress(0, 2, "Reading whom there is a figure of")
    known = whom(context, *days) if offered is None else offered
    chosen = next((one for one in known if (one.by, one.key) == (wanted.by, wanted.key)), known[0] if known else wanted)
    yield Progress(1, 2, "Taking the figure apart")
    return Told(known, chosen, explain(context, chosen.by, chosen.key, *days, comparable=comparable))


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
        self._wanted = Whom(Grouping.SCHOOL, "", "")
        self._known: tuple[Whom, ...] = ()
        self._offered_in: Days | None = None
        self._asked: tuple[object, ...] = ()
        self._reader = Reader(shell, self)
        today = shell.context.today
        self.header = PageHeader(theme, "Figures explained")
        self.counting = Button(theme, AS_DFE, key="Alt+D", bind=False)
        self.whose = Choice(theme)
        self.first, self.last = DateEdit(theme, today), DateEdit(theme, today)
        self.explanation = Explanation(theme)
        self.card = Card(theme, "How the number is reached", flush=True)
        self._build()

    def refresh(self, changes: Changes | None) -> None:
        if self._asked and (changes is None or changes.marks or changes.book):
            self._asked, self._offered_in = (), None
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
        self._wanted = Whom(Grouping(str(where.get("by", Grouping.SCHOOL.value))), str(where.get("key", "")), "")
        self._asked, self._offered_in = (), None
        self._clear()
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
        self.whose.currentIndexChanged.connect(self._choose)
        for editor in (self.first, self.last):
            editor.editingFinished.connect(self._read)
        self.counting.clicked.connect(self._count_otherwise)
        on_chord(self, "Alt+D", self._count_otherwise)

    def _count_otherwise(self) -> None:
        self._comparable = not self._comparable
        self._read(lambda found: self.shell.say(found.counts))

    def _choose(self) -> None:
        chosen = self.whose.value()
        if isinstance(chosen, Whom):
            self._wanted = chosen
            self._read()

    def _read(self, then: Callable[[Explained], object] | None = None) -> None:
        """Read it beside the window, unless just that was asked for: what is shown stays until the answer is there."""
        first, last = self.first.date(), self.last.date()
        if first is None or last is None:
            return
        days = Days(first, last, self._as_at)
        asked = (self._wanted.by, self._wanted.key, days, self._comparable)
        if asked == self._asked:
            return
        self._asked = asked
        self.card.set_aside("reading …")
        offered = self._known if days == self._offered_in else None
        self._reader.read(
            telling(self.shell.context, self._wanted, days, offered, comparable=self._comparable),
            lambda told: self._answer(told, days, then),
            self._not_read,
        )

    def _answer(self, told: Told, days: Days, then: Callable[[Explained], object] | None) -> None:
        if days != self._offered_in:
            self._offered_in = days
            self._offer(told.offered)
        self._wanted = told.chosen
        self._asked = (told.chosen.by, told.chosen.key, days, self._comparable)
        self.whose.blockSignals(True)
        self.whose.choose(told.chosen)
        self.whose.blockSignals(False)
        self._show(told.found)
        if then is not None:
            then(told.found)

    def _not_read(self, error: Exception) -> None:
        """What is shown stays, as what it is of says; the same may be asked for again."""
        self._asked = ()
        self._say_pupils()
        self.shell.say(words_of(error), alarm=True)

    def _offer(self, offered: tuple[Whom, ...]) -> None:
        """Offer whom there is a figure of in these days."""
        self._known = offered
        self.whose.blockSignals(True)
        self.whose.clear()
        for one in offered:
            self.whose.add(one.title, one)
        self.whose.blockSignals(False)

    def _clear(self) -> None:
        """Nothing is known yet of what was asked for."""
        self.found = None
        self.header.set_title("Figures explained")
        self.header.set_subtitle("Working it out …")
        self.explanation.clear()

    def _show(self, found: Explained) -> None:
        self.found = found
        self.header.set_title(f"{found.title}: {percent(found.figures.attendance)}")
        recorded = f" · as recorded on {date_year(found.as_at.date())}" if self._as_at else ""
        self.header.set_subtitle(f"{date_year(found.first)} to {date_year(found.last)}{recorded} · {found.counts}")
        self.counting.setText(ALL if self._comparable else AS_DFE)
        self._say_pupils()
        self.explanation.show_explained(found)

    def _say_pupils(self) -> None:
        found = self.found
        self.card.set_aside("" if found is None else count_words(found.pupils, "pupil", "pupils"))
