"""Returns made, kept, sent and chased: files read back, one for each authority, and refusals that change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop_app.actions.returns.due import returns_due, told_by_no_trigger
from desktop_app.actions.returns.making import made_of, make_return, return_bytes, save_return
from desktop_app.actions.returns.reading import list_return
from desktop_app.actions.returns.sending import mark_sent, take_back_return
from desktop_app.actions.watching import due
from desktop_app.cli.answers import finish
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Answer, Flag, FlagKind, Pattern, PatternKind, Person, Tie
from desktop_app.domain.returns import Checked, ReturnForm, ReturnKind
from desktop_app.domain.staff import Role
from desktop_app.domain.triggers import TriggerKind
from desktop_app.rules.returns.checking import line_id
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.returns import TODAY, changed, excluded, head_of, made_now, marked, school_days, with_absences
from tests.support.schools import SmallSchool

ATTENDANCE, SICKNESS = ReturnKind.ATTENDANCE, ReturnKind.SICKNESS


@pytest.fixture
def away(school: SmallSchool, clock: StillClock) -> SmallSchool:
    clock.set(2026, 11, 20, 16, 0)
    return with_absences(school)


def test_the_attendance_return_is_what_the_watch_list_says(away: SmallSchool) -> None:
    found = list_return(away.context, ATTENDANCE, TODAY)
    (line,) = found.lines
    assert (line.pupil.id, line.class_name, line.owed) == (away.pupils["Abara"], "4B", True)
    listed = due(away.context, TODAY, kinds=[TriggerKind.ATTENDANCE_RETURN, TriggerKind.IRREGULAR_ATTENDANCE])
    assert [one.key for one in line.line.answers] == [one.key for one in listed]
    assert {one.due for one in listed} == {line.line.due}
    assert line.line.authorities == (found.school_authority,) == ("Knowsley Council",)


def test_it_is_made_as_workbook_and_pdf_and_kept_byte_for_byte(away: SmallSchool, tmp_path: Path) -> None:
    (made,) = made_now(away.context, ATTENDANCE)
    assert [one.form for one in made.files] == [ReturnForm.WORKBOOK, ReturnForm.PDF]
    workbook, pdf = (return_bytes(away.context, one) for one in made.files)
    assert sha256(workbook).hexdigest() == made.files[0].sha256
    sheet = load_workbook(BytesIO(workbook))["Children"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    heading = next(row for row in rows if "UPN" in row)
    child = next(row for row in rows if "A340200122001" in row)
    assert heading[:4] == ["Child", "UPN", "Date of birth", "Year"]
    assert child[:5] == ["Abara, Tobi", "A340200122001", datetime(2018, 2, 14), "4", "1 Mill Row, Prescot"]
    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    for words in ("Abara, Tobi", "A340200122001", "L99 1AA", "Ms K Abara", "15 school days in a row coded O"):
        assert words in text
    assert "Bielak" not in text
    assert "Name the child" not in text
    target = tmp_path / "return.pdf"
    save_return(away.context, made.files[1], target)
    assert target.read_bytes() == pdf
    assert "Abara" not in made.files[0].name
    assert away.context.store.check(None).ok
    with away.context.store.reading() as reading:
        kept = reading.entries.get(made.id)
        assert kept is not None
        assert (kept.kind, kept.pupils) == (EntryKind.RETURN, ())


def test_once_sent_the_child_was_reported_and_nobody_asks_again(away: SmallSchool) -> None:
    context, abara = away.context, away.pupils["Abara"]
    (made,) = made_now(context, ATTENDANCE)
    assert not any(one.owed for one in returns_due(context) if one.kind is ATTENDANCE)
    (on_it,) = list_return(context, ATTENDANCE, TODAY).lines
    assert (on_it.owed, on_it.made, on_it.line.told) == (False, made.id, None)
    with pytest.raises(Refused, match="on a return already"):
        made_now(context, ATTENDANCE)
    (waiting,) = [one for one in returns_due(context) if one.made]
    assert (waiting.made, waiting.due, waiting.overdue) == (made.id, date(2026, 11, 30), False)
    mark_sent(context, made.id, " secure  e-mail ", reference="KN-17")
    (sent,) = made_of(context, ATTENDANCE)
    assert sent.sent is not None
    assert (sent.sent.day, sent.sent.how, sent.sent.reference) == (TODAY, "secure e-mail", "KN-17")
    with context.store.reading() as reading:
        told = [one for one in reading.entries.of(abara) if one.kind is EntryKind.DECISION]
    words = "Reported to Knowsley Council: Attendance return of November 2026, secure e-mail, reference KN-17"
    assert {one.outcome for one in told} == {words}
    kinds = [TriggerKind.ATTENDANCE_RETURN, TriggerKind.IRREGULAR_ATTENDANCE]
    assert not due(context, TODAY, kinds=kinds)
    (line,) = list_return(context, ATTENDANCE, TODAY).lines
    assert (line.owed, line.line.told) == (False, TODAY)
    assert due(context, date(2026, 12, 1), kinds=kinds), "December’s list has the child again"


def test_a_month_that_was_never_returned_stays_due_however_many_follow(away: SmallSchool) -> None:
    context, kaya = away.context, away.pupils["Kaya"]
    marked(context, kaya, "O", school_days(date(2026, 9, 7), 15))
    owed = [one for one in returns_due(context) if one.kind is ATTENDANCE]
    assert [(one.month, one.due, one.overdue) for one in owed] == [
        (date(2026, 9, 30), date(2026, 9, 30), True),
        (date(2026, 10, 31), date(2026, 10, 31), True),
        (date(2026, 11, 30), date(2026, 11, 30), False),
    ]
    assert all(any("Kaya" in name for name in one.owed) for one in owed[:2])
    (made,) = made_now(context, ATTENDANCE, date(2026, 9, 30))
    mark_sent(context, made.id, "portal")
    left = [one.month for one in returns_due(context) if one.kind is ATTENDANCE]
    assert left == [date(2026, 10, 31), date(2026, 11, 30)]


def test_a_permanent_exclusion_is_told_to_the_home_authority_and_a_suspension_is_not(away: SmallSchool) -> None:
    """SI 2012/1033, regulation 5: “in the case of a permanent exclusion, if applicable, the home local authority”."""
    context, of = excluded(away).context, away.pupils
    changed(context, of["Doyle"], home_la="Sefton")
    made = made_now(context, ReturnKind.SUSPENSION)
    assert {one.authority: [line.pupil for line in one.lines] for one in made} == {
        "Knowsley Council": [of["Bielak"], of["Doyle"]],
        "Sefton": [of["Bielak"]],
    }
    mark_sent(context, made[1].id, "portal")
    assert [one.made for one in returns_due(context) if one.made] == [made[0].id], "the other is still to go"
    mark_sent(context, made[0].id, "portal")
    assert not [one for one in returns_due(context) if one.kind is ReturnKind.SUSPENSION]


@pytest.mark.parametrize("kind", [ATTENDANCE, SICKNESS, ReturnKind.NEW_PUPIL, ReturnKind.DELETION])
def test_what_regulation_13_asks_goes_to_the_authority_of_the_school_alone(away: SmallSchool, kind: ReturnKind) -> None:
    """Regulation 3: “the local authority” is the one that maintains the school, or else the one of its area."""
    context, of = away.context, away.pupils
    for child in of.values():
        changed(context, child, home_la="Sefton")
    changed(context, of["Abara"], leaving_day=date(2026, 11, 27), leaving_ground="moved-away")
    changed(context, of["Chaudhry"], starting_day=date(2026, 11, 17))
    found = list_return(context, kind, TODAY)
    assert found.lines
    assert {one.line.authorities for one in found.lines} == {("Knowsley Council",)}


def test_where_the_law_leaves_the_home_authority_open_the_maker_is_told(away: SmallSchool) -> None:
    context = away.context
    (ill,) = list_return(context, SICKNESS, TODAY).doubts
    assert ill.startswith("Łucja Bielak lives in another authority. Regulation 13 sends this to the school’s authority")
    changed(context, away.pupils["Bielak"], home_la="Knowsley")
    assert not list_return(context, SICKNESS, TODAY).doubts, "the school’s own, by another name"
    assert not list_return(context, ATTENDANCE, TODAY).doubts


def test_who_is_left_out_keeps_the_reason_and_who_is_added_stands_on_it(away: SmallSchool) -> None:
    context, of = away.context, away.pupils
    found = list_return(context, ATTENDANCE, TODAY)
    left = {line_id(found.lines[0].line): "The officer knows of it"}
    (made,) = made_now(
        context, ATTENDANCE, kept=frozenset(), left_out=left, added={of["Kaya"]: "Agreed with the officer"}
    )
    assert [(one.pupil, one.why, one.by_hand) for one in made.lines] == [(of["Kaya"], "Agreed with the officer", True)]
    assert [reason for _, reason in made.left_out] == ["The officer knows of it"]
    mark_sent(context, made.id, "portal")
    with context.store.reading() as reading:
        words = {key: [one.outcome for one in reading.entries.of(key)] for key in (of["Abara"], of["Kaya"])}
    assert all("Left out of the Attendance return of November 2026: The officer" in one for one in words[of["Abara"]])
    assert words[of["Kaya"]][0].startswith("Reported to Knowsley")
    assert not due(context, TODAY, kinds=[TriggerKind.ATTENDANCE_RETURN])


def test_a_month_without_anybody_may_be_returned_as_such(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    (made,) = made_now(school.context, ATTENDANCE)
    text = PdfReader(BytesIO(return_bytes(school.context, made.files[1]))).pages[0].extract_text()
    assert "Nobody is reported for November 2026." in text
    with pytest.raises(Refused, match="nobody to report"):
        made_now(school.context, SICKNESS)


def test_what_no_trigger_tells(away: SmallSchool) -> None:
    context, of = away.context, away.pupils
    pattern = Pattern(0, of["Kaya"], PatternKind.PART_TIME, "1010101010", date(2026, 11, 2), None, hours="12")
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(pattern)
    changed(context, of["Chaudhry"], leaving_day=date(2026, 11, 27), leaving_ground="twenty-days")
    found = {one.kind: one for one in told_by_no_trigger(context)}
    kinds = {ReturnKind.SUSPENSION, ReturnKind.PART_TIME, ReturnKind.DELETION, ReturnKind.MISSING}
    assert found.keys() == kinds, "of the child whose name goes after twenty days nobody knows the next school"
    assert [one.line.since for one in list_return(context, ReturnKind.SUSPENSION, TODAY).lines] == [date(2026, 11, 16)]
    (part,) = list_return(context, ReturnKind.PART_TIME, TODAY).lines
    assert "12 hours a week" in part.line.why
    (made,) = made_now(context, ReturnKind.PART_TIME)
    mark_sent(context, made.id, "portal")
    assert ReturnKind.PART_TIME not in {one.kind for one in told_by_no_trigger(context)}
    assert not told_by_no_trigger(in_role(context, Role.TEACHER, "4B"))


def test_what_was_never_told_stays_due_once_the_child_has_left_or_the_timetable_has_ended(
    school: SmallSchool, clock: StillClock
) -> None:
    """Ill, entered and part-time before, and gone when somebody looks."""
    clock.set(2026, 11, 20, 16, 0)
    context, of = school.context, school.pupils
    left = {"leaving_day": date(2026, 11, 13), "leaving_ground": "another-school"}
    marked(context, of["Bielak"], "I", school_days(date(2026, 9, 14), 15))
    changed(context, of["Bielak"], **left)
    changed(context, of["Doyle"], starting_day=date(2026, 10, 12), **left)
    with context.store.writing(context.deed("set up")) as writing:
        days = (date(2026, 9, 14), date(2026, 10, 2))
        writing.book.put(Pattern(0, of["Kaya"], PatternKind.PART_TIME, "1010101010", *days, hours="12"))
    owed = {one.kind: one for one in returns_due(context) if one.owed}
    assert owed[SICKNESS].owed == ("Łucja Bielak",)
    assert owed[ReturnKind.NEW_PUPIL].owed == ("Ryan Doyle",)
    assert owed[ReturnKind.PART_TIME].owed == ("Çağla Kaya",)
    for kind in (SICKNESS, ReturnKind.NEW_PUPIL, ReturnKind.PART_TIME):
        for made in made_now(context, kind):
            mark_sent(context, made.id, "portal")
    assert not {one.kind for one in returns_due(context)} & {SICKNESS, ReturnKind.NEW_PUPIL, ReturnKind.PART_TIME}
    kinds = [TriggerKind.SICKNESS_RETURN, TriggerKind.NEW_PUPIL_RETURN]
    assert not due(context, TODAY, kinds=kinds)


def test_the_authority_of_the_plan_is_a_fourth(away: SmallSchool) -> None:
    context, bielak = away.context, away.pupils["Bielak"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Flag(0, bielak, FlagKind.EHCP, "Wirral", date(2026, 9, 1)))
        writing.book.put(Flag(0, bielak, FlagKind.LOOKED_AFTER, "Halton", date(2026, 9, 1)))
    excluded(away)
    (line,) = [one for one in list_return(context, ReturnKind.SUSPENSION, TODAY).lines if one.pupil.id == bielak]
    assert line.line.authorities == ("Knowsley Council", "Halton", "Sefton")


REFUSED = (
    (Checked(), "has not been checked"),
    (Checked(kept=frozenset({"9/x"})), "The list has changed"),
    (Checked(added={999: "agreed"}), "has not been checked"),
)


@pytest.mark.parametrize(("checked", "words"), REFUSED)
def test_a_refusal_keeps_nothing(away: SmallSchool, checked: Checked, words: str) -> None:
    before = head_of(away.context)
    with pytest.raises(Refused, match=words):
        finish(make_return(away.context, ATTENDANCE, TODAY, checked))
    assert head_of(away.context) == before
    assert not made_of(away.context)


def test_sending_is_refused_in_words_and_changes_nothing(away: SmallSchool) -> None:
    context = away.context
    (made,) = made_now(context, ATTENDANCE)
    before = head_of(context)
    for given, words in (
        ((999, "portal"), "no return that was made"),
        ((made.id, "  "), "Say how it was sent"),
        ((made.id, "portal", date(2026, 11, 21)), "still to come"),
        ((made.id, "portal", date(2026, 11, 19)), "cannot have gone before"),
    ):
        with pytest.raises(Refused, match=words):
            mark_sent(context, *given)  # type: ignore[arg-type]
    assert head_of(context) == before
    with pytest.raises(Refused, match="why"):
        take_back_return(context, made.id, " ")
    take_back_return(context, made.id, "Wrong month")
    with pytest.raises(Refused, match="taken back"):
        mark_sent(context, made.id, "portal")
    (again,) = made_now(context, ATTENDANCE)
    mark_sent(context, again.id, "portal")
    with pytest.raises(Refused, match="already"):
        mark_sent(context, again.id, "portal")
    with pytest.raises(Refused, match="cannot be taken back"):
        take_back_return(context, again.id, "late")


def test_a_month_to_come_and_whoever_sees_a_class_only(away: SmallSchool) -> None:
    with pytest.raises(Refused, match="December 2026 is still to come"):
        list_return(away.context, ATTENDANCE, date(2026, 12, 1))
    with pytest.raises(NotAllowed):
        list_return(in_role(away.context, Role.TEACHER, "4B"), ATTENDANCE, TODAY)
    dsl = in_role(away.context, Role.DSL)
    assert list_return(dsl, ATTENDANCE, TODAY).lines
    with pytest.raises(NotAllowed):
        made_now(dsl, ATTENDANCE)


def test_a_protected_address_is_sent_by_somebody_who_may_see_it(away: SmallSchool) -> None:
    context, abara = away.context, away.pupils["Abara"]
    with context.store.writing(context.deed("set up")) as writing:
        tie = next(one for one in writing.book.all(Tie) if one.pupil == abara and one.lives_with is Answer.YES)
        mother = writing.book.get(Person, tie.person)
        assert mother is not None
        writing.book.put(replace(mother, protected_address=True))
    office = in_role(context, Role.OFFICE)
    before = head_of(context)
    with pytest.raises(Refused, match="address of Tobi Abara is protected"):
        made_now(office, ATTENDANCE)
    assert head_of(context) == before
    (made,) = made_now(in_role(context, Role.HEADTEACHER), ATTENDANCE)
    assert "1 Mill Row" in "".join(
        page.extract_text() for page in PdfReader(BytesIO(return_bytes(context, made.files[1]))).pages
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "/", "\\"])
def test_what_somebody_typed_is_text_in_the_workbook(away: SmallSchool, start: str) -> None:
    context, of = away.context, away.pupils
    changed(context, of["Abara"], legal_surname=f"{start}cmd|' /c calc'!A1", next_school=f"{start}1+1")
    (made,) = made_now(context, ATTENDANCE, added={of["Kaya"]: f"{start}2*3"})
    book = load_workbook(BytesIO(return_bytes(context, made.files[0])))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    typed = [cell for cell in cells if "calc" in cell.value or "2*3" in cell.value]
    assert len(typed) == 2
    assert all(cell.data_type == "s" for cell in typed)
    assert all(cell.quotePrefix for cell in typed if cell.value[0] in "=+-@\t/")
