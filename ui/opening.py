"""Opening a school, as work for the runner: with the writer's lock where it is free, else to read only."""

from __future__ import annotations

from collections.abc import Collection, Generator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop_app.context import Context, signed_in
from desktop_app.domain.demo import DEMO_PASSWORD, DEMO_USER
from desktop_app.domain.errors import Locked
from desktop_app.domain.progress import Progress
from desktop_app.domain.rulebook import Rulebook
from desktop_app.ports import Clock, StoreHouse

DEMO_FOLDER = "demo"
_DEMO_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Roof:
    """What the window is handed from above: the house of stores, the law, and the clock."""

    house: StoreHouse
    rulebook: Rulebook
    clock: Clock


def opening(roof: Roof, path: Path, user: str | None, password: str) -> Generator[Progress, None, Context]:
    """Open a school; to read only where somebody else writes to it. The store says who."""
    yield Progress(0, 0, f"Opening {path.stem}")
    try:
        store = roof.house.open(path, user, password, write=True)
    except Locked:
        store = roof.house.open(path, user, password, write=False)
    return signed_in(store, roof.rulebook, roof.clock)


def is_demo(users: Collection[str]) -> bool:
    """Whether a school with these users is a demo, which opens without asking."""
    return set(users) == {DEMO_USER}


def opening_demo(roof: Roof, path: Path) -> Generator[Progress, None, Context]:
    """Open a demo school that was made before."""
    return (yield from opening(roof, path, DEMO_USER, DEMO_PASSWORD))


def making_demo(roof: Roof, home: Path, today: date) -> Generator[Progress, None, Context]:
    """Make a fresh demo school in its own folder and open it. Demos of more than a week ago are cleared away."""
    # Its generator and lists of words are loaded for a new demo alone; no other start waits for them.
    from desktop_app.actions.demo import make_demo  # noqa: PLC0415

    folder = home / DEMO_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = _free_name(folder, today)
    made = yield from make_demo(roof.house, path, roof.rulebook, today=today, clock=roof.clock)
    _clear_old(folder, today, keep=path)
    return signed_in(made.store, roof.rulebook, roof.clock)


def newest_demo(home: Path) -> Path | None:
    """The demo school made last, or None."""
    demos = sorted((home / DEMO_FOLDER).glob("*.rollbook"), key=lambda path: path.stat().st_mtime)
    return demos[-1] if demos else None


def _free_name(folder: Path, today: date) -> Path:
    number = 1
    while (path := folder / f"demo-{today.isoformat()}-{number}.rollbook").exists():
        number += 1
    return path


def _clear_old(folder: Path, today: date, keep: Path) -> None:
    for path in folder.glob("demo-*.rollbook"):
        if path == keep or today - date.fromtimestamp(path.stat().st_mtime) < _DEMO_KEPT:  # noqa: DTZ012 - a file's age
            continue
        for file in folder.glob(f"{path.name}*"):
            file.unlink(missing_ok=True)
