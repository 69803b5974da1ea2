"""The steps of a child's band as a list: a sign for how far each is, what it is, and whose part."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.domain.casework import Who
from desktop_app.domain.next_steps import Step, StepState
from desktop_app.rules.display import date_year
from ui.parts.lines import LinesModel, OpeningView
from ui.parts.signed_lines import Signed, SignedDelegate
from ui.theme import Theme

SIGNS = {StepState.DONE: "✓", StepState.LATER: "→", StepState.NEXT: "○"}
WHO = {Who.SCHOOL: "School", Who.LA: "Local authority"}
SIGN_WIDTH = 24


def under(step: Step) -> str:
    """What stands under a step: what came of it, until when it was put off, or what it is and whose part."""
    if step.state is StepState.DONE and step.done is not None:
        return f"Done {date_year(step.done)}: {step.said}"
    if step.state is StepState.LATER and step.due is not None:
        return f"Put off to {date_year(step.due)}"
    return f"{WHO[step.action.who]} · {step.action.what}" if step.action.what else WHO[step.action.who]


class StepsModel(LinesModel[Step]):
    """The steps as lines of one cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Step",), parent)

    def text(self, line: Step, column: int) -> str:
        del column
        return f"{SIGNS[line.state]} {line.action.title}. {under(line)}"

    def spoken(self, line: Step) -> str:
        said = "" if line.state is StepState.DONE else "To do: "
        return f"{said}{line.action.title}. {under(line)}"

    def hint(self, line: Step) -> str | None:
        return line.action.source


class StepsList(OpeningView):
    """Enter begins the step the line stands for; T puts it off."""

    later_asked = Signal()

    def __init__(self, theme: Theme, model: StepsModel) -> None:
        super().__init__(theme, model, "Steps of the band")
        self.steps = model
        self.setItemDelegate(_Delegate(self))

    def step(self) -> Step | None:
        """The current step."""
        return self.steps.line(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().lower() == "t" and not event.modifiers() and self.step() is not None:
            self.later_asked.emit()
        else:
            super().keyPressEvent(event)

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(40), 4 * self.theme.row_height)


class _Delegate(SignedDelegate[Step]):
    def signed(self, line: Step) -> Signed:
        inks = ("second", "second") if line.state is StepState.DONE else ("accent", "ink")
        return Signed(SIGNS[line.state], line.action.title, under(line), *inks)

    def sign_width(self) -> int:
        return SIGN_WIDTH
