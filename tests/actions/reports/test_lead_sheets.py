"""The sheets of those who lead on some children: who is away, and what is due, with nothing left unsaid."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.report import Report, TableBlock
from desktop_app.domain.sessions import Half, Session, school_year_start
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
