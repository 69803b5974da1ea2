"""Reads the settings of a rule that a file names: which it needs, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.domain.rulebook import Limit
from desktop_app.toml_table import Table

WHOLE = re.compile(r"[1-9]\d{0,3}")
PERCENT = re.compile(r"\d{1,2}(\.\d{1,3})?|100")


def read_params(row: Table, needed: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
    """The settings in the table `params` of a rule: all that it needs and no other. Raises `Damaged`, naming file, key
    and reason."""
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


def read_limit(row: Table) -> Limit:
    """A whole number with its source."""
    row.only("value", "source")
    return Limit(value=row.whole("value"), source=row.source())
