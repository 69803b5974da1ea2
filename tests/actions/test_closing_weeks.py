"""Signing off a week: what keeps it open, what it locks, and who may change it after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.actions.mark_history import mark_history
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.week import close_week, reopen_week, week, weeks
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Clash, NeedsReason, NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pattern, Pupil
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role
from desktop_app.domain.week import Finding, Opened
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.open_n import age_of_n
from tests.support.clock import StillClock
from tests.support.running import finish
from tests.support.schools import CALENDAR, SmallSchool, pupil

MONDAY = date(2026, 11, 16)
DAYS = [MONDAY + timedelta(days=n) for n in range(5)]
AM = Session(MONDAY, Half.AM)


@pytest.fixture
def full(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Everybody present the whole week; it is Friday, twenty to four."""
    clock.set(2026, 11, 20, 15, 40)
    for day in DAYS:
        for half in HALVES:
            fill_present(school.context, "4B", Session(day, half))
    return school


def as_role(context: Context, role: Role) -> Context:
    return replace(context, staff=replace(context.staff, role=role, name="Ms T Vale"), alone=False)


def found(school: SmallSchool, kind: Finding) -> list[tuple[str, Session]]:
    return [(one.pupil.surname, one.session) for one in week(school.context, MONDAY).of(kind)]


def test_a_full_week_is_signed_off_and_says_by_whom(full: SmallSchool) -> None:
    assert week(full.context, DAYS[3]).open == 0
    close_week(full.context, DAYS[3], "all settled")
    state = week(full.context, MONDAY)
    assert state.signed_off
    assert state.signed_by == "Dr A Rahman"
    assert state.signed_at == datetime(2026, 11, 20, 15, 40)
    assert finish(weeks(full.context))[-1] == state
    with full.context.store.reading() as reading:
        (entry,) = reading.entries.all(kinds=[EntryKind.WEEK_CLOSED])
    assert entry.note == "all settled"
    with pytest.raises(Refused, match="signed off already, by Dr A Rahman"):
        close_week(full.context, MONDAY)


def test_an_n_a_gap_and_a_missing_note_keep_it_open(full: SmallSchool) -> None:
    context, pupils = full.context, full.pupils
    with context.store.writing(context.deed("import")) as writing:
        writing.marks.add([
            NewMark(pupils["Kaya"], MONDAY, Half.AM, "N"),
            NewMark(pupils["Doyle"], MONDAY, Half.AM, "B"),
            NewMark(pupils["Abara"], MONDAY, Half.AM, ""),
        ])  # fmt: skip
    assert found(full, Finding.OPEN_N) == [("Kaya", AM)]
    assert found(full, Finding.NOTE) == [("Doyle", AM)]
    assert found(full, Finding.GAP) == [("Abara", AM)]
    with pytest.raises(Refused, match="1 N still open, 1 gap, 1 missing note"):
        close_week(context, MONDAY)
    write(context, [Edit(pupils["Kaya"], AM, "I")], "mother rang")
    write(context, [Edit(pupils["Doyle"], AM, "B", note="swimming gala")], "coach rang")
    write(context, [Edit(pupils["Abara"], AM, "/")])
    close_week(context, MONDAY)


def test_what_waits_to_be_confirmed_is_a_gap(full: SmallSchool) -> None:
    context, kaya = full.context, full.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Plan(0, kaya, "V", MONDAY, Half.AM, MONDAY, Half.AM, note="museum"))
        writing.marks.add([NewMark(kaya, MONDAY, Half.AM, "")])
    (gap,) = week(context, MONDAY).of(Finding.GAP)
    assert gap.says == "V is still to be confirmed"


