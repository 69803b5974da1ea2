"""Reads the triggers of the law and of a pack: which rule, with which numbers, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.domain.triggers import TriggerKind, TriggerSpec
from desktop_app.toml_table import Table

WHOLE = re.compile(r"[1-9]\d{0,3}")
PERCENT = re.compile(r"\d{1,2}(\.\d{1,3})?|100")
CODES = re.compile(r"[A-Z]\d?( [A-Z]\d?)*")

_DAYS = {"days": WHOLE}
_RUN = {"days": WHOLE, "codes": CODES}
_WINDOW = {"sessions": WHOLE, "weeks": WHOLE, "codes": CODES}

RULES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "reason-open": {},
    "penalty-window": _WINDOW,
    "window": _WINDOW,
    "days-in-a-row": _RUN,
    "monthly-days-in-a-row": _RUN,
    "monthly-window": _WINDOW,
    "illness": _DAYS,
    "no-contact": _RUN,
    "persistent": {},
    "severe": {},
    "at-most": {"percent": PERCENT},
    "below": {"percent": PERCENT},
    "no-improvement": {"percent": PERCENT, "weeks": WHOLE, "points": PERCENT, "follows": re.compile(r"[a-z0-9-]+")},
    "holiday": {"codes": CODES, "logged": CODES},
    "not-arrived": {},
    "after-leave": _DAYS,
    "ehcp-falling": {"weeks": WHOLE, "points": PERCENT},
    "timetable-ends": _DAYS,
    "age-changes": _DAYS,
    "new-pupil": _DAYS,
    "task-due": {},
    "register-missing": {},
    "band-crossed": {},
}
"""The rules a trigger may name, with the settings each needs and how they are written."""


def read_triggers(table: Table) -> tuple[TriggerSpec, ...]:
    """The triggers of a file, in its order. Raises `Damaged`, naming file, key and reason."""
    found: dict[str, TriggerSpec] = {}
    for row in table.tables("trigger", some=False):
        spec = _trigger(row)
        if spec.key in found:
            raise row.fault("key", f"“{spec.key}” stands there twice")
        found[spec.key] = spec
    return tuple(found.values())


def _trigger(row: Table) -> TriggerSpec:
    row.only(*TriggerSpec.__dataclass_fields__)
    rule = row.text("rule")
    if rule not in RULES:
        raise row.fault("rule", f"“{rule}” is none of {', '.join(RULES)}")
    return TriggerSpec(
        key=row.text("key"),
        kind=row.choice("kind", TriggerKind),
        title=row.text("title"),
        rule=rule,
        source=row.source(),
        params=_params(row, RULES[rule]),
    )


def _params(row: Table, needed: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
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
