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


def read_defences(law: Table) -> tuple[Defence, ...]:
    """The statutory defences of the national file, in its order. Raises `Damaged`, naming file, key and reason."""
    return tuple(by_key(law, "defence", _defence, lambda defence: defence.key).values())


def _defence(row: Table) -> Defence:
    row.only(*Defence.__dataclass_fields__)
    return Defence(row.text("key"), row.text("title"), row.text("says"), row.source())


def read_referrals(table: Table) -> dict[str, Referral]:
    """The referrals of a pack, by key. Raises `Damaged`, naming file, key and reason."""
    found = by_key(table, "referral", _referral, lambda referral: referral.key)
    for referral in found.values():
        if referral.disclosure is Disclosure.COURT and not referral.per_parent:
            raise table.fault("referral", f"“{referral.key}” is for the court, and so made per parent")
        for key in referral.beside:
            if key not in found or key == referral.key:
                raise table.fault("referral", f"“{referral.key}” goes with “{key}”, which is no other referral here")
    return found


def _referral(row: Table) -> Referral:
    row.only(
        *("key", "title", "subtitle", "addressed_to", "marking", "source", "part", "requirement"),
        *("profile", "disclosure", "per_parent", "beside", "schools"),
    )
    parts = tuple(_part(part) for part in row.tables("part"))
    kinds = {part.kind for part in parts}
    needs = by_key(row, "requirement", lambda need: _requirement(need, kinds), lambda need: need.key)
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
    kind = row.text("kind")
    if kind not in PARTS:
        raise row.fault("kind", f"“{kind}” is none of {', '.join(sorted(PARTS))}")
    return PartSpec(kind, row.text("title"))


def _requirement(row: Table, kinds: Collection[str]) -> Requirement:
    row.only("key", "title", "rule", "part", "why", "source", "params")
    rule, part = row.text("rule"), row.text("part")
    if rule not in RULES:
        raise row.fault("rule", f"“{rule}” is none of {', '.join(RULES)}")
    if part not in kinds:
        raise row.fault("part", f"the referral has no part “{part}”")
    return Requirement(
        key=row.text("key"),
        title=row.text("title"),
        rule=rule,
        part=part,
        why=row.text("why"),
        source=row.source(),
        params=read_params(row, RULES[rule]),
    )