def test_attendance_elsewhere_outside_the_timetable_waits_for_a_person_too(full: SmallSchool) -> None:
    context, kaya = full.context, full.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Pattern(0, kaya, "part-time", "0111111111", MONDAY, DAYS[4]))
        writing.book.put(Plan(0, kaya, "V", MONDAY, Half.AM, MONDAY, Half.AM, note="museum"))
        writing.marks.add([NewMark(kaya, MONDAY, Half.AM, "")])
    assert found(full, Finding.GAP) == [("Kaya", AM)]
    with pytest.raises(Refused, match="1 gap"):
        close_week(context, MONDAY)


def test_a_planned_absence_is_no_gap_and_is_written_before_the_week_is_signed_off(full: SmallSchool) -> None:
    context, kaya = full.context, full.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Plan(0, kaya, "M", MONDAY, Half.AM, MONDAY, Half.AM, note="dentist"))
        writing.marks.add([NewMark(kaya, MONDAY, Half.AM, "")])
    assert found(full, Finding.GAP) == []
    close_week(context, MONDAY)
    with context.store.reading() as reading:
        mark = reading.marks.at(kaya, AM)
    assert mark is not None
    assert mark.code == "M"


def test_a_blank_is_no_gap_while_its_register_is_being_taken(school: SmallSchool, clock: StillClock) -> None:
    today_am = Session(DAYS[4], Half.AM)
    clock.set(2026, 11, 20, 8, 50)
    assert ("Kaya", today_am) not in found(school, Finding.GAP)
    clock.set(2026, 11, 20, 8, 56)
    assert ("Kaya", today_am) in found(school, Finding.GAP)


def test_a_mark_after_leaving_is_a_clash_and_does_not_keep_it_open(full: SmallSchool) -> None:
    context = full.context
    with context.store.writing(context.deed("set up")) as writing:
        child = writing.book.get(Pupil, full.pupils["Kaya"])
        assert child is not None
        writing.book.put(replace(child, leaving_day=DAYS[3]))
    assert found(full, Finding.CLASH) == [("Kaya", Session(DAYS[4], half)) for half in HALVES]
    close_week(context, MONDAY)


def test_what_an_authority_would_send_back_is_listed_and_keeps_nothing_open(full: SmallSchool) -> None:
    """O where leave was granted, X on a child of compulsory age, and a child who came where an absence was planned."""
    context, ids = full.context, full.pupils
    with context.store.writing(context.deed("set up")) as writing:
        for name in ("Abara", "Doyle", "Kaya"):
            writing.book.put(Plan(0, ids[name], "C", MONDAY, Half.AM, MONDAY, Half.AM, note="wedding"))
        writing.book.put(Plan(0, ids["Bielak"], "V", MONDAY, Half.AM, MONDAY, Half.AM))
        writing.marks.add([NewMark(ids["Abara"], MONDAY, Half.AM, "O"), NewMark(ids["Chaudhry"], MONDAY, Half.AM, "X")])
        writing.marks.add([NewMark(ids["Doyle"], MONDAY, Half.AM, "/", note="the wedding was put off")])
    says = {one.pupil.surname: one.says for one in week(context, MONDAY).of(Finding.CLASH)}
    assert says == {
        "Abara": "O stands, where C was planned (wedding): leave that was granted is no O",
        "Chaudhry": "X is not for a pupil of compulsory school age; on a part-time timetable it is C2.",
        "Kaya": "here, where C was planned (wedding); no note says why",
    }
    close_week(context, MONDAY)


