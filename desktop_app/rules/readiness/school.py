"""Readiness of the school’s own part: a policy on attendance that is published and not out of date.

Source: "Working together to improve school attendance": every school has and publishes an attendance policy, and
reviews it.
"""

from __future__ import annotations

from desktop_app.domain.bundle import Do, DoAt, Relied
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.readiness.answers import Answered, check, met, missing
from desktop_app.rules.school_log import line_of, policy_in_force, policy_words

POLICY = "policy"


def policy_published(file: CaseFile, _: Requirement) -> Answered:
    """A version of the policy was in force on the day, and its review is not overdue."""
    lines = [line for entry in file.school_log if (line := line_of(entry)) is not None]
    policy = policy_in_force(lines, file.request.on)
    if policy is None:
        do = Do(DoAt.SCHOOL, "Log the version in force, when it was approved and when it is reviewed.", POLICY)
        return missing(f"No attendance policy is in the school’s own log up to {long_date(file.request.on)}.", do)
    says = f"Version {policy.version}, {policy_words(policy, file.request.on)}."
    by = [Relied(f"Attendance policy, version {policy.version}", entry=policy.entry)]
    if policy.review is not None and policy.review < file.request.on:
        return check(says, Do(DoAt.SCHOOL, "Review it, and log the new version.", POLICY), by)
    return met(says, by)
