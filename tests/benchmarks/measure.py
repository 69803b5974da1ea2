"""Measuring: floor and program take turns in one run, and only the ratio of their medians is a result."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

Once = Callable[[], object]


@dataclass(frozen=True)
class Result:
    """One comparison. Times in milliseconds; `most` is the ratio not to be passed."""

    name: str
    floor_is: str
    floor_ms: float
    program_ms: float
    most: float
    turns: int
    more: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Program to floor, by their medians."""
        return self.program_ms / self.floor_ms

    @property
    def held(self) -> bool:
        """Whether the ratio stays within its bound."""
        return self.ratio <= self.most


def timed(once: Once) -> float:
    """The time of one call, in milliseconds, with the collector out of the way."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        once()
        return (time.perf_counter() - began) * 1000
    finally:
        gc.enable()


def compare(name: str, floor_is: str, floor: Once, program: Once, most: float, turns: int) -> Result:
    """Let floor and program take turns, after one turn each that does not count."""
    timed(floor)
    timed(program)
    floors: list[float] = []
    programs: list[float] = []
    for _ in range(turns):
        floors.append(timed(floor))
        programs.append(timed(program))
    return Result(name, floor_is, median(floors), median(programs), most, turns)
