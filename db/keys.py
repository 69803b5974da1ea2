"""Key slots: how the password of each member of staff opens the one data key of a school.

FILE.keys is JSON and holds no secret in the clear. Each slot carries its own Argon2id cost and salt; the key made of
its password unwraps (AES-256-GCM) the data key of the store, and a second key, for restricted notes, where the slot's
role may have it. The slot's user, role and version and the file's id are bound to it as associated data, so that a slot
moved to another name, role or school does not open. A recovery key on paper is one more slot. The file is written
beside itself as FILE.keys.copy; either of the two is enough.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.files import write_whole
from desktop_app.domain.errors import Damaged, Refused, WrongPassword
from desktop_app.domain.staff import Role
from desktop_app.rules.rights import SECOND_KEY

KEY_BYTES = 32
RECOVERY_ROLE = "recovery"
_FORMAT = "rollbook-keys"
_VERSION = 1
_SALT_BYTES, _NONCE_BYTES, _RECOVERY_BYTES = 16, 12, 16
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1 << 20, 64, 64
_SHARES_RESTRICTED = frozenset({*(role.value for role in SECOND_KEY), RECOVERY_ROLE})
_RECOVERY_SHAPE = re.compile(r"[A-Z2-7]{30}")


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one try at a password costs: Argon2id memory in KiB, passes over it, and lanes."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4

    def sensible(self) -> bool:
        """Whether the cost is one this program would ever ask for; a hostile file must not exhaust the memory."""
        return (
            8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and 1 <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """What a slot opens: the key of the store, and the key of restricted notes or None."""

    data: bytes
    restricted: bytes | None

    def restricted_for(self, role: str) -> bytes | None:
        """The second key where a slot of that role opens it."""
        return self.restricted if shares_restricted(role) else None


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in. `user` is empty for the recovery key; `version` is that of the slot's own form."""

    version: int
    user: str
    role: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots of a school."""

    file_id: str
    slots: tuple[Slot, ...]

    def users(self) -> dict[str, Role]:
        """The sign-in names and their roles, in the order they were made."""
        return {slot.user: Role(slot.role) for slot in self.slots if slot.role != RECOVERY_ROLE}

    def unlock(self, user: str | None, password: str) -> tuple[str, Keys]:
        """The user and the keys that `password` opens; `user` None means the only one. The recovery key is accepted
        in the place of a password. A wrong user costs the same work as a wrong password and is told the same."""
        named = [slot for slot in self.slots if slot.role != RECOVERY_ROLE]
        if user is None and len(named) > 1:
            raise Refused("This school has more than one user: say which one signs in.")
        owner = next((slot for slot in named if user is None or _same_user(slot.user, user)), None)
        slot = owner or named[0]
        recovery = read_recovery_key(password)
        if recovery is not None:
            password = recovery
            slot = next((slot for slot in self.slots if slot.role == RECOVERY_ROLE), slot)
        keys = _open_slot(slot, self.file_id, password)
        if keys is None or owner is None:
            raise WrongPassword
        return owner.user, keys

    def with_slot(self, slot: Slot) -> KeyFile:
        """The same with this slot in the place of that of the same user, or added before the recovery key."""
        others = [one for one in self.slots if one.role == RECOVERY_ROLE or not _same_user(one.user, slot.user)]
        named = [one for one in self.slots if one.role != RECOVERY_ROLE]
        place = next((n for n, one in enumerate(named) if _same_user(one.user, slot.user)), len(named))
        return KeyFile(self.file_id, (*others[:place], slot, *others[place:]))

    def without(self, user: str) -> KeyFile:
        """The same without the slot of a user; the recovery key stays."""
        kept = (one for one in self.slots if one.role == RECOVERY_ROLE or not _same_user(one.user, user))
        return KeyFile(self.file_id, tuple(kept))

    def to_text(self) -> str:
        """The file's text, with a checksum against accidental damage."""
        body = {
            "format": _FORMAT,
            "version": _VERSION,
            "file": self.file_id,
            "slots": [_slot_to_json(slot) for slot in self.slots],
        }
        return json.dumps({**body, "check": _checksum(body)}, indent=1, ensure_ascii=True) + "\n"


def new_key_file(user: str, role: Role, password: str, cost: KdfCost) -> tuple[KeyFile, Keys, str]:
    """A new school's slots, one for a member of staff and one for recovery; its keys; and the recovery key to print."""
    file_id = secrets.token_hex(16)
    keys = Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
    recovery = new_recovery_key()
    slots = (
        new_slot(file_id, user, role.value, password, keys, cost),
        new_slot(file_id, "", RECOVERY_ROLE, read_recovery_key(recovery) or "", keys, cost),
    )
    return KeyFile(file_id, slots), keys, recovery


