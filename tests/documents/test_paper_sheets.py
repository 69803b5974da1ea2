"""What is on paper, read back: boxes to fill, originals told from corrections, and nobody who should not be there."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.actions.hatch import sign_out
from desktop_app.actions.holds import put_hold
from desktop_app.actions.paper import PaperKind, paper, roll_call
from desktop_app.actions.paper_sheets import Paperwork
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.roll import read_roll
from desktop_app.cli.answers import finish
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import Paper, SheetKind, Whereabouts
from desktop_app.domain.people import Address, Channel, ChannelKind, Flag, FlagKind, Membership, Person, Tie
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.reading_pdf import read_pdf
from tests.support.schools import SmallSchool, fill_school, pupil

FRIDAY = date(2026, 11, 20)
MONDAY = Session(date(2026, 11, 16), Half.AM)
AM = Session(FRIDAY, Half.AM)
CANARIES = ("Grimsby Kept-Away", "07700 900999", "Ms Worker-Canary", "9 Hidden Lane", "dentist-canary")


@pytest.fixture
def busy(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Everybody marked on Monday, one amended; on Friday an N, a child signed out, a trip, a protected address."""
    context, pupils = school.context, school.pupils
    fill_present(context, "4B", MONDAY)
    write(context, [Edit(pupils["Kaya"], MONDAY, "I")], "mother rang at ten")
    with context.store.writing(context.deed("set up")) as writing:
        away = writing.book.put(Person(0, "Grimsby Kept-Away"))
        writing.book.put(Tie(0, pupils["Kaya"], away, "father", no_contact=True))
        writing.book.put(Channel(0, away, ChannelKind.PHONE, "07700 900999"))
        hidden = writing.book.put(
            Person(0, "Ola Hidden", address=Address(("9 Hidden Lane",), "L36 9ZZ"), protected_address=True)
        )
        writing.book.put(Tie(0, pupils["Doyle"], hidden, "aunt", may_collect=False, priority=2))
        writing.book.put(Flag(0, pupils["Doyle"], FlagKind.SOCIAL_WORKER, "Ms Worker-Canary", date(2026, 9, 1)))
        writing.book.put(Plan(0, pupils["Bielak"], "V", FRIDAY, Half.AM, FRIDAY, Half.PM, note="museum"))
        writing.book.put(Plan(0, pupils["Abara"], "M", FRIDAY, Half.PM, FRIDAY, Half.PM, note="x"))
    write(context, [Edit(pupils["Chaudhry"], AM, "N")])
    fill_present(context, "4B", AM)
    clock.set(2026, 11, 20, 10, 5)
    sign_out(context, pupils["Doyle"], "dentist-canary", "")
    return school


def made(school: SmallSchool, kind: PaperKind, **more: object) -> Paper:
    return finish(paper(school.context, kind, FRIDAY, **more))  # type: ignore[arg-type]


def test_the_roll_call_says_whom_to_find(busy: SmallSchool) -> None:
    (of_class,), when = roll_call(busy.context)
    assert when.endswith("as at 10:05")
    where = {line.name: (line.where, line.says) for line in of_class.lines}
    assert where["Chaudhry, Hamza"] == (Whereabouts.UNSURE, "not accounted for")
    assert where["Doyle, Ryan"] == (Whereabouts.AWAY, "signed out 10:05")
    assert where["Bielak, Łucja"] == (Whereabouts.UNSURE, "V to be confirmed")
    assert where["Kaya, Çağla"] == (Whereabouts.HERE, "")
    assert of_class.look_for == 5
    assert of_class.taken


def test_an_untaken_class_is_looked_for_whole(busy: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 13, 5)
    (of_class,), _ = roll_call(busy.context)
    assert not of_class.taken
    text = read_pdf(made(busy, PaperKind.ROLL_CALL).content).text
    assert "REGISTER NOT TAKEN – look for all 5" in text, "Ryan alone is signed out"
    tobi = next(line for line in of_class.lines if line.name == "Abara, Tobi")
    assert (tobi.where, tobi.says) == (Whereabouts.UNSURE, "absence planned, register not taken")


def test_an_amended_mark_is_told_from_an_original(busy: SmallSchool) -> None:
    with busy.context.store.reading() as reading:
        work = Paperwork(busy.context, reading, read_roll(reading.book))
        sheet = work.sheet("4B", FRIDAY, blank=False)
    row = dict(sheet.rows)["Kaya, Çağla"]
    assert (row[0].was, row[0].code, row[0].notes) == ("/", "I", (1,))
    assert dict(sheet.rows)["Doyle, Ryan"][0].notes == ()
    text = read_pdf(made(busy, PaperKind.REGISTERS).content).text
    assert "Amended after the register closed" in text
    assert "mother rang at ten" in text
    assert "Dr A Rahman,\nHeadteacher" in text


