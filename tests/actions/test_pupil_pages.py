"""The pupil list and the page of one pupil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.pupils import pupil_list, pupil_page
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Answer, Flag, FlagKind, Pupil, Tie
from desktop_app.domain.sessions import Half, Session
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


def test_explain_lists_every_code_behind_the_figures(school: SmallSchool) -> None:
    pupil = school.pupils["Doyle"]
    write(school.context, [Edit(pupil, Session(MONDAY, Half.AM), "O"), Edit(pupil, Session(MONDAY, Half.PM), "Y1")])
    page = pupil_page(school.context, pupil)
    assert {(one.code.key, one.sessions) for one in page.explain} == {("O", 1), ("Y1", 1)}
    assert page.figures.possible == 1


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
