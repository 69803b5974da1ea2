"""Close the week: the Friday ritual. What is open stands there with its age; nothing is ever forced to a code."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.week import close_week, one_week, reopen_week, weeks
from desktop_app.context import own_words
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.week import Found, Week
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import clock_time, date_year
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.reader import Reader
from ui.register.words import week_words
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.week.model import WeekModel
from ui.week.view import WeekView
from ui.week.weeks import WeeksModel, WeeksView

WEEK = timedelta(days=7)
NARROW = 760
"""Below this width, in device-independent pixels, the list of weeks gives way."""


class WeekPage(Page):
    """The place where a week is looked through and signed off."""

    place = "week"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.week: Week | None = None
        self._monday = SchoolCalendar.monday(shell.context.today())
        self.header = PageHeader(theme)
        self.before = Button(theme, "‹")
        self.after = Button(theme, "›")
        self.sign = Button(theme, "Sign off the week", key="Ctrl+Enter", primary=True, bind=False)
        self.model = WeekModel(self)
        self.list = WeekView(theme, self.model)
        self.card = Card(theme, "Still to settle", flush=True)
        self.settled = EmptyState(theme, "check", "Nothing is open")
        self.weeks_model = WeeksModel(self)
        self.weeks = WeeksView(theme, self.weeks_model)
        self.weeks_card = Card(theme, "The last weeks", flush=True)
        self.reader = Reader(shell, self)
        self.week_reader = Reader(shell, self)
        self.note = LineEdit(theme, "A note to remember with it; why, to open a week again")
        self.note.setAccessibleName("Note or reason")
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.marks or changes.book:
            self._read_weeks()
            self._read()

    def show_at(self, **where: object) -> None:
        day = where.get("day")
        if isinstance(day, date):
            self._monday = SchoolCalendar.monday(day)
        self._read_weeks()
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.weeks_card.setVisible(self.width() >= NARROW)

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "week", ListAsked(on=self._monday)

    def first_focus(self) -> QWidget:
        return self.list if self.model.rowCount() or self.week is None else self.note

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("registers")
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        for widget, words in ((self.before, "The week before"), (self.after, "The week after")):
            widget.setAccessibleName(words)
            self.header.add_action(widget)
        self.header.add_action(self.sign)
        self.card.body.addWidget(self.list)
        self.card.body.addWidget(self.settled)
        self.weeks_card.body.addWidget(self.weeks)
        self.weeks_card.setFixedWidth(space(62))
        both = QHBoxLayout()
        both.setSpacing(space(3))
        both.addWidget(self.weeks_card)
        both.addWidget(self.card, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(both, 1)
        whole.addWidget(self.note)
        whole.addWidget(KeyHints(self.theme, hints(keys.WEEK)))

    def _connect(self) -> None:
        self.list.opened.connect(self._open)
        self.weeks.picked.connect(self._pick)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.sign.clicked.connect(self._sign)
        for chord, deed in (
            ("Ctrl+Return", self._sign),
            ("Ctrl+P", self._changes),
            ("Alt+Left", lambda: self._turn(-1)),
            ("Alt+Right", lambda: self._turn(1)),
        ):
            on_chord(self, chord, deed)

    def _turn(self, by: int) -> None:
        self._monday += by * WEEK
        self.weeks.pick(self._monday)
        self._read()

    def _pick(self, monday: date) -> None:
        self._monday = monday
        self._read()

    def _read_weeks(self) -> None:
        self.weeks_card.set_aside("reading …")
        self.reader.read(weeks(self.shell.context), self._show_weeks)

    def _show_weeks(self, found: tuple[Week, ...]) -> None:
        self.weeks_card.set_aside("")
        self.weeks.show_weeks(found, self._monday)

    def _read(self) -> None:
        """Begin to read the week. What is known of it stays till then; of another week nothing does."""
        if self.week is None or self.week.monday != self._monday:
            self.week = None
            self.model.show_lines(())
            self.list.show()
            self.settled.hide()
            self.card.aside.clear()
        self.header.set_title(f"Week of {week_words(self._monday, SchoolCalendar.friday(self._monday))}")
        self.header.set_subtitle("Reading …")
        self.sign.setEnabled(False)
        self.week_reader.read(one_week(self.shell.context, self._monday), self._show)

    def _show(self, found: Week) -> None:
        self.week = found
        self.header.set_subtitle(self._state(found))
        row = self.list.currentIndex().row()
        self.model.show_lines(found.found)
        some, here = bool(found.found), self.list.hasFocus()
        self.list.setVisible(some)
        if here and not some:
            self.note.setFocus()
        self.settled.setVisible(not some)
        self.settled.set_words("Nothing is open", "" if found.over else "The week still runs.")
        if some:
            self.list.setCurrentIndex(self.model.index(max(0, min(row, len(found.found) - 1)), 0))
        self.card.aside.setText(count_words(found.open, "line keeps it open", "lines keep it open"))
        self.sign.setText("Open it again" if found.signed_off else "Sign off the week")
        self.sign.setEnabled(self._may(found))

    def _may(self, found: Week) -> bool:
        context = self.shell.context
        wanted = Right.AMEND_CLOSED_WEEK if found.signed_off else Right.CLOSE_WEEK
        ready = found.signed_off or (found.over and not found.open)
        return ready and context.may(wanted) and context.sees_all and not context.store.read_only

    def _state(self, found: Week) -> str:
        if found.signed_at is not None:
            return (
                f"✓ Signed off by {found.signed_by}, {date_year(found.signed_at.date())}, "
                f"{clock_time(found.signed_at)}: later changes need the attendance lead and a reason"
            )
        if not found.over:
            return "This week still runs"
        if found.opened is not None:
            return f"Opened again by {found.opened.by}, {date_year(found.opened.at.date())}: {found.opened.why}"
        if not self.shell.context.sees_all:
            return f"Not signed off yet. Shown here: {own_words(self.shell.context)}"
        return "Not signed off yet" if found.open else "Ready to be signed off"

    def _open(self, found: Found) -> None:
        session = found.session
        self.shell.go(
            "registers", class_name=found.class_name, day=session.day, half=session.half, pupil=found.pupil.id
        )

    def _changes(self) -> None:
        try:
            self.shell.context.require(Right.READ_HISTORY)
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self.shell.go("changes", day=self._monday)

    def _sign(self) -> None:
        if self.week is None:
            return
        note = self.note.text().strip()
        try:
            if self.week.signed_off:
                changes = reopen_week(self.shell.context, self._monday, note)
                said = "The week is open again."
            else:
                changes = close_week(self.shell.context, self._monday, note)
                said = f"Signed off by {self.shell.context.user.name}."
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self.note.clear()
        self.shell.announce(changes)
        self.shell.say(said)
