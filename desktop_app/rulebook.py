"""Finds and reads the law and the packs of local authorities; says file, key and reason where one is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, cast

from desktop_app.domain.codes import AgeRule, Code, Counts
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import (
    Band,
    Example,
    Level,
    Limit,
    Pack,
    PartSpec,
    Referral,
    Requirement,
    Rulebook,
    Threshold,
)
from desktop_app.domain.sessions import Half

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

PARTS = frozenset({
    "cover", "referral-sheet", "parents", "certificate", "register", "corrections", "chronology", "contacts",
    "earlier-years", "siblings",
})  # fmt: skip
"""The kinds of part a bundle can have."""

WHOLE = re.compile(r"[1-9]\d{0,3}")
PERCENT = re.compile(r"\d{1,2}(\.\d{1,3})?|100")
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

SHAPES: Mapping[int, tuple[int, ...]] = {2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 3, 5), 5: (1, 2, 3, 4, 5)}
"""The shapes of a pack's bands, best first, by how many bands it has: 1 and 5 always mean best and severe."""

CHIP = 12
"""The most letters of a band's title: it has to stand on a chip."""


def load(resources: Path) -> Rulebook:
    """Read the newest national file and every authority's pack.

    Raises `Damaged`, naming the file, the key and the reason, where anything is missing or wrong.
    """
    national = sorted((resources / "national").glob("*.toml"))
    if not national:
        raise Damaged(f"There is no rulebook in {resources / 'national'}.")
    return _national(_open(national[-1]), _packs(resources / "authorities"))


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a TOML file, with the place it stands in, read by typed helpers that say what is wrong."""

    file: str
    place: str
    values: Mapping[str, Any]
    sources: Mapping[str, str]

    def fault(self, key: str, why: str) -> Damaged:
        """The error to raise about one key."""
        where = f"{self.place}.{key}" if self.place else key
        return Damaged(f"{self.file}: {where}: {why}.")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not empty."""
        value = self._get(key, str, "text", default)
        if not value and default is None:
            raise self.fault(key, "is empty")
        return value

    def whole(self, key: str) -> int:
        """A whole number of 0 or more."""
        value = self._get(key, int, "a whole number", None)
        if value < 0:
            raise self.fault(key, "is below 0")
        return value

    def flag(self, key: str) -> bool:
        """True or false; absent means false."""
        return self._get(key, bool, "true or false", False)

    def day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        return self._get(key, date, "a date", None) if key in self.values else None

    def bound(self, key: str) -> Fraction | None:
        """An exact percentage from 0 to 100, or None where the key is absent."""
        if key not in self.values:
            return None
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, (int, Fraction)) or not 0 <= value <= 100:
            raise self.fault(key, "must be a percentage from 0 to 100")
        return Fraction(value)

    def choice(self, key: str, kind: type[E]) -> E:
        """One of the values of an enumeration."""
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            raise self.fault(key, f"“{value}” is none of {', '.join(kind)}") from None

    def source(self) -> str:
        """Where the table's values come from: a key of `[sources]`, then perhaps a colon and the place in it."""
        key, _, place = self.text("source").partition(": ")
        if key not in self.sources:
            raise self.fault("source", f"“{key}” is not one of [sources]")
        return f"{self.sources[key]}, {place}" if place else self.sources[key]

    def table(self, key: str) -> _Table:
        """The table at `key`."""
        return self._below(key, cast("object", self._get(key, Mapping, "a table", None)))

    def tables(self, key: str, *, some: bool = True) -> Iterator[_Table]:
        """The tables of a list, in order; with `some` there must be at least one."""
        values = cast("list[object]", self._get(key, list, "a list of tables", []))
        if some and not values:
            raise self.fault(key, "there is none")
        for number, value in enumerate(values, start=1):
            yield self._below(f"{key}[{number}]", value)

    def only(self, *keys: str) -> None:
        """Refuse a key nobody would read: it is a slip of the pen."""
        for key in self.values.keys() - set(keys):
            raise self.fault(key, "is not a key that stands here")

    def _below(self, key: str, value: object) -> _Table:
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        below = cast("dict[str, Any]", value)
        return _Table(self.file, f"{self.place}.{key}" if self.place else key, below, self.sources)

    def _get(self, key: str, kind: type[T], called: str, default: T | None) -> T:
        value = self.values.get(key, default)
        if value is None:
            raise self.fault(key, "is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fault(key, f"must be {called}")
        return value


def _open(path: Path) -> _Table:
    try:
        with path.open("rb") as file:
            values = tomllib.load(file, parse_float=Fraction)
    except (OSError, ValueError) as error:
        raise Damaged(f"{path.name} cannot be read: {error}.") from error
    top = _Table(path.name, "", values, {})
    sources = top.table("sources")
    return _Table(path.name, "", values, {key: sources.text(key) for key in sources.values})


def _national(law: _Table, packs: Mapping[str, Pack]) -> Rulebook:
    law.only("key", "title", "source", "sources", "persistent", "severe", "limits", "code")
    limits = law.table("limits")
    limits.only("register_open", "settle_n")
    codes = _by_key(law, "code", _code, lambda code: code.key)
    if sorted(code.half or "" for code in codes.values() if code.counts is Counts.PRESENT and not code.late) != [*Half]:
        raise law.fault("code", "there must be one present mark for the morning and one for the afternoon")
    return Rulebook(
        codes=codes,
        persistent=_threshold(law.table("persistent"), "persistent"),
        severe=_threshold(law.table("severe"), "severe"),
        register_open=_limit(limits.table("register_open")),
        settle_n=_limit(limits.table("settle_n")),
        packs=packs,
        source=law.source(),
    )


def _by_key(table: _Table, key: str, read: Callable[[_Table], T], key_of: Callable[[T], str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in table.tables(key):
        thing = read(row)
        if key_of(thing) in found:
            raise row.fault("key", f"“{key_of(thing)}” stands there twice")
        found[key_of(thing)] = thing
    return found


def _code(row: _Table) -> Code:
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


def _threshold(row: _Table, key: str) -> Threshold:
    row.only("title", "times", "source")
    return Threshold(key=key, title=row.text("title"), times=row.whole("times"), source=row.source())


def _limit(row: _Table) -> Limit:
    row.only("value", "source")
    return Limit(value=row.whole("value"), source=row.source())


def _packs(folder: Path) -> dict[str, Pack]:
    packs = {pack.key: pack for pack in (_pack(_open(path)) for path in sorted(folder.glob("*.toml")))}
    if "england" not in packs:
        raise Damaged(f"{folder.name}: there is no england.toml, which every school without a pack of its own needs.")
    return packs


def _pack(table: _Table) -> Pack:
    table.only(
        "key", "title", "version", "authority", "source", "note", "sources", "band", "level", "referral", "example"
    )
    if f"{table.text('key')}.toml" != table.file:
        raise table.fault("key", "must be the name of the file")
    bands = tuple(_band(row) for row in table.tables("band"))
    _whole_scale(table, bands)
    return Pack(
        key=table.text("key"),
        title=table.text("title"),
        version=table.text("version"),
        authority=table.text("authority"),
        source=table.source(),
        bands=bands,
        levels=tuple(_by_key(table, "level", _level, lambda level: level.key).values()),
        referrals=tuple(_by_key(table, "referral", _referral, lambda referral: referral.key).values()),
        examples=tuple(_example(row, bands) for row in table.tables("example")),
        note=table.text("note", ""),
    )


def _band(row: _Table) -> Band:
    row.only(*Band.__dataclass_fields__)
    title = row.text("title")
    if len(title) > CHIP:
        raise row.fault("title", f"is longer than the {CHIP} letters of a chip")
    if ("at_least" in row.values) == ("above" in row.values):
        raise row.fault("at_least", "exactly one of at_least and above must be there")
    if ("at_most" in row.values) == ("below" in row.values):
        raise row.fault("at_most", "exactly one of at_most and below must be there")
    return Band(
        key=row.text("key"),
        title=title,
        shape=row.whole("shape"),
        source=row.source(),
        at_least=row.bound("at_least"),
        above=row.bound("above"),
        at_most=row.bound("at_most"),
        below=row.bound("below"),
        meaning=row.text("meaning", ""),
    )


def _whole_scale(table: _Table, bands: tuple[Band, ...]) -> None:
    """Refuse bands, best first, that leave a gap, overlap, or have other shapes than their number gives them."""
    if tuple(band.shape for band in bands) != SHAPES.get(len(bands)):
        raise table.fault(
            "band", f"the shapes of {len(bands)} bands, best first, must be one of {list(SHAPES.values())}"
        )
    if bands[0].at_most != 100 or bands[-1].at_least != 0:
        raise table.fault("band", "the first must reach 100 and the last 0, both included")
    for number, (better, worse) in enumerate(pairwise(bands), start=2):
        if (better.at_least, better.above) != (worse.below, worse.at_most):
            raise table.fault(f"band[{number}]", "must begin exactly where the one before it ends")


def _level(row: _Table) -> Level:
    row.only("key", "title", "source", "what")
    return Level(row.text("key"), row.text("title"), row.source(), row.text("what", ""))


def _referral(row: _Table) -> Referral:
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


def _part(row: _Table) -> PartSpec:
    row.only("kind", "title")
    kind = row.text("kind")
    if kind not in PARTS:
        raise row.fault("kind", f"“{kind}” is none of {', '.join(sorted(PARTS))}")
    return PartSpec(kind, row.text("title"))


def _requirement(row: _Table, kinds: set[str]) -> Requirement:
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
        params=_params(row, RULES[rule]),
    )


def _params(row: _Table, needed: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
    if not needed:
        if "params" in row.values:
            raise row.fault("params", "this rule has no settings")
        return {}
    table = row.table("params")
    table.only(*needed)
    params = {name: table.text(name) for name in needed}
    for name, pattern in needed.items():
        if not pattern.fullmatch(params[name]):
            raise table.fault(name, f"“{params[name]}” is not how it is written")
    return params


def _example(row: _Table, bands: tuple[Band, ...]) -> Example:
    row.only("attended", "possible", "band")
    band = row.text("band")
    if band not in {known.key for known in bands}:
        raise row.fault("band", f"there is no band “{band}”")
    return Example(row.whole("attended"), row.whole("possible"), band)
