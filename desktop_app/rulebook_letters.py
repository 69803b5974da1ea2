"""Reads the kinds of letters, their fields, the languages, and the templates shipped in each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Damaged
from desktop_app.domain.letters import Language, LetterBook, LetterField, LetterRule, Sent, Template
from desktop_app.rules.guard import GUARDS
from desktop_app.rules.letters import template_faults, tidy
from desktop_app.toml_table import Table, open_table

T = TypeVar("T")
SUBJECT = "Subject: "
MONTHS = 12


def read_letters(folder: Path) -> LetterBook:
    """Every kind of `kinds.toml`, in its order, and the templates in the folders of the languages. Raises `Damaged`,
    naming file, key or line, and the reason."""
    table = open_table(folder / "kinds.toml")
    table.only("key", "title", "sources", "field", "language", "letter")
    fields = _by_key(table, "field", _field, lambda one: one.key)
    languages = _by_key(table, "language", lambda row: _language(row, fields), lambda one: one.key)
    rules = _by_key(table, "letter", lambda row: _rule(row, fields), lambda one: one.key)
    bare = LetterBook(rules, fields, languages, ())
    templates = tuple(
        _template(folder / tongue.key / f"{rule.key}.txt", bare, rule, tongue)
        for tongue in languages.values()
        for rule in rules.values()
        if tongue.key == "en" or (folder / tongue.key / f"{rule.key}.txt").exists()
    )
    for tongue in languages.values():
        for path in sorted((folder / tongue.key).glob("*.txt")):
            if path.stem not in rules:
                raise Damaged(f"{tongue.key}/{path.name}: there is no letter of that name in kinds.toml.")
    return LetterBook(rules, fields, languages, templates)


def _by_key(table: Table, key: str, read: Callable[[Table], T], key_of: Callable[[T], str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in table.tables(key):
        thing = read(row)
        if key_of(thing) in found:
            raise row.fault("key", f"“{key_of(thing)}” stands there twice")
        found[key_of(thing)] = thing
    return found


def _field(row: Table) -> LetterField:
    row.only(*LetterField.__dataclass_fields__)
    return LetterField(
        row.text("key"), row.text("title"), row.flag("typed"), row.flag("long"), row.flag("may_be_empty")
    )


def _language(row: Table, fields: dict[str, LetterField]) -> Language:
    row.only(*Language.__dataclass_fields__)
    months = row.several("months")
    if len(months) != MONTHS:
        raise row.fault("months", "must be the twelve months")
    if "{0}" not in row.text("page") or "{1}" not in row.text("page"):
        raise row.fault("page", "must say {0} and {1}")
    return Language(
        key=row.text("key"),
        title=row.text("title"),
        right_to_left=row.flag("right_to_left"),
        names=tuple(one.casefold() for one in row.several("names")),
        months=months,
        page=row.text("page"),
        reference=row.text("reference"),
        closing=row.text("closing"),
        days=row.several("days"),
        sessions=row.several("sessions"),
        joined=row.text("joined", ", "),
        cover=_cover(row, fields),
    )


def _cover(row: Table, fields: dict[str, LetterField]) -> str:
    """The sheet that goes with a letter in another language: the first line is its subject."""
    text = tidy(row.text("cover", ""))
    subject, _, body = text.partition("\n")
    if text and (faults := template_faults(subject, body, fields.values())):
        raise row.fault("cover", faults[0])
    return text


def _rule(row: Table, fields: dict[str, LetterField]) -> LetterRule:
    row.only(*LetterRule.__dataclass_fields__)
    own = row.several("fields")
    if unknown := [one for one in own if one not in fields or not fields[one].typed]:
        raise row.fault("fields", f"“{unknown[0]}” is no field that is typed")
    if wrong := [one for one in row.several("guards") if one not in GUARDS]:
        raise row.fault("guards", f"“{wrong[0]}” is no question of the letter guard")
    return LetterRule(
        key=row.text("key"),
        title=row.text("title"),
        sent=row.choice("sent", Sent),
        formal=row.flag("formal"),
        logged=row.choice("logged", EntryKind),
        source=row.source(),
        fields=own,
        guards=row.several("guards"),
        power=row.text("power", ""),
        what=row.text("what", ""),
    )


def _template(path: Path, book: LetterBook, rule: LetterRule, language: Language) -> Template:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Damaged(f"{language.key}/{path.name} cannot be read: {error}.") from error
    first, _, body = text.partition("\n")
    if not first.startswith(SUBJECT):
        raise Damaged(f"{language.key}/{path.name}: the first line must begin with “{SUBJECT.strip()}”.")
    subject, body = first.removeprefix(SUBJECT).strip(), tidy(body)
    if faults := template_faults(subject, body, book.fields_of(rule)):
        raise Damaged(f"{language.key}/{path.name}: {faults[0]}")
    return Template(rule.key, language.key, subject, body, language.right_to_left)
