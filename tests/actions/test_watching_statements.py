"""However many children there are, what must be looked at is read in a handful of statements."""

from __future__ import annotations

import random
from datetime import date

from sqlalchemy import event
from sqlalchemy.engine import Engine

from desktop_app.actions.watching import due
from desktop_app.context import Context
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.presence import FRIDAY, fill, some
from tests.support.schools import SmallSchool, pupil


def test_it_is_read_in_a_handful_of_statements(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    dice = random.Random(5)
    codes: dict[int, dict[Session, str]] = {key: {} for key in school.pupils.values()}
    for mine in codes.values():
        for one in some(school, date(2026, 9, 7), 100, ""):
            mine[one] = dice.choice(["/" if one.half is Half.AM else "\\"] * 4 + ["O", "I", "G", "N", "U"])
    fill(school, codes)
    due(school.context, FRIDAY)  # the book is read once
    few = _statements(school.context)
    assert few <= 22
    with school.context.store.writing(school.context.deed("more")) as writing:
        more = writing.book.put_many(pupil(f"More{n}", "Sam", 50 + n) for n in range(20))
        writing.book.put_many(Membership(0, key, "4B", "4", date(2026, 9, 1)) for key in more)
        writing.marks.add(
            NewMark(key, one.day, one.half, code) for key in more for one, code in codes[school.pupils["Doyle"]].items()
        )
    due(school.context, FRIDAY)
    assert _statements(school.context) <= few + 1, "as many children as you like; one more where a register has gaps"


def _statements(context: Context) -> int:
    made: list[str] = []

    def heard(*told: object) -> None:
        made.append(str(told[2]))

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        due(context, FRIDAY)
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    return len(made)
