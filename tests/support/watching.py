"""One child looked at on a day, made of plain marks: what the rules of triggers are tried with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.sessions import Half, Session, school_year_start
from desktop_app.domain.staff import Author
from desktop_app.domain.triggers import Trigger
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.figures import figures_of
from desktop_app.rules.triggers.facts import Watch, Watched
from desktop_app.rules.triggers.table import RULES, may_be, triggers_of
from tests.support.schools import CALENDAR

LAST_YEAR = (
    Period(0, PeriodKind.TERM, "autumn term", date(2025, 9, 2), date(2025, 12, 19)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2025, 10, 27), date(2025, 10, 31)),
    Period(0, PeriodKind.TERM, "spring term", date(2026, 1, 5), date(2026, 3, 27)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 2, 16), date(2026, 2, 20)),
    Period(0, PeriodKind.TERM, "summer term", date(2026, 4, 13), date(2026, 7, 21)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 5, 25), date(2026, 5, 29)),
)
BORN = date(2018, 2, 14)
AUTHOR = Author(1, "Pat Moss", "School office")
Codes = Mapping[Session, str]


@lru_cache(maxsize=16)
def calendar_of(periods: tuple[Period, ...] = (*LAST_YEAR, *CALENDAR)) -> SchoolCalendar:
    """Two school years, 2025/26 and 2026/27."""
    return SchoolCalendar(periods, "1111100")


def sessions(first: date, number: int, calendar: SchoolCalendar | None = None) -> list[Session]:
    """So many sessions from a day on."""
    return list((calendar or calendar_of()).sessions(first, date(2027, 8, 31))[:number])


def school(kind: SchoolType = SchoolType.MAINTAINED, la: str = "knowsley") -> School:
    """A school of a type and an authority."""
    times = RegisterTimes(time(8, 45), time(8, 55)), RegisterTimes(time(13), time(13, 15))
    return School("Marsh Lane Primary School", la, kind, Phase.PRIMARY, *times)


def look(
    rulebook: Rulebook,
    codes: Codes,
    on: date,
    *,
    born: date = BORN,
    starts: date = date(2022, 9, 5),
    leaves: date | None = None,
    kind: SchoolType = SchoolType.MAINTAINED,
    la: str = "knowsley",
    now: datetime | None = None,
    calendar: SchoolCalendar | None = None,
    present: bool = True,
    **more: object,
) -> Watched:
    """A child with those marks and, with `present`, plain presence in every other session of the two years up to the
    day; looked at when the day is over, unless `now` says otherwise."""
    calendar = calendar or calendar_of()
    child = Pupil(1, "Doyle", "Ryan", born, starts, leaving_day=leaves)
    now = now or datetime.combine(on, time.max)
    known = dict(codes)
    if present:
        first = max(starts, date(2025, 9, 1))
        for one in calendar.sessions(first, min(on, leaves or on)):
            if datetime.combine(one.day, time(12 if one.half is Half.AM else 16)) <= now:
                known.setdefault(one, "/" if one.half is Half.AM else "\\")
    marks = [Mark(1, one.day, one.half, code) for one, code in sorted(known.items()) if one.day <= on and code]
    year = [mark for mark in marks if mark.day >= school_year_start(on)]
    expected = calendar.count(max(starts, school_year_start(on)), on)
    pack = rulebook.packs[la]
    facts: dict[str, object] = {
        "marks": [mark for mark in marks if mark.code not in "/\\"],
        "open_n": [mark for mark in marks if mark.code == "N"],
        "figures": figures_of(Counter(mark.code for mark in year), expected - len(year), rulebook.codes),
        "every": year,
        "on_day": [mark for mark in marks if mark.day == on],
        "memberships": [Membership(1, 1, "4B", "4", starts)],
        "class_name": "4B",
        "year": "4",
    }
    watch = Watch(on, now, school(kind, la), calendar, rulebook, pack, "R")
    return Watched(watch, child, **{**facts, **more})  # type: ignore[arg-type]


def met(child: Watched, *keys: str) -> list[Trigger]:
    """The triggers met, of those keys (all where none is given), found by way of the cheap tests."""
    watch = child.watch
    every = [one for one in watch.rulebook.triggers_of(watch.pack) if one.rule in RULES]
    specs = [one for one in every if not keys or one.key in keys]
    assert specs, f"there is no trigger {keys}"
    return triggers_of(child, may_be(child, specs))


def coded(where: Iterable[Session], codes: Sequence[str] | str) -> dict[Session, str]:
    """The sessions with those codes in turn; one code alone stands for all."""
    one_by_one = [codes] if isinstance(codes, str) else list(codes)
    return {one: one_by_one[place % len(one_by_one)] for place, one in enumerate(where)}


def entry(kind: EntryKind, at: datetime, outcome: str = "Spoke", **more: object) -> Entry:
    """An entry about the child."""
    facts: dict[str, object] = {
        "id": 1, "kind": kind, "happened_at": at, "recorded_at": at.replace(tzinfo=UTC), "author": AUTHOR,
        "pupils": (1,), "persons": (), "outcome": outcome, "note": "", "details": {}, "restricted": False,
        "adds_to": None, "withdrawn": None,
    }  # fmt: skip
    return Entry(**{**facts, **more})  # type: ignore[arg-type]
