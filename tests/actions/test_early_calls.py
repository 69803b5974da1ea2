"""The early-call list: put on it by a person, worked before the registers, looked at again; nothing marked by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.actions.calling import Family
from desktop_app.actions.chasing import Called, record_early_call
from desktop_app.actions.early_calls import (
    early_list,
    early_proposals,
    put_on_list,
    spells_of,
    take_off_list,
)  # fmt: skip
from desktop_app.actions.holds import put_hold
from desktop_app.actions.log import withdraw
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.today import today
from desktop_app.domain.calls import Mornings
from desktop_app.domain.entries import REPORTED, EntryKind, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Answer, Tie
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.chasing import Outcome
from tests.support.clock import StillClock
from tests.support.letters import DAYS
from tests.support.schools import SmallSchool

DAY, REVIEW = date(2026, 11, 20), date(2026, 12, 11)
WHY = "Late on most mornings since half term."


@pytest.fixture
def early(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Twenty past eight on a Friday."""
    clock.set(2026, 11, 20, 8, 20)
    return school


def put_on(school: SmallSchool, name: str = "Doyle", first: date = DAY, review: date = REVIEW) -> int:
    return put_on_list(school.context, school.pupils[name], first, review, WHY)[0]


def open_tasks(school: SmallSchool) -> list[tuple[int, date]]:
    with school.context.store.reading() as reading:
        return [(one.pupil, one.due) for one in reading.book.all(Task) if one.closed_by is None]


def marked(school: SmallSchool, name: str, codes: str) -> None:
    """Its days from the third of September, a letter a morning; `/` is on time. Afternoons are there."""
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.marks.add(
            NewMark(school.pupils[name], day, half, "\\")
            if half is Half.PM
            else NewMark(school.pupils[name], day, half, code, 12 if code == "L" else None)
            for day, code in zip(DAYS, codes + "/" * (len(DAYS) - len(codes)), strict=True)
            for half in HALVES
            if day < DAY
        )


def the_family(school: SmallSchool) -> Family:
    (found,) = early_list(school.context).families
    return found


def called(school: SmallSchool, outcome: Outcome = Outcome.SPOKE, **more: object) -> Called:
    family = the_family(school)
    assert family.dial is not None
    return Called(family.key, family.dial.channel.id, outcome, **more)  # type: ignore[arg-type]


def test_a_person_puts_a_child_on_the_list_with_start_review_and_why(early: SmallSchool) -> None:
    entry = put_on(early, first=DAY + timedelta(3))
    assert early_list(early.context).lines == ()
    (line,) = early_list(early.context, DAY + timedelta(3)).lines
    spell = line.spell
    assert (spell.entry, spell.first, spell.review, spell.reason) == (entry, DAY + timedelta(3), REVIEW, WHY)
    assert spell.author.name == "Dr A Rahman"
    assert len(early_list(early.context, REVIEW).lines) == 1
    assert early_list(early.context, REVIEW + timedelta(1)).lines == ()
    assert open_tasks(early) == [(early.pupils["Doyle"], REVIEW)]
    with early.context.store.reading() as reading:
        assert reading.entries.of(early.pupils["Doyle"])[-1].kind is EntryKind.DECISION


