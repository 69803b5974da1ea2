"""The sessions that the certificate relies on: each unauthorised one of the period, ticked or not by the space bar."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.bundle import BundlePlan
from desktop_app.domain.evidence import Reliable
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import date_year, half_words, short_date
from ui.case_keys import RELIED
from ui.keys import hints
from ui.parts.card import Card
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.lines import LinesModel, OpeningView
from ui.parts.signed_lines import Signed, SignedDelegate
from ui.parts.text import Label
from ui.shell import Shell
from ui.theme import Theme
from ui.tokens import TextRole

ON, OFF, NEVER = "☑", "☐", "✕"
"""Before a session that is relied on, that is not, and that may not be."""


class RelyModel(LinesModel[Reliable]):
    """The sessions as lines, and those that are ticked."""

    def __init__(self) -> None:
        super().__init__(("Session",))
        self.ticked: frozenset[Session] = frozenset()

    def text(self, line: Reliable, column: int) -> str:
        del column
        return f"{self.sign(line)} {head(line)}"

    def spoken(self, line: Reliable) -> str:
        state = {ON: "relied on", OFF: "not relied on", NEVER: "cannot be relied on"}[self.sign(line)]
        return f"{head(line)}: {state}. {under(line)}"

    def sign(self, line: Reliable) -> str:
        """What stands before a line. One that was ticked and may no longer be is still shown as ticked."""
        if line.session in self.ticked:
            return ON
        return NEVER if line.why_not else OFF

    def tick(self, ticked: Collection[Session]) -> None:
        """Tick these sessions and no others."""
        self.ticked = frozenset(ticked)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))


def head(line: Reliable) -> str:
    """`Mon 14 Sep 2026, morning · O`."""
    code = f" · {line.code}" if line.code else ""
    return f"{date_year(line.session.day)}, {half_words(line.session.half)}{code}"


def under(line: Reliable) -> str:
    """Until when an information may be laid for it, or why it may not be relied on."""
    if line.why_not:
        return line.why_not
    return f"To be laid by {date_year(line.last)}; the last school day till then is {short_date(line.last_school_day)}."


class RelyView(OpeningView):
    """The lines; Space, O and A say what is wanted."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, model: RelyModel) -> None:
        super().__init__(theme, model, "Sessions the certificate relies on")
        self.setItemDelegate(_RelyDelegate(self, model))

    def widths(self) -> Mapping[int, int]:
        return {0: max(160, self.viewport().width())}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = " " if event.key() == Qt.Key.Key_Space else event.text().upper()
        if key in (" ", "O", "A") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pressed.emit(key)
        else:
            super().keyPressEvent(event)


class _RelyDelegate(SignedDelegate[Reliable]):
    def __init__(self, view: RelyView, model: RelyModel) -> None:
        super().__init__(view)
        self._model = model

    def signed(self, line: Reliable) -> Signed:
        sign = self._model.sign(line)
        ink = "second" if sign == NEVER else "ink"
        return Signed(sign, head(line), under(line), "accent" if sign == ON else "second", ink)

    def sign_width(self) -> int:
        return self._theme.metrics(TextRole.STRONG).horizontalAdvance(ON) + self._theme.space(2)


class ReliedView(QWidget):
    """It keeps what is ticked and says so with `left`; the referral asks for it."""

    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = self._theme = shell.theme
        self._shell = shell
        self.header = PageHeader(theme, "Sessions relied on")
        self.model = RelyModel()
        self.view = RelyView(theme, self.model)
        self.clock = Label(theme, "", TextRole.STRONG, wrap=True)
        self._card = Card(theme, "Unauthorised sessions of the period", flush=True)
        self._card.body.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        for part, stretch in ((self.header, 0), (self.clock, 0), (self._card, 1)):
            column.addWidget(part, stretch)
        column.addWidget(KeyHints(theme, hints(RELIED)))
        self.view.pressed.connect(self._pressed)
        self.view.opened.connect(lambda _line: self.left.emit())

    @property
    def chosen(self) -> tuple[Session, ...]:
        """The sessions ticked; none where they are all that may be relied on, so that none that comes later is lost."""
        ticked = self.model.ticked
        return () if ticked == self._possible() else tuple(sorted(ticked))

    def show_plan(self, plan: BundlePlan) -> None:
        """Show the sessions of a plan, as they are relied on in it."""
        self.header.set_title(f"{plan.pupil.name} · sessions relied on")
        self.model.show_lines(plan.reliable)
        self._tick(plan.request.offences or self._possible())
        self.view.setCurrentIndex(self.model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _possible(self) -> frozenset[Session]:
        return frozenset(one.session for one in self.model.lines if not one.why_not)

    def _pressed(self, key: str) -> None:
        line = self.model.line(self.view.currentIndex().row())
        if key == "A":
            self._tick(self._possible())
        elif line is not None and key == "O":
            self._only(line)
        elif line is not None:
            self._turn(line)

    def _only(self, line: Reliable) -> None:
        if line.why_not:
            self._never(line)
        else:
            self._tick((line.session,))

    def _turn(self, line: Reliable) -> None:
        ticked = self.model.ticked
        if line.session in ticked and len(ticked) == 1:
            self._refuse("A certificate relies on at least one session: tick another first.")
        elif line.session in ticked:
            self._tick(ticked - {line.session})
        elif line.why_not:
            self._never(line)
        else:
            self._tick(ticked | {line.session})

    def _never(self, line: Reliable) -> None:
        self._refuse(f"{head(line)} cannot be relied on. {line.why_not}")

    def _refuse(self, words: str) -> None:
        self._shell.say(words, alarm=True)

    def _tick(self, ticked: Collection[Session]) -> None:
        self.model.tick(ticked)
        self._shell.forget_alarm()
        possible = self._possible()
        wrong = len(self.model.ticked - possible)
        self.header.set_subtitle(
            f"{len(self.model.ticked & possible)} of {len(possible)} relied on"
            + (f" · {wrong} ticked that cannot be: take the tick away" if wrong else "")
        )
        self.clock.setText(
            earliest([one for one in self.model.lines if one.session in self.model.ticked and not one.why_not])
        )


def earliest(lines: Sequence[Reliable]) -> str:
    """Until when an information must be laid, by the earliest of the sessions relied on."""
    if not lines:
        return "No session is relied on."
    first = min(lines, key=lambda one: one.session)
    return (
        f"The earliest is of {date_year(first.session.day)}: to be laid by {date_year(first.last)}, "
        f"and {short_date(first.last_school_day)} is the last school day till then."
    )
