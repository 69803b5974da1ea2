"""Reads the triggers of the law and of a pack: which rule, with which numbers, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from desktop_app.domain.people import FlagKind
from desktop_app.domain.triggers import TriggerKind, TriggerSpec
from desktop_app.rulebook_params import PERCENT, WHOLE, read_params
from desktop_app.toml_table import Table

CODES = re.compile(r"[A-Z]\d?( [A-Z]\d?)*")
FLAGS = re.compile(rf"({'|'.join(FlagKind)})( ({'|'.join(FlagKind)}))*")

_NAMING_CODES = frozenset({"codes", "logged"})
_DAYS = {"days": WHOLE}
_RUN = {"days": WHOLE, "codes": CODES}
_WINDOW = {"sessions": WHOLE, "weeks": WHOLE, "codes": CODES}

RULES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "reason-open": {},
    "penalty-window": _WINDOW,
    "days-in-a-row": _RUN,
    "absent-without-leave": _DAYS,
    "monthly-days-in-a-row": _RUN,
    "monthly-window": _WINDOW,
    "illness": _DAYS,
    "no-contact": _RUN,
    "persistent": {},
    "severe": {},
    "at-most": {"percent": PERCENT},
    "below": {"percent": PERCENT},
    "flagged-below": {"percent": PERCENT, "flags": FLAGS},
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


def read_triggers(table: Table, codes: Collection[str], law: Collection[str] = ()) -> tuple[TriggerSpec, ...]:
    """The triggers of a file, in its order. They may name no code but the law’s, and follow no trigger but one of the
    file or of the law, whose keys are given. Raises `Damaged`, naming file, key and reason."""
    found: dict[str, TriggerSpec] = {}
    rows = list(table.tables("trigger", some=False))
    for row in rows:
        spec = _trigger(row)
        if spec.key in found:
            raise row.fault("key", f"“{spec.key}” stands there twice")
        found[spec.key] = spec
    for row, spec in zip(rows, found.values(), strict=True):
        _check_names(row, spec, codes, {*law, *found})
    return tuple(found.values())


def _check_names(row: Table, spec: TriggerSpec, codes: Collection[str], keys: Collection[str]) -> None:
    """Refuse a code that is none of the law’s, and a trigger to follow that there is not: such a trigger would load and
    never, or always, be met."""
    for name in _NAMING_CODES & spec.params.keys():
        for code in spec.params[name].split():
            if code not in codes:
                raise row.table("params").fault(name, f"“{code}” is no code of the law")
    follows = spec.params.get("follows")
    if follows is not None and (follows not in keys or follows == spec.key):
        raise row.table("params").fault("follows", f"there is no trigger “{follows}” to follow")


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
        params=read_params(row, RULES[rule]),
    )
