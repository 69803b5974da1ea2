"""Triggers: what the law, the authority's pack or the school's policy says must now be looked at, and why.

A trigger is worked out from the record and never stored. What a person decided about one is an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.sessions import Half


class TriggerKind(StrEnum):
    """Every kind there is; the words are those that the headless door prints."""

    REASON_NOT_ESTABLISHED = "reason-not-established"
    PENALTY_THRESHOLD = "penalty-threshold"
    LATENESS_THRESHOLD = "lateness-threshold"
    CONTINUOUS_ABSENCE = "continuous-absence"
    ATTENDANCE_RETURN = "attendance-return"
    IRREGULAR_ATTENDANCE = "irregular-attendance"
    SICKNESS_RETURN = "sickness-return"
    NO_CONTACT = "no-contact"
    PERSISTENT_ABSENCE = "persistent-absence"
    SEVERE_ABSENCE = "severe-absence"
    NEGLECT_FACTOR = "neglect-factor"
    LEVEL_ONE = "level-one"
    NO_IMPROVEMENT = "no-improvement"
    MEDICAL_EVIDENCE = "medical-evidence"
    TERM_TIME_HOLIDAY = "term-time-holiday"
    ADMISSION_DUE = "admission-due"
    LONG_ABSENCE = "long-absence"
    LEAVE_ENDED = "leave-ended"
    EHCP_FALLING = "ehcp-falling"
    TIMETABLE_ENDING = "timetable-ending"
    COMPULSORY_AGE = "compulsory-age"
    BAND_CROSSED = "band-crossed"
    REVIEW_DUE = "review-due"
    REGISTER_MISSING = "register-missing"
    NEW_PUPIL_RETURN = "new-pupil-return"
    EARLY_HELP_DUE = "early-help-due"
    SOCIAL_CARE_PLAN = "social-care-plan"


class Seen(NamedTuple):
    """One session that a trigger or a pattern rests on, with its code (empty: no mark)."""

    day: date
    half: Half
    code: str


@dataclass(frozen=True, slots=True)
class TriggerSpec:
    """A trigger as data: the law's or a pack's. `rule` names the pure rule that works it out and `params` its numbers;
    `key` tells two specs of one rule apart (the national ten in ten, an authority's own)."""

    key: str
    kind: TriggerKind
    title: str
    rule: str
    source: str
    params: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger met. `pupil` is 0 where it is about a class (a register that was not taken).

    `since` is the day of the session that first met the rule, `due` the last lawful day to act (None: the rule names
    none). `says` is a plain sentence, `sessions` are those it rests on. `provisional`: it would not be met without
    sessions still coded N. `about` is which of several it is about, where a decision holds for that alone: of a
    crossing the key of the band.
    """

    kind: TriggerKind
    key: str
    title: str
    pupil: int
    since: date
    due: date | None
    says: str
    source: str
    sessions: tuple[Seen, ...] = ()
    provisional: bool = False
    class_name: str = ""
    about: str = ""
