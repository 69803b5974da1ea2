"""Verified copies in the folder the school chose: on leaving, and before an import."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting

FOLDER = "backup-folder"


@needs(Right.OPEN)
def backup_folder(context: Context) -> Path | None:
    """The folder chosen for copies, or None where none was chosen yet."""
    with context.store.reading() as reading:
        chosen = next((one.value for one in reading.book.all(Setting) if one.key == FOLDER), "")
    return Path(chosen) if chosen else None


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
    target = folder / f"{context.store.path.stem}-{context.now():%Y-%m-%d-%H%M%S}{context.store.path.suffix}"
    yield from context.store.backup(target)
    return target
