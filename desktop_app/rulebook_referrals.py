"""Reads the referrals of a pack: what each bundle holds, who may read it, and what the authority looks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.referrals import Defence, Disclosure, PartSpec, Profile, Referral, Requirement
from desktop_app.domain.school import SchoolType
from desktop_app.rulebook_params import PERCENT, WHOLE, read_params
from desktop_app.toml_table import Table, by_key

PARTS = frozenset({
    "cover", "referral-sheet", "parents", "declaration", "certificate", "register", "register-year", "corrections",
    "statement", "chronology", "contacts", "home-visits", "early-help", "support", "notice-check", "policy", "defences",
    "exhibits", "earlier-years", "siblings", "other-schools", "restricted", "unused",
})  # fmt: skip
"""The kinds of part a bundle can have."""

TITLES: Mapping[str, str] = {
    "cover": "Cover and index",
    "referral-sheet": "Referral",
    "parents": "Parents and carers",
    "declaration": "Headteacher’s declaration",
    "certificate": "Certificate of attendance",
    "register": "Attendance register",
    "register-year": "Register of the year to date, for information",
    "corrections": "Corrections to the register",
    "statement": "Witness statement",
    "chronology": "Chronology",
    "contacts": "Calls and home visits",
    "home-visits": "Home visits",
    "early-help": "Early Help",
    "support": "Support and agencies",
    "notice-check": "Notice to Improve",
    "policy": "Attendance policy and where it is published",
    "defences": "Statutory defences",
    "exhibits": "Exhibits",
    "earlier-years": "Attendance in earlier years",
    "siblings": "Brothers and sisters",
    "other-schools": "Other schools",
    "restricted": "Notes let out by the safeguarding lead",
    "unused": "Schedule of material not used",
}
"""What is printed above a part, where the pack gives it no title of its own."""
CALLS = "Calls"
"""What is printed above the log of calls where the home visits have a part of their own."""

KINDS = re.compile(rf"({'|'.join(EntryKind)})(, ({'|'.join(EntryKind)}))*")
YES_NO = re.compile(r"yes|no")
KEY = re.compile(r"[a-z0-9-]+")

RULES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "no-n-or-gaps": {},
    "unauthorised-in-weeks": {"sessions": WHOLE, "weeks": WHOLE},
    "entry-of-kind": {"kinds": KINDS, "each-parent": YES_NO},
    "responsibility-known": {},
    "contacts-checked": {"months": WHOLE},
    "certificate-possible": {},
    "certificate-signed": {},
    "statement-signed": {},
    "attendance-below": {"percent": PERCENT},
    "attendance-at-or-below": {"percent": PERCENT},
    "holidays-coded": {},
    "holiday-taken": {"sessions": WHOLE},
    "leave-answered": {},
    "warned-within": {"kinds": KINDS, "days": WHOLE},
    "improvement-not-met": {},
    "meeting-held-or-refused": {},
    "early-help-considered": {},
    "reviews-on-time": {},
    "support-offered": {},
    "needs-considered": {},
    "considered": {"what": KEY},
    "defences-considered": {},
    "step-reached": {"step": KEY},
    "policy-published": {},
    "provision-told": {},
    "absent-without-reason": {"days": WHOLE},
    "within-time": {"days": WHOLE},
    "notice-possible": {},
    "power": {"power": KEY},
}
"""The rules a requirement may name, with the settings each needs and how they are written."""


def read_referrals(table: Table) -> dict[str, Referral]:
    """The referrals of a pack, by key. Raises `Damaged`, naming file, key and reason.

    What several referrals ask for stands once, in a `[[check]]`, and each names it among its `checks`; the parts stand
    in one line, each perhaps with a colon and a title of its own. A table for each, as below, is read as well.
    """
    checks = {row.text("key"): row for row in table.tables("check", some=False)}
    if len(checks) < len(list(table.tables("check", some=False))):
        raise table.fault("check", "a key stands there twice")
    found = by_key(table, "referral", lambda row: _referral(row, checks), lambda referral: referral.key)
    if unused := checks.keys() - _named(table):
        raise table.fault("check", f"no referral asks for “{min(unused)}”")
    for referral in found.values():
        if referral.disclosure is Disclosure.COURT and not referral.per_parent:
            raise table.fault("referral", f"“{referral.key}” is for the court, and so made per parent")
        for key in referral.beside:
            if key not in found or key == referral.key:
                raise table.fault("referral", f"“{referral.key}” goes with “{key}”, which is no other referral here")
    return found


def read_defences(law: Table) -> tuple[Defence, ...]:
    """What a parent may answer to a charge, from the national file, in its order. Raises `Damaged`."""
    found = [_defence(row) for row in law.tables("defence", some=False)]
    if len({one.key for one in found}) < len(found):
        raise law.fault("defence", "two of them have one key")
    return tuple(found)


def _defence(row: Table) -> Defence:
    row.only(*Defence.__dataclass_fields__)
    key = row.text("key")
    if not KEY.fullmatch(key):
        raise row.fault("key", f"“{key}” is not how it is written")
    return Defence(key, row.text("title"), row.source(), row.text("says"))


def _named(table: Table) -> set[str]:
    return {key for row in table.tables("referral") for key in row.several("checks")}


def _referral(row: Table, checks: Mapping[str, Table]) -> Referral:
    row.only(
        *("key", "title", "subtitle", "addressed_to", "marking", "source", "part", "requirement"),
        *("parts", "checks", "profile", "disclosure", "per_parent", "beside", "schools"),
    )
    parts = _titled(row)
    parts += tuple(_part(part) for part in row.tables("part", some=not parts))
    kinds = [part.kind for part in parts]
    if len(kinds) > len(set(kinds)):
        raise row.fault("parts", "a part stands there twice")
    named = row.several("checks")
    if unknown := [key for key in named if key not in checks]:
        raise row.fault("checks", f"there is no [[check]] “{unknown[0]}”")
    needs = {key: _requirement(checks[key], kinds) for key in named}
    own = by_key(row, "requirement", lambda need: _requirement(need, kinds), lambda need: need.key, some=not needs)
    if twice := needs.keys() & own.keys():
        raise row.fault("requirement", f"“{min(twice)}” stands there twice")
    needs |= own
    return Referral(
        key=row.text("key"),
        title=row.text("title"),
        subtitle=row.text("subtitle", ""),
        addressed_to=row.text("addressed_to"),
        marking=row.text("marking"),
        source=row.source(),
        parts=parts,
        requirements=tuple(needs.values()),
        profile=row.choice("profile", Profile) if "profile" in row.values else Profile.CASEWORK,
        disclosure=row.choice("disclosure", Disclosure) if "disclosure" in row.values else Disclosure.AUTHORITY,
        per_parent=row.flag("per_parent"),
        beside=row.several("beside"),
        schools=row.choices("schools", SchoolType),
    )


def _part(row: Table) -> PartSpec:
    row.only("kind", "title")
    return PartSpec(_kind(row, "kind", row.text("kind")), row.text("title"))


def _titled(row: Table) -> tuple[PartSpec, ...]:
    """The parts out of the line of them: of each its kind, or its kind, a colon and its title."""
    said = [one.partition(": ") for one in row.several("parts")]
    titles = {**TITLES, "contacts": CALLS} if any(kind == "home-visits" for kind, _, _ in said) else TITLES
    return tuple(PartSpec(_kind(row, "parts", kind), title or titles[kind]) for kind, _, title in said)


def _kind(row: Table, key: str, kind: str) -> str:
    if kind not in PARTS:
        raise row.fault(key, f"“{kind}” is none of {', '.join(sorted(PARTS))}")
    return kind


def _requirement(row: Table, kinds: Collection[str]) -> Requirement:
    """A requirement of a referral with those kinds of part; it belongs to the first it names that is among them."""
    row.only("key", "title", "rule", "part", "why", "source", "params")
    rule, parts = row.text("rule"), row.several("part")
    if rule not in RULES:
        raise row.fault("rule", f"“{rule}” is none of {', '.join(RULES)}")
    part = next((kind for kind in parts if kind in kinds), None)
    if part is None:
        raise row.fault("part", f"the referral has no part “{row.text('part')}”")
    return Requirement(
        key=row.text("key"),
        title=row.text("title"),
        rule=rule,
        part=part,
        why=row.text("why"),
        source=row.source(),
        params=read_params(row, RULES[rule]),
    )
