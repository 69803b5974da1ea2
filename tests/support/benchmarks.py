"""Lists of published figures, written as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.support.files import csv_file

HEADINGS = (
    *("school_year", "period", "area", "la", "phase", "group", "kind", "absence", "authorised", "unauthorised"),
    *("persistent", "severe", "source"),
)
ENGLAND: Mapping[str, str] = {
    "school_year": "2025/26",
    "period": "full year",
    "area": "England",
    "phase": "Primary",
    "group": "All pupils",
    "kind": "daily attendance",
    "absence": "5.30",
    "persistent": "13.5",
    "source": "DfE",
}
KNOWSLEY: Mapping[str, str] = {**ENGLAND, "area": "Knowsley", "la": "340", "absence": "6.6", "persistent": "20"}
SEFTON: Mapping[str, str] = {**ENGLAND, "area": "Sefton", "la": "343"}


def figures_file(path: Path, *rows: Mapping[str, str], headings: tuple[str, ...] = HEADINGS) -> Path:
    """A file of these rows."""
    return csv_file(path, [headings, *([row.get(key, "") for key in headings] for row in rows)])
