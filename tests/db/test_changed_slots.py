"""Key slots changed while the school is open: added, bound anew, taken away; and what a crash or a swap leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db import keys
from db.house import House
from db.store import SqlStore
from desktop_app.domain.errors import Refused, WrongPassword
from desktop_app.domain.staff import Role
from tests.db.conftest import HEAD, MOMENT, SCHOOL

HEADS = "velvet-harbour-ninety-crane"
OFFICES = "copper-lantern-seven-geese"


def add(store: SqlStore, user: str, *roles: Role, password: str = OFFICES) -> None:
    store.slots.put(user, roles, password).keep()


def test_an_added_person_opens_the_school_and_a_removed_one_does_not(store: SqlStore, reopen, path: Path) -> None:
    change = store.slots.put("office", [Role.OFFICE], OFFICES)
    with pytest.raises(WrongPassword):
        reopen(user="office", password=OFFICES)  # made ready is not yet kept
    change.keep()
    assert change.sha256 == store.slots.sha256
    assert store.slots.users() == {"head": Role.HEADTEACHER, "office": Role.OFFICE}
    first, copy = (place.read_bytes() for place in keys.places(path))
    assert first == copy
    assert reopen(user="office", password=OFFICES).user == "office"
    store.slots.remove("OFFICE").keep()
    with pytest.raises(WrongPassword):
        reopen(user="office", password=OFFICES)
    assert b"office" not in keys.places(path)[0].read_bytes() + keys.places(path)[1].read_bytes()


def test_only_headteacher_and_safeguarding_lead_open_the_second_key(store: SqlStore, reopen) -> None:
    sealed = store.seal("père à la maison, not to be told")
    add(store, "office", Role.OFFICE)
    add(store, "dsl", Role.DSL)
    add(store, "vale", Role.TEACHER, Role.DSL)
    assert "not to be told" not in sealed
    assert store.unseal(sealed) == "père à la maison, not to be told"
    assert reopen(user="dsl", password=OFFICES).unseal(sealed) == store.unseal(sealed)
    assert reopen(user="vale", password=OFFICES).unseal(sealed) == store.unseal(sealed)
    office = reopen(user="office", password=OFFICES)
    assert office.unseal(sealed) is None
    with pytest.raises(Refused, match="restricted notes"):
        office.seal("no")
    assert store.unseal(sealed[:-4] + "AAAA") is None
    assert store.unseal("1:never sealed") is None
    assert store.unseal("") is None
    assert store.seal("same") != store.seal("same")


def test_who_has_not_the_second_key_cannot_hand_it_on_or_take_it_from_the_head(store: SqlStore, reopen) -> None:
    add(store, "office", Role.OFFICE)
    office = reopen(user="office", password=OFFICES)
    before = office.slots.sha256
    for user in ("head", "new"):
        with pytest.raises(Refused, match="hand it on"):
            office.slots.put(user, [Role.HEADTEACHER], "walnut-river-twelve-moths")
    assert office.slots.sha256 == before


def test_the_recovery_key_brings_the_second_key_where_nobody_has_it(house: House, tmp_path: Path) -> None:
    path = tmp_path / "office-kept.rollbook"
    clerk = replace(HEAD, role=Role.OFFICE, user="clerk")
    made, recovery = house.create(path, SCHOOL, clerk, HEADS, MOMENT)
    assert not made.opens_sealed
    made.close()
    with_recovery = house.open(path, "clerk", recovery, write=True)
    with_recovery.slots.put("head", [Role.HEADTEACHER], OFFICES).keep()
    sealed = with_recovery.seal("kept")
    with_recovery.close()
    head = house.open(path, "head", OFFICES, write=False)
    assert head.unseal(sealed) == "kept"
    head.close()


def test_ones_own_password_needs_the_present_one_or_the_recovery_key(make, reopen) -> None:
    store, recovery = make()
    with pytest.raises(WrongPassword):
        store.slots.own("wrong", OFFICES)
    with pytest.raises(Refused, match="at least 12"):
        store.slots.own(HEADS, "short")
    sealed = store.seal("kept")
    store.slots.own(HEADS, OFFICES).keep()
    with pytest.raises(WrongPassword):
        reopen(password=HEADS)
    assert reopen(password=OFFICES).unseal(sealed) == "kept"
    store.slots.own(recovery, HEADS).keep()
    assert reopen(password=HEADS).unseal(sealed) == "kept"


def test_the_last_way_in_stays(store: SqlStore) -> None:
    with pytest.raises(Refused, match="last person"):
        store.slots.remove("head")


def test_a_slot_moved_to_another_name_or_role_opens_nothing(store: SqlStore, path: Path, reopen) -> None:
    add(store, "office", Role.OFFICE)
    key_file = keys.load(path)[0]
    office = next(slot for slot in key_file.slots if slot.user == "office")
    for forged in (replace(office, role=Role.HEADTEACHER.value), replace(office, user="boss")):
        keys.save(path, key_file.with_slot(forged))
        with pytest.raises(WrongPassword):
            reopen(user=forged.user, password=OFFICES)
    keys.save(path, key_file)
    assert reopen(user="office", password=OFFICES).user == "office"


def test_two_copies_that_differ_are_brought_in_step(store: SqlStore, path: Path, house: House) -> None:
    """A crash between the two copies: the copy beside the file would still let the removed person in."""
    add(store, "office", Role.OFFICE)
    old = keys.places(path)[1].read_bytes()
    store.slots.remove("office").keep()
    keys.places(path)[1].write_bytes(old)
    store.close()
    house.open(path, None, HEADS, write=True).close()
    assert keys.places(path)[1].read_bytes() == keys.places(path)[0].read_bytes() != old


def test_another_takes_over_the_open_school(store: SqlStore, path: Path) -> None:
    add(store, "office", Role.OFFICE)
    sealed = store.seal("kept")
    with pytest.raises(WrongPassword):
        store.hand_over("office", HEADS)
    assert store.user == "head"
    assert store.unseal(sealed) == "kept"
    store.hand_over("Office ", OFFICES)
    assert store.user == "office"
    assert store.unseal(sealed) is None
    assert not store.read_only
    assert path.with_name(path.name + ".holder").read_text().startswith("office on ")
    store.hand_over("head", HEADS)
    assert store.unseal(sealed) == "kept"
    store.drop_second_key()
    assert store.unseal(sealed) is None


def test_a_disk_that_refuses_leaves_the_former_keys(store: SqlStore, path: Path) -> None:
    change = store.slots.put("office", [Role.OFFICE], OFFICES)
    before = keys.places(path)[0].read_bytes()
    obstacle = path.with_name(path.name + ".keys.partial")
    obstacle.mkdir()  # a real one: the new file cannot be written beside the old
    with pytest.raises((Refused, OSError)):
        change.keep()
    obstacle.rmdir()
    assert keys.places(path)[0].read_bytes() == before
    assert store.slots.users() == {"head": Role.HEADTEACHER}
