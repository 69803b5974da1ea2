"""The three lists of the place: the returns, the children on one, and what was made of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.domain.returns import MadeReturn
from ui.parts.lines import LinesView, OpeningView
from ui.parts.signed_lines import Signed, SignedDelegate
from ui.returns.model import (
    SIGNS,
    KindLine,
    KindsModel,
    LineModel,
    MadeModel,
    Shown,
    State,
    made_head,
    made_under,
)
from ui.theme import Theme

INKS: Mapping[State, tuple[str, str]] = {
    State.CHECK: ("alarm", "ink"), State.KEEP: ("accent", "ink"), State.OUT: ("second", "second"),
    State.HAND: ("accent", "ink"), State.MADE: ("accent", "second"), State.TOLD: ("second", "second"),
}  # fmt: skip


class KindsView(LinesView):
    """The kinds of return, one of them current."""

    def __init__(self, theme: Theme, model: KindsModel) -> None:
        super().__init__(theme, model, "Returns")
        self.setItemDelegate(_KindDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}


class _KindDelegate(SignedDelegate[KindLine]):
    def signed(self, line: KindLine) -> Signed:
        sign = "!" if line.overdue else "•" if line.waits else "✓"
        return Signed(sign, line.spec.title, line.under, "alarm" if line.overdue else "accent")


class ChildrenView(OpeningView):
    """Enter opens the child; Space keeps the line."""

    turned = Signal()

    def __init__(self, theme: Theme, model: LineModel) -> None:
        super().__init__(theme, model, "Children on the return")
        self.children_model = model
        self.setItemDelegate(_ChildDelegate(self))

    def line(self) -> Shown | None:
        """The line the keyboard is on."""
        return self.children_model.line(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.turned.emit()
        else:
            super().keyPressEvent(event)

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(60), 3 * self.theme.row_height)


class _ChildDelegate(SignedDelegate[Shown]):
    def signed(self, line: Shown) -> Signed:
        return Signed(SIGNS[line.state], line.head, line.under, *INKS[line.state])


class MadeView(OpeningView):
    """Enter says that the return was sent."""

    def __init__(self, theme: Theme, model: MadeModel) -> None:
        super().__init__(theme, model, "Returns that were made")
        self.made_model = model
        self.setItemDelegate(_MadeDelegate(self))

    def line(self) -> MadeReturn | None:
        """The line the keyboard is on."""
        return self.made_model.line(self.currentIndex().row())

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(60), 2 * self.theme.row_height)


class _MadeDelegate(SignedDelegate[MadeReturn]):
    def signed(self, line: MadeReturn) -> Signed:
        if line.withdrawn:
            return Signed("×", made_head(line), made_under(line), "second", "second")
        if line.sent is None:
            return Signed("!", made_head(line), made_under(line), "alarm")
        return Signed("✓", made_head(line), made_under(line))
