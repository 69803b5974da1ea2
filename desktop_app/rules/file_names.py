"""What a file may be called that is kept, and later saved as a copy on Windows.

Source: the reserved names, characters and endings of Windows; which endings can run is the program's own list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

LONGEST = 120
"""Letters of a name, so that a copy can be saved in any folder."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)", re.IGNORECASE)
FORBIDDEN = frozenset('\\/:*?"<>|')
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""The Unicode categories that show nothing: controls, marks of direction, and what stands for no letter."""
PROGRAMS = frozenset({
    "exe", "com", "scr", "pif", "msi", "msp", "mst", "cpl", "dll", "sys", "bat", "cmd", "ps1", "psm1", "vbs",
    "vbe", "js", "jse", "ws", "wsf", "wsh", "hta", "jar", "lnk", "url", "reg", "inf", "scf", "sh", "py", "pyw",
    "app", "dmg", "iso", "img", "vhd", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppam", "html",
    "htm", "mht", "svg", "xml", "xsl", "chm", "hlp",
})  # fmt: skip
"""Endings of what can run, or can hold what runs."""


def name_fault(name: str) -> str | None:
    """Why a file cannot be kept under that name, with what to do; None where it can."""
    if not name.strip():
        return "A file needs a name."
    told = f"“{visible(name)}”"
    return next((f"{told} {says}" for wrong, says in _FAULTS if wrong(name)), None)


def visible(name: str) -> str:
    """A name as it can be shown in one line: hidden characters by their number, and no longer than `LONGEST`."""
    shown = "".join(one if one.isprintable() else f"[{ord(one):04X}]" for one in name)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters."""
    return name.rpartition(".")[2].casefold()


def doubled(names: Collection[str]) -> str | None:
    """The first name that is there twice, whatever its capitals; None: each is there once."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return None


def _leads_away(name: str) -> bool:
    return bool(FORBIDDEN & set(name))


def _hides(name: str) -> bool:
    return any(unicodedata.category(letter) in HIDDEN for letter in name)


def _too_long(name: str) -> bool:
    return len(name) > LONGEST


def _is_trimmed(name: str) -> bool:
    return name != name.strip() or name.endswith(".")


def _has_no_ending(name: str) -> bool:
    stem, dot, _ = name.rpartition(".")
    return not dot or not stem


def _is_a_device(name: str) -> bool:
    return RESERVED.fullmatch(name.partition(".")[0].strip()) is not None


def _runs(name: str) -> bool:
    return ending_of(name) in PROGRAMS


RUNS = "is a program, or can hold one. Ask for a PDF or a picture of what is in it."
_FAULTS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_leads_away, "has a sign in it that leads to another folder or cannot be saved. Rename it."),
    (_hides, "holds hidden characters, with which a name can be made to look like another. Rename it."),
    (_too_long, f"is longer than {LONGEST} letters. Rename it."),
    (_is_trimmed, "begins or ends with a space or a dot, which Windows drops. Rename it."),
    (_has_no_ending, "has no ending that says what it is, such as .pdf. Rename it."),
    (_is_a_device, "is a name that Windows keeps for a device. Rename it."),
    (_runs, RUNS),
)
