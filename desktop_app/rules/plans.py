"""What is wrong with a planned absence, in words, before it is made.

Sources: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10 (codes) and regulation 11
(leave is asked for in advance and given by a person the proprietor authorised; who asked and who decided is kept).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Session
from desktop_app.rules.codes import age_refusal, refusal
from desktop_app.rules.display import date_year, session_words
from desktop_app.rules.session_lists import sessions_list

LEAVE = frozenset({"C", "C1", "J1", "S"})
"""Codes of leave: somebody asked for it, and somebody with that authority gave it."""
NEVER_PLANNED = frozenset({"N", "U", "L", "O", "G", "Y3", "Y4"})
"""Found out on the day, or worked out from the calendar."""
BY_TIMETABLE = frozenset({"X", "C2", "D"})
"""Planned as the pupil's timetable, which has an end and reviews; not as an absence."""


def plannable(codes: Mapping[str, Code], day: date) -> tuple[Code, ...]:
    """The codes that can be planned as an absence or attendance elsewhere on a day, in the order of the law."""
    return tuple(
        code
        for code in codes.values()
        if code.in_force(day)
        and code.counts is not Counts.PRESENT
        and not code.by_calendar
        and code.key not in NEVER_PLANNED | BY_TIMETABLE
    )


def code_fault(plan: Plan, codes: Mapping[str, Code]) -> str | None:
    """Why a code cannot be planned at all, or lacks what it must say; None where all is well."""
    code = codes.get(plan.code)
    if code is None:
        return f"“{plan.code}” is not an attendance code."
    named = f"{code.key} ({code.title})"
    faults = (
        (
            code.counts is Counts.PRESENT or plan.code in NEVER_PLANNED or code.by_calendar,
            f"{named} is seen on the day; it cannot be planned.",
        ),
        (plan.code in BY_TIMETABLE, f"{named} belongs to the pupil’s timetable: set that instead of an absence."),
        (code.needs_note and not plan.note.strip(), f"Code {named} needs a note that says what it is."),
        (
            code.needs_note and code.elsewhere and not plan.provider.strip(),
            f"Code {named} needs the place at which the child attends.",
        ),
        (
            plan.code in LEAVE and not (plan.asked_by.strip() and plan.asked_on and plan.decided_by.strip()),
            f"{code.key} is leave: say who asked for it, on which day, and who gave it.",
        ),
        (
            plan.code in LEAVE and plan.asked_on is not None and plan.asked_on > plan.first,
            f"Leave is asked for in advance, not after {date_year(plan.first)}, when it begins.",
        ),
    )
    return next((words for wrong, words in faults if wrong), None)


def span_fault(plan: Plan) -> str | None:
    """Why the two ends of a plan do not fit together."""
    begins, ends = (plan.first, plan.first_half.ordinal), (plan.last, plan.last_half.ordinal)
    return f"It ends ({date_year(plan.last)}) before it begins ({date_year(plan.first)})." if ends < begins else None


def closed_fault(plan: Plan, pupil: Pupil, due: Sequence[Session], closed: Collection[Session]) -> str | None:
    """Why a plan would say nothing: the school is closed unexpectedly (`closed`, of the sessions due) on all of it. A
    closure goes before a planned absence, since nobody could have come; the rest of a longer plan stands."""
    covered = [session for session in due if plan.covers(session)]
    if not covered or any(session not in closed for session in covered):
        return None
    return (
        f"The school is closed unexpectedly then ({sessions_list(covered)}): {pupil.name} has the code of the closure, "
        "whatever is planned."
    )


def pupil_fault(
    plan: Plan, pupil: Pupil, due: Sequence[Session], others: Sequence[Plan], codes: Mapping[str, Code]
) -> str | None:
    """Why a plan does not fit a pupil. `due` are the sessions of its span that are due of the pupil, `others` the
    pupil's other plans. Overlapping plans are refused: which of two counts must not be a guess."""
    name = pupil.name
    if plan.first < pupil.starting_day:
        return f"{name} starts only on {date_year(pupil.starting_day)}."
    if pupil.leaving_day is not None and plan.last > pupil.leaving_day:
        return f"{name} leaves on {date_year(pupil.leaving_day)}."
    covered = [session for session in due if plan.covers(session)]
    if not covered:
        return f"There is no session then that is due of {name}: the school is closed."
    for session in covered:
        why = refusal(plan.code, session.day, session.half, codes, typed=True)
        why = why or age_refusal(codes[plan.code], pupil.date_of_birth, session.day)
        if why:
            return f"{session_words(session)}: {why}"
    other = next((one for one in others if one.id != plan.id and any(map(one.covers, covered))), None)
    if other is not None:
        until = "" if other.first == other.last else f" to {date_year(other.last)}"
        return f"{name} has {other.code} planned already on {date_year(other.first)}{until}: change or end that first."
    return None