def test_a_code_that_follows_from_an_arrangement_nobody_put_down_is_asked_about(full: SmallSchool) -> None:
    context, ids = full.context, full.pupils
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Pattern(0, ids["Abara"], "part-time", "0111111111", MONDAY, DAYS[4]))
        writing.book.put(Pattern(0, ids["Kaya"], "part-time", "0111111111", MONDAY, DAYS[4]))
    coded = {"Abara": "C2", "Bielak": "C2", "Chaudhry": "D", "Doyle": "Y4"}
    written, _ = write(context, [Edit(ids[name], AM, code) for name, code in coded.items()], "told by the office")
    (noted,), _ = write(context, [Edit(ids["Đặng"], AM, "Y4", note="no heating, sent home")], "told by the office")
    (due,), _ = write(context, [Edit(ids["Kaya"], Session(DAYS[1], Half.AM), "C2")], "told by the office")
    stands, at_home = "stands, but no", "put it down, or say why in a note"
    asked = [
        "",
        f"C2 {stands} part-time timetable is recorded that leaves this session out: {at_home}",
        f"D {stands} timetable at another school is recorded for this session: {at_home}",
        f"Y4 {stands} closing of the school is recorded for this session: {at_home}",
    ]
    assert [one.asked for one in written] == asked
    assert (noted.asked, due.asked) == ("", asked[1])
    says = [one.says for one in week(context, MONDAY).of(Finding.CLASH)]
    assert sorted(says) == sorted([*asked[1:], asked[1]])
    close_week(context, MONDAY)


def test_a_sister_abroad_is_no_clash_and_an_n_where_leave_was_planned_is_an_n(full: SmallSchool) -> None:
    context, ids = full.context, full.pupils
    with context.store.writing(context.deed("set up")) as writing:
        sister = writing.book.put(pupil("Kaya", "Elif", 8))
        writing.book.put(Membership(0, sister, "4B", "4", date(2026, 9, 1)))
        writing.book.put(Plan(0, ids["Abara"], "C", MONDAY, Half.AM, MONDAY, Half.AM))
        for day in DAYS:
            writing.marks.add([NewMark(sister, day, half, "O", note="in Türkiye") for half in HALVES])
        writing.marks.add([NewMark(ids["Abara"], MONDAY, Half.AM, "N")])
    assert found(full, Finding.CLASH) == []
    assert found(full, Finding.OPEN_N) == [("Abara", AM)]


def test_a_week_that_still_runs_or_has_no_session_is_not_signed_off(full: SmallSchool, clock: StillClock) -> None:
    with pytest.raises(Refused, match="has no session"):
        close_week(full.context, date(2026, 10, 28))
    clock.set(2026, 11, 20, 15, 0)
    with pytest.raises(Refused, match="not over yet"):
        close_week(full.context, MONDAY)


def test_the_lock_holds_the_office_and_asks_the_lead_for_a_reason(full: SmallSchool) -> None:
    close_week(full.context, MONDAY)
    edit = Edit(full.pupils["Kaya"], AM, "I")
    with pytest.raises(NotAllowed, match="signed off"):
        write(as_role(full.context, Role.OFFICE), [edit], "mother rang")
    with pytest.raises(NeedsReason):
        write(as_role(full.context, Role.ATTENDANCE_LEAD), [edit])
    write(as_role(full.context, Role.ATTENDANCE_LEAD), [edit], "letter of the hospital")
    first, second = (line for line in mark_history(full.context, edit.pupil, MONDAY, MONDAY) if line.session == AM)
    assert (first.was, first.change.code, second.was, second.change.code) == ("", "/", "/", "I")
    assert second.change.amends
    assert (second.change.reason, second.change.author.name) == ("letter of the hospital", "Ms T Vale")


def test_a_week_is_opened_again_with_a_reason(full: SmallSchool) -> None:
    with pytest.raises(Refused, match="not signed off"):
        reopen_week(full.context, MONDAY, "a mistake")
    close_week(full.context, MONDAY)
    with pytest.raises(Refused, match="Say why"):
        reopen_week(full.context, MONDAY, " ")
    reopen_week(full.context, MONDAY, "a whole class was marked on the wrong day")
    opened = week(full.context, MONDAY)
    assert not opened.signed_off
    assert opened.opened == Opened("Dr A Rahman", full.context.now(), "a whole class was marked on the wrong day")
    with full.context.store.reading() as reading:
        closing, opening = reading.entries.all(kinds=[EntryKind.WEEK_CLOSED])
    assert "was signed off" in closing.outcome
    assert (opening.outcome, opening.note, opening.author.position) == (
        "The week of 16 November 2026 was opened again", "a whole class was marked on the wrong day", "Headteacher",
    )  # fmt: skip
    assert week(full.context, DAYS[0] - timedelta(days=7)).opened is None
    write(as_role(full.context, Role.OFFICE), [Edit(full.pupils["Kaya"], AM, "I")], "mother rang")


