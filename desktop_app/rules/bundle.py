"""Which parts a referral bundle has, in which order, and what it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.domain.bundle import BundlePlan, Do, DoAt, Finding, PlannedPart, Readiness
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.referrals import PartSpec
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import why_not_drawn
from desktop_app.rules.disclosed import disclose
from desktop_app.rules.exhibits import exhibits, files_left_out, no_exhibits
from desktop_app.rules.parts.notice_check import no_notice
from desktop_app.rules.parts.other_schools import nothing_elsewhere
from desktop_app.rules.parts.policy import no_policy
from desktop_app.rules.parts.restricted import none_let_out
from desktop_app.rules.parts.support import no_support
from desktop_app.rules.parts.visits import no_visits
from desktop_app.rules.readiness.answers import evidence
from desktop_app.rules.readiness.table import finding


def plan(file: CaseFile, witness: str = "") -> BundlePlan:
    """The bundle as it would be made now. A part that cannot be drawn says why; the rest is made without it. What the
    authority looks for is judged on the whole file, what would be drawn on what its reader may know.
    `witness` is who makes it, and produces its exhibits where nobody else is named."""
    shown = disclose(file)
    findings = [finding(file, requirement) for requirement in file.referral.requirements]
    findings += _silences(file, findings)
    return BundlePlan(
        request=file.request,
        pupil=file.pupil,
        pack=file.pack,
        referral=file.referral,
        parts=tuple(_part(shown, spec) for spec in file.referral.parts),
        findings=tuple(findings),
        left_out=(*shown.left_out, *files_left_out(shown)),
        exhibits=exhibits(shown, witness),
    )


def _part(file: CaseFile, spec: PartSpec) -> PlannedPart:
    """A part of a kind the program does not draw is a fault of the pack, and refused where packs are loaded."""
    chosen = file.request.without(spec.kind)
    if chosen:
        return PlannedPart(spec.kind, spec.title, f"Left out by choice: {chosen}")
    reason = WHY_NOT.get(spec.kind)
    return PlannedPart(spec.kind, spec.title, reason(file) if reason else "")


def _no_parents(file: CaseFile) -> str:
    return "" if file.parents else "No parent or other person with responsibility is recorded, so there is no sheet."


WHY_NOT: Mapping[str, Callable[[CaseFile], str]] = {
    "certificate": why_not_drawn,
    "exhibits": no_exhibits,
    "parents": _no_parents,
    "home-visits": no_visits,
    "support": no_support,
    "notice-check": no_notice,
    "policy": no_policy,
    "other-schools": nothing_elsewhere,
    "restricted": none_let_out,
}
"""The parts that may be impossible or have nothing to say, with the rule that says why. A part that its reader asks to
say why there is nothing (Early Help, the defences, the declaration, the year to date) is printed all the same."""


def _silences(file: CaseFile, findings: list[Finding]) -> list[Finding]:
    """What no authority asks for by name, yet a bundle without it says nothing of what the school did."""
    if evidence(file) or any(found.part == "chronology" for found in findings):
        return []
    says = "The chronology is empty: no call, letter, meeting or visit is recorded up to this day."
    do = Do(DoAt.LOG, "Log what was done: each call, letter, meeting and visit.", EntryKind.PHONE_CALL.value)
    return [Finding("chronology-empty", "Something recorded", "chronology", Readiness.MISSING, says, do=do)]
