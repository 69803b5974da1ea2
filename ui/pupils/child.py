"""The page of one pupil: who, the number and what is behind it, every session of the year, people, chronology."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.explain import explain
from desktop_app.actions.figures import Grouping
from desktop_app.actions.next_steps import next_steps
from desktop_app.actions.pupils import PupilPage
from desktop_app.actions.targets import target_state
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.people import Answer, FlagKind
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import long_date, percent
from desktop_app.rules.groups import flag_words
from ui.explain.view import Explanation
from ui.keys import CHRONOLOGY, PUPIL, hints
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.chip import FlagChip
from ui.parts.empty import EmptyState
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.scroll import slim_bars
from ui.parts.text import ElidedLabel
from ui.pupils.beside import Beside
from ui.pupils.chronology_model import ChronologyModel, lines_of
from ui.pupils.chronology_view import ChronologyView
from ui.pupils.contacts_card import WIDTH as CONTACTS_WIDTH, ContactsCard
from ui.pupils.entry_words import Said, said_of
from ui.pupils.figures_card import WIDTH as FIGURES_WIDTH, FiguresCard
from ui.pupils.ready import may_change
from ui.pupils.year_model import YearModel
from ui.pupils.year_view import YearView
from ui.runner import words_of
from ui.shell import Shell

NARROW = 640
"""Below this width, in device-independent pixels, cards stand one below the other."""
QWIDGETSIZE_MAX = 16_777_215
GRAVE = (FlagKind.CHILD_PROTECTION,)
"""Flags that must not be overlooked."""


class ChildView(QWidget):
    """Shows a `PupilPage`; `left` says that the list was asked for again."""

    left = Signal()
    entry_asked = Signal(object)
    """An entry was asked for in full."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.page: PupilPage | None = None
        self.said = Said()
        self.header = PageHeader(theme)
        self._flags = QHBoxLayout()
        self.figures = FiguresCard(theme)
        self.year_model = YearModel(self)
        self.year = YearView(theme, shell.context.rulebook.codes, self.year_model)
        self.explanation = Explanation(theme)
        self.chronology_model = ChronologyModel(self)
        self.chronology = ChronologyView(theme, self.chronology_model)
        self.contacts = ContactsCard(theme)
        self.beside = Beside(shell)
        self.log_panel, self.amend_panel = self.beside.log, self.beside.amend
        self._year_card = Card(theme, "The year, every session", flush=True)
        self._picked = ElidedLabel(theme, "", ink="second")
        self._behind = QStackedLayout()
        self._chronology_card = Card(theme, "Chronology", flush=True)
        self._build()
        self._connect()

    def show_page(self, page: PupilPage) -> None:
        """Show this pupil. The same pupil again keeps the session and the entry that were picked."""
        session, entry = self.year.picked(), self.chronology.entry()
        same = self.page is not None and self.page.pupil.id == page.pupil.id
        if not same:
            self.explain(show=False)
        self.beside.show_page(page, same=same)
        self.page = page
        self._show_name(page)
        self.figures.show_page(page)
        self._show_steps(page)
        if self.explaining:
            self.explain(show=True)
        self.contacts.show_people(page.contacts, page.siblings)
        self.year_model.show_days(page.days)
        self.said = said_of(self._shell.context, page)
        self.chronology_model.show_lines(lines_of(page.chronology, self._shell.context.today().year, self.said))
        self._restricted.setVisible(self._shell.context.store.opens_sealed)
        count = len(page.chronology)
        self._chronology_card.set_aside(f"{count} {'entry' if count == 1 else 'entries'}" if count else "")
        self._written.setCurrentIndex(0 if count else 1)
        if same and session is not None:
            self.year.show_session(session)
        else:
            self.year.show_newest()
        if same and entry is not None:
            self.chronology.pick(entry.id)

    def _show_steps(self, page: PupilPage) -> None:
        context = self._shell.context
        target = target_state(context, page.pupil.id, context.today())
        self.figures.show_steps(target, next_steps(context, page.pupil.id) if context.may(Right.READ_LOG) else None)

    def first_focus(self) -> QWidget:
        """The chronology, where most is read and done; where it is empty, the year."""
        return self.chronology if self.chronology_model.rowCount() else self.year

    def log(self) -> None:
        """Open the log form about this pupil."""
        self.beside.ask("l")

    def event(self, event: QEvent) -> bool:
        """F7 plans for this child: the menu, which has that key too, knows of none."""
        asked = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.ShortcutOverride and asked == Qt.Key.Key_F7:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif event.key() == Qt.Key.Key_F4:
            self.explain(show=not self.explaining)
        elif event.key() == Qt.Key.Key_F7 and self.page is not None:
            self._shell.go("plan", pupil=self.page.pupil.id)
        elif letter == "c":
            self._go_to_case()
        elif letter == "x" and not event.modifiers():
            self._go_to_formal()
        elif letter == "v" and not event.modifiers():
            self._go_to_leave()
        elif letter == "b" and not event.modifiers():
            self._go_to_letters()
        elif letter == "h" and not event.modifiers():
            self._go_to_changes()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self.beside.ask(letter):
            super().keyPressEvent(event)

    @property
    def explaining(self) -> bool:
        """Whether the codes behind the figures are shown instead of the year."""
        return self._behind.currentWidget() is self.explanation

    def _back(self) -> None:
        """One step back: out of the open form, from the explanation to the year, then to the list."""
        if self.beside.is_open:
            self.beside.close_all()
        elif self.explaining:
            self.explain(show=False)
        else:
            self.left.emit()

    def _build(self) -> None:
        theme = self._shell.theme
        case = Button(theme, "Case", key="C", bind=False)
        case.clicked.connect(self._go_to_case)
        log = Button(theme, "Log", key="L", primary=True, bind=False)
        log.clicked.connect(self.log)
        particulars = Button(theme, "Particulars", key="P", bind=False)
        particulars.clicked.connect(lambda: self.beside.ask("p"))
        for words, letter in (("Each", "E"), ("Change", "K")):
            people = Button(theme, words, key=letter, bind=False)
            people.clicked.connect(lambda _=False, key=letter: self.beside.ask(key.lower()))
            self.contacts.add_action(people)
        weekly = Button(theme, "Timetable", key="T", bind=False)
        weekly.clicked.connect(lambda: self.beside.ask("t"))
        planned = Button(theme, "Planned", key="D", bind=False)
        planned.clicked.connect(lambda: self.beside.ask("d"))
        for button in (planned, weekly):
            self._year_card.add_action(button)
        for button in (particulars, case, log):
            self.header.add_action(button)
        self._flags.setSpacing(theme.space(2))
        self._flags.setContentsMargins(0, 0, 0, 0)
        self._flag_row = QWidget()
        self._flag_row.setLayout(self._flags)
        self.header.add_before_subtitle(self._flag_row)
        inside = QWidget()
        column = QVBoxLayout(inside)
        side, gap = theme.space(5), theme.space(3)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(gap)
        column.addWidget(self.header)
        column.addLayout(self._upper(gap))
        column.addLayout(self._lower(gap), 1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        slim_bars(scroll, theme, "page")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.foot = KeyHints(theme, hints((*PUPIL, *CHRONOLOGY)))
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(scroll, 1)
        under = row_of(self.foot)
        under.setContentsMargins(side, theme.space(1), side, theme.space(2))
        main.addLayout(under)
        whole.addWidget(self._main, 1)
        whole.addWidget(self.beside)

    def _upper(self, gap: int) -> Columns:
        theme = self._shell.theme
        behind = QWidget()
        behind.setLayout(self._behind)
        year = QWidget()
        inner = QVBoxLayout(year)
        pad = theme.space(3.5)
        inner.setContentsMargins(pad, theme.space(1.5), pad, theme.space(2))
        inner.addWidget(self.year)
        inner.addWidget(self._picked)
        inner.addStretch(1)
        self._behind.addWidget(year)
        self._behind.addWidget(self.explanation)
        self._year_card.body.addWidget(behind, 1)
        under = row_of(*self._about_the_year())
        under.setContentsMargins(pad, 0, pad, theme.space(3))
        self._year_card.body.addLayout(under)
        self._above = Columns(gap, NARROW)
        self._above.addWidget(self.figures)
        self._above.addWidget(self._year_card, 1)
        return self._above

    def _about_the_year(self) -> tuple[Button, ...]:
        theme = self._shell.theme
        explain = Button(theme, "Explain", key="F4", bind=False)
        ahead = Button(theme, "Look ahead", key="F", bind=False)
        patterns = Button(theme, "Patterns", key="Y", bind=False)
        explain.clicked.connect(lambda: self.explain(show=not self.explaining))
        ahead.clicked.connect(lambda: self.beside.ask("f"))
        patterns.clicked.connect(lambda: self.beside.ask("y"))
        return explain, ahead, patterns

    def _lower(self, gap: int) -> Columns:
        theme = self._shell.theme
        written = QWidget()
        self._written = QStackedLayout(written)
        self._written.addWidget(self.chronology)
        nothing = EmptyState(theme, "letter", "Nothing logged yet", "L logs a call, a letter, a meeting or a visit.")
        self._written.addWidget(nothing)
        self._chronology_card.body.addWidget(written)
        self._chronology_card.setMinimumHeight(theme.space(45))
        self._restricted = Button(theme, "Restricted notes …")
        self._restricted.clicked.connect(self.beside.show_restricted)
        self._restricted.hide()
        self._chronology_card.add_action(self._restricted)
        self._below = Columns(gap, NARROW)
        self._below.addWidget(self._chronology_card, 1)
        self._below.addWidget(self.contacts)
        return self._below

    def _connect(self) -> None:
        self.figures.steps_asked.connect(lambda: self.beside.ask("n"))
        self.figures.target_asked.connect(lambda: self.beside.ask("o"))
        self.figures.explain_asked.connect(lambda: self.explain(show=not self.explaining))
        self.beside.habits.picked.connect(self.year.show_marked)
        self.beside.habits.session_asked.connect(self._open_register)
        self.year.session_picked.connect(self._picked.setText)
        self.year.session_opened.connect(self._open_register)
        self.contacts.sibling_asked.connect(lambda pupil: self._shell.go("pupils", pupil=pupil))
        self.chronology.open_asked.connect(self.entry_asked)
        self.chronology.add_asked.connect(self.beside.add_to)
        self.chronology.withdraw_asked.connect(self._withdraw)
        self.beside.turned.connect(self._make_room)
        self.beside.saved.connect(self._show_entry)

    def _show_entry(self, entry: int) -> None:
        self.chronology.setFocus()
        self.chronology.pick(entry)

    def _withdraw(self, entry: object) -> None:
        self.beside.amend_entry(entry, withdraw=True)  # pyright: ignore[reportArgumentType]

    def _make_room(self) -> None:
        """A form takes the place of the contacts, whom it names itself."""
        open_form = self.beside.is_open
        was_away = self._main.isHidden()
        self.beside.setVisible(open_form)
        self.contacts.setVisible(not open_form)
        self._main.setVisible(not open_form or self.width() >= NARROW + self.beside.wide)
        side, foot = self._shell.theme.space(5), self._shell.theme.space(2)
        self.beside.setContentsMargins(side if self._main.isHidden() else 0, side, side, foot)
        if was_away and not self._main.isHidden():
            self.first_focus().setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self._above.fit(self.width())
        self._below.fit(self.width())
        for card, width in ((self.figures, FIGURES_WIDTH), (self.contacts, CONTACTS_WIDTH)):
            card.setMaximumWidth(QWIDGETSIZE_MAX if stacked else width)
        self.contacts.setMinimumHeight(self._shell.theme.space(50) if stacked else 0)
        self._make_room()

    def explain(self, *, show: bool) -> None:
        """Show how the number is reached, or the year again."""
        page = self.page
        if show and page is not None:
            found = explain(self._shell.context, Grouping.PUPIL, str(page.pupil.id), page.year_first, page.until)
            self.explanation.show_explained(found)
        self._behind.setCurrentIndex(1 if show else 0)
        self._year_card.set_title("How the number is reached" if show else "The year, every session")
        if show:
            self.explanation.table.setFocus()
        elif self.explanation.table.hasFocus():
            self.year.setFocus()

    def _open_register(self, session: Session) -> None:
        if self.page is not None:
            where = {"class_name": self.page.class_name, "pupil": self.page.pupil.id}
            self._shell.go("registers", **where, day=session.day, half=session.half)

    def _go_to_changes(self) -> None:
        if self.page is None:
            return
        try:
            self._shell.context.require(Right.READ_HISTORY)
        except NotAllowed as refused:
            self._shell.say(words_of(refused), alarm=True)
            return
        self._shell.go("changes", pupil=self.page.pupil.id, name=self.page.pupil.name)

    def _go_to_leave(self) -> None:
        if self.page is None:
            return
        try:
            self._shell.context.require(Right.READ_LOG)
        except NotAllowed as refused:
            self._shell.say(words_of(refused), alarm=True)
            return
        self._shell.go("leave", pupil=self.page.pupil.id)

    def _go_to_formal(self) -> None:
        if self.page is None:
            return
        try:
            self._shell.context.require(Right.READ_CASE)
        except NotAllowed as refused:
            self._shell.say(words_of(refused), alarm=True)
            return
        self._shell.go("formal", pupil=self.page.pupil.id)

    def _go_to_case(self) -> None:
        if self.page is not None:
            self._shell.go("cases", pupil=self.page.pupil.id)

    def _go_to_letters(self) -> None:
        if self.page is not None and may_change(self._shell, Right.LOG):
            self._shell.go("letters", pupils=(self.page.pupil.id,), source="From the child’s page")

    def _show_name(self, page: PupilPage) -> None:
        where = [f"Class {page.class_name}" if page.class_name else "", f"Year {page.year}" if page.year else ""]
        born = f"born {long_date(page.pupil.date_of_birth)}"
        self.header.set_title(page.pupil.name, " · ".join(part for part in [*where, born] if part))
        while (item := self._flags.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.hide()
                chip.deleteLater()
        for flag in page.flags:
            self._flags.addWidget(FlagChip(self._shell.theme, flag_words(flag), alarm=flag.kind in GRAVE))
        self._flag_row.setVisible(bool(page.flags))
        self.header.set_subtitle(family_words(page))


def family_words(page: PupilPage) -> str:
    """Siblings with class and figure, and with whom the child lives, on one line."""
    said = [f"{one.pupil.forename}, {one.class_name} ({percent(one.figures.attendance)})" for one in page.siblings]
    words = [f"Sibling{'s' if len(said) > 1 else ''} {', '.join(said)}"] if said else []
    home = [card.person.formal_name for card in page.contacts if card.tie.lives_with is Answer.YES]
    if home:
        words.append(f"lives with {' and '.join(home)}")
    if page.pupil.leaving_day is not None:
        words.append(f"last day on roll {long_date(page.pupil.leaving_day)}")
    return " · ".join(words)
