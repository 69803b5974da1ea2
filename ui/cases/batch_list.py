"""The bundles of a batch, line by line: how ready each is, left out with a reason, made, or not and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from desktop_app.actions.bundle_batch import BatchLine, BatchReady, MadeFile
from desktop_app.domain.bundle import Readiness
from desktop_app.rules.bundle import overall
from desktop_app.rules.session_lists import count_words
from ui.cases.readiness_model import counted
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.lines import PAD, Index, LineDelegate, LinesModel, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole, Tone

READY = {
    Readiness.MET: ("Ready", Tone.GOOD),
    Readiness.CHECK: ("To check", Tone.CAUTION),
    Readiness.MISSING: ("Not ready", Tone.BAD),
}
MADE, NOT_MADE, LEFT_OUT, CANNOT, UNREAD = (
    ("Made", Tone.GOOD), ("Not made", Tone.BAD), ("Left out", Tone.PLAIN), ("Cannot be", Tone.BAD),
    ("Not read", Tone.PLAIN),
)  # fmt: skip
"""Each word has a shape of its own beside it."""
EVERY = (*READY.values(), MADE, NOT_MADE, LEFT_OUT, CANNOT, UNREAD)
MOST = 3
"""Of how many lines that are not met a bundle tells by name."""
Key = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """One bundle of the batch: what was found of it, why it is left out, and what became of it."""

    line: BatchLine
    ready: BatchReady | None = None
    without: str = ""
    made: MadeFile | None = None
    why: str = ""

    @property
    def key(self) -> Key:
        """Of which child, and which parent."""
        return self.line.request.pupil, self.line.request.parent

    @property
    def waits(self) -> bool:
        """Whether it is still to be made."""
        return self.made is None and not self.without


def state_of(shown: Shown) -> tuple[str, Tone]:
    """How it stands, in a word with its shape."""
    if shown.made is not None:
        return MADE
    if shown.without:
        return LEFT_OUT
    if shown.why:
        return NOT_MADE
    if shown.ready is None:
        return UNREAD
    return CANNOT if shown.ready.refused else READY[overall(shown.ready.findings)]


def head(shown: Shown) -> str:
    """The child, with the class and the parent it is about."""
    line = shown.line
    return " · ".join(filter(None, (line.pupil.name, line.class_name, line.parent)))


def under(shown: Shown) -> str:
    """What is to be said of it."""
    made = shown.made
    if made is not None:
        lacks = f", lacks {count_words(made.lacks, 'thing', 'things')}" if made.lacks else ""
        return f"{made.reference} · {count_words(made.pages, 'page', 'pages')}{lacks}"
    if shown.without:
        return shown.without
    if shown.why:
        return shown.why
    return _found(shown.ready) if shown.ready is not None else ""


def _found(ready: BatchReady) -> str:
    if ready.refused:
        return ready.refused
    order = (Readiness.MISSING, Readiness.CHECK)
    lacking = [one.title for state in order for one in ready.findings if one.state is state]
    named = "; ".join(lacking[:MOST])
    more = f"; {len(lacking) - MOST} more" if len(lacking) > MOST else ""
    without = f". Without {', '.join(ready.without)}" if ready.without else ""
    return f"{counted(ready.findings)}{f': {named}{more}' if named else ''}{without}"


class BatchModel(LinesModel[Shown]):
    """Bundles as lines. It only looks up."""

    def __init__(self) -> None:
        super().__init__(("State", "Bundle"))

    def text(self, line: Shown, column: int) -> str:
        return state_of(line)[0] if column == 0 else head(line)

    def spoken(self, line: Shown) -> str:
        return f"{state_of(line)[0]}: {head(line)}. {under(line)}"


class BatchList(OpeningView):
    """A chip and what it is to each bundle. `space` says that the current line is to be left out, or taken back."""

    space = Signal(object)

    def __init__(self, theme: Theme, model: BatchModel) -> None:
        super().__init__(theme, model, "Bundles of the batch")
        self._shown = model
        self.setItemDelegate(_BatchDelegate(self))

    def widths(self) -> Mapping[int, int]:
        widest = max(chip_size(self.theme, chip_text(said, self.theme.tone(tone))).width() for said, tone in EVERY)
        return {0: widest + 2 * PAD, 1: max(160, self.viewport().width() - widest - 2 * PAD)}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._shown.line(self.currentIndex().row())
        if event.key() == Qt.Key.Key_Space and line is not None:
            self.space.emit(line)
        else:
            super().keyPressEvent(event)


class _BatchDelegate(LineDelegate[Shown]):
    def paint_cell(self, painter: QPainter, area: QRect, line: Shown, index: Index) -> None:
        if index.column() == 0:
            words, tone = state_of(line)
            paint_tag(painter, area, self._theme, words, self._theme.tone(tone))
        else:
            used = self.write(painter, area, head(line), TextRole.STRONG, "ink")
            self.write(painter, area.adjusted(0, used, 0, 0), under(line), TextRole.SECONDARY, "second")

    def height(self, line: Shown, column: int) -> int:
        del column
        room = self.room(1)
        return self.tall(TextRole.STRONG, head(line), room) + self.tall(TextRole.SECONDARY, under(line), room)
