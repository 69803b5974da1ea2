"""What the form of a kind of entry asks, and whether what was typed answers it.

Source: `resources/casework/kinds.toml`, where each kind has its fields; practice (an interpreter is never the child).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from desktop_app.domain.kinds import OPINION, FieldRule, FieldType, KindRule
from desktop_app.rules.display import long_date
from desktop_app.rules.names import plain

INTERPRETER = "interpreter"
"""The field that says who interpreted."""
_NUMBER = re.compile(r"\d{1,7}")


def form_fault(rule: KindRule, details: Mapping[str, str]) -> str | None:
    """What is wrong with the details of an entry of that kind, in words that name the field and say what to do; None
    where nothing is. Details that the program adds itself are not the form's."""
    known = {field.key: field for field in rule.fields}
    for key in details:
        if key not in known and not (key == OPINION and rule.opinion):
            return f"{rule.title} has no field “{key}”. It has: {_names(rule)}."
    for field in rule.fields:
        value = details.get(field.key, "").strip()
        if not value and field.needed:
            return f"{rule.title}: {field.title} is missing."
        if value and (wrong := _value_fault(field, value)) is not None:
            return f"{rule.title}: {field.title} {wrong}"
    return None


def interpreter_fault(details: Mapping[str, str], children: Collection[str]) -> str | None:
    """Why whoever interpreted cannot have; `children` are the names of those the entry is about."""
    said = {plain(word) for word in re.findall(r"\w+", details.get(INTERPRETER, ""))}
    if said & {plain(name) for name in children} or said & {"child", "pupil", "son", "daughter", "sibling"}:
        return "A child never interprets for its parents. Say who else did, or leave it empty and say so in the note."
    return None


def follow_up(rule: KindRule, details: Mapping[str, str]) -> tuple[date, str] | None:
    """The day on which an entry asks for something more, and the words of the task; None: it asks for nothing."""
    field, said = rule.due
    if not field or not details.get(field):
        return None
    words = re.sub(r"\{(\w+)\}", lambda name: details.get(name[1], "them"), said)
    return date.fromisoformat(details[field]), words


def told(rule: KindRule, details: Mapping[str, str], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The details as people read them: title and value of each field of the form that has one, in its order. `names`
    has the names for numbers of contacts and staff, as `person:3` and `staff:1`; a value that names nobody known is
    left out."""
    said: list[tuple[str, str]] = []
    for field in rule.fields:
        value = details.get(field.key, "").strip()
        if value and (shown := _shown(field, value, names)):
            said.append((field.title, shown))
    return tuple(said)


def _shown(field: FieldRule, value: str, names: Mapping[str, str]) -> str:
    if field.type is FieldType.DAY and _day(value) is not None:
        return long_date(date.fromisoformat(value))
    if field.type in (FieldType.PERSON, FieldType.STAFF):
        return names.get(f"{field.type}:{value}", "")
    return value


def _value_fault(field: FieldRule, value: str) -> str | None:
    kind = field.type
    if kind is FieldType.DAY and _day(value) is None:
        return f"is no day: “{value}”. Write it as 24/11/2026."
    if kind is FieldType.TIME and not _is_time(value):
        return f"is no time: “{value}”. Write it as 14:30."
    if kind in (FieldType.NUMBER, FieldType.PERSON, FieldType.STAFF) and not _NUMBER.fullmatch(value):
        return f"is no whole number: “{value}”."
    if kind is FieldType.YES_NO and value not in ("yes", "no"):
        return "is answered with yes or no."
    if kind is FieldType.CHOICE and value not in field.choices:
        return f"is one of {', '.join(field.choices)}."
    return None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _is_time(value: str) -> bool:
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def _names(rule: KindRule) -> str:
    keys = [field.key for field in rule.fields] + ([OPINION] if rule.opinion else [])
    return ", ".join(keys) or "none"
