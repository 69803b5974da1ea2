"""A small school of each earlier revision, kept for ever: it opens, is brought up, and every row is still there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from db import migrate
from db.house import House
from desktop_app.domain.people import Pattern, Person, Pupil
from desktop_app.domain.school import Plan, School
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Staff
from tests.db.conftest import PASSWORD

KEPT = Path(__file__).parent / "data"
EARLIER = migrate.REVISIONS[:-1]
HEADS = {"0001": "2d370d50573f2f26c9ecb6cf82fdf301f74148a55066f4bfb342dc5f4881b42c"}


@pytest.mark.parametrize("revision", EARLIER)
def test_a_school_of_an_earlier_revision_opens_with_everything_in_it(
    revision: str, house: House, tmp_path: Path
) -> None:
    path = tmp_path / "school.rollbook"
    kept = KEPT / f"revision-{revision}.rollbook"
    shutil.copy(kept, path)
    shutil.copy(kept.with_name(f"{kept.name}.keys"), path.with_name(f"{path.name}.keys"))
    store = house.open(path, None, PASSWORD, write=True)
    try:
        found = store.check(HEADS[revision])
        assert found.ok, found.faults
        assert found.chain_head == HEADS[revision]
        assert (found.marks, found.history, found.links) == (3, 3, 5)
        with store.reading() as reading:
            book = reading.book
            assert reading.book.all(School)[0].am_ends is None
            assert book.all(Pattern)[0].reviews == ()
            assert book.all(Plan)[0].group == 0
            assert not book.all(Person)[0].protected_address
            assert book.all(Staff)[-1].more_roles == ()
            assert book.all(Pupil)[0].legal_name == "Çağla Łęcki"
            mark = reading.marks.at(2, Session(date(2026, 9, 7), Half.AM))
            assert mark is not None
            assert (mark.code, mark.minutes, mark.note) == ("L", 12, "bus")
    finally:
        store.close()
