"""The ledger read from a real store: one column a parent, and who is kept away is nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.actions.ledger import ledger
from desktop_app.actions.log import log
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.ledger import Came
from desktop_app.domain.people import Address, Answer, Person, Tie
from desktop_app.domain.staff import Role
from tests.support.schools import SmallSchool

AT = datetime(2026, 11, 19, 9, 30)


def test_each_parent_has_a_column_of_their_own(school: SmallSchool) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == kaya)
        home = Address(("4 Mill Lane",), "L20 1AA")
        father = writing.book.put(Person(0, "Mr B Kaya", "Mr", home, language="Turkish", protected_address=True))
        writing.book.put(Tie(0, kaya, father, "father", Answer.YES, Answer.NO, priority=2))
    log(context, NewEntry(EntryKind.PHONE_CALL, AT, (kaya,), "spoke", (mother,)))
    offered = {"what": "breakfast club"}
    log(context, NewEntry(EntryKind.SUPPORT, AT, (kaya,), "offered", (mother, father), details=offered))
    log(context, NewEntry(EntryKind.SUPPORT, AT.replace(hour=10), (kaya,), "accepted", (mother,), details=offered))
    log(context, NewEntry(EntryKind.MEETING, AT, (kaya,), "held", (father,), restricted=True))
    first, second = ledger(context, kaya).parents
    assert (first.name, second.name) == ("Ms K Kaya", "Mr B Kaya")
    assert [line.entry.outcome for line in first.lines] == ["accepted", "offered", "spoke"]
    assert first.waiting == ()
    assert [(line.entry.outcome, line.came) for line in second.lines] == [("offered", Came.WAITING)]
    said = [one.words for one in second.in_view]
    assert "Address: protected; held by the school" in said
    assert not any("Mill Lane" in one for one in said)


def test_who_is_kept_away_is_told_to_those_alone_who_may_change_it(school: SmallSchool) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        away = writing.book.put(Person(0, "Mr X Away"))
        writing.book.put(Tie(0, kaya, away, "father", Answer.YES, no_contact=True))
        writing.entries.add(NewEntry(EntryKind.LETTER, AT, (kaya,), "posted", (away,)))
    found = ledger(context, kaya)
    assert [(one.name, one.kept_away, one.lines) for one in found.parents][1:] == [("A person", True, ())]
    assert "Away" not in repr(found)
    lead = replace(context, staff=replace(context.staff, role=Role.ATTENDANCE_LEAD), alone=False)
    assert [one.name for one in ledger(lead, kaya).parents] == ["Ms K Kaya"]
    teacher = replace(context, staff=replace(context.staff, role=Role.TEACHER), alone=False)
    with pytest.raises(NotAllowed):
        ledger(teacher, kaya)
    with pytest.raises(Refused):
        ledger(context, 999)
