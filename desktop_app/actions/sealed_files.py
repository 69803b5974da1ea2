"""Files of restricted notes: name and bytes are sealed with the second key, as the words of the note are. Outside of
them stands nothing but that there is a row; and the row belongs to an entry that nobody else is shown."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.actions.attachments import KeptFile, NewFile, files_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.restricted import NO_KEY
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Attachment
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.ports import Store

MEDIA = "application/octet-stream"
"""What is said outside of every sealed file."""


def as_kept(store: Store, files: Sequence[NewFile], *, restricted: bool) -> tuple[NewFile, ...]:
    """Files as they are kept with an entry: as they are, or sealed where it is restricted. Raises `Refused` where the
    present user has not the second key."""
    if not restricted or not files:
        return tuple(files)
    if not store.opens_sealed:
        raise Refused(NO_KEY)
    return tuple(_sealed(store, one) for one in files)


def _sealed(store: Store, file: NewFile) -> NewFile:
    named = json.dumps([file.name, file.media_type, len(file.content)], ensure_ascii=False)
    inside = store.seal(b64encode(file.content).decode("ascii"))
    return NewFile(store.seal(named), MEDIA, inside.encode("utf-8"))


def _named(store: Store, file: Attachment) -> Attachment | None:
    """A file under its own name, type and size; None where it was sealed with another key."""
    text = store.unseal(file.shown_name)
    if text is None:
        return None
    name, media, size = json.loads(text)
    return replace(file, shown_name=str(name), media_type=str(media), size=int(size))


@needs(Right.READ_LOG)
def restricted_files(context: Context, pupil: int) -> Mapping[int, tuple[Attachment, ...]]:
    """By entry, the files of the restricted notes about a child, under their own names. Raises `Refused` for somebody
    without the second key, whether or not there are any."""
    store = context.store
    if not store.opens_sealed:
        raise Refused(NO_KEY)
    with store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        entries = [one.id for one in reading.entries.of(pupil) if one.restricted]
        found = files_of(reading.entries, entries)
    return {key: tuple(one for file in files if (one := _named(store, file))) for key, files in found.items()}


@needs(Right.READ_LOG)
def open_restricted_file(context: Context, attachment: int) -> KeptFile:
    """One of them with its bytes. Raises `Refused` where there is none that the present user may read; one that was
    touched does not open either, since the seal would not hold."""
    store = context.store
    if not store.opens_sealed:
        raise Refused(NO_KEY)
    with store.reading() as reading:
        found = reading.entries.attachment(attachment)
        entry = reading.entries.get(found.entry) if found is not None else None
        if found is None or entry is None or not entry.restricted:
            raise Refused("That file is not among the restricted notes.")
        check_children(context, read_roll(reading.book), entry.pupils)
        content = reading.entries.attachment_bytes(attachment)
    named, inside = _named(store, found), store.unseal(content.decode("utf-8"))
    if named is None or inside is None:
        raise Refused("That file is sealed with a key that your password does not open.")
    return KeptFile(named, b64decode(inside))
