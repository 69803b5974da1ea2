"""Reads the returns that schools make: as the law asks, and what a pack of an authority asks otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.return_columns import COLUMNS
from desktop_app.domain.returns import GoesTo, ReturnChange, ReturnColumn, ReturnKind, ReturnSpec
from desktop_app.domain.triggers import TriggerKind
from desktop_app.toml_table import Table, by_key, open_table

LAST_DAY = 28
"""The last day of a month by which a return can be asked for: every month has it."""


def read_returns(path: Path) -> Mapping[ReturnKind, ReturnSpec]:
    """The returns of the law, by kind, in the order of the file. Raises `Damaged`, naming file, key and reason."""
    table = open_table(path)
    table.only("sources", "return")
    return {ReturnKind(key): spec for key, spec in by_key(table, "return", _spec, lambda one: one.kind.value).items()}


def read_changes(table: Table) -> tuple[ReturnChange, ...]:
    """What a pack asks otherwise, where it asks anything. Raises `Damaged`."""
    if "return" not in table.values:
        return ()
    return tuple(by_key(table, "return", _change, lambda one: one.kind.value).values())


def changed(spec: ReturnSpec, change: ReturnChange | None) -> ReturnSpec:
    """A return as the authority wants it. Where it says itself who is told, what the law leaves open is settled."""
    if change is None:
        return spec
    return replace(
        spec,
        columns=change.columns or spec.columns,
        to=change.to or spec.to,
        day=spec.day if change.day is None else change.day,
        address=change.address or spec.address,
        elsewhere="" if change.to else spec.elsewhere,
        source=f"{spec.source}; {change.source}",
    )


def _spec(row: Table) -> ReturnSpec:
    row.only(
        *("kind", "title", "says", "columns", "to", "source", "triggers", "settles"),
        *("monthly", "compulsory", "day", "address", "elsewhere"),
    )
    triggers, settles = row.text("triggers", "").split(), row.text("settles", "").split()
    if unknown := [one for one in triggers if one not in list(TriggerKind)]:
        raise row.fault("triggers", f"“{unknown[0]}” is no kind of trigger")
    if unknown := [one for one in settles if one not in triggers]:
        raise row.fault("settles", f"“{unknown[0]}” is not among its triggers")
    return ReturnSpec(
        kind=row.choice("kind", ReturnKind),
        title=row.text("title"),
        says=row.text("says"),
        columns=_columns(row),
        to=_to(row),
        source=row.source(),
        triggers=tuple(triggers),
        settles=tuple(settles),
        monthly=row.flag("monthly"),
        compulsory=row.flag("compulsory"),
        day=_day(row) or 0,
        address=row.text("address", ""),
        elsewhere=row.text("elsewhere", ""),
    )


def _change(row: Table) -> ReturnChange:
    row.only("kind", "columns", "to", "day", "address", "source")
    return ReturnChange(
        kind=row.choice("kind", ReturnKind),
        source=row.source(),
        columns=_columns(row) if "columns" in row.values else (),
        to=_to(row) if "to" in row.values else (),
        day=_day(row),
        address=row.text("address", ""),
    )


def _columns(row: Table) -> tuple[ReturnColumn, ...]:
    found: list[ReturnColumn] = []
    for said in row.text("columns").split("; "):
        key, _, heading = said.partition(": ")
        if key not in COLUMNS:
            raise row.fault("columns", f"“{key}” is none of {', '.join(COLUMNS)}")
        if key in [one.key for one in found]:
            raise row.fault("columns", f"“{key}” stands there twice")
        usual, unit = COLUMNS[key]
        found.append(ReturnColumn(key, heading or usual, unit))
    return tuple(found)


def _to(row: Table) -> tuple[GoesTo, ...]:
    words = row.text("to").split()
    if unknown := [one for one in words if one not in list(GoesTo)]:
        raise row.fault("to", f"“{unknown[0]}” is none of {', '.join(GoesTo)}")
    return tuple(dict.fromkeys(map(GoesTo, words)))


def _day(row: Table) -> int | None:
    if "day" not in row.values:
        return None
    day = row.whole("day")
    if day > LAST_DAY:
        raise row.fault("day", f"must be a day that every month has, from 1 to {LAST_DAY} (0: its own last day)")
    return day
