"""The school’s own log: kept about no pupil, refused in words, taken back, on Today and in the report to governors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.school_log import log_school, school_log, take_back
from desktop_app.actions.today import today
from desktop_app.context import as_aware
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.report import TableBlock
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.demo_school import NOW, demo_school
from tests.support.people import in_role
from tests.support.schools import SmallSchool

TRAINED = SchoolLine(SchoolKind.TRAINING, date(2026, 9, 2), " Codes  and the first call ", "all staff")
POLICY = SchoolLine(
    *(SchoolKind.POLICY, date(2026, 9, 7), "New guidance", "the governing body"),
    *("2026", date(2026, 7, 14), date(2026, 11, 20)),
)


@pytest.fixture(autouse=True)
def _morning(clock: StillClock) -> None:
    clock.set(2026, 11, 19, 8, 30)


def test_an_entry_about_no_pupil_is_kept_as_it_was_said(school: SmallSchool) -> None:
    log_school(school.context, TRAINED)
    entry, changes = log_school(school.context, POLICY)
    assert (changes.entries, changes.pupils) == (True, frozenset())
    newest, oldest = school_log(school.context)
    assert newest == replace(POLICY, entry=entry, author=school.context.user)
    assert (oldest.what, oldest.who) == ("Codes and the first call", "all staff")
    with school.context.store.reading() as reading:
        kept = reading.entries.get(entry)
        assert kept is not None
        assert (kept.kind, kept.pupils, kept.outcome) == (EntryKind.SCHOOL, (), "Attendance policy: New guidance")
    assert school.context.store.check(None).ok


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (replace(TRAINED, what="  "), "Say in a few words"),
        (replace(TRAINED, day=date(2026, 11, 20)), "not happened yet"),
        (replace(TRAINED, version="3"), "go with a policy alone"),
        (replace(POLICY, version="the new one"), "with a number or a year"),
        (replace(POLICY, review=None), "on which day it was approved"),
        (replace(POLICY, approved=date(2026, 11, 20), review=date(2027, 1, 1)), "not approved yet"),
        (replace(POLICY, review=date(2026, 7, 14)), "after the approval"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(school: SmallSchool, line: SchoolLine, words: str) -> None:
    with pytest.raises(Refused, match=words):
        log_school(school.context, line)
    assert school_log(school.context) == ()


def test_lead_and_head_put_it_down_the_others_read_it(school: SmallSchool) -> None:
    entry, _ = log_school(in_role(school.context, Role.ATTENDANCE_LEAD), TRAINED)
    for role in (Role.OFFICE, Role.TEACHER, Role.READ_ONLY):
        with pytest.raises(NotAllowed):
            log_school(in_role(school.context, role), TRAINED)
        with pytest.raises(NotAllowed):
            take_back(in_role(school.context, role), entry, "no")
        assert len(school_log(in_role(school.context, role))) == 1
    with pytest.raises(NotAllowed):
        school_log(in_role(school.context, Role.GOVERNOR))


def test_one_that_is_wrong_is_taken_back_and_stays_readable(school: SmallSchool, clock: StillClock) -> None:
    entry, _ = log_school(school.context, POLICY)
    with pytest.raises(Refused, match="Say why"):
        take_back(school.context, entry, " ")
    clock.set(2026, 11, 20, 9, 0)
    take_back(school.context, entry, "wrong date")
    with pytest.raises(Refused, match="already"):
        take_back(school.context, entry, "again")
    (line,) = school_log(school.context)
    assert line.withdrawn == "wrong date"
    assert today(school.context).policy is None
    (then,) = school_log(school.context, as_aware(datetime(2026, 11, 19, 12)))
    assert then.withdrawn == ""


def test_today_says_that_the_policy_is_to_be_reviewed_until_a_newer_one_is(
    school: SmallSchool, clock: StillClock
) -> None:
    log_school(school.context, POLICY)
    assert today(school.context).policy is None, "the day before"
    clock.set(2026, 11, 20, 8, 30)
    due = today(school.context).policy
    assert due is not None
    assert due.version == "2026"
    assert today(in_role(school.context, Role.OFFICE)).policy is None
    newer = replace(POLICY, day=date(2026, 11, 20), version="2027", approved=date(2026, 11, 20))
    log_school(school.context, replace(newer, review=date(2027, 11, 20)))
    assert today(school.context).policy is None


def test_governors_are_told_how_often_and_which_policy_and_no_word_of_it(tmp_path, house, rulebook) -> None:
    context, _ = demo_school(house, tmp_path, rulebook, pupils=40)
    try:
        wrong, _ = log_school(context, replace(TRAINED, day=date(2026, 9, 9)))
        take_back(context, wrong, "put down twice")
        log_school(context, replace(TRAINED, what="With Mrs Quillon"))
        log_school(context, replace(TRAINED, kind=SchoolKind.ASSEMBLY, day=date(2026, 9, 14)))
        log_school(context, replace(TRAINED, kind=SchoolKind.ASSEMBLY, day=date(2026, 10, 5)))
        log_school(context, replace(TRAINED, kind=SchoolKind.ASSEMBLY, day=date(2026, 11, 9)))
        log_school(context, replace(POLICY, review=date(2026, 10, 1)))
        report = make_report(context, "governors", Asked(NOW.date()))
    finally:
        context.store.close()
    told = next(one for one in report.blocks if isinstance(one, TableBlock) and one.title == "What the school did")
    assert told.rows == (
        ("Training of staff about attendance", "once on Wed 2 Sep 2026"),
        ("Assemblies about attendance", "2 times, last on Mon 5 Oct 2026"),
        (
            "Attendance policy, version 2026",
            "approved on Tue 14 Jul 2026, review was due by Thu 1 Oct 2026",
        ),
    )
    assert "Quillon" not in repr(report)
