"""Whole school days in a row with the same kind of mark: one rule for deletion from the roll, returns and triggers.

A session on which the site was closed without warning (Y3, Y4: SI 2024/208 regulation 10, the school or part of it was
closed) could not be attended. For the attendance return, for ten days without authority and for silence such sessions
are stepped over: a day of snow neither counts nor begins the ten days anew, since the child did not come in between.
For deletion from the roll, and the trigger that leads to it, every session is coded G, N or O and any other code breaks
the days: the graver step keeps to the letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half, Session

CLOSED = frozenset({"Y3", "Y4"})
"""The codes of an unexpected closure, whole or in part."""

Run = list[list[Session]]
"""Whole school days, each with its sessions."""
Codes = Mapping[tuple[date, Half], str]


def day_runs(
    sessions: Sequence[Session], marks: Iterable[Mark], among: Collection[str], over: Collection[str] = ()
) -> list[Run]:
    """The longest stretches of whole school days in a row on which every session that was due has one of those codes,
    in order. A session with no mark breaks a stretch as any other code does; one coded `over` is as if it were not."""
    codes = codes_at(marks)
    return _runs(_without(sessions, codes, over), codes, among)


def _runs(sessions: Sequence[Session], codes: Codes, among: Collection[str]) -> list[Run]:
    runs: list[Run] = []
    broken = True
    for _, of_day in groupby(sessions, key=lambda session: session.day):
        day = list(of_day)
        if any(codes.get((one.day, one.half)) not in among for one in day):
            broken = True
            continue
        if broken:
            runs.append([])
        runs[-1].append(day)
        broken = False
    return runs


def last_run(
    sessions: Sequence[Session], marks: Iterable[Mark], among: Collection[str], over: Collection[str] = ()
) -> Run:
    """The stretch that reaches to the last of the sessions, those coded `over` left out; empty where that day breaks
    it."""
    codes = codes_at(marks)
    left = _without(sessions, codes, over)
    runs = _runs(left, codes, among)
    return runs[-1] if runs and runs[-1][-1][-1] == left[-1] else []


def _without(sessions: Sequence[Session], codes: Codes, over: Collection[str]) -> Sequence[Session]:
    return [one for one in sessions if codes.get((one.day, one.half)) not in over] if over else sessions


def codes_at(marks: Iterable[Mark]) -> dict[tuple[date, Half], str]:
    """The code of each session."""
    return {(mark.day, mark.half): mark.code for mark in marks}
