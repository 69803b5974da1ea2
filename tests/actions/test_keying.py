"""A register from paper: typed in the order of the sheet, under both names, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.actions.keying import contested, key_paper, keying_sheet
from desktop_app.actions.paper import PaperKind, paper
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.cli.answers import finish
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Clash, NotAllowed, Refused
from desktop_app.domain.people import Membership
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.keying import OnPaper, read_box
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)
AM = Session(FRIDAY, Half.AM)
AT = time(8, 51)


def test_a_box_is_read_as_it_is_written(rulebook: Rulebook) -> None:
    def read(typed: str) -> tuple[str, int | None, str] | None:
        found = read_box(typed, Half.PM, rulebook.codes)
        return (found.code, found.minutes, found.note) if found else None

    assert read(" ") is None
    assert read("/") == read("\\") == ("\\", None, "")
    assert read("i") == ("I", None, "")
    assert read("L12") == read("l 12") == ("L", 12, "")
    assert read("C1") == ("C1", None, "")
    assert read("b Juniper Centre") == ("B", None, "Juniper Centre")
    for wrong in ("qq", "I 12", "12", "present"):
        with pytest.raises(Refused, match="is no code"):
            read(wrong)


def test_the_sheet_has_the_order_and_the_numbers_of_the_printed_one(school: SmallSchool, clock: StillClock) -> None:
    context = school.context
    write(context, [Edit(school.pupils["Kaya"], AM, "I")])
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Plan(0, school.pupils["Bielak"], "M", FRIDAY, Half.AM, FRIDAY, Half.AM, note="x"))
    clock.set(2026, 11, 20, 11, 0)
    sheet = keying_sheet(context, "4B", AM)
    printed = finish(paper(context, PaperKind.REGISTERS, FRIDAY, blank=True))
    text = PdfReader(BytesIO(printed.content)).pages[0].extract_text()
    places = [text.index(line.name) for line in sheet.lines]
    assert places == sorted(places)
    assert [line.number for line in sheet.lines] == [1, 2, 3, 4, 5, 6]
    said = {line.name: (line.stands, line.planned) for line in sheet.lines}
    assert said["Kaya, Çağla"] == ("I", "")
    assert said["Bielak, Łucja"] == ("", "M")


def test_it_is_kept_under_both_names(school: SmallSchool, clock: StillClock) -> None:
    context, pupils = school.context, school.pupils
    write(context, [Edit(pupils["Kaya"], AM, "N")])
    clock.set(2026, 11, 20, 14, 0)
    marks = {key: OnPaper("/") for key in pupils.values()} | {pupils["Doyle"]: OnPaper("L", 6)}
    written, changes = key_paper(context, "4B", AM, marks, "  Ms T  Vale ", AT)
    assert changes.marks
    assert changes.entries
    assert sum(one.changed for one in written) == 6
    assert [one.edit.pupil for one in written if one.amended] == [pupils["Kaya"]]
    with context.store.reading() as reading:
        (entry,) = reading.entries.all(kinds=(EntryKind.PAPER_REGISTER,))
        last = reading.marks.history(pupils["Kaya"], FRIDAY, FRIDAY)[-1]
        late = reading.marks.at(pupils["Doyle"], AM)
    assert entry.details == {
        "class": "4B",
        "day": "2026-11-20",
        "half": "AM",
        "taken_by": "Ms T Vale",
        "taken_at": "08:51",
    }
    assert (entry.happened_at.time(), entry.author.name, entry.pupils) == (AT, "Dr A Rahman", ())
    assert last.reason == "As on the paper register that Ms T Vale took at 08:51"
    assert last.author.name == "Dr A Rahman"
    assert late is not None
    assert (late.code, late.minutes) == ("L", 6)
    taking = keying_sheet(context, "4B", AM).taking
    assert taking is not None
    assert (taking.taken_by, taking.keyed_by) == ("Ms T Vale", "Dr A Rahman")
    text = PdfReader(BytesIO(finish(paper(context, PaperKind.REGISTERS, FRIDAY)).content)).pages[0].extract_text()
    both = "* Fri 20 Nov, morning: taken on paper by Ms T Vale at 08:51, typed in by Dr A Rahman."
    assert both in text.replace("\n", " ")


@pytest.mark.parametrize(("minutes", "note"), [(5, ""), (3, "the bus")])
def test_minutes_and_a_note_that_were_changed_meanwhile_are_asked_about_too(
    school: SmallSchool, clock: StillClock, minutes: int, note: str
) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    clock.set(2026, 11, 20, 11, 0)
    seen = keying_sheet(context, "4B", AM).lines
    assert [line.mark for line in seen] == [None] * 6
    write(context, [Edit(doyle, AM, "L", 3)])
    with pytest.raises(Clash):
        key_paper(context, "4B", AM, {doyle: OnPaper("L", 4, seen="")}, "Ms T Vale", AT)
    line = next(one for one in keying_sheet(context, "4B", AM).lines if one.pupil == doyle)
    write(context, [Edit(doyle, AM, "L", minutes, note)], "seen at the gate")
    paper_says = {doyle: OnPaper("L", 4, seen=line.mark or "")}
    with pytest.raises(Clash):
        key_paper(context, "4B", AM, paper_says, "Ms T Vale", AT)
    (asked,) = contested(context, AM, paper_says)
    assert asked.stands is not None
    assert (asked.stands.minutes, asked.stands.note) == (minutes, note)


def test_a_sheet_cannot_say_that_somebody_comes_later_than_now(school: SmallSchool) -> None:
    with pytest.raises(Refused, match="Doyle, Ryan, Fri 20 Nov, morning: 09:25 is still to come: it is 08:50 now"):
        key_paper(school.context, "4B", AM, {school.pupils["Doyle"]: OnPaper("U", 40)}, "Ms T Vale", time(8, 49))
    with school.context.store.reading() as reading:
        assert reading.marks.at(school.pupils["Doyle"], AM) is None


def test_what_is_refused_changes_nothing(school: SmallSchool, clock: StillClock) -> None:
    context, pupils = school.context, school.pupils
    clock.set(2026, 11, 20, 9, 30)
    good = {pupils["Kaya"]: OnPaper("/")}
    later = time(9, 31)
    with context.store.reading() as reading:
        head = reading.chain_head
    for class_name, session, marks, who, at, why in (
        ("4B", AM, good, " ", AT, "Who took the register"),
        ("4B", AM, good, "Ms T Vale", later, "still to come"),
        ("4B", AM, {}, "Ms T Vale", AT, "Nothing was read"),
        ("5A", AM, good, "Ms T Vale", AT, "Not in 5A on 20 November 2026: Kaya"),
        ("4B", AM, good | {pupils["Doyle"]: OnPaper("B")}, "Ms T Vale", AT, "needs a note"),
        ("4B", Session(date(2026, 10, 28), Half.AM), good, "Ms T Vale", AT, "half term"),
    ):
        with pytest.raises(Refused, match=why):
            key_paper(context, class_name, session, marks, who, at)
    write(context, [Edit(pupils["Doyle"], AM, "I")])
    with pytest.raises(Clash):
        key_paper(context, "4B", AM, good | {pupils["Doyle"]: OnPaper("/", seen="")}, "Ms T Vale", AT)
    with context.store.reading() as reading:
        assert reading.marks.at(pupils["Kaya"], AM) is None
        assert reading.entries.all(kinds=(EntryKind.PAPER_REGISTER,)) == []
        assert reading.chain_head != head, "the mark of Doyle alone"
    supply = replace(context, staff=replace(context.staff, role=Role.SUPPLY, classes=("5A",)), alone=False)
    with pytest.raises(Refused, match="takes only the registers of 5A"):
        key_paper(supply, "4B", AM, good, "Ms T Vale", AT)
    with pytest.raises(NotAllowed):
        keying_sheet(replace(supply, staff=replace(supply.staff, role=Role.GOVERNOR)), "4B", AM)
    with pytest.raises(Refused, match="nobody in 9Z"):
        keying_sheet(context, "9Z", AM)
    with pytest.raises(Refused, match="half term"):
        keying_sheet(context, "4B", Session(date(2026, 10, 28), Half.AM))


def test_a_child_who_leaves_the_class_before_its_first_school_day_of_the_week_is_on_neither_sheet(
    school: SmallSchool,
) -> None:
    monday = date(2026, 11, 16)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Period(0, PeriodKind.INSET, "Training", monday, monday))
        known = next(one for one in writing.book.all(Membership) if one.pupil == school.pupils["Abara"])
        writing.book.put(replace(known, last=monday))
        writing.book.put(Membership(0, known.pupil, "5A", "5", date(2026, 11, 17)))
    numbered = [(line.number, line.name) for line in keying_sheet(school.context, "4B", AM).lines]
    made = finish(paper(school.context, PaperKind.REGISTERS, FRIDAY, ("4B",), blank=True))
    printed = PdfReader(BytesIO(made.content)).pages[0].extract_text()
    assert numbered[0] == (1, "Bielak, Łucja")
    assert "Abara" not in printed
