"""The hatch writes the code the clock and the reason give, and lets no child go with somebody who may not collect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from desktop_app.actions.closing_minute import CLOSING_MINUTE
from desktop_app.actions.hatch import arrive, seek, sign_in, sign_out
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.whereabouts import signed_out
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.people import Person, Tie
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.hatch import REASONS
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

AM = Session(date(2026, 11, 20), Half.AM)
OVERSLEPT, DOCTOR = REASONS[:2]
OTHER = REASONS[-1]


def mark(school: SmallSchool, surname: str, session: Session = AM) -> Mark | None:
    with school.context.store.reading() as reading:
        return reading.marks.at(school.pupils[surname], session)


def history(school: SmallSchool, surname: str) -> list[MarkChange]:
    with school.context.store.reading() as reading:
        return reading.marks.history(school.pupils[surname], AM.day, AM.day)


def entries(school: SmallSchool, surname: str) -> list[Entry]:
    with school.context.store.reading() as reading:
        return reading.entries.of(school.pupils[surname])


def out(school: SmallSchool) -> dict[int, time]:
    with school.context.store.reading() as reading:
        return signed_out(reading.entries, school.context.now())


def tie(school: SmallSchool, surname: str, name: str, **more: bool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        person = writing.book.put(Person(0, name))
        writing.book.put(Tie(0, school.pupils[surname], person, "uncle", **more))  # type: ignore[arg-type]


def test_a_child_who_comes_while_the_register_is_open_is_l(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 50)
    came, changes = arrive(school.context, school.pupils["Kaya"], OVERSLEPT)
    assert mark(school, "Kaya") == Mark(school.pupils["Kaya"], AM.day, Half.AM, "L", 5, OVERSLEPT.words)
    assert changes.marks
    assert came.words == "08:50: L, 5 minutes late"
    assert "Kaya" not in came.words


@pytest.mark.parametrize(("reason", "said", "code", "minutes"), [
    (OVERSLEPT, "", "U", 25), (DOCTOR, "", "M", None), (OTHER, "locked out", "U", 25),
])  # fmt: skip
def test_after_the_close_the_reason_decides_and_the_n_is_amended(
    school: SmallSchool, clock: StillClock, reason, said: str, code: str, minutes: int | None
) -> None:
    write(school.context, [Edit(school.pupils["Kaya"], AM, "N")])
    clock.set(2026, 11, 20, 9, 10)
    arrive(school.context, school.pupils["Kaya"], reason, said)
    first, second = history(school, "Kaya")
    assert (first.code, second.code, second.minutes) == ("N", code, minutes)
    assert second.amends
    assert second.reason == f"Arrived 09:10: {said or reason.words}"


def test_something_else_has_to_be_said(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 9, 10)
    with pytest.raises(Refused, match="in a word what it was"):
        arrive(school.context, school.pupils["Kaya"], OTHER)
    assert mark(school, "Kaya") is None


def test_a_child_who_is_here_already_is_left_alone(school: SmallSchool, clock: StillClock) -> None:
    fill_present(school.context, "4B", AM)
    clock.set(2026, 11, 20, 9, 10)
    with pytest.raises(Refused, match="says that the child is here"):
        arrive(school.context, school.pupils["Kaya"], OVERSLEPT)
    assert [change.code for change in history(school, "Kaya")] == ["/"]


def test_after_the_session_has_ended_u_is_never_written(school: SmallSchool, clock: StillClock) -> None:
    write(school.context, [Edit(school.pupils["Kaya"], AM, "N")])
    clock.set(2026, 11, 20, 12, 30)
    came, changes = arrive(school.context, school.pupils["Kaya"], OVERSLEPT)
    assert came.written is None
    assert not changes.marks
    assert [change.code for change in history(school, "Kaya")] == ["N"]


def test_the_closing_minute_is_the_schools_to_say(school: SmallSchool, clock: StillClock) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Setting(CLOSING_MINUTE, "absent"))
    clock.set(2026, 11, 20, 8, 55)
    arrive(school.context, school.pupils["Kaya"], OVERSLEPT)
    found = mark(school, "Kaya")
    assert found is not None
    assert found.code == "U"


def test_signing_out_and_in_changes_no_mark(school: SmallSchool, clock: StillClock) -> None:
    fill_present(school.context, "4B", AM)
    clock.set(2026, 11, 20, 10, 5)
    sign_out(school.context, school.pupils["Kaya"], "dentist", "ms k  KAYA")
    assert out(school) == {school.pupils["Kaya"]: time(10, 5)}
    with pytest.raises(Refused, match="signed out already"):
        sign_out(school.context, school.pupils["Kaya"], "dentist", "")
    clock.set(2026, 11, 20, 11, 30)
    sign_in(school.context, school.pupils["Kaya"])
    assert out(school) == {}
    with pytest.raises(Refused, match="not signed out today"):
        sign_in(school.context, school.pupils["Kaya"])
    assert [change.code for change in history(school, "Kaya")] == ["/"]
    assert [one.kind for one in entries(school, "Kaya")] == [EntryKind.SIGNED_OUT, EntryKind.SIGNED_IN]
    assert entries(school, "Kaya")[0].persons
    assert entries(school, "Kaya")[0].details["reason"] == "dentist"


@pytest.mark.parametrize(("more", "agreed"), [
    ({"may_collect": False}, ""),
    ({"may_collect": False}, "Dr A Rahman"),
    ({"no_contact": True}, ""),
    ({"no_contact": True}, "Dr A Rahman"),
])  # fmt: skip
def test_whoever_may_not_collect_never_does(
    school: SmallSchool, clock: StillClock, more: dict[str, bool], agreed: str
) -> None:
    clock.set(2026, 11, 20, 10, 5)
    tie(school, "Kaya", "Jon Grey", **more)
    with pytest.raises(Refused, match="not down to collect"):
        sign_out(school.context, school.pupils["Kaya"], "dentist", "jon grey", agreed)
    assert out(school) == {}
    assert entries(school, "Kaya") == []


def test_a_stranger_is_refused_in_the_same_words_unless_somebody_agreed(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 10, 5)
    tie(school, "Kaya", "Jon Grey", no_contact=True)
    said: list[str] = []
    for name in ("Jon Grey", "Una Bell"):
        with pytest.raises(Refused) as refused:
            sign_out(school.context, school.pupils["Kaya"], "dentist", name)
        said.append(str(refused.value).replace(name, "…"))
    assert said[0] == said[1]
    sign_out(school.context, school.pupils["Kaya"], "dentist", "Una Bell", "Dr A Rahman")
    assert entries(school, "Kaya")[0].details["agreed_by"] == "Dr A Rahman"


def test_it_never_picks_between_two(school: SmallSchool) -> None:
    assert seek(school.context, "k").child is None
    found = seek(school.context, "doy").child
    assert found is not None
    assert (found.name, found.class_name, found.out_since) == ("Ryan Doyle", "4B", None)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        from tests.support.schools import pupil

        writing.book.put(pupil("Doyle", "Ryanne", 9))
    two = seek(school.context, "ryan")
    assert (two.child, two.count) == (None, 2)


def test_a_class_teacher_has_no_hatch(school: SmallSchool) -> None:
    teacher = replace(school.context, staff=replace(school.context.staff, role=Role.TEACHER), alone=False)
    with pytest.raises(NotAllowed):
        seek(teacher, "doyle")


def test_whoever_is_signed_out_is_not_filled_in_as_present(school: SmallSchool, clock: StillClock) -> None:
    kaya, doyle = school.pupils["Kaya"], school.pupils["Doyle"]
    clock.set(2026, 11, 20, 11, 30)
    for child in (kaya, doyle):
        sign_out(school.context, child, "dentist", "Ms K Kaya" if child == kaya else "Ms K Doyle")
    clock.set(2026, 11, 20, 12, 50)
    sign_in(school.context, doyle)
    clock.set(2026, 11, 20, 13, 5)
    written, _ = fill_present(school.context, "4B", Session(date(2026, 11, 20), Half.PM))
    assert {one.edit.pupil for one in written} == set(school.pupils.values()) - {kaya}
    written, _ = fill_present(school.context, "4B", Session(date(2026, 11, 19), Half.PM))
    assert kaya in {one.edit.pupil for one in written}


def test_who_is_signed_out_is_signed_in_before_it_comes_late(school: SmallSchool, clock: StillClock) -> None:
    kaya = school.pupils["Kaya"]
    clock.set(2026, 11, 20, 9, 30)
    sign_out(school.context, kaya, "dentist", "Ms K Kaya")
    clock.set(2026, 11, 20, 13, 10)
    with pytest.raises(Refused, match="signed out at 09:30: press O when it is back"):
        arrive(school.context, kaya, DOCTOR)
    sign_in(school.context, kaya)
    arrive(school.context, kaya, DOCTOR)
    found = mark(school, "Kaya", Session(AM.day, Half.PM))
    assert found is not None
    assert found.code == "L"
    assert out(school) == {}


@pytest.mark.parametrize("code", ["I", "N", "M"])
def test_whom_the_register_has_absent_is_not_signed_out_without_a_word(
    school: SmallSchool, clock: StillClock, code: str
) -> None:
    kaya, doyle = school.pupils["Kaya"], school.pupils["Doyle"]
    write(school.context, [Edit(kaya, AM, code), Edit(doyle, AM, code)])
    clock.set(2026, 11, 20, 10, 5)
    with pytest.raises(Refused, match=f"The register has {code} for this session.*not here"):
        sign_out(school.context, kaya, "dentist", "Ms K Kaya")
    assert out(school) == {}
    sign_out(school.context, kaya, "dentist", "Ms K Kaya", "Ms T Vale")
    arrive(school.context, doyle, REASONS[2])  # I: absent in law, and here
    clock.set(2026, 11, 20, 11, 0)
    sign_out(school.context, doyle, "ill again", "Ms K Doyle")
    chaudhry = school.pupils["Chaudhry"]
    arrive(school.context, chaudhry, DOCTOR)
    write(school.context, [Edit(chaudhry, AM, "I")], "It was another child")
    with pytest.raises(Refused, match="not here"):
        sign_out(school.context, chaudhry, "dentist", "Ms K Chaudhry")
    assert set(out(school)) == {kaya, doyle}


def test_who_came_after_a_morning_absent_is_signed_out_once_that_has_ended(
    school: SmallSchool, clock: StillClock
) -> None:
    write(school.context, [Edit(school.pupils["Kaya"], AM, "I")])
    clock.set(2026, 11, 20, 12, 40)
    sign_out(school.context, school.pupils["Kaya"], "ill again", "Ms K Kaya")
    assert set(out(school)) == {school.pupils["Kaya"]}
