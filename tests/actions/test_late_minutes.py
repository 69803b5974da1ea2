"""Minutes late in the figures: of a child, of a class and the school, of groups, and of the same sessions as those."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.group_figures import group_figures, whole_school
from desktop_app.actions.group_list import GroupLine, group_list
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.cli.answers import finish
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.report import TableBlock
from desktop_app.domain.sessions import Half
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from ui.groups.model import line_words

MON, TUE, WED = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _late(school: SmallSchool, clock: StillClock) -> None:
    """Kaya is late by 12 and 40 minutes, and once nobody wrote down by how many; Doyle by 5. Kaya left on Tuesday, so
    that her mark of Wednesday counts nowhere; Doyle's of a Saturday does not either."""
    clock.set(2026, 11, 20, 16, 0)
    kaya, doyle = school.pupils["Kaya"], school.pupils["Doyle"]
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add([
            NewMark(kaya, MON, Half.AM, "L", 12),
            NewMark(kaya, MON, Half.PM, "L"),
            NewMark(kaya, TUE, Half.AM, "U", 40),
            NewMark(kaya, WED, Half.AM, "L", 100),
            NewMark(doyle, TUE, Half.AM, "L", 5),
            NewMark(doyle, date(2026, 11, 21), Half.AM, "L", 100),
        ])  # fmt: skip
        writing.book.put(Flag(0, kaya, FlagKind.EAL, "", date(2026, 9, 1)))
        child = writing.book.get(Pupil, kaya)
        assert child is not None
        writing.book.put(replace(child, leaving_day=TUE))


def test_of_a_child_a_class_and_the_school(school: SmallSchool) -> None:
    by_pupil = figures(school.context, MON, date(2026, 11, 22))
    told = {row.pupil.legal_surname: row.minutes_late for row in by_pupil if row.pupil and row.minutes_late}
    assert told == {"Kaya": 52, "Doyle": 5}
    for by in (Grouping.CLASS, Grouping.YEAR, Grouping.SCHOOL):
        (row,) = figures(school.context, MON, date(2026, 11, 22), by)
        assert (row.minutes_late, row.figures.late) == (57, 4), by
    (tuesday,) = figures(school.context, TUE, TUE, Grouping.SCHOOL)
    assert tuesday.minutes_late == 45
    assert whole_school(school.context, MON, WED).minutes_late == 57


def test_of_a_group_and_the_rest_of_the_school(school: SmallSchool) -> None:
    (eal,) = [one for one in group_figures(school.context, MON, WED) if one.group.key == "eal"]
    assert (eal.members.minutes_late, eal.rest.minutes_late) == (52, 5)
    listed = finish(group_list(school.context, MON, WED)).lines
    line: GroupLine = next(one for one in listed if one.group.key == "eal")
    assert "Late 3 times, 52 minutes in all as far as they were written down." in line_words(line, 40)


def test_where_the_dfe_counts_nobody_nobody_is_late(school: SmallSchool) -> None:
    """Of a child of 4 nothing is counted as the DfE counts: neither sessions nor minutes."""
    with school.context.store.writing(school.context.deed("birth")) as writing:
        child = writing.book.get(Pupil, school.pupils["Kaya"])
        assert child is not None
        writing.book.put(replace(child, date_of_birth=date(2021, 10, 1)))
    assert whole_school(school.context, MON, WED, comparable=True).minutes_late == 5


def test_the_weekly_figures_for_the_head_have_them(school: SmallSchool) -> None:
    report = make_report(school.context, "weekly", Asked(date(2026, 11, 20)))
    table = next(one for one in report.blocks if isinstance(one, TableBlock) and one.title == "School and years")
    at = [one.heading for one in table.columns].index("Minutes late")
    assert table.rows[0][at - 1 : at + 1] == (4, 57)
