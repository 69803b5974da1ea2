"""Roll over to a new school year: where each class goes, who leaves and on what ground, all seen before it is done."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.rollover import class_groups, last_day, leavers_grounds, preview_rollover, roll_over
from desktop_app.domain.admission import Rollover
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Ground
from desktop_app.domain.sessions import school_year_end
from desktop_app.rules.display import date_year
from desktop_app.rules.leaving import Answers
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.admission.child_form import line_of
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.cards_scroll import CardsScroll
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit, Tick
from ui.parts.text import Label
from ui.rollover.groups import GroupsEditor
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

ONE_DAY = timedelta(days=1)
SUBTITLE = "Last year’s marks and figures stay with last year’s classes"
AGAIN = "Ctrl+Enter again does it, all at once."
UNTICKED = "Who is not ticked stays as they are, to be dealt with on their own page."


class RolloverPage(Page):
    """What would come of it stands at the right and follows each key; Ctrl+Enter twice does it."""

    place: ClassVar[str] = "new-year"
    help_section: ClassVar[str] = "admission"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme, today = self.theme, shell.context.today
        self.first, self.last = DateEdit(theme, today), DateEdit(theme, today)
        self.groups = GroupsEditor(theme)
        self.ground = Choice(theme)
        self.asks: list[Tick] = []
        self.leavers: dict[int, Tick] = {}
        self.moving = Label(theme, "", wrap=True)
        self.starting = Label(theme, "", wrap=True)
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.button = Button(theme, "Roll over", key="Ctrl+Enter", primary=True, bind=False)
        self._ready: tuple[object, ...] | None = None
        self._build()
        self._fill()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book:
            self._read()

    def show_at(self, **where: object) -> None:
        del where
        self._read()

    def first_focus(self) -> QWidget:
        return self.first

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("pupils")
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cards.fit(self.width())

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        header = PageHeader(theme, "Roll over to a new school year", SUBTITLE)
        self._cards = CardsScroll(theme, header, (self._when_card(), self._classes_card()), self._preview_card())
        foot = QHBoxLayout()
        foot.setContentsMargins(space(5), 0, space(5), 0)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.button)
        under = QHBoxLayout()
        under.setContentsMargins(space(5), 0, space(5), 0)
        under.addWidget(KeyHints(theme, hints(keys.NEW_YEAR)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, space(2))
        whole.setSpacing(space(2))
        whole.addWidget(self._cards, 1)
        whole.addLayout(foot)
        whole.addLayout(under)

    def _when_card(self) -> Card:
        theme = self.theme
        card = Card(theme, "When")
        first = Field(theme, "First day of the new year", self.first)
        card.body.addLayout(line_of(theme, first, Field(theme, "Last day of the leavers", self.last)))
        return card

    def _classes_card(self) -> Card:
        card = Card(self.theme, "Where each class goes", "typed over what is offered")
        card.body.addWidget(self.groups)
        return card

    def _preview_card(self) -> Card:
        theme = self.theme
        card = Card(theme, "What would come of it")
        self._asks, self._leavers = QVBoxLayout(), QVBoxLayout()
        for column in (self._asks, self._leavers):
            column.setSpacing(0)
        self._going = QWidget()
        going = QVBoxLayout(self._going)
        going.setContentsMargins(0, 0, 0, 0)
        going.setSpacing(theme.space(2))
        going.addWidget(Field(theme, "They leave on the ground", self.ground))
        going.addLayout(self._asks)
        going.addLayout(self._leavers)
        going.addWidget(Label(theme, UNTICKED, TextRole.SECONDARY, "second", wrap=True))
        for words, widget in (("Move up", self.moving), ("Start", self.starting), ("Leave", self._going)):
            card.body.addWidget(Label(theme, words, TextRole.SECONDARY_STRONG, "second"))
            card.body.addWidget(widget)
        self.nobody_leaves = Label(theme, "Nobody.")
        card.body.insertWidget(card.body.indexOf(self._going), self.nobody_leaves)
        card.body.addStretch(1)
        return card

    def _fill(self) -> None:
        context = self.shell.context
        for ground in leavers_grounds(context):
            self.ground.add(ground.title, ground)
        self.ground.setCurrentIndex(0)
        end = school_year_end(context.today())
        self.first.set_date(end + ONE_DAY)
        self.last.set_date(last_day(context, end + ONE_DAY))
        self._show_asks()

    def _connect(self) -> None:
        self.button.clicked.connect(self._do)
        self.first.date_changed.connect(lambda _: self._read())
        self.groups.changed.connect(self._preview)
        self.ground.currentIndexChanged.connect(self._show_asks)
        on_chord(self, "Ctrl+Return", self._do)

    def _read(self) -> None:
        first = self.first.date()
        if first is not None:
            self.groups.show_groups(class_groups(self.shell.context, first))
            self._preview()

    def _preview(self) -> None:
        first = self.first.date()
        if first is None:
            return
        self._ready = None
        try:
            found = preview_rollover(self.shell.context, first, self.groups.where())
        except Refused as refused:
            self._say(words_of(refused), "⚠")
            return
        self._say("", "")
        counts = Counter((name, to.class_name, to.year) for _, name, to in found.moving)
        order = list(self.groups.where())
        moves = sorted(counts.items(), key=lambda item: [name for name, _ in order].index(item[0][0]))
        lines = [f"{number} from {old} to {new}, year {year}" for (old, new, year), number in moves]
        self.moving.setText("\n".join(lines) or "Nobody.")
        self.starting.setText(
            "\n".join(f"{one.list_name}, {date_year(one.starting_day)}" for one in found.starting)
            or "Nobody yet. Admit a pupil with a starting day from then on, before or after."
        )
        self._show_leavers(found)

    def _show_leavers(self, found: Rollover) -> None:
        kept = {key for key, tick in self.leavers.items() if not tick.isChecked()}
        self._empty(self._leavers)
        self.leavers = {}
        for child, name in found.leaving:
            tick = Tick(self.theme, f"{child.list_name}, {name}", ticked=child.id not in kept)
            tick.toggled.connect(self._unready)
            self.leavers[child.id] = tick
            self._leavers.addWidget(tick)
        self._order_tabs()
        self._going.setVisible(bool(found.leaving))
        self.nobody_leaves.setVisible(not found.leaving)

    def _show_asks(self) -> None:
        self._empty(self._asks)
        ground = self.ground.value()
        asks = ground.asks if isinstance(ground, Ground) else ()
        self.asks = [Tick(self.theme, f"Of each of them: {ask[0].lower()}{ask[1:]}") for ask in asks]
        for tick in self.asks:
            tick.setToolTip(tick.text())
            tick.toggled.connect(self._unready)
            self._asks.addWidget(tick)
        self._order_tabs()
        self._unready()

    def _order_tabs(self) -> None:
        """Tab goes down the page, though its lines and ticks are made anew."""
        following = [self.first, self.last, *self.groups.inputs(), self.ground, *self.asks, *self.leavers.values()]
        for before, after in pairwise([*following, self.button]):
            QWidget.setTabOrder(before, after)

    def _unready(self) -> None:
        self._ready = None

    def _empty(self, column: QVBoxLayout) -> None:
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _do(self) -> None:
        """Say once more what it is, and the second time do it."""
        context, first, last = self.shell.context, self.first.date(), self.last.date()
        ground = self.ground.value()
        if first is None or last is None or not isinstance(ground, Ground):
            self._say("First day and last day: write them as 01/09/2027.", "⚠")
            return
        where, staying = self.groups.where(), {key for key, tick in self.leavers.items() if not tick.isChecked()}
        answered = frozenset(ask for ask, tick in zip(ground.asks, self.asks, strict=True) if tick.isChecked())
        try:
            context.require(Right.ADMIT)
            asked = (first, last, ground.key, answered, tuple(where.items()), tuple(sorted(staying)))
            if self._ready != asked:
                self._say(f"{_sum_words(preview_rollover(context, first, where, staying), last)} {AGAIN}", "")
                self._ready = asked
                return
            done, changes = roll_over(context, first, where, ground.key, Answers(last, answered), staying)
        except Refused as refused:
            self._ready = None
            self._say(words_of(refused), "⚠")
            self.shell.say(words_of(refused), alarm=True)
            return
        self.shell.announce(changes)
        self._say(f"Done. {_sum_words(done, last)}", "✓")
        self.shell.say(f"Rolled over to the year that begins on {date_year(first)}.")

    def _say(self, words: str, sign: str) -> None:
        self.said.set_ink("alarm" if sign == "⚠" else "ink")
        self.said.setText(f"{sign} {words}".strip())
        self.said.setAccessibleName(words)


def _sum_words(found: Rollover, last: date) -> str:
    moving = count_words(len(found.moving), "child moves", "children move")
    leaving = count_words(len(found.leaving), "leaves", "leave")
    starting = count_words(len(found.starting), "starts", "start")
    after = f" after {date_year(last)}" if found.leaving else ""
    staying = f", {count_words(len(found.staying), 'stays', 'stay')} as they are" if found.staying else ""
    return f"{moving} on {date_year(found.first)}, {leaving}{after}, {starting}{staying}."
