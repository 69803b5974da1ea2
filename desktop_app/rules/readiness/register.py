"""Readiness of the register: nothing left open in the period, and the attendance an authority asks for.

Sources: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10(7) to (9); the authorities’
own limits, which are held against the exact counts and never against a rounded figure (practice 35).
"""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.bundle import Do, DoAt
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import NO_FIGURE, percent
from desktop_app.rules.readiness.answers import Answered, at_register, met, missing, of_mark, of_session
from desktop_app.rules.session_lists import count_words, sessions_list


def no_n_or_gaps(file: CaseFile, _: Requirement) -> Answered:
    """Every session of the period has a mark, and none is N."""
    first, last = file.request.first, file.request.last
    open_marks = [mark for mark in file.counted(first, last) if file.rulebook.codes[mark.code].provisional]
    gaps = file.gaps(first, last)
    still = [Session(mark.day, mark.half) for mark in open_marks]
    said = [f"Still N: {sessions_list(still)}."] if still else []
    if gaps:
        said.append(f"No mark: {sessions_list(gaps)}.")
    if not said:
        return met("Every session of the period has its mark and no N is left.")
    do = at_register(min([*still, *gaps]), "Settle each in the register.")
    return missing(" ".join(said), do, [*map(of_mark, open_marks), *map(of_session, gaps)])


def attendance_below(file: CaseFile, requirement: Requirement) -> Answered:
    """Attendance in the period is below a limit: 95 is not below 95."""
    return _attendance(file, Fraction(requirement.params["percent"]), inclusive=False)


def attendance_at_or_below(file: CaseFile, requirement: Requirement) -> Answered:
    """Attendance in the period is a limit or below it: of 75, 75 exactly prompts and 75.1 does not."""
    return _attendance(file, Fraction(requirement.params["percent"]), inclusive=True)


def _attendance(file: CaseFile, limit: Fraction, *, inclusive: bool) -> Answered:
    figures = file.figures(file.request.first, file.request.last)
    rate = figures.attendance
    says = f"{NO_FIGURE if rate is None else percent(rate)} in the period"
    says = says[0].upper() + says[1:]
    if figures.possible:
        says += f": {figures.attended} of {count_words(figures.possible, 'session', 'sessions')} attended"
    if rate is not None and (rate < limit or (inclusive and rate == limit)):
        return met(f"{says}.")
    return missing(f"{says}.", Do(DoAt.PERIOD, "Choose the period that the authority looks at, or wait."))
