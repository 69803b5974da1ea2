"""What changed since a bundle was made, on a real store: each kind of change is told, and nothing restricted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_app.actions.bundle import build
from desktop_app.actions.since import changed_since
from desktop_app.cli.answers import finish
from desktop_app.domain.bundle import BundleRequest, Choice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Person, Pupil
from desktop_app.domain.sessions import Half
from tests.support.clock import StillClock
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


def made(school: SmallSchool, clock: StillClock, request: BundleRequest, folder: Path) -> str:
    """Make a bundle, and let an hour pass."""
    reference = finish(build(school.context, request, folder / "made.pdf")).reference
    clock.set(2026, 11, 20, 10, 30)
    return reference


def lines(school: SmallSchool, reference: str) -> list[str]:
    return [one.says for one in changed_since(school.context, reference)]


def add(school: SmallSchool, pupil: int, kind: EntryKind, day: date, outcome: str, **more: object) -> int:
    with school.context.store.writing(school.context.deed("log")) as writing:
        at = datetime(day.year, day.month, day.day, 9)
        return writing.entries.add(NewEntry(kind, at, (pupil,), outcome, **more))  # type: ignore[arg-type]


def test_nothing_changed_is_nothing_told(school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path) -> None:
    reference = made(school, clock, story.request, tmp_path)
    assert lines(school, reference) == []
    clock.set(2026, 11, 24, 15, 0)
    told = lines(school, reference)
    assert not [line for line in told if "was" in line and "Nov" in line], told


def test_a_mark_that_is_another_now_is_told_with_who_and_why(
    school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path
) -> None:
    reference = made(school, clock, story.request, tmp_path)
    with school.context.store.writing(school.context.deed("register", "seen by the dentist")) as writing:
        writing.marks.add(
            [NewMark(story.pupil, date(2026, 9, 14), Half.AM, "M", reason="seen by the dentist", amends=True)]
        )
    told = lines(school, reference)
    assert told[0] == "Mon 14 Sep 2026 AM was O, is M, by Dr A Rahman: seen by the dentist"
    assert any(line.startswith("Figures of the period: attendance") and "; now attendance" in line for line in told)


def test_entries_that_came_or_were_withdrawn_are_told_and_restricted_ones_never(
    school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path
) -> None:
    reference = made(school, clock, story.request, tmp_path)
    visit = add(school, story.pupil, EntryKind.HOME_VISIT, date(2026, 11, 18), "Spoke to father")
    add(school, story.pupil, EntryKind.NOTE, date(2026, 11, 18), "SECRET of the lead", restricted=True)
    secret = add(school, story.pupil, EntryKind.NOTE, date(2026, 11, 18), "SECRET again", restricted=True)
    add(school, story.pupil, EntryKind.NOTE, date(2026, 11, 18), "SECRET by what it adds to", adds_to=secret)
    add(school, story.pupil, EntryKind.PHONE_CALL, date(2026, 11, 21), "after the day of the bundle")
    told = lines(school, reference)
    assert "New: Home visit, Spoke to father, of 18 November 2026, recorded by Dr A Rahman" in told
    assert not [line for line in told if "SECRET" in line or "after the day" in line]
    with school.context.store.writing(school.context.deed("withdraw")) as writing:
        first = next(one for one in writing.entries.of(story.pupil) if one.outcome.startswith("Letter 1"))
        writing.entries.withdraw(first.id, "sent to the wrong house")
        writing.entries.withdraw(visit, "another child’s")
    told = lines(school, reference)
    assert any(line.startswith("Withdrawn: Letter, Letter 1") and "wrong house" in line for line in told)


def test_people_and_particulars_that_are_otherwise_are_told(
    school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path
) -> None:
    reference = made(school, clock, story.request, tmp_path)
    with school.context.store.writing(school.context.deed("correct")) as writing:
        mother, child = writing.book.get(Person, story.mother), writing.book.get(Pupil, story.pupil)
        assert mother is not None
        assert child is not None
        writing.book.put(replace(mother, language="Welsh"))
        writing.book.put(replace(child, middle_names="Joseph"))
    told = lines(school, reference)
    assert f"What is known of {mother.formal_name} is otherwise" in told
    assert "The child’s particulars are otherwise" in told


def test_a_line_of_readiness_that_is_otherwise_is_told(
    school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path
) -> None:
    with school.context.store.writing(school.context.deed("withdraw")) as writing:
        for one in writing.entries.of(story.pupil):
            if one.kind is EntryKind.HOME_VISIT:
                writing.entries.withdraw(one.id, "not so")
    reference = made(school, clock, story.request, tmp_path)
    add(school, story.pupil, EntryKind.HOME_VISIT, date(2026, 11, 19), "Nobody in")
    told = lines(school, reference)
    assert [line for line in told if "missing, is" in line], told


def test_what_was_chosen_for_it_is_asked_again(
    school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path
) -> None:
    with school.context.store.reading() as reading:
        call = next(one for one in reading.entries.of(story.pupil) if one.outcome.startswith("Says he overslept"))
    chosen = replace(story.request, left_out=(Choice(f"entry:{call.id}", "about his sister"),), duplex=True)
    reference = made(school, clock, chosen, tmp_path)
    assert lines(school, reference) == []
    with school.context.store.writing(school.context.deed("withdraw")) as writing:
        writing.entries.withdraw(call.id, "not so")
    assert not [line for line in lines(school, reference) if "overslept" in line]


def test_there_must_be_one(school: SmallSchool, story: Story) -> None:
    with pytest.raises(Refused, match="No bundle RB-2026-0009"):
        changed_since(school.context, "rb-2026-0009".upper())


def test_a_file_a_change_taken_back_a_sister_and_the_school_are_told(
    school: SmallSchool, story: Story, clock: StillClock, tmp_path: Path
) -> None:
    letter = add(school, story.pupil, EntryKind.LETTER, date(2026, 11, 12), "posted")
    sealed = add(school, story.pupil, EntryKind.LETTER, date(2026, 11, 12), "posted", restricted=True)
    reference = made(school, clock, story.request, tmp_path)
    with school.context.store.writing(school.context.deed("attach files")) as writing:
        writing.entries.attach(letter, "answer.txt", "text/plain", b"an answer")
        writing.entries.attach(sealed, "sealed.txt", "text/plain", b"a sealed one")
    for code in ("I", "/"):
        with school.context.store.writing(school.context.deed("register", "put right")) as writing:
            writing.marks.add([NewMark(story.pupil, date(2026, 11, 9), Half.AM, code, reason="put right")])
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), headteacher="Ms N Field"))
        sister = next(one for one in writing.book.all(Pupil) if one.legal_forename == "Niamh")
        writing.book.put(replace(sister, date_of_birth=date(2020, 6, 3)))
    told = lines(school, reference)
    assert "New file: “answer.txt”, with Letter, posted, of 12 November 2026" in told
    assert "Mon 9 Nov 2026 AM was changed meanwhile, and is / again: see its changes" in told
    assert "What is shown of brothers and sisters is otherwise" in told
    assert "The school’s own particulars are otherwise" in told
    assert "sealed" not in " ".join(told)
