"""A child about to be admitted, and what the store says of a child afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.domain.admission import NewContact
from desktop_app.domain.people import Address, Answer, Membership, Person, Pupil, Tie
from tests.support.schools import SmallSchool, pupil

THURSDAY = date(2026, 11, 19)
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
NEW = replace(pupil("Zamora", "Inés", 40), starting_day=MONDAY, address=Address(("3 Marsh Lane",), "L33 1AA"))
MOTHER = NewContact(Person(0, "Ms P Zamora"), Tie(0, 0, 0, "mother", Answer.YES, Answer.YES), ("07700 900777",))


def child(school: SmallSchool, key: int) -> Pupil:
    """The newest version of a child."""
    with school.context.store.reading() as reading:
        found = reading.book.get(Pupil, key)
    assert found is not None
    return found


def head(school: SmallSchool) -> str:
    """The newest link of the chain: the same where nothing was written."""
    with school.context.store.reading() as reading:
        return reading.chain_head


def places(school: SmallSchool, key: int) -> list[tuple[str, date, date | None]]:
    """The classes of a child: name, first day, last day."""
    with school.context.store.reading() as reading:
        return [(one.class_name, one.first, one.last) for one in reading.book.all(Membership) if one.pupil == key]
