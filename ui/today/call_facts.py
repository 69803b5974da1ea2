"""What a call card shows of a family: the children, whom to call at which number, what must not be said, who must be
told, and what was tried already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.actions.calling import CallPupil, Family
from desktop_app.rules.chasing import Dial
from desktop_app.rules.display import date_seen_from
from ui.parts.buttons import Button
from ui.parts.inputs import Tick
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

TRIED_SHOWN = 6
TELL_KEY = "Ctrl+T"
MUST_NOT = ("do not say why you call", "leave no message")
"""The cautions that forbid something."""


class CallFacts(QWidget):
    """It is filled anew for each family. Which children the reason is about is ticked here, where there are several."""

    dial_chosen = Signal(int)
    """The place of another number, from 1."""
    told = Signal(int, str)
    """Somebody was told of a child: the child, and who was."""
    ticked = Signal()

    def __init__(self, theme: Theme, width: int) -> None:
        super().__init__()
        self._theme = theme
        self._width = width
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(1))
        self._parts: list[QWidget] = []
        self.ticks: dict[int, Tick] = {}
        self.number = Label(theme, "", TextRole.BIG)
        self.number.let_select()
        self.number.setAccessibleName("Number to dial")
        self.number.hide()

    @property
    def left_out(self) -> tuple[int, ...]:
        """The children whose tick was taken away."""
        return tuple(key for key, tick in self.ticks.items() if not tick.isChecked())

    def show_family(self, family: Family, dial: Dial | None, today: date, left_out: Collection[int]) -> None:
        """Show the family, and the number that is being dialled."""
        self._clear()
        self._show_children(family, dial, today, left_out)
        if family.silence:
            self._say(f"⚠ {family.silence}", TextRole.STRONG, "alarm")
        self._show_dial(dial)
        if family.dials.barred:
            self._say(f"⚠ Not to be called: {', '.join(family.dials.barred)}", TextRole.STRONG, "alarm")
        if family.hint:
            self._say(family.hint, TextRole.SECONDARY_STRONG, "ink")
        self._show_other_numbers(family, dial)
        self._show_tellings(family)

    def _clear(self) -> None:
        self._column.removeWidget(self.number)
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        self.ticks = {}

    def _add(self, part: QWidget) -> None:
        self._column.addWidget(part)
        self._parts.append(part)
        part.show()  # a widget added to a visible parent stays hidden until it is told

    def _say(self, words: str, role: TextRole, ink: str) -> None:
        self._add(Label(self._theme, words, role, ink, wrap=True))

    def _show_children(self, family: Family, dial: Dial | None, today: date, left_out: Collection[int]) -> None:
        about = dial.about if dial else family.key
        for child in family.pupils:
            words = f"{child.pupil.list_name} {child.class_name} · {_absences(child, today)}"
            if len(family.pupils) == 1:
                self._say(words, TextRole.STRONG, "ink")
            else:
                self._add(self._tick(child, words, on=child.pupil.id in about and child.pupil.id not in left_out))
                self.ticks[child.pupil.id].setEnabled(child.pupil.id in about)
            if child.gone:
                self._say(f"▸ {child.gone[:1].upper()}{child.gone[1:]}", TextRole.SECONDARY_STRONG, "ink")
            if child.first_because:
                self._say(f"▲ {' · '.join(child.first_because)}", TextRole.SECONDARY_STRONG, "alarm")

    def _tick(self, child: CallPupil, words: str, *, on: bool) -> Tick:
        tick = Tick(self._theme, words, ticked=on)
        tick.setToolTip(words)
        tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        tick.toggled.connect(lambda _on: self.ticked.emit())
        self.ticks[child.pupil.id] = tick
        return tick

    def _show_tellings(self, family: Family) -> None:
        several = len(family.pupils) > 1
        first = True
        for child in family.pupils:
            of_whom = f" of {child.pupil.forename}" if several else ""
            for who in child.told:
                self._say(f"✓ The {who}{of_whom} was told today", TextRole.SECONDARY_STRONG, "good")
            for who in child.untold:
                button = Button(self._theme, f"Told the {who}{of_whom}", key=TELL_KEY if first else "", bind=False)
                button.setAccessibleName(f"To be told today: the {who}{of_whom}. Press when it is done")
                button.clicked.connect(lambda _=False, child=child.pupil.id, who=who: self.told.emit(child, who))
                if first:
                    self._say("⚠ To be told today", TextRole.SECONDARY_STRONG, "alarm")
                first = False
                self._add(button)

    def _show_dial(self, dial: Dial | None) -> None:
        if dial is None:
            self.number.hide()
            self._say("⚠ Nobody with a number to call", TextRole.CARD_TITLE, "alarm")
            return
        who = " · ".join(part for part in (dial.person.formal_name, dial.relation) if part)
        count = f"number {dial.position} of {dial.of}" if dial.of > 1 else ""
        self._say(who, TextRole.CARD_TITLE, "ink")
        value = dial.channel.value
        fits = self._theme.metrics(TextRole.BIG).horizontalAdvance(value) <= self._width
        self.number.set_role(TextRole.BIG if fits else TextRole.PAGE_TITLE)
        self.number.setText(value)
        self._column.addWidget(self.number)
        self.number.show()
        again = "each number was tried: this one longest ago" if dial.tried else ""
        beside = " · ".join(part for part in (dial.channel.label, count, again) if part)
        if beside:
            self._say(beside, TextRole.SECONDARY, "second")
        said = [f"▸ {words[:1].upper()}{words[1:]}" for words in dial.cautions if words not in MUST_NOT]
        forbidden = [f"⚠ {words[:1].upper()}{words[1:]}" for words in dial.cautions if words in MUST_NOT]
        for words, ink in ((said, "ink"), (forbidden, "alarm")):
            if words:
                self._say("  ".join(words), TextRole.STRONG, ink)

    def _show_other_numbers(self, family: Family, dial: Dial | None) -> None:
        for other in family.dials.numbers:
            if dial is None or other.channel.id == dial.channel.id:
                continue
            tried = " · tried" if other.tried else ""
            words = f"{other.channel.value} {other.person.formal_name}{tried}"
            key = str(other.position) if other.position < 10 else ""
            room = self._width - self._theme.space(16)
            shown = self._theme.metrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            button = Button(self._theme, shown, key=key, bind=False)
            button.setAccessibleName(f"Dial instead: {words}")
            button.setToolTip(words)
            button.clicked.connect(lambda _=False, place=other.position: self.dial_chosen.emit(place))
            self._add(button)


def _absences(child: CallPupil, today: date) -> str:
    """The days without a reason, newest first, today said as such."""
    ordered = sorted(child.sessions, key=lambda one: (-one.day.toordinal(), one.half.ordinal))
    days: Mapping[date, str] = {
        day: " ".join(one.half.value for one in some) for day, some in groupby(ordered, key=lambda one: one.day)
    }
    return ", ".join(
        f"{'Today' if day == today else date_seen_from(day, today)} {halves}" for day, halves in days.items()
    )


def tried_words(family: Family) -> str:
    """What was done about the absence, a line each, the newest first."""
    shown = list(family.tried[:TRIED_SHOWN]) or ["Not called yet."]
    more = len(family.tried) - TRIED_SHOWN
    return "\n".join([*shown, f"and {more} more: F2 opens the child’s page"] if more > 0 else shown)
