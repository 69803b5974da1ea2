"""Wrong passwords slow down, across restarts, for one name alone, and never for the recovery key."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from db.house import House
from db.keys import KdfCost
from db.tries import FREE, LONGEST_WAIT, wait_after
from desktop_app.actions.staff import add_staff, change_own_password
from desktop_app.context import handed_over, signed_in
from desktop_app.domain.errors import Refused, WrongPassword
from tests.support.people import FIRST, PAT
from tests.support.schools import PASSWORD, SmallSchool

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


class Watch:
    """The seconds that the tries read."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


def house_of(watch: Watch) -> House:
    """A house as each start of the program makes it anew."""
    return House(kdf=CHEAP, now=watch)


def fail(path: Path, watch: Watch, times: int, user: str = "head") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            house_of(watch).open(path, user, "wrong", write=False)


def test_five_wrong_tries_cost_nothing_and_the_sixth_waits_though_it_is_right(
    school: SmallSchool, watch: Watch
) -> None:
    fail(school.path, watch, FREE)
    with pytest.raises(Refused, match=r"try again in 5 seconds\. The recovery key opens at once"):
        house_of(watch).open(school.path, "head", PASSWORD, write=False)
    watch.at += 5
    house_of(watch).open(school.path, "head", PASSWORD, write=False).close()
    assert not school.path.with_name(f"{school.path.name}.tries").exists(), "a right one forgets the wrong ones"
    fail(school.path, watch, FREE)


def test_the_wait_grows_and_never_beyond_five_minutes() -> None:
    waits = [wait_after(wrong) for wrong in range(FREE + 20)]
    assert waits[: FREE + 4] == [0] * FREE + [5, 10, 20, 40]
    assert max(waits) == LONGEST_WAIT
    assert wait_after(10**9) == LONGEST_WAIT


def test_a_refused_try_is_not_looked_at_and_does_not_lengthen_the_wait(school: SmallSchool, watch: Watch) -> None:
    fail(school.path, watch, FREE)
    for _ in range(20):
        with pytest.raises(Refused, match="5 seconds"):
            house_of(watch).open(school.path, "head", "wrong", write=False)


def test_one_name_waits_for_itself(school: SmallSchool, watch: Watch) -> None:
    add_staff(school.context, PAT, FIRST)
    fail(school.path, watch, FREE)
    house_of(watch).open(school.path, "pat", FIRST, write=False).close()
    fail(school.path, watch, FREE, "nobody")
    with pytest.raises(Refused, match="Too many wrong passwords"):
        house_of(watch).open(school.path, "nobody else", "wrong", write=False)


def test_the_recovery_key_never_waits(tmp_path: Path, watch: Watch, school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        facts = reading.book.school()
    path = tmp_path / "other.rollbook"
    first = replace(school.context.staff, id=0)
    store, recovery = house_of(watch).create(path, facts, first, PASSWORD, school.context.clock())
    store.close()
    fail(path, watch, FREE)
    with pytest.raises(Refused, match="Too many wrong passwords"):
        house_of(watch).open(path, "head", PASSWORD, write=False)
    house_of(watch).open(path, "head", recovery, write=False).close()


def test_the_window_and_ones_own_password_are_no_way_around(school: SmallSchool, watch: Watch) -> None:
    store = house_of(watch).open(school.path, "head", PASSWORD, write=False)
    context = signed_in(store, school.context.rulebook, school.context.clock)
    for _ in range(FREE - 2):
        with pytest.raises(WrongPassword):
            handed_over(context, "head", "wrong")
    for _ in range(2):
        with pytest.raises(Refused, match="not right"):
            change_own_password(context, "wrong", FIRST)
    with pytest.raises(Refused, match="Too many wrong passwords"):
        handed_over(context, "head", PASSWORD)
    with pytest.raises(Refused, match="Too many wrong passwords"):
        change_own_password(context, PASSWORD, FIRST)
    store.close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"head": 7}', '{"head": ["x", 1]}', '{"head": [99, 1e300]}', "é"])
def test_a_file_that_is_damaged_or_of_the_future_locks_nobody_out(
    content: str, school: SmallSchool, watch: Watch
) -> None:
    school.path.with_name(f"{school.path.name}.tries").write_text(content, encoding="utf-8")
    house_of(watch).open(school.path, "head", PASSWORD, write=False).close()


def test_it_holds_no_password(school: SmallSchool, watch: Watch) -> None:
    fail(school.path, watch, 2)
    kept = json.loads(school.path.with_name(f"{school.path.name}.tries").read_text(encoding="ascii"))
    assert kept == {"head": [2, watch.at]}
