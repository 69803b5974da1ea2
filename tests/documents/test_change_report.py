"""What was changed after its register had closed, on paper and as rows; and a class's register over a span."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from desktop_app.actions.changes import Scope, change_report, change_rows, print_changes
from desktop_app.actions.paper import PaperKind, paper
from desktop_app.actions.paper_sheets import Paperwork
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.roll import read_roll
from desktop_app.actions.week import close_week
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.documents.class_sheet import STRUCK
from desktop_app.documents.page import STRONG
from desktop_app.documents.paper import sheet_part
from desktop_app.documents.type import load_type
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import MarkChange
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.register_print import corrections
from tests.support.clock import StillClock
from tests.support.reading_pdf import ReadBack, read_pdf
from tests.support.schools import SmallSchool, pupil
from tests.support.weeks import FRIDAY, MONDAY, amended_week


@pytest.fixture
def amended(school: SmallSchool, clock: StillClock) -> SmallSchool:
    return amended_week(school, clock)


def flat(text: str) -> str:
    return " ".join(text.split())


def report(school: SmallSchool, scope: Scope, first: date = MONDAY) -> str:
    found = change_report(school.context, scope, first, FRIDAY)
    return flat(read_pdf(finish(print_changes(school.context, found)).content).text)


def register(school: SmallSchool, first: date = MONDAY, last: date = FRIDAY) -> ReadBack:
    made = finish(paper(school.context, PaperKind.REGISTERS, first, ("4B",), last=last))
    return read_pdf(made.content)


def as_role(context: Context, role: Role) -> Context:
    return replace(context, staff=replace(context.staff, role=role), alone=False)


def test_each_amendment_says_all_the_law_asks(amended: SmallSchool) -> None:
    said = report(amended, Scope())
    assert "Marsh Lane Primary School · 16 November to 20 November 2026" in said
    assert "Class 4B: 3 amendments" in said
    assert "Kaya, Çağla Mon 16 Nov 2026 AM I M Letter from the hospital Wed 18 Nov 2026, 10:05 Dr A Rahman," in said
    assert "Mon 16 Nov 2026 AM M C Leave was granted after all Thu 19 Nov 2026, 16:30 Dr A Rahman, Headteacher" in said
    assert "L L =read from the sheet at the gate" in said
    assert "minutes late: 4, now 9" in said
    assert said.count("Kaya, Çağla") == 1, "the name stands once for both"


def test_what_was_changed_while_it_was_open_is_no_amendment(amended: SmallSchool) -> None:
    """N became I at ten to nine: the original of the first amendment is I."""
    found = change_report(amended.context, Scope(pupil=amended.pupils["Kaya"]), MONDAY, FRIDAY)
    assert [(one.was, one.now, one.at) for _, one in found.lines] == [
        ("I", "M", datetime(2026, 11, 18, 10, 5, tzinfo=found.lines[0][1].at.tzinfo)),
        ("M", "C", datetime(2026, 11, 19, 16, 30, tzinfo=found.lines[0][1].at.tzinfo)),
    ]


def test_it_is_of_the_school_a_class_or_a_child(amended: SmallSchool) -> None:
    assert "Class 4B: 3 amendments" in report(amended, Scope(class_name="4B"))
    kaya = report(amended, Scope(pupil=amended.pupils["Kaya"]))
    assert "Class 4B: 2 amendments" in kaya
    assert "Çağla Kaya · 16 November" in kaya
    assert "Doyle" not in kaya
    assert "No register of these days was amended" in report(amended, Scope(), FRIDAY)


def test_a_child_who_moved_has_each_change_under_the_class_of_that_day(amended: SmallSchool, clock: StillClock) -> None:
    context, kaya = amended.context, amended.pupils["Kaya"]
    with context.store.writing(context.deed("move")) as writing:
        held = next(one for one in writing.book.all(Membership) if one.pupil == kaya)
        writing.book.put(replace(held, last=date(2026, 11, 17)))
        writing.book.put(Membership(0, kaya, "4C", "4", date(2026, 11, 18)))
    found = change_report(context, Scope(), MONDAY, FRIDAY)
    assert [name for name, _ in found.classes] == ["4B"]
    assert change_report(context, Scope(class_name="4C"), MONDAY, FRIDAY).classes == ()
    with context.store.reading() as reading:
        work = Paperwork(context, reading, read_roll(reading.book))
        before, after = (work.sheet(name, MONDAY, blank=False) for name in ("4B", "4C"))
    assert [one.name for one in before.amendments] == ["Doyle, Ryan", "Kaya, Çağla", "Kaya, Çağla"]
    assert after.amendments == ()


def test_only_the_history_of_children_with_a_second_entry_is_read_and_nothing_is_missed(
    amended: SmallSchool, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, monday = amended.context, date(2026, 11, 9)
    clock.set(2026, 11, 20, 16, 5)
    late = Session(monday, Half.AM)
    write(context, [Edit(amended.pupils["Abara"], late, "I")], "The register was lost, and is written up now")
    with context.store.reading() as reading:
        kind, roll = type(reading.marks), read_roll(reading.book)
        whole = {
            (pupil.list_name, one.session, one.was, one.now, one.reason)
            for pupil in roll.pupils.values()
            for one in corrections(reading.marks.history(pupil.id, monday, FRIDAY), monday, FRIDAY)
        }
    read: list[int] = []
    history = kind.history

    def watched(self: object, pupil: int, first: date, last: date) -> list[MarkChange]:
        read.append(pupil)
        return history(self, pupil, first, last)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(kind, "history", watched)
    found = change_report(context, Scope(), monday, FRIDAY)
    assert {(one.name, one.session, one.was, one.now, one.reason) for _, one in found.lines} == whole
    assert len(found.lines) == len(whole) == 3
    assert set(read) == {amended.pupils["Kaya"], amended.pupils["Doyle"]}


def test_the_rows_are_a_workbook_and_no_reason_is_a_formula(amended: SmallSchool) -> None:
    book = openpyxl.load_workbook(
        BytesIO(change_rows(amended.context, change_report(amended.context, Scope(), MONDAY, FRIDAY)))
    )
    heading, doyle, *kaya = list(book["Changes"].iter_rows())
    assert [cell.value for cell in heading][:7] == [
        "Class", "Pupil", "Date", "Session", "Original", "Amended", "Reason",
    ]  # fmt: skip
    assert (doyle[6].value, doyle[6].data_type) == ("=read from the sheet at the gate", "s")
    assert [cell.value for cell in kaya[0]] == [
        "4B", "Kaya, Çağla", datetime(2026, 11, 16), "AM", "I", "M", "Letter from the hospital", None,
        datetime(2026, 11, 18, 10, 5), "Dr A Rahman", "Headteacher",
    ]  # fmt: skip
    assert len(kaya) == 2


def test_who_may_and_what_cannot_be_told(amended: SmallSchool) -> None:
    whole = change_report(amended.context, Scope(), MONDAY, FRIDAY)
    for role in (Role.OFFICE, Role.TEACHER, Role.READ_ONLY):
        with pytest.raises(NotAllowed):
            change_report(as_role(amended.context, role), Scope(), MONDAY, FRIDAY)
        for ask in (print_changes, change_rows):
            with pytest.raises(NotAllowed):
                ask(as_role(amended.context, role), whole)
    inspector = as_role(amended.context, Role.INSPECTOR)
    assert len(change_report(inspector, Scope(), MONDAY, FRIDAY).lines) == 3
    for scope, first, why in (
        (Scope(class_name="9Z"), MONDAY, "nobody in a class “9Z”"),
        (Scope(pupil=9_999), MONDAY, "not on the admission register"),
        (Scope(), date(2026, 11, 21), "is before the first"),
        (Scope(), date(2025, 9, 1), "more than a school year"),
    ):
        with pytest.raises(Refused, match=why):
            change_report(amended.context, scope, first, FRIDAY)


def test_a_half_term_of_a_class_is_a_week_to_a_page_without_the_holiday(amended: SmallSchool) -> None:
    read = register(amended, date(2026, 10, 19), date(2026, 11, 22))
    assert [title for title, _ in read.bookmarks] == [
        f"Register 4B, week of Mon {day} 2026" for day in ("19 Oct", "2 Nov", "9 Nov", "16 Nov")
    ]
    assert len(read.pages) == 4
    assert "26 Oct" not in read.text
    assert "This week has not been signed off." in read.pages[0]
    for first, last, why in (
        (FRIDAY, MONDAY, "is before the first"),
        (date(2026, 10, 26), date(2026, 10, 30), "nothing to print"),
        (date(2025, 9, 1), FRIDAY, "more than a school year"),
    ):
        with pytest.raises(Refused, match=why):
            register(amended, first, last)
    with pytest.raises(Refused, match="Registers alone"):
        finish(paper(amended.context, PaperKind.CONTACTS, MONDAY, last=FRIDAY))


def test_the_register_says_what_its_codes_mean_and_who_signed_it_off(amended: SmallSchool, clock: StillClock) -> None:
    close_week(amended.context, MONDAY)
    clock.set(2026, 11, 23, 9, 0)
    said = flat(register(amended).text)
    assert "This week was signed off by Dr A Rahman, Headteacher, on 20 November 2026 at 16:00." in said
    assert "C leave in exceptional circumstances" in said
    assert "what stood first is struck through" in said


def test_an_amended_box_differs_from_an_original_without_colour(amended: SmallSchool) -> None:
    """Its original is struck through by a line, what stands now is bold, and a small number stands raised beside it."""
    with amended.context.store.reading() as reading:
        sheet = Paperwork(amended.context, reading, read_roll(reading.book)).sheet("4B", MONDAY, blank=False)
    type_ = load_type()
    (page,) = sheet_part(1, sheet, type_, blank=False).pages
    struck = [line for line in page.lines if line.y1 == line.y2 and line.width == 0.7]
    assert len(struck) == 2, "one for each amended box: Doyle’s and Kaya’s"
    firsts = [text for text in page.texts if text.size == STRUCK and text.text in ("L", "I")]
    assert [text.text for text in firsts] == ["L", "I"]
    for line, text in zip(struck, firsts, strict=True):
        assert line.x1 < text.x < line.x2
        assert text.y - text.size < line.y1 < text.y
    assert [text.text for text in page.texts if text.size < 6] == ["1", "2,3"]
    assert [text.text for text in page.texts if text.size == 9.6 and text.face == type_.bold.name] == ["L", "C"]
    assert {line.grey for line in struck} == {STRONG}


def test_a_mark_after_leaving_is_on_the_register_for_it_stands(amended: SmallSchool) -> None:
    context, kaya = amended.context, amended.pupils["Kaya"]
    with context.store.writing(context.deed("leave")) as writing:
        child = writing.book.get(Pupil, kaya)
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 11, 18)))
    with context.store.reading() as reading:
        sheet = Paperwork(context, reading, read_roll(reading.book)).sheet("4B", MONDAY, blank=False)
    cells = dict(zip(sheet.sessions, dict(sheet.rows)["Kaya, Çağla"], strict=True))
    assert cells[Session(FRIDAY, Half.AM)].code == "/"


def test_somebody_who_came_in_the_week_is_not_in_the_weeks_before(amended: SmallSchool) -> None:
    with amended.context.store.writing(amended.context.deed("admit")) as writing:
        new = writing.book.put(pupil("Zając", "Ola", 7, starting_day=date(2026, 11, 18)))
        writing.book.put(Membership(0, new, "4B", "4", date(2026, 11, 18)))
    before, week = register(amended, date(2026, 11, 9)).pages
    assert "Zając, Ola" in week
    assert "Zając" not in before


def test_the_first_week_of_a_year_has_nobody_of_last_year_s_class(amended: SmallSchool) -> None:
    """School begins on a Thursday, the classes on the Tuesday before: Monday’s class is nobody’s any more."""
    context = amended.context
    with context.store.writing(context.deed("last year")) as writing:
        old = writing.book.put(pupil("Zając", "Ola", 7))
        writing.book.put(Membership(0, old, "4B", "4", date(2025, 9, 1), date(2026, 8, 31)))
        writing.book.put(Membership(0, old, "5B", "5", date(2026, 9, 1)))
    with context.store.reading() as reading:
        sheet = Paperwork(context, reading, read_roll(reading.book)).sheet("4B", date(2026, 9, 3), blank=True)
    assert sheet.monday == date(2026, 8, 31)
    assert len(sheet.rows) == 6


def test_equal_reports_give_equal_bytes(amended: SmallSchool) -> None:
    found = change_report(amended.context, Scope(), MONDAY, FRIDAY)
    first, second = (finish(print_changes(amended.context, found)) for _ in range(2))
    assert first.content == second.content
    assert first.sha256 == second.sha256
