"""Whatever deeds are tried, in whatever order, no parent ever gets a third notice for a child within three years.

The deeds are the real ones, on a real store; the ledger is reckoned a second time, naively, straight from the entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import Phase, given, settings, strategies as st

from db.house import House
from desktop_app.actions.log import withdraw
from desktop_app.actions.notices import (
    Became,
    Elsewhere,
    ask_notice,
    decide_against,
    record_elsewhere,
    record_notice,
    record_received,
    take_back,
)
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import NoticeState
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Session
from desktop_app.rules.notices import counted, notices
from tests.support.clock import StillClock
from tests.support.formal import Family, mark, new_family, sessions_between
from tests.support.schools import make_school

STATES = (NoticeState.ISSUED, NoticeState.PAID, NoticeState.UNPAID, NoticeState.PROSECUTED, NoticeState.WITHDRAWN)
EDGES = (
    date(2024, 8, 18),
    date(2024, 8, 19),
    date(2025, 11, 2),
    date(2025, 11, 3),
    date(2026, 2, 28),
    date(2026, 11, 20),
)
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2024, 8, 1), date(2026, 11, 20)))

TRIED = ("ask", "ask", "elsewhere", "elsewhere", "became", "became", "received", "against", "back", "log")
Deed = tuple[str, int, int, date, NoticeState]
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(TRIED),
        st.integers(0, 3),
        st.integers(0, 5),
        DAYS,
        st.sampled_from((NoticeState.ISSUED, NoticeState.ISSUED, *STATES)),
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


class Bench:
    """One school for all the tries, each with a child of its own."""

    def __init__(self, context: Context) -> None:
        self.context, self.children = context, 0

    def __repr__(self) -> str:
        return "a school"

    def trying(self) -> Trying:
        """Another child to try everything on."""
        self.children += 1
        return Trying(new_family(self.context, self.children))


@pytest.fixture(scope="module")
def bench(rulebook: Rulebook, house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A school in which every deed is tried."""
    path = tmp_path_factory.mktemp("bench") / "school.rollbook"
    context = make_school(house, path, rulebook, StillClock(datetime(2026, 11, 20, 8, 50)))
    yield Bench(context)
    context.store.close()


@given(DEEDS)
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_no_parent_gets_a_third(bench: Bench, deeds: list[Deed]) -> None:
    trying = bench.trying()
    for deed in deeds:
        trying.try_one(*deed)
        trying.reckon()


@dataclass
class Trying:
    """A family of whom everything is tried."""

    family: Family
    spare: list[Session] = field(default_factory=list[Session])

    def __post_init__(self) -> None:
        self.spare = list(sessions_between(date(2026, 9, 7), date(2026, 9, 25)))
        mark(self.family.context, self.family.pupil, self.spare, "O")

    def try_one(self, deed: str, who: int, which: int, day: date, state: NoticeState) -> None:
        """Try a deed; what is refused changes nothing."""
        before = len(self.entries())
        try:
            self._deeds()[deed](who, which, day, state)
        except Refused:
            assert len(self.entries()) == before or deed in ("back", "log")

    def _deeds(self) -> dict[str, Callable[[int, int, date, NoticeState], object]]:
        return {
            "ask": lambda who, _which, _day, _state: self._ask(who),
            "against": lambda who, _which, _day, _state: decide_against(
                self.family.context, self.family.asking(self._parent(who))
            ),
            "elsewhere": lambda who, _which, day, state: record_elsewhere(
                self.family.context, Elsewhere(self.family.pupil, self._parent(who), day, "Priory Park School", state)
            ),
            "became": lambda _who, which, day, state: record_notice(
                self.family.context, self._notice(which), Became(state, max(day, date(2026, 11, 20)))
            ),
            "received": lambda _who, which, day, _state: record_received(self.family.context, self._notice(which), day),
            "back": lambda _who, which, _day, _state: take_back(self.family.context, self._entry(which), "A mistake."),
            "log": lambda _who, which, _day, _state: withdraw(self.family.context, self._entry(which), "A mistake."),
        }

    def _ask(self, who: int) -> None:
        taken, self.spare = self.spare[:3], self.spare[3:]
        ask_notice(self.family.context, self.family.asking(self._parent(who), sessions=tuple(taken)))

    def _parent(self, who: int) -> int:
        return self.family.father if who == 3 else self.family.mother

    def _notice(self, which: int) -> int:
        firsts = [one.id for one in self.entries() if one.adds_to is None]
        return firsts[which % len(firsts)] if firsts else 0

    def _entry(self, which: int) -> int:
        newest = self.entries()[::-1]
        return newest[which % len(newest)].id if newest else 0

    def entries(self) -> list[Entry]:
        """The entries of the ledger."""
        with self.family.context.store.reading() as reading:
            return [one for one in reading.entries.of(self.family.pupil) if one.kind is EntryKind.PENALTY_NOTICE]

    def reckon(self) -> None:
        """Both reckonings, on each day that matters."""
        law, entries = self.family.context.rulebook.formalities.penalty, self.entries()
        days = {one.issued for one in notices(entries) if one.issued} | {date(2026, 11, 20)}
        for parent in (self.family.mother, self.family.father):
            for day in days:
                naive = naive_count(entries, parent, day)
                assert naive <= 2, f"{naive} notices in the three years to {day}"
                assert len(counted(notices(entries), self.family.pupil, parent, day, law)) == naive


def naive_count(entries: Iterable[Entry], parent: int, day: date) -> int:
    """How many notices of a parent count on a day: told day by day over three years, from the entries themselves."""
    standing = [one for one in entries if one.withdrawn is None]
    issued: list[date] = []
    for first in standing:
        if first.adds_to is not None or first.persons != (parent,):
            continue
        course = [first, *(one for one in standing if one.adds_to == first.id)]
        gone = any(one.outcome == "withdrawn" for one in course)
        said = [one.details["issued"] for one in course if "issued" in one.details]
        if said and not gone:
            issued.append(date.fromisoformat(said[-1]))
    number, back = 0, day
    while back > day.replace(year=day.year - 3):
        if back >= date(2024, 8, 19):
            number += issued.count(back)
        back -= timedelta(days=1)
    return number
