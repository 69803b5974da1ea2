"""Reads what is shipped of early calls and texts: `resources/casework/calls.toml`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from desktop_app.domain.calls import CallBook, EarlyNumbers, TextWords
from desktop_app.domain.habits import HabitKind
from desktop_app.rulebook_params import read_limit
from desktop_app.rules.guard import GUARDS
from desktop_app.rules.texts import words_fault
from desktop_app.toml_table import Table, by_key, open_table

NUMBERS = ("weeks", "mornings", "longest_days", "compared_weeks")


def read_calls(path: Path, letter_fields: Collection[str]) -> CallBook:
    """The file; a text may name no field but those of letters. Raises `Damaged`, naming file, key and reason."""
    table = open_table(path)
    table.only("key", "title", "sources", "early", "texts", "text")
    texts = table.table("texts")
    texts.only("longest", "fields", "guards", "source")
    texts.source()
    fields, guards = _several(texts, "fields", letter_fields), _several(texts, "guards", GUARDS)
    longest = read_limit(texts.table("longest"))

    def words_of(row: Table) -> TextWords:
        row.only(*TextWords.__dataclass_fields__)
        words = row.text("words")
        if fault := words_fault(words, fields, longest.value):
            raise row.fault("words", fault.rstrip("."))
        return TextWords(row.text("key"), row.text("title"), words, row.source())

    return CallBook(_early(table.table("early")), longest, fields, guards, by_key(table, "text", words_of, _key))


def _key(one: TextWords) -> str:
    return one.key


def _early(table: Table) -> EarlyNumbers:
    table.only(*EarlyNumbers.__dataclass_fields__)
    limits = {name: read_limit(table.table(name)) for name in NUMBERS}
    for name, limit in limits.items():
        if not limit.value:
            raise table.fault(name, "must be at least 1")
    patterns = frozenset(map(HabitKind, _several(table, "patterns", list(HabitKind))))
    return EarlyNumbers(**limits, patterns=patterns, source=table.source())


def _several(table: Table, key: str, known: Collection[str]) -> tuple[str, ...]:
    found = tuple(filter(None, table.text(key, "").split("; ")))
    if unknown := [one for one in found if one not in known]:
        raise table.fault(key, f"“{unknown[0]}” is not one of those there are")
    return found
