"""What the pack asks for while a child is in a band: what of it was done since, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.rulebook import Band, BandAction

STEP = "step"
"""The detail of an entry, and the beginning of a task's kind, that names the step it is about."""


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    LATER = "later"
    """Somebody has put it off to a day: it is a task."""
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a band. `done` is the day on which it was done and `said` what came of it; `due` that of the task."""

    action: BandAction
    state: StepState
    done: date | None = None
    said: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A child's stay in a band: which, and from which day on (the end of that day's sessions)."""

    band: Band
    since: date


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The steps of the band a child is in. Without a stay it is too early to say, and there are none."""

    pupil: int
    stay: Stay | None
    steps: tuple[Step, ...]
    least: int

    @property
    def open(self) -> tuple[Step, ...]:
        """Those that are neither done nor put off."""
        return tuple(step for step in self.steps if step.state is StepState.NEXT)


def step_key(band: Band, action: BandAction) -> str:
    """How an entry or a task names a step. Two bands may ask for the same thing: each is a step of its own."""
    return f"{band.key}.{action.key}"
