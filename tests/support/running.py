"""Driving long work to its end by hand."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from desktop_app.domain.progress import Progress

R = TypeVar("R")


def finish(work: Generator[Progress, None, R]) -> R:
    """Drive a generator to its end and return what it returns."""
    while True:
        try:
            next(work)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]
