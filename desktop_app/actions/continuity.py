"""The continuity pack of each morning: where it goes, under which password, when it is due, and making it.

Source: practice, point 6: encrypted, only where the headteacher named, in place of the one before. The password lies
inside the encrypted store and nowhere else: the pack has to be made without anybody being asked, and whoever can read
the store can read everything that the pack holds.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop_app.actions.needs import needs
from desktop_app.actions.paper import PaperKind, may_print, paper
from desktop_app.actions.roll import read_roll
from desktop_app.actions.saving import save
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting
from desktop_app.domain.staff import Role
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.passwords import password_fault

FOLDER, FORMER, SECRET = "continuity.folder", "continuity.former-folder", "continuity.password"
MADE, FAILED = "continuity.made", "continuity.failed"
NAME = "continuity-pack"
BEFORE = timedelta(hours=1)
"""How long before the morning register opens the pack of the day is made. One made earlier by hand is made again."""


@dataclass(frozen=True, slots=True)
class Continuity:
    """Where the pack goes (None: nowhere was named yet), when it was last made (local), and why it could not be made
    since then (empty: it was, or was not tried)."""

    folder: Path | None
    made: datetime | None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class PackMade:
    """Where today's pack lies, and the older ones that could not be taken away."""

    path: Path
    pages: int
    left: tuple[Path, ...] = ()


@needs(Right.OPEN)
def continuity(context: Context) -> Continuity:
    """How the pack is arranged. Its password is told to nobody."""
    with context.store.reading() as reading:
        return _arranged(reading.book)


@needs(Right.OPEN)
def may_arrange(context: Context) -> bool:
    """Whether the present user may say where the pack goes: the headteacher, or whoever keeps the school alone."""
    head = context.alone or Role.HEADTEACHER in context.staff.roles
    return head and context.may(Right.SETTINGS) and not context.store.read_only


@needs(Right.SETTINGS)
def arrange_continuity(context: Context, folder: Path, password: str) -> Changes:
    """Let the pack go to that folder from now on, under that password; today's is due again. An empty password keeps
    the one there is. Refused where there is no such folder, the password is easy to guess, or the present user is not
    the headteacher."""
    if not may_arrange(context):
        raise Refused("The headteacher alone names the folder and the password of the continuity pack.")
    with context.store.reading() as reading:
        before, kept = _arranged(reading.book).folder, _setting(reading.book, SECRET)
    fault = password_fault(password) if password or not kept else None
    if fault:
        raise Refused(fault)
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}; make it first, or choose another.")
    folder = folder.resolve()
    with context.store.writing(context.deed("arrange continuity pack")) as writing:
        if before is not None and before != folder:
            writing.book.put(Setting(FORMER, str(before)))
        writing.book.put(Setting(FOLDER, str(folder)))
        writing.book.put(Setting(SECRET, password or kept))
        writing.book.put(Setting(MADE, ""))
        writing.book.put(Setting(FAILED, ""))
    return Changes(book=True)


@needs(Right.OPEN)
def continuity_due(context: Context) -> bool:
    """Whether today’s pack is still to be made and the present user may make it: once each school day, from an hour
    before the morning register opens. At midnight, on a PC left on, it would hold nothing of the day to come."""
    if context.store.read_only or PaperKind.PACK not in may_print(context):
        return False
    today = context.today()
    with context.store.reading() as reading:
        arranged = _arranged(reading.book)
        since = datetime.combine(today, reading.book.school().am.opens) - BEFORE
        if arranged.folder is None or context.now() < since or (arranged.made is not None and arranged.made >= since):
            return False
        return bool(read_roll(reading.book).calendar.school_days(today, today))


@needs(Right.CONTINUITY)
def make_continuity(context: Context) -> Generator[Progress, None, PackMade]:
    """Make today’s pack in the folder that was named, and take away those before it.

    The one before stays until the new one is whole on the disk, and where the new one cannot be made. A generator:
    closing it early leaves everything as it was. Raises `Refused` where no folder was named, or it is not there; then
    the reason is kept, so that it is still said when the school is opened the next time.
    """
    with context.store.reading() as reading:
        arranged, password = _arranged(reading.book), _setting(reading.book, SECRET)
        former = _setting(reading.book, FORMER)
    folder = arranged.folder
    if folder is None or not password:
        raise Refused("Nobody has said yet where the continuity pack goes. The headteacher names a folder first.")
    try:
        if not folder.is_dir():
            raise Refused(f"The folder of the continuity pack, {folder}, is not there.")
        made = yield from paper(context, PaperKind.PACK, context.today(), password=password)
        target = folder / f"{context.store.path.stem}-{NAME}-{context.today().isoformat()}.pdf"
        save(made.content, target)
    except Refused as refused:
        with context.store.writing(context.deed("continuity pack not made")) as writing:
            writing.book.put(Setting(FAILED, f"{context.now():%d/%m/%Y %H:%M}: {refused}"))
        raise
    left = _prune(context, target, {folder, *([Path(former)] if former else [])})
    with context.store.writing(context.deed("make continuity pack")) as writing:
        _note_made(writing, context.now(), former="" if all(one.parent == folder for one in left) else former)
    return PackMade(target, made.pages, left)


def _note_made(writing: Writing, now: datetime, former: str) -> None:
    for key, value in ((MADE, now.isoformat(timespec="minutes")), (FAILED, ""), (FORMER, former)):
        writing.book.put(Setting(key, value))


def _prune(context: Context, target: Path, folders: set[Path]) -> tuple[Path, ...]:
    """Take away every other pack of this school; the ones that are still there (open elsewhere, say) are returned."""
    left: list[Path] = []
    for folder in sorted(folders):
        found: list[Path] = []
        with suppress(OSError):
            found = sorted(folder.glob(f"{_escaped(context.store.path.stem)}-{NAME}-*.pdf*"))
        for old in found:
            if old == target or not _is_pack(old, context.store.path.stem):
                continue
            try:
                old.unlink()
            except OSError:
                left.append(old)
    return tuple(left)


def _is_pack(path: Path, stem: str) -> bool:
    """Whether a file is named as a pack, or as one that was never finished: nobody else's file is taken away."""
    day = path.name.removeprefix(f"{stem}-{NAME}-").removesuffix(".part").removesuffix(".pdf")
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _escaped(stem: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in stem)


def _arranged(book: BookReading) -> Continuity:
    folder, made = _setting(book, FOLDER), _setting(book, MADE)
    moment = datetime.fromisoformat(made) if made else None
    return Continuity(Path(folder) if folder else None, moment, _setting(book, FAILED))


def _setting(book: BookReading, key: str) -> str:
    return next((one.value for one in book.all(Setting) if one.key == key), "")
