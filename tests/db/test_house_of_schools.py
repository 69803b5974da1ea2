"""Making and opening schools: what is refused, in which words, and that a refused file is not touched."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.engine import connect
from db.house import House
from db.store import SqlStore
from desktop_app.domain.errors import Damaged, Locked, Refused, WrongPassword
from desktop_app.domain.school import School, Setting
from desktop_app.domain.staff import Role

Make = Callable[..., tuple[SqlStore, str]]
Reopen = Callable[..., SqlStore]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_new_school_is_whole_and_can_be_opened_again(make: Make, reopen: Reopen, path: Path, house: House) -> None:
    store, _ = make(demo=True)
    assert (store.path, store.user, store.read_only, store.holder) == (path, "head", False, "")
    assert store.check().ok
    store.close()
    again = reopen(write=True)
    with again.reading() as reading:
        assert reading.book.school().demo
    assert house.users(path) == {"head": Role.HEADTEACHER}
    assert files(path.parent) - {"marsh-lane.rollbook-journal"} == {
        f"marsh-lane.rollbook{end}" for end in ("", ".keys", ".keys.copy", ".lock", ".holder")
    }


def test_the_recovery_key_opens_the_school(make: Make, reopen: Reopen) -> None:
    store, recovery = make()
    store.close()
    assert reopen(write=True, password=recovery).user == "head"


@pytest.mark.parametrize("end", ["", ".keys", ".keys.copy"])
def test_a_name_that_is_taken_is_refused(make: Make, path: Path, end: str) -> None:
    taken = path.with_name(path.name + end)
    taken.write_bytes(b"mine")
    with pytest.raises(Refused, match=f"{taken.name} already exists"):
        make()
    assert taken.read_bytes() == b"mine"
    assert files(path.parent) == {taken.name}


@pytest.mark.parametrize(
    ("password", "why"),
    [("short", "12 characters"), ("elevenchars", "12 characters"), ("Password1234", "first that anybody would try")],
)
def test_a_poor_password_is_refused_and_nothing_is_made(
    house: House, path: Path, password: str, why: str, make: Make
) -> None:
    from tests.db.conftest import HEAD, MOMENT, SCHOOL

    with pytest.raises(Refused, match=why):
        house.create(path, SCHOOL, HEAD, password, MOMENT)
    assert files(path.parent) == set()
    store, _ = house.create(path, replace(SCHOOL, demo=True), HEAD, password, MOMENT)
    store.close()


def test_a_folder_is_made_where_it_can_be(house: House, path: Path) -> None:
    from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL

    file = path.parent / "file"
    file.write_bytes(b"")
    with pytest.raises(Refused, match=r"folder .*file could not be made: "):
        house.create(file / path.name, SCHOOL, HEAD, PASSWORD, MOMENT)
    house.create(path.parent / "new" / "folder" / path.name, SCHOOL, HEAD, PASSWORD, MOMENT)[0].close()


def test_wrong_password_leaves_the_file_as_it_was(make: Make, reopen: Reopen, path: Path) -> None:
    make()[0].close()
    before = digest(path)
    for user, password in (("head", "wrong"), ("nobody", "velvet-harbour-ninety-crane"), (None, "")):
        with pytest.raises(WrongPassword):
            reopen(write=True, user=user, password=password)
    assert digest(path) == before
    assert "marsh-lane.rollbook.holder" not in files(path.parent)
    reopen(write=True)


def plain_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")
        connection.commit()


def newer(path: Path, key: bytes) -> None:
    with closing(connect(path, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")


def foreign(path: Path, key: bytes) -> None:
    path.unlink()
    with closing(connect(path, key)) as connection:
        connection.execute("CREATE TABLE a (b)")


DAMAGES: dict[str, tuple[Callable[[Path, bytes], Any], str]] = {
    "empty": (lambda path, _: path.write_bytes(b""), "is empty"),
    "plain SQLite": (lambda path, _: (path.unlink(), plain_sqlite(path)), "of another program"),
    "a picture": (lambda path, _: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9000)), "damaged"),
    "one byte": (lambda path, _: path.write_bytes(b"x"), "not a Rollbook school"),
    "half": (lambda path, _: path.write_bytes(path.read_bytes()[: path.stat().st_size // 8192 * 4096]), "damaged"),
    "a page short": (lambda path, _: path.write_bytes(path.read_bytes()[:-4096]), "damaged"),
    "a byte short": (lambda path, _: path.write_bytes(path.read_bytes()[:-1]), "damaged"),
    "a byte more": (lambda path, _: path.write_bytes(path.read_bytes() + b"x"), "damaged"),
    "a page more": (lambda path, _: path.write_bytes(path.read_bytes() + bytes(4096)), "damaged"),
    "first bit": (
        lambda path, _: path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:]),
        "damaged",
    ),
    "newer": (newer, r"newer version of Rollbook.*0999"),
    "another program's, with our key": (foreign, "not a Rollbook school"),
}


@pytest.mark.parametrize("what", DAMAGES)
@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_sound_school_is_refused_and_not_touched(
    make: Make, reopen: Reopen, path: Path, what: str, write: bool
) -> None:
    store, _ = make()
    key = store._key
    store.close()
    spoil, words = DAMAGES[what]
    spoil(path, key)
    before = digest(path)
    with pytest.raises(Damaged, match=words) as told:
        reopen(write=write)
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(".")
    assert digest(path) == before
    path.unlink()


def test_a_missing_file_is_said_to_be_missing_and_none_is_made(house: House, tmp_path: Path) -> None:
    for call in (
        lambda: house.open(tmp_path / "none.rollbook", None, "x", write=True),
        lambda: house.users(tmp_path / "none.rollbook"),
    ):
        with pytest.raises(Damaged, match=r"There is no file none\.rollbook"):
            call()
    assert files(tmp_path) == set()


def test_a_school_without_its_keys_says_which_file_is_missing(make: Make, reopen: Reopen, path: Path) -> None:
    make()[0].close()
    for end in (".keys", ".keys.copy"):
        path.with_name(path.name + end).unlink()
    with pytest.raises(Damaged, match=r"marsh-lane\.rollbook\.keys is missing or damaged"):
        reopen()


def test_one_copy_of_the_keys_is_enough_and_the_other_is_made_again(make: Make, reopen: Reopen, path: Path) -> None:
    make()[0].close()
    first = path.with_name(path.name + ".keys")
    whole = first.read_bytes()
    first.write_bytes(whole[:-40])
    reopen().close()
    assert first.read_bytes() == whole[:-40]
    reopen(write=True)
    assert first.read_bytes() == whole


def swapped_keys(path: Path, house: House, *ends: str) -> None:
    """Another school's keys beside the store at `path`, under the names that end so."""
    from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL

    other = path.with_name("other.rollbook")
    house.create(other, SCHOOL, HEAD, PASSWORD, MOMENT)[0].close()
    for end in ends:
        shutil.copy(other.with_name(other.name + end), path.with_name(path.name + end))


