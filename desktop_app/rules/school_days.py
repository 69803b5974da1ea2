"""Whole school days in a row with the same kind of mark: one rule for deletion from the roll, returns and triggers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import groupby

from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half, Session

Run = list[list[Session]]
"""Whole school days, each with its sessions."""


def day_runs(sessions: Sequence[Session], marks: Iterable[Mark], among: Collection[str]) -> list[Run]:
    """The longest stretches of whole school days in a row on which every session that was due has one of those codes,
    in order. A session with no mark breaks a stretch as any other code does."""
    codes = codes_at(marks)
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


def last_run(sessions: Sequence[Session], marks: Iterable[Mark], among: Collection[str]) -> Run:
    """The stretch that reaches to the last of the sessions; empty where that day breaks it."""
    runs = day_runs(sessions, marks, among)
    return runs[-1] if runs and runs[-1][-1][-1] == sessions[-1] else []


def codes_at(marks: Iterable[Mark]) -> dict[tuple[date, Half], str]:
    """The code of each session."""
    return {(mark.day, mark.half): mark.code for mark in marks}
