"""The morning desk's deeds: what each outcome of a call writes, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from desktop_app.actions.calling import Family
from desktop_app.actions.chasing import Called, record_call, record_told
from desktop_app.actions.families import contacts
from desktop_app.actions.register import undo, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.today import TodayPage, today
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import (
    Answer,
    Channel,
    ChannelKind,
    Flag,
    FlagKind,
    Hold,
    Membership,
    Person,
    Tie,
)  # fmt: skip
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.chasing import CONTACT_BY, STEPS, WRONG, Outcome
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil

DAY = date(2026, 11, 20)
MORNING, AFTERNOON = Session(DAY, Half.AM), Session(DAY, Half.PM)


@pytest.fixture
def morning(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Ryan and Amy Doyle and Hamza Chaudhry are N at ten past nine; the Doyles have a father with a number too."""
    context = school.context
    with context.store.writing(context.deed("family")) as writing:
        amy = school.pupils["Amy"] = writing.book.put(pupil("Doyle", "Amy", 20))
        writing.book.put(Membership(0, amy, "2A", "2", date(2026, 9, 1)))
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == school.pupils["Doyle"])
        writing.book.put(Tie(0, amy, mother, "mother", Answer.YES, Answer.YES))
        father = school.pupils["father"] = writing.book.put(Person(0, "Mr P Doyle", "Mr"))
        writing.book.put_many(Tie(0, key, father, "father", priority=2) for key in (school.pupils["Doyle"], amy))
        writing.book.put(Channel(0, father, ChannelKind.PHONE, "07700 900 777"))
    write(context, [Edit(school.pupils[name], MORNING, "N") for name in ("Doyle", "Amy", "Chaudhry")])
    clock.set(2026, 11, 20, 9, 10)
    return school


def family(school: SmallSchool, name: str = "Doyle") -> Family:
    return next(one for one in today(school.context).calling if school.pupils[name] in one.key)


def made(school: SmallSchool, outcome: Outcome, name: str = "Doyle", **more: object) -> Called:
    here = family(school, name)
    assert here.dial is not None
    return Called(here.key, here.dial.channel.id, outcome, **more)  # type: ignore[arg-type]


def entries(school: SmallSchool, name: str = "Doyle") -> list[Entry]:
    with school.context.store.reading() as reading:
        return reading.entries.of(school.pupils[name])


def code(school: SmallSchool, name: str, session: Session = MORNING) -> str:
    with school.context.store.reading() as reading:
        found = reading.marks.at(school.pupils[name], session)
    return found.code if found else ""


def tasks(school: SmallSchool) -> list[Task]:
    with school.context.store.reading() as reading:
        return [one for one in reading.book.all(Task) if one.closed_by is None]


def put(school: SmallSchool, *facts: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put_many(facts)  # type: ignore[arg-type]


def links(school: SmallSchool) -> str:
    with school.context.store.reading() as reading:
        return reading.chain_head


def test_a_reason_is_written_for_all_the_siblings_with_its_call_and_the_call_is_the_reason(
    morning: SmallSchool,
) -> None:
    called = made(morning, Outcome.SPOKE, code="I", note="Both have a temperature.")
    chased, changes = record_call(morning.context, called)
    assert (code(morning, "Doyle"), code(morning, "Amy"), code(morning, "Chaudhry")) == ("I", "I", "N")
    entry = entries(morning)[-1]
    assert (entry.id, entry.outcome, entry.note, len(entry.persons)) == (
        chased.entry, "Spoke", "Both have a temperature.", 1,
    )  # fmt: skip
    with morning.context.store.reading() as reading:
        change = reading.marks.history(morning.pupils["Amy"], DAY, DAY)[-1]
    assert (change.amends, change.reason) == (True, "Phone call 09:10, Ms K Doyle: Both have a temperature.")
    assert (changes.marks, changes.entries) == (True, True)
    undo(morning.context, chased.written)
    assert code(morning, "Amy") == "N"


def test_only_the_children_chosen_are_given_the_reason(morning: SmallSchool) -> None:
    record_call(morning.context, made(morning, Outcome.SPOKE, code="I", pupils=(morning.pupils["Amy"],)))
    assert (code(morning, "Amy"), code(morning, "Doyle")) == ("I", "N")


@pytest.mark.parametrize("wrong", ["B", "ZZ", "X"])
def test_a_code_that_cannot_stand_leaves_neither_mark_nor_entry(morning: SmallSchool, wrong: str) -> None:
    before = links(morning)
    with pytest.raises(Refused):
        record_call(morning.context, made(morning, Outcome.SPOKE, code=wrong))
    assert (entries(morning), code(morning, "Doyle"), links(morning)) == ([], "N", before)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Outcome.MESSAGE, "Left a message for Ms K Doyle"), (Outcome.NO_ANSWER, "No answer from Ms K Doyle")],
)
def test_an_unanswered_call_reaches_nobody_and_the_next_number_is_the_fathers(
    morning: SmallSchool, outcome: Outcome, words: str
) -> None:
    record_call(morning.context, made(morning, outcome))
    entry = entries(morning)[-1]
    assert (entry.persons, entry.outcome) == ((), words)
    here = family(morning)
    assert (here.number, here.dial and here.dial.position, here.dial and here.dial.of) == ("07700 900 777", 2, 2)
    assert code(morning, "Doyle") == "N"


