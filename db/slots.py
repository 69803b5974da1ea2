"""The key slots of an open school: who can sign in, added, bound anew and taken away while it is open.

A change is made ready first (that takes the time of one password) and kept afterwards, so that the transaction that
records it can name the SHA-256 of the keys file as it will be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from pathlib import Path

from db import keys
from db.faults import disk_in_words
from db.keys import KdfCost, KeyFile, Keys
from db.tries import Tries
from desktop_app import paths
from desktop_app.domain.errors import Refused
from desktop_app.domain.staff import Role
from desktop_app.rules.passwords import password_fault
from desktop_app.rules.rights import key_role

NO_SECOND_KEY = (
    "Who is or becomes headteacher or safeguarding lead has the key of restricted notes, and only somebody who has it "
    "can hand it on. Ask one of them, or sign in with the recovery key once."
)


class KeysChange:
    """A keys file that is ready to be kept in the place of the present one."""

    def __init__(self, store: Path, before: KeyFile, after: KeyFile) -> None:
        self._store = store
        self._before = before
        self._after = after

    @property
    def sha256(self) -> str:
        return digest(self._after)

    def keep(self) -> None:
        self._save(self._after)

    def undo(self) -> None:
        self._save(self._before)

    def _save(self, key_file: KeyFile) -> None:
        try:
            keys.save(self._store, key_file)
        except OSError as error:
            raise disk_in_words(error, "The keys were not changed") from error


class SqlSlots:
    """The slots of one school, changed by whoever has it open with these keys."""

    def __init__(
        self, store: Path, opened: Keys, user: str, cost: KdfCost, demo: Callable[[], bool], tries: Tries
    ) -> None:
        self._store = store
        self._opened = opened
        self._user = user
        self._cost = cost
        self._demo = demo
        self._tries = tries

    @property
    def sha256(self) -> str:
        return digest(self._file())

    def users(self) -> Mapping[str, Role]:
        return self._file().users()

    def put(self, user: str, roles: Collection[Role], password: str) -> KeysChange:
        accept_password(password, demo=self._demo())
        role = key_role(roles).value
        if keys.shares_restricted(role) and self._opened.restricted is None:
            raise Refused(NO_SECOND_KEY)
        before = self._file()
        slot = keys.new_slot(before.file_id, user, role, password, self._opened, self._cost)
        return KeysChange(self._store, before, before.with_slot(slot))

    def own(self, old: str, new: str) -> KeysChange:
        before = self._file()
        name, opened = self._tries.unlock(before, self._user, old)
        accept_password(new, demo=self._demo())
        role = before.users()[name].value
        slot = keys.new_slot(before.file_id, name, role, new, opened, self._cost)
        return KeysChange(self._store, before, before.with_slot(slot))

    def remove(self, user: str) -> KeysChange:
        before = self._file()
        after = before.without(user)
        if not after.users():
            raise Refused("The last person who can sign in is not taken away: nobody could open the school then.")
        return KeysChange(self._store, before, after)

    def _file(self) -> KeyFile:
        return keys.load(self._store)[0]


def digest(key_file: KeyFile) -> str:
    """The SHA-256 of a keys file, hexadecimal."""
    return sha256(key_file.to_text().encode("ascii")).hexdigest()


def accept_password(password: str, *, demo: bool) -> None:
    """Refuse a password that is too short or that anybody would try first; a demo school may have any."""
    if demo:
        return
    commonest = (paths.resources() / "national" / "common_passwords.txt").read_text(encoding="utf-8")
    fault = password_fault(password, frozenset(commonest.split()))
    if fault:
        raise Refused(fault)
