"""What stands in the register by itself: an unexpected closure, a plan, or a session outside the pupil's timetable.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10. The codes of attendance
elsewhere (K, V, P, W, B) say that the child *is attending*, so a plan alone never writes them: a person confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.codes import Code
from desktop_app.domain.people import Pattern, PatternKind, Pupil
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import Session
from desktop_app.rules.age import compulsory
from desktop_app.rules.expected import pattern_off

CLOSED_CODES: Mapping[PeriodKind, str] = {PeriodKind.SITE_CLOSED: "Y4", PeriodKind.PART_CLOSED: "Y3"}
NOT_REQUIRED, PART_TIME, OTHER_SCHOOL = "X", "C2", "D"


class Origin(StrEnum):
    """Where what stands comes from."""

    CALENDAR = "calendar"
    PLAN = "plan"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Standing:
    """The code that stands for a pupil's session unless somebody types another, and why. `confirm`: the code says the
    child attends elsewhere, so it becomes a mark only when a person has said who arrived; until then none is there."""

    code: str
    note: str
    origin: Origin
    confirm: bool = False


def standing(
    pupil: Pupil,
    session: Session,
    plans: Sequence[Plan],
    patterns: Sequence[Pattern],
    unexpected: Period | None,
    codes: Mapping[str, Code],
) -> Standing | None:
    """What stands for one pupil and session, on roll and in term; None where the child is simply expected.

    A session outside the timetable was not due, so that neither a closure nor an absence touches it; only a plan to
    attend elsewhere then does. A closure goes before a planned absence: nobody could have come.
    """
    plan = max((one for one in plans if one.covers(session)), key=lambda one: one.id, default=None)
    elsewhere = plan is not None and codes[plan.code].elsewhere
    off = pattern_off(patterns, session)
    if off is not None and not elsewhere and (found := _of_pattern(pupil, session, off, codes)):
        return found
    if unexpected is not None:
        return Standing(CLOSED_CODES[unexpected.kind], unexpected.name, Origin.CALENDAR)
    if plan is None:
        return None
    return Standing(plan.code, _where(plan.provider, plan.note), Origin.PLAN, confirm=codes[plan.code].elsewhere)


def _of_pattern(pupil: Pupil, session: Session, pattern: Pattern, codes: Mapping[str, Code]) -> Standing | None:
    of_age = compulsory(pupil.date_of_birth, session.day)
    if pattern.kind == PatternKind.ALTERNATIVE:
        note = _where(pattern.provider, pattern.note)
        return Standing(pattern.code, note, Origin.PATTERN, confirm=codes[pattern.code].elsewhere)
    if pattern.kind == PatternKind.DUAL:
        return Standing(OTHER_SCHOOL, pattern.provider, Origin.PATTERN)
    if pattern.kind == PatternKind.PART_TIME and of_age:
        return Standing(PART_TIME, "", Origin.PATTERN)
    return None if of_age else Standing(NOT_REQUIRED, "", Origin.PATTERN)


def _where(provider: str, note: str) -> str:
    return ": ".join(part for part in (provider, note) if part)
