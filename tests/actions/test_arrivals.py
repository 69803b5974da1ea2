"""Who arrived elsewhere: places to ask, one deed for each answer, and what it leaves in register, log and tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.arrivals import Answer, Place, answer, arrivals, phone_of, set_phone, to_confirm
from desktop_app.actions.clock import say_clock_is_right
from desktop_app.actions.log import withdraw
from desktop_app.actions.plans import plan
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.settle import settle
from desktop_app.actions.tasks import close_task
from desktop_app.actions.timetables import set_timetable
from desktop_app.actions.today import today
from desktop_app.domain.errors import NeedsReason, NotAllowed, Refused
from desktop_app.domain.people import Pattern
from desktop_app.domain.school import ClosedWeek, Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.arrivals import How, Outcome
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.tasks import tasks_due

FRIDAY = date(2026, 11, 20)
AM, PM = Session(FRIDAY, Half.AM), Session(FRIDAY, Half.PM)


def marks(school: SmallSchool, surname: str, day: date = FRIDAY) -> list[tuple[str, str]]:
    with school.context.store.reading() as reading:
        return [(one.code, one.note) for one in reading.marks.between(day, day, [school.pupils[surname]])]


def trip(school: SmallSchool, *surnames: str, first: date = FRIDAY) -> None:
    wanted = Plan(0, 0, "V", first, Half.AM, FRIDAY, Half.PM, note="museum")
    plan(school.context, wanted, [school.pupils[one] for one in surnames])


def weekly(school: SmallSchool, surname: str, kind: str, **more: str) -> None:
    wanted = Pattern(0, school.pupils[surname], kind, "1111111100", FRIDAY, **more)  # type: ignore[arg-type]
    set_timetable(school.context, wanted)


def says(school: SmallSchool, outcome: Outcome, *surnames: str, session: Session = AM, **more: str) -> Answer:
    given: dict[str, object] = {"said_by": "Ms T Vale", "how": How.OWN_STAFF} | more
    return Answer(session, tuple(school.pupils[one] for one in surnames), outcome, **given)  # type: ignore[arg-type]


def head(school: SmallSchool) -> object:
    with school.context.store.reading() as reading:
        return reading.chain_head


def names(place: Place) -> list[str]:
    return [one.pupil.surname for one in place.pupils]


def test_who_arrived_keeps_who_said_so_and_how(school: SmallSchool) -> None:
    trip(school, "Kaya", "Doyle")
    (place,) = arrivals(school.context)
    assert (place.session, place.code, place.about, names(place)) == (AM, "V", "museum", ["Doyle", "Kaya"])
    assert answer(school.context, says(school, Outcome.ARRIVED, "Doyle")).marks
    assert marks(school, "Doyle") == [("V", "museum (arrived: Ms T Vale, own staff, there with them)")]
    assert names(arrivals(school.context)[0]) == ["Kaya"]


def test_a_trip_of_a_class_is_one_deed_and_waits_for_somebody_who_saw_them(
    school: SmallSchool, clock: StillClock
) -> None:
    wanted = Plan(0, 0, "V", FRIDAY, Half.AM, FRIDAY, Half.PM, note="museum")
    made, _ = plan(school.context, wanted, list(school.pupils.values()))
    assert {one.group for one in made.plans} == {made.plans[0].id}
    fill_present(school.context, "4B", AM)
    assert not any(marks(school, surname) for surname in school.pupils)
    (place,) = arrivals(school.context)
    assert (place.code, place.about, len(place.pupils)) == ("V", "museum", 6)
    answer(school.context, says(school, Outcome.ARRIVED, *(one for one in names(place) if one != "Kaya")))
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya"))
    assert [one for one, _ in marks(school, "Kaya")] == ["N"]
    assert [one for one, _ in marks(school, "Doyle")] == ["V"]
    assert arrivals(school.context) == ()
    clock.set(2026, 11, 23, 8, 0)
    assert not settle(school.context).marks
    (place,) = arrivals(school.context)
    assert (place.session, len(place.pupils)) == (PM, 6)


def test_today_counts_what_the_list_shows(school: SmallSchool, clock: StillClock) -> None:
    """The other school of this morning, and yesterday’s trip; before the register opens nobody can have arrived."""
    weekly(school, "Doyle", "dual", provider="Oak School")
    trip(school, "Kaya", first=date(2026, 11, 19))
    assert today(school.context).to_confirm == to_confirm(arrivals(school.context)) == 4
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Doyle"))
    assert today(school.context).to_confirm == to_confirm(arrivals(school.context)) == 3
    clock.set(2026, 11, 20, 7, 45)
    assert today(school.context).to_confirm == to_confirm(arrivals(school.context)) == 2


@pytest.mark.parametrize(("code", "stands"), [("N", "N"), ("I", "I"), ("/", "/")])
def test_who_did_not_go_has_the_mark_that_was_said(school: SmallSchool, code: str, stands: str) -> None:
    trip(school, "Kaya")
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya", code=code))
    assert [one for one, _ in marks(school, "Kaya")] == [stands]
    called = {child.pupil.surname for family in today(school.context).calling for child in family.pupils}
    assert called == ({"Kaya"} if code == "N" else set())


def test_no_reply_leaves_the_mark_missing_and_asks_again_until_there_is_word(school: SmallSchool) -> None:
    weekly(school, "Kaya", "alternative", code="K", provider="Hope Farm", note="animal care")
    set_phone(school.context, "hope  farm", "0151 496 0123")
    assert phone_of(school.context, "Hope Farm") == "0151 496 0123"
    (place,) = arrivals(school.context)
    assert (place.code, place.provider, place.phone) == ("K", "Hope Farm", "0151 496 0123")
    answer(school.context, says(school, Outcome.NO_REPLY, "Kaya", said_by=""))
    assert marks(school, "Kaya") == []
    assert arrivals(school.context)[0].pupils[0].said == "no reply 08:50"
    (due,) = tasks_due(school.context, FRIDAY)
    assert due.text == "Ask again who arrived, Fri 20 Nov, morning: Hope Farm, 0151 496 0123"
    assert [one.task.text for one in today(school.context).due] == [due.text]
    answer(school.context, says(school, Outcome.ARRIVED, "Kaya", said_by="Mr B Hay", how=How.PROVIDER))
    assert marks(school, "Kaya") == [("K", "Hope Farm: animal care (arrived: Mr B Hay, told by the provider)")]
    assert tasks_due(school.context, FRIDAY) == ()
    assert arrivals(school.context) == ()


def test_at_the_other_school_d_stands_and_somebody_finds_out(school: SmallSchool, clock: StillClock) -> None:
    weekly(school, "Kaya", "dual", provider="Oak School")
    weekly(school, "Doyle", "dual", provider="Oak School")
    assert names(arrivals(school.context)[0]) == ["Doyle", "Kaya"]
    answer(school.context, says(school, Outcome.ARRIVED, "Doyle"))
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya"))
    assert arrivals(school.context) == ()
    assert marks(school, "Kaya") == []
    assert [one.text for one in tasks_due(school.context, FRIDAY)] == [
        "Did not arrive at Oak School, Fri 20 Nov, morning: find out where the child is"
    ]
    clock.set(2026, 11, 20, 13, 5)
    assert [one.session for one in arrivals(school.context)] == [PM]


def found(school: SmallSchool) -> list[str]:
    return [one.text for one in tasks_due(school.context, FRIDAY)]


def test_finding_a_child_is_not_closed_by_an_answer_about_another_session(school: SmallSchool) -> None:
    """Yesterday’s museum says nothing about where the child is this morning."""
    weekly(school, "Kaya", "dual", provider="Oak School")
    thursday = date(2026, 11, 19)
    plan(school.context, Plan(0, 0, "V", thursday, Half.AM, thursday, Half.PM, note="museum"), [school.pupils["Kaya"]])
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya"))
    assert len(found(school)) == 1
    answer(school.context, says(school, Outcome.ARRIVED, "Kaya", session=Session(thursday, Half.AM)))
    answer(school.context, says(school, Outcome.NO_REPLY, "Kaya", session=Session(thursday, Half.PM)))
    assert found(school) == [
        "Did not arrive at Oak School, Fri 20 Nov, morning: find out where the child is",
        "Ask again who arrived, Thu 19 Nov, afternoon: museum",
    ]


def test_no_reply_never_stands_in_for_finding_the_child(school: SmallSchool, clock: StillClock) -> None:
    """Neither that of the afternoon, nor that of the same session once the answer before was withdrawn."""
    weekly(school, "Kaya", "dual", provider="Oak School")
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya"))
    with school.context.store.reading() as reading:
        (entry,) = reading.entries.of(school.pupils["Kaya"])
    withdraw(school.context, entry.id, "meant another child")
    answer(school.context, says(school, Outcome.NO_REPLY, "Kaya", said_by=""))
    seek = "Did not arrive at Oak School, Fri 20 Nov, morning: find out where the child is"
    assert found(school) == [seek]
    clock.set(2026, 11, 20, 13, 5)
    answer(school.context, says(school, Outcome.NO_REPLY, "Kaya", said_by="", session=PM))
    assert found(school) == [seek, "Ask again who arrived, Fri 20 Nov, afternoon: Oak School"]
    answer(school.context, says(school, Outcome.ARRIVED, "Kaya"))
    assert found(school) == ["Ask again who arrived, Fri 20 Nov, afternoon: Oak School"]


def test_a_persons_words_close_the_finding_of_a_child(school: SmallSchool) -> None:
    weekly(school, "Kaya", "dual", provider="Oak School")
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya"))
    (task,) = tasks_due(school.context, FRIDAY)
    close_task(school.context, task.id, "at home, her mother rang")
    assert found(school) == []


def test_a_trip_of_yesterday_is_still_asked_about_and_this_afternoon_not_yet(school: SmallSchool) -> None:
    trip(school, "Kaya", first=date(2026, 11, 19))
    assert [(one.session.day.day, one.session.half.value) for one in arrivals(school.context)] == [
        (20, "AM"), (19, "AM"), (19, "PM"),
    ]  # fmt: skip


@pytest.mark.parametrize(("more", "why"), [
    ({"said_by": " "}, "Say who told you"),
    ({"session": PM}, "still to come"),
    ({"surname": "Doyle"}, "not waiting"),
    ({"outcome": Outcome.NOT_ARRIVED, "code": "O"}, "given in the register"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_changes(school: SmallSchool, more: dict[str, str], why: str) -> None:
    trip(school, "Kaya")
    before = head(school)
    surname, outcome = more.pop("surname", "Kaya"), Outcome(more.pop("outcome", Outcome.ARRIVED))
    with pytest.raises(Refused, match=why):
        answer(school.context, says(school, outcome, surname, **more))
    assert head(school) == before


def test_d_has_no_reason_of_ours(school: SmallSchool) -> None:
    weekly(school, "Kaya", "dual", provider="Oak School")
    with pytest.raises(Refused, match="the other school records the absence"):
        answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya", code="I"))
    answer(school.context, says(school, Outcome.NOT_ARRIVED, "Kaya", code="/"))
    assert [one for one, _ in marks(school, "Kaya")] == ["/"]


def test_a_clock_in_doubt_confirms_nobody_of_today(school: SmallSchool, clock: StillClock) -> None:
    write(school.context, [Edit(school.pupils["Doyle"], AM, "I")])
    day = date(2026, 12, 2)
    plan(school.context, Plan(0, 0, "V", day, Half.AM, day, Half.PM, note="museum"), [school.pupils["Kaya"]])
    clock.set(2026, 12, 2, 9, 0)
    before = head(school)
    session = Session(day, Half.AM)
    with pytest.raises(Refused, match="Nothing was written for today"):
        answer(school.context, says(school, Outcome.ARRIVED, "Kaya", session=session))
    assert head(school) == before
    say_clock_is_right(school.context)
    answer(school.context, says(school, Outcome.ARRIVED, "Kaya", session=session))
    assert [one for one, _ in marks(school, "Kaya", day)] == ["V"]


@pytest.mark.parametrize("outcome", [Outcome.ARRIVED, Outcome.NOT_ARRIVED])
def test_a_week_that_was_signed_off_asks_why(school: SmallSchool, outcome: Outcome) -> None:
    thursday = date(2026, 11, 19)
    trip(school, "Kaya", first=thursday)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(ClosedWeek(0, date(2026, 11, 16), ""))
    before = head(school)
    asked = says(school, outcome, "Kaya", session=Session(thursday, Half.AM))
    with pytest.raises(NeedsReason):
        answer(school.context, asked)
    assert head(school) == before
    answer(school.context, replace(asked, reason="the list came late"))
    assert len(marks(school, "Kaya", thursday)) == 1
    office = replace(school.context.staff, role=Role.OFFICE)
    other = replace(asked, session=Session(thursday, Half.PM), reason="the list came late")
    with pytest.raises(NotAllowed):
        answer(replace(school.context, staff=office, alone=False), other)


def test_only_of_ones_own_class(school: SmallSchool) -> None:
    trip(school, "Kaya")
    supply = replace(school.context.staff, role=Role.SUPPLY, classes=("5A",))
    with pytest.raises(Refused, match="takes only the registers of 5A"):
        answer(replace(school.context, staff=supply, alone=False), says(school, Outcome.ARRIVED, "Kaya"))
    reader = replace(school.context.staff, role=Role.READ_ONLY)
    with pytest.raises(NotAllowed):
        answer(replace(school.context, staff=reader, alone=False), says(school, Outcome.ARRIVED, "Kaya"))
    assert marks(school, "Kaya") == []
