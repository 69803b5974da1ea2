"""TOML read by typed helpers that say file, key and reason where something is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, cast

from desktop_app.domain.errors import Damaged

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table:
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

    def several(self, key: str) -> tuple[str, ...]:
        """Several values in one text, divided by a semicolon and a space; absent means none."""
        return tuple(filter(None, self.text(key, "").split("; ")))

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Several values of an enumeration in one text; absent means none."""
        named = self.several(key)
        if unknown := [name for name in named if name not in list(kind)]:
            raise self.fault(key, f"“{unknown[0]}” is none of {', '.join(kind)}")
        return tuple(kind(name) for name in named)

    def source(self) -> str:
        """Where the table's values come from: a key of `[sources]`, then perhaps a colon and the place in it."""
        key, _, place = self.text("source").partition(": ")
        if key not in self.sources:
            raise self.fault("source", f"“{key}” is not one of [sources]")
        return f"{self.sources[key]}, {place}" if place else self.sources[key]

    def table(self, key: str) -> Table:
        """The table at `key`."""
        return self._below(key, cast("object", self._get(key, Mapping, "a table", None)))

    def tables(self, key: str, *, some: bool = True) -> Iterator[Table]:
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

    def _below(self, key: str, value: object) -> Table:
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        below = cast("dict[str, Any]", value)
        return Table(self.file, f"{self.place}.{key}" if self.place else key, below, self.sources)

    def _get(self, key: str, kind: type[T], called: str, default: T | None) -> T:
        value = self.values.get(key, default)
        if value is None:
            raise self.fault(key, "is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fault(key, f"must be {called}")
        return value


def open_table(path: Path) -> Table:
    """Open a TOML file with its `[sources]`. Raises `Damaged` where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Damaged(f"{path.name} cannot be read: {error}.") from error
    return parse_table(text, path.name)


def parse_table(text: str, name: str) -> Table:
    """A TOML text with its `[sources]`; `name` is that of its file, which faults begin with. Raises `Damaged`."""
    try:
        values = tomllib.loads(text, parse_float=Fraction)
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{name} cannot be read: {error}.") from error
    top = Table(name, "", values, {})
    sources = top.table("sources")
    return Table(name, "", values, {key: sources.text(key) for key in sources.values})


def by_key(
    table: Table, key: str, read: Callable[[Table], T], key_of: Callable[[T], str], *, some: bool = True
) -> dict[str, T]:
    """The tables of a list, each read, by the key it has itself; the same key twice is refused. With `some` there must
    be at least one."""
    found: dict[str, T] = {}
    for row in table.tables(key, some=some):
        thing = read(row)
        if key_of(thing) in found:
            raise row.fault("key", f"“{key_of(thing)}” stands there twice")
        found[key_of(thing)] = thing
    return found
