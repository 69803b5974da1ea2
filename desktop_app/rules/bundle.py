"""Which parts a referral bundle has, in which order, and what it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from desktop_app.domain.bundle import BundlePlan, Do, DoAt, Finding, LeftOut, PlannedPart, Readiness
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.evidence import SignedOf, Statement
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.referrals import Disclosure, PartSpec
from desktop_app.domain.staff import Author
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate, reliable, why_not_drawn
from desktop_app.rules.chronology import untold
from desktop_app.rules.disclosed import disclose, disclose_to_court
from desktop_app.rules.exhibits import exhibits, files_left_out, no_exhibits
from desktop_app.rules.parts.notice_check import no_notice
from desktop_app.rules.parts.other_schools import nothing_elsewhere
from desktop_app.rules.parts.policy import no_policy
from desktop_app.rules.parts.restricted import none_let_out
from desktop_app.rules.parts.support import no_support
from desktop_app.rules.parts.visits import no_visits
from desktop_app.rules.readiness.answers import evidence
from desktop_app.rules.readiness.table import finding
from desktop_app.rules.signing import signed_pages, standing
from desktop_app.rules.statement import statement, witness_named
from desktop_app.rules.unused import unused

NOBODY = Author(0, "", "")


def plan(file: CaseFile, maker: Author = NOBODY) -> BundlePlan:
    """The bundle as it would be made now: see `plan_and_shown`."""
    return plan_and_shown(file, maker)[0]


def plan_and_shown(file: CaseFile, maker: Author = NOBODY) -> tuple[BundlePlan, CaseFile]:
    """The bundle as it would be made now, and the file as its reader may see it, from which it is drawn.

    A part that cannot be drawn says why; the rest is made without it. What the authority looks for is judged on the
    whole file, what would be drawn on what its reader may know. The certificate and the schedule of what is not used
    are read from the whole file, and say nothing that their reader may not know. `maker` is who makes it, and is the
    witness where nobody else is named and nobody has signed.
    """
    file = _with_witness(file)
    shown = disclose(file)
    kinds = {spec.kind for spec in file.referral.parts if not file.request.without(spec.kind)}
    produced = exhibits(shown, maker.name)
    findings = [finding(file, requirement) for requirement in file.referral.requirements]
    findings += _silences(file, findings)
    planned = BundlePlan(
        request=file.request,
        pupil=file.pupil,
        pack=file.pack,
        referral=file.referral,
        parts=tuple(_part(file, shown, spec) for spec in file.referral.parts),
        findings=tuple(findings),
        left_out=(*shown.left_out, *_untold(shown), *files_left_out(shown)),
        exhibits=produced,
        certificate=certificate(file) if "certificate" in kinds else None,
        statement=_statement(file, shown, maker, produced) if "statement" in kinds else None,
        unused=unused(file) if "unused" in kinds else (),
        signed=signed_pages(file),
        reliable=reliable(file) if "certificate" in kinds else (),
    )
    return planned, shown


def _with_witness(file: CaseFile) -> CaseFile:
    """The file with whoever signed the statement that stands, where no other witness is asked for: the exhibits bear
    the labels of that statement, and no second one is drafted."""
    signed = [one.witness for one in standing(file, SignedOf.STATEMENT) if one.witness]
    if file.request.witness or not signed:
        return file
    return replace(file, request=replace(file.request, witness=signed[-1]))


def overall(findings: Iterable[Finding]) -> Readiness:
    """How ready a referral is as a whole: as ready as the line that is least so."""
    states = {one.state for one in findings}
    return next((one for one in (Readiness.MISSING, Readiness.CHECK) if one in states), Readiness.MET)


def _statement(file: CaseFile, shown: CaseFile, maker: Author, produced: tuple[Exhibit, ...]) -> Statement:
    """The statement is for a court, whoever reads the bundle: it knows no more than a court may."""
    court = shown if file.referral.disclosure is Disclosure.COURT else disclose_to_court(file)
    witness = witness_named(court, file.request.witness, maker)
    return statement(court, witness, produced, certificate(file), why_not_drawn(file))


def _untold(file: CaseFile) -> Iterator[LeftOut]:
    """What no chronology tells of, where the bundle has one."""
    if any(spec.kind == "chronology" for spec in file.referral.parts):
        yield from untold(file)


def _part(file: CaseFile, shown: CaseFile, spec: PartSpec) -> PlannedPart:
    """A part of a kind the program does not draw is a fault of the pack, and refused where packs are loaded."""
    chosen = file.request.without(spec.kind)
    if chosen:
        return PlannedPart(spec.kind, spec.title, f"Left out by choice: {chosen}")
    reason = WHY_NOT.get(spec.kind)
    whole = spec.kind in OF_THE_WHOLE
    return PlannedPart(spec.kind, spec.title, reason(file if whole else shown) if reason else "")


def _not_for_court(file: CaseFile) -> str:
    if file.referral.disclosure is not Disclosure.COURT:
        return ""
    return "It is for the authority’s disclosure officer alone, and never in a pack for the court."


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
    "unused": _not_for_court,
}
"""The parts that may be impossible or have nothing to say, with the rule that says why. A part that its reader asks to
say why there is nothing (Early Help, the defences, the declaration, the year to date) is printed all the same."""
OF_THE_WHOLE = frozenset({"certificate"})
"""Those of which the whole file decides: what a court may not hear of still leaves sessions out of a certificate."""


def _silences(file: CaseFile, findings: list[Finding]) -> list[Finding]:
    """What no authority asks for by name, yet a bundle without it says nothing of what the school did."""
    if evidence(file) or any(found.part == "chronology" for found in findings):
        return []
    says = "The chronology is empty: no call, letter, meeting or visit is recorded up to this day."
    do = Do(DoAt.LOG, "Log what was done: each call, letter, meeting and visit.", EntryKind.PHONE_CALL.value)
    return [Finding("chronology-empty", "Something recorded", "chronology", Readiness.MISSING, says, do=do)]
