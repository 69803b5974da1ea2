"""What every floor's tests share: the real law and packs, real stores made cheap to unlock, and a still clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.rulebook import Rulebook
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, fill_school, make_school


def pytest_addoption(parser: pytest.Parser) -> None:
    """The long forms of fault and soak tests are run by hand."""
    parser.addoption("--slow", action="store_true", help="run the long form of fault and soak tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long forms out unless they were asked for."""
    if config.getoption("--slow"):
        return
    chosen = [item for item in items if "slow" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "slow" in item.keywords])
    items[:] = chosen


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The law and packs as shipped."""
    return rulebooks.load(paths.resources())


@pytest.fixture
def clock() -> StillClock:
    """Friday 20 November 2026, ten to nine: the register is open."""
    return StillClock(datetime(2026, 11, 20, 8, 50))


@pytest.fixture(scope="session")
def house() -> House:
    """The real house of stores; only its passwords are cheap to try, so that tests are quick."""
    return House(kdf=KdfCost(memory_kib=64, passes=1, lanes=1))


@pytest.fixture
def empty_school(tmp_path: Path, house: House, rulebook: Rulebook, clock: StillClock) -> Iterator[SmallSchool]:
    """A school with a calendar and nobody in it."""
    path = tmp_path / "marsh-lane.rollbook"
    context = make_school(house, path, rulebook, clock)
    yield SmallSchool(context, {}, path)
    context.store.close()


@pytest.fixture
def school(empty_school: SmallSchool) -> SmallSchool:
    """A school with six pupils in class 4B, each with a mother to call."""
    empty_school.pupils.update(fill_school(empty_school.context))
    return empty_school
