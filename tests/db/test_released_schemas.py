"""A small school of each earlier revision, kept for ever: it opens, is brought up, and every row is still there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from db import migrate
from db.house import House
from db.store import SqlStore
from desktop_app.domain.people import Hold, Pattern, Person, Pupil
from desktop_app.domain.school import ClosedWeek, Plan, School
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Staff
from tests.db.conftest import PASSWORD

DAY = date(2026, 9, 7)
KEPT = Path(__file__).parent / "data"
EARLIER = migrate.REVISIONS[:-1]
HEADS = {
    "0001": "2d370d50573f2f26c9ecb6cf82fdf301f74148a55066f4bfb342dc5f4881b42c",
    "0002": "08983f63f2813e591c2f6e50502a3f71da2f6d5867ae60c3c47b41ed3933f442",
}


@pytest.fixture
def kept(house: House, tmp_path: Path) -> Iterator[Callable[[str], SqlStore]]:
    """Opens the kept school of a revision, which brings it up; closed when the test ends."""
    opened: list[SqlStore] = []

    def one(revision: str) -> SqlStore:
        path, school = tmp_path / "school.rollbook", KEPT / f"revision-{revision}.rollbook"
        shutil.copy(school, path)
        shutil.copy(school.with_name(f"{school.name}.keys"), path.with_name(f"{path.name}.keys"))
        opened.append(house.open(path, None, PASSWORD, write=True))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@pytest.mark.parametrize("revision", EARLIER)
def test_a_school_of_an_earlier_revision_opens_with_everything_in_it(
    revision: str, kept: Callable[[str], SqlStore]
) -> None:
    store = kept(revision)
    found = store.check(HEADS[revision])
    assert found.ok, found.faults
    assert found.chain_head == HEADS[revision]
    assert (found.marks, found.history, found.links) == (3, 3, 5)
    assert store.path.with_name(f"{store.path.name}.before-{migrate.REVISIONS[-1]}").exists()
    with store.reading() as reading:
        assert reading.book.all(Pupil)[0].legal_name == "Çağla Łęcki"
        mark = reading.marks.at(2, Session(DAY, Half.AM))
        assert mark is not None
        assert (mark.code, mark.minutes, mark.note) == ("L", 12, "bus")
        assert reading.marks.with_minutes(DAY, DAY) == [mark]


def test_what_the_second_revision_added_is_empty_in_a_school_of_the_first(kept: Callable[[str], SqlStore]) -> None:
    with kept("0001").reading() as reading:
        book = reading.book
        assert book.all(School)[0].am_ends is None
        assert book.all(Pattern)[0].reviews == ()
        assert book.all(Plan)[0].group == 0
        assert not book.all(Person)[0].protected_address
        assert book.all(Staff)[-1].more_roles == ()


def test_what_the_second_revision_added_is_kept_from_a_school_of_it(kept: Callable[[str], SqlStore]) -> None:
    store = kept("0002")
    with store.reading() as reading:
        book = reading.book
        pattern, plan, staff = book.all(Pattern)[0], book.all(Plan)[0], book.all(Staff)[-1]
        assert (pattern.provider, pattern.reviews, pattern.hours) == ("The Bridge", ("2026-09-21",), "12.5")
        assert (plan.group, plan.asked_by, plan.decided_by, plan.provider) == (4, "Ms K", "Dr A", "abroad")
        assert book.all(Person)[0].protected_address
        assert (staff.more_roles, staff.classes, staff.rights) == (("teacher",), ("4B",), ("leave",))
        assert [(one.pupil, one.first, one.sealed) for one in book.all(Hold)] == [(1, DAY, "sealed")]
        assert [(one.monday, one.note) for one in book.all(ClosedWeek)] == [(DAY, "all settled")]
    assert store.drafts.places() == ("log 1",)