def test_a_blank_sheet_has_the_names_and_what_is_planned_and_no_mark(busy: SmallSchool) -> None:
    with busy.context.store.reading() as reading:
        sheet = Paperwork(busy.context, reading, read_roll(reading.book)).sheet("4B", FRIDAY, blank=True)
    kinds = {cell.kind for _, cells in sheet.rows for cell in cells}
    assert kinds == {SheetKind.EMPTY, SheetKind.PLANNED}
    assert sheet.rows[0][0] == "Abara, Tobi"
    text = read_pdf(made(busy, PaperKind.REGISTERS, blank=True).content).text
    assert "(V)" in text
    assert "mother rang" not in text


def test_the_pack_holds_nobody_and_nothing_that_should_not_be_there(busy: SmallSchool) -> None:
    pack = read_pdf(made(busy, PaperKind.PACK).content)
    for canary in CANARIES:
        assert canary not in pack.text, canary
    assert "social" not in pack.text.casefold()
    assert "Do not use it after 23 November 2026" in pack.pages[0]
    assert "Ms K Kaya" in pack.text
    assert "NO" in pack.text
    assert "Łucja" in pack.text


@pytest.mark.parametrize("kind", [PaperKind.CONTACTS, PaperKind.PACK])
def test_of_a_family_on_hold_no_number_is_printed(busy: SmallSchool, kind: PaperKind) -> None:
    context, kaya = busy.context, busy.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        brother = writing.book.put(pupil("Kaya", "Deniz", 78))
        writing.book.put(Membership(0, brother, "4B", "4", date(2026, 9, 1)))
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == kaya and not one.no_contact)
        writing.book.put(Tie(0, brother, mother, "mother"))
        (number,) = (one.value for one in writing.book.all(Channel) if one.person == mother)
    assert number in read_pdf(made(busy, kind).content).text
    put_hold(context, kaya, FRIDAY, None, "something sealed")
    text = read_pdf(made(busy, kind).content).text
    assert number not in text
    assert "Ms K Kaya" not in text, "neither who"
    assert text.count("see the DSL") == 2, "the child’s line, and the brother’s"
    assert "07700 900001" in text, "the other families stay"
    assert "sealed" not in text


def test_under_a_password_it_opens_for_nobody_else(busy: SmallSchool) -> None:
    locked = made(busy, PaperKind.PACK, password="a pack for Monday")
    reader = PdfReader(BytesIO(locked.content))
    assert reader.is_encrypted
    assert b"/AESV3" in locked.content
    assert not reader.decrypt("a pack for Tuesday")
    assert reader.decrypt("a pack for Monday")
    assert "Continuity pack" in reader.pages[0].extract_text()


def test_a_class_that_is_not_there_is_refused(busy: SmallSchool) -> None:
    with pytest.raises(Refused, match="nobody in 9Z"):
        made(busy, PaperKind.REGISTERS, classes=("9Z",))


def test_of_two_of_one_name_only_the_amended_one_is_shown_as_such(busy: SmallSchool) -> None:
    context = busy.context
    with context.store.writing(context.deed("set up")) as writing:
        twin = writing.book.put(pupil("Kaya", "Çağla", 77))
        writing.book.put(Membership(0, twin, "4B", "4", date(2026, 9, 1)))
    write(context, [Edit(twin, MONDAY, "M")])
    with context.store.reading() as reading:
        sheet = Paperwork(context, reading, read_roll(reading.book)).sheet("4B", FRIDAY, blank=False)
    cells = [cells[0] for name, cells in sheet.rows if name == "Kaya, Çağla"]
    assert sorted((cell.was, cell.code, cell.notes) for cell in cells) == [("", "M", ()), ("/", "I", (1,))]


def test_a_mark_amended_twice_shows_what_stood_first_and_both_notes(busy: SmallSchool) -> None:
    context, kaya = busy.context, busy.pupils["Kaya"]
    write(context, [Edit(kaya, MONDAY, "L", 4)], "seen at the gate")
    write(context, [Edit(kaya, MONDAY, "L", 9)], "the clock at the gate is right")
    with context.store.reading() as reading:
        sheet = Paperwork(context, reading, read_roll(reading.book)).sheet("4B", FRIDAY, blank=False)
    cell = dict(sheet.rows)["Kaya, Çağla"][0]
    assert (cell.was, cell.code, cell.notes) == ("/", "L", (1, 2, 3))
    assert sheet.amendments[2].details
    text = read_pdf(made(busy, PaperKind.REGISTERS).content).text
    assert "1,2,3" in text
    assert sheet.amendments[2].details.split()[0] in text


def test_a_blank_sheet_of_thirty_is_one_page(empty_school: SmallSchool) -> None:
    fill_school(empty_school.context, tuple((f"Ward{n:02d}", "Jo") for n in range(30)))
    assert made(empty_school, PaperKind.REGISTERS, blank=True).pages == 1
