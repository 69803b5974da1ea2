"""A copy of a bundle under a password, to be sent by e-mail; the password goes another way and is kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path

from desktop_app import paths
from desktop_app.actions.bundle import check_open_for_writing
from desktop_app.actions.frozen import LOCKED, again, kept_of
from desktop_app.actions.needs import needs
from desktop_app.actions.saving import save
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.rules.passphrase import passphrase
from desktop_app.rules.passwords import password_fault

LONGEST = 127
"""Bytes of a password that a PDF can have; it would quietly be cut there."""


def offered_passphrase() -> str:
    """A password that nobody has had before."""
    return passphrase(secrets.randbelow)


@needs(Right.WRITE_CASE)
def save_locked(context: Context, reference: str, password: str, target: Path) -> Generator[Progress, None, Path]:
    """Save a copy of a bundle under a password (AES-256), whole or not at all, and record that there is one. A
    generator: drive it to its end; closing it earlier leaves no file. Raises `Refused` for a password that is easy to
    guess, and where the file cannot be written or the school is open to read only."""
    check_open_for_writing(context.store)
    check_password(password)
    kept = again(context, reference)
    yield Progress(0, 2, "Locking the copy")
    # The library that locks is loaded when something is locked.
    from desktop_app.documents.locked import lock_copy  # noqa: PLC0415

    named = reference.strip().upper()
    locked = lock_copy(kept.content, password, named)
    yield Progress(1, 2, "Saving it")
    with context.store.reading() as reading:
        issue, entry = kept_of(context, reading, named)
    with context.store.writing(context.deed("lock a copy", named)) as writing:
        writing.entries.add(
            NewEntry(
                kind=EntryKind.BUNDLE,
                happened_at=context.now(),
                pupils=(issue.pupil,),
                outcome=f"{named} · copy under a password",
                details={LOCKED: sha256(locked).hexdigest(), "reference": named},
                restricted=entry.restricted,
                adds_to=entry.id,
            )
        )
        save(locked, target)
    return target


def check_password(password: str) -> None:
    """Refuse a password that is easy to guess, or longer than a PDF can have."""
    commonest = (paths.resources() / "national" / "common_passwords.txt").read_text(encoding="utf-8")
    fault = password_fault(password, frozenset(commonest.split()))
    if fault:
        raise Refused(fault)
    if len(password.encode()) > LONGEST:
        raise Refused("The password is longer than a PDF can have; four words in a row are enough.")
    if password != password.strip():
        raise Refused("The password begins or ends with a space, which nobody can hear over the telephone.")