def test_the_number_that_answered_is_said_to_have_next_time(morning: SmallSchool, clock: StillClock) -> None:
    record_call(morning.context, made(morning, Outcome.SPOKE))
    clock.set(2026, 11, 23, 9, 0)
    here = family(morning)
    assert here.dial is not None
    assert here.dial.cautions == ("answered last time",)


def test_a_wrong_number_says_so_goes_last_and_is_not_dialled_again(morning: SmallSchool) -> None:
    called = made(morning, Outcome.WRONG_NUMBER)
    record_call(morning.context, called)
    with morning.context.store.reading() as reading:
        channel = reading.book.get(Channel, called.channel)
        versions = reading.book.history(Channel, called.channel)
    assert channel is not None
    assert (channel.label, channel.priority, channel.value, len(versions)) == (WRONG, 2, "07700 900005", 2)
    assert [one.channel.value for one in family(morning).dials.numbers] == ["07700 900 777"]


def test_a_number_wrong_for_one_is_doubted_for_every_other_who_has_it(morning: SmallSchool, clock: StillClock) -> None:
    hamza = morning.pupils["Chaudhry"]
    with morning.context.store.reading() as reading:
        mother = next(one.person for one in reading.book.all(Tie) if one.pupil == hamza)
    put(morning, Channel(0, mother, ChannelKind.PHONE, "07700-900005", priority=0, checked=date(2026, 9, 2)))
    assert [one.doubt for one in family(morning, "Chaudhry").dials.numbers] == ["", ""]
    record_call(morning.context, made(morning, Outcome.WRONG_NUMBER))
    words = "found to be wrong on Fri 20 Nov, when it was dialled for somebody else"
    first, second = family(morning, "Chaudhry").dials.numbers
    assert (first.channel.value, first.doubt, words in first.cautions) == ("07700-900005", words, True)
    assert (second.doubt, [one.doubt for one in family(morning).dials.numbers]) == ("", [""])
    cards = contacts(morning.context, [hamza])
    assert [doubt.words for card in cards for doubt in card.doubts] == [words]
    clock.set(2026, 11, 20, 9, 20)
    record_call(morning.context, made(morning, Outcome.SPOKE, "Chaudhry"))
    assert [one.doubt for one in family(morning, "Chaudhry").dials.numbers] == ["", ""], "somebody answered there"


def test_not_safe_is_an_escalation_with_the_next_step_as_a_task_and_speaking_closes_it(morning: SmallSchool) -> None:
    put(morning, Setting(STEPS, "ring the aunt; home visit"))
    chased, _ = record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    assert chased.step == "ring the aunt"
    assert [one.kind for one in entries(morning)] == [EntryKind.PHONE_CALL, EntryKind.ESCALATION]
    assert {(one.pupil, one.due, one.text) for one in tasks(morning)} == {
        (morning.pupils[name], DAY, "Ring the aunt") for name in ("Doyle", "Amy")
    }
    assert family(morning).step == "home visit"
    record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    assert {one.text for one in tasks(morning)} == {"Home visit"}
    assert [one.task.text for one in today(morning.context).due] == ["Home visit", "Home visit"]
    record_call(morning.context, made(morning, Outcome.SPOKE))
    assert tasks(morning) == []


def ended(school: SmallSchool) -> list[tuple[str, str, bool]]:
    kept = [one for one in entries(school) if one.kind is EntryKind.SEEN_TO]
    return [(one.outcome, one.note, one.withdrawn is not None) for one in kept]


def test_a_chase_ends_by_itself_when_a_later_mark_says_where_the_child_is(
    morning: SmallSchool, clock: StillClock
) -> None:
    record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    clock.set(2026, 11, 20, 13, 5)
    _, changes = write(morning.context, [Edit(morning.pupils["Doyle"], AFTERNOON, "\\")])
    assert [one.pupil for one in tasks(morning)] == [morning.pupils["Amy"]], "of the child who came alone"
    words = "Ended by itself: the register has \\ (Present, afternoon) for Fri 20 Nov, afternoon"
    assert ended(morning) == [(words, "Call the second contact", False)]
    assert (changes.marks, changes.entries, changes.book) == (True, True, True)
    assert "13:05: Ended by itself" in family(morning).last_words, "the morning still wants its reason"
    with morning.context.store.reading() as reading:
        task = next(one for one in reading.book.all(Task) if one.pupil == morning.pupils["Doyle"])
        history = reading.book.history(Task, task.id)
    assert [one.fact.closed_by is None for one in history if one.fact] == [True, False]


