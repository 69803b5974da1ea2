"""Finds and reads the law, and finds the packs of local authorities; says file, key and reason where one is wrong."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.codes import AgeRule, Code, Counts
from desktop_app.domain.errors import Damaged
from desktop_app.domain.evidence import StatementLaw
from desktop_app.domain.rulebook import (
    Coming,
    Ground,
    GroundAge,
    Outlook,
    Rulebook,
    Threshold,
)
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rulebook_formal import read_formalities, read_guard
from desktop_app.rulebook_kinds import read_kinds
from desktop_app.rulebook_leave import read_leave
from desktop_app.rulebook_packs import PackFiles, Packs
from desktop_app.rulebook_params import read_limit
from desktop_app.rulebook_referrals import read_defences
from desktop_app.rulebook_triggers import read_triggers
from desktop_app.toml_table import Table, by_key, open_table


def load(resources: Path) -> Rulebook:
    """Read the newest national file, and find every authority's pack, which is read when it is first asked for.

    Raises `Damaged`, naming the file, the key and the reason, where anything is missing or wrong.
    """
    national = sorted((resources / "national").glob("*.toml"))
    if not national:
        raise Damaged(f"There is no rulebook in {resources / 'national'}.")
    law = open_table(national[-1])
    codes = by_key(law, "code", _code, lambda code: code.key)
    triggers = read_triggers(law, codes)
    paths = {path.stem: path for path in sorted((resources / "authorities").glob("*.toml"))}
    packs = PackFiles(paths, codes.keys(), {one.key for one in triggers})
    return _national(law, codes, triggers, packs, resources / "casework")


def _national(
    law: Table, codes: dict[str, Code], triggers: tuple[TriggerSpec, ...], packs: PackFiles, work: Path
) -> Rulebook:
    law.only(
        *("key", "title", "source", "sources", "persistent", "severe", "limits", "outlook"),
        *("code", "ground", "trigger", "formalities", "guard", "leave", "defence", "statement"),
    )
    limits = law.table("limits")
    limits.only("register_open", "settle_n", "counted_from", "counted_to", "census_from", "too_early")
    if sorted(code.half or "" for code in codes.values() if code.counts is Counts.PRESENT and not code.late) != [*Half]:
        raise law.fault("code", "there must be one present mark for the morning and one for the afternoon")
    return Rulebook(
        codes=codes,
        persistent=_threshold(law.table("persistent"), "persistent"),
        severe=_threshold(law.table("severe"), "severe"),
        register_open=read_limit(limits.table("register_open")),
        settle_n=read_limit(limits.table("settle_n")),
        counted_from=read_limit(limits.table("counted_from")),
        counted_to=read_limit(limits.table("counted_to")),
        census_from=read_limit(limits.table("census_from")),
        too_early=read_limit(limits.table("too_early")),
        packs=Packs(packs),
        texts=packs,
        source=law.source(),
        grounds=by_key(law, "ground", _ground, lambda ground: ground.key),
        triggers=triggers,
        outlook=_outlook(law.table("outlook")),
        formalities=read_formalities(law.table("formalities")),
        guard=read_guard(law.table("guard")),
        statement=_statement(law.table("statement")),
        leave=read_leave(law.table("leave"), codes),
        defences=read_defences(law),
        kinds=read_kinds(open_table(work / "kinds.toml"), open_table(work / "barriers.toml")),
    )


def _statement(table: Table) -> StatementLaw:
    table.only("declaration", "source")
    declaration = table.text("declaration")
    if declaration.count("{pages}") != 1:
        raise table.fault("declaration", "has to say once, as {pages}, where the number of pages goes")
    return StatementLaw(declaration, table.source())


def _outlook(table: Table) -> Outlook:
    names = tuple(Outlook.__dataclass_fields__)
    table.only(*names)
    return Outlook(**{name: read_limit(table.table(name)) for name in names})


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
        asks=row.several("asks"),
        warning=row.text("warning", ""),
        evidence=row.text("evidence", ""),
        absent_days=row.whole("absent_days") if "absent_days" in row.values else 0,
        days_after_leave=row.whole("days_after_leave") if "days_after_leave" in row.values else 0,
        coming=_coming(row.table("coming")) if "coming" in row.values else None,
        schools=row.choices("schools", SchoolType),
    )


def _coming(row: Table) -> Coming:
    row.only(*Coming.__dataclass_fields__)
    known = row.day("known")
    if known is None:
        raise row.fault("known", "is missing: say on which day this was looked up")
    return Coming(row.text("words"), row.source(), known, row.day("first"))


def _threshold(row: Table, key: str) -> Threshold:
    row.only("title", "times", "source")
    return Threshold(key=key, title=row.text("title"), times=row.whole("times"), source=row.source())
