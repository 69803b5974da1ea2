"""Whole school days in a row with the same kind of mark: one rule for deletion from the roll, returns and triggers.

A session on which the site was closed without warning (Y3, Y4: SI 2024/208 regulation 10, the school or part of it was
closed) could not be attended. For the attendance return, for ten days without authority and for silence such sessions
are stepped over: a day of snow neither counts nor begins the ten days anew, since the child did not come in between.
For deletion from the roll, and the trigger that leads to it, every session is coded G, N or O and any other code breaks
the days: the graver step keeps to the letter (`absent_run`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half, Session

CLOSED = frozenset({"Y3", "Y4"})
"""The codes of an unexpected closure, whole or in part."""
NOT_ATTENDED = frozenset({"G", "N", "O"})
"""The codes of the twenty school days after which a name may be deleted."""

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


def absent_run(
    due: Sequence[Session],
    marks: Iterable[Mark],
    expected: Collection[Session] | None = None,
    to_come: Collection[Session] = frozenset(),
) -> Run:
    """The school days in a row, up to now, on which the child was absent as the ground of twenty days asks it: every
    session coded G, N or O. The ground and the trigger that leads to it both ask here.

    `due` are the sessions of the calendar on which a mark of the child can stand, `expected` those of its timetable
    (None: all), `to_come` those that are not over. A session is the child’s own where it is expected, or where a mark
    stands. So neither a planned closure (no session at all), nor a session outside the timetable that nobody marked,
    is a school day of the child: it counts for nothing and breaks nothing. But what is coded is in the register, and
    any code but G, N and O breaks the days, outside the timetable too: C2 is leave of absence, D attendance at another
    school, Y3 and Y4 a school that was closed, and none of them is an absence without leave. An expected session
    without a mark breaks them as well. A day that is not over does not count yet, and breaks them once it has another
    code: the child was seen, or the absence explained. A mark where no session is says nothing.

    Who never comes and has a part-time timetable is still found by the ten days of the attendance return, which step
    over C2; the name can be deleted once the timetable has ended and twenty days are coded.

    Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 9(1)(i), with the codes of
    regulation 10; read to the letter, since the step is not taken back.
    """
    codes = codes_at(marks)
    whole, running = own_sessions(due, codes, expected, to_come)
    if any(codes.get((one.day, one.half), "N") not in NOT_ATTENDED for one in running):
        return []
    runs = _runs(whole, codes, NOT_ATTENDED)
    return runs[-1] if runs and runs[-1][-1][-1] == whole[-1] else []


def own_sessions(
    due: Sequence[Session], codes: Codes, expected: Collection[Session] | None, to_come: Collection[Session]
) -> tuple[list[Session], list[Session]]:
    """The child’s own sessions as `absent_run` has them: on days that are over, and on days that are not."""
    own = [one for one in due if expected is None or one in expected or (one.day, one.half) in codes]
    open_days = {one.day for one in own if one in to_come}
    return [one for one in own if one.day not in open_days], [one for one in own if one.day in open_days]


def _without(sessions: Sequence[Session], codes: Codes, over: Collection[str]) -> Sequence[Session]:
    return [one for one in sessions if codes.get((one.day, one.half)) not in over] if over else sessions


def codes_at(marks: Iterable[Mark]) -> dict[tuple[date, Half], str]:
    """The code of each session."""
    return {(mark.day, mark.half): mark.code for mark in marks}
