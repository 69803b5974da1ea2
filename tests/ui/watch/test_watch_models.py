"""The watch list as groups and lines, without a window."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.domain.triggers import TriggerKind
from tests.support.triggers import watched
from ui.watch.model import EVERYTHING, NEW, Column, GroupsModel, WatchModel, basis_words, groups_of

HOLIDAY = {"kind": TriggerKind.TERM_TIME_HOLIDAY, "title": "Holiday in term time"}


def test_each_trigger_is_a_group_after_everything_and_what_is_new() -> None:
    lines = [watched("Kaya", 1), watched("Doyle", 2, new=False), watched("Abara", 3, new=False, **HOLIDAY)]
    groups = groups_of(lines)
    assert [(one.title, len(one.lines), one.new) for one in groups] == [
        (EVERYTHING, 3, 1),
        (NEW, 1, 1),
        ("10 unauthorised in 10 school weeks", 2, 1),
        ("Holiday in term time", 1, 0),
    ]


def test_everything_is_ordered_by_child_and_who_is_most_urgent_comes_first() -> None:
    lines = [
        watched("Abara", 1, new=False),
        watched("Kaya", 2),
        watched("Doyle", 3, new=False),
        watched("Kaya", 2, new=False, **HOLIDAY),
        watched("Doyle", 3, new=False, overdue=True, **HOLIDAY),
    ]
    everything = groups_of(lines)[0].lines
    assert [(one.who.split(",")[0], one.overdue, one.new) for one in everything] == [
        ("Doyle", True, False), ("Doyle", False, False), ("Kaya", False, True), ("Kaya", False, False),
        ("Abara", False, False),
    ]  # fmt: skip
    assert [one.who.split(",")[0] for one in groups_of(lines)[2].lines] == ["Abara", "Kaya", "Doyle"]


def test_nothing_new_makes_no_group_and_an_empty_list_none_at_all() -> None:
    assert [one.title for one in groups_of([watched(new=False)])][0:2] == [
        EVERYTHING,
        "10 unauthorised in 10 school weeks",
    ]
    assert groups_of([]) == ()


def test_a_line_says_who_why_since_when_and_by_when() -> None:
    model = WatchModel()
    tester = QAbstractItemModelTester(model)
    model.show_lines([watched(due=date(2026, 11, 30)), watched("Doyle", 2, overdue=True, due=date(2026, 11, 16))])
    assert model.index(0, Column.WHO).data() == "Kaya, Çağla\n4B"
    assert model.index(0, Column.SAYS).data().startswith("10 unauthorised in 10 school weeks\n10 unauthorised")
    assert model.index(0, Column.WHEN).data() == "since Wed 18 Nov\nby Mon 30 Nov"
    assert model.index(1, Column.WHEN).data() == "since Wed 18 Nov\noverdue since Mon 16 Nov"
    spoken = model.spoken(model.lines[0])
    assert spoken.startswith("Kaya, Çağla, 4B, new, 10 unauthorised in 10 school weeks, ")
    assert "\n" not in spoken
    del tester


def test_the_groups_speak_their_number() -> None:
    model = GroupsModel()
    tester = QAbstractItemModelTester(model)
    model.show_lines(groups_of([watched(), watched("Doyle", 2, new=False)]))
    assert [model.spoken(one) for one in model.lines] == [
        "Everything, 2",
        "New this week, 1",
        "10 unauthorised in 10 school weeks, 2, 1 new",
    ]
    del tester


def test_what_a_line_rests_on_is_said_session_by_session_with_its_source() -> None:
    assert basis_words(watched()) == (
        "2 sessions: Tue 17 Nov 2026 PM O, Wed 18 Nov 2026 AM G. Source: wt: national framework."
    )
