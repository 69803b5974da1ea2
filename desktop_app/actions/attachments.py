"""Files kept with an entry, byte for byte: chosen, checked, stored inside the school's file, and shown again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from desktop_app import paths
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Attachment, Entry
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.files import FileRules
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.ports import EntriesReading, EntriesWriting
from desktop_app.rulebook_files import read_files_kept
from desktop_app.rules.attachments import kind_of, too_large, too_many
from desktop_app.rules.chronology import sealed
from desktop_app.rules.file_names import doubled, name_fault
from desktop_app.toml_table import open_table


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was looked at and may be kept."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was kept, with its bytes."""

    attachment: Attachment
    content: bytes


@lru_cache(maxsize=1)
def files_kept() -> FileRules:
    """Which files are kept, how large and how many: read when it is first asked for."""
    return read_files_kept(open_table(paths.resources() / "casework" / "files.toml"))


def read_files(chosen: Sequence[Path]) -> tuple[NewFile, ...]:
    """Read files from the disk and look at each. Raises `Refused` for the first that cannot be kept, in words that
    name it and say what to do; a file that is too large is refused before it is read."""
    if len(chosen) > files_kept().most:
        raise Refused(too_many(len(chosen), files_kept()))
    twice = doubled([path.name for path in chosen])
    if twice is not None:
        raise Refused(f"Two of the files are called “{twice}”. Rename one of them.")
    return tuple(map(_read, chosen))


def checked_file(name: str, content: bytes) -> NewFile:
    """A file that comes from elsewhere than the disk, looked at. Raises `Refused` as `read_files` does."""
    wrong = name_fault(name)
    if wrong is not None:
        raise Refused(wrong)
    kind = kind_of(content, name, files_kept())
    if isinstance(kind, str):
        raise Refused(kind)
    return NewFile(name, kind.media, content)


def keep_files(entries: EntriesWriting, entry: int, files: Sequence[NewFile]) -> tuple[int, ...]:
    """Keep files with an entry inside a deed; their numbers. Raises `Refused` where it would have too many, or two of
    one name."""
    known = [one.shown_name for one in entries.attachments(entry)]
    if len(known) + len(files) > files_kept().most:
        raise Refused(too_many(len(known) + len(files), files_kept()))
    twice = doubled([*known, *(one.name for one in files)])
    if twice is not None:
        raise Refused(f"The entry has a file called “{twice}” already. Rename this one.")
    return tuple(entries.attach(entry, one.name, one.media_type, one.content) for one in files)


@needs(Right.LOG)
def attach_files(context: Context, entry: int, chosen: Sequence[Path]) -> tuple[tuple[int, ...], Changes]:
    """Keep files with an entry that is on record; their numbers. All are kept, or none. Raises `Refused` where one
    cannot be kept, and where the entry is not there, was withdrawn, or is about a child the user does not see."""
    if not chosen:
        raise Refused("Choose a file.")
    files = read_files(chosen)
    with context.store.writing(context.deed("attach files")) as writing:
        found = writing.entries.get(entry)
        if found is None or not found.pupils or _hidden(writing.entries, found):
            raise Refused("That entry is not in the chronology.")
        check_children(context, read_roll(writing.book), found.pupils)
        if found.withdrawn is not None:
            raise Refused("That entry has been withdrawn; nothing can be added to it.")
        kept = keep_files(writing.entries, entry, files)
    return kept, Changes(entries=True, pupils=frozenset(found.pupils))


@needs(Right.READ_LOG)
def attachments_of(context: Context, pupil: int) -> Mapping[int, tuple[Attachment, ...]]:
    """By entry, the files kept with what may be read about a child, in the order they came."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        every = {one.id: one for one in reading.entries.of(pupil)}
        return files_of(reading.entries, [one.id for one in every.values() if not sealed(one, every)])


def files_of(entries: EntriesReading, keys: Collection[int]) -> Mapping[int, tuple[Attachment, ...]]:
    """By entry, the files kept with these entries, in one statement."""
    found: dict[int, list[Attachment]] = {}
    for one in entries.attachments_of(keys):
        found.setdefault(one.entry, []).append(one)
    return {key: tuple(files) for key, files in found.items()}


@needs(Right.READ_LOG)
def open_attachment(context: Context, attachment: int) -> KeptFile:
    """One file with its bytes, which must be those that were kept. Raises `Refused` where there is none that the user
    may read, and `Damaged` where its bytes are not those that were kept."""
    with context.store.reading() as reading:
        found = reading.entries.attachment(attachment)
        entry = reading.entries.get(found.entry) if found is not None else None
        if found is None or entry is None or not entry.pupils or _hidden(reading.entries, entry):
            raise Refused("That file is not in the chronology.")
        check_children(context, read_roll(reading.book), entry.pupils)
        content = reading.entries.attachment_bytes(attachment)
    if sha256(content).hexdigest() != found.sha256:
        raise Damaged(f"“{found.shown_name}” is not as it was kept. Restore the school from a backup, or ask for help.")
    return KeptFile(found, content)


def _hidden(entries: EntriesReading, entry: Entry) -> bool:
    """Whether an entry, or one it was added to, is restricted."""
    chain = {entry.id: entry}
    while entry.adds_to is not None and entry.adds_to not in chain:
        before = entries.get(entry.adds_to)
        if before is None:
            break
        chain[before.id] = before
        entry = before
    return any(one.restricted for one in chain.values())


def _read(path: Path) -> NewFile:
    wrong = name_fault(path.name)
    if wrong is not None:
        raise Refused(wrong)
    try:
        size = path.stat().st_size
        if size > files_kept().largest:
            raise Refused(too_large(path.name, size, files_kept()))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"“{path.name}” cannot be read: {error.strerror or 'the disk does not answer'}.") from error
    return checked_file(path.name, content)
