"""A doubtful clock at the door: refused in words that say how to go on, and gone by once somebody has said so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.actions.register import fill_present
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

if TYPE_CHECKING:
    from tests.cli.conftest import Run

FRIDAY = date(2026, 11, 20)
MARK = ("mark", "--pupil", "00006", "--date", "2026-11-19", "--half", "AM", "--code", "/")


def test_marks_of_today_wait_for_a_word(school: SmallSchool, clock: StillClock, run: Run) -> None:
    fill_present(school.context, "4B", Session(FRIDAY, Half.AM))
    school.context.store.close()
    clock.set(2026, 11, 19, 8, 50)
    store = ("--store", school.path)
    doubted = run(*store, "clock")
    assert (doubted.code, doubted.value["doubt"], doubted.value["blocks"]) == (0, "before", True)
    refused = run(*store, *MARK)
    assert refused.code == 2
    assert "clock --right" in refused.value["error"]
    right = run(*store, "clock", "--right")
    assert (right.code, right.value["doubt"]) == (0, None)
    made = run(*store, *MARK)
    assert (made.code, made.value["code"]) == (0, "/"), made.errors
