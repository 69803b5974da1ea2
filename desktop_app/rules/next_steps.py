"""Since when a child is in its band, and which of the band's steps were done in that time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry, Task
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.next_steps import STEP, Stay, Step, StepState, step_key
from desktop_app.domain.rulebook import Band, BandAction
from desktop_app.rules.bands import band_of
from desktop_app.rules.crossings import ABSENT, too_early

AWAY = 20
"""How many possible sessions outside a band end a stay in it. A child on the line between two bands goes to and fro by
a session; what was done for it a week ago is not to be done again."""


def stay(marks: Iterable[Mark], codes: Mapping[str, Code], bands: Sequence[Band], least: int) -> Stay | None:
    """The band after the last of a school year's marks (sorted by day) and the day since when the child is in it.
    None where it is too early to say."""
    attended = possible = 0
    told: list[tuple[Band, date, int]] = []
    for day, of_day in groupby(marks, key=lambda mark: mark.day):
        before = possible
        for mark in of_day:
            counts = codes[mark.code].counts
            attended += counts.attended
            possible += counts.attended or counts in ABSENT
        figures = Figures(possible, attended, possible - attended, 0, 0, 0, {})
        band = None if too_early(figures, least) else band_of(figures, bands)
        if band is not None:
            told.append((band, day, possible - before))
    if not told:
        return None
    here, since, away = told[-1][0], None, 0
    for band, day, sessions in told:
        if band == here:
            since, away = since or day, 0
            continue
        away += sessions
        if away >= AWAY:
            since = None
    return None if since is None else Stay(here, since)


def steps(held: Stay, entries: Iterable[Entry], tasks: Iterable[Task]) -> tuple[Step, ...]:
    """The steps of a stay, in the pack's order. An entry counts that says so, and one of the kind by which the step is
    usually done; of several the newest. A restricted note, or one that was withdrawn, counts as none."""
    seen = {one.id: one for one in entries if one.withdrawn is None and not one.restricted}
    since = [one for one in seen.values() if one.happened_at.date() >= held.since]
    newest = sorted(since, key=lambda one: (one.happened_at, one.id), reverse=True)
    known = list(tasks)
    return tuple(_step(held.band, action, newest, known) for action in held.band.actions)


def task_kind(band: Band, action: BandAction) -> str:
    """The kind of the task by which a step is put off."""
    return f"{STEP}:{step_key(band, action)}"


def _step(band: Band, action: BandAction, newest: Sequence[Entry], tasks: Sequence[Task]) -> Step:
    key, kind = step_key(band, action), task_kind(band, action)
    closing = {one.closed_by for one in tasks if one.kind == kind and one.closed_by is not None}
    done = next((one for one in newest if _is(one, key, action, closing)), None)
    if done is not None:
        return Step(action, StepState.DONE, done.happened_at.date(), done.outcome)
    due = min((one.due for one in tasks if one.kind == kind and one.closed_by is None), default=None)
    return Step(action, StepState.NEXT if due is None else StepState.LATER, due=due)


def _is(entry: Entry, key: str, action: BandAction, closing: Collection[int]) -> bool:
    return (
        entry.details.get(STEP) == key
        or entry.id in closing
        or (bool(action.kind) and entry.kind == action.kind and entry.adds_to is None)
    )
