"""A child typed into the form of admission, key by key."""

from __future__ import annotations

from tests.support.windows import Desk


def admit_by_keys(desk: Desk) -> None:
    """Ines Zamora of 4B, on roll from 16 November 2026, from the page Pupils on."""
    desk.press("Ctrl+N")
    for text in ("Ines", "", "Zamora", "", "", "14/2/2018"):
        desk.type(text)
        desk.press("Tab")
    desk.press("Down", "Tab")
    for text in ("3 Marsh Lane", "L33 1AA", "", "00040", "16/11/2026", "4B"):
        desk.type(text)
        desk.press("Tab")
    desk.type("Year 4")
    desk.press("Ctrl+Return", "Ctrl+Return")
