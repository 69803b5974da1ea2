"""Marks in long form, as CSV or Excel: one row for each pupil and session."""

from __future__ import annotations

from desktop_app.exchange.columns import Layout
from desktop_app.exchange.values import Unreadable, unquoted
from desktop_app.rules.lateness import MOST_MINUTES

SPELLINGS: dict[str, tuple[str, ...]] = {
    "upn": ("upn", "unique pupil number", "pupil upn"),
    "admission_number": ("admission number", "admission no", "adm no", "adm number", "admno", "adno"),
    "date": ("date", "session date", "mark date", "day", "attendance date"),
    "session": ("session", "session name", "half", "am pm", "ampm", "session type"),
    "code": ("code", "mark", "attendance code", "attendance mark", "session code", "mark code"),
    "minutes": ("minutes late", "minutes", "mins late", "late minutes", "mins"),
    "comment": ("comment", "comments", "note", "notes", "reason"),
}

MARKS = Layout(
    what="a list of marks",
    names={name: key for key, names in SPELLINGS.items() for name in names},
    needed=(("upn", "admission_number"), ("date",), ("session",), ("code",)),
    titles={
        "upn": "UPN",
        "admission_number": "Admission Number",
        "date": "Date",
        "session": "Session",
        "code": "Code",
    },
)

NO_MARK = frozenset(("", "-", "?"))


def read_code(text: str) -> str:
    """A code in capitals, blanks and a spreadsheet's apostrophe aside; empty where the file has no mark."""
    code = unquoted(text.strip()).upper()
    return "" if code in NO_MARK else code


def read_minutes(text: str) -> int:
    """Minutes late, 0 to `MOST_MINUTES`. Raises `Unreadable`."""
    bare = unquoted(text.strip()).removesuffix(".0")
    if not (bare.isascii() and bare.isdecimal()) or int(bare) > MOST_MINUTES:
        raise Unreadable(f"Write the minutes late as a whole number from 0 to {MOST_MINUTES}.")
    return int(bare)
