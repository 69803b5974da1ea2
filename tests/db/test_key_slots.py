"""Key slots: who gets in, who does not, and what a damaged or tampered keys file can do (nothing)."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from db import keys
from db.keys import KdfCost, KeyFile, Slot
from desktop_app.domain.errors import Damaged, Refused, WrongPassword
from desktop_app.domain.staff import Role

CHEAP = KdfCost(64, 1, 1)
PASSWORD = "velvet-harbour-ninety-crane"


@pytest.fixture
def made() -> tuple[KeyFile, keys.Keys, str]:
    return keys.new_key_file("head", Role.HEADTEACHER, PASSWORD, CHEAP)


def with_office(key_file: KeyFile, opened: keys.Keys) -> KeyFile:
    office = keys.new_slot(key_file.file_id, "office", Role.OFFICE.value, "another-long-password", opened, CHEAP)
    return replace(key_file, slots=(*key_file.slots, office))


def test_the_real_cost_is_argon2id_of_64_mib_three_passes_four_lanes() -> None:
    assert KdfCost() == KdfCost(memory_kib=65536, passes=3, lanes=4)
    key_file, opened, _ = keys.new_key_file("head", Role.HEADTEACHER, PASSWORD, KdfCost())
    assert all(slot.cost == KdfCost() for slot in key_file.slots)
    assert key_file.unlock("head", PASSWORD) == ("head", opened)


def test_password_and_recovery_key_open_the_same_keys(made: tuple[KeyFile, keys.Keys, str]) -> None:
    key_file, opened, recovery = made
    assert len(opened.data) == 32
    assert opened.restricted is not None
    assert opened.restricted != opened.data
    for user in ("head", " HEAD ", None):
        for password in (PASSWORD, recovery, recovery.lower().replace("-", " ")):
            assert key_file.unlock(user, password) == ("head", opened)


def test_the_recovery_key_is_128_bits_with_a_check() -> None:
    made = {keys.new_recovery_key() for _ in range(50)}
    assert len(made) == 50
    for key in made:
        assert [len(group) for group in key.split("-")] == [5] * 6
        assert keys.read_recovery_key(key) == key.replace("-", "")[:26]
    one = made.pop()
    wrong = 0
    for place, letter in enumerate(one):
        other = "A" if letter != "A" else "B"
        wrong += letter != "-" and keys.read_recovery_key(one[:place] + other + one[place + 1 :]) is not None
    assert wrong == 0


def test_a_zero_in_a_recovery_key_can_only_be_the_letter() -> None:
    key = next(one for one in iter(keys.new_recovery_key, "") if "O" in one and "I" in one and "B" in one)
    assert keys.read_recovery_key(key.replace("O", "0").replace("I", "1").replace("B", "8")) == keys.read_recovery_key(
        key
    )


@pytest.mark.parametrize(
    ("user", "password"),
    [("head", "wrong"), ("head", ""), ("nobody", PASSWORD), ("", PASSWORD), ("office", PASSWORD), (None, "wrong")],
)
def test_wrong_user_and_wrong_password_get_one_sentence(
    made: tuple[KeyFile, keys.Keys, str], user: str | None, password: str
) -> None:
    with pytest.raises(WrongPassword) as told:
        made[0].unlock(user, password)
    assert str(told.value) == "The user name or the password is not right."


def test_wrong_user_and_wrong_password_do_the_same_work(
    made: tuple[KeyFile, keys.Keys, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[KdfCost] = []
    derive = keys._derive
    monkeypatch.setattr(keys, "_derive", lambda *given: done.append(given[2]) or derive(*given))
    for user, password in (("head", PASSWORD), ("head", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong")):
        done.clear()
        with suppress(WrongPassword):
            made[0].unlock(user, password)
        assert done == [CHEAP]


def test_a_stranger_does_not_get_in_by_the_recovery_key_under_no_name(made: tuple[KeyFile, keys.Keys, str]) -> None:
    with pytest.raises(WrongPassword):
        made[0].unlock("nobody", made[2])
    other = keys.new_recovery_key()
    with pytest.raises(WrongPassword):
        made[0].unlock("head", other)


def test_with_two_users_one_must_be_named(made: tuple[KeyFile, keys.Keys, str]) -> None:
    both = with_office(made[0], made[1])
    with pytest.raises(Refused, match="say which one"):
        both.unlock(None, PASSWORD)
    assert both.unlock("office", "another-long-password")[0] == "office"
    assert both.users() == {"head": Role.HEADTEACHER, "office": Role.OFFICE}


def test_only_some_roles_hold_the_key_of_restricted_notes(made: tuple[KeyFile, keys.Keys, str]) -> None:
    both = with_office(made[0], made[1])
    assert both.unlock("head", PASSWORD)[1].restricted == made[1].restricted
    assert both.unlock("office", "another-long-password")[1] == keys.Keys(made[1].data, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda slot: replace(slot, role="office"),
        lambda slot: replace(slot, salt=bytes(16)),
        lambda slot: replace(slot, nonce=bytes(12)),
        lambda slot: replace(slot, cost=KdfCost(128, 1, 1)),
        lambda slot: replace(slot, cost=KdfCost(64, 2, 1)),
        lambda slot: replace(slot, sealed=slot.sealed[:-1] + bytes([slot.sealed[-1] ^ 1])),
        lambda slot: replace(slot, sealed=slot.sealed[:32]),
    ],
)
def test_a_slot_changed_in_any_part_does_not_open(made: tuple[KeyFile, keys.Keys, str], change: object) -> None:
    changed = replace(made[0], slots=(change(made[0].slots[0]), *made[0].slots[1:]))  # type: ignore[operator]
    with pytest.raises(WrongPassword):
        changed.unlock("head", PASSWORD)


def test_a_slot_moved_to_another_name_or_school_does_not_open(made: tuple[KeyFile, keys.Keys, str]) -> None:
    both = with_office(made[0], made[1])
    head, recovery, office = both.slots
    swapped = replace(both, slots=(replace(head, user="office"), recovery, replace(office, user="head")))
    with pytest.raises(WrongPassword):
        swapped.unlock("office", PASSWORD)
    with pytest.raises(WrongPassword):
        swapped.unlock("head", "another-long-password")
    with pytest.raises(WrongPassword):
        replace(both, file_id="0" * 32).unlock("head", PASSWORD)
    other = keys.new_key_file("head", Role.HEADTEACHER, PASSWORD, CHEAP)[0]
    with pytest.raises(WrongPassword):
        replace(other, slots=both.slots).unlock("head", PASSWORD)


def test_every_flipped_byte_of_a_sealed_slot_is_refused(made: tuple[KeyFile, keys.Keys, str]) -> None:
    slot: Slot = made[0].slots[0]
    for place in range(len(slot.sealed)):
        damaged = bytearray(slot.sealed)
        damaged[place] ^= 0x40
        assert keys._open_slot(replace(slot, sealed=bytes(damaged)), made[0].file_id, PASSWORD) is None


def test_the_file_comes_back_as_saved_and_is_kept_twice(made: tuple[KeyFile, keys.Keys, str], tmp_path: Path) -> None:
    store = tmp_path / "a.rollbook"
    keys.save(store, made[0])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.rollbook.keys", "a.rollbook.keys.copy"]
    assert keys.load(store) == (made[0], True)


def test_every_flipped_byte_of_the_file_is_noticed_and_the_copy_used(
    made: tuple[KeyFile, keys.Keys, str], tmp_path: Path
) -> None:
    store = tmp_path / "a.rollbook"
    keys.save(store, made[0])
    first, copy = keys.places(store)
    whole = first.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 8)
        first.write_bytes(damaged)
        found, both_whole = keys.load(store)
        assert found == made[0]
        # Blank space between the parts of JSON says nothing, so a change of it harms nothing.
        assert not both_whole or chr(whole[place]).isspace()
    first.unlink()
    assert keys.load(store) == (made[0], False)
    copy.unlink()
    with pytest.raises(Damaged, match=r"a\.rollbook\.keys is missing or damaged"):
        keys.load(store)


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 1 << 40}, {"memory_kib": 1}, {"passes": 10**6}, {"lanes": 10**6}, {"lanes": 0},
        {"memory_kib": "much"}, {"salt": "xyz"}, {"user": None}, {"role": "emperor"},
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_without_work(
    made: tuple[KeyFile, keys.Keys, str], tmp_path: Path, change: dict[str, object]
) -> None:
    store = tmp_path / "a.rollbook"
    body = json.loads(made[0].to_text())
    del body["check"]
    body["slots"][0].update(change)
    body["check"] = keys._checksum(body)
    for place in keys.places(store):
        place.write_text(json.dumps(body))
    with pytest.raises((Damaged, WrongPassword)):
        keys.load(store)[0].unlock("head", PASSWORD)


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"[]", b"null", b'{"check": 1}', b"[" * 200_000, "é".encode()])
def test_a_file_of_something_else_is_not_a_keys_file(tmp_path: Path, content: bytes) -> None:
    store = tmp_path / "a.rollbook"
    for place in keys.places(store):
        place.write_bytes(content)
    with pytest.raises(Damaged):
        keys.load(store)


def test_letters_that_look_alike_are_one_password(made: tuple[KeyFile, keys.Keys, str]) -> None:
    key_file, opened, _ = keys.new_key_file("zoë", Role.OFFICE, "caf\u00e9-velvet-harbour", CHEAP)
    assert key_file.unlock("zoë", "cafe\u0301-velvet-harbour")[1].data == opened.data
