"""Logging: what is refused, where backdated entries fall, and that nothing is ever edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.actions.families import read_families
from desktop_app.actions.log import add_to, log, withdraw
from desktop_app.actions.pupils import pupil_page
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Answer, Person, Tie
from desktop_app.domain.staff import Role
from tests.support.schools import SmallSchool, pupil


def _entry(school: SmallSchool, at: datetime, outcome: str = "no answer", **more: object) -> NewEntry:
    facts: dict[str, object] = {
        "kind": EntryKind.PHONE_CALL,
        "happened_at": at,
        "pupils": (school.pupils["Doyle"],),
        "outcome": outcome,
    }
    return NewEntry(**{**facts, **more})  # type: ignore[arg-type]


def _mother(school: SmallSchool) -> int:
    with school.context.store.reading() as reading:
        return read_families(reading.book, school.context.today()).of(school.pupils["Doyle"])[0].person.id


def test_backdated_entries_sort_into_their_place(school: SmallSchool) -> None:
    log(school.context, _entry(school, datetime(2026, 11, 20, 8, 30), "second"))
    log(school.context, _entry(school, datetime(2026, 11, 16, 9, 5), "first", persons=(_mother(school),)))
    lines = pupil_page(school.context, school.pupils["Doyle"]).chronology
    assert [(line.entry.outcome, line.with_names) for line in lines] == [("first", ("Ms K Doyle",)), ("second", ())]
    assert lines[0].entry.recorded_at > lines[1].entry.recorded_at or lines[0].entry.id > lines[1].entry.id


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"at": datetime(2026, 11, 20, 8, 51)}, "not happened yet"),
        ({"outcome": "  "}, "needs an outcome"),
        ({"pupils": ()}, "which pupil"),
        ({"pupils": (4711,)}, "not in this school’s book"),
        ({"persons": (4711,)}, "not a contact of the pupil"),
        ({"at": datetime(2018, 2, 13, 9, 0)}, "not yet born .born 14 February 2018.: look at the year"),
        ({"at": datetime(206, 11, 20, 8, 0)}, "On 20 November 206 the child was not yet born"),
    ],
)
def test_what_is_refused(school: SmallSchool, more: dict[str, object], words: str) -> None:
    facts: dict[str, object] = {"at": datetime(2026, 11, 20, 8, 40), **more}
    with pytest.raises(Refused, match=words):
        log(school.context, _entry(school, **facts))  # type: ignore[arg-type]
    assert pupil_page(school.context, school.pupils["Doyle"]).chronology == ()


def test_what_was_done_before_the_child_came_to_the_school_is_kept(school: SmallSchool) -> None:
    log(school.context, _entry(school, datetime(2018, 2, 14, 9, 0), "told of the birth"))
    log(school.context, _entry(school, datetime(2022, 6, 1, 9, 0), "visit before the first day"))
    lines = pupil_page(school.context, school.pupils["Doyle"]).chronology
    assert [line.entry.outcome for line in lines] == ["told of the birth", "visit before the first day"]


def test_an_entry_of_several_children_may_be_older_than_the_youngest(school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    with school.context.store.writing(school.context.deed("set up")) as writing:
        baby = writing.book.put(pupil("Doyle", "Niamh", 9, date_of_birth=date(2024, 6, 2)))
    log(school.context, _entry(school, datetime(2023, 6, 1, 9, 0), pupils=(ryan, baby)))
    with pytest.raises(Refused, match="not yet born"):
        log(school.context, _entry(school, datetime(2023, 6, 1, 9, 0), pupils=(baby,)))


def test_a_person_of_another_family_cannot_be_named(school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        stranger = next(one.id for one in reading.book.all(Person) if one.full_name == "Ms K Kaya")
    with pytest.raises(Refused, match="not a contact of the pupil"):
        log(school.context, _entry(school, datetime(2026, 11, 20, 8, 40), persons=(stranger,)))


def test_an_entry_is_added_to_not_edited(school: SmallSchool) -> None:
    first, _ = log(school.context, _entry(school, datetime(2026, 11, 19, 9, 0)))
    added, changes = add_to(school.context, first, "She rang back at noon.")
    lines = pupil_page(school.context, school.pupils["Doyle"]).chronology
    assert [line.entry.id for line in lines] == [first, added]
    assert (lines[1].entry.kind, lines[1].entry.adds_to) == (EntryKind.NOTE, first)
    assert changes.pupils == {school.pupils["Doyle"]}
    with pytest.raises(Refused, match="nothing to add"):
        add_to(school.context, first, " ")


def test_a_withdrawn_entry_stays_with_its_reason_and_takes_nothing_more(school: SmallSchool) -> None:
    first, _ = log(school.context, _entry(school, datetime(2026, 11, 19, 9, 0)))
    with pytest.raises(Refused, match="Say why"):
        withdraw(school.context, first, "")
    withdraw(school.context, first, "Logged for the wrong child.")
    entry = pupil_page(school.context, school.pupils["Doyle"]).chronology[0].entry
    assert entry.withdrawn is not None
    assert entry.withdrawn.reason == "Logged for the wrong child."
    assert entry.withdrawn.author.name == "Dr A Rahman"
    for deed in (lambda: add_to(school.context, first, "more"), lambda: withdraw(school.context, first, "again")):
        with pytest.raises(Refused, match="withdrawn already"):
            deed()


@pytest.mark.parametrize(
    ("kind", "outcome", "details"),
    [
        (EntryKind.LETTER, "posted", {}),
        (EntryKind.LETTER, "posted", {"direction": "we wrote"}),
        (EntryKind.PHONE_CALL, "spoke", {"direction": "we rang"}),
        (EntryKind.TEXT, "sent", {}),
        (EntryKind.WARNING, "sent", {"what": "lateness"}),
    ],
)
def test_nothing_that_went_out_to_whom_a_court_keeps_away_is_logged_unasked(
    school: SmallSchool, kind: EntryKind, outcome: str, details: dict[str, str]
) -> None:
    """Practice 3; what they did themselves is logged, and the DSL says why it happened all the same."""
    context, kaya = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("order")) as writing:
        person = writing.book.put(Person(0, "Mr E Kaya", "Mr"))
        writing.book.put(Tie(0, kaya, person, "father", Answer.YES, Answer.NO, 2, no_contact=True))
    sent = NewEntry(kind, context.now(), (kaya,), outcome, (person,), details=details)
    office = replace(context, staff=replace(context.staff, role=Role.OFFICE), alone=False)
    before = len(pupil_page(context, kaya).chronology)
    with pytest.raises(Refused, match="see the DSL"):
        log(office, sent)
    with pytest.raises(Refused, match="write in the note why"):
        log(context, sent)
    assert len(pupil_page(context, kaya).chronology) == before
    log(context, replace(sent, note="Posted before the order was read; the DSL knows."))
    came = NewEntry(
        EntryKind.PHONE_CALL, context.now(), (kaya,), "spoke", (person,), details={"direction": "they rang"}
    )
    log(office, came)
    assert len(pupil_page(context, kaya).chronology) == before + 2
