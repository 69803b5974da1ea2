"""What stands in a box of a paper register, as it is typed: a code, minutes late, a note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.codes import Code
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half
from desktop_app.rules.codes import present_mark

PRESENT = ("/", "\\", ".")
_MINUTES = re.compile(r"(?P<code>[A-Z])\s*(?P<minutes>\d{1,3})")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What was read from the sheet for one child. `seen`: the mark that stood in the register when it was read,
    whole with its minutes and note (empty: none)."""

    code: str
    minutes: int | None = None
    note: str = ""
    seen: Mark | str | None = None


def read_box(typed: str, half: Half, codes: Mapping[str, Code]) -> OnPaper | None:
    """`/` → present; `L 12` or `L12` → L, 12 minutes; `B Juniper Centre` → B with a note; nothing → None. A digit alone
    after a letter is a code where there is one of that name (`C1`), else minutes. Raises `Refused` for what is no code.
    """
    words = typed.strip()
    if not words:
        return None
    if words in PRESENT:
        return OnPaper(present_mark(half, codes))
    head, _, note = words.partition(" ")
    code = head.upper()
    if code in codes and not note.strip().isdigit():
        return OnPaper(code, None, note.strip())
    found = _MINUTES.fullmatch(words.upper())
    if found is not None and found["code"] in codes and codes[found["code"]].takes_minutes:
        return OnPaper(found["code"], int(found["minutes"]))
    raise Refused(f"“{words}” is no code. Type a code as on the sheet, L 12 for minutes late, or B and the place.")
