"""Loading the program without the collector of garbage going through what has just been loaded."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def loading() -> Generator[None]:
    """Load in peace: modules, classes and the law stay as long as the program does, so there is nothing to take away,
    and Python would look through all of it, again and again, for a tenth of the start. From then on it is left out of
    every look, which makes those of the window shorter too. What is no longer used is let go as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
