"""Holds: the reason is sealed, the family is held, and nobody else learns more than whom to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.holds import end_hold, held, holds, put_hold, tell_dsl
from desktop_app.actions.pupils import pupil_page
from desktop_app.actions.staff import add_staff
from desktop_app.context import handed_over, renewed
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Hold, Tie
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Role, Staff
from tests.support.schools import PASSWORD, SmallSchool

FIRST = "copper-lantern-seven-geese"
FRIDAY = date(2026, 11, 20)
WHY = "something that nobody else is to read"


def test_a_hold_stands_over_its_days_and_over_the_family(school: SmallSchool) -> None:
    context, kaya, doyle = school.context, school.pupils["Kaya"], school.pupils["Doyle"]
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == kaya)
        writing.book.put(Tie(0, doyle, mother, "stepmother"))
    made, changes = put_hold(context, kaya, FRIDAY, None, WHY)
    assert changes.pupils == {kaya}
    with context.store.reading() as reading:
        assert held(reading.book, FRIDAY) == {kaya, doyle}
        assert held(reading.book, date(2026, 11, 19)) == frozenset()
        assert WHY not in reading.book.all(Hold)[0].sealed
    end_hold(context, made, date(2026, 11, 27))
    with context.store.reading() as reading:
        assert held(reading.book, date(2026, 11, 27)) == {kaya, doyle}
        assert held(reading.book, date(2026, 11, 28)) == frozenset()
    assert [one.reason for one in holds(context)] == [WHY]
    with pytest.raises(Refused, match="cannot end before"):
        end_hold(context, made, date(2026, 11, 19))


def test_who_may_hold_but_has_not_the_second_key_reads_and_writes_no_reason(school: SmallSchool) -> None:
    context = school.context
    clerk = Staff(0, "Mr O Lund", "Office", Role.OFFICE, "lund", rights=(Right.HOLD.value,))
    add_staff(context, clerk, FIRST)
    put_hold(context, school.pupils["Kaya"], FRIDAY, None, WHY)
    office = handed_over(context, "lund", FIRST)
    assert [one.reason for one in holds(office)] == [None]
    with pytest.raises(Refused, match="restricted notes"):
        put_hold(office, school.pupils["Doyle"], FRIDAY, None, "another")
    back = handed_over(office, "head", PASSWORD)
    assert [one.reason for one in holds(back)] == [WHY]
    with pytest.raises(NotAllowed):
        holds(replace(back, staff=replace(back.staff, role=Role.OFFICE)))


@pytest.mark.parametrize(
    ("pupil", "last", "reason", "why"),
    [("Kaya", None, " ", "Say why"), ("Kaya", date(2026, 11, 19), WHY, "before it begins"), ("", None, WHY, "not on")],
)
def test_what_cannot_be_held(school: SmallSchool, pupil: str, last: date | None, reason: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        put_hold(school.context, school.pupils.get(pupil, 999), FRIDAY, last, reason)
    assert holds(school.context) == ()


def test_telling_the_safeguarding_lead_records_who_and_when_and_no_content(school: SmallSchool) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    recorded, _ = tell_dsl(context, kaya)
    with context.store.reading() as reading:
        entry = reading.entries.get(recorded)
    assert entry is not None
    assert (entry.kind, entry.outcome, entry.note) == (EntryKind.TOLD, "Dr A Rahman was told", "")
    assert (entry.author.name, entry.happened_at) == ("Dr A Rahman", context.now())
    assert pupil_page(context, kaya).chronology == ()
    add_staff(context, Staff(0, "Ms D Orr", "Deputy head", Role.DSL, "orr"), FIRST)
    two, _ = add_staff(renewed(context), Staff(0, "Mr P Ames", "Pastoral lead", Role.DSL, "ames"), FIRST)
    with pytest.raises(Refused, match="Say whom"):
        tell_dsl(context, kaya)
    recorded, _ = tell_dsl(context, kaya, two)
    with context.store.reading() as reading:
        found = reading.entries.get(recorded)
    assert found is not None
    assert found.outcome == "Mr P Ames was told"
