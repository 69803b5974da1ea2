"""The sheets of those who lead on some children: who is away, and what is due, with nothing left unsaid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.reports.support import TOLD_ELSEWHERE
from desktop_app.actions.watching import due
from desktop_app.context import Context
from desktop_app.domain.entries import Task
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind
from desktop_app.domain.report import Report, TableBlock
from desktop_app.domain.sessions import HALVES, Half, Session, school_year_start
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

ON = date(2026, 11, 20)


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and one.title.startswith(title))


def flag(school: SmallSchool, surname: str, kind: FlagKind, value: str = "") -> None:
    with school.context.store.writing(school.context.deed("flag")) as writing:
        writing.book.put(Flag(0, school.pupils[surname], kind, value, school_year_start(ON)))


def mark(school: SmallSchool, surname: str, half: Half, code: str, day: date = ON) -> None:
    write(school.context, [Edit(school.pupils[surname], Session(day, half), code)], "kept on paper")


def away(context: Context) -> TableBlock:
    return table(make_report(context, "dsl", Asked(ON)), "Absent")


def test_a_child_known_to_social_care_without_a_mark_is_looked_for_and_nobody_says_all_are_there(
    school: SmallSchool, clock: StillClock
) -> None:
    clock.set(2026, 11, 20, 16, 0)
    flag(school, "Abara", FlagKind.CHILD_PROTECTION)
    flag(school, "Doyle", FlagKind.LOOKED_AFTER)
    flag(school, "Kaya", FlagKind.YOUNG_CARER)
    mark(school, "Doyle", Half.AM, "/")
    mark(school, "Doyle", Half.PM, "\\")
    mark(school, "Kaya", Half.AM, "I")
    block = away(school.context)
    said = [(str(row[0]).split(",")[0], row[2], str(row[4]).split(" ")[0]) for row in block.rows]
    assert said == [
        ("Abara", "morning", "no"),
        ("Abara", "afternoon", "no"),
        ("Kaya", "afternoon", "no"),
        ("Kaya", "morning", "Illness"),
    ]
    assert block.note.startswith("2 of these children have no mark")
    for surname, half in (("Abara", Half.AM), ("Abara", Half.PM), ("Kaya", Half.PM)):
        mark(school, surname, half, "/" if half is Half.AM else "\\")
    mark(school, "Kaya", Half.AM, "/")
    block = away(school.context)
    assert not block.rows
    assert block.empty == "Each of these children who is expected that day has a mark, and none is marked absent."


def test_before_the_afternoon_register_begins_the_sheet_says_so_far(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 11, 0)
    flag(school, "Abara", FlagKind.CHILD_IN_NEED)
    mark(school, "Abara", Half.AM, "/")
    block = away(school.context)
    assert not block.rows
    assert "so far; the register of the afternoon has not begun" in block.empty


def test_on_a_day_of_holiday_nobody_is_looked_for(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 10, 28, 11, 0)
    flag(school, "Abara", FlagKind.CHILD_IN_NEED)
    block = table(make_report(school.context, "dsl", Asked(date(2026, 10, 28))), "Absent")
    assert (block.rows, block.empty) == ((), "None of these children is expected that day.")


def due_of(report: Report, title: str, surname: str) -> str:
    block = table(report, title)
    place = [one.heading for one in block.columns].index("Due")
    return next(str(row[place]) for row in block.rows if str(row[0]).startswith(surname))


@pytest.mark.parametrize(
    ("key", "title", "kind"),
    [
        ("senco", "SEN support", FlagKind.SEN_SUPPORT),
        ("dsl", "Known to social care", FlagKind.CHILD_IN_NEED),
        ("pupil-premium", "Pupils", FlagKind.PUPIL_PREMIUM),
    ],
)
def test_what_has_no_last_day_is_due_as_well_and_so_is_an_open_n(
    key: str, title: str, kind: FlagKind, school: SmallSchool, clock: StillClock
) -> None:
    clock.set(2026, 11, 20, 16, 0)
    days = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]
    flag(school, "Abara", kind)
    flag(school, "Doyle", kind)
    for day in days:
        for half in HALVES:
            mark(school, "Abara", half, "O", day)
            mark(school, "Doyle", half, "N" if day == days[-1] else present(half), day)
    report = make_report(school.context, key, Asked(ON))
    undated = [one for one in due(school.context, ON) if one.pupil == school.pupils["Abara"] and one.due is None]
    said = due_of(report, title, "Abara")
    told = [one.title for one in undated if one.kind not in TOLD_ELSEWHERE]
    assert told
    assert all(one in said for one in told)
    assert "Reason not established" in due_of(report, title, "Doyle")
    first = said.split("; ")[0]
    assert ", by " in first or ", overdue" in first, "what has a day comes first"


def test_the_targeting_pack_names_the_undated_too_and_lists_by_exception_only_what_is_formal(
    school: SmallSchool, clock: StillClock
) -> None:
    clock.set(2026, 11, 20, 16, 0)
    for day in [date(2026, 11, 9) + timedelta(days=one) for one in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]:
        for half in HALVES:
            mark(school, "Doyle", half, "N" if day == ON else present(half), day)
            mark(school, "Abara", half, "O", day)
    report = make_report(school.context, "targeted-support", Asked(ON))
    others = table(report, "Others by exception")
    assert {str(row[0]).split(",")[0] for row in others.rows} == {"Abara"}, "an N alone is no exception"


def present(half: Half) -> str:
    return "/" if half is Half.AM else "\\"


def test_severe_absence_by_group_has_the_carers_the_ill_and_those_in_none_of_the_groups(
    school: SmallSchool, clock: StillClock
) -> None:
    clock.set(2026, 11, 20, 16, 0)
    flag(school, "Abara", FlagKind.YOUNG_CARER)
    flag(school, "Bielak", FlagKind.MEDICAL)
    flag(school, "Bielak", FlagKind.PUPIL_PREMIUM)
    flag(school, "Doyle", FlagKind.EAL)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        days = [date(2026, 9, 7) + timedelta(days=one) for one in range(47) if one % 7 < 5]
        writing.marks.add(
            NewMark(school.pupils[name], day, half, "O")
            for name in ("Abara", "Bielak", "Doyle")
            for day in days
            for half in HALVES
        )
    report = make_report(school.context, "targeted-support", Asked(ON))
    number = {row[0]: row[1] for row in table(report, "Severe absence by group").rows}
    assert {name: of for name, of in number.items() if of} == {
        "Pupil premium": 1,
        "Young carer": 1,
        "Medical": 1,
        "None of these": 1,
    }


def test_who_is_marked_as_part_time_without_a_timetable_is_listed(school: SmallSchool, clock: StillClock) -> None:
    """Marks of days that a timetable on record covers are as they should be, the others are named with their days."""
    clock.set(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("timetable")) as writing:
        for surname, last in (("Bielak", None), ("Doyle", date(2026, 11, 17))):
            part = Pattern(0, school.pupils[surname], PatternKind.PART_TIME, "1010101010", date(2026, 9, 7), last)
            writing.book.put(part)
        for surname in ("Abara", "Bielak", "Doyle"):
            days = [date(2026, 11, day) for day in (16, 17, 18, 19)]
            writing.marks.add(NewMark(school.pupils[surname], day, Half.PM, "C2") for day in days)
    report = make_report(school.context, "senco", Asked(ON))
    block = table(report, "Marked C2, with no timetable on record")
    assert [(str(row[0]).split(",")[0], *row[2:]) for row in block.rows] == [
        ("Abara", 4, date(2026, 11, 16), date(2026, 11, 19)),
        ("Doyle", 2, date(2026, 11, 18), date(2026, 11, 19)),
    ]
    assert len(table(report, "Part-time timetables").rows) == 1
    before = make_report(school.context, "senco", Asked(date(2026, 11, 13)))
    assert not [one for one in before.blocks if isinstance(one, TableBlock) and one.title.startswith("Marked")]


def test_what_could_be_done_up_to_a_day_is_overdue_from_the_next(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    flag(school, "Abara", FlagKind.SEN_SUPPORT)
    mark(school, "Abara", Half.AM, "I", date(2026, 11, 16))
    for day, said in ((ON, "by Fri 20 Nov"), (date(2026, 11, 18), "overdue since Thu 19 Nov")):
        with school.context.store.writing(school.context.deed("task")) as writing:
            writing.book.put(Task(0, school.pupils["Abara"], "visit", day, None, "Ring home"))
        assert f"Ring home, {said}" in due_of(make_report(school.context, "senco", Asked(ON)), "SEN support", "Abara")


def test_an_ehcp_stands_in_place_of_sen_support_that_was_left_open(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    flag(school, "Abara", FlagKind.EHCP)
    flag(school, "Abara", FlagKind.SEN_SUPPORT)
    flag(school, "Bielak", FlagKind.SEN_SUPPORT)
    mark(school, "Abara", HALVES[0], "/")
    mark(school, "Bielak", HALVES[0], "/")
    report = make_report(school.context, "senco", Asked(ON))
    assert [row[2] for row in table(report, "EHCP").rows] == ["EHCP"]
    assert table(report, "SEN support").pupils == (school.pupils["Bielak"],)
    assert {row[0]: row[1] for row in table(report, "Beside").rows}["SEN support"] == 1
