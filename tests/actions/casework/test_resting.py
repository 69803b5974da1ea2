"""No case rests for ever: pauses for one reason count together, and a reason in words has an end too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.case_work import pause, resume
from desktop_app.actions.casework import open_at
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.rulebook import Rulebook
from tests.support.clock import StillClock
from tests.support.schools import fill_school, make_school


@pytest.fixture
def knowsley(tmp_path: Path, house: House, rulebook: Rulebook) -> Iterator[tuple[Context, int, StillClock]]:
    """A case at Knowsley's Level 1, opened on Monday, 12 October."""
    clock = StillClock(datetime(2026, 10, 12, 9, 0))
    context = make_school(house, tmp_path / "k.rollbook", rulebook, clock, la="knowsley")
    ryan = fill_school(context, (("Doyle", "Ryan"),))["Doyle"]
    yield context, open_at(context, ryan, "level-1.school")[0], clock
    context.store.close()


def test_six_weeks_are_six_weeks_however_often_they_are_taken(knowsley: tuple[Context, int, StillClock]) -> None:
    """“(no longer than 6 weeks)”."""
    context, case, clock = knowsley
    pause(context, case, "bereavement", date(2026, 11, 2))
    clock.set(2026, 11, 2, 9, 0)
    resume(context, case)
    with pytest.raises(Refused, match=r"until 23 November 2026 at most, with the pauses before it|23 Nov"):
        pause(context, case, "bereavement", date(2026, 11, 24))
    pause(context, case, "bereavement", date(2026, 11, 23))
    clock.set(2026, 11, 23, 9, 0)
    resume(context, case)
    with pytest.raises(Refused, match="as long as it may"):
        pause(context, case, "bereavement", date(2026, 11, 24))


def test_what_was_not_rested_does_not_count(knowsley: tuple[Context, int, StillClock]) -> None:
    context, case, clock = knowsley
    pause(context, case, "bereavement", date(2026, 11, 23))
    clock.set(2026, 10, 13, 9, 0)
    resume(context, case)
    pause(context, case, "bereavement", date(2026, 11, 23))


def test_a_reason_in_words_lasts_no_longer_than_the_packs_longest(knowsley: tuple[Context, int, StillClock]) -> None:
    context, case, _ = knowsley
    with pytest.raises(Refused, match="waiting for CAMHS lasts until"):
        pause(context, case, "waiting for CAMHS", date(2026, 11, 24))
    pause(context, case, "waiting for CAMHS", date(2026, 11, 23))


@pytest.mark.parametrize("key", ["england", "halton", "knowsley", "sefton", "windsor-maidenhead"])
def test_every_pause_of_every_pack_has_an_end(key: str, rulebook: Rulebook) -> None:
    assert all(one.longest is not None for one in rulebook.packs[key].casework.pauses)
