"""Facts of the book to rows and back: each kind, its table, and how a field of each type is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from typing import Any, get_type_hints

from sqlalchemy import Table

from db import tables
from desktop_app.domain.entries import Task
from desktop_app.domain.people import Address, Channel, Flag, Membership, Pattern, Person, Pupil, Tie
from desktop_app.domain.school import Period, Plan, RegisterTimes, School, Setting
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.staff import Staff

Values = tuple[Any, ...]

day_of = lru_cache(maxsize=8192)(date.fromordinal)
"""The date of an ordinal; a register meets the same few hundred days over and over."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How a field is written: in how many columns, and the way there and back. None stays None in every column."""

    width: int
    encode: Callable[[Any], Values]
    decode: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of fact: its table, its fields in order, and whether each has a number of its own."""

    kind: type[Any]
    table: Table
    codecs: tuple[tuple[str, Codec], ...]
    numbered: bool

    def encode(self, fact: Any) -> Values:
        """The values of a fact, in the order of the table's columns after the fixed ones."""
        values: list[Any] = []
        for name, codec in self.codecs:
            value = getattr(fact, name)
            values.extend((None,) * codec.width if value is None else codec.encode(value))
        return tuple(values)

    def decode(self, fact_id: int, values: Values) -> Any:
        """The fact with those values."""
        arguments: list[Any] = [fact_id] if self.numbered else []
        place = 0
        for _, codec in self.codecs:
            part = values[place : place + codec.width]
            arguments.append(None if part[0] is None else codec.decode(*part))
            place += codec.width
        return self.kind(*arguments)


def _list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _times(opens: str, closes: str) -> RegisterTimes:
    return RegisterTimes(time.fromisoformat(opens), time.fromisoformat(closes))


def _address(lines: str, postcode: str) -> Address:
    return Address(_list(lines), postcode)


def _texts(items: tuple[str, ...]) -> Values:
    return (json.dumps(list(items), ensure_ascii=False),)


def _same(value: Any) -> Any:
    return value


_CODECS: dict[Any, Codec] = {
    str: Codec(1, lambda value: (value,), _same),
    int: Codec(1, lambda value: (value,), _same),
    bool: Codec(1, lambda value: (int(value),), bool),
    date: Codec(1, lambda value: (value.toordinal(),), day_of),
    Half: Codec(1, lambda value: (value.ordinal,), HALVES.__getitem__),
    tuple[str, ...]: Codec(1, _texts, _list),
    RegisterTimes: Codec(
        2,
        lambda value: (value.opens.isoformat("minutes"), value.closes.isoformat("minutes")),
        _times,
    ),
    Address: Codec(
        2,
        lambda value: (*_texts(value.lines), value.postcode),
        _address,
    ),
}


def _codec(hint: Any) -> Codec:
    """The codec of a field by its type, with or without `| None`."""
    plain = next((part for part in getattr(hint, "__args__", ()) if part in _CODECS), hint)
    codec = _CODECS.get(hint) or _CODECS.get(plain)
    if codec is not None:
        return codec
    if not issubclass(hint, StrEnum):
        raise TypeError(f"no column is known for {hint}")
    return Codec(1, lambda value: (str(value),), hint)


def _shape(kind: type[Any], table: Table) -> Shape:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    codecs = tuple((name, _codec(hints[name])) for name in names if name != "id")
    return Shape(kind, table, codecs, "id" in names)


SHAPES: dict[type[Any], Shape] = {
    shape.kind: shape
    for shape in (
        _shape(School, tables.school),
        _shape(Period, tables.period),
        _shape(Setting, tables.setting),
        _shape(Pupil, tables.pupil),
        _shape(Membership, tables.membership),
        _shape(Flag, tables.flag),
        _shape(Pattern, tables.pattern),
        _shape(Plan, tables.plan),
        _shape(Task, tables.task),
        _shape(Tie, tables.tie),
        _shape(Person, tables.person),
        _shape(Channel, tables.channel),
        _shape(Staff, tables.staff),
    )
}
"""Every kind of fact in the book."""
