"""Reads the forms of the entry kinds."""

from __future__ import annotations

import re

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.kinds import BarrierArea, FieldRule, FieldType, KindGroup, KindRule, Kinds, Persons
from desktop_app.toml_table import Table


def read_kinds(table: Table, barriers: Table) -> Kinds:
    """Every kind of the file, in its order, and the areas of barriers. Raises `Damaged`, naming file, key, reason."""
    table.only("key", "title", "sources", "kind")
    rules: dict[EntryKind, KindRule] = {}
    for row in table.tables("kind"):
        rule = _kind(row)
        if rule.kind in rules:
            raise row.fault("key", f"“{rule.kind}” stands there twice")
        rules[rule.kind] = rule
    return Kinds(rules, _barriers(barriers))


def _barriers(table: Table) -> tuple[BarrierArea, ...]:
    table.only("key", "title", "sources", "area")
    found: dict[str, BarrierArea] = {}
    for row in table.tables("area"):
        row.only(*BarrierArea.__dataclass_fields__)
        area = BarrierArea(row.text("key"), row.text("title"), row.text("group"), row.source(), row.text("hint", ""))
        if area.key in found:
            raise row.fault("key", f"“{area.key}” stands there twice")
        found[area.key] = area
    return tuple(found.values())


def _kind(row: Table) -> KindRule:
    row.only("key", "title", "group", "persons", "outcomes", "field", "opinion", "by_deed", "follows", "source", "due")
    fields = tuple(_field(one) for one in row.tables("field", some=False))
    if len({one.key for one in fields}) < len(fields):
        raise row.fault("field", "two of them have one key")
    follows = row.several("follows")
    if unknown := [one for one in follows if one not in list(EntryKind)]:
        raise row.fault("follows", f"there is no kind “{unknown[0]}”")
    return KindRule(
        kind=row.choice("key", EntryKind),
        title=row.text("title"),
        group=row.choice("group", KindGroup),
        persons=row.choice("persons", Persons),
        outcomes=row.several("outcomes"),
        fields=fields,
        opinion=row.flag("opinion"),
        by_hand=not row.flag("by_deed"),
        follows=tuple(map(EntryKind, follows)),
        source=row.source() if "source" in row.values else "",
        due=_due(row, fields),
    )


def _due(row: Table, fields: tuple[FieldRule, ...]) -> tuple[str, str]:
    """The field with the day on which something is due, and the words of the task. They name fields of the kind."""
    key, _, words = row.text("due", "").partition(": ")
    if not key and not words:
        return "", ""
    if not any(one.key == key and one.type is FieldType.DAY for one in fields):
        raise row.fault("due", f"“{key}” is no field of this kind with a day")
    if not words.strip():
        raise row.fault("due", "it says nothing: what is to be done?")
    if unknown := set(re.findall(r"\{(\w+)\}", words)) - {one.key for one in fields}:
        raise row.fault("due", f"there is no field “{min(unknown)}”")
    return key, words


def _field(row: Table) -> FieldRule:
    row.only(*FieldRule.__dataclass_fields__)
    kind = row.choice("type", FieldType)
    choices = row.several("choices")
    if (kind is FieldType.CHOICE) != bool(choices):
        raise row.fault("choices", "a choice has some, and nothing else has any")
    return FieldRule(row.text("key"), row.text("title"), kind, row.flag("needed"), choices, row.text("hint", ""))
