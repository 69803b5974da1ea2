"""Writing in the register: what is refused and in which words, what an amendment keeps, and undoing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.register import Written, fill_present, undo, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.today import today
from desktop_app.domain.entries import REPORTED, EntryKind, NewEntry
from desktop_app.domain.errors import NeedsReason, NotAllowed, Refused
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import Pattern, Pupil
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
MORNING = Session(TODAY, Half.AM)
AFTERNOON = Session(TODAY, Half.PM)
YESTERDAY = Session(date(2026, 11, 19), Half.AM)


def _stands(school: SmallSchool, pupil: int, session: Session) -> str:
    with school.context.store.reading() as reading:
        mark = reading.marks.at(pupil, session)
    return mark.code if mark else ""


def _one(school: SmallSchool, session: Session, code: str, reason: str = "", **more: object) -> Written:
    written, _ = write(school.context, [Edit(school.pupils["Doyle"], session, code, **more)], reason)
    return written[0]


def test_a_first_mark_needs_no_reason_even_after_the_register_closed(school: SmallSchool) -> None:
    written = _one(school, YESTERDAY, "I")
    assert (written.was, written.changed, written.amended) == (None, True, False)
    assert _stands(school, school.pupils["Doyle"], YESTERDAY) == "I"


def test_a_change_while_the_register_is_open_is_no_amendment(school: SmallSchool) -> None:
    _one(school, MORNING, "N")
    assert not _one(school, MORNING, "/").amended
    with school.context.store.reading() as reading:
        history = reading.marks.history(school.pupils["Doyle"], TODAY, TODAY)
    assert [(row.code, row.amends) for row in history] == [("N", False), ("/", False)]


def test_an_amendment_asks_for_a_reason_and_keeps_original_author_and_position(school: SmallSchool) -> None:
    _one(school, YESTERDAY, "N")
    with pytest.raises(NeedsReason, match="Thu 19 Nov, morning is closed"):
        _one(school, YESTERDAY, "O")
    assert _stands(school, school.pupils["Doyle"], YESTERDAY) == "N"
    assert _one(school, YESTERDAY, "O", "No reason given after three calls.").amended
    with school.context.store.reading() as reading:
        first, second = reading.marks.history(school.pupils["Doyle"], YESTERDAY.day, YESTERDAY.day)
    assert (first.code, second.code, second.amends) == ("N", "O", True)
    assert second.reason == "No reason given after three calls."
    assert (second.author.name, second.author.position) == ("Dr A Rahman", "Headteacher")


def test_the_same_code_again_changes_nothing(school: SmallSchool) -> None:
    _one(school, YESTERDAY, "I")
    assert not _one(school, YESTERDAY, "I").changed
    with school.context.store.reading() as reading:
        assert len(reading.marks.history(school.pupils["Doyle"], YESTERDAY.day, YESTERDAY.day)) == 1


def test_minutes_given_later_are_a_change(school: SmallSchool) -> None:
    _one(school, MORNING, "L")
    assert _one(school, MORNING, "L", minutes=3).changed
    assert not _one(school, MORNING, "L").changed


def test_a_code_typed_again_keeps_the_minutes_and_the_note_it_does_not_say(school: SmallSchool) -> None:
    _one(school, MORNING, "L", minutes=3, note="the bus")
    _one(school, MORNING, "L", minutes=5)
    _one(school, MORNING, "L", note="the late bus")
    with school.context.store.reading() as reading:
        mark = reading.marks.at(school.pupils["Doyle"], MORNING)
    assert mark is not None
    assert (mark.minutes, mark.note) == (5, "the late bus")
    _one(school, MORNING, "K", note="hospital school")
    assert not _one(school, MORNING, "K").changed


def test_nobody_has_come_late_at_a_time_that_is_still_to_come(school: SmallSchool, clock: StillClock) -> None:
    with pytest.raises(Refused, match="Doyle, Ryan, Fri 20 Nov, morning: 09:40 is still to come: it is 08:50 now"):
        _one(school, MORNING, "U", minutes=55)
    assert _stands(school, school.pupils["Doyle"], MORNING) == ""
    clock.set(2026, 11, 20, 9, 40)
    assert _one(school, MORNING, "U", minutes=55).changed
    assert _one(school, YESTERDAY, "U", minutes=180).changed, "of a former day every time has come"


def test_minutes_after_the_close_are_u_wherever_they_are_typed(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 15, 0)
    with pytest.raises(Refused, match="Doyle, Ryan, Fri 20 Nov, morning: U, not L: 09:25 is after"):
        _one(school, MORNING, "L", minutes=40)
    with pytest.raises(Refused, match="L, not U"):
        _one(school, MORNING, "U", minutes=4)
    with pytest.raises(Refused, match="after the end of the session"):
        _one(school, MORNING, "U", minutes=300)
    assert _one(school, MORNING, "U", minutes=40).changed
    with school.context.store.writing(school.context.deed("import")) as writing:
        writing.marks.add([NewMark(school.pupils["Kaya"], YESTERDAY.day, YESTERDAY.half, "L", 40)])
    written, _ = write(school.context, [Edit(school.pupils["Kaya"], YESTERDAY, "L", 40, "the ferry")], "told today")
    assert written[0].changed, "what was taken in with its minutes can still be given a note"


@pytest.mark.parametrize(
    ("session", "code", "more", "words"),
    [
        (Session(date(2026, 11, 23), Half.AM), "I", {}, "future"),
        (Session(date(2026, 11, 14), Half.AM), "/", {}, "Saturday"),
        (Session(date(2026, 10, 27), Half.PM), "\\", {}, "half term"),
        (Session(date(2026, 9, 2), Half.AM), "/", {}, "INSET day: first day"),
        (Session(date(2026, 8, 20), Half.AM), "/", {}, "outside every term"),
        (MORNING, "\\", {}, "afternoon mark"),
        (AFTERNOON, "/", {}, "morning mark"),
        (MORNING, "H", {}, "withdrawn"),
        (MORNING, "Q9", {}, "not an attendance code"),
        (MORNING, "#", {}, "calendar"),
        (MORNING, "K", {}, "needs a note"),
        (MORNING, "B", {}, "needs a note"),
        (MORNING, "Y7", {}, "needs a note"),
        (MORNING, "I", {"minutes": 5}, "Minutes late go with L or U"),
        (MORNING, "L", {"minutes": 0}, "from 1 to 400"),
    ],
)
def test_what_cannot_stand_is_refused_in_words(
    school: SmallSchool, session: Session, code: str, more: dict[str, int], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        _one(school, session, code, **more)
    assert _stands(school, school.pupils["Doyle"], session) == ""


def test_no_mark_before_the_starting_day_or_after_leaving(school: SmallSchool) -> None:
    context = school.context
    with context.store.writing(context.deed("roll")) as writing:
        child = writing.book.get(Pupil, school.pupils["Doyle"])
        assert child is not None
        late = Pupil(child.id, "Doyle", "Ryan", child.date_of_birth, date(2026, 11, 18), leaving_day=date(2026, 11, 19))
        writing.book.put(late)
    with pytest.raises(Refused, match="before the starting day, Wed 18 Nov 2026"):
        _one(school, Session(date(2026, 11, 17), Half.AM), "/")
    with pytest.raises(Refused, match="after leaving on Thu 19 Nov 2026"):
        _one(school, MORNING, "/")


def test_one_bad_edit_among_many_changes_nothing(school: SmallSchool) -> None:
    edits = [Edit(pupil, MORNING, "/") for pupil in school.pupils.values()] + [
        Edit(school.pupils["Kaya"], MORNING, "H")
    ]
    with pytest.raises(Refused):
        write(school.context, edits)
    assert {_stands(school, pupil, MORNING) for pupil in school.pupils.values()} == {""}


def test_where_another_system_is_the_register_marks_cannot_be_typed(school: SmallSchool) -> None:
    context = school.context
    with context.store.writing(context.deed("setting")) as writing:
        from dataclasses import replace

        writing.book.put(replace(writing.book.school(), is_register=False))
    with pytest.raises(Refused, match="Another system is this school’s register"):
        _one(school, MORNING, "/")


def test_fill_marks_only_expected_blanks(school: SmallSchool) -> None:
    _one(school, MORNING, "I")
    written, changes = fill_present(school.context, "4B", MORNING)
    assert len(written) == 5
    assert changes.pupils == {one for name, one in school.pupils.items() if name != "Doyle"}
    assert _stands(school, school.pupils["Doyle"], MORNING) == "I"
    assert _stands(school, school.pupils["Kaya"], MORNING) == "/"


def test_fill_leaves_a_planned_absence_blank(school: SmallSchool) -> None:
    context = school.context
    plan = Plan(0, school.pupils["Kaya"], "M", TODAY, Half.AM, TODAY, Half.AM)
    with context.store.writing(context.deed("plan")) as writing:
        writing.book.put(plan)
    assert len(fill_present(context, "4B", MORNING)[0]) == 5


def test_fill_leaves_a_session_outside_a_part_time_pattern_blank(school: SmallSchool) -> None:
    context = school.context
    with context.store.writing(context.deed("pattern")) as writing:
        writing.book.put(Pattern(0, school.pupils["Kaya"], "part-time", "1111111100", date(2026, 9, 1)))
    written, _ = fill_present(context, "4B", MORNING)
    assert school.pupils["Kaya"] not in {one.edit.pupil for one in written}
    assert len(written) == 5
    state = today(context).registers[0]
    assert (state.pupils, state.taken) == (5, True)


def test_fill_is_refused_before_taking_begins_and_on_closed_days(school: SmallSchool, clock: StillClock) -> None:
    with pytest.raises(Refused, match="taken from 13:00"):
        fill_present(school.context, "4B", AFTERNOON)
    with pytest.raises(Refused, match="half term"):
        fill_present(school.context, "4B", Session(date(2026, 10, 27), Half.AM))
    clock.set(2026, 11, 20, 13, 0)
    assert len(fill_present(school.context, "4B", AFTERNOON)[0]) == 6


def test_clearing_is_for_open_registers(school: SmallSchool) -> None:
    _one(school, MORNING, "/")
    assert _one(school, MORNING, "").changed
    assert _stands(school, school.pupils["Doyle"], MORNING) == ""
    _one(school, YESTERDAY, "/")
    with pytest.raises(Refused, match="not taken away"):
        _one(school, YESTERDAY, "", "typed on the wrong line")


def test_undo_puts_back_what_stood_and_the_history_keeps_both(school: SmallSchool) -> None:
    _one(school, YESTERDAY, "N")
    changed = _one(school, YESTERDAY, "O", "No answer all week.")
    undone, _ = undo(school.context, [changed])
    assert _stands(school, school.pupils["Doyle"], YESTERDAY) == "N"
    with school.context.store.reading() as reading:
        history = reading.marks.history(school.pupils["Doyle"], YESTERDAY.day, YESTERDAY.day)
    assert [(row.code, row.source) for row in history] == [
        ("N", Source.TYPED),
        ("O", Source.TYPED),
        ("N", Source.UNDO),
    ]
    assert undone.written[0].was is not None


def test_undo_of_a_fill_blanks_every_mark_again(school: SmallSchool) -> None:
    written, _ = fill_present(school.context, "4B", MORNING)
    undo(school.context, written)
    assert {_stands(school, pupil, MORNING) for pupil in school.pupils.values()} == {""}


def test_undo_of_a_fill_leaves_what_somebody_wrote_since_and_names_it(school: SmallSchool) -> None:
    written, _ = fill_present(school.context, "4B", MORNING)
    _one(school, MORNING, "I")
    undone, changes = undo(school.context, written)
    standing = {name: _stands(school, key, MORNING) for name, key in school.pupils.items()}
    assert standing == dict.fromkeys(school.pupils, "") | {"Doyle": "I"}
    assert [(one.pupil.surname, one.session, one.stands and one.stands.code) for one in undone.left] == [
        ("Doyle", MORNING, "I")
    ]
    assert school.pupils["Doyle"] not in changes.pupils
    again, _ = undo(school.context, undone.written)
    assert again.left == ()
    assert _stands(school, school.pupils["Kaya"], MORNING) == "/"


def test_undo_is_refused_once_the_mark_changed_again(school: SmallSchool) -> None:
    first = _one(school, MORNING, "N")
    _one(school, MORNING, "I")
    with pytest.raises(Refused, match="changed again"):
        undo(school.context, [first])
    assert _stands(school, school.pupils["Doyle"], MORNING) == "I"


def test_whoever_was_reported_absent_is_not_filled_in_as_present(school: SmallSchool, clock: StillClock) -> None:
    kaya = school.pupils["Kaya"]
    with school.context.store.writing(school.context.deed("call")) as writing:
        details = {REPORTED: "AM PM"}
        writing.entries.add(
            NewEntry(EntryKind.PHONE_CALL, school.context.now(), (kaya,), "ill all day", details=details)
        )
    for hour, half in ((8, Half.AM), (13, Half.PM)):
        clock.set(2026, 11, 20, hour, 50 if hour == 8 else 5)
        written, _ = fill_present(school.context, "4B", Session(date(2026, 11, 20), half))
        assert kaya not in {one.edit.pupil for one in written}
        assert len(written) == len(school.pupils) - 1


@pytest.mark.parametrize(("role", "may"), [(Role.TEACHER, False), (Role.OFFICE, False), (Role.HEADTEACHER, True)])
def test_leave_is_typed_only_by_whoever_may_grant_it(school: SmallSchool, role: Role, *, may: bool) -> None:
    staff = replace(school.context.staff, role=role, classes=("4B",))
    context = replace(school.context, staff=staff, alone=False)
    edit = Edit(school.pupils["Doyle"], MORNING, "C", note="a wedding")
    if may:
        assert write(context, [edit])[0][0].changed
        return
    with pytest.raises(NotAllowed, match="grant leave"):
        write(context, [edit])
    with school.context.store.writing(school.context.deed("plan")) as writing:
        writing.book.put(Plan(0, edit.pupil, "C", MORNING.day, Half.AM, MORNING.day, Half.PM, "a wedding"))
    assert write(context, [edit])[0][0].changed, "it was given already"


def test_a_supply_teacher_changes_no_closed_register_even_today(school: SmallSchool, clock: StillClock) -> None:
    staff = replace(school.context.staff, role=Role.SUPPLY, classes=("4B",))
    context = replace(school.context, staff=staff, alone=False)
    write(context, [Edit(school.pupils["Doyle"], MORNING, "N")])
    clock.set(2026, 11, 20, 9, 30)
    with pytest.raises(NotAllowed):
        write(context, [Edit(school.pupils["Doyle"], MORNING, "/")], "came in late")


def test_what_one_child_may_have_says_nothing_of_the_next(school: SmallSchool) -> None:
    """What is asked of a code and a session is asked once for a register; age is asked of each child."""
    young, old = school.pupils["Abara"], school.pupils["Kaya"]
    with school.context.store.writing(school.context.deed("set up")) as writing:
        child = writing.book.get(Pupil, young)
        assert child is not None
        writing.book.put(replace(child, date_of_birth=date(2022, 3, 1)))
    session = Session(date(2026, 11, 19), Half.AM)
    with pytest.raises(Refused):
        write(school.context, [Edit(young, session, "X"), Edit(old, session, "X")])
    write(school.context, [Edit(young, session, "X"), Edit(old, session, "I")])
