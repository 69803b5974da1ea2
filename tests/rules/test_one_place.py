"""What is decided in one place alone, found in the text of the program."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def holding(pattern: str) -> set[str]:
    """The modules whose text has it."""
    modules = [path for room in ("desktop_app", "ui") for path in (ROOT / room).rglob("*.py")]
    return {
        str(path.relative_to(ROOT)) for path in modules if re.search(pattern, path.read_text("utf-8"), re.MULTILINE)
    }


def test_who_is_persistently_absent_is_decided_beside_the_figures_alone() -> None:
    assert holding(r"times \* .*absent.* (>=|<) ") == {"desktop_app/rules/figures.py"}


def test_the_sunday_of_a_week_stands_beside_the_sessions_alone() -> None:
    assert holding(r"^_?SUNDAY = timedelta") == {"desktop_app/domain/sessions.py"}
