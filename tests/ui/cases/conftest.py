"""What the tests of a bundle in person share: the case with two letters, open at its referral."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.house import House
from desktop_app.actions.roll import read_roll
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.clock import StillClock
from tests.support.in_person import LETTER, letter, place
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool, fill_school, make_school
from tests.support.windows import Desk, open_desk
from ui.cases.page import CasesPage
from ui.pupils.page import PupilsPage
from ui.theme import Theme


@pytest.fixture
def lettered(school: SmallSchool) -> Story:
    """Ryan's case, with two letters kept as files."""
    told = tell_story(school)
    with school.context.store.writing(school.context.deed("log")) as writing:
        for day, words in ((12, (LETTER, "The second page.")), (13, ("What we sent.",))):
            at = datetime(2026, 11, day, 9)
            entry = writing.entries.add(NewEntry(EntryKind.LETTER, at, (told.pupil,), f"Letter of the {day}th"))
            writing.entries.attach(entry, f"letter-{day}.pdf", "application/pdf", letter(*words))
    return told


@pytest.fixture
def at_referral(lettered: Story, open_at) -> Desk:
    opened = open_at("cases", CasesPage, PupilsPage)
    opened.window.go("cases", pupil=lettered.pupil, referral=True)
    with opened.context.store.reading() as reading:
        pack = opened.context.pack(reading.book.school())
    with_exhibits = next(one for one in pack.referrals if any(part.kind == "exhibits" for part in one.parts))
    place(opened).case.asked.referral.choose(with_exhibits.key)
    return opened


@pytest.fixture
def halton(tmp_path: Path, house: House, rulebook: Rulebook, clock: StillClock) -> Iterator[SmallSchool]:
    """A Halton school on Friday 16 October; Ryan missed every Monday without leave."""
    context = make_school(house, tmp_path / "heath.rollbook", rulebook, clock, la="halton")
    school = SmallSchool(context, fill_school(context), tmp_path / "heath.rollbook")
    with context.store.reading() as reading:
        calendar = read_roll(reading.book).calendar
    marks: list[NewMark] = []
    for day in calendar.school_days(date(2026, 9, 3), date(2026, 10, 15)):
        for half in HALVES:
            if calendar.closed(Session(day, half)) is None:
                code = "O" if day.weekday() == 0 else "/" if half is Half.AM else "\\"
                marks.append(NewMark(school.pupils["Doyle"], day, half, code))
    clock.local = datetime(2026, 10, 16, 9, 30)
    with context.store.writing(context.deed("marks")) as writing:
        writing.marks.add(marks)
    yield school
    context.store.close()


@pytest.fixture
def desk(halton: SmallSchool, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    """The window at the cases, 1366 by 768."""
    opened = open_desk(qtbot, halton.context, theme, [CasesPage], "cases")
    opened.window.resize(1366, 768)
    opened.window.go("cases", pupil=halton.pupils["Doyle"])
    yield opened
    opened.close()
