"""Small things done to files with care: written whole, forced to the disk, swapped by one rename."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it is there whole or, after a crash, as it was before."""
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        swap(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def swap(partial: Path, target: Path) -> None:
    """Give a finished file its name, in one step, and force the name to the disk where the system lets us."""
    partial.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def discard(partial: Path) -> None:
    """Take away an unfinished store and its journal, as far as the system lets us."""
    for left in (partial, partial.with_name(partial.name + "-journal")):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def force(path: Path) -> None:
    """Force a file's bytes to the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
