"""The guard as letters ask it: opened once for a batch, then asked for each child and parent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop_app.actions.guarding import read_guarded
from desktop_app.context import Context
from desktop_app.domain.letters import GuardFinding, LetterRule
from desktop_app.ports import Reading

Asked = Callable[[int, int], tuple[GuardFinding, ...]]
"""What the guard says of a letter about a child, to a person."""

Guard = Callable[[Context, Reading, LetterRule, Sequence[int], date], Asked]
"""Opens the guard for letters of a kind about some children on a day."""


def the_guard(context: Context, reading: Reading, rule: LetterRule, pupils: Sequence[int], on: date) -> Asked:
    """The guard of `rules/guard.py`."""
    guarded = read_guarded(context, reading, pupils, on)

    def asked(pupil: int, person: int) -> tuple[GuardFinding, ...]:
        return guarded.findings(rule, pupil, person)

    return asked
