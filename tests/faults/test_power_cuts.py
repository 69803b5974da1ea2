"""The power is cut at any moment of real saves: no save that was reported is lost, and none is there by half."""

from __future__ import annotations

import os
import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.house import House
from db.store import SqlStore
from desktop_app.domain.errors import Damaged
from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL
from tests.faults.power_cuts import Event, cut, record

CHILD = Path(__file__).with_name("saving_child.py")
ROOT = CHILD.parent.parent.parent
SAVES = 24
UNSAFE = """
import runpy, sys
import db.engine
db.engine.PRAGMAS = tuple((name, {settings}.get(name, value), answer) for name, value, answer in db.engine.PRAGMAS)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to record what the program writes")


@dataclass
class Recording:
    """What the program did, the file it began with, and the key to look into what is left."""

    events: list[Event]
    path: Path
    before: dict[str, bytes]
    key: bytes


@dataclass
class Losses:
    """What some cuts have done."""

    lost: int = 0
    damaged: int = 0
    rolled_back: int = 0


def make_recording(house: House, folder: Path, **settings: str) -> Recording:
    """Run the saves, with other pragmas where the test wants to see harm."""
    path = folder / "a.rollbook"
    store, _ = house.create(path, SCHOOL, HEAD, PASSWORD, MOMENT)
    store.close()
    path.with_name("a.rollbook-journal").unlink(missing_ok=True)
    before = {str(path): path.read_bytes()}
    how = ["-c", UNSAFE.format(settings=settings)] if settings else []
    command = [sys.executable, *how, str(CHILD), str(path), PASSWORD, str(SAVES)]
    events = record(command, folder / "trace", {**os.environ, "PYTHONPATH": str(ROOT)})
    assert sum(event.kind == "say" for event in events) == SAVES
    return Recording(events, path, before, store._key)


def cut_often(recording: Recording, folder: Path, cuts: int, seed: int) -> Losses:
    """Cut at random moments, and open what each has left as the next start would."""
    chance, losses = random.Random(seed), Losses()
    first = next(place for place, event in enumerate(recording.events) if event.kind == "write")
    for number in range(cuts):
        at = chance.randrange(first, len(recording.events) + 1)
        files, said = cut(recording.events, at, recording.before, seed=number)
        place = folder / f"cut-{number}"
        place.mkdir()
        for path, content in files.items():
            (place / Path(path).name).write_bytes(content)
        hot = any(path.endswith("-journal") and content for path, content in files.items())
        look_at(place / recording.path.name, recording.key, said, losses)
        losses.rolled_back += hot
        shutil.rmtree(place)
    return losses


def look_at(path: Path, key: bytes, said: int, losses: Losses) -> None:
    """Is every save there that was reported, and the chain sound?"""
    store = SqlStore(path, key, "head", None)
    try:
        found = store.check()
    except Damaged:
        losses.damaged += 1
        return
    finally:
        store.close()
    losses.damaged += bool(found.faults)
    losses.lost += not found.faults and found.links - 1 < said


@pytest.mark.parametrize("cuts", [120, pytest.param(2000, marks=pytest.mark.slow)])
def test_no_reported_save_is_lost_by_a_power_cut(house: House, tmp_path: Path, cuts: int) -> None:
    losses = cut_often(make_recording(house, tmp_path), tmp_path, cuts, seed=1)
    print(f"{cuts} cuts: {losses}")
    assert (losses.lost, losses.damaged) == (0, 0)
    assert losses.rolled_back > cuts / 10, "the cuts fell between the saves and prove nothing"


def test_the_same_cuts_do_harm_where_nothing_is_forced_to_the_disk(house: House, tmp_path: Path) -> None:
    losses = cut_often(make_recording(house, tmp_path, synchronous="OFF"), tmp_path, 40, seed=2)
    assert losses.lost + losses.damaged > 20, "the cuts are too kind to prove anything"
