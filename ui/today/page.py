"""The place Today: what to do first. Whom to call, what else falls due, and which registers are not taken."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.agenda import AgendaLine
from desktop_app.actions.calling import SEE_DSL, Family
from desktop_app.actions.chasing import Chased, record_told
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.families import contacts
from desktop_app.actions.register_states import RegisterState
from desktop_app.actions.today import TodayPage as Morning, today
from desktop_app.actions.watch_list import WatchList
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words
from ui.keys import CALL, TODAY, hints
from ui.log.draft import Subject
from ui.log.panel import LogPanel
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chip import Chip
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.why import asks_why
from ui.reader import Reader
from ui.shell import Page, Shell
from ui.today.call_card import CALL_WIDTH, CallCard
from ui.today.call_draft import draft_place
from ui.today.calling_model import CallingModel, CallLine, lines_of
from ui.today.calling_view import CallingView
from ui.today.coding import Coding
from ui.today.due_card import DueCard, ToDo, to_do
from ui.today.owed import owed_lines, reading_owed
from ui.today.registers_card import RegistersCard
from ui.today.rounds import beside, keep_left, left_at, may_be_opened, next_to_call
from ui.today.watching import watch_lines
from ui.today.why import explain_today
from ui.today.words import calling_words, closed_words, nobody_words, present_words
from ui.tokens import Tone
from ui.watch.reading import WatchReading

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SESSION_NAMES = {Half.AM: "Morning session", Half.PM: "Afternoon session"}
MINUTE = 60_000
NARROW = 480
"""The least width of the list beside the form, in device-independent pixels."""
DUE_WIDTH = 300
WIDEST = 16_777_215
"""What Qt takes for no limit."""


class TodayPage(Page):
    """Reads the morning from its action; the list, the chips and the log form do the rest."""

    place: ClassVar[str] = "today"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = shell.theme
        self.header = PageHeader(theme)
        self.model = CallingModel(self)
        self.calling = CallingView(theme, self.model)
        self.coding = Coding(shell)
        self.registers = RegistersCard(theme)
        self.log_panel = LogPanel(shell)
        self.card = CallCard(shell)
        self.due = DueCard(shell)
        self._hints = KeyHints(theme, hints(TODAY))
        self.done = EmptyState(theme, "check", "All done")
        self._count = Chip(theme, "", Tone.ALARM)
        self._call = Button(theme, "Call next", key="Enter", primary=True, bind=False)
        self._cases = Button(theme, "")
        self._families: tuple[Family, ...] = ()
        self._to_do: tuple[ToDo, ...] = ()
        self._watched: WatchList | None = None
        self._watch = WatchReading(shell, self)
        self._owed: tuple[ToDo, ...] = ()
        self._owing = Reader(shell, self)
        self._at = 0
        self._list = QStackedLayout()
        self._card = Card(theme, "Absent, no reason yet", flush=True)
        self._build()
        self._connect()
        self._timer = QTimer(self, interval=MINUTE)
        self._timer.timeout.connect(self._minute_passed)
        self._timer.start()

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and not (changes.marks or changes.entries or changes.book):
            return
        morning = today(self.shell.context)
        self._families = morning.calling
        self._show_families()
        self._to_do = to_do(morning, cases=self._reads_cases())
        self._show_due()
        if self.shell.context.may(Right.READ_PUPIL):
            self._watch.ask_soon()
            if self._watched is None and changes is None:
                self._watch.shown()
        done = "taken" if morning.taken_here else "imported"
        self.registers.show_registers(morning.registers, closed_words(morning), done)
        self._show_headline(morning)
        self._show_counts(morning)
        self._renew_card()
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.shown()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "calling", ListAsked()

    def first_focus(self) -> QWidget:
        if not self.card.isHidden():
            return self.card.first_focus()
        return self.calling if self.model.rowCount() else self._cases if self._cases.isVisible() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Z and control:
            self.coding.undo_last()
        elif event.key() == Qt.Key.Key_T and control:
            self._tell_next()
        elif event.key() == Qt.Key.Key_F2 and self.calling.line() is not None:
            self.shell.go("pupils", pupil=self.calling.line().child.pupil.id)  # pyright: ignore[reportOptionalMemberAccess]
        elif event.key() == Qt.Key.Key_F4:
            self._explain()
        elif event.key() == Qt.Key.Key_Escape:
            self.coding.give_up()
        else:
            super().keyPressEvent(event)

    def _explain(self) -> None:
        line = self.calling.line() if self.calling.hasFocus() else None
        explain_today(self.shell, line.child.pupil.id if line else self.due.pupil)

    def _build(self) -> None:
        theme = self.shell.theme
        asks_why(self.header.subtitle, lambda: explain_today(self.shell))
        self.header.add_action(self._cases)
        self.header.add_action(self._call)
        self._card.add_beside_title(self._count)
        listed = QWidget()
        listed.setLayout(self._list)
        self._list.addWidget(self.calling)
        self._list.addWidget(self.done)
        self.calling.setMinimumHeight(theme.space(30))
        self._card.body.addWidget(listed, 1)
        self._card.body.addWidget(self.coding)
        left = self._column = QVBoxLayout()
        left.setSpacing(theme.space(3))
        for widget, stretch in ((self.header, 0), (self._card, 1), (self.registers, 0)):
            left.addWidget(widget, stretch)
        left.addWidget(self._hints)
        row = self._row = QHBoxLayout(self)
        side = theme.space(5)
        row.setContentsMargins(side, side, side, theme.space(2))
        row.setSpacing(theme.space(3))
        self._left = QWidget()
        self._left.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._left, 1)
        row.addWidget(self.card)
        row.addWidget(self.log_panel)
        row.addWidget(self.due)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window an open form takes the whole of it, and what is due stands under the list."""
        form = not (self.log_panel.isHidden() and self.card.isHidden())
        wide = self.width() >= NARROW + CALL_WIDTH
        self._hints.set_hints(hints(TODAY if self.card.isHidden() else CALL))
        was_away = self._left.isHidden()
        self._left.setVisible(not form or wide)
        self._place_due(beside=wide)
        self.due.setVisible(not self.due.empty and not (form and wide))
        if was_away and not self._left.isHidden():
            self.first_focus().setFocus()

    def _place_due(self, *, beside: bool) -> None:
        """What is due, in a column of its own or under the list."""
        if beside and self._row.indexOf(self.due) < 0:
            self._column.removeWidget(self.due)
            self._row.addWidget(self.due)
        elif not beside and self._column.indexOf(self.due) < 0:
            self._row.removeWidget(self.due)
            self._column.insertWidget(self._column.indexOf(self.registers), self.due)
        self.due.setMinimumWidth(DUE_WIDTH if beside else 0)
        under = self.theme.space(64 if self.due.asks else 40)
        self.due.setMaximumSize(DUE_WIDTH if beside else WIDEST, WIDEST if beside else under)

    def _connect(self) -> None:
        self.log_panel.closed.connect(self._make_room)
        self.log_panel.saved.connect(self._logged)
        self.card.closed.connect(self._card_closed)
        self.card.recorded.connect(self._recorded)
        self.card.told.connect(self._tell)
        self.card.stepped.connect(self._step)
        self.card.log_asked.connect(self._log_else)
        self.due.asked.connect(self._go_to)
        self._watch.read.connect(self._show_watched)
        self.due.room_changed.connect(self._due_changed)
        self.calling.opened.connect(self._open_line)
        self.calling.key_typed.connect(self._type)
        self.calling.line_left.connect(self.coding.leave)
        self.coding.waiting_changed.connect(self._show_waiting)
        self.coding.finished.connect(self.calling.setFocus)
        self.coding.carried.connect(self._type)
        self.registers.register_opened.connect(self._open_register)
        self._call.clicked.connect(self._call_next)
        self._cases.clicked.connect(lambda: self.shell.go("cases"))

    def _type(self, key: str) -> None:
        line = self.calling.line()
        if line is not None:
            self.coding.type_key(line, key)

    def _show_waiting(self, typed: str) -> None:
        self.calling.waiting = typed
        self.calling.viewport().update()

    def _show_families(self) -> None:
        """The list as it was read last, with the mark where one was called away; the same line stays current."""
        context = self.shell.context
        current, row = self.calling.line(), self.calling.currentIndex().row()
        at = left_at(context) if self.card.family is None else ()
        half_typed = bool(at) and bool(context.store.drafts.get(draft_place(at)))
        words = "▸ You were here, a note half typed" if half_typed else "▸ You were here"
        self.model.show_lines(lines_of(self._families, context.today(), words, at))
        key = current.key if current else next((one.key for one in self.model.lines if one.left), None)
        self.calling.pick(key, row)

    def _open_line(self, line: CallLine) -> None:
        """Enter: what waits is settled first; else the call card of the family opens beside the list."""
        if not self.coding.settle():
            self._open(line.family)

    def _open(self, family: Family) -> None:
        if not may_be_opened(family):
            words = f"Do not call this family: {SEE_DSL}." if family.held else "The office calls the families."
            self.shell.say(words, alarm=True)
            return
        if self.shell.context.store.read_only:
            self.shell.say("This school is open to read only here: nothing can be logged.", alarm=True)
            return
        self.log_panel.close_panel()
        self.card.open_for(family)
        self._at = next((place for place, one in enumerate(self._families) if one.key == family.key), 0)
        keep_left(self.shell.context, family.key)
        line = next((one for one in self.model.lines if one.family.key == family.key), None)
        current = self.calling.line()
        if line is not None and (current is None or current.family.key != family.key):
            self.calling.pick(line.key, 0)
        self._show_families()
        self._make_room()

    def _recorded(self, family: Family, chased: Chased, words: str) -> None:
        """The call is recorded: the next family comes, round the list, till each number was tried once."""
        self.coding.remember(chased.written)
        following = next_to_call(self._families, family.key, self._at)
        if following is None:
            keep_left(self.shell.context, ())
            self.card.close_panel()
            words = f"{words} Nobody waits for a call just now."
        else:
            self._open(following)
        self.shell.say(words)

    def _renew_card(self) -> None:
        """What is known of the family whose card is open is read anew with the list."""
        open_now = self.card.family
        if open_now is None:
            return
        family = next((one for one in self._families if set(one.key) & set(open_now.key)), None)
        if family is not None and may_be_opened(family):
            self.card.renew(family)

    def _card_closed(self) -> None:
        self._show_families()
        self._make_room()

    def _step(self, by: int) -> None:
        """The next family, or the one before; what is typed of this one is kept."""
        open_now = self.card.family
        family = beside(self._families, open_now.key, by) if open_now else None
        if family is not None:
            self._open(family)

    def _log_else(self, family: Family) -> None:
        """Another kind of entry than a call: the log form in place of the card."""
        self.card.close_panel()
        children = tuple(child.pupil for child in family.pupils)
        people = contacts(self.shell.context, [child.id for child in children])
        self.log_panel.open_for(Subject(children, people), person=family.dial.person.id if family.dial else None)
        self._make_room()

    def _logged(self) -> None:
        """Something was logged about the family at hand: one is no longer in the middle of it."""
        keep_left(self.shell.context, ())
        self._show_families()

    def _tell_next(self) -> None:
        """Ctrl+T: the first who must be told today, of the family at hand, was told."""
        line = self.calling.line()
        family = self.card.family or (line.family if line else None)
        untold = [(child.pupil.id, who) for child in (family.pupils if family else ()) for who in child.untold]
        if untold:
            self._tell(*untold[0])
        else:
            self.shell.say("Nobody is left to be told about this family today.")

    def _tell(self, pupil: int, who: str) -> None:
        try:
            _entry, changes = record_told(self.shell.context, pupil, who)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.shell.announce(changes)
        self.shell.say(f"Recorded: the {who} was told.")

    def _go_to(self, line: ToDo) -> None:
        if line.place:
            self.shell.go(line.place, **line.where)
        else:
            self.shell.say(f"{line.what}: {line.more}.")

    def _show_watched(self, found: WatchList) -> None:
        self._watched = found
        self._show_due()
        self._make_room()
        if self._reads_cases():
            self._owing.read(reading_owed(self.shell.context), self._show_owed)

    def _reads_cases(self) -> bool:
        return self.shell.context.may(Right.READ_LOG) and self.shell.context.may(Right.READ_CASE)

    def _show_owed(self, found: tuple[AgendaLine, ...]) -> None:
        self._owed = owed_lines(found, self.shell.context.staff.id)
        self._show_due()
        self._make_room()

    def _show_due(self) -> None:
        """What the morning has to see to, and after it what the watch list said last."""
        context = self.shell.context
        backs_up, reports = context.may(Right.BACK_UP), context.may(Right.READ_LOG) and context.sees_all
        watched = watch_lines(self._watched, backs_up=backs_up, reports=reports) if self._watched else ()
        self.due.show_lines((*self._to_do, *self._owed, *watched))

    def _due_changed(self) -> None:
        self._make_room()
        if self.due.empty:
            self.first_focus().setFocus()

    def _call_next(self) -> None:
        if self.calling.line() is None:
            self.calling.pick(None, 0)
        line = self.calling.line()
        if line is not None:
            self._open_line(line)

    def _open_register(self, state: RegisterState) -> None:
        self.shell.go("registers", class_name=state.class_name, day=state.session.day, half=state.session.half)

    def _minute_passed(self) -> None:
        """Registers grow late by themselves; nothing is read while a code is half given."""
        if self.isVisible() and not self.calling.waiting:
            self.refresh(None)

    def _show_headline(self, morning: Morning) -> None:
        day = morning.now.date()
        self.header.set_title(f"{DAY_NAMES[day.weekday()]} {long_date(day).rsplit(' ', 1)[0]}")
        if morning.session is None:
            self.header.set_subtitle(f"No school: {morning.why_closed}" if morning.why_closed else "No school today")
            return
        self.header.set_subtitle(f"{SESSION_NAMES[morning.session.half]} · {present_words(morning)}")

    def _show_counts(self, morning: Morning) -> None:
        children, called = calling_words(morning)
        self._count.set_text(children)
        self._card.set_aside(called)
        self._list.setCurrentIndex(0 if morning.calling else 1)
        self._call.setEnabled(bool(morning.calling))
        self.done.set_words(*nobody_words(morning))
        self._cases.setText(count_words(morning.cases, "open case", "open cases"))
        self._cases.setVisible(morning.cases > 0)
        self.badge_changed.emit(children.partition(" ")[0])
