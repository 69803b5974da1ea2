"""Registers: a class's week, entered by keyboard alone. Every mark is on the disk before it is on the screen."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.register_page import ColumnState
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.rules.calendar import SchoolCalendar
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.inputs import Choice
from ui.register.classes import ClassCard, ClassModel
from ui.register.desk import Desk
from ui.register.footer import Foot
from ui.register.grid import RegisterGrid
from ui.register.history import HistoryPanel
from ui.register.questions import Questions
from ui.register.turning import Turning
from ui.register.weeks import WeekButtons
from ui.register.words import state_words, totals, week_words, worth_showing
from ui.shell import Page, Shell

CLOCK_STEP = 30_000
"""How often a week that holds today is read again, in milliseconds: registers close by the clock."""
NARROW = 125
TINY = 80
"""Below so many average characters of width the list of classes gives way, then the buttons of the weeks."""
NO_CLASSES = ("No classes yet", "Import pupils from the School menu (Alt+S): classes come along.")
NONE_GIVEN = ("No class is given to you", "The headteacher gives each class to those who take its register.")


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
        self.questions = Questions(shell, self.desk, self.grid.setFocus, self)
        self.reason = self.questions.reason
        self.header = PageHeader(self.theme)
        self.fill_button = Button(self.theme, "Fill blanks present", key="F9", primary=True, bind=False)
        self.weeks = WeekButtons(self.theme)
        self.view_button = Button(self.theme, "Day", key="F4", bind=False)
        self.turning = Turning(shell, self.desk, self.grid, self.class_card, self.class_choice, self)
        self.history = HistoryPanel(shell)
        self._stale = False
        self._clock_timer = QTimer(self, interval=CLOCK_STEP)
        self._build()
        self._connect()

    # What the window asks

    def refresh(self, changes: Changes | None) -> None:
        if self.desk.announcing or self.desk.model.page is None:
            return
        if changes is None or changes.marks or changes.book:
            self._stale = True
            if self.isVisible():
                self._catch_up()

    def show_at(self, **where: object) -> None:
        if not where and self.turning.still_there():
            self._catch_up()
            return
        session = self.turning.read_for(where.get("day"), where.get("half"))
        some = bool(self.classes.names)
        self._show_sheet(shown=some)
        self._suit_width()
        if some:
            self.turning.show(where.get("class_name"), session, where.get("pupil"))

    def list_shown(self) -> tuple[str, ListAsked] | None:
        page = self.desk.model.page
        return ("register", ListAsked(on=page.monday, class_name=page.class_name)) if page is not None else None

    def first_focus(self) -> QWidget:
        return self.grid if self.desk.model.page is not None else self

    def _show_sheet(self, *, shown: bool) -> None:
        """Without a class there is nothing to turn, fill or count."""
        self._middle.setCurrentIndex(0 if shown else 1)
        for widget in (self.fill_button, self.view_button, self.foot):
            widget.setVisible(shown)
        if not shown:
            self.header.set_title("Registers")
            title, text = NO_CLASSES if self.shell.context.sees_all else NONE_GIVEN
            self._empty.title.setText(title)
            self._empty.text.setText(text)

    # Building

    def _build(self) -> None:
        space = self.theme.space
        self.class_choice.setAccessibleName("Class")
        self.class_choice.hide()
        for widget in (self.class_choice, self.weeks, self.view_button, self.fill_button):
            self.header.add_action(widget)
        sheet = Card(self.theme, flush=True)
        sheet.body.addWidget(self.grid)
        self._empty = EmptyState(self.theme, "people", *NO_CLASSES)
        self._middle = QStackedWidget()
        self._middle.addWidget(sheet)
        self._middle.addWidget(self._empty)
        body = QHBoxLayout()
        body.setSpacing(space(3))
        body.addWidget(self.class_card)
        body.addWidget(self._middle, 1)
        body.addWidget(self.history)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(body, 1)
        whole.addWidget(self.questions.coding)
        whole.addWidget(self.questions.clash)
        whole.addWidget(self.reason)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        desk, grid = self.desk, self.grid
        desk.shown.connect(self._shown)
        desk.marked.connect(self._marked)
        grid.moved.connect(self._tell_cell)
        grid.moved.connect(self._follow_history)
        grid.code_wanted.connect(self._which_code)
        self.questions.code_chosen.connect(grid.give_code)
        self.history.closed.connect(self._suit_width)
        grid.session_changed.connect(self._session_changed)
        grid.pupil_wanted.connect(lambda pupil: self.shell.go("pupils", pupil=pupil))
        self.class_list.chosen.connect(self.turning.open_class)
        self.class_list.entered.connect(grid.setFocus)
        self.class_choice.textActivated.connect(self.turning.open_class)
        self.foot.strip.sought.connect(self._sought)
        self.foot.strip.found.connect(self._found)
        self.foot.strip.closed.connect(self._find_closed)
        self.fill_button.clicked.connect(self._fill_present)
        self.view_button.clicked.connect(self._turn_view)
        self.weeks.turned.connect(self.turning.turn)
        self.weeks.recalled.connect(self.turning.go_to_session_at_hand)
        self._clock_timer.timeout.connect(self._clock_moved)
        self._clock_timer.start()
        self._bind_keys()

    def _bind_keys(self) -> None:
        """Shortcuts of the page rather than of its buttons, which would press themselves a tenth of a second late."""
        for keys, deed in (
            ("F9", self._fill_present),
            ("F4", self._turn_view),
            ("Ctrl+Shift+H", self._turn_history),
            ("Alt+Left", lambda: self.turning.turn(-1)),
            ("Alt+Right", lambda: self.turning.turn(1)),
            ("Ctrl+;", self.turning.go_to_session_at_hand),
            ("Ctrl+F", self._open_find),
            ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+PgUp", lambda: self.turning.turn_class(-1)),
            ("Ctrl+PgDown", lambda: self.turning.turn_class(1)),
        ):
            on_chord(self, keys, deed)

    # Following the desk and the grid

    def _shown(self) -> None:
        page = self.desk.model.page
        if page is None:
            return
        name = page.class_name
        title = name if name.casefold().startswith("class") else f"Class {name}"
        self.header.set_title(title)
        week = week_words(page.monday, SchoolCalendar.friday(page.monday))
        self.grid.setAccessibleName(f"Register of {title}, {week}")
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
        if self.desk.model.day >= 0:
            self._suit_width()
        self.turning.session_changed()

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
        self._follow_history()
        self.turning.marked()

    def _tell_cell(self) -> None:
        """Where a cell says more than its letter, its words stand in the foot instead of the keys."""
        row, column, model = self.grid.cursor_row, self.grid.cursor_column, self.desk.model
        words = ""
        if row >= 0 and column >= 0 and worth_showing(cell := model.cell_at(row, column)):
            words = state_words(cell, model.codes)
        self.foot.tell(words)

    # Deeds of the page

    def _fill_present(self) -> None:
        self.grid.settle()
        session = self.turning.session
        if session is not None and not self.desk.waiting:
            self.desk.fill_present(session)
            self.grid.setFocus()

    def _turn_view(self) -> None:
        """One session as a list, or the week again."""
        if self.desk.model.page is None or self.desk.waiting:
            return
        day = self.desk.model.day < 0
        self.grid.show_day(day=day)
        self.view_button.setText("Week" if day else "Day")
        self.view_button.updateGeometry()
        self._suit_width()
        self.grid.setFocus()

    def _which_code(self) -> None:
        row = self.grid.cursor_row
        if row >= 0 and (session := self.turning.session):
            self.questions.which_code(self.desk.model.row_at(row).pupil.id, session)

    def _turn_history(self) -> None:
        """Every version of the cell under the cursor, beside the register; or away with it."""
        self.grid.settle()
        if not self.history.isHidden():
            self.history.close_panel()
        elif self.desk.model.rows and not self.desk.waiting and self._read_history():
            self.grid.setFocus()  # the foot and the list of classes give way: the keyboard comes back here
            self.history.open_with(self.history.close_button)
            self._suit_width()

    def _follow_history(self) -> None:
        if not self.history.isHidden() and not self._read_history():
            self.history.close_panel()

    def _read_history(self) -> bool:
        row, session = self.grid.cursor_row, self.turning.session
        if row < 0 or session is None:
            return False
        try:
            self.history.show_cell(self.desk.model.row_at(row).pupil, session, self.desk.model.codes)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return False
        return True

    def _undo(self) -> None:
        self.grid.settle()
        self.desk.undo()

    def _redo(self) -> None:
        self.grid.settle()
        self.desk.redo()

    def _open_find(self) -> None:
        self.grid.settle()
        if self.desk.model.rows and not self.desk.waiting:
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

    # The clock and the window

    def _clock_moved(self) -> None:
        typing = self.grid.busy or self.desk.waiting or self.foot.finding
        if self.isVisible() and self.grid.today and not typing and not self.shell.runner.busy:
            self.desk.read_again()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self.desk.read_again()
            self.turning.catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        self.grid.settle()
        self.desk.forget_reason()
        self._stale |= self.turning.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suit_width()

    def _suit_width(self) -> None:
        """In a narrow window, or with large text, the list of classes becomes a choice at the top."""
        letters = self.width() // self.theme.metrics().averageCharWidth()
        narrow = letters < NARROW
        self.class_card.setVisible(not narrow and self.history.isHidden() and bool(self.classes.names))
        self.class_choice.setVisible((narrow or not self.history.isHidden()) and bool(self.classes.names))
        self.weeks.setVisible(letters >= TINY and bool(self.classes.names))
        if self.desk.model.page is not None and self.desk.model.day < 0:
            self.weeks.name(self.desk.model.page.monday, short=narrow)
        elif session := self.turning.session:
            self.weeks.name_days(session.day, short=narrow)
