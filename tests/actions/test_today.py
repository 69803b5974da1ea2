"""The office's morning: registers not yet taken, and the calling list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desktop_app.actions.chasing import Called, record_call
from desktop_app.actions.families import contacts
from desktop_app.actions.log import log
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.today import today
from desktop_app.actions.watching import due_of
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Answer, Person, Pupil, Tie
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.tasks import CHASE
from desktop_app.rules.chasing import Outcome
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.watching import LAST_YEAR

MORNING = Session(date(2026, 11, 20), Half.AM)


def test_a_register_is_overdue_only_after_it_closes(school: SmallSchool, clock: StillClock) -> None:
    state = today(school.context).registers[0]
    assert (state.class_name, state.pupils, state.marked, state.taken, state.minutes_overdue) == (
        "4B",
        6,
        0,
        False,
        None,
    )
    clock.set(2026, 11, 20, 9, 1)
    assert today(school.context).registers[0].minutes_overdue == 6
    fill_present(school.context, "4B", MORNING)
    done = today(school.context)
    assert (done.registers[0].taken, done.registers[0].minutes_overdue) == (True, None)
    assert (done.present, done.expected) == (6, 6)


def test_the_afternoon_joins_when_it_opens(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 13, 0)
    page = today(school.context)
    assert [state.session.half for state in page.registers] == [Half.AM, Half.PM]
    assert page.session == Session(date(2026, 11, 20), Half.PM)


def test_a_day_without_school_says_why_and_still_lists_the_unexplained(school: SmallSchool, clock: StillClock) -> None:
    write(school.context, [Edit(school.pupils["Doyle"], MORNING, "N")])
    clock.set(2026, 11, 21, 10, 0)
    page = today(school.context)
    assert (page.session, page.registers) == (None, ())
    assert page.why_closed == "a Saturday"
    assert [child.pupil.surname for family in page.calling for child in family.pupils] == ["Doyle"]


def test_siblings_are_one_call_and_today_comes_before_older_days(school: SmallSchool) -> None:
    context = school.context
    doyle, kaya, abara = (school.pupils[name] for name in ("Doyle", "Kaya", "Abara"))
    with context.store.writing(context.deed("families")) as writing:
        mother = next(tie.person for tie in writing.book.all(Tie) if tie.pupil == doyle)
        own = next(tie for tie in writing.book.all(Tie) if tie.pupil == kaya)
        writing.book.remove(own)
        writing.book.put(Tie(0, kaya, mother, "mother", Answer.YES, Answer.YES))
    write(context, [Edit(doyle, MORNING, "N"), Edit(kaya, MORNING, "N")])
    write(context, [Edit(abara, Session(date(2026, 11, 12), Half.AM), "N")])
    first, second = today(context).calling
    assert [child.pupil.surname for child in first.pupils] == ["Doyle", "Kaya"]
    assert (first.dial is not None, first.number) == (True, "07700 900005")
    assert [child.pupil.surname for child in second.pupils] == ["Abara"]


def test_what_was_done_today_is_said_and_an_explained_absence_leaves_the_list(school: SmallSchool) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    write(context, [Edit(doyle, MORNING, "N")])
    log(context, NewEntry(EntryKind.PHONE_CALL, datetime(2026, 11, 20, 8, 48), (doyle,), "left a message"))
    assert today(context).calling[0].last_words == "Phone call 08:48, nobody reached: left a message"
    write(context, [Edit(doyle, MORNING, "I")], "mother rang: ill")
    assert today(context).calling == ()


def test_a_parent_kept_away_by_a_court_is_never_on_the_calling_list(school: SmallSchool) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    with context.store.writing(context.deed("order")) as writing:
        tie = next(tie for tie in writing.book.all(Tie) if tie.pupil == doyle)
        writing.book.put(replace(tie, no_contact=True))
    write(context, [Edit(doyle, MORNING, "N")])
    family = today(context).calling[0]
    assert (family.dial, family.number) == (None, "")


def test_a_parent_kept_from_one_child_is_not_offered_in_a_call_about_both(school: SmallSchool) -> None:
    context, doyle, kaya = school.context, school.pupils["Doyle"], school.pupils["Kaya"]
    with context.store.writing(context.deed("order")) as writing:
        father = writing.book.put(Person(0, "Mr P Doyle"))
        writing.book.put(Tie(0, kaya, father, "father", priority=2))
        kept_away = Tie(0, doyle, father, "father", priority=2)
        number = writing.book.put(kept_away)
    both = {doyle, kaya}
    assert "Mr P Doyle" in {card.person.full_name for card in contacts(context, both)}
    with context.store.writing(context.deed("order")) as writing:
        writing.book.put(replace(kept_away, id=number, person=father, no_contact=True))
    assert "Mr P Doyle" not in {card.person.full_name for card in contacts(context, both)}
    assert "Mr P Doyle" in {card.person.full_name for card in contacts(context, {kaya})}


def test_a_child_who_has_left_is_listed_until_its_n_is_settled(school: SmallSchool, clock: StillClock) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    before = Session(date(2026, 11, 12), Half.PM)
    write(context, [Edit(doyle, before, "N")])
    with context.store.writing(context.deed("left")) as writing:
        child = writing.book.get(Pupil, doyle)
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 11, 13)))
        writing.book.put(Task(0, doyle, CHASE, date(2026, 11, 12), None, "Home visit"))
        writing.marks.add([NewMark(doyle, date(2026, 11, 16), Half.AM, "N")])
    (family,) = today(context).calling
    assert [(one.pupil.surname, one.sessions, one.gone) for one in family.pupils] == [
        ("Doyle", (before,), "left the roll on Fri 13 Nov")
    ]
    assert today(context).due == (), "what was to be done while the child was here is not"
    assert family.dial is not None
    record_call(context, Called(family.key, family.dial.channel.id, Outcome.NOT_SAFE))
    assert [one.task.text for one in today(context).due] == ["Call the second contact"]
    record_call(context, Called(family.key, family.dial.channel.id, Outcome.SPOKE, "had a cold", "I"))
    assert (today(context).calling, today(context).due) == ((), ())
    with context.store.reading() as reading:
        mark = reading.marks.at(doyle, before)
    assert mark is not None
    assert mark.code == "I"


def test_an_n_of_last_summer_is_to_be_called_about_and_watched(school: SmallSchool, clock: StillClock) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    july = [Session(date(2026, 7, 16), half) for half in HALVES]
    with context.store.writing(context.deed("last year")) as writing:
        writing.book.put_many(replace(one, id=0) for one in LAST_YEAR)
        writing.marks.add(NewMark(doyle, one.day, one.half, "N") for one in july)
        writing.marks.add([NewMark(doyle, date(2026, 8, 4), Half.AM, "N")])  # no session of the calendar
    (family,) = today(context).calling
    assert [(one.pupil.surname, one.sessions) for one in family.pupils] == [("Doyle", tuple(july))]
    (listed,) = [one for one in due_of(context, doyle, MORNING.day) if one.key == "reason-not-established"]
    assert [(one.day, one.half) for one in listed.sessions] == [(one.day, one.half) for one in july]
    assert family.dial is not None
    record_call(context, Called(family.key, family.dial.channel.id, Outcome.SPOKE, "was ill", "I"))
    assert today(context).calling == ()
