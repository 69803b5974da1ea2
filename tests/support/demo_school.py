"""A demo school in a real store, for reports that need many children: made once and only looked at, or one's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.actions.demo import make_demo
from desktop_app.cli.answers import finish
from desktop_app.context import Context, signed_in
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Rulebook
from desktop_app.ports import StoreHouse
from tests.support.clock import StillClock

NOW = datetime(2026, 11, 20, 16, 0)
"""A Friday after school."""


def demo_school(house: StoreHouse, folder: Path, rulebook: Rulebook, pupils: int = 84) -> tuple[Context, StillClock]:
    """The school, open for writing, and the clock it goes by."""
    clock = StillClock(NOW)
    path = folder / "demo.rollbook"
    made = finish(make_demo(house, path, rulebook, pupils=pupils, years=2, seed=5, today=NOW.date(), clock=clock))
    return signed_in(made.store, rulebook, clock), clock


def pupils_of(context: Context) -> tuple[Pupil, ...]:
    """Everybody ever on its roll."""
    with context.store.reading() as reading:
        return reading.book.all(Pupil)
