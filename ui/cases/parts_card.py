"""The card of what a bundle will hold: Space leaves a line out, with a reason, or takes it back; X blacks a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from desktop_app.domain.bundle import BundlePlan, Choice, Redaction
from desktop_app.domain.exhibits import TakenAs
from desktop_app.rules.chronology import ChronologyLine
from ui.case_keys import PARTS
from ui.cases.parts_model import ENTRIES, Chosen, Held, PartLine, PartsModel, lines_of
from ui.keys import hints
from ui.parts.card import Card, row_of
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.field import Field
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.lines import Index, LineDelegate, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole, Tone

MARK = 44
"""The room of a number, a label or a sign before a line, in device-independent pixels."""
CHIPS = {Held.CHOSEN: ("Left out", Tone.CAUTION), Held.NOT: ("Not in it", Tone.PLAIN)}


class PartsView(OpeningView):
    """The lines; Space and X say what is wanted of the current one."""

    space = Signal(object)
    blacken = Signal(object)

    def __init__(self, theme: Theme, model: PartsModel) -> None:
        super().__init__(theme, model, "What the bundle will hold")
        self.setItemDelegate(_PartDelegate(self))

    def widths(self) -> Mapping[int, int]:
        return {0: max(120, self.viewport().width())}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        line = model.line(self.currentIndex().row()) if isinstance(model, PartsModel) else None
        if line is not None and event.key() == Qt.Key.Key_Space:
            self.space.emit(line)
        elif line is not None and event.text().upper() == "X" and not event.modifiers():
            self.blacken.emit(line)
        else:
            super().keyPressEvent(event)


class PartsCard(Card):
    """It keeps what the maker chose, and says when that changes."""

    changed = Signal()
    redact_asked = Signal(object)
    """Of this exhibit."""
    refused = Signal(str)
    """Why something cannot be done, in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "What it will hold", flush=True)
        self.model = PartsModel()
        self.view = PartsView(theme, self.model)
        self.why = AnswerLine(theme, "what the maker of the next one should know")
        self.asking = Field(theme, "", self.why)
        self.redacted: tuple[Redaction, ...] = ()
        self._why: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._asked: PartLine | None = None
        self._unfolded = False
        self._plan: BundlePlan | None = None
        self._entries: Sequence[ChronologyLine] = ()
        self.asking.setContentsMargins(theme.space(3), theme.space(2), theme.space(3), theme.space(2.5))
        self.asking.hide()
        how = row_of(KeyHints(theme, hints(PARTS)), stretch=False)
        how.setContentsMargins(theme.space(3), theme.space(1.5), theme.space(3), theme.space(1.5))
        self.body.addWidget(self.view, 1)
        self.body.addLayout(how)
        self.body.addWidget(self.asking)
        self.view.opened.connect(self._open)
        self.view.space.connect(self._space)
        self.view.blacken.connect(self._blacken)
        self.why.given.connect(self._given)
        self.why.gave_up.connect(self._give_up)

    @property
    def left_out(self) -> tuple[Choice, ...]:
        """What the maker leaves out, with why."""
        return tuple(Choice(key, why) for key, why in self._why.items())

    def begin(self) -> None:
        """Another child or another referral: nothing is chosen yet."""
        self._why, self._titles, self.redacted, self._unfolded = {}, {}, (), False
        self._give_up()

    def show_plan(self, plan: BundlePlan | None, entries: Sequence[ChronologyLine] = ()) -> None:
        """Show what this plan holds; None: there is none."""
        self._plan, self._entries = plan, entries
        self._show()

    def set_redacted(self, redacted: Sequence[Redaction]) -> None:
        """Other places are blacked."""
        if tuple(redacted) != self.redacted:
            self.redacted = tuple(redacted)
            self.changed.emit()

    def _show(self) -> None:
        row = self.view.currentIndex().row()
        plan = self._plan
        chosen = Chosen(self._why, self._titles, self.redacted)
        self.model.show_lines(lines_of(plan, self._entries, chosen, unfolded=self._unfolded) if plan else ())
        if row >= 0 and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1), 0))
        drawn = sum(part.drawn for part in plan.parts) if plan else 0
        self.set_aside(f"{drawn} of {len(plan.parts)} parts" if plan else "")

    def _open(self, line: PartLine) -> None:
        if line.key == ENTRIES:
            self._unfolded = not self._unfolded
            self._show()
        elif line.exhibit is not None:
            self._blacken(line)

    def _space(self, line: PartLine) -> None:
        if line.key == ENTRIES:
            self._open(line)
        elif not line.key:
            said = f"“{line.title}” cannot be put in: {line.under}" if line.under else "The cover is always there."
            self.refused.emit(said)
        elif line.held is Held.CHOSEN:
            self._why.pop(line.key)
            self.changed.emit()
        else:
            self._asked = line
            self.asking.label.setText(f"Why is it left out? {line.title}")
            self.asking.set_fault("")
            self.why.clear()
            self.asking.show()
            self.why.setFocus()

    def _blacken(self, line: PartLine) -> None:
        if line.exhibit is None:
            self.refused.emit(
                "Only an exhibit has pages that can be blacked. Entries and parts can be left out: Space."
            )
        elif line.exhibit.taken_as in (TakenAs.TEXT, TakenAs.BESIDE):
            self.refused.emit("Save it as PDF and add that file to the same entry; then its pages can be blacked.")
        else:
            self.redact_asked.emit(line.exhibit)

    def _given(self) -> None:
        why, line = " ".join(self.why.text().split()), self._asked
        if line is None:
            return
        if not why:
            self.asking.set_fault("Say why, in a few words.")
            return
        self._why[line.key], self._titles[line.key] = why, line.title
        self._give_up()
        self.changed.emit()

    def _give_up(self) -> None:
        was_open = not self.asking.isHidden()
        self._asked = None
        self.asking.hide()
        if was_open:
            self.view.setFocus()


class _PartDelegate(LineDelegate[PartLine]):
    def ruled(self, line: PartLine) -> bool:
        return not line.deep

    def paint_cell(self, painter: QPainter, area: QRect, line: PartLine, index: Index) -> None:
        del index
        self.write(
            painter, QRect(area.left(), area.top(), MARK, area.height()), line.mark, TextRole.SECONDARY, "second"
        )
        inside = area.adjusted(self._inset(line), 0, 0, 0)
        used = 0
        if line.held in CHIPS:
            words, tone = CHIPS[line.held]
            pair = self._theme.tone(tone)
            size = chip_size(self._theme, chip_text(words, pair))
            paint_tag(painter, QRect(inside.topLeft(), size), self._theme, words, pair)
            used = size.height() + 2
        used += self.write(painter, inside.adjusted(0, used, 0, 0), line.title, _role(line), "ink")
        self.write(painter, inside.adjusted(0, used, 0, 0), line.under, TextRole.SECONDARY, "second")

    def height(self, line: PartLine, column: int) -> int:
        room = self.room(column) - self._inset(line)
        chip = 0
        if line.held in CHIPS:
            words, tone = CHIPS[line.held]
            chip = chip_size(self._theme, chip_text(words, self._theme.tone(tone))).height() + 2
        return chip + self.tall(_role(line), line.title, room) + self.tall(TextRole.SECONDARY, line.under, room)

    def _inset(self, line: PartLine) -> int:
        return MARK if line.mark or line.held is not Held.NOT or line.deep else 0


def _role(line: PartLine) -> TextRole:
    return TextRole.SECONDARY if line.deep else TextRole.BODY
