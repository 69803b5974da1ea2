"""Which class and which week the register shows, how one turns to another, and how far each class is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer

from desktop_app.actions import register_page
from desktop_app.actions.register_page import ColumnState
from desktop_app.actions.register_states import registers
from desktop_app.domain.sessions import Half, Session
from ui.parts.inputs import Choice
from ui.register.classes import ClassCard
from ui.register.desk import Desk
from ui.register.grid import RegisterGrid
from ui.register.model import SESSIONS
from ui.register.weeks import SCHOOL_DAYS, WEEK
from ui.shell import Shell

STATES_AFTER = 120
"""How long the fingers rest before the class list follows the cursor or a mark, in milliseconds."""


class Turning(QObject):
    """Opens classes and weeks on the desk, puts the cursor there, and keeps the list of classes up to date."""

    def __init__(
        self, shell: Shell, desk: Desk, grid: RegisterGrid, card: ClassCard, choice: Choice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desk = desk
        self._grid = grid
        self._card = card
        self._classes = card.list.classes
        self._choice = choice
        self.opened_for: Session | None = None
        self._progress_timer = QTimer(self, singleShot=True, interval=STATES_AFTER)
        self._states_timer = QTimer(self, singleShot=True, interval=STATES_AFTER)
        self._progress_timer.timeout.connect(self._tell_progress)
        self._states_timer.timeout.connect(self._read_states)

    @property
    def session(self) -> Session | None:
        """The session the cursor is in."""
        column = self._grid.cursor_column
        return self._desk.model.columns[column].session if 0 <= column < len(self._desk.model.columns) else None

    def still_there(self) -> bool:
        """Whether the session at hand is the one the page was opened for, so that it may stay as it is."""
        at_hand = register_page.session_at_hand(self._shell.context)
        return self.opened_for == at_hand and self._desk.model.page is not None

    def read_for(self, day: object, half: object) -> Session:
        """Read the classes of a day, or of the session at hand where no day is meant; returns the session to show."""
        at_hand = session = register_page.session_at_hand(self._shell.context)
        if isinstance(day, date):
            session = Session(day, half if isinstance(half, Half) else at_hand.half if day == at_hand.day else Half.AM)
        self.opened_for = at_hand
        self.read_classes(session)
        return session

    def show(self, name: object, session: Session, pupil: object) -> None:
        """Show the class that is meant, or else the one shown, or the first not yet taken; and a child of it."""
        names = self._classes.names
        shown = self._desk.model.page.class_name if self._desk.model.page else ""
        wanted = name if isinstance(name, str) else shown or self._first_to_take()
        self.open(wanted if wanted in names else names[0], session)
        if isinstance(pupil, int) and (row := self._desk.model.place_of(pupil)) is not None:
            self._grid.put_cursor(row, self._grid.cursor_column)

    def open(self, name: str, session: Session) -> None:
        """Show the week of a session with the cursor on the first blank of the class."""
        self._grid.settle()
        self._desk.open(name, session.day)
        column = 2 * min(session.day.weekday(), SCHOOL_DAYS - 1) + session.half.ordinal
        self._grid.put_cursor(self._desk.model.first_blank(column) or 0, column)

    def open_class(self, name: str) -> None:
        """Show another class in the session the cursor is in."""
        if session := self.session:
            self.open(name, session)

    def turn_class(self, by: int) -> None:
        """The class before, or the next one."""
        page = self._desk.model.page
        names = self._classes.names
        if page is not None and page.class_name in names:
            place = names.index(page.class_name) + by
            if 0 <= place < len(names):
                self.open_class(names[place])

    def turn(self, by: int) -> None:
        """The week before or after, in the day view the day, with the cursor on the same child and session."""
        page, row, column = self._desk.model.page, self._grid.cursor_row, max(self._grid.cursor_column, 0)
        if page is None:
            return
        self._grid.settle()
        weeks = by
        if self._desk.model.day >= 0:
            weeks, column = divmod(column + 2 * by, SESSIONS)
        pupil = self._desk.model.row_at(row).pupil.id if row >= 0 else 0
        if weeks:
            self._desk.open(page.class_name, page.monday + weeks * WEEK)
        self._grid.put_cursor(self._desk.model.place_of(pupil) or 0, column)

    def go_to_session_at_hand(self) -> None:
        """The session that is being taken."""
        page = self._desk.model.page
        if page is not None:
            self.open(page.class_name, register_page.session_at_hand(self._shell.context))
            self._grid.setFocus()

    def read_classes(self, session: Session) -> None:
        """Read the classes of a day and how far each is."""
        names = register_page.classes(self._shell.context, session.day)
        self._classes.show_classes(names)
        self._classes.show_states(registers(self._shell.context, session))
        self._choice.clear()
        self._choice.addItems(list(names))

    def catch_up(self) -> None:
        """Read the classes again, as somebody else's deed has changed them."""
        if session := self.session:
            self.read_classes(session)
            page = self._desk.model.page
            self._card.list.show_class(page.class_name if page else "")

    # The list, once the fingers rest

    def session_changed(self) -> None:
        """The cursor is in another session: the list follows."""
        self._states_timer.start()

    def marked(self) -> None:
        """A mark was made: the list follows."""
        self._progress_timer.start()

    def stop(self) -> bool:
        """Let nothing ring any more, since the school may be closed by then; says whether something would have."""
        waiting = False
        for timer in (self._progress_timer, self._states_timer):
            waiting |= timer.isActive()
            timer.stop()
        return waiting

    def _first_to_take(self) -> str:
        states = (self._classes.state_of(name) for name in self._classes.names)
        waiting = next((state for state in states if state is not None and not state.taken), None)
        return waiting.class_name if waiting is not None else ""

    def _read_states(self) -> None:
        session = self.session
        if session is not None:
            due = self._desk.model.columns[self._grid.cursor_column].state in (ColumnState.OPEN, ColumnState.CLOSED)
            self._classes.show_states(registers(self._shell.context, session) if due else ())
            self._card.tell_session(session)

    def _tell_progress(self) -> None:
        """How far the shown class is, once the fingers rest: the list is not needed while one types."""
        column, model = self._grid.cursor_column, self._desk.model
        if model.page is None or not 0 <= column < len(model.columns):
            return
        known, session = self._classes.state_of(model.page.class_name), model.columns[column].session
        if known is None or known.session != session:
            return
        cells = [row.cells[column] for row in model.rows if not row.cells[column].why]
        marked = sum(cell.mark is not None for cell in cells)
        overdue = known.minutes_overdue if marked < len(cells) else None
        self._classes.put_state(replace(known, pupils=len(cells), marked=marked, minutes_overdue=overdue))
