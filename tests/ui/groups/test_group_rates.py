"""The figures of the groups in the window: beside the rest of the school, of one day, small, and explained."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.roll import read_roll
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.explain.page import ExplainPage
from ui.groups.page import THAT_DAY, GroupsPage

SEPTEMBER, TODAY = date(2026, 9, 1), date(2026, 11, 20)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    """Doyle misses every Friday; everybody else is there."""
    clock.set(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("a term")) as writing:
        writing.marks.add(
            NewMark(
                key,
                day,
                half,
                "O" if name == "Doyle" and day.weekday() == 4 else "/" if half is HALVES[0] else "\\",
            )
            for name, key in school.pupils.items()
            for day in read_roll(writing.book).calendar.school_days(SEPTEMBER, TODAY)
            for half in HALVES
        )
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.FSM, "", SEPTEMBER))
    found = open_at("groups", GroupsPage, ExplainPage)
    found.wait()
    return found


def page(desk: Desk) -> GroupsPage:
    found = desk.window.page("groups")
    assert isinstance(found, GroupsPage)
    return found


def line(desk: Desk, key: str) -> tuple[str, ...]:
    row = next(row for row in page(desk).model.rows if row.group.key == key)
    return tuple(column.text(row) for column in page(desk).model.columns)


def test_each_group_stands_beside_the_rest_of_the_school(desk: Desk) -> None:
    assert line(desk, "fsm") == ("Free school meals", "1 few", "78.8%", "-21.2", "1 · 100.0%", "0 · 0.0%")
    assert line(desk, "looked-after") == ("Looked after", "0", "–", "–", "–", "–")
    assert page(desk).says.text() == (
        "Free school meals: 78.8%, the rest of the school 100.0%: 21.2 points lower. Persistently absent: 1 of 1, none "
        "of them severely. So few are in it that one child moves its rates by a tenth or more: read them with care."
    )


def test_of_that_day_only_it_is_too_early_for_persistent_absence(desk: Desk) -> None:
    page(desk).over.choose(THAT_DAY)
    desk.wait()
    assert line(desk, "fsm")[2:] == ("0.0%", "-100.0", "too early", "too early")
    assert "too early to say, before 40 possible sessions" in page(desk).says.text()
    assert page(desk).header.subtitle.text() == "On Fri 20 Nov 2026 · figures of that day"


def test_f4_explains_the_number_of_the_line_over_the_same_days(desk: Desk) -> None:
    page(desk).over.choose(THAT_DAY)
    page(desk).day.set_date(date(2026, 11, 19))
    page(desk).day.editingFinished.emit()
    desk.wait()
    assert line(desk, "fsm")[2] == "100.0%"
    page(desk).list.setFocus()
    desk.press("F4")
    desk.wait()
    explained = desk.window.page("explain")
    assert isinstance(explained, ExplainPage)
    assert explained.header.title.text() == "Free school meals: 100.0%"
    assert (explained.first.date(), explained.last.date()) == (date(2026, 11, 19), date(2026, 11, 19))
    desk.press("Escape")
    desk.wait()
    assert line(desk, "fsm")[2] == "100.0%"
    assert (page(desk).over.value(), page(desk).list.selected().group.key) == (THAT_DAY, "fsm")


def test_a_mark_that_changes_is_in_the_figures_when_one_comes_back(desk: Desk, school: SmallSchool) -> None:
    desk.window.go("explain")
    with school.context.store.writing(school.context.deed("mark")) as writing:
        writing.marks.add(NewMark(school.pupils["Doyle"], date(2026, 9, 3), half, "O") for half in HALVES)
    desk.window.announce(Changes(marks=True))
    desk.window.go("groups")
    desk.wait()
    assert line(desk, "fsm")[2] == "76.9%"


def test_a_teacher_reads_of_no_social_care(school: SmallSchool, open_at, clock: StillClock) -> None:  # type: ignore[no-untyped-def]
    clock.set(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("care")) as writing:
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.LOOKED_AFTER, "", SEPTEMBER))
    school.context = in_role(school.context, Role.TEACHER, "4B")
    desk = open_at("groups", GroupsPage)
    desk.wait()
    keys = [row.group.key for row in page(desk).model.rows]
    assert keys
    assert not {"looked-after", "social-care", "child-protection"} & set(keys)
