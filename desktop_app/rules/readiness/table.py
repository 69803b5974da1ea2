"""Every rule of readiness by the name a pack gives it, and a requirement judged by its rule."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.bundle import Finding, Readiness
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.readiness.absence import absent_without_reason, provision_told, within_time
from desktop_app.rules.readiness.answers import Rule
from desktop_app.rules.readiness.considered import considered, defences_considered, needs_considered
from desktop_app.rules.readiness.contact import entry_of_kind, meeting_held_or_refused, warned_within
from desktop_app.rules.readiness.formal import improvement_not_met, notice_possible, power
from desktop_app.rules.readiness.holidays import holiday_taken, holidays_coded, leave_answered
from desktop_app.rules.readiness.parents import contacts_checked, responsibility_known
from desktop_app.rules.readiness.register import attendance_at_or_below, attendance_below, no_n_or_gaps
from desktop_app.rules.readiness.school import policy_published
from desktop_app.rules.readiness.signed import certificate_possible, certificate_signed, statement_signed
from desktop_app.rules.readiness.support import (
    early_help_considered,
    reviews_on_time,
    step_reached,
    support_offered,
)
from desktop_app.rules.readiness.window import unauthorised_in_weeks

RULES: Mapping[str, Rule] = {
    "no-n-or-gaps": no_n_or_gaps,
    "unauthorised-in-weeks": unauthorised_in_weeks,
    "entry-of-kind": entry_of_kind,
    "responsibility-known": responsibility_known,
    "contacts-checked": contacts_checked,
    "certificate-possible": certificate_possible,
    "certificate-signed": certificate_signed,
    "statement-signed": statement_signed,
    "attendance-below": attendance_below,
    "attendance-at-or-below": attendance_at_or_below,
    "holidays-coded": holidays_coded,
    "holiday-taken": holiday_taken,
    "leave-answered": leave_answered,
    "warned-within": warned_within,
    "improvement-not-met": improvement_not_met,
    "meeting-held-or-refused": meeting_held_or_refused,
    "early-help-considered": early_help_considered,
    "reviews-on-time": reviews_on_time,
    "support-offered": support_offered,
    "needs-considered": needs_considered,
    "considered": considered,
    "defences-considered": defences_considered,
    "step-reached": step_reached,
    "policy-published": policy_published,
    "provision-told": provision_told,
    "absent-without-reason": absent_without_reason,
    "within-time": within_time,
    "notice-possible": notice_possible,
    "power": power,
}
"""Every rule a pack may name: `rulebook_referrals.py` has the same."""


def finding(file: CaseFile, requirement: Requirement) -> Finding:
    """What was found of one requirement. Raises `KeyError` for a rule this program does not know."""
    answered = RULES[requirement.rule](file, requirement)
    lacks = answered.state is not Readiness.MET
    return Finding(
        key=requirement.key,
        title=requirement.title,
        part=requirement.part,
        state=answered.state,
        says=f"{requirement.why} {answered.says}".strip() if lacks else answered.says,
        source=requirement.source,
        by=answered.by,
        do=answered.do if lacks else None,
    )
