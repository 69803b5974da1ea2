"""Finds and reads the law and the packs of local authorities; says file, key and reason where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

from desktop_app.domain.codes import AgeRule, Code, Counts
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import (
    Band,
    Coming,
    Example,
    Ground,
    GroundAge,
    Limit,
    Outlook,
    Pack,
    PartSpec,
    Referral,
    Requirement,
    Rulebook,
    Threshold,
)
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rulebook_bands import read_bands
from desktop_app.rulebook_casework import KEYS as CASEWORK, read_casework
from desktop_app.rulebook_formal import read_formalities
from desktop_app.rulebook_kinds import read_kinds
from desktop_app.rulebook_params import PERCENT, WHOLE, read_params
from desktop_app.rulebook_triggers import read_triggers
from desktop_app.toml_table import Table, open_table

T = TypeVar("T")

PARTS = frozenset({
    "cover", "referral-sheet", "parents", "certificate", "register", "corrections", "chronology", "contacts",
    "earlier-years", "siblings",
})  # fmt: skip
"""The kinds of part a bundle can have."""

KINDS = re.compile(rf"({'|'.join(EntryKind)})(, ({'|'.join(EntryKind)}))*")
YES_NO = re.compile(r"yes|no")

RULES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "no-n-or-gaps": {},
    "unauthorised-in-weeks": {"sessions": WHOLE, "weeks": WHOLE},
    "entry-of-kind": {"kinds": KINDS, "each-parent": YES_NO},
    "responsibility-known": {},
    "contacts-checked": {"months": WHOLE},
    "certificate-possible": {},
    "attendance-below": {"percent": PERCENT},
}
"""The rules a requirement may name, with the settings each needs and how they are written."""


def load(resources: Path) -> Rulebook:
    """Read the newest national file and every authority's pack.

    Raises `Damaged`, naming the file, the key and the reason, where anything is missing or wrong.
    """
    national = sorted((resources / "national").glob("*.toml"))
    if not national:
        raise Damaged(f"There is no rulebook in {resources / 'national'}.")
    law = open_table(national[-1])
    codes = _by_key(law, "code", _code, lambda code: code.key)
    triggers = read_triggers(law, codes)
    packs = _packs(resources / "authorities", codes, {one.key for one in triggers})
    return _national(law, codes, triggers, packs, resources / "casework" / "kinds.toml")


def _national(
    law: Table, codes: dict[str, Code], triggers: tuple[TriggerSpec, ...], packs: dict[str, Pack], kinds: Path
) -> Rulebook:
    law.only(
        *("key", "title", "source", "sources", "persistent", "severe", "limits", "outlook"),
        *("code", "ground", "trigger", "formalities"),
    )
    limits = law.table("limits")
    limits.only("register_open", "settle_n", "counted_from", "counted_to", "too_early")
    if sorted(code.half or "" for code in codes.values() if code.counts is Counts.PRESENT and not code.late) != [*Half]:
        raise law.fault("code", "there must be one present mark for the morning and one for the afternoon")
    return Rulebook(
        codes=codes,
        persistent=_threshold(law.table("persistent"), "persistent"),
        severe=_threshold(law.table("severe"), "severe"),
        register_open=_limit(limits.table("register_open")),
        settle_n=_limit(limits.table("settle_n")),
        counted_from=_limit(limits.table("counted_from")),
        counted_to=_limit(limits.table("counted_to")),
        too_early=_limit(limits.table("too_early")),
        packs=packs,
        source=law.source(),
        grounds=_by_key(law, "ground", _ground, lambda ground: ground.key),
        triggers=triggers,
        outlook=_outlook(law.table("outlook")),
        formalities=read_formalities(law.table("formalities")),
        kinds=read_kinds(open_table(kinds)),
    )


def _outlook(table: Table) -> Outlook:
    names = tuple(Outlook.__dataclass_fields__)
    table.only(*names)
    return Outlook(**{name: _limit(table.table(name)) for name in names})


def _by_key(table: Table, key: str, read: Callable[[Table], T], key_of: Callable[[T], str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in table.tables(key):
        thing = read(row)
        if key_of(thing) in found:
            raise row.fault("key", f"“{key_of(thing)}” stands there twice")
        found[key_of(thing)] = thing
    return found


def _code(row: Table) -> Code:
    row.only(*Code.__dataclass_fields__)
    code = Code(
        key=row.text("key"),
        title=row.text("title"),
        counts=row.choice("counts", Counts),
        source=row.source(),
        half=row.choice("half", Half) if "half" in row.values else None,
        late=row.flag("late"),
        takes_minutes=row.flag("takes_minutes"),
        needs_note=row.flag("needs_note"),
        elsewhere=row.flag("elsewhere"),
        provisional=row.flag("provisional"),
        by_calendar=row.flag("by_calendar"),
        given_to=row.text("given_to", ""),
        first=row.day("first"),
        last=row.day("last"),
        instead=row.text("instead", ""),
        age=row.choice("age", AgeRule) if "age" in row.values else AgeRule.ANY,
    )
    if code.last is not None and not code.instead:
        raise row.fault("instead", "is missing: say what to use now that the code is withdrawn")
    if code.first is not None and code.last is not None and code.first > code.last:
        raise row.fault("last", "is before the first day")
    return code


def _ground(row: Table) -> Ground:
    row.only(*Ground.__dataclass_fields__)
    return Ground(
        key=row.text("key"),
        title=row.text("title"),
        meaning=row.text("meaning"),
        source=row.source(),
        age=row.choice("age", GroundAge) if "age" in row.values else GroundAge.COMPULSORY,
        asks=tuple(filter(None, row.text("asks", "").split("; "))),
        warning=row.text("warning", ""),
        evidence=row.text("evidence", ""),
        absent_days=row.whole("absent_days") if "absent_days" in row.values else 0,
        days_after_leave=row.whole("days_after_leave") if "days_after_leave" in row.values else 0,
        coming=_coming(row.table("coming")) if "coming" in row.values else None,
        schools=_schools(row),
    )


def _schools(row: Table) -> tuple[SchoolType, ...]:
    named = list(filter(None, row.text("schools", "").split("; ")))
    if unknown := [one for one in named if one not in list(SchoolType)]:
        raise row.fault("schools", f"“{unknown[0]}” is none of {', '.join(SchoolType)}")
    return tuple(SchoolType(one) for one in named)


def _coming(row: Table) -> Coming:
    row.only(*Coming.__dataclass_fields__)
    known = row.day("known")
    if known is None:
        raise row.fault("known", "is missing: say on which day this was looked up")
    return Coming(row.text("words"), row.source(), known, row.day("first"))


def _threshold(row: Table, key: str) -> Threshold:
    row.only("title", "times", "source")
    return Threshold(key=key, title=row.text("title"), times=row.whole("times"), source=row.source())


def _limit(row: Table) -> Limit:
    row.only("value", "source")
    return Limit(value=row.whole("value"), source=row.source())


def _packs(folder: Path, codes: Collection[str], law: Collection[str]) -> dict[str, Pack]:
    """The packs in a folder; `law` are the keys of the law’s triggers."""
    read = (_pack(open_table(path), codes, law) for path in sorted(folder.glob("*.toml")))
    packs = {pack.key: pack for pack in read}
    if "england" not in packs:
        raise Damaged(f"{folder.name}: there is no england.toml, which every school without a pack of its own needs.")
    return packs


def _pack(table: Table, codes: Collection[str], law: Collection[str]) -> Pack:
    table.only(
        *("key", "title", "version", "authority", "source", "note", "sources", "too_early"),
        *("band", "referral", "example", "trigger"),
        *CASEWORK,
    )
    if f"{table.text('key')}.toml" != table.file:
        raise table.fault("key", "must be the name of the file")
    bands = read_bands(table)
    referrals = _by_key(table, "referral", _referral, lambda referral: referral.key)
    triggers = read_triggers(table, codes, law)
    return Pack(
        key=table.text("key"),
        title=table.text("title"),
        version=table.text("version"),
        authority=table.text("authority"),
        source=table.source(),
        bands=bands,
        referrals=tuple(referrals.values()),
        examples=tuple(_example(row, bands) for row in table.tables("example")),
        note=table.text("note", ""),
        too_early=_limit(table.table("too_early")) if "too_early" in table.values else None,
        triggers=triggers,
        casework=read_casework(table, {*law, *(one.key for one in triggers)}, referrals.keys()),
    )


def _referral(row: Table) -> Referral:
    row.only("key", "title", "subtitle", "addressed_to", "marking", "source", "part", "requirement")
    parts = tuple(_part(part) for part in row.tables("part"))
    kinds = {part.kind for part in parts}
    return Referral(
        key=row.text("key"),
        title=row.text("title"),
        subtitle=row.text("subtitle", ""),
        addressed_to=row.text("addressed_to"),
        marking=row.text("marking"),
        source=row.source(),
        parts=parts,
        requirements=tuple(
            _by_key(row, "requirement", lambda need: _requirement(need, kinds), lambda need: need.key).values()
        ),
    )


def _part(row: Table) -> PartSpec:
    row.only("kind", "title")
    kind = row.text("kind")
    if kind not in PARTS:
        raise row.fault("kind", f"“{kind}” is none of {', '.join(sorted(PARTS))}")
    return PartSpec(kind, row.text("title"))


def _requirement(row: Table, kinds: set[str]) -> Requirement:
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


def _example(row: Table, bands: tuple[Band, ...]) -> Example:
    row.only("attended", "possible", "band")
    band = row.text("band")
    if band not in {known.key for known in bands}:
        raise row.fault("band", f"there is no band “{band}”")
    return Example(row.whole("attended"), row.whole("possible"), band)
