"""The course of an attendance contract: checked in time, broken, decided by the authority, over; what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.contracts import (
    break_contract,
    check_contract,
    contracts_of,
    decide_contract,
    end_contract,
    make_contract,
)
from desktop_app.actions.formal_page import formal_page
from desktop_app.domain.entries import Task
from desktop_app.domain.errors import Refused
from desktop_app.rules.contracts import what_next
from tests.formal.test_formal_deeds import TODAY, contract
from tests.support.clock import StillClock
from tests.support.formal import Family, family
from tests.support.schools import SmallSchool
from ui.formal.deeds import Section
from ui.formal.saying import lines_of

LAST = date(2027, 2, 11)
CHECK, ENDS, ASK = (
    "See how the attendance contract is kept",
    "The attendance contract ends: see how it was kept, and what comes next",
    "Ask the authority whether the attendance contract is still of use",
)


@pytest.fixture
def doyles(school: SmallSchool) -> Family:
    """Doyle, both parents, and a week of G."""
    return family(school)


def tasks(doyles: Family) -> list[tuple[date, str]]:
    with doyles.context.store.reading() as reading:
        return [(one.due, one.text) for one in reading.book.all(Task) if one.closed_by is None]


def said(doyles: Family) -> dict[str, str]:
    return {one.about: one.says for one in lines_of(formal_page(doyles.context, doyles.pupil), Section.CONTRACT)}


def test_it_is_checked_three_times_in_its_weeks(doyles: Family, clock: StillClock) -> None:
    context = doyles.context
    made, _ = make_contract(context, contract(doyles))
    assert tasks(doyles) == [(date(2026, 12, 18), CHECK)]
    clock.set(2026, 12, 18, 9, 0)
    check_contract(context, made, True, "At the gate every day.")
    assert tasks(doyles) == [(date(2027, 1, 15), CHECK)]
    clock.set(2027, 1, 18, 9, 0)
    check_contract(context, made, False, "Two days without a word.")
    assert tasks(doyles) == [(LAST, ENDS)]
    clock.set(2027, 2, 11, 9, 0)
    check_contract(context, made, True, "Better since.")
    assert tasks(doyles) == []
    assert "What may come next" not in said(doyles)
    clock.set(2027, 2, 12, 9, 0)
    assert said(doyles)["What may come next"].startswith("It has run out. Look at what the attendance shows")


def test_one_that_was_not_signed_is_not_checked(doyles: Family) -> None:
    make_contract(doyles.context, contract(doyles, outcome="not attended", parts=()))
    assert tasks(doyles) == []


def test_the_authority_decides_about_a_broken_one(doyles: Family, clock: StillClock) -> None:
    context = doyles.context
    made, _ = make_contract(context, contract(doyles))
    with pytest.raises(Refused, match="Nothing is to be decided"):
        decide_contract(context, made, True, "Ms Okoro: it goes on.")
    clock.set(2026, 12, 7, 9, 0)
    break_contract(context, made, "A week without a word; she said she forgot.")
    assert tasks(doyles) == [(date(2026, 12, 7), ASK)]
    assert said(doyles)["Mon 7 Dec: broken"] == "A week without a word; she said she forgot."
    assert said(doyles)["What may come next"].startswith("It was broken. Ask the authority whether it is still of use")
    with pytest.raises(Refused, match="what came of it is decided after that"):
        decide_contract(context, made, True, "Ms Okoro.", date(2026, 12, 4))
    with pytest.raises(Refused, match="who decided it, and why"):
        decide_contract(context, made, True, " ")
    decide_contract(context, made, True, "Ms Okoro: the breakfast place was not there either.")
    assert tasks(doyles) == [(date(2027, 1, 4), CHECK)]
    (found,) = contracts_of(context, doyles.pupil)
    assert (found.broken, found.ended) == (False, None)
    assert what_next(found, TODAY) == ""
    break_contract(context, made, "Again.")
    decide_contract(context, made, False, "Ms Okoro: it is of no more use.")
    (found,) = contracts_of(context, doyles.pupil)
    assert (found.broken, found.ended) == (True, date(2026, 12, 7))
    assert tasks(doyles) == []
    assert "consider an education supervision order" in said(doyles)["What may come next"]
    make_contract(context, contract(doyles, first=date(2026, 12, 8)))


def test_one_that_ended_is_not_checked_any_more(doyles: Family) -> None:
    made, _ = make_contract(doyles.context, contract(doyles))
    end_contract(doyles.context, made, "They moved away.")
    assert tasks(doyles) == []
    assert said(doyles)["Fri 20 Nov: ended"] == "They moved away."
