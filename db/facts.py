"""Facts of the book to rows and back: each kind, its table, and how a field of each type is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import Any, get_type_hints

from sqlalchemy import Table

from db import tables
from desktop_app.domain.entries import Task
from desktop_app.domain.people import Address, Channel, Flag, Hold, Membership, Pattern, Person, Pupil, Tie
from desktop_app.domain.school import ClosedWeek, Period, Plan, RegisterTimes, School, Setting
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.staff import Staff

Values = tuple[Any, ...]
Reader = tuple[int, int, Callable[..., Any], Any]
"""How a field is read: its first column and the one after its last, the way back, and what NULL means."""

day_of = lru_cache(maxsize=8192)(date.fromordinal)
"""The date of an ordinal; a register meets the same few hundred days over and over."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How a field is written: in how many columns, and the way there and back. None is NULL in every column; NULL is
    the default of the field, since a column that a later revision added is empty in the rows before it."""

    width: int
    encode: Callable[[Any], Values]
    decode: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of fact: its table, its fields in order, and whether each has a number of its own."""

    kind: type[Any]
    table: Table
    codecs: tuple[tuple[str, Codec], ...]
    readers: tuple[Reader, ...]
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
        for place, end, decode, default in self.readers:
            value = values[place]
            if value is None:
                arguments.append(default)
            elif decode is _same:
                arguments.append(value)
            else:
                arguments.append(decode(*values[place:end]))
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
    time: Codec(1, lambda value: (value.isoformat("minutes"),), time.fromisoformat),
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
    written = [field for field in fields(kind) if field.name != "id"]
    codecs = tuple((field.name, _codec(hints[field.name])) for field in written)
    numbered = len(written) < len(fields(kind))
    ends = tuple(accumulate(codec.width for _, codec in codecs))
    readers = tuple(
        (end - codec.width, end, codec.decode, _default(field))
        for field, end, (_, codec) in zip(written, ends, codecs, strict=True)
    )
    return Shape(kind, table, codecs, readers, numbered)


def _default(field: Field[Any]) -> Any:
    """What NULL means: the field's default, and None where it has none (or where it is None)."""
    return None if field.default is MISSING else field.default


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
        _shape(Hold, tables.hold),
        _shape(ClosedWeek, tables.closed_week),
    )
}
"""Every kind of fact in the book."""
