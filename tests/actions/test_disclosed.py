"""What the reader of a bundle may know, on a real store: two homes, a sister, a sealed note, an earlier notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.actions.casefiles import read_case
from desktop_app.domain.bundle import Choice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.people import Address, Flag, FlagKind, Pattern, Person, Pupil
from desktop_app.domain.referrals import Disclosure
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.disclosed import OTHER_PARENT, disclose
from desktop_app.rules.protected import HELD
from desktop_app.rules.scrub import CHILD, PARENT, WITHHELD
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool

AT = datetime(2026, 11, 17, 9, 30)


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


def read(school: SmallSchool, story: Story, disclosure: Disclosure, parent: int | None = None) -> CaseFile:
    request = replace(story.request, parent=parent)
    with school.context.store.reading() as reading:
        file = read_case(school.context, reading, request)
    return replace(file, referral=replace(file.referral, disclosure=disclosure, per_parent=parent is not None))


def log(school: SmallSchool, story: Story, kind: EntryKind, outcome: str, *persons: int) -> int:
    with school.context.store.writing(school.context.deed("log")) as writing:
        return writing.entries.add(NewEntry(kind, AT, (story.pupil,), outcome, persons))


def words(file: CaseFile) -> str:
    return "\n".join(f"{entry.outcome} {entry.note}" for entry in file.entries)


def test_the_authority_sees_both_parents_and_the_sister_but_nothing_sealed(school: SmallSchool, story: Story) -> None:
    log(school, story, EntryKind.NOTE, "Came with Niamh Doyle")
    file = disclose(read(school, story, Disclosure.AUTHORITY))
    assert {one.person.id for one in file.parents} == {story.mother, story.father}
    assert len(file.siblings) == 1
    assert "Came with Niamh Doyle" in words(file)
    assert "SEALED" not in words(file)
    assert not any("SEALED" in one.what or "restricted" in one.what for one in file.left_out)


def test_the_court_sees_one_parent_and_no_other_child(school: SmallSchool, story: Story) -> None:
    log(school, story, EntryKind.NOTE, "Niamh is ill too; ring the father on 07700 900 777")
    log(school, story, EntryKind.PHONE_CALL, "Father says she keeps him home", story.father)
    log(school, story, EntryKind.PENALTY_NOTICE, "paid", story.mother)
    both = log(school, story, EntryKind.MEETING, "Held with both", story.mother, story.father)
    whole = read(school, story, Disclosure.COURT, story.mother)
    file = disclose(whole)
    assert [one.person.id for one in file.relatives] == [story.mother]
    assert file.siblings == ()
    assert f"{CHILD} is ill too; ring the father on {WITHHELD}" in words(file)
    assert "keeps him home" not in words(file)
    assert not any(entry.kind is EntryKind.PENALTY_NOTICE for entry in file.entries)
    assert both in {entry.id for entry in file.entries}
    assert file.names[story.father] == OTHER_PARENT
    assert {"Phone call, 17 November 2026", "Penalty notice, 17 November 2026"} <= {one.what for one in file.left_out}


def test_no_flag_timetable_or_policy_names_another_child(school: SmallSchool, story: Story) -> None:
    whole = read(school, story, Disclosure.COURT, story.mother)
    entry = next(one for one in whole.entries if one.kind is EntryKind.LETTER)
    said = {"what": "policy", "said": "Read to Niamh Doyle"}
    whole = replace(
        whole,
        flags=(Flag(1, story.pupil, FlagKind.MEDICAL, "as Niamh Doyle has", AT.date()),),
        patterns=(Pattern(1, story.pupil, "part-time", "1111110000", AT.date(), purpose="with Niamh Doyle"),),
        school_log=(replace(entry, kind=EntryKind.SCHOOL, details=said),),
    )
    file = disclose(whole)
    assert file.flags[0].value == f"as {CHILD} has"
    assert file.patterns[0].purpose == f"with {CHILD}"
    assert file.school_log[0].details["said"] == f"Read to {CHILD}"


def test_the_address_of_a_child_who_lives_with_the_other_parent_is_held(school: SmallSchool, story: Story) -> None:
    of_mother = disclose(read(school, story, Disclosure.COURT, story.mother))
    of_father = disclose(read(school, story, Disclosure.COURT, story.father))
    assert of_mother.pupil.address != HELD
    assert of_father.pupil.address == HELD
    assert "Quayside" not in repr(of_father.entries)


def test_a_man_whom_a_court_keeps_away_is_named_to_nobody(school: SmallSchool, story: Story) -> None:
    log(school, story, EntryKind.NOTE, "Wayne Grimsby was at the gate, of 1 Hidden Road")
    for disclosure in Disclosure:
        said = words(disclose(read(school, story, disclosure, story.mother)))
        assert "Grimsby" not in said
        assert "Hidden Road" not in said


def test_what_the_maker_leaves_out_is_out_with_what_was_added_to_it(school: SmallSchool, story: Story) -> None:
    whole = read(school, story, Disclosure.AUTHORITY)
    call = next(entry for entry in whole.entries if entry.outcome == "Says he overslept")
    chosen = (Choice(f"entry:{call.id}", "told in the meeting’s minutes"),)
    file = disclose(replace(whole, request=replace(whole.request, left_out=chosen)))
    assert "overslept" not in words(file)
    assert "Rang again at half past three" not in words(file)
    assert any(one.why == "told in the meeting’s minutes" for one in file.left_out)


def test_a_child_whom_an_entry_is_about_too_is_not_called_by_the_forename_in_it(
    school: SmallSchool, story: Story
) -> None:
    other = next(key for name, key in school.pupils.items() if name != "Doyle")
    with school.context.store.writing(school.context.deed("log")) as writing:
        child = writing.book.get(Pupil, other)
        assert child is not None
        called = f"{child.forename} hit him first, says {child.forename[0]}. {child.surname}"
        head = writing.entries.add(NewEntry(EntryKind.MEETING, AT, (story.pupil, other), called))
        writing.entries.add(NewEntry(EntryKind.NOTE, AT, (story.pupil,), f"{child.forename} was sorry", adds_to=head))
        writing.entries.add(NewEntry(EntryKind.NOTE, AT, (story.pupil,), f"A nurse, {child.forename}, rang"))
    for disclosure in Disclosure:
        said = words(disclose(read(school, story, disclosure, story.mother)))
        assert f"{CHILD} hit him first, says {CHILD}" in said
        assert f"{CHILD} was sorry" in said
        assert f"A nurse, {child.forename}, rang" in said


def test_middle_names_and_names_of_files_give_nobody_away(school: SmallSchool, story: Story) -> None:
    other = next(key for name, key in school.pupils.items() if name != "Doyle")
    with school.context.store.writing(school.context.deed("log")) as writing:
        child = writing.book.get(Pupil, other)
        assert child is not None
        writing.book.put(replace(child, middle_names="Éva Lou"))
        note = f"Seen with {child.legal_forename} Eva Lou {child.legal_surname}"
        entry = writing.entries.add(NewEntry(EntryKind.MEETING, AT, (story.pupil,), note))
        name = f"{child.legal_forename}_{child.legal_surname}-minutes.txt".lower()
        writing.entries.attach(entry, name, "text/plain", b"minutes")
    file = disclose(read(school, story, Disclosure.COURT, story.mother))
    assert f"Seen with {CHILD}" in words(file)
    assert f"{CHILD}-minutes.txt" in {one.shown_name for one in file.files}


def test_the_court_reads_no_name_of_the_other_parent_in_what_was_typed(school: SmallSchool, story: Story) -> None:
    said = "Karen Doyle came; Sean Doyle and Mr Doyle did not"
    log(school, story, EntryKind.MEETING, said, story.mother, story.father)
    of_mother = words(disclose(read(school, story, Disclosure.COURT, story.mother)))
    assert f"Karen Doyle came; {PARENT} and {PARENT} did not" in of_mother
    assert f"{PARENT} came; Sean Doyle and Mr Doyle did not" in words(
        disclose(read(school, story, Disclosure.COURT, story.father))
    )
    assert "Karen Doyle came; Sean Doyle" in words(disclose(read(school, story, Disclosure.AUTHORITY)))


def test_what_is_spelt_like_a_hidden_name_and_may_be_read_stays(school: SmallSchool, story: Story) -> None:
    """A mother, a teacher and the school may bear the name of another child, and the other parent live in its town."""
    others = [key for name, key in school.pupils.items() if name != "Doyle"]
    with school.context.store.writing(school.context.deed("set up")) as writing:
        known = writing.book.school()
        writing.book.put(replace(known, name="St Thomas More Primary School", address="1 Church Way, Southport"))
        for key, (fore, surname) in zip(others, [("Thomas", "More"), ("Karen", "Doyle")], strict=False):
            child = writing.book.get(Pupil, key)
            assert child is not None
            writing.book.put(
                replace(child, legal_forename=fore, legal_surname=surname, used_forename="", used_surname="")
            )
        father = writing.book.get(Person, story.father)
        assert father is not None
        writing.book.put(replace(father, address=Address(("9 Sand Street", "Southport"), "PR9 9AA")))
    said = "Karen Doyle rang St Thomas More Primary School in Southport; Thomas More saw Ryan José Doyle at 9 Sand St"
    log(school, story, EntryKind.MEETING, said, story.mother)
    file = disclose(read(school, story, Disclosure.COURT, story.mother))
    kept = f"Karen Doyle rang St Thomas More Primary School in Southport; {CHILD} saw Ryan José Doyle at {WITHHELD}"
    assert kept in words(file)
