"""Verified copies in the folder the school chose: on leaving, and before an import."""

from __future__ import annotations

import glob
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting

FOLDER = "backup-folder"
LONGEST_BREAK = 60
"""Days: longer than any summer holiday, so that the last school day is found on the first of a new year."""
MADE_AT = "%Y-%m-%d-%H%M%S"
"""How the name of a copy says when it was made."""


@needs(Right.OPEN)
def backup_folder(context: Context) -> Path | None:
    """The folder chosen for copies, or None where none was chosen yet."""
    with context.store.reading() as reading:
        chosen = next((one.value for one in reading.book.all(Setting) if one.key == FOLDER), "")
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class BackupState:
    """Where copies go, when the newest there was made (school local time), and whether that is too long ago: before the
    school day before the present one. A demo school needs none. Source: our own rule; a copy is made each time the
    school is closed."""

    folder: Path | None
    made: datetime | None
    stale: bool


@needs(Right.OPEN)
def backup_state(context: Context) -> BackupState:
    """How it stands with the copies. It looks into the folder, which may be slow: ask beside the window."""
    folder = backup_folder(context)
    made = _newest(context, folder) if folder else None
    with context.store.reading() as reading:
        school, calendar = reading.book.school(), read_roll(reading.book).calendar
    if school.demo:
        return BackupState(folder, made, stale=False)
    today = context.today()
    before = calendar.school_days(today - timedelta(days=LONGEST_BREAK), today - timedelta(days=1))
    return BackupState(folder, made, made is None or (bool(before) and made.date() < before[-1]))


def _newest(context: Context, folder: Path) -> datetime | None:
    """When the newest copy in the folder was made, by its name; None where there is none, or it cannot be read."""
    path = context.store.path
    try:
        names = [one.name for one in folder.glob(f"{glob.escape(path.stem)}-*{path.suffix}")]
    except OSError:
        return None
    made = (_made_at(name.removeprefix(f"{path.stem}-").removesuffix(path.suffix)) for name in names)
    return max((at for at in made if at is not None), default=None)


@needs(Right.BACK_UP)
def choose_backup_folder(context: Context, folder: Path) -> Changes:
    """Keep copies in `folder` from now on. Refused where there is no such folder."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}; make it first, or choose another.")
    with context.store.writing(context.deed("choose backup folder")) as writing:
        writing.book.put(Setting(FOLDER, str(folder.resolve())))
    return Changes(book=True)


@needs(Right.BACK_UP)
def back_up(context: Context) -> Generator[Progress, None, Path | None]:
    """Make a verified copy in the chosen folder and return its path; None where no folder was chosen."""
    folder = backup_folder(context)
    if folder is None:
        return None
    if not folder.is_dir():
        raise Refused(f"The backup folder {folder} is not there: plug it in, or choose another. Nothing was changed.")
    target = folder / f"{context.store.path.stem}-{context.now():{MADE_AT}}{context.store.path.suffix}"
    yield from context.store.backup(target)
    return target


def _made_at(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, MADE_AT)  # noqa: DTZ007 - local time, as the whole program keeps it
    except ValueError:
        return None