@pytest.mark.parametrize("write", [True, False])
def test_another_schools_keys_beside_a_store_are_said_to_be_so(
    make: Make, reopen: Reopen, path: Path, house: House, write: bool
) -> None:
    make()[0].close()
    swapped_keys(path, house, ".keys", ".keys.copy")
    before = {file: digest(path.with_name(file)) for file in files(path.parent)}
    with pytest.raises(Damaged, match=r"keys beside it belong to another school: put this school’s own") as told:
        reopen(write=write)
    assert str(told.value).endswith("Nothing was written to it; open the newest backup instead.")
    assert {file: digest(path.with_name(file)) for file in before} == before


@pytest.mark.parametrize("end", [".keys", ".keys.copy"])
def test_keys_of_two_schools_beside_a_store_are_named_and_either_may_be_taken_away(
    make: Make, reopen: Reopen, path: Path, house: House, end: str
) -> None:
    make()[0].close()
    swapped_keys(path, house, end)
    before = {file: digest(path.with_name(file)) for file in files(path.parent)}
    for asking in (reopen, lambda: house.users(path)):
        with pytest.raises(
            Damaged, match=r"lane\.rollbook\.keys and marsh-lane\.rollbook\.keys\.copy beside it belong"
        ):
            asking()
    assert {file: digest(path.with_name(file)) for file in before} == before
    path.with_name(path.name + end).unlink()
    assert reopen(write=True).check().ok


def test_damage_that_only_the_right_key_can_meet_is_not_laid_on_the_keys(
    make: Make, reopen: Reopen, path: Path
) -> None:
    make()[0].close()
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(Damaged, match=r"^marsh-lane\.rollbook is damaged\. Nothing was written to it"):
        reopen()


def test_a_school_opened_to_read_refuses_to_write_and_says_why(make: Make, reopen: Reopen, deed: Any) -> None:
    store, _ = make()
    other = reopen()
    assert other.read_only
    assert other.holder.startswith("head on ")
    with pytest.raises(Locked, match="open for writing by head on "), other.writing(deed()):
        pass
    store.close()
    alone = reopen()
    assert alone.holder == ""
    with pytest.raises(Refused, match="to read only"), alone.writing(deed()):
        pass


def test_a_second_opening_for_writing_is_refused_with_the_holder(make: Make, reopen: Reopen, deed: Any) -> None:
    store, _ = make()
    with pytest.raises(Locked, match="head on ") as told:
        reopen(write=True)
    assert told.value.holder.startswith("head on ")
    with store.writing(deed()) as writing:
        writing.book.put(Setting("a", "b"))
    store.close()
    store.close()
    assert reopen(write=True).check().ok


def test_a_write_inside_a_read_is_a_bug_said_at_once(make: Make, deed: Any) -> None:
    store, _ = make()
    with store.reading(), pytest.raises(RuntimeError, match="inside a read"), store.writing(deed()):
        pass
    with store.writing(deed()), pytest.raises(RuntimeError, match="another transaction"), store.writing(deed()):
        pass


def test_a_read_inside_a_read_is_of_the_same_moment(make: Make) -> None:
    store, _ = make()
    with store.reading() as outer:
        for _ in range(5):
            with store.reading() as inner:
                assert inner.book.all(School) is outer.book.all(School)


def test_names_of_every_alphabet_and_folder_work(house: House, tmp_path: Path) -> None:
    from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL

    folder = tmp_path / "Łódź & %20 'quoted' #1?"
    folder.mkdir()
    path = folder / "école ş.rollbook"
    house.create(path, SCHOOL, replace(HEAD, user="Zoë Łęcka"), PASSWORD, MOMENT)[0].close()
    opened = house.open(path, "zoë łęcka", PASSWORD, write=True)
    assert opened.user == "Zoë Łęcka"
    opened.close()
