"""The program is killed at random moments of real saves: what it said was saved is there, whole, the chain sound."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.house import House
from desktop_app.domain.sessions import HALVES, Session
from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL
from tests.faults.saving_child import REGISTER, day_of_deed

CHILD = Path(__file__).with_name("saving_child.py")
ROOT = CHILD.parent.parent.parent
FRESH_EVERY = 25
"""Kills in one store before a new one is made; a long chain would be checked over and over."""


@dataclass
class Tally:
    """What a run of kills has seen."""

    kills: int = 0
    saves: int = 0
    hot_journals: int = 0
    unsaid: int = 0


def kill_once(path: Path, rest: float) -> int:
    """Let a child save for `rest` seconds after its first save, kill it, and return the last deed it reported."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen([sys.executable, str(CHILD), str(path), PASSWORD], stdout=subprocess.PIPE, env=environment)
    assert child.stdout is not None
    try:
        said = child.stdout.readline()
        time.sleep(rest)
    finally:
        child.kill()
        said += child.stdout.read()
        child.stdout.close()
        assert child.wait() != 0
    whole = [line for line in said.split(b"\n")[:-1] if line]
    assert whole, "the child was killed before its first save"
    return int(whole[-1])


def examine(house: House, path: Path, acknowledged: int, tally: Tally) -> None:
    """Open the store as the next start would, to write or to read, and look for every acknowledged deed."""
    journal = path.with_name(path.name + "-journal")
    tally.hot_journals += journal.exists() and journal.stat().st_size > 0
    store = house.open(path, None, PASSWORD, write=tally.kills % 2 == 0)
    try:
        found = store.check()
        assert found.faults == ()
        deeds = found.links - 1
        assert acknowledged <= deeds <= acknowledged + 1
        tally.unsaid += deeds - acknowledged
        with store.reading() as reading:
            for number in range(4, acknowledged + 1, 4):
                assert len(reading.marks.filled(Session(day_of_deed(number), HALVES[0]))) == REGISTER
    finally:
        store.close()
    tally.kills += 1


def stores(house: House, folder: Path) -> Iterator[Path]:
    """One new school after another."""
    number = 0
    while True:
        path = folder / f"school-{number}.rollbook"
        house.create(path, SCHOOL, HEAD, PASSWORD, MOMENT)[0].close()
        yield path
        number += 1


def kill_often(house: House, folder: Path, kills: int, seed: int) -> Tally:
    """Kill at `kills` random moments."""
    chance, tally, fresh = random.Random(seed), Tally(), stores(house, folder)
    path, before = next(fresh), 0
    for kill in range(kills):
        if kill and kill % FRESH_EVERY == 0:
            path, before = next(fresh), 0
        acknowledged = kill_once(path, chance.uniform(0, 0.12))
        examine(house, path, acknowledged, tally)
        tally.saves += acknowledged - before
        before = acknowledged
    return tally


def test_no_acknowledged_save_is_lost_by_a_kill(house: House, tmp_path: Path) -> None:
    tally = kill_often(house, tmp_path, 25, seed=1)
    assert tally.kills == 25
    assert tally.saves > 100


@pytest.mark.slow
def test_no_acknowledged_save_is_lost_by_five_hundred_kills(house: House, tmp_path: Path) -> None:
    tally = kill_often(house, tmp_path, 500, seed=2)
    print(tally)
    assert tally.kills == 500
    assert tally.hot_journals > 50, "the kills fell between the saves and prove nothing"
