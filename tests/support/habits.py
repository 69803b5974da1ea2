"""A child's marks for the rules of patterns: present on every school day but those that are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import PeriodKind, Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.habits.record import ChildRecord, Held
from tests.support.schools import CALENDAR

FIRST = date(2026, 9, 1)
ON = date(2026, 11, 20)
TERMS = tuple(one for one in CALENDAR if one.kind is PeriodKind.TERM)
OPEN = SchoolCalendar(CALENDAR, "1111100")
SCHOOL = School(
    "Marsh Lane",
    "knowsley",
    SchoolType.MAINTAINED,
    Phase.PRIMARY,
    RegisterTimes(time(8, 45), time(8, 55)),
    RegisterTimes(time(13, 0), time(13, 15)),
    am_ends=time(12, 15),
    pm_ends=time(15, 30),
)
"""A day of 210 and 150 minutes."""

Told = Mapping[date, tuple[str, str] | str]
"""What stands on a day, morning and afternoon; one code for both. `L7` is L with 7 minutes, empty is present."""


def held_of(rulebook: Rulebook, told: Told, on: date = ON, notes: Mapping[date, str] | None = None) -> tuple[Held, ...]:
    """The marks up to a day."""
    found: list[Held] = []
    for session in OPEN.sessions(FIRST, on):
        of_day = told.get(session.day, "")
        code = of_day if isinstance(of_day, str) else of_day[session.half.ordinal]
        minutes = None
        if code[:1] in ("L", "U") and code[1:].isdigit():
            code, minutes = code[0], int(code[1:])
        plain = "/" if session.half is Half.AM else "\\"
        note = (notes or {}).get(session.day, "")
        found.append(Held(session.day, session.half, rulebook.codes[code or plain], minutes, note))
    return tuple(found)


def child(rulebook: Rulebook, told: Told, on: date = ON, **more: object) -> ChildRecord:
    """The record of a child."""
    notes = more.pop("notes", None)
    facts: dict[str, object] = {
        "on": on,
        "first": FIRST,
        "calendar": OPEN,
        "school": SCHOOL,
        "held": held_of(rulebook, told, on, notes),  # type: ignore[arg-type]
        "terms": tuple(one for one in TERMS if one.start <= on),
    }
    return ChildRecord(**{**facts, **more})  # type: ignore[arg-type]


def days(*texts: str) -> tuple[date, ...]:
    """`09-14` and so on, of the school year 2026/27."""
    return tuple(date.fromisoformat(f"{2026 if int(text[:2]) >= 9 else 2027}-{text}") for text in texts)


def missed(*texts: str, code: str = "O") -> dict[date, str]:
    """Days missed whole."""
    return dict.fromkeys(days(*texts), code)
