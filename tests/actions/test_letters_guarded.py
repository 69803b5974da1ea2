"""What speaks against letters: holds, batches, the guard, and a record that changed since it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.holds import put_hold
from desktop_app.actions.letter_making import FOR_ALL, STOPPED, make_letters
from desktop_app.actions.letters import letter_plan
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.letters import GuardFinding, LetterOptions, LetterRule, PlannedLetter, Weight
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Role
from desktop_app.ports import Reading
from tests.support.letters import lettered, mark
from tests.support.people import in_role
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def lettered_school(school: SmallSchool) -> SmallSchool:
    return lettered(school)


def plan(school: SmallSchool, kind: str, *surnames: str, **more: object) -> tuple[PlannedLetter, ...]:
    pupils = [school.pupils[one] for one in surnames]
    return letter_plan(school.context, kind, pupils, LetterOptions(**more))  # type: ignore[arg-type]


def entries(context: Context, pupil: int) -> list[Entry]:
    with context.store.reading() as reading:
        return reading.entries.of(pupil)


def test_a_hold_stops_every_letter_and_says_no_more(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    put_hold(context, kaya, FRIDAY, None, "nobody else reads this")
    (one,) = plan(lettered_school, "praise", "Kaya", values={"praise": "Well done."})
    assert one.stopped
    assert one.letter.persons == ()
    assert one.body == ""
    assert [finding.words for finding in one.findings] == ["See the safeguarding lead."]
    with pytest.raises(Refused, match="See the safeguarding lead"):
        make_letters(context, [one], LetterOptions(values={"praise": "Well done."}), reasons={FOR_ALL: "I must"})


def test_a_batch_never_writes_to_the_bereaved_without_a_reason_of_their_own(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Flag(0, kaya, FlagKind.OTHER, "Bereaved", date(2026, 11, 1)))
        late = writing.book.get(Pupil, lettered_school.pupils["Doyle"])
        assert late is not None
        writing.book.put(replace(late, starting_day=date(2026, 9, 4)))
    found = {one.child: one for one in plan(lettered_school, "concern-1", *lettered_school.pupils)}
    asks = {name for name, one in found.items() if one.asks}
    assert asks == {"Çağla Kaya", "Ryan Doyle"}
    everyone = tuple(found.values())
    with pytest.raises(Refused, match=r"Joined late.*Say why"):
        make_letters(context, everyone, reasons={FOR_ALL: "all of them"})
    key = {name: one.key for name, one in found.items()}
    dropped = {key["Çağla Kaya"]: "The family has lost somebody."}
    made = finish(
        make_letters(context, everyone, reasons={key["Ryan Doyle"]: "Agreed with the father."}, dropped=dropped)
    )
    assert len(made.made) == 5
    assert made.left == ((key["Çağla Kaya"], "The family has lost somebody."),)
    (note,) = entries(context, kaya)
    assert note.kind is EntryKind.NOTE
    assert "not sent: Concern, first letter. The family has lost" in note.outcome
    (sent,) = entries(context, lettered_school.pupils["Doyle"])
    assert sent.details["why"] == "Agreed with the father."
    assert "batch" in sent.details["overridden"].split(", ")
    (alone,) = plan(lettered_school, "concern-1", "Kaya")
    assert not alone.asks


def test_a_letter_of_which_the_record_says_something_else_by_now_is_left(lettered_school: SmallSchool) -> None:
    context, doyle = lettered_school.context, lettered_school.pupils["Doyle"]
    planned = plan(lettered_school, "concern-1", "Kaya", "Doyle")
    mark(context, doyle, "//////////")
    made = finish(make_letters(context, planned))
    assert len(made.made) == 1
    assert [why for _, why in made.left] == ["The record changed since this letter was looked at. Look at it again."]
    put_hold(context, lettered_school.pupils["Kaya"], FRIDAY, None, "sealed")
    made = finish(make_letters(context, [one for one in planned if one.child == "Çağla Kaya"]))
    assert made.made == ()
    assert "Look at it again" in made.left[0][1]


def doubtful(context: Context, reading: Reading, rule: LetterRule, pupils: Sequence[int], first: date, on: date):
    def asked(pupil: int, person: int) -> tuple[GuardFinding, ...]:
        return (GuardFinding("contacted", Weight.ASK, "They were written to yesterday.", pupil, person),)

    return asked


def test_the_guard_is_overridden_by_who_may_with_a_reason_that_is_kept(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    planned = letter_plan(context, "concern-1", [kaya], guard=doubtful)
    assert planned[0].asks
    with pytest.raises(Refused, match=r"written to yesterday\. Say why"):
        make_letters(context, planned, guard=doubtful)
    office = in_role(context, Role.OFFICE)
    assert not office.may(Right.OVERRIDE_GUARD)
    with pytest.raises(NotAllowed):
        make_letters(office, planned, guard=doubtful, reasons={FOR_ALL: "Asked for by the family."})
    assert entries(context, kaya) == []
    finish(make_letters(context, planned, guard=doubtful, reasons={FOR_ALL: "Asked for by the family."}))
    (entry,) = entries(context, kaya)
    assert entry.details["why"] == "Asked for by the family."
    assert entry.details["overridden"] == "contacted"


def test_two_children_of_one_parent_in_a_batch_are_said_and_neither_is_named(lettered_school: SmallSchool) -> None:
    context = lettered_school.context
    from desktop_app.domain.people import Answer, Tie

    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == lettered_school.pupils["Kaya"])
        writing.book.put(Tie(0, lettered_school.pupils["Doyle"], mother, "mother", Answer.YES, Answer.YES, 2))
    found = plan(lettered_school, "concern-1", "Kaya", "Doyle", "Abara")
    said = {one.child: [two.words for two in one.findings if two.key == "sibling-in-batch"] for one in found}
    assert [len(said[name]) for name in ("Çağla Kaya", "Ryan Doyle", "Tobi Abara")] == [1, 1, 0]
    assert "Kaya" not in said["Ryan Doyle"][0]
    assert "sibling-in-batch" not in repr(plan(lettered_school, "half-term", "Kaya", "Doyle"))


def bereaved(context: Context, reading: Reading, rule: LetterRule, pupils: Sequence[int], first: date, on: date):
    def asked(pupil: int, person: int) -> tuple[GuardFinding, ...]:
        return (GuardFinding("bereavement", Weight.ASK, "Somebody died lately.", pupil, person),)

    return asked


def test_what_the_guard_says_of_the_bereaved_asks_for_a_reason_of_their_own_in_a_batch(
    lettered_school: SmallSchool,
) -> None:
    context = lettered_school.context
    pupils = [lettered_school.pupils[one] for one in ("Kaya", "Doyle")]
    planned = letter_plan(context, "concern-1", pupils, guard=bereaved)
    with pytest.raises(Refused, match="A batch does not write here"):
        make_letters(context, planned, guard=bereaved, reasons={FOR_ALL: "all"})
    (alone,) = letter_plan(context, "concern-1", pupils[:1], guard=bereaved)
    assert make_letters(context, [alone], guard=bereaved, reasons={FOR_ALL: "The father asked for it."})


def test_a_child_who_has_left_asks_whether_the_letter_is_still_meant(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        child = writing.book.get(Pupil, kaya)
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 11, 13)))
    (one,) = plan(lettered_school, "concern-1", "Kaya")
    assert "left-roll" in {finding.key for finding in one.findings}
    assert one.asks


def test_a_hold_that_comes_while_a_batch_runs_stops_the_letters_still_to_come(lettered_school: SmallSchool) -> None:
    """The record is looked at again for each letter, and not only once before the first."""
    context, said = lettered_school.context, {"praise": "Well done."}
    planned = plan(lettered_school, "praise", "Doyle", "Kaya", values=said)
    assert len({one.letter.pupil for one in planned}) == 2
    reasons = {one.key: "All is well." for one in planned} | {FOR_ALL: "Praise."}
    work = make_letters(context, planned, LetterOptions(values=said), reasons=reasons)
    while next(work).done < 1:
        pass
    put_hold(context, planned[-1].letter.pupil, context.today(), None, "for the safe")
    made = finish(work)
    assert [one.pupil for one in made.made] == [planned[0].letter.pupil]
    assert [why for _, why in made.left] == [STOPPED]
