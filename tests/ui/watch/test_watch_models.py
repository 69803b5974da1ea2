"""The watch list as groups and lines, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.domain.triggers import TriggerKind
from tests.support.triggers import watched
from ui.watch.model import EVERYTHING, NEW, Column, GroupsModel, WatchModel, basis_words, groups_of
from ui.watch.rows import single

HOLIDAY = {"kind": TriggerKind.TERM_TIME_HOLIDAY, "title": "Holiday in term time"}


def test_each_trigger_is_a_group_after_everything_and_what_is_new() -> None:
    lines = [watched("Kaya", 1), watched("Doyle", 2, new=False), watched("Abara", 3, new=False, **HOLIDAY)]
    groups = groups_of(lines)
    assert [(one.title, len(one.rows), one.new) for one in groups] == [
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
    everything = groups_of(lines)[0].rows
    assert [(row.line.who.split(",")[0], row.line.overdue, row.new, len(row.also)) for row in everything] == [
        ("Doyle", True, False, 1), ("Kaya", False, True, 1), ("Abara", False, False, 0),
    ]  # fmt: skip
    assert [row.line.who.split(",")[0] for row in groups_of(lines)[2].rows] == ["Abara", "Kaya", "Doyle"]


def test_a_child_is_one_row_with_its_further_reasons_beneath() -> None:
    lines = [
        watched("Kaya", 1, new=False, due=date(2026, 11, 30), **HOLIDAY),
        watched("Kaya", 1, overdue=True, due=date(2026, 11, 16)),
        watched("Doyle", 2, new=False),
    ]
    model = WatchModel()
    everything = groups_of(lines)[0]
    model.show_group(everything)
    assert [model.index(row, Column.WHO).data() for row in range(model.rowCount())] == [
        "Kaya, Çağla\n4B",
        "Doyle, Çağla\n4B",
    ]
    also = "Also: Holiday in term time, since Wed 18 Nov, by Mon 30 Nov"
    assert model.index(0, Column.SAYS).data().splitlines()[-1] == also
    assert model.index(0, Column.WHEN).data().endswith("overdue since Tue 17 Nov")
    assert model.spoken(model.lines[0]).endswith(also)
    assert GroupsModel().text(everything, 1) == "2"


def test_of_a_row_that_waits_for_no_decision_the_next_reason_is_decided() -> None:
    settled = replace(watched("Kaya", 1, overdue=True), decidable=False)
    waits = watched("Kaya", 1, new=False, **HOLIDAY)
    (row,) = groups_of([waits, settled])[0].rows
    assert (row.line, row.to_decide) == (settled, waits)


def test_nothing_new_makes_no_group_and_an_empty_list_none_at_all() -> None:
    assert [one.title for one in groups_of([watched(new=False)])][0:2] == [
        EVERYTHING,
        "10 unauthorised in 10 school weeks",
    ]
    assert groups_of([]) == ()


def test_a_line_says_who_why_since_when_and_by_when() -> None:
    model = WatchModel()
    tester = QAbstractItemModelTester(model)
    model.show_lines(
        single([watched(due=date(2026, 11, 30)), watched("Doyle", 2, overdue=True, due=date(2026, 11, 16))])
    )
    assert model.index(0, Column.WHO).data() == "Kaya, Çağla\n4B"
    assert model.index(0, Column.SAYS).data().startswith("10 unauthorised in 10 school weeks\n10 unauthorised")
    assert model.index(0, Column.WHEN).data() == "since Wed 18 Nov\nby Mon 30 Nov"
    assert model.index(1, Column.WHEN).data() == "since Wed 18 Nov\noverdue since Tue 17 Nov"
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