def test_only_whoever_may_signs_off(full: SmallSchool) -> None:
    with pytest.raises(NotAllowed, match="sign off a week"):
        close_week(as_role(full.context, Role.OFFICE), MONDAY)


def test_a_teacher_takes_the_classes_given_and_changes_them_the_same_day(full: SmallSchool, clock: StillClock) -> None:
    teacher = as_role(full.context, Role.TEACHER)
    friday = Edit(full.pupils["Kaya"], Session(DAYS[4], Half.AM), "L", 4)
    with pytest.raises(Refused, match="takes only the registers of no class"):
        write(teacher, [friday], "came late")
    own = replace(teacher, staff=replace(teacher.staff, classes=("4B",)))
    write(own, [friday], "came late")
    with pytest.raises(Refused, match="too long ago"):
        write(own, [Edit(full.pupils["Kaya"], AM, "I")], "mother rang")
    clock.set(2026, 11, 27, 9, 0)
    office = as_role(full.context, Role.OFFICE)
    with pytest.raises(Refused, match="10 days back"):
        write(office, [Edit(full.pupils["Kaya"], AM, "I")], "mother rang")
    write(office, [Edit(full.pupils["Kaya"], Session(DAYS[1], Half.AM), "I")], "mother rang")


def test_two_people_at_one_cell_see_both_values(full: SmallSchool) -> None:
    context, kaya = full.context, full.pupils["Kaya"]
    write(context, [Edit(kaya, AM, "I")], "mother rang")
    with pytest.raises(Clash, match="I was written here meanwhile, where you saw / and gave M"):
        write(context, [Edit(kaya, AM, "M", seen="/")], "note of the dentist")
    write(context, [Edit(kaya, AM, "M", seen="I")], "note of the dentist")
    write(context, [Edit(kaya, AM, "M", seen="/")], "the same again")
    assert [line.change.code for line in mark_history(context, kaya, MONDAY, MONDAY) if line.session == AM] == [
        "/", "I", "M",
    ]  # fmt: skip


YEAR = SchoolCalendar(CALENDAR, "1111100")
TERM_DAYS = YEAR.school_days(date(2026, 9, 1), date(2027, 7, 31))


@pytest.mark.parametrize(("session_day", "today", "days", "due", "overdue"), [
    (date(2026, 11, 16), date(2026, 11, 16), 0, date(2026, 11, 23), False),
    (date(2026, 11, 16), date(2026, 11, 20), 4, date(2026, 11, 23), False),
    (date(2026, 11, 16), date(2026, 11, 23), 5, date(2026, 11, 23), False),
    (date(2026, 11, 16), date(2026, 11, 24), 6, date(2026, 11, 23), True),
    (date(2026, 10, 22), date(2026, 11, 5), 5, date(2026, 11, 5), False),
])  # fmt: skip
def test_the_age_of_an_n_counts_school_days(
    session_day: date, today: date, days: int, due: date, overdue: bool
) -> None:
    """The last case lies over the half term: five school days are a fortnight."""
    age = age_of_n(YEAR, Session(session_day, Half.AM), today, 5)
    assert (age.days, age.due, age.overdue) == (days, due, overdue)


@given(st.sampled_from(TERM_DAYS[:150]), st.integers(0, 60))
def test_an_n_is_overdue_exactly_once_more_than_five_school_days_have_come(day: date, later: int) -> None:
    today = day + timedelta(days=later)
    age = age_of_n(YEAR, Session(day, Half.PM), today, 5)
    assert age.days == sum(day < one <= today for one in TERM_DAYS)
    assert age.due == [one for one in TERM_DAYS if one > day][4]
    assert age.overdue == (today > age.due)
