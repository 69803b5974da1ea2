"""Bundles of several children for one referral: how ready each is, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.bundle_batch import BatchLine, BatchReady, MadeFile, NotMade
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.rulebook import Pack
from desktop_app.rules.session_lists import count_words
from ui.case_keys import BATCH
from ui.cases.asking import AskingCard
from ui.cases.batch_list import BatchList, BatchModel, Key, Shown, head, state_of
from ui.cases.listing import PupilPicker
from ui.cases.side_by_side import SideBySide
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.progress import ProgressStrip
from ui.shell import Shell

WAIT = "Wait until this is done, or cancel it."


class BatchView(QWidget):
    """It keeps what was left out and says what was asked for; `ui/cases/batching.py` does it."""

    changed = Signal()
    """Another referral or other days are asked for."""
    make_asked = Signal()
    save_asked = Signal()
    another_asked = Signal()
    opened = Signal(object)
    """Of this line the child is to be looked at, or what was made of it."""
    seen = Signal()
    """It is in sight again."""
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = self._theme = shell.theme
        self._shell = shell
        self._asked: Shown | None = None
        self._busy = False
        self.header = PageHeader(theme, "Bundles of several children")
        self.save = Button(theme, "Save all as files…", key="Ctrl+S", bind=False, icon="folder")
        self.make = Button(theme, "Make them", key="Ctrl+Enter", primary=True, bind=False)
        self.strip = ProgressStrip(theme)
        self.picker = PupilPicker(shell)
        self.model = BatchModel()
        self.list = BatchList(theme, self.model)
        self.card = Card(theme, "One bundle for each", flush=True)
        self.asking = AskingCard(shell, of_many=True)
        self.why = AnswerLine(theme, "such as: the meeting with the family comes first")
        self.field = Field(theme, "", self.why)
        self._both = SideBySide(theme, self.card, self.asking)
        self._build()
        self._connect()

    @property
    def lines(self) -> tuple[Shown, ...]:
        """Every bundle of the batch, in order."""
        return self.model.lines

    @property
    def made(self) -> tuple[MadeFile, ...]:
        """Those that were made."""
        return tuple(one.made for one in self.lines if one.made is not None)

    @property
    def to_make(self) -> tuple[BundleRequest, ...]:
        """What is still to be made."""
        return tuple(one.line.request for one in self.lines if one.waits)

    def begin(self, pack: Pack, referral: str) -> None:
        """Another batch: the referrals of the pack, as at today, since September."""
        self._give_up()
        self.model.show_lines(())
        self.asking.set_building(False)
        self.asking.show_pupil(pack, referral, ())

    def request(self) -> BundleRequest | None:
        """What is asked for of every child; None while a day cannot be read."""
        return self.asking.request(0)

    def show_lines(self, lines: Sequence[BatchLine]) -> None:
        """Show these bundles; what was left out or made of the same child and parent stays so."""
        known = {one.key: one for one in self.lines}
        fresh = [Shown(line) for line in lines]
        self._show([replace(known[one.key], line=one.line, ready=None) if one.key in known else one for one in fresh])

    def show_ready(self, found: Mapping[Key, BatchReady]) -> None:
        """Show how ready they are."""
        self._show([replace(one, ready=found.get(one.key, one.ready)) for one in self.lines])

    def show_became(self, became: Sequence[MadeFile | NotMade]) -> None:
        """Show what became of some of them."""
        by_key = {(one.request.pupil, one.request.parent): one for one in became}
        self._show([_became(one, by_key.get(one.key)) for one in self.lines])

    def set_busy(self, busy: bool) -> None:
        """While bundles are made nothing else can be asked; once one was made the referral and its days stay."""
        self._busy = busy
        self.make.setEnabled(not busy and bool(self.to_make))
        self.save.setEnabled(not busy and bool(self.made))
        self.asking.set_building(busy or bool(self.made))

    def first_focus(self) -> QWidget:
        """The reason that is asked for, else the list."""
        return self.list if self.field.isHidden() else self.why

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and event.text().upper() == "N":
            self.another_asked.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._both.fit(self.width())

    def _build(self) -> None:
        space = self._theme.space
        for button in (self.save, self.make):
            self.header.add_action(button)
        self.field.setContentsMargins(space(3), space(2), space(3), space(2.5))
        self.field.hide()
        self.card.body.addWidget(self.list, 1)
        self.card.body.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(5), space(5), space(5), space(2))
        column.setSpacing(space(3))
        for part, stretch in ((self.header, 0), (self.strip, 0), (self.picker, 0), (self._both, 1)):
            column.addWidget(part, stretch)
        column.addWidget(KeyHints(self._theme, hints(BATCH)))

    def _connect(self) -> None:
        self.asking.changed.connect(self.changed)
        self.list.space.connect(self._leave_out)
        self.list.opened.connect(self.opened)
        self.why.given.connect(self._given)
        self.why.gave_up.connect(self._give_up)
        self.make.clicked.connect(self.make_asked)
        self.save.clicked.connect(self.save_asked)
        on_chord(self, "Ctrl+Return", self.make_asked.emit)
        on_chord(self, "Ctrl+S", self.save_asked.emit)

    def _show(self, lines: Sequence[Shown]) -> None:
        row = self.list.currentIndex().row()
        self.model.show_lines(lines)
        if lines:
            self.list.setCurrentIndex(self.model.index(max(0, min(row, len(lines) - 1)), 0))
        self.header.set_subtitle(count_words(len(lines), "bundle", "bundles"))
        self.card.set_aside(summed(lines))

    def _leave_out(self, shown: Shown) -> None:
        if shown.made is not None:
            self._shell.say("It is made already, and stays with the child. Leave it out of what you send.", alarm=True)
        elif self._busy:
            self._shell.say(WAIT, alarm=True)
        elif shown.without:
            self._set_without(shown.key, "")
        else:
            self._asked = shown
            self.field.label.setText(f"Why is it left out? {head(shown)}")
            self.field.set_fault("")
            self.why.clear()
            self.field.show()
            self.why.setFocus()

    def _given(self) -> None:
        why, asked = " ".join(self.why.text().split()), self._asked
        if asked is None:
            return
        if not why:
            self.field.set_fault("Say why, in a few words.")
            return
        self._give_up()
        self._set_without(asked.key, why)

    def _give_up(self) -> None:
        was_open = not self.field.isHidden()
        self._asked = None
        self.field.hide()
        if was_open:
            self.list.setFocus()

    def _set_without(self, key: Key, why: str) -> None:
        self._show([replace(one, without=why) if one.key == key else one for one in self.lines])
        self.set_busy(busy=False)


def _became(shown: Shown, became: MadeFile | NotMade | None) -> Shown:
    if isinstance(became, MadeFile):
        return replace(shown, made=became, why="")
    return replace(shown, why=became.why) if became is not None else shown


def summed(lines: Sequence[Shown]) -> str:
    """`2 ready · 1 not ready · 1 left out`."""
    counts: dict[str, int] = {}
    for one in lines:
        word = state_of(one)[0].lower()
        counts[word] = counts.get(word, 0) + 1
    return " · ".join(f"{number} {word}" for word, number in counts.items())