def test_a_reason_in_the_register_ends_a_chase_and_o_or_another_n_does_not(morning: SmallSchool) -> None:
    record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    ryan, amy = morning.pupils["Doyle"], morning.pupils["Amy"]
    write(morning.context, [Edit(amy, MORNING, "O")], "nobody said why")
    assert {one.pupil for one in tasks(morning)} == {ryan, amy}
    write(morning.context, [Edit(ryan, AFTERNOON, "M")])
    assert {one.pupil for one in tasks(morning)} == {ryan, amy}, "that session has not begun"
    write(morning.context, [Edit(ryan, MORNING, "I")], "the mother wrote")
    assert {one.pupil for one in tasks(morning)} == {amy}


def test_a_mark_that_is_taken_back_opens_the_chase_again(morning: SmallSchool) -> None:
    record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    written, _ = write(morning.context, [Edit(morning.pupils["Doyle"], MORNING, "/")], "seen in class")
    assert [one.pupil for one in tasks(morning)] == [morning.pupils["Amy"]]
    undo(morning.context, written)
    assert {one.pupil for one in tasks(morning)} == {morning.pupils["Doyle"], morning.pupils["Amy"]}
    assert [taken_back for *_, taken_back in ended(morning)] == [True], "what it said stays readable"


def test_a_reason_on_the_telephone_ends_a_chase_once(morning: SmallSchool) -> None:
    record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    chased, _ = record_call(morning.context, made(morning, Outcome.SPOKE, code="I", note="a cold"))
    with morning.context.store.reading() as reading:
        assert {one.closed_by for one in reading.book.all(Task)} == {chased.entry}
    assert ended(morning) == []


def test_silence_turns_red_at_the_schools_hour_until_somebody_is_reached(
    morning: SmallSchool, clock: StillClock
) -> None:
    assert family(morning).silence == ""
    put(morning, Setting(CONTACT_BY, "09:30"))
    clock.set(2026, 11, 20, 9, 30)
    assert family(morning).silence == "No contact by 09:30. Next: call the second contact"
    record_call(morning.context, made(morning, Outcome.NO_ANSWER))
    assert family(morning).silence != ""
    record_call(morning.context, made(morning, Outcome.SPOKE))
    assert family(morning).silence == ""


def test_a_family_on_hold_says_see_the_dsl_and_nothing_more_for_brother_and_sister(morning: SmallSchool) -> None:
    open_call = made(morning, Outcome.NO_ANSWER)
    put(morning, Hold(0, morning.pupils["Amy"], DAY, sealed="sealed words"))
    for name in ("Doyle", "Amy"):
        held = family(morning, name)
        assert (held.held, held.dial, held.number, held.last_words, held.silence) == (True, None, "", "", "")
        assert "07700" not in repr(held.dials)
    assert not family(morning, "Chaudhry").held
    with pytest.raises(Refused, match="see the DSL"):
        record_call(morning.context, open_call)
    assert entries(morning) == []


def test_no_message_is_left_where_none_may_be_and_nobody_barred_is_called(morning: SmallSchool) -> None:
    called = made(morning, Outcome.MESSAGE)
    with morning.context.store.reading() as reading:
        mine = [one for one in reading.book.all(Tie) if one.pupil == morning.pupils["Amy"] and one.priority == 1]
    put(morning, replace(mine[0], may_leave_message=False))
    with pytest.raises(Refused, match="No message may be left for Ms K Doyle"):
        record_call(morning.context, called)
    put(morning, replace(mine[0], may_contact=False))
    with pytest.raises(Refused, match="not one to call"):
        record_call(morning.context, replace(called, outcome=Outcome.NO_ANSWER, family=(morning.pupils["Amy"],)))
    assert entries(morning) == []


def test_the_vulnerable_come_first_with_who_must_be_told_and_a_tick_when_told(morning: SmallSchool) -> None:
    hamza = morning.pupils["Chaudhry"]
    assert today(morning.context).calling[0].pupils[0].pupil.surname == "Chaudhry"  # by name alone
    put(morning, Flag(0, morning.pupils["Doyle"], FlagKind.LOOKED_AFTER, "", date(2026, 9, 1)))
    first = today(morning.context).calling[0]
    ryan = next(one for one in first.pupils if one.pupil.id == morning.pupils["Doyle"])
    assert (ryan.first_because, ryan.untold) == (("looked after",), ("social worker", "virtual school"))
    record_told(morning.context, ryan.pupil.id, "virtual school")
    again = next(one for one in family(morning).pupils if one.pupil.id == ryan.pupil.id)
    assert (again.told, again.untold) == (("virtual school",), ("social worker",))
    told = entries(morning)[-1]
    assert (told.kind, told.outcome, told.note) == (EntryKind.TOLD, "Told the virtual school", "")
    with pytest.raises(Refused, match="already"):
        record_told(morning.context, ryan.pupil.id, "virtual school")
    with pytest.raises(Refused, match="Nobody need tell"):
        record_told(morning.context, hamza, "social worker")


