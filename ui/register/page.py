"""Registers: a class's week, entered by keyboard alone. Every mark is on the disk before it is on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.actions import register_page, today
from desktop_app.actions.register_page import ColumnState
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import Half, Session
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.inputs import Choice
from ui.register.classes import ClassCard, ClassModel
from ui.register.desk import Desk
from ui.register.footer import Foot
from ui.register.grid import RegisterGrid
from ui.register.reason import ReasonBar
from ui.register.weeks import FRIDAY, WEEK, WeekButtons
from ui.register.words import cell_words, totals, week_words, worth_showing
from ui.shell import Page, Shell

CLOCK_STEP = 30_000
"""How often a week that holds today is read again, in milliseconds: registers close by the clock."""
NARROW = 125
TINY = 80
"""Below so many average characters of width the list of classes gives way, then the buttons of the weeks."""
STATES_AFTER = 120
"""How long the fingers rest before the class list follows the cursor or a mark, in milliseconds."""


class RegisterPage(Page):
    """The place Registers."""

    place = "registers"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.desk = Desk(shell, self)
        self.grid = RegisterGrid(shell, self.desk)
        self.classes = ClassModel(self)
        self.class_card = ClassCard(self.theme, self.classes)
        self.class_list = self.class_card.list
        self.class_choice = Choice(self.theme)
        self.foot = Foot(self.theme)
        self.reason = ReasonBar(self.theme)
        self.header = PageHeader(self.theme)
        self.fill_button = Button(self.theme, "Fill blanks present", key="F9", primary=True, bind=False)
        self.weeks = WeekButtons(self.theme)
        self._stale = False
        self._opened_for: Session | None = None
        self._progress_timer = QTimer(self, singleShot=True, interval=STATES_AFTER)
        self._states_timer = QTimer(self, singleShot=True, interval=STATES_AFTER)
        self._clock_timer = QTimer(self, interval=CLOCK_STEP)
        self._build()
        self._connect()

    # What the window asks

    def refresh(self, changes: Changes | None) -> None:
        if self.desk.announcing or self.desk.model.page is None:
            return
        if changes is None or changes.marks or changes.book:
            self._stale = True
            if changes is not None and changes.marks:
                self.desk.forget_deeds()
            if self.isVisible():
                self._catch_up()

    def show_at(self, **where: object) -> None:
        at_hand = register_page.session_at_hand(self.shell.context)
        day, half = where.get("day"), where.get("half")
        name, pupil = where.get("class_name"), where.get("pupil")
        session = at_hand
        if isinstance(day, date):
            session = Session(day, half if isinstance(half, Half) else at_hand.half if day == at_hand.day else Half.AM)
        if not where and self._opened_for == at_hand and self.desk.model.page is not None:
            self._catch_up()
            return
        self._opened_for = at_hand
        self._read_classes(session)
        names = self.classes.names
        shown = self.desk.model.page.class_name if self.desk.model.page else ""
        wanted = name if isinstance(name, str) else shown or self._first_to_take()
        self._show_sheet(shown=bool(names))
        self._suit_width()
        if names:
            self._open(wanted if wanted in names else names[0], session)
            if isinstance(pupil, int) and (row := self.desk.model.place_of(pupil)) is not None:
                self.grid.put_cursor(row, self.grid.cursor_column)

    def first_focus(self) -> QWidget:
        return self.grid if self.desk.model.page is not None else self

    def _show_sheet(self, *, shown: bool) -> None:
        """Without a class there is nothing to turn, fill or count."""
        self._middle.setCurrentIndex(0 if shown else 1)
        for widget in (self.fill_button, self.foot):
            widget.setVisible(shown)
        if not shown:
            self.header.set_title("Registers")

    @property
    def session(self) -> Session | None:
        """The session the cursor is in."""
        column = self.grid.cursor_column
        return self.desk.model.columns[column].session if 0 <= column < len(self.desk.model.columns) else None

    # Building

    def _build(self) -> None:
        space = self.theme.space
        self.class_choice.setAccessibleName("Class")
        self.class_choice.hide()
        for widget in (self.class_choice, self.weeks, self.fill_button):
            self.header.add_action(widget)
        sheet = Card(self.theme, flush=True)
        sheet.body.addWidget(self.grid)
        self._empty = EmptyState(
            self.theme, "people", "No classes yet", "Import pupils from the School menu (Alt+S): classes come along."
        )
        self._middle = QStackedWidget()
        self._middle.addWidget(sheet)
        self._middle.addWidget(self._empty)
        body = QHBoxLayout()
        body.setSpacing(space(3))
        body.addWidget(self.class_card)
        body.addWidget(self._middle, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(body, 1)
        whole.addWidget(self.reason)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        desk, grid = self.desk, self.grid
        desk.shown.connect(self._shown)
        desk.marked.connect(self._marked)
        desk.reason_wanted.connect(self.reason.ask)
        desk.reason_settled.connect(self._reason_settled)
        grid.moved.connect(self._tell_cell)
        grid.session_changed.connect(self._session_changed)
        grid.pupil_wanted.connect(lambda pupil: self.shell.go("pupils", pupil=pupil))
        self.class_list.chosen.connect(self._open_class)
        self.class_list.entered.connect(grid.setFocus)
        self.class_choice.textActivated.connect(self._open_class)
        self.foot.strip.sought.connect(self._sought)
        self.foot.strip.found.connect(self._found)
        self.foot.strip.closed.connect(self._find_closed)
        self.reason.given.connect(self._reason_given)
        self.reason.gave_up.connect(self._reason_dropped)
        self.reason.left.connect(self._reason_left)
        self.fill_button.clicked.connect(self._fill_present)
        self.weeks.turned.connect(self._turn_week)
        self.weeks.recalled.connect(self._go_to_session_at_hand)
        self._progress_timer.timeout.connect(self._tell_progress)
        self._states_timer.timeout.connect(self._read_states)
        self._clock_timer.timeout.connect(self._clock_moved)
        self._clock_timer.start()
        self._bind_keys()

    def _bind_keys(self) -> None:
        """Shortcuts of the page rather than of its buttons, which would press themselves a tenth of a second late."""
        for keys, deed in (
            ("F9", self._fill_present),
            ("Alt+Left", lambda: self._turn_week(-1)),
            ("Alt+Right", lambda: self._turn_week(1)),
            ("Ctrl+;", self._go_to_session_at_hand),
            ("Ctrl+F", self._open_find),
            ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+PgUp", lambda: self._turn_class(-1)),
            ("Ctrl+PgDown", lambda: self._turn_class(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # Classes and weeks

    def _open(self, name: str, session: Session) -> None:
        """Show the week of a session with the cursor on the first blank of the class."""
        self.grid.settle()
        self.desk.open(name, session.day)
        column = 2 * min(session.day.weekday(), FRIDAY.days) + session.half.ordinal
        self.grid.put_cursor(self.desk.model.first_blank(column) or 0, column)

    def _open_class(self, name: str) -> None:
        if session := self.session:
            self._open(name, session)

    def _turn_class(self, by: int) -> None:
        page = self.desk.model.page
        names = self.classes.names
        if page is not None and page.class_name in names:
            place = names.index(page.class_name) + by
            if 0 <= place < len(names):
                self._open_class(names[place])

    def _turn_week(self, by: int) -> None:
        page, row, column = self.desk.model.page, self.grid.cursor_row, self.grid.cursor_column
        if page is None:
            return
        self.grid.settle()
        pupil = self.desk.model.row_at(row).pupil.id if row >= 0 else 0
        self.desk.open(page.class_name, page.monday + by * WEEK)
        self.grid.put_cursor(self.desk.model.place_of(pupil) or 0, max(column, 0))

    def _go_to_session_at_hand(self) -> None:
        page = self.desk.model.page
        if page is not None:
            self._open(page.class_name, register_page.session_at_hand(self.shell.context))
            self.grid.setFocus()

    def _first_to_take(self) -> str:
        states = (self.classes.state_of(name) for name in self.classes.names)
        waiting = next((state for state in states if state is not None and not state.taken), None)
        return waiting.class_name if waiting is not None else ""

    def _read_classes(self, session: Session) -> None:
        names = register_page.classes(self.shell.context, session.day)
        self.classes.show_classes(names)
        self.classes.show_states(today.registers(self.shell.context, session))
        self.class_choice.clear()
        self.class_choice.addItems(list(names))

    def _read_states(self) -> None:
        session = self.session
        if session is not None:
            due = self.desk.model.columns[self.grid.cursor_column].state in (ColumnState.OPEN, ColumnState.CLOSED)
            self.classes.show_states(today.registers(self.shell.context, session) if due else ())
            self.class_card.tell_session(session)

    # Following the desk and the grid

    def _shown(self) -> None:
        page = self.desk.model.page
        if page is None:
            return
        name = page.class_name
        title = name if name.casefold().startswith("class") else f"Class {name}"
        self.header.set_title(title)
        self.grid.setAccessibleName(f"Register of {title}, {week_words(page.monday, page.monday + FRIDAY)}")
        self.class_list.show_class(name)
        self.class_choice.setCurrentText(name)
        self._suit_width()
        day = self.shell.context.today()
        self.grid.today = frozenset(
            place for place, column in enumerate(self.desk.model.columns) if column.session.day == day
        )
        self.fill_button.setEnabled(not page.read_only)
        self._stale = False
        self._session_changed()

    def _session_changed(self) -> None:
        column = self.grid.cursor_column
        if not 0 <= column < len(self.desk.model.columns):
            return
        self._tell_session(column)
        self._states_timer.start()

    def _tell_session(self, column: int) -> None:
        model = self.desk.model
        shown = model.columns[column]
        self.header.set_subtitle(self.desk.register_words(shown))
        if shown.state in (ColumnState.NO_SCHOOL, ColumnState.FUTURE):
            self.foot.totals.show_words(shown.why)
        elif model.page is not None:
            self.foot.totals.show_totals(totals(model.rows, column, model.codes))

    def _marked(self) -> None:
        column, model = self.grid.cursor_column, self.desk.model
        if model.page is None or not 0 <= column < len(model.columns):
            return
        self._tell_session(column)
        self._tell_cell()
        self._progress_timer.start()

    def _tell_progress(self) -> None:
        """How far the shown class is, once the fingers rest: the list is not needed while one types."""
        column, model = self.grid.cursor_column, self.desk.model
        if model.page is None or not 0 <= column < len(model.columns):
            return
        known, session = self.classes.state_of(model.page.class_name), model.columns[column].session
        if known is None or known.session != session:
            return
        cells = [row.cells[column] for row in model.rows if not row.cells[column].why]
        marked = sum(cell.mark is not None for cell in cells)
        overdue = known.minutes_overdue if marked < len(cells) else None
        self.classes.put_state(replace(known, pupils=len(cells), marked=marked, minutes_overdue=overdue))

    def _tell_cell(self) -> None:
        """Where a cell says more than its letter, its words stand in the foot instead of the keys."""
        row, column, model = self.grid.cursor_row, self.grid.cursor_column, self.desk.model
        words = ""
        if row >= 0 and column >= 0 and worth_showing(cell := model.cell_at(row, column)):
            words = cell_words(model.row_at(row).pupil, model.columns[column].session, cell, model.codes)
        self.foot.tell(words)

    # Deeds of the page

    def _fill_present(self) -> None:
        self.grid.settle()
        session = self.session
        if session is not None and not self.desk.waiting_for_reason:
            self.desk.fill_present(session)
            self.grid.setFocus()

    def _undo(self) -> None:
        self.grid.settle()
        self.desk.undo()

    def _redo(self) -> None:
        self.grid.settle()
        self.desk.redo()

    def _open_find(self) -> None:
        self.grid.settle()
        if self.desk.model.rows and not self.desk.waiting_for_reason:
            self.foot.open_find([row.pupil for row in self.desk.model.rows])

    def _sought(self, row: int) -> None:
        self.grid.names.seek(row)
        if row >= 0:
            self.grid.scrollTo(self.desk.model.index(row, max(self.grid.cursor_column, 0)))

    def _found(self, row: int) -> None:
        self.grid.put_cursor(row, self.grid.cursor_column)
        self._find_closed()

    def _find_closed(self) -> None:
        self.foot.close_find()
        self._tell_cell()
        self.grid.setFocus()

    def _reason_given(self, reason: str) -> None:
        if not reason and self.desk.waiting_for_reason:
            self.shell.say("A closed register changes only with a reason. Esc leaves it as it is.", alarm=True)
            return
        self.desk.give_reason(reason)
        self.grid.setFocus()

    def _reason_dropped(self) -> None:
        self.desk.drop()
        self.grid.setFocus()

    def _reason_left(self) -> None:
        if self.desk.waiting_for_reason:
            self.desk.drop()

    def _reason_settled(self) -> None:
        self.reason.keep(self.desk.reason)

    # The clock and the window

    def _clock_moved(self) -> None:
        typing = self.grid.busy or self.desk.waiting_for_reason or self.foot.finding
        if self.isVisible() and self.grid.today and not typing and not self.shell.runner.busy:
            self.desk.read_again()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self.desk.read_again()
            if session := self.session:
                self._read_classes(session)
                page = self.desk.model.page
                self.class_list.show_class(page.class_name if page else "")

    def hideEvent(self, event: QHideEvent) -> None:
        self.grid.settle()
        self.desk.forget_reason()
        for timer in (self._progress_timer, self._states_timer):  # the school may be closed when they ring
            self._stale |= timer.isActive()
            timer.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suit_width()

    def _suit_width(self) -> None:
        """In a narrow window, or with large text, the list of classes becomes a choice at the top."""
        letters = self.width() // self.theme.metrics().averageCharWidth()
        narrow = letters < NARROW
        self.class_card.setVisible(not narrow and bool(self.classes.names))
        self.class_choice.setVisible(narrow and bool(self.classes.names))
        self.weeks.setVisible(letters >= TINY and bool(self.classes.names))
        if self.desk.model.page is not None:
            self.weeks.name(self.desk.model.page.monday, short=narrow)
