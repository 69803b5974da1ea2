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

Guard = Callable[[Context, Reading, LetterRule, Sequence[int], date, date], Asked]
"""Opens the guard for letters of a kind about some children: the first day of the figures they speak of, and today."""


def the_guard(
    context: Context, reading: Reading, rule: LetterRule, pupils: Sequence[int], first: date, on: date
) -> Asked:
    """The guard of `rules/guard.py`."""
    guarded = read_guarded(context, reading, pupils, on, first=first)

    def asked(pupil: int, person: int) -> tuple[GuardFinding, ...]:
        return guarded.findings(rule, pupil, person)

    return asked
