"""The pupil list and the page of one pupil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.actions.pupils import pupil_list, pupil_page
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Answer, Flag, FlagKind, Pupil, Tie
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

MONDAY = date(2026, 11, 16)


def test_the_list_has_everyone_on_roll_in_register_order_with_figures(school: SmallSchool) -> None:
    context = school.context
    write(context, [Edit(school.pupils["Doyle"], Session(MONDAY, half), "O") for half in Half])
    with context.store.writing(context.deed("flags")) as writing:
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.PUPIL_PREMIUM, "", date(2026, 9, 1)))
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.FSM, "", date(2025, 9, 1), date(2026, 8, 31)))
    rows = pupil_list(context)
    assert [row.pupil.surname for row in rows] == ["Abara", "Bielak", "Chaudhry", "Đặng", "Doyle", "Kaya"]
    doyle = rows[4]
    assert (doyle.figures.possible, doyle.persistent, doyle.severe, doyle.flags) == (2, True, True, ("Pupil premium",))
    assert doyle.band is not None
    assert doyle.band.shape == 5


def test_a_leaver_is_off_the_list(school: SmallSchool) -> None:
    context = school.context
    with context.store.writing(context.deed("roll")) as writing:
        child = writing.book.get(Pupil, school.pupils["Kaya"])
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 11, 19)))
    assert "Kaya" not in [row.pupil.surname for row in pupil_list(context)]


def test_every_session_of_the_year_can_be_read(school: SmallSchool) -> None:
    pupil = school.pupils["Doyle"]
    write(school.context, [Edit(pupil, Session(MONDAY, Half.AM), "L", minutes=9)])
    page = pupil_page(school.context, pupil)
    days = {day.day: day for day in page.days}
    assert days[MONDAY].am.words == (
        "Mon 16 Nov, morning: L, Late, before the register closed, present, 9 minutes late"
    ) or days[MONDAY].am.words.endswith("9 minutes late")
    assert days[MONDAY].pm.state == "blank"
    assert (days[date(2026, 10, 27)].am.code, days[date(2026, 10, 27)].am.state) == ("#", "closed")
    assert days[date(2026, 11, 23)].am.state == "future"
    assert len(page.days) == 5 * 52 + 1 or len(page.days) >= 5 * 52
    assert page.minutes_late == 9


def test_flags_of_social_care_are_read_by_those_who_read_the_log_and_by_nobody_else(school: SmallSchool) -> None:
    pupil = school.pupils["Doyle"]
    with school.context.store.writing(school.context.deed("flags")) as writing:
        for kind in (FlagKind.FSM, FlagKind.CHILD_PROTECTION, FlagKind.SOCIAL_WORKER):
            writing.book.put(Flag(0, pupil, kind, "", date(2026, 9, 1)))

    def told(role: Role) -> tuple[list[str], tuple[str, ...]]:
        staff = Staff(0, "Ms T Vale", "", role, "vale", classes=("4B",))
        context = replace(school.context, staff=staff, alone=False)
        row = next(row for row in pupil_list(context) if row.pupil.id == pupil)
        return [flag.kind.value for flag in pupil_page(context, pupil).flags], row.flags

    assert told(Role.OFFICE)[1] == ("Free school meals", "Child protection plan", "Social worker")
    assert told(Role.TEACHER) == (["fsm"], ("Free school meals",))


def test_persistent_absence_is_too_early_to_say_before_forty_sessions(school: SmallSchool, clock: StillClock) -> None:
    pupil = school.pupils["Doyle"]
    clock.set(2026, 11, 20, 16, 0)
    days = [date(2026, 9, 3) + timedelta(days=number) for number in range(80)]
    sessions = [Session(day, half) for day in days if day.weekday() < 5 for half in HALVES]
    school_days = [one for one in sessions if not date(2026, 10, 26) <= one.day <= date(2026, 10, 30)]
    write(school.context, [Edit(pupil, one, "I") for one in school_days[:39]], "from the paper")
    assert pupil_page(school.context, pupil).too_early
    write(school.context, [Edit(pupil, school_days[39], "I")], "from the paper")
    page = pupil_page(school.context, pupil)
    assert (page.persistent, page.severe, page.too_early) == (True, True, False)


def test_siblings_share_a_person_and_a_kept_away_parent_is_not_shown(school: SmallSchool) -> None:
    context, doyle, kaya = school.context, school.pupils["Doyle"], school.pupils["Kaya"]
    with context.store.writing(context.deed("families")) as writing:
        mother = next(tie.person for tie in writing.book.all(Tie) if tie.pupil == doyle)
        added = writing.book.put(Tie(0, kaya, mother, "step-mother", Answer.NO, Answer.YES, priority=2))
    assert [one.pupil.id for one in pupil_page(context, doyle).siblings] == [kaya]
    assert [card.tie.priority for card in pupil_page(context, kaya).contacts] == [1, 2]
    with context.store.writing(context.deed("order")) as writing:
        tie = writing.book.get(Tie, added)
        assert tie is not None
        writing.book.put(replace(tie, no_contact=True))
    page = pupil_page(context, kaya)
    assert ([card.tie.priority for card in page.contacts], page.siblings) == ([1], ())


def test_an_unknown_pupil_is_refused(school: SmallSchool) -> None:
    with pytest.raises(Refused, match="not in this school’s book"):
        pupil_page(school.context, 4711)
