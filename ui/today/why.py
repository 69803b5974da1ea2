"""How a number of Today is reached: of the child of the line one is on, else of the whole school on this day."""

from __future__ import annotations

from desktop_app.actions.figures import Grouping
from desktop_app.domain.rights import Right
from ui.shell import Shell


def explain_today(shell: Shell, pupil: int = 0) -> None:
    """Open the figures of a child, else those of the school of today."""
    if pupil and shell.context.may(Right.READ_PUPIL):
        shell.go("pupils", pupil=pupil, explain=True)
        return
    today = shell.context.today()
    shell.go("explain", by=Grouping.SCHOOL, key="", first=today, last=today, back="today")
