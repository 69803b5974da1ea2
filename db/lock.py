"""The writer's lock: one process writes to a school, and the next is told who and since when.

FILE.lock is held by the operating system and falls free with the process that took it, so a file left behind by a crash
locks nobody out. FILE.holder says in words who holds it, for people; it is only believed while the lock is held.
"""

from __future__ import annotations

import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from db.faults import disk_in_words
from db.files import write_whole
from desktop_app.domain.errors import Locked

_PATIENCE = 0.3
"""Seconds to wait for the lock: long enough for somebody who only looks whether it is free."""
_NOBODY_NAMED = "another window"


class WriterLock:
    """The lock of one school, held until released or until the process ends."""

    def __init__(self, store: Path, user: str) -> None:
        self._lock = FileLock(_lock_file(store), timeout=_PATIENCE, thread_local=False)
        self._holder = _holder_file(store)
        try:
            self._lock.acquire()
        except Timeout:
            raise Locked(_read_holder(store)) from None
        except OSError as error:
            raise disk_in_words(error, f"{store.name} cannot be opened for writing") from error
        self.name(user)

    def name(self, user: str) -> None:
        """Say who has it from now on: another person may take over the same window."""
        since = datetime.now().astimezone()
        with suppress(OSError):
            write_whole(self._holder, f"{user} on {platform.node()} since {since:%a %d %b, %H:%M}".encode())

    def release(self) -> None:
        """Let the next one write. A second call does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()


def holder_of(store: Path) -> str:
    """Who has the school open for writing, or an empty text where nobody has."""
    if not _lock_file(store).exists():
        return ""
    probe = FileLock(_lock_file(store), timeout=0, thread_local=False)
    try:
        with probe:
            return ""
    except Timeout:
        return _read_holder(store)
    except OSError:
        return ""


def _lock_file(store: Path) -> Path:
    return store.with_name(store.name + ".lock")


def _holder_file(store: Path) -> Path:
    return store.with_name(store.name + ".holder")


def _read_holder(store: Path) -> str:
    try:
        return _holder_file(store).read_text(encoding="utf-8").strip() or _NOBODY_NAMED
    except (OSError, ValueError):
        return _NOBODY_NAMED
