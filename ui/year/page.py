"""The school year: its terms, holidays and closures, each changed beside the list; an unexpected closure by one key."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.school_year import SchoolYear, school_year
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.shell import Page, Shell
from ui.tokens import TextRole
from ui.year.panel import PeriodPanel
from ui.year.words import Line, year_model

ONE_DAY = timedelta(days=1)


class YearPage(Page):
    """The list of one school year, with the form beside it."""

    place = "year"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._day = shell.context.today()
        self.year: SchoolYear | None = None
        self.header = PageHeader(theme)
        self.before, self.after = Button(theme, "‹"), Button(theme, "›")
        self.today = Button(theme, "Closed today", key="Ctrl+F11", bind=False)
        self.add = Button(theme, "Add", key="Ctrl+N", primary=True, bind=False)
        self.warnings = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.model = year_model()
        self.list = DataTable(theme, "The school year")
        self.list.show_model(self.model)
        self.panel = PeriodPanel(shell)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book:
            self._read()

    def show_at(self, **where: object) -> None:
        """`closed_today`: with the form for an unexpected closure of today."""
        if where.get("closed_today"):
            self.closed_today()
        elif not self.panel.isVisible():
            self._day = self.shell.context.today()
            self._read()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "school-year", ListAsked(on=self._day)

    def first_focus(self) -> QWidget:
        return self.panel.name if self.panel.isVisible() else self.list

    def closed_today(self) -> None:
        """The form for a closure that nobody planned: only the reason is still to be typed."""
        today = self.shell.context.today()
        self._open(Period(0, PeriodKind.SITE_CLOSED, "", today, today))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.list.selected()
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("registers")
        elif event.key() == Qt.Key.Key_Delete and isinstance(line, Line) and not line.offered:
            self._open(line.period, remove=True)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        for widget, words in ((self.before, "The school year before"), (self.after, "The school year after")):
            widget.setAccessibleName(words)
        for widget in (self.before, self.after, self.today, self.add):
            self.header.add_action(widget)
        card = Card(self.theme, flush=True)
        card.body.addWidget(self.list)
        middle = QHBoxLayout()
        middle.setSpacing(space(3))
        middle.addWidget(card, 1)
        middle.addWidget(self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(self.warnings)
        whole.addLayout(middle, 1)
        whole.addWidget(KeyHints(self.theme, hints(keys.SCHOOL_YEAR)))

    def _connect(self) -> None:
        self.list.opened.connect(lambda line: self._open(line.period))
        self.panel.changed.connect(self._changed)
        self.add.clicked.connect(self._add)
        self.today.clicked.connect(self.closed_today)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        for chord, deed in (
            ("Ctrl+N", self._add),
            ("Alt+Left", lambda: self._turn(-1)),
            ("Alt+Right", lambda: self._turn(1)),
        ):
            on_chord(self, chord, deed)

    def _add(self) -> None:
        today = self.shell.context.today()
        inside = self.year is not None and self.year.first <= today <= self.year.last
        day = today if inside or self.year is None else self.year.first
        self._open(Period(0, PeriodKind.CLOSURE, "", day, day))

    def _open(self, period: Period, *, remove: bool = False) -> None:
        context = self.shell.context
        if context.store.read_only:
            self.shell.say("This school is open to be read only.", alarm=True)
        elif not context.may(Right.CALENDAR):
            self.shell.say(f"{context.staff.name} may not {Right.CALENDAR.words}: ask the office.", alarm=True)
        else:
            self.panel.open_for(period, remove=remove)

    def _turn(self, by: int) -> None:
        if self.year is not None:
            self._day = self.year.last + ONE_DAY if by > 0 else self.year.first - ONE_DAY
            self._read()

    def _changed(self, key: int) -> None:
        if key:
            self.list.select_key((key, None))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        context = self.shell.context
        found = self.year = school_year(context, self._day)
        lines = [*(Line(one) for one in found.periods), *(Line(one, offered=True) for one in found.offered)]
        lines.sort(key=lambda line: (line.period.start, line.period.end, line.period.id))
        line = self.list.selected()
        self.model.set_rows(lines)
        self.header.set_title(f"School year {found.first.year}/{found.last.year % 100:02d}")
        self.header.set_subtitle("# is no session; Y3 and Y4 are sessions that could not be held")
        self.warnings.setText("\n".join(f"⚠ {one}" for one in found.warnings))
        self.warnings.setVisible(bool(found.warnings))
        if not (isinstance(line, Line) and self.list.select_key(line.key)):
            self._select_next(lines, context.today())
        may = context.may(Right.CALENDAR) and not context.store.read_only
        for button in (self.add, self.today):
            button.setEnabled(may)

    def _select_next(self, lines: list[Line], today: date) -> None:
        coming = [one for one in lines if one.period.end >= today and one.period.kind is not PeriodKind.TERM]
        if coming or lines:
            self.list.select_key((coming or lines)[0].key)