@pytest.mark.parametrize(
    ("first", "review", "reason", "said"),
    [
        (DAY - timedelta(1), REVIEW, WHY, "mornings to come"),
        (DAY, DAY - timedelta(1), WHY, "before the first"),
        (DAY, DAY + timedelta(42), WHY, "within 42 days"),
        (DAY, REVIEW, "   ", "Say why"),
    ],
)
def test_days_that_cannot_be_and_no_reason_are_refused(
    early: SmallSchool, first: date, review: date, reason: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        put_on_list(early.context, early.pupils["Doyle"], first, review, reason)
    assert (spells_of(early.context, early.pupils["Doyle"]), open_tasks(early)) == ((), [])


def test_forty_two_days_are_the_most_and_nobody_is_on_it_twice(early: SmallSchool) -> None:
    put_on(early, review=DAY + timedelta(41))
    with pytest.raises(Refused, match="already"):
        put_on(early, first=DAY + timedelta(41), review=DAY + timedelta(50))
    put_on(early, first=DAY + timedelta(42), review=DAY + timedelta(50))
    assert len(spells_of(early.context, early.pupils["Doyle"])) == 2


def test_the_call_is_logged_by_the_same_rules_and_makes_no_mark(early: SmallSchool) -> None:
    put_on(early)
    chased, changes = record_early_call(early.context, called(early, note="Said they are on the way."))
    with early.context.store.reading() as reading:
        entry = reading.entries.get(chased.entry)
        assert reading.marks.at(early.pupils["Doyle"], Session(DAY, Half.AM)) is None
    assert entry is not None
    assert (entry.kind, entry.outcome, entry.note) == (EntryKind.PHONE_CALL, "Spoke", "Said they are on the way.")
    assert (entry.details["early"], REPORTED in entry.details, "code" in entry.details) == ("call", False, False)
    assert not changes.marks
    assert the_family(early).reached
    assert the_family(early).last_words.endswith("Ms K Doyle: Spoke")


def test_a_reason_given_before_school_is_said_to_whoever_marks_the_child_present(
    early: SmallSchool, clock: StillClock
) -> None:
    put_on(early)
    record_early_call(early.context, called(early, note="Has a temperature.", code="I"))
    clock.set(2026, 11, 20, 8, 50)
    write(early.context, [Edit(early.pupils["Doyle"], Session(DAY, Half.AM), "/")])
    (came,) = today(early.context).came
    assert (came.pupil.id, came.message) == (early.pupils["Doyle"], "08:20: Has a temperature.")


def test_whoever_said_before_school_that_they_were_coming_and_did_not_is_called_again(
    early: SmallSchool, clock: StillClock
) -> None:
    put_on(early)
    record_early_call(early.context, called(early, note="Said they are on the way."))
    clock.set(2026, 11, 20, 9, 10)
    write(early.context, [Edit(early.pupils["Doyle"], Session(DAY, Half.AM), "N")])
    (family,) = today(early.context).calling
    assert (family.reached, family.dial is not None and family.dial.tried) == (False, False)
    assert family.tried == ("Phone call 08:20, Ms K Doyle: Spoke",)
    clock.set(2026, 11, 20, 10, 0)
    (family,) = today(early.context).calling
    assert family.silence.startswith("No contact by 10:00.")


def test_nobody_can_say_before_school_that_a_child_is_not_safe(early: SmallSchool) -> None:
    put_on(early)
    assert (the_family(early).step, the_family(early).silence) == ("", "")
    with pytest.raises(Refused, match="not late yet"):
        record_early_call(early.context, called(early, Outcome.NOT_SAFE))


def test_a_call_about_a_child_who_is_not_on_the_list_is_refused(early: SmallSchool) -> None:
    put_on(early)
    made = called(early)
    take_off_list(early.context, spells_of(early.context, early.pupils["Doyle"])[0].entry, "They come on time now.")
    with pytest.raises(Refused, match="any more"):
        record_early_call(early.context, made)


def test_taken_off_before_a_call_yesterday_was_the_last_morning_and_after_one_today(early: SmallSchool) -> None:
    put_on(early)
    record_early_call(early.context, called(early))
    take_off_list(early.context, spells_of(early.context, early.pupils["Doyle"])[0].entry, "They come on time now.")
    (spell,) = spells_of(early.context, early.pupils["Doyle"])
    assert (spell.last, spell.why) == (DAY, "They come on time now.")
    assert open_tasks(early) == []
    entry = put_on(early, "Kaya")
    take_off_list(early.context, entry, "Put on by mistake.")
    assert not spells_of(early.context, early.pupils["Kaya"])[0].holds(DAY)
    with pytest.raises(Refused, match="already"):
        take_off_list(early.context, entry, "Again.")
    with pytest.raises(Refused, match="not on the early-call list"):
        take_off_list(early.context, entry + 100, "Nobody.")


def test_a_decision_that_is_withdrawn_takes_its_task_with_it(early: SmallSchool) -> None:
    entry = put_on(early)
    withdraw(early.context, entry, "The wrong child.")
    assert (early_list(early.context).lines, open_tasks(early)) == ((), [])


def test_a_family_that_is_held_is_neither_put_on_nor_rung(early: SmallSchool) -> None:
    put_on(early)
    put_hold(early.context, early.pupils["Doyle"], DAY, None, "sealed words")
    assert (the_family(early).held, the_family(early).number) == (True, "")
    assert early_list(early.context).lines[0].held
    with pytest.raises(Refused, match="see the DSL"):
        record_early_call(early.context, Called(the_family(early).key, 1, Outcome.SPOKE))
    put_hold(early.context, early.pupils["Kaya"], DAY, None, "sealed words")
    with pytest.raises(Refused, match="see the DSL"):
        put_on(early, "Kaya")


def test_who_is_kept_from_the_child_is_never_rung(early: SmallSchool) -> None:
    put_on(early)
    with early.context.store.writing(early.context.deed("set up")) as writing:
        (tie,) = (one for one in writing.book.all(Tie) if one.pupil == early.pupils["Doyle"])
        writing.book.put(replace(tie, no_contact=True, responsibility=Answer.UNKNOWN))
    assert the_family(early).dials.numbers == ()


def test_it_is_proposed_where_mornings_are_late_and_a_pattern_says_so(early: SmallSchool) -> None:
    late = "/" * (len([day for day in DAYS if day < DAY]) - 8) + "L" * 4
    marked(early, "Doyle", late)
    marked(early, "Kaya", late[:-1])  # three mornings: one fewer than the school's number
    (found,) = early_proposals(early.context)
    assert found.pupil.id == early.pupils["Doyle"]
    assert any(words.startswith("Late 4 times, 48 minutes") for words in found.says)
    put_on(early)
    assert early_proposals(early.context) == ()


def test_did_it_help_says_mornings_on_time_before_and_since(early: SmallSchool, clock: StillClock) -> None:
    marked(early, "Doyle", "L" * len([day for day in DAYS if day < DAY]))
    put_on(early)
    (line,) = early_list(early.context).lines
    assert (line.before.on_time, line.since) == (0, Mornings(0, 0))
    assert line.before.counted > 20
    clock.set(2026, 11, 20, 8, 50)
    write(early.context, [Edit(early.pupils["Doyle"], Session(DAY, Half.AM), "/")])
    assert early_list(early.context).lines[0].since == Mornings(1, 1)


def test_a_class_teacher_of_another_class_sees_nothing_of_it(early: SmallSchool) -> None:
    put_on(early)
    staff = replace(early.context.staff, role=Role.TEACHER, classes=("2A",))
    other = replace(early.context, staff=staff, alone=False)
    with pytest.raises(NotAllowed):
        early_list(other)
    reads = replace(other, staff=replace(staff, rights=("read-log",)))
    assert early_list(reads).lines == ()
    with pytest.raises(Refused):
        put_on_list(other, early.pupils["Kaya"], DAY, REVIEW, WHY)
