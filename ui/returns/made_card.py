"""The card below: what was made of a return, and whether it went."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.returns import MadeReturn
from ui.parts.card import Card
from ui.returns.model import MadeModel
from ui.returns.view import MadeView
from ui.theme import Theme


class MadeCard(Card):
    """`view` is the list; what it says is handed in. Out of sight while nothing was made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Made", flush=True)
        self.model = MadeModel(self)
        self.view = MadeView(theme, self.model)
        self.body.addWidget(self.view)
        self.setMaximumHeight(theme.space(40))

    def show_made(self, made: Sequence[MadeReturn]) -> None:
        """Show these; the line that was current stays so, as far as there are as many."""
        row = self.view.currentIndex().row()
        self.model.show_lines(made)
        self.setVisible(bool(made))
        unsent = sum(one.sent is None and not one.withdrawn for one in made)
        self.set_aside(f"{unsent} not sent" if unsent else "")
        if made:
            self.view.setCurrentIndex(self.model.index(max(0, min(row, len(made) - 1)), 0))