def new_slot(file_id: str, user: str, role: str, password: str, keys: Keys, cost: KdfCost) -> Slot:
    """A slot that opens `keys`; the second key is left out where the role may not have it."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    content = keys.data + ((keys.restricted or b"") if role in _SHARES_RESTRICTED else b"")
    wrapping = AESGCM(_derive(password, salt, cost))
    sealed = wrapping.encrypt(nonce, content, _bound(_VERSION, file_id, user, role))
    return Slot(_VERSION, user, role, cost, salt, nonce, sealed)


def shares_restricted(role: str) -> bool:
    """Whether a slot of that role opens the second key."""
    return role in _SHARES_RESTRICTED


def load(store: Path) -> tuple[KeyFile, bool]:
    """The slots of the store at that path, and whether both copies were there, whole and the same. Raises
    `Damaged` where neither is, and where they are not of one school."""
    first, second = (_read(place) for place in places(store))
    found = first or second
    if found is None:
        raise Damaged(
            f"{store.name} cannot be opened: its keys file {store.name}.keys is missing or damaged, or {store.name} is "
            "not a Rollbook school. A school is two files; put the keys file back beside it, from a backup if need be."
        )
    if first and second and first.file_id != second.file_id:
        one, other = (place.name for place in places(store))
        raise Damaged(
            f"{store.name} was not opened: {one} and {other} beside it belong to two different schools. Take away the "
            "one that is not this school’s; the other is enough."
        )
    return found, first is not None and first == second


def save(store: Path, key_file: KeyFile) -> None:
    """Write the slots of a store and the copy beside them, each whole or not at all."""
    for place in places(store):
        write_whole(place, key_file.to_text().encode("ascii"))


def places(store: Path) -> tuple[Path, Path]:
    """Where the keys of a store lie: the file and its copy."""
    return store.with_name(store.name + ".keys"), store.with_name(store.name + ".keys.copy")


def new_recovery_key() -> str:
    """A key of 128 bits for paper: six groups of five letters and digits, the last four characters a check."""
    body = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode("ascii").rstrip("=")
    whole = body + _recovery_check(body)
    return "-".join(whole[place : place + 5] for place in range(0, len(whole), 5))


def read_recovery_key(typed: str) -> str | None:
    """The recovery key in what was typed, without its groups and in capitals; None where it is not one. A zero, one
    or eight can only be the letter it looks like."""
    plain = re.sub(r"[\s-]", "", typed).upper().translate(str.maketrans("018", "OIB"))
    if not _RECOVERY_SHAPE.fullmatch(plain) or _recovery_check(plain[:26]) != plain[26:]:
        return None
    return plain[:26]


def _recovery_check(body: str) -> str:
    return base64.b32encode(hashlib.sha256(b"rollbook recovery " + body.encode("ascii")).digest()).decode("ascii")[:4]


def _same_user(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _derive(password: str, salt: bytes, cost: KdfCost) -> bytes:
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def _bound(version: int, file_id: str, user: str, role: str) -> bytes:
    """The associated data of a slot; a JSON list, so that no two different slots can give the same bytes."""
    return json.dumps(["slot", file_id, user, role, version], ensure_ascii=True).encode("ascii")


def _open_slot(slot: Slot, file_id: str, password: str) -> Keys | None:
    key = _derive(password, slot.salt, slot.cost)
    try:
        content = AESGCM(key).decrypt(slot.nonce, slot.sealed, _bound(slot.version, file_id, slot.user, slot.role))
    except InvalidTag:
        return None
    return Keys(content[:KEY_BYTES], content[KEY_BYTES:] or None)


def _read(place: Path) -> KeyFile | None:
    """The slots in one file, or None where it is missing or anything in it is not as it was written."""
    try:
        whole = json.loads(place.read_bytes().decode("ascii"))
        check = whole.pop("check")
        if check != _checksum(whole) or whole["format"] != _FORMAT or whole["version"] != _VERSION:
            return None
        slots = tuple(_slot_from_json(slot) for slot in whole["slots"])
        key_file = KeyFile(whole["file"], slots)
        return key_file if key_file.users() and all(slot.cost.sensible() for slot in slots) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    return {
        "version": slot.version,
        "user": slot.user,
        "role": slot.role,
        "memory_kib": slot.cost.memory_kib,
        "passes": slot.cost.passes,
        "lanes": slot.cost.lanes,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "sealed": slot.sealed.hex(),
    }


def _slot_from_json(slot: Mapping[str, Any]) -> Slot:
    cost = KdfCost(int(slot["memory_kib"]), int(slot["passes"]), int(slot["lanes"]))
    salt, nonce, sealed = (bytes.fromhex(slot[name]) for name in ("salt", "nonce", "sealed"))
    return Slot(int(slot["version"]), str(slot["user"]), str(slot["role"]), cost, salt, nonce, sealed)
