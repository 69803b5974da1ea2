"""Who may decide a trigger away, by its kind.

Sources: SI 2024/208 regulation 13 and “Working together to improve school attendance”: what is returned to the
authority, and what may end in a deletion or a notice, is the school’s to answer for and not a class teacher’s. Which of
it asks for which right is the school's own division of work, as in `rules/rights.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.rights import Right
from desktop_app.domain.triggers import TriggerKind

_LOG = frozenset({Right.LOG})
_WHOLE = _LOG | {Right.READ_LOG}
_RETURN = _WHOLE | {Right.ALL_CLASSES}
_CASE = _LOG | {Right.WRITE_CASE}

RIGHTS_TO_DECIDE: Mapping[TriggerKind, frozenset[Right]] = {
    TriggerKind.REASON_NOT_ESTABLISHED: _WHOLE,
    TriggerKind.PENALTY_THRESHOLD: _CASE,
    TriggerKind.LATENESS_THRESHOLD: _CASE,
    TriggerKind.CONTINUOUS_ABSENCE: _WHOLE,
    TriggerKind.ATTENDANCE_RETURN: _RETURN,
    TriggerKind.IRREGULAR_ATTENDANCE: _RETURN,
    TriggerKind.SICKNESS_RETURN: _RETURN,
    TriggerKind.NO_CONTACT: _WHOLE,
    TriggerKind.PERSISTENT_ABSENCE: _WHOLE,
    TriggerKind.SEVERE_ABSENCE: _CASE,
    TriggerKind.NEGLECT_FACTOR: _CASE,
    TriggerKind.LEVEL_ONE: _LOG,
    TriggerKind.NO_IMPROVEMENT: _CASE,
    TriggerKind.MEDICAL_EVIDENCE: _LOG,
    TriggerKind.TERM_TIME_HOLIDAY: _WHOLE,
    TriggerKind.ADMISSION_DUE: _WHOLE,
    TriggerKind.LONG_ABSENCE: _WHOLE,
    TriggerKind.LEAVE_ENDED: _WHOLE,
    TriggerKind.EHCP_FALLING: _WHOLE,
    TriggerKind.TIMETABLE_ENDING: _WHOLE,
    TriggerKind.COMPULSORY_AGE: _WHOLE,
    TriggerKind.BAND_CROSSED: _LOG,
    TriggerKind.REVIEW_DUE: _WHOLE,
    TriggerKind.REGISTER_MISSING: _WHOLE,
    TriggerKind.NEW_PUPIL_RETURN: _RETURN,
    TriggerKind.EARLY_HELP_DUE: _CASE,
    TriggerKind.SOCIAL_CARE_PLAN: _CASE,
}
"""The rights that a decision about each kind asks for: a return those of whoever answers for the registers of the whole
school, casework that of writing cases, whatever else goes beyond one class that of reading the log. What is left to a
class teacher is what a class does about a child."""