def test_a_child_who_comes_after_a_message_is_shown_with_what_was_said(morning: SmallSchool, clock: StillClock) -> None:
    record_call(morning.context, made(morning, Outcome.SPOKE, code="I", note="temperature"))
    assert today(morning.context).came == ()
    clock.set(2026, 11, 20, 13, 5)
    write(morning.context, [Edit(morning.pupils["Amy"], AFTERNOON, "\\")])
    (came,) = today(morning.context).came
    assert (came.pupil.forename, came.session, came.code, came.message) == (
        "Amy", AFTERNOON, "\\", "09:10: temperature",
    )  # fmt: skip


def test_an_appointment_in_the_morning_says_nothing_of_the_afternoon(morning: SmallSchool, clock: StillClock) -> None:
    record_call(morning.context, made(morning, Outcome.SPOKE, code="M", note="dentist"))
    clock.set(2026, 11, 20, 13, 5)
    write(morning.context, [Edit(morning.pupils["Amy"], AFTERNOON, "\\")])
    assert today(morning.context).came == ()


def test_a_class_teacher_sees_who_is_absent_and_neither_number_nor_flag(morning: SmallSchool) -> None:
    put(morning, Flag(0, morning.pupils["Doyle"], FlagKind.SOCIAL_WORKER, "Ms Okafor", date(2026, 9, 1)))
    record_call(morning.context, made(morning, Outcome.NO_ANSWER))
    for role in (Role.TEACHER, Role.SUPPLY, Role.INSPECTOR):
        staff = replace(morning.context.staff, role=role, classes=("4B", "2A"))
        context = replace(morning.context, staff=staff, alone=False)
        page: TodayPage = today(context)
        assert len(page.calling) == 2
        assert all(one.office_only and not one.number for one in page.calling)
        assert "social worker" not in repr(page)
        assert "07700" not in repr(page)


def test_who_may_not_take_registers_logs_a_call_and_gives_no_code(morning: SmallSchool) -> None:
    dsl = replace(morning.context, staff=replace(morning.context.staff, role=Role.DSL), alone=False)
    called = made(morning, Outcome.SPOKE, code="I")
    with pytest.raises(NotAllowed):
        record_call(dsl, called)
    assert entries(morning) == []
    record_call(dsl, replace(called, code=""))
    assert entries(morning)[-1].outcome == "Spoke"


def test_after_noon_the_numbers_come_round_again(morning: SmallSchool, clock: StillClock) -> None:
    record_call(morning.context, made(morning, Outcome.NO_ANSWER))
    assert family(morning).dial is not None
    assert family(morning).number == "07700 900 777"
    clock.set(2026, 11, 20, 12, 30)
    assert (family(morning).number, time(12, 30)) == ("07700 900005", time(12, 30))


def test_without_a_number_the_next_step_is_taken_and_no_call_is_made_up(morning: SmallSchool) -> None:
    children = (morning.pupils["Doyle"], morning.pupils["Amy"])
    called = Called(children, 0, Outcome.NOT_SAFE, "Nobody on record.")
    chased, changes = record_call(morning.context, called)
    (step,) = entries(morning)
    assert (step.id, step.kind, step.note) == (chased.entry, EntryKind.ESCALATION, "Nobody on record.")
    assert {(one.pupil, one.text) for one in tasks(morning)} == {(key, "Call the second contact") for key in children}
    assert (changes.marks, changes.entries, chased.written) == (False, True, ())
    with pytest.raises(Refused):
        record_call(morning.context, replace(called, outcome=Outcome.NO_ANSWER))
    with pytest.raises(Refused):
        record_call(morning.context, replace(called, pupils=(morning.pupils["Chaudhry"],)))
    assert len(entries(morning)) == 1


def test_what_was_tried_is_said_newest_first_and_a_step_only_once(morning: SmallSchool, clock: StillClock) -> None:
    record_call(morning.context, made(morning, Outcome.NO_ANSWER))
    assert not family(morning).reached
    clock.set(2026, 11, 20, 9, 20)
    record_call(morning.context, made(morning, Outcome.NOT_SAFE))
    assert [words.split(",")[0] for words in family(morning).tried] == ["Phone call 09:20", "Phone call 09:10"]
    record_call(morning.context, made(morning, Outcome.SPOKE, note="on the way"))
    assert family(morning).reached
