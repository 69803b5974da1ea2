"""The form of a formal deed: it asks for what the deed needs, and does nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.actions.formal_page import FormalPage
from desktop_app.actions.leave_beside import due_in
from desktop_app.actions.roll import read_roll
from desktop_app.domain.errors import Refused
from desktop_app.domain.sessions import Session
from desktop_app.rules.leave_days import read_spans
from desktop_app.rules.orders import EXTENDED
from ui.admission.child_form import line_of
from ui.formal.deeds import DEEDS, Asked, Deed, Section, Typed
from ui.formal.saying import items_of, prosecutions
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit, Tick
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

EQUALITY = "A disability of the child or a parent, and what was done about it."


class FormalForm(Card):
    """Shows the deeds of one part; `typed` is what stands in the fields of the chosen one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "What is done")
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self._page: FormalPage | None = None
        self._deeds: tuple[Deed, ...] = ()
        self.deed = Choice(theme)
        self.item, self.state = Choice(theme), Choice(theme)
        self.sessions = LineEdit(theme, "2/11, 3/11 PM, 9/11 to 13/11")
        self.first, self.on = DateEdit(theme, today), DateEdit(theme, today)
        self.received, self.until = DateEdit(theme, today), DateEdit(theme, today)
        self.chase = DateEdit(theme, today)
        self.whose = Choice(theme)
        self.school, self.reference = LineEdit(theme, "Its name"), LineEdit(theme, "may stay empty")
        self.weeks, self.allowed = LineEdit(theme, "6"), LineEdit(theme, "0")
        self.why_not = LineEdit(theme, "Lives abroad, not known to have allowed it …")
        self.words, self.equality = NoteEdit(theme, "", 3), LineEdit(theme, "None known; or which, and what was done")
        self.la_said = LineEdit(theme, "Who said what, on which day")
        self.parents: dict[int, Tick] = {}
        self.texts: list[LineEdit] = []
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.keep = Button(theme, "Record it", key="Ctrl+Enter", primary=True, bind=False)
        self._fields: dict[Asked, QWidget] = {}
        self._parents, self._texts = QVBoxLayout(), QVBoxLayout()
        self._words_field = Field(theme, "Reasons", self.words)
        self._on_field = Field(theme, "On which day", self.on)
        self._build()
        self.deed.currentIndexChanged.connect(self._suit)
        self.state.currentIndexChanged.connect(self._suit_state)

    def show_part(self, page: FormalPage, section: Section, *, same: bool) -> None:
        """Show the deeds of a part; the same part of the same child keeps what is half typed."""
        self._page = page
        if same:
            return
        self._deeds = tuple(one for one in DEEDS if one.section is section)
        self.deed.clear()
        for one in self._deeds:
            self.deed.add(one.title, one)
        self._clear()

    def after(self, page: FormalPage, section: Section) -> None:
        """Empty the form after a deed, and offer what can be done now."""
        self._page = page
        self.show_part(page, section, same=False)

    def chosen(self) -> Deed | None:
        """The deed that is chosen."""
        found = self.deed.value()
        return found if isinstance(found, Deed) else None

    def typed(self) -> Typed:
        """What stands there. Raises `Refused` for what cannot be read."""
        page, deed = self._page, self.chosen()
        if page is None or deed is None:
            raise Refused("Choose what is done.")
        parents = tuple(key for key, tick in self.parents.items() if tick.isChecked())
        why = self.why_not.text().strip()
        return Typed(
            page.notices.pupil.id,
            _chosen(self.item),
            parents,
            {key: why for key in self.parents if key not in parents and why},
            self._sessions(page) if Asked.SESSIONS in deed.asks else (),
            _day(self.first, "From") if Asked.FIRST in deed.asks else None,
            self._day_typed(deed),
            _number(self.weeks, "weeks") if Asked.WEEKS in deed.asks else 0,
            _number(self.allowed, "sessions") if Asked.ALLOWED in deed.asks else 0,
            str(self.state.value() or ""),
            self.words.toPlainText().strip(),
            self.equality.text().strip(),
            self.la_said.text().strip(),
            tuple(one.text().strip() for one in self.texts),
            parent=_chosen(self.whose) or self._prosecuted(page),
            school=self.school.text().strip(),
            reference=self.reference.text().strip(),
            received=_day(self.received, "Received") if self.received.text().strip() else None,
            until=_day(self.until, "Until") if not self._fields[Asked.UNTIL].isHidden() else None,
            chase=self._chase_typed(deed),
        )

    def set_fault(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self.fault.setText(f"⚠ {words}" if words else "")
        self.fault.setVisible(bool(words))

    def _day_typed(self, deed: Deed) -> date | None:
        """The day it was; none where none is filled in and none was typed."""
        if Asked.ON not in deed.asks or (deed.known and not self.on.text().strip()):
            return None
        return _day(self.on, deed.day)

    def _chase_typed(self, deed: Deed) -> date | None:
        """The day on which the answer is asked for; None where the deed has none, or nothing was typed."""
        asked = Asked.CHASE in deed.asks and self.chase.text().strip()
        return _day(self.chase, "Ask for the answer on") if asked else None

    def _prosecuted(self, page: FormalPage) -> int:
        """The parent of the prosecution that is chosen."""
        return next((one.persons[0] for one in prosecutions(page) if one.id == _chosen(self.item)), 0)

    def _sessions(self, page: FormalPage) -> tuple[Session, ...]:
        """The sessions of the days typed that were missed without leave, or all that were due where none was."""
        spans = read_spans(self.sessions.text(), self._shell.context.today())
        with self._shell.context.store.reading() as reading:
            roll = read_roll(reading.book)
        due = {one for span in spans for one in due_in(roll, page.notices.pupil.id, span) if span.covers(one)}
        relied = due & set(page.relied)
        return tuple(sorted(relied or due))

    def _build(self) -> None:
        theme = self._shell.theme
        parents = QWidget()
        inner = QVBoxLayout(parents)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Label(theme, "Which parents: each, or it is said why not", TextRole.SECONDARY_STRONG, "second"))
        inner.addLayout(self._parents)
        self._why_not = Field(theme, "Why whoever is not ticked is left out", self.why_not)
        inner.addWidget(self._why_not)
        texts = QWidget()
        self._texts = QVBoxLayout(texts)
        self._texts.setContentsMargins(0, 0, 0, 0)
        numbers = QWidget()
        self._weeks_field = Field(theme, "School weeks", self.weeks)
        pair = line_of(theme, self._weeks_field, Field(theme, "Sessions allowed", self.allowed))
        pair.setContentsMargins(0, 0, 0, 0)
        numbers.setLayout(pair)
        self._allowed = self.allowed.parentWidget()
        self._fields = {
            Asked.ITEM: Field(theme, "Which one", self.item),
            Asked.STATE: Field(theme, "What it is", self.state),
            Asked.PARENTS: parents,
            Asked.SESSIONS: Field(theme, "For which days", self.sessions),
            Asked.FIRST: Field(theme, "From", self.first),
            Asked.WEEKS: numbers,
            Asked.TEXTS: texts,
            Asked.LA_SAID: Field(theme, "What the authority said", self.la_said),
            Asked.EQUALITY: Field(theme, "Thought of under the Equality Act 2010", self.equality, EQUALITY),
            Asked.ON: self._on_field,
            Asked.PARENT: Field(theme, "Which parent: each has their own", self.whose),
            Asked.SCHOOL: Field(theme, "Which school", self.school),
            Asked.REFERENCE: Field(theme, "The authority’s reference", self.reference),
            Asked.RECEIVED: Field(theme, "Received by the parent", self.received, "Empty: not known."),
            Asked.UNTIL: Field(theme, "Until which day", self.until, "By three years at most."),
            Asked.CHASE: Field(theme, "Ask for the answer on", self.chase, "Empty: no task is made."),
        }
        self.body.addWidget(Field(theme, "Deed", self.deed))
        for key in Asked:
            if key is Asked.WORDS:
                self.body.addWidget(self._words_field)
            elif key in self._fields:
                self.body.addWidget(self._fields[key])
        self.body.addWidget(self.fault)
        self.body.addWidget(self.keep)
        self.body.addStretch(1)
        for choice in (self.deed, self.item, self.state, self.whose):
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _clear(self) -> None:
        for line in (
            *(self.sessions, self.why_not, self.equality, self.la_said, self.weeks, self.allowed),
            *(self.school, self.reference, self.received, self.until, self.chase),
        ):
            line.clear()
        self.words.clear()
        self._suit()

    def _suit(self) -> None:
        """Ask only for what the deed needs, with what is known filled in."""
        page, deed = self._page, self.chosen()
        if page is None or deed is None:
            return
        self.set_fault("")
        for key, field in self._fields.items():
            field.setVisible(key in deed.asks)
        self._words_field.setVisible(Asked.WORDS in deed.asks)
        self._words_field.label.setText(deed.words)
        self._weeks_field.label.setText(deed.weeks)
        if self._allowed is not None:
            self._allowed.setVisible(Asked.ALLOWED in deed.asks)
        self._fill_choices(page, deed)
        self._fill_parents(page)
        self._fill_texts(page, deed)
        today = self._shell.context.today()
        self.on.set_date(None if deed.known else today)
        self._on_field.label.setText(deed.day)
        plan = page.plan if Asked.ALLOWED in deed.asks else None
        self.first.set_date(plan.period.first if plan else today)
        weeks = plan.period.weeks if plan else page.contract_weeks
        self.weeks.setText(str(weeks))
        self.allowed.setText(str(plan.sufficient.allowed) if plan else "0")
        days = dict.fromkeys(one.day for one in page.relied)
        self.sessions.setText(", ".join(f"{day.day}/{day.month}/{day.year}" for day in days))

    def _fill_choices(self, page: FormalPage, deed: Deed) -> None:
        self.item.clear()
        for number, words in items_of(page, deed.section, deed.about) if Asked.ITEM in deed.asks else ():
            self.item.add(words, number)
        self.whose.clear()
        for one in page.notices.parents if Asked.PARENT in deed.asks else ():
            self.whose.add(one.name, one.parent)
        self.state.clear()
        states: Sequence[tuple[str, str]] = deed.states or page.referrals
        for value, words in states if Asked.STATE in deed.asks else ():
            self.state.add(words, value)

    def _suit_state(self) -> None:
        """A new last day is asked where an order is extended, and nowhere else."""
        deed = self.chosen()
        asks = deed is not None and Asked.UNTIL in deed.asks
        self._fields[Asked.UNTIL].setVisible(asks and self.state.value() == EXTENDED)

    def _fill_parents(self, page: FormalPage) -> None:
        _empty(self._parents)
        self.parents = {}
        for one in page.notices.parents:
            tick = Tick(self._shell.theme, one.name, ticked=True)
            tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            tick.toggled.connect(self._one_left_out)
            self.parents[one.parent] = tick
            self._parents.addWidget(tick)
        self._one_left_out()

    def _one_left_out(self) -> None:
        self._why_not.setVisible(any(not tick.isChecked() for tick in self.parents.values()))

    def _fill_texts(self, page: FormalPage, deed: Deed) -> None:
        _empty(self._texts)
        self.texts = []
        if Asked.TEXTS not in deed.asks:
            return
        improving = Asked.ALLOWED in deed.asks
        titles = page.plan.contents if improving and page.plan else () if improving else page.contract_parts
        for title in titles:
            line = LineEdit(self._shell.theme)
            field = Field(self._shell.theme, title[:1].upper() + title[1:], line)
            field.label.setWordWrap(True)
            self.texts.append(line)
            self._texts.addWidget(field)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _chosen(choice: Choice) -> int:
    value = choice.value()
    return value if isinstance(value, int) else 0


def _day(editor: DateEdit, words: str) -> date:
    found = editor.date()
    if found is None:
        raise Refused(f"{words}: that is not a day. Write it as 24/11/2026.")
    return found


def _number(editor: LineEdit, what: str) -> int:
    typed = editor.text().strip()
    if not (typed.isascii() and typed.isdigit()):
        raise Refused(f"“{typed}” is not a number of {what}.")
    return int(typed)
