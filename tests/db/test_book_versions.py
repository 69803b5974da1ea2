"""The book: versions, what was known when, and a shelf that is never stale."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

import pytest
from sqlalchemy.exc import IntegrityError

from db.engine import connect
from db.facts import SHAPES
from db.store import SqlStore
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pupil, Tie
from desktop_app.domain.school import School, Setting
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Staff
from desktop_app.ports import BookFact
from tests.support.every_table import FACTS, SCHOOL as WHOLE_SCHOOL

ANNE = Pupil(0, "Byrne", "Anne", date(2018, 1, 8), date(2022, 9, 5))


def test_every_kind_of_fact_has_its_table() -> None:
    assert set(SHAPES) == set(get_args(BookFact))
    fixed = {"seq", "link", "id", "version", "removed"}
    for kind, shape in SHAPES.items():
        width = sum(codec.width for _, codec in shape.codecs)
        assert len(fixed) + width == len(shape.table.columns), kind
        assert [name for name, _ in shape.codecs] == [field.name for field in fields(kind) if field.name != "id"]


@pytest.mark.parametrize("fact", [*FACTS, WHOLE_SCHOOL], ids=lambda fact: type(fact).__name__)
def test_a_fact_comes_back_as_it_was_put(store: SqlStore, deed: Any, fact: Any) -> None:
    plain = {field.name for field in fields(fact) if field.name != "id" and getattr(fact, field.name) == field.default}
    assert not plain - {"closed_by"}, "the test should fill every field"
    with store.writing(deed()) as writing:
        number = writing.book.put(fact)
        assert writing.book.all(type(fact))[-1] == (replace(fact, id=number) if number else fact)
    with store.reading() as reading:
        found = reading.book.all(type(fact))[-1]
    assert found == (replace(fact, id=number) if number else fact)
    assert (number == 0) == isinstance(fact, School | Setting)


def test_a_fact_without_its_optional_parts_comes_back_too(store: SqlStore, deed: Any) -> None:
    tie = Tie(0, 1, 1, "mother")
    with store.writing(deed()) as writing:
        numbers = writing.book.put_many([ANNE, tie, ANNE, Membership(0, 1, "4B", "4", date(2026, 9, 1))])
    assert numbers == [1, 1, 2, 1]
    with store.reading() as reading:
        assert reading.book.all(Pupil) == (replace(ANNE, id=1), replace(ANNE, id=2))
        assert reading.book.get(Tie, 1) == replace(tie, id=1)
        assert reading.book.get(Pupil, 3) is None


def test_a_change_is_a_version_and_the_past_stays_readable(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        number = writing.book.put(ANNE)
    first = deed.between()
    married = replace(ANNE, id=number, used_surname="Walsh")
    with store.writing(deed()) as writing:
        assert writing.book.put(married) == number
    second = deed.between()
    with store.writing(deed()) as writing:
        writing.book.remove(married)
    with store.reading(first) as reading:
        assert reading.book.all(Pupil) == (replace(ANNE, id=number),)
    with store.reading(second) as reading:
        assert reading.book.get(Pupil, number) == married
    with store.reading() as reading:
        assert reading.book.all(Pupil) == ()
    with closing(connect(store.path, store._key)) as connection:
        rows = connection.execute("SELECT id, version, removed, link FROM pupil ORDER BY seq").fetchall()
    assert rows == [(1, 1, 0, 2), (1, 2, 0, 3), (1, 3, 1, 4)]


def test_a_removed_number_is_not_given_again(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        number = writing.book.put(ANNE)
        writing.book.remove(replace(ANNE, id=number))
        assert writing.book.put(ANNE) == number + 1


def test_a_fact_twice_in_one_transaction_is_two_versions(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        number = writing.book.put(ANNE)
        writing.book.put_many([replace(ANNE, id=number, sex="F"), replace(ANNE, id=number, sex="M")])
    with store.reading() as reading:
        assert [pupil.sex for pupil in reading.book.all(Pupil)] == ["M"]


def test_a_setting_is_found_by_its_key_and_the_school_is_one(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        assert writing.book.put_many([Setting("a", "1"), Setting("b", "2"), Setting("a", "3")]) == [0, 0, 0]
        writing.book.put(WHOLE_SCHOOL)
        writing.book.remove(Setting("b", "2"))
    with store.reading() as reading:
        assert reading.book.all(Setting) == (Setting("a", "3"),)
        assert reading.book.all(School) == (WHOLE_SCHOOL,)
        assert reading.book.school() == WHOLE_SCHOOL


def test_a_failed_write_cannot_be_kept_by_catching_its_error(store: SqlStore, deed: Any) -> None:
    broken = replace(ANNE, sex=None)  # type: ignore[arg-type]

    def swallow() -> None:
        with store.writing(deed()) as writing:
            with suppress(IntegrityError):
                writing.book.put_many([ANNE, broken])
            writing.book.put(ANNE)

    with pytest.raises(RuntimeError, match="a write failed"):
        swallow()
    assert store.check().links == 1
    assert store.check().ok


def test_a_version_of_a_fact_that_never_was_is_a_bug(store: SqlStore, deed: Any) -> None:
    with pytest.raises(LookupError, match="no pupil 7"), store.writing(deed()) as writing:
        writing.book.put(replace(ANNE, id=7))


def test_the_first_member_of_staff_is_the_one_who_made_the_school(store: SqlStore) -> None:
    with store.reading() as reading:
        (head,) = reading.book.all(Staff)
    assert (head.id, head.user) == (1, "head")


def test_the_book_is_read_from_the_file_only_when_it_changed(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        writing.book.put(ANNE)
    with store.reading() as reading:
        one = reading.book.all(Pupil)
    with store.writing(deed()) as writing:
        assert writing.book.all(Pupil) is one
        writing.marks.add([NewMark(1, date(2026, 9, 7), Half.AM, "/")])
    with store.reading() as reading:
        assert reading.book.all(Pupil) is one
    with store.writing(deed()) as writing:
        writing.book.put(ANNE)
    with store.reading() as reading:
        assert len(reading.book.all(Pupil)) == 2


def test_what_was_rolled_back_is_not_on_the_shelf(store: SqlStore, deed: Any) -> None:
    def fail_halfway() -> None:
        with store.writing(deed()) as writing:
            writing.book.put(ANNE)
            assert len(writing.book.all(Pupil)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with store.reading() as reading:
        assert reading.book.all(Pupil) == ()


def test_a_second_window_that_only_reads_sees_what_the_first_writes(
    store: SqlStore, deed: Any, reopen: Callable[..., SqlStore]
) -> None:
    other = reopen()
    with other.reading() as reading:
        assert reading.book.all(Pupil) == ()
    with store.writing(deed()) as writing:
        writing.book.put(ANNE)
    with other.reading() as reading:
        seen = reading.book.all(Pupil)
        assert len(seen) == 1
    with other.reading() as reading:
        assert reading.book.all(Pupil) is seen


def test_a_reading_that_began_before_a_change_goes_on_seeing_its_own_moment(store: SqlStore, deed: Any) -> None:
    """The shelf must not hand an old reader new facts, nor keep the old reader's facts for later."""
    from db.book import Shelf

    shelf = Shelf(writes=True)
    assert shelf.facts(Pupil, 5, lambda: {1: "old"})[0] == {1: "old"}
    shelf.changed(6)
    assert shelf.facts(Pupil, 6, lambda: {1: "new"})[0] == {1: "new"}
    assert shelf.facts(Pupil, 5, lambda: {1: "old"})[0] == {1: "old"}
    assert shelf.facts(Pupil, 7, lambda: {1: "new"})[0] == {1: "new"}
