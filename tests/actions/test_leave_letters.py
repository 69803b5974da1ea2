"""The letter of a decision on leave: planned from it, made to each parent, logged, and its task closed with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.actions.leave import decide_leave, take_back_leave
from desktop_app.actions.leave_letters import leave_letters
from desktop_app.actions.letter_making import make_letters
from desktop_app.actions.letters import letter_plan
from desktop_app.cli.answers import finish
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import LeaveState, NewDecision, Span
from desktop_app.domain.letters import LettersMade, PlannedLetter
from desktop_app.domain.people import Answer, Hold, Person, Pupil, Tie
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half
from tests.actions.test_leave import FRIDAY, GRANT, MONDAY, REFUSE, TODAY, ask, tasks
from tests.support.letters import AWAY, HOME, change, lettered, mother_of, parent
from tests.support.schools import SmallSchool


@pytest.fixture
def family(school: SmallSchool) -> SmallSchool:
    """Çağla Kaya has a mother, a father who lives elsewhere, and somebody whom a court keeps away."""
    context, kaya = lettered(school).context, school.pupils["Kaya"]
    change(context, mother_of(context, kaya), address=HOME)
    parent(context, kaya, "Mr E Kaya", address=AWAY)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put_many(
            replace(one, responsibility=Answer.YES) for one in writing.book.all(Tie) if one.pupil == kaya
        )
        away = writing.book.put(Person(0, "Mr X Away", "Mr"))
        writing.book.put(Tie(0, kaya, away, "stepfather", Answer.YES, no_contact=True))
    return school


def planned(school: SmallSchool, request: int) -> tuple[PlannedLetter, ...]:
    wanted = leave_letters(school.context, request)
    return letter_plan(school.context, wanted.kind, [wanted.pupil], wanted.options)


def made(school: SmallSchool, request: int) -> LettersMade:
    wanted = leave_letters(school.context, request)
    found = letter_plan(school.context, wanted.kind, [wanted.pupil], wanted.options)
    return finish(make_letters(school.context, found, wanted.options))


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_refusal_goes_to_each_parent_and_closes_its_task(family: SmallSchool) -> None:
    context, kaya = family.context, family.pupils["Kaya"]
    entry = ask(family, reason="two weeks in Spain.")
    decision, _ = decide_leave(context, entry, REFUSE)
    assert len(tasks(family)) == 2
    found = made(family, entry)
    assert found.left == ()
    assert [one.name.rpartition("-leave-")[2] for one in found.made] == ["refused.pdf", "refused.pdf"]
    said = words_of(found.made[0].content)
    assert "Dear Ms K Kaya," in said
    assert "on these days: 30 November 2026 to 4 December 2026, for two weeks in Spain." in said
    assert "A family holiday is no exceptional circumstance." in said
    assert "is expected in school on these days, and after them on 7 December 2026." in said
    assert "The law lets a headteacher grant leave" in said
    assert "penalty notice for each child" in said
    assert "Dear Mr E Kaya," in words_of(found.made[1].content)
    assert tasks(family) == []
    with context.store.reading() as reading:
        letters = [one for one in reading.entries.of(kaya) if one.kind is EntryKind.LETTER]
    assert [(one.adds_to, one.outcome) for one in letters] == [(decision, "posted")] * 2
    assert {one.persons for one in letters} == {one.persons for one in found.made}
    with pytest.raises(Refused, match="each was written to"):
        leave_letters(context, entry)


def test_one_letter_left_leaves_its_task(family: SmallSchool) -> None:
    entry = ask(family)
    decide_leave(family.context, entry, GRANT)
    wanted = leave_letters(family.context, entry)
    found = planned(family, entry)
    assert [one.to for one in found] == [("Ms K Kaya",), ("Mr E Kaya",)]
    assert "granted it for all of them" in found[0].body
    assert "A grandmother’s funeral abroad." in found[0].body
    assert "back on 7 December 2026" in found[0].body
    finish(make_letters(family.context, found, wanted.options, dropped={found[0].key: "told at the gate"}))
    assert tasks(family) == ["Write to Ms K Kaya: leave granted, Mon 30 Nov to Fri 4 Dec 2026"]
    assert [one.to for one in planned(family, entry)] == [("Ms K Kaya",)]


def test_what_is_granted_in_part_says_both(family: SmallSchool) -> None:
    entry = ask(family)
    parts = (Span(MONDAY, MONDAY, Half.PM), Span(FRIDAY, FRIDAY))
    decide_leave(family.context, entry, replace(GRANT, state=LeaveState.PART, parts=parts))
    body = planned(family, entry)[0].body
    assert "a part of it: the afternoon of 30 November 2026 and 4 December 2026. This will be recorded" in body
    assert "The rest has not been granted." in body
    assert "recorded as unauthorised. For unauthorised absence" in body


@pytest.mark.parametrize("why", ["independent", "too young"])
def test_nothing_is_threatened_that_cannot_be(family: SmallSchool, why: str) -> None:
    context = family.context
    with context.store.writing(context.deed("set up")) as writing:
        if why == "independent":
            writing.book.put(replace(writing.book.school(), type=SchoolType.INDEPENDENT))
        else:
            child = writing.book.get(Pupil, family.pupils["Kaya"])
            assert child is not None
            writing.book.put(replace(child, date_of_birth=date(2022, 3, 1)))
    entry = ask(family)
    decide_leave(context, entry, REFUSE)
    body = planned(family, entry)[0].body
    assert "penalty notice" not in body
    assert ("by its own policy" in body) == (why == "independent")
    assert ("The law lets" in body) == (why != "independent")


def test_a_held_family_is_written_to_by_nobody(family: SmallSchool) -> None:
    context = family.context
    entry = ask(family)
    decide_leave(context, entry, GRANT)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Hold(0, family.pupils["Kaya"], TODAY))
    (one,) = planned(family, entry)
    assert one.stopped
    assert [finding.words for finding in one.findings] == ["See the safeguarding lead."]


def test_what_was_taken_back_or_waits_has_no_letter(family: SmallSchool) -> None:
    entry = ask(family)
    with pytest.raises(Refused, match="no decision"):
        leave_letters(family.context, entry)
    decide_leave(family.context, entry, NewDecision(LeaveState.GRANTED, "A funeral.", "exceptional"))
    take_back_leave(family.context, entry, "Ms K Kaya")
    with pytest.raises(Refused, match="no decision"):
        leave_letters(family.context, entry)


def test_a_sheet_in_the_parents_language_goes_with_it(family: SmallSchool) -> None:
    context, kaya = family.context, family.pupils["Kaya"]
    change(context, mother_of(context, kaya), language="Polish")
    with context.store.reading() as reading:
        father = next(one.id for one in reading.book.all(Person) if one.full_name == "Mr E Kaya")
    change(context, father, language="Tigrinya")
    entry = ask(family)
    decide_leave(context, entry, GRANT)
    first, second = planned(family, entry)
    said = {finding.words for one in (first, second) for finding in one.findings if finding.key == "language"}
    assert said == {
        (
            "Ms K Kaya reads Polish; this letter is in English. Offer an interpreter, never the child. A sheet in "
            "Polish goes with it: the school finds an interpreter."
        ),
        "Mr E Kaya reads Tigrinya; this letter is in English. Offer an interpreter, never the child.",
    }
    mother, other = made(family, entry).made
    assert len(PdfReader(BytesIO(mother.content)).pages) == 2
    behind = " ".join(PdfReader(BytesIO(mother.content)).pages[1].extract_text().split())
    assert "prosimy o telefon pod numer" in behind
    assert "Jeśli potrzebują Państwo tłumacza" in behind
    assert mother.reference in behind
    assert len(PdfReader(BytesIO(other.content)).pages) == 1
    with context.store.reading() as reading:
        letters = {one.persons: one for one in reading.entries.of(kaya) if one.kind is EntryKind.LETTER}
    assert letters[mother.persons].details["cover"] == "pl"
    assert letters[other.persons].details["interpreter"] == "to be offered: Tigrinya"
    assert "Reads Tigrinya: an interpreter is to be offered" in letters[other.persons].note
    assert "cover" not in letters[other.persons].details
