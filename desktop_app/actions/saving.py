"""Putting a document on the disk: it appears whole or not at all, and nothing is written over unasked."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from desktop_app.domain.errors import Refused


def check_target(target: Path) -> None:
    """Refuse a target that is taken, or lies in no folder there is."""
    try:
        taken, folder = target.exists(), target.parent.is_dir()
    except OSError as error:
        raise _unwritable(target, error) from error
    if taken:
        raise Refused(f"{target} is there already. Choose another name; nothing is written over.")
    if not folder:
        raise Refused(f"There is no folder {target.parent}. Make it first, or choose another.")


def save(content: bytes, target: Path) -> None:
    """Write a document beside the target and name it when it is on the disk: it appears whole or not at all.

    Whoever chose the target was asked about what stood there before. Raises `Refused` where it cannot be written.
    """
    part_file = target.with_name(f"{target.name}.part")
    try:
        with part_file.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part_file.replace(target)
    except OSError as error:
        with suppress(OSError):
            part_file.unlink()
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> Refused:
    return Refused(f"{target} cannot be written: {error.strerror or error}. Choose another place or name.")
