"""What must be looked at, read from a real school: who is told, as at which moment, and what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desktop_app.actions.decisions import decide, expect_illness
from desktop_app.actions.log import withdraw
from desktop_app.actions.watching import due, due_of
from desktop_app.context import as_aware
from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.domain.triggers import Trigger, TriggerKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.deciding import RIGHTS_TO_DECIDE
from desktop_app.rules.rights import ROLES
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.presence import FRIDAY, fill, some
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool, pupil

PENALTY, N = TriggerKind.PENALTY_THRESHOLD, TriggerKind.REASON_NOT_ESTABLISHED


@pytest.fixture(autouse=True)
def _after_school(school: SmallSchool, clock: StillClock) -> None:
    """Every session of the day has been."""
    clock.set(2026, 11, 20, 16, 0)


def of(found: tuple[Trigger, ...], kind: TriggerKind) -> list[Trigger]:
    return [one for one in found if one.kind is kind]


def test_the_list_of_a_school(school: SmallSchool) -> None:
    doyle, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    fill(school, {doyle: some(school, date(2026, 11, 9), 12, "O"), kaya: some(school, FRIDAY, 2, "N")})
    found = due(school.context, FRIDAY)
    (penalty,) = of(found, PENALTY)
    assert (penalty.pupil, penalty.class_name, penalty.since) == (doyle, "4B", date(2026, 11, 13))
    assert "national framework for penalty notices" in penalty.source
    (open_n,) = of(found, N)
    assert (open_n.pupil, open_n.due) == (kaya, date(2026, 11, 27))
    kinds = list(TriggerKind)
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=kinds.index)


def test_kinds_and_one_child_are_the_same_list_cut_down(school: SmallSchool) -> None:
    codes = {key: some(school, date(2026, 10, 1 + key % 5), 8 + 3 * key, "O") for key in school.pupils.values()}
    fill(school, codes)
    whole = due(school.context, FRIDAY)
    for kind in TriggerKind:
        assert list(due(school.context, FRIDAY, kinds=[kind])) == of(whole, kind), kind
    for key in school.pupils.values():
        mine = [one for one in whole if one.pupil == key]
        assert list(due_of(school.context, key, FRIDAY)) == mine
    assert len(whole) > 6


def test_a_day_before_is_told_of_what_was_before(school: SmallSchool) -> None:
    doyle = school.pupils["Doyle"]
    fill(school, {doyle: some(school, date(2026, 11, 9), 20, "O")})
    assert of(due(school.context, date(2026, 11, 13)), PENALTY)
    assert not of(due(school.context, date(2026, 11, 12)), PENALTY)


def test_as_at_a_past_moment_the_list_is_what_it_was(school: SmallSchool, clock: StillClock) -> None:
    doyle = school.pupils["Doyle"]
    absent = some(school, date(2026, 11, 9), 10, "O")
    fill(school, {doyle: absent})
    then = as_aware(datetime(2026, 11, 20, 16, 30))
    before = due(school.context, FRIDAY)
    clock.set(2026, 11, 23, 9, 0)
    with school.context.store.writing(school.context.deed("amend")) as writing:
        writing.marks.add(NewMark(doyle, one.day, one.half, "I", amends=True) for one in absent)
    assert not of(due(school.context, FRIDAY), PENALTY)
    assert due(school.context, FRIDAY, then) == before
    assert of(before, PENALTY)
    assert due(school.context, FRIDAY, as_aware(datetime(2020, 1, 1))) == ()


def test_what_lies_before_the_school_year_is_read_of_those_who_meet_it(school: SmallSchool) -> None:
    """The spell began in June of the year before: the list of September says so."""
    context, doyle = school.context, school.pupils["Doyle"]
    with context.store.writing(context.deed("last year")) as writing:
        writing.book.put(Period(0, PeriodKind.TERM, "summer term", date(2026, 4, 13), date(2026, 7, 21)))
    june = some(school, date(2026, 6, 1), 12, "G")
    with context.store.writing(context.deed("marks")) as writing:
        writing.marks.add(NewMark(doyle, one.day, one.half, code) for one, code in june.items())
    (found,) = of(due(context, date(2026, 9, 10)), PENALTY)
    assert found.since == date(2026, 6, 5)
    (alone,) = due(context, date(2026, 9, 10), kinds=[PENALTY])
    assert alone == found


def test_marks_where_no_session_was_do_not_count(school: SmallSchool) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 9), 10, "O")})
    assert of(due(context, FRIDAY), PENALTY)
    with context.store.writing(context.deed("closure")) as writing:
        writing.book.put(Period(0, PeriodKind.CLOSURE, "boiler", date(2026, 11, 10), date(2026, 11, 10)))
    assert not of(due(context, FRIDAY), PENALTY)


def test_who_has_left_or_is_to_come_is_not_listed(school: SmallSchool) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 2), 12, "O")}, date(2026, 11, 13))
    with context.store.writing(context.deed("leave")) as writing:
        child = writing.book.get(Pupil, doyle)
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 11, 13)))
    assert of(due(context, date(2026, 11, 13)), PENALTY)
    assert not [one for one in due(context, FRIDAY) if one.pupil == doyle]
    assert due_of(context, doyle, FRIDAY) == ()


def test_a_leaver_leaves_an_n_to_settle_and_a_return_to_send(school: SmallSchool, clock: StillClock) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    last = date(2026, 11, 13)
    fill(school, {doyle: some(school, date(2026, 10, 19), 28, "O") | some(school, last, 2, "N")}, last)
    with context.store.writing(context.deed("leave")) as writing:
        child = writing.book.get(Pupil, doyle)
        assert child is not None
        writing.book.put(replace(child, leaving_day=last))
    mine = [one for one in due(context, FRIDAY) if one.pupil == doyle]
    assert [one.kind for one in mine] == [N, TriggerKind.ATTENDANCE_RETURN, TriggerKind.IRREGULAR_ATTENDANCE]
    assert {one.class_name for one in mine} == {"4B"}
    assert list(due_of(context, doyle, FRIDAY)) == mine
    assert not [one for one in due(context, FRIDAY) if one.kind is TriggerKind.REGISTER_MISSING and one.pupil == doyle]
    clock.set(2026, 12, 4, 16, 0)
    december = date(2026, 12, 4)
    assert [one.due for one in due_of(context, doyle, december)] == [date(2026, 11, 20), date(2026, 11, 30)]
    decide(context, "attendance-return", doyle, "named in November’s")
    assert [one.kind for one in due_of(context, doyle, december)] == [N]


def test_a_return_sent_late_is_that_of_its_month(school: SmallSchool, clock: StillClock) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 9, 7), 300, "O")})
    for month_ends in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)):
        (found,) = of(due_of(context, doyle, FRIDAY), TriggerKind.ATTENDANCE_RETURN)
        assert found.due == month_ends
        decide(context, "attendance-return", doyle, "sent")
    assert not of(due_of(context, doyle, FRIDAY), TriggerKind.ATTENDANCE_RETURN)


def test_who_never_arrived_is_known_from_the_years_before(school: SmallSchool) -> None:
    """Both started in July and miss September; one of them came in July."""
    context, (doyle, kaya) = school.context, (school.pupils["Doyle"], school.pupils["Kaya"])
    away = calendar_with_july(school).sessions(date(2026, 7, 13), date(2026, 9, 11))
    with context.store.writing(context.deed("marks")) as writing:
        for key in (doyle, kaya):
            child = writing.book.get(Pupil, key)
            assert child is not None
            writing.book.put(replace(child, starting_day=date(2026, 7, 13)))
        writing.marks.add(NewMark(doyle, one.day, one.half, "N") for one in away)
        writing.marks.add(NewMark(kaya, one.day, one.half, "N" if one.day.month == 9 else "/") for one in away)
    found = of(due(context, date(2026, 9, 11)), TriggerKind.ADMISSION_DUE)
    assert [(one.pupil, one.since) for one in found] == [(doyle, date(2026, 7, 13))]


def calendar_with_july(school: SmallSchool) -> SchoolCalendar:
    with school.context.store.writing(school.context.deed("last year")) as writing:
        writing.book.put(Period(0, PeriodKind.TERM, "summer term", date(2026, 4, 13), date(2026, 7, 21)))
    return calendar_of(school.context)


def test_a_register_that_is_not_complete(school: SmallSchool, clock: StillClock) -> None:
    doyle, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    morning, noon = Session(date(2026, 11, 19), Half.AM), Session(FRIDAY, Half.PM)
    fill(school, {doyle: {morning: "", noon: ""}, kaya: {morning: ""}})
    (found,) = of(due(school.context, FRIDAY), TriggerKind.REGISTER_MISSING)
    assert (found.pupil, found.class_name, found.since) == (0, "4B", morning.day)
    assert [Session(one.day, one.half) for one in found.sessions] == [morning, noon]
    assert "up to 2 children have no mark" in found.says
    clock.set(2026, 11, 20, 13, 10)
    (earlier,) = of(due(school.context, FRIDAY), TriggerKind.REGISTER_MISSING)
    assert len(earlier.sessions) == 1, "the afternoon register is still open"
    assert not of(due(school.context, date(2026, 11, 18)), TriggerKind.REGISTER_MISSING)


def test_a_day_to_come_is_told_of_what_is_known(school: SmallSchool, clock: StillClock) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 6), 20, "O")}, date(2026, 11, 19))
    clock.set(2026, 11, 20, 9, 30)
    monday = date(2026, 11, 23)
    assert of(due(context, monday), TriggerKind.CONTINUOUS_ABSENCE)
    with context.store.writing(context.deed("mark")) as writing:
        writing.marks.add([NewMark(doyle, FRIDAY, Half.AM, "/")])
    for on in (FRIDAY, monday):
        assert not of(due(context, on), TriggerKind.CONTINUOUS_ABSENCE), "seen this morning"
    assert of(due(context, date(2026, 11, 19)), TriggerKind.CONTINUOUS_ABSENCE)


def test_who_fell_into_a_lower_band(school: SmallSchool) -> None:
    doyle = school.pupils["Doyle"]
    fill(school, {doyle: some(school, date(2026, 11, 16), 8, "I")})
    (found,) = of(due(school.context, FRIDAY), TriggerKind.BAND_CROSSED)
    assert found.pupil == doyle
    assert "From Good to Monitor" in found.says
    assert len(found.sessions) == 8
    before = calendar_of(school.context).count(date(2026, 9, 1), date(2026, 11, 13))
    place = next(n for n in range(1, 9) if 100 * before < 95 * (before + n))
    assert found.since == found.sessions[place - 1].day
    assert date(2026, 11, 16) < found.since < date(2026, 11, 19)
    assert due_of(school.context, doyle, FRIDAY) == tuple(
        one for one in due(school.context, FRIDAY) if one.pupil == doyle
    )
    decide(school.context, "band-crossed", doyle, "spoken with the mother")
    assert not of(due(school.context, FRIDAY), TriggerKind.BAND_CROSSED)


def test_a_deeper_fall_of_the_same_week_is_another(school: SmallSchool, clock: StillClock) -> None:
    """Below 95 % on Tuesday, decided about; below 90 % on Friday."""
    doyle, context = school.pupils["Doyle"], school.context
    early = some(school, date(2026, 9, 7), 4, "I")
    fill(school, {doyle: early | some(school, date(2026, 11, 16), 10, "I")})
    tuesday = date(2026, 11, 17)
    (first,) = of(due(context, tuesday, kinds=[TriggerKind.BAND_CROSSED]), TriggerKind.BAND_CROSSED)
    assert "to Monitor" in first.says
    clock.set(2026, 11, 17, 16, 0)
    decide(context, "band-crossed", doyle, "spoken with the mother")
    clock.set(2026, 11, 20, 16, 0)
    assert not of(due(context, tuesday), TriggerKind.BAND_CROSSED)
    (second,) = of(due(context, FRIDAY), TriggerKind.BAND_CROSSED)
    assert "to Persistent" in second.says, second.says
    assert tuesday < second.since <= FRIDAY


def test_what_was_decided_about_a_band_hides_no_deeper_fall_of_the_same_day(school: SmallSchool) -> None:
    """Below 95 %, and decided about on the Friday; then the absences of a September week are put in after all, and it
    has been below 90 % since a day before the decision. What is decided about that holds for the better band too."""
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 16), 10, "I")})
    first, _ = decide(context, "band-crossed", doyle, "spoken with the mother")
    assert first.trigger.about == "monitor"

    def september(codes: tuple[str, str]) -> None:
        with context.store.writing(context.deed("put right")) as writing:
            writing.marks.add(
                NewMark(doyle, one.day, one.half, codes[one.half.ordinal], amends=True)
                for one in some(school, date(2026, 9, 7), 4, "I")
            )

    september(("I", "I"))
    (deeper,) = of(due(context, FRIDAY), TriggerKind.BAND_CROSSED)
    assert "to Persistent" in deeper.says
    assert deeper.since <= FRIDAY
    decide(context, "band-crossed", doyle, "a meeting on Monday")
    assert not of(due(context, FRIDAY), TriggerKind.BAND_CROSSED)
    withdraw(context, first.entry, "the meeting stands for both")
    september(("/", "\\"))
    assert not of(due(context, FRIDAY), TriggerKind.BAND_CROSSED)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_told_what_it_may_read(school: SmallSchool, role: Role) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 2), 30, "N")})
    with context.store.writing(context.deed("task")) as writing:
        writing.book.put(Task(0, doyle, "review", FRIDAY, None, "Review the plan"))
        other = writing.book.put(pupil("Yıldız", "Emre", 9))
        writing.book.put(Membership(0, other, "5C", "5", date(2026, 9, 1)))
        absent = some(school, date(2026, 11, 2), 20, "O")
        writing.marks.add(NewMark(other, one.day, one.half, code) for one, code in absent.items())
    asking = in_role(context, role, "4B")
    if Right.READ_PUPIL not in ROLES[role]:
        with pytest.raises(NotAllowed):
            due(asking, FRIDAY)
        with pytest.raises(NotAllowed):
            due_of(asking, doyle, FRIDAY)
        return
    found = due(asking, FRIDAY)
    assert {one.pupil for one in of(found, PENALTY)} == ({doyle} if role is Role.TEACHER else {doyle, other})
    log = Right.READ_LOG in ROLES[role]
    assert bool(of(found, TriggerKind.REVIEW_DUE)) is log
    assert bool(of(found, TriggerKind.NO_CONTACT)) is log
    if role is Role.TEACHER:
        with pytest.raises(Refused):
            due_of(asking, other, FRIDAY)
        assert {one.class_name for one in of(found, TriggerKind.REGISTER_MISSING)} <= {"4B"}


def test_a_decision_hides_the_spell_and_not_the_next(school: SmallSchool, clock: StillClock) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 9, 14), 10, "O")}, date(2026, 10, 2))
    clock.set(2026, 9, 21, 16, 0)
    made, changes = decide(context, "penalty-threshold", doyle, "penalty notice not asked for: support continues")
    assert changes.entries
    assert changes.pupils == {doyle}
    assert made.trigger.since == date(2026, 9, 18)
    with context.store.reading() as reading:
        entry = reading.entries.get(made.entry)
    assert entry is not None
    assert entry.kind is EntryKind.DECISION
    assert entry.details == {"trigger": "penalty-threshold", "since": "2026-09-18"}
    assert "10 unauthorised sessions" in entry.note
    clock.set(2026, 10, 2, 16, 0)
    assert not of(due(context, date(2026, 10, 2)), PENALTY)
    assert of(due(context, date(2026, 9, 18)), PENALTY), "it was not decided before Monday"
    with pytest.raises(Refused, match="decided"):
        decide(context, "penalty-threshold", doyle, "again")
    withdraw(context, made.entry, "meant for another child")
    assert of(due(context, date(2026, 10, 2)), PENALTY)


@pytest.mark.parametrize(("key", "words", "says"), [
    ("penalty-threshold", "  ", "Say what was decided"),
    ("no-such-thing", "yes", "There is no trigger “no-such-thing” here"),
    ("severe-absence", "yes", "not met of this child"),
    ("reason-not-established", "yes", "settle it in the register"),
    ("review-due", "yes", "close the task"),
])  # fmt: skip
def test_what_cannot_be_decided(school: SmallSchool, key: str, words: str, says: str) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 9), 12, "N")})
    with context.store.writing(context.deed("task")) as writing:
        writing.book.put(Task(0, doyle, "review", FRIDAY, None, "Review the plan"))
    before = due(context, FRIDAY)
    with pytest.raises(Refused, match=says):
        decide(context, key, doyle, words)
    with pytest.raises(Refused, match="still to come"):
        decide(context, key, doyle, "yes", FRIDAY + timedelta(days=1))
    assert due(context, FRIDAY) == before


CASE, RETURNS, WHOLE, CLASS = (
    frozenset({"penalty-threshold"}),
    frozenset({"attendance-return", "irregular-attendance", "sickness-return", "new-pupil-return"}),
    frozenset({"continuous-absence", "persistent-absence"}),
    frozenset({"level-one"}),
)


@pytest.mark.parametrize(("role", "may"), [
    (Role.HEADTEACHER, CASE | RETURNS | WHOLE | CLASS), (Role.ATTENDANCE_LEAD, CASE | RETURNS | WHOLE | CLASS),
    (Role.DSL, CASE | WHOLE | CLASS), (Role.OFFICE, RETURNS | WHOLE | CLASS), (Role.TEACHER, CLASS),
    (Role.READ_ONLY, frozenset()), (Role.INSPECTOR, frozenset()), (Role.GOVERNOR, frozenset()),
    (Role.SUPPLY, frozenset()),
])  # fmt: skip
def test_who_decides_what(school: SmallSchool, role: Role, may: frozenset[str]) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    fill(school, {doyle: some(school, date(2026, 11, 2), 30, "O")})
    with context.store.writing(context.deed("new")) as writing:
        child = writing.book.get(Pupil, doyle)
        assert child is not None
        writing.book.put(replace(child, starting_day=date(2026, 9, 14)))
    expect_illness(context, doyle, 30, date(2027, 1, 11), "surgery")
    asking, decided = in_role(context, role, "4B"), set[str]()
    for key in sorted(CASE | RETURNS | WHOLE | CLASS):
        assert key in {one.key for one in due_of(context, doyle, FRIDAY)}, key
        try:
            made, _ = decide(asking, key, doyle, "decided")
        except Refused:  # a class teacher reads no log, and so is not told of illness that is expected
            continue
        decided.add(key)
        withdraw(context, made.entry, "another role tries")
    assert decided == may


def test_every_kind_of_trigger_names_who_decides_it() -> None:
    assert set(RIGHTS_TO_DECIDE) == set(TriggerKind)
    # A class teacher decides none of what is returned to the authority, may end in a notice, or in a deletion.
    left = {kind for kind, rights in RIGHTS_TO_DECIDE.items() if rights <= ROLES[Role.TEACHER]}
    assert left == {TriggerKind.LEVEL_ONE, TriggerKind.MEDICAL_EVIDENCE, TriggerKind.BAND_CROSSED}


def test_illness_that_is_expected(school: SmallSchool) -> None:
    doyle, context = school.pupils["Doyle"], school.context
    assert not of(due(context, FRIDAY), TriggerKind.SICKNESS_RETURN)
    expect_illness(context, doyle, 30, date(2026, 11, 23), "surgery, six weeks")
    (found,) = of(due(context, FRIDAY), TriggerKind.SICKNESS_RETURN)
    assert found.since == FRIDAY
    assert "30 days of illness expected from Mon 23 Nov 2026" in found.says
    decide(context, "sickness-return", doyle, "return sent")
    assert not of(due(context, FRIDAY), TriggerKind.SICKNESS_RETURN)
    for days, why in ((0, "x"), (191, "x"), (5, " ")):
        with pytest.raises(Refused):
            expect_illness(context, doyle, days, FRIDAY, why)
    teacher = in_role(context, Role.TEACHER, "4B")
    with pytest.raises(NotAllowed):
        expect_illness(teacher, doyle, 30, FRIDAY, "surgery")
