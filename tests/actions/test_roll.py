"""The roll is kept from one key press to the next, and only for as long as the book stands still."""

from __future__ import annotations

import dataclasses
from datetime import date

from desktop_app.actions.roll import Roll, read_roll
from desktop_app.domain.people import Pupil
from tests.support.schools import SmallSchool


def roll_of(school: SmallSchool) -> Roll:
    with school.context.store.reading() as reading:
        return read_roll(reading.book)


def test_the_same_roll_is_read_until_the_book_changes(school: SmallSchool) -> None:
    first = roll_of(school)
    assert roll_of(school) is first
    ryan = first.pupils[school.pupils["Doyle"]]
    with school.context.store.writing(school.context.deed("leaver")) as writing:
        assert read_roll(writing.book) is first
        writing.book.put(dataclasses.replace(ryan, leaving_day=date(2026, 11, 20), leaving_ground="moved"))
        assert read_roll(writing.book).pupils[ryan.id].leaving_day == date(2026, 11, 20)
    assert roll_of(school).pupils[ryan.id].leaving_day == date(2026, 11, 20)
    assert first.pupils[ryan.id].leaving_day is None


def test_the_roll_of_a_past_moment_is_its_own(school: SmallSchool) -> None:
    before = school.context.clock()
    with school.context.store.writing(school.context.deed("pupil")) as writing:
        writing.book.put(Pupil(0, "New", "Nia", date(2018, 1, 1), date(2026, 11, 1)))
    with school.context.store.reading(before) as reading:
        past = read_roll(reading.book)
    assert set(past.pupils) <= set(roll_of(school).pupils)
