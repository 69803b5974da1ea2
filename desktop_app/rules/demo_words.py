"""The words and figures the demo school is made of, as the files of `resources/demo/` have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import FlagKind
from desktop_app.domain.staff import Role, Staff

Table = Mapping[str, Any]
"""A table of a TOML file."""


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names that go together. `weight` is its share of families; a surname is (his, hers); `ethnicities` are
    the codes of which a family has one."""

    weight: float
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[tuple[str, str], ...]
    language: str
    interpreter: float
    festival: bool
    ethnicities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The school, where its families live, and the schools its children came from and go to."""

    name: str
    la: str
    la_number: int
    school_number: int
    address: str
    phone: str
    email: str
    headteacher: str
    town: str
    postcode_area: str
    streets: tuple[str, ...]
    earlier_schools: tuple[str, ...]
    secondary_schools: tuple[str, ...]
    nurseries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a school is attended: `codes` in per cent of possible sessions, `shares` in per cent of pupils between one
    `edges` value (per cent missed) and the next, `flags` in per cent of pupils, `months` from September."""

    codes: Mapping[str, float]
    absence: float
    edges: tuple[float, ...]
    shares: tuple[float, ...]
    flags: Mapping[FlagKind, float]
    months: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Routine:
    """What the office does about an absence: how often (`now`: this school year, `before`: in earlier ones), in which
    way, how often somebody is `reached`, and what is written of it."""

    codes: frozenset[str]
    kinds: tuple[EntryKind, ...]
    now: float
    before: float
    reached: float
    outcomes: tuple[str, ...]
    notes: tuple[str, ...]
    missed: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """What the school does about a child who has missed `share` of the year so far, by whom and with whom."""

    share: float
    kind: EntryKind
    author: str
    whom: str
    outcomes: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a case: so many school days before the last one, by whom, with whom (`both`, `first`, `second` or
    `nobody`), and what is written of it; `what` it was about, where its kind asks for that."""

    kind: EntryKind
    days_before: int
    time: time
    author: str
    whom: str
    outcome: str
    note: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """Absences of a case: `sessions` sessions with one code, `over` so many of the last school days, `but` for the very
    last few. `half` names the half of the day; empty: whole days."""

    code: str
    sessions: int
    over: int
    but: int
    half: str


@dataclass(frozen=True, slots=True)
class Script:
    """An open case: what was missed and what was done. `rest` is the share missed of the rest of the year; `unsettled`
    recent sessions still have no reason."""

    key: str
    rest: float
    steps: tuple[Step, ...]
    spells: tuple[Spell, ...]
    unsettled: int
    flags: tuple[FlagKind, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the generator reads."""

    groups: tuple[NameGroup, ...]
    places: Places
    staff: Mapping[str, Staff]
    teachers: tuple[str, ...]
    shape: Shape
    routines: tuple[Routine, ...]
    milestones: tuple[Milestone, ...]
    reasons: Mapping[str, tuple[str, ...]]
    code_notes: Mapping[str, tuple[str, ...]]
    scripts: tuple[Script, ...]


def words_of(names: Table, places: Table, shape: Table, notes: Table, cases: Table) -> Words:
    """The words from the five parsed files. A missing key is a mistake of ours and raises `KeyError`."""
    return Words(
        groups=tuple(_group(table) for table in names["group"]),
        places=_places(places["school"], places["families"]),
        staff={table["key"]: _staff(table) for table in places["staff"]},
        teachers=tuple(places["teachers"]["names"]),
        shape=_shape(shape),
        routines=tuple(_routine(table) for table in notes["routine"]),
        milestones=tuple(_milestone(table) for table in notes["milestone"]),
        reasons={code: tuple(reasons) for code, reasons in notes["reasons"].items()},
        code_notes={code: tuple(texts) for code, texts in notes["code-notes"].items()},
        scripts=tuple(_script(table) for table in cases["case"]),
    )


def _group(table: Table) -> NameGroup:
    surnames: list[str] = table["surnames"]
    return NameGroup(
        weight=table["weight"],
        girls=tuple(table["girls"]),
        boys=tuple(table["boys"]),
        women=tuple(table["women"]),
        men=tuple(table["men"]),
        surnames=tuple((his, hers or his) for his, _, hers in (name.partition("/") for name in surnames)),
        language=table["language"],
        interpreter=table["interpreter"],
        festival=table["festival"],
        ethnicities=tuple(table["ethnicities"]),
    )


def _places(school: Table, families: Table) -> Places:
    return Places(
        name=school["name"],
        la=school["la"],
        la_number=school["la_number"],
        school_number=school["school_number"],
        address=school["address"],
        phone=school["phone"],
        email=school["email"],
        headteacher=school["headteacher"],
        town=families["town"],
        postcode_area=families["postcode_area"],
        streets=tuple(families["streets"]),
        earlier_schools=tuple(families["earlier_schools"]),
        secondary_schools=tuple(families["secondary_schools"]),
        nurseries=tuple(families["nurseries"]),
    )


def _staff(table: Table) -> Staff:
    return Staff(0, table["name"], table["position"], Role(table["role"]))


def _shape(table: Table) -> Shape:
    codes = {code: share for code, share in table["codes"].items() if code not in ("source", "absence")}
    return Shape(
        codes=codes,
        absence=table["codes"]["absence"],
        edges=tuple(table["bands"]["edges"]),
        shares=tuple(table["bands"]["shares"]),
        flags={FlagKind(key): share for key, share in table["flags"].items() if key != "source"},
        months=tuple(table["months"]["weights"]),
    )


def _routine(table: Table) -> Routine:
    return Routine(
        codes=frozenset(table["codes"]),
        kinds=_kinds(table["kinds"]),
        now=table["now"],
        before=table["before"],
        reached=table["reached"],
        outcomes=tuple(table["outcomes"]),
        notes=tuple(table["notes"]),
        missed=table["missed"],
    )


def _milestone(table: Table) -> Milestone:
    return Milestone(
        share=table["share"],
        kind=EntryKind(table["kind"]),
        author=table["author"],
        whom=table["whom"],
        outcomes=tuple(table["outcomes"]),
        notes=tuple(table["notes"]),
    )


def _script(table: Table) -> Script:
    return Script(
        key=table["key"],
        rest=table["rest"],
        steps=tuple(_step(step) for step in table["step"]),
        spells=tuple(Spell(**spell) for spell in table["spell"]),
        unsettled=table["unsettled"],
        flags=tuple(FlagKind(flag) for flag in table["flags"]),
    )


def _step(table: Table) -> Step:
    return Step(
        kind=EntryKind(table["kind"]),
        days_before=table["days_before"],
        time=time.fromisoformat(table["time"]),
        author=table["author"],
        whom=table["whom"],
        outcome=table["outcome"],
        note=table["note"],
        what=table.get("what", ""),
    )


def _kinds(keys: Iterable[str]) -> tuple[EntryKind, ...]:
    return tuple(EntryKind(key) for key in keys)
