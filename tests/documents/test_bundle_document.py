"""The bundle as it is read: made from a real store, read back page by page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.actions.bundle import build
from desktop_app.documents.bundle import DRAW, bind, draw, lay_out
from desktop_app.documents.flow import Flow
from desktop_app.documents.page import BOTTOM, HEIGHT, LEFT, RIGHT, TOP
from desktop_app.documents.press import PrintedPart
from desktop_app.documents.referral_sheet import draw_referral_sheet
from desktop_app.documents.script import set_line
from desktop_app.documents.type import Face, Type, load_type
from desktop_app.domain.people import Person
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rulebook_referrals import PARTS
from tests.support.clock import StillClock
from tests.support.long_case import long_case
from tests.support.reading_pdf import ReadBack, certified_sessions, read_pdf
from tests.support.referrals import Story, tell_story
from tests.support.running import finish
from tests.support.schools import SmallSchool


@pytest.fixture
def story(school: SmallSchool, clock: StillClock) -> Story:
    clock.set(2026, 11, 20, 14, 5)
    return tell_story(school)


@pytest.fixture
def content(school: SmallSchool, story: Story, tmp_path: Path) -> bytes:
    return finish(build(school.context, story.request, tmp_path / "bundle.pdf")).content


@pytest.fixture
def bundle(content: bytes) -> ReadBack:
    return read_pdf(content)


@pytest.fixture(scope="module")
def long_parts(rulebook: Rulebook) -> tuple[list[PrintedPart], Type]:
    file, plan, stamp = long_case(rulebook)
    type_ = load_type()
    return list(lay_out(file, plan, stamp, type_)), type_


def test_every_kind_of_part_a_pack_may_ask_for_can_be_drawn() -> None:
    assert set(DRAW) | {"cover"} == PARTS


def test_a_protected_address_is_on_no_page_whoever_makes_it(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    plain = read_pdf(finish(build(school.context, story.request, tmp_path / "plain.pdf")).content).text
    assert plain.count("12 Quayside Court") > 1, "the mother’s sheet, and the child’s"
    with school.context.store.writing(school.context.deed("test")) as writing:
        mother = writing.book.get(Person, story.mother)
        assert mother is not None
        writing.book.put(replace(mother, protected_address=True))
    held = read_pdf(finish(build(school.context, story.request, tmp_path / "held.pdf")).content).text
    for words in ("Quayside", "L36 9XX"):
        assert words not in held
    assert held.count("held by the school") == 2
    assert "88 Mill Lane" in held, "the father’s is his own"


def test_index_bookmarks_and_pages_agree(bundle: ReadBack) -> None:
    assert [title for title, _ in bundle.index] == [
        "Referral",
        "Parents and carers",
        "Certificate of attendance",
        "Attendance register",
        "Register of the year to date, for information",
        "Corrections to the register",
        "Chronology",
        "Calls",
        "Home visits",
        "Early Help",
        "Attendance in earlier years",
        "Brothers and sisters",
    ]
    assert bundle.bookmarks == (("Cover and index", 1), *bundle.index)
    for number, (title, page) in enumerate(bundle.index, start=1):
        headed = [n for n, text in enumerate(bundle.pages, start=1) if f"Part {number} · {title}\n" in text]
        assert headed[0] == page


def test_every_page_says_school_reference_moment_chain_and_its_number(bundle: ReadBack) -> None:
    for number, text in enumerate(bundle.pages, start=1):
        assert text.startswith("Marsh Lane Primary School · DfE 340/2001 ")
        foot = r"Reference RB-2026-0001 · record as at 20 Nov 2026 14:05 · chain [0-9A-F]{4} [0-9A-F]{4}"
        found = re.search(foot + r" page (\d+) of (\d+)$", text.strip())
        assert found is not None
        assert found.groups() == (str(number), str(len(bundle.pages)))


def test_the_file_is_dated_as_its_pages_are(content: bytes) -> None:
    about = PdfReader(BytesIO(content)).metadata
    assert about is not None
    assert about.creation_date_raw == about.modification_date_raw == "D:20261120140500"


def test_the_certificate_lists_each_unauthorised_session_and_no_other(bundle: ReadBack) -> None:
    assert certified_sessions(bundle) == [
        ("Mon 14 Sep 2026", "AM", "O"),
        ("Mon 14 Sep 2026", "PM", "O"),
        ("Mon 28 Sep 2026", "AM", "O"),
        ("Mon 28 Sep 2026", "PM", "O"),
        ("Fri 2 Oct 2026", "AM", "G"),
        ("Fri 2 Oct 2026", "PM", "G"),
        ("Mon 5 Oct 2026", "AM", "G"),
        ("Mon 5 Oct 2026", "PM", "G"),
        ("Mon 16 Nov 2026", "AM", "O"),
        ("Mon 16 Nov 2026", "PM", "O"),
        ("Wed 18 Nov 2026", "AM", "U"),
        ("Thu 19 Nov 2026", "PM", "O"),
    ]
    (page,) = bundle.part("Certificate of attendance")
    for said in (
        "Draft, not signed",
        "Pupil Ryan José Doyle, born 14 February 2018",
        "Education Act 1996, section 566(1)(c)",
        "Sessions possible\n104",
        "Attended\n88",
        "Authorised absence\n4",
        "Unauthorised absence\n12",
        "12 unauthorised sessions in all",
        "Signature of the headteacher",
        "Name: Dr A Rahman, Headteacher",
    ):
        assert said in page


def test_the_register_print_shows_weeks_half_term_and_corrections(bundle: ReadBack) -> None:
    (register,) = bundle.part("Attendance register")
    rows = [" ".join(line.split()) for line in register.split("\n")]
    assert "26 Oct # # # # # # # # # # half term" in rows
    assert r"14 Sep O O / \ / \ / \ / \ 8 of 10" in rows
    assert r"16 Nov O O / \ U \ / O / \ 6 of 10" in rows
    assert "V educational visit or trip" in register
    (corrections,) = bundle.part("Corrections to the register")
    found = re.findall(r"Mon 16 Nov 2026 (AM|PM) N O No reason given after 3 calls and a", corrections)
    assert found == ["AM", "PM"]
    assert "19 Nov 2026 Mrs K Hale, attendance" in corrections


def test_each_parent_has_a_sheet_with_nothing_of_the_other(bundle: ReadBack) -> None:
    mother, father = bundle.part("Parents and carers")
    assert "Parental responsibility yes" in mother
    assert "12 Quayside Court" in mother
    assert "07700 900005 2 Sep 2026" in mother
    assert "Parental responsibility not known" in father
    assert "Interpreter needed yes" in father
    assert "sean.doyle@example.org not recorded" in father
    for of_father in ("Mill Lane", "L34", "07700 900777", "Seán"):
        assert of_father not in mother
    for of_mother in ("Quayside", "L36", "07700 900005", "Karen"):
        assert of_mother not in father


def test_who_is_kept_away_and_what_is_sealed_appears_nowhere(bundle: ReadBack) -> None:
    for never in ("Grimsby", "Wayne", "Hidden Road", "SEALED", "disclosure"):
        assert never not in bundle.text
    assert "a person not" in bundle.part("Chronology")[0]


def test_the_chronology_keeps_order_additions_and_withdrawals(bundle: ReadBack) -> None:
    (page,) = bundle.part("Chronology")
    places = [
        page.index(text)
        for text in (
            "No answer; voicemail left",
            "Says he overslept",
            "Rang again at half past three: no answer.",
            "Letter 1",
            "Plan agreed",
            "Spoke to mother: at the dentist",
            "entered for the wrong child",
            "Nobody in; card left",
        )
    ]
    assert places == sorted(places)
    assert "added to the" in page
    assert re.search(r"Withdrawn on 20 November 2026 by Dr A\s+Rahman: entered for the wrong child", page)


def test_calls_and_home_visits_are_each_told_once_beside_the_chronology(bundle: ReadBack) -> None:
    (page,) = bundle.part("Calls")
    assert page.count("Phone call") == 4
    assert "Home visit" not in page
    assert "Letter" not in page
    assert "Nobody in; card left" in " ".join(" ".join(bundle.part("Home visits")).split())


def test_the_referral_sheet_and_later_parts_say_what_the_authority_needs(bundle: ReadBack) -> None:
    sheet = "\n".join(bundle.part("Referral"))
    for said in (
        "Ryan José Doyle",
        "UPN H801200001001",
        "Year 4, class 4B",
        "12 Quayside Court, Huyton, L36 9XX",
        "Lives in Knowsley",
        "On roll since 5 September 2022",
        "Attendance\n84.6%",
        "Window 7 September to 20 November 2026",
        "Unauthorised 12 sessions (4 G, 7 O, 1 U)",
        "SEN support speech and language, since 8 January 2024",
    ):
        assert said in sheet
    assert "meals" not in sheet
    assert "2025/26 390 355 35 0 91.0%" in bundle.part("Attendance in earlier years")[0]
    assert re.search(r"Niamh Doyle 2 Jun 2020 1B 104 104 0 0 100\.0%", bundle.part("Brothers and sisters")[0])


@pytest.mark.parametrize(
    ("on", "window"),
    [
        (date(2025, 9, 12), "1 September to 12 September 2025 – only 2 school weeks lie in the calendar up to then"),
        (date(2010, 6, 28), "No school week lies in the calendar up to 28 June 2010"),
    ],
)
def test_the_referral_sheet_says_where_the_calendar_has_not_so_many_weeks(
    rulebook: Rulebook, on: date, window: str
) -> None:
    file, _, stamp = long_case(rulebook, 1)
    flow = Flow(load_type())
    draw_referral_sheet(flow, replace(file, request=replace(file.request, on=on, first=on, last=on)), stamp, "Referral")
    said = " ".join(text.text for page in flow.pages for text in page.texts)
    assert f"Window {window} Unauthorised" in said


def test_letters_of_many_languages_print_right_and_fonts_are_in_the_file(
    school: SmallSchool, story: Story, tmp_path: Path, clock: StillClock
) -> None:
    for number, (surname, name) in enumerate(
        (("Bielak", "Łucja Bielak"), ("Đặng", "Minh Đặng"), ("Kaya", "Çağla Kaya"))
    ):
        request = type(story.request)(school.pupils[surname], *_rest(story))
        built = finish(build(school.context, request, tmp_path / f"{number}.pdf"))
        read = read_pdf(built.content)
        assert all(name in page for page in (read.pages[0], *read.part("Referral")[:1]))
    reader = PdfReader(BytesIO(built.content))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    used = [font for font in fonts if font["/Subtype"] == "/TrueType"]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def _rest(story: Story) -> tuple[str, object, object, object]:
    return (story.request.referral, story.request.on, story.request.first, story.request.last)


def test_equal_facts_give_equal_bytes(rulebook: Rulebook) -> None:
    assert draw(*long_case(rulebook, 40)).content == draw(*long_case(rulebook, 40)).content


def test_a_long_bundle_repeats_its_column_headings_and_stays_in_its_margins(
    long_parts: tuple[list[PrintedPart], Type],
) -> None:
    parts, type_ = long_parts
    assert sum(len(part.pages) for part in parts) >= 40
    faces = {type_.regular.name: type_.regular, type_.bold.name: type_.bold}
    for part in parts:
        for page in part.pages:
            for text in page.texts:
                assert text.x >= LEFT - 0.1
                assert text.x + faces[text.face].width(text.text, text.size) <= RIGHT + 0.1
                assert TOP < text.y < BOTTOM + 1
    chronology = next(part for part in parts if part.kind == "chronology")
    assert len(chronology.pages) > 10
    for page in chronology.pages[1:]:
        assert [text.text for text in page.texts[:5]] == ["When", "What", "With", "Outcome and note", "By"]
        assert len(page.texts) > 10


def test_no_two_texts_of_a_page_lie_on_each_other(long_parts: tuple[list[PrintedPart], Type]) -> None:
    parts, type_ = long_parts
    faces = {type_.regular.name: type_.regular, type_.bold.name: type_.bold}
    for part in parts:
        for page in part.pages:
            by_line: dict[float, list[tuple[float, float]]] = {}
            for text in page.texts:
                width = faces[text.face].width(text.text, text.size)
                by_line.setdefault(round(text.y, 1), []).append((text.x, text.x + width))
            for spans in by_line.values():
                spans.sort()
                assert all(left[1] <= right[0] + 0.1 for left, right in pairwise(spans))


def test_the_long_bundle_reads_back_whole(rulebook: Rulebook) -> None:
    file, plan, stamp = long_case(rulebook)
    printed = draw(file, plan, stamp)
    read = read_pdf(printed.content)
    assert len(read.pages) == printed.pages >= 40
    assert read.bookmarks == (("Cover and index", 1), *read.index)
    expected = [mark for mark in file.counted(file.request.first, file.request.last) if mark.code in "GNOU"]
    assert len(certified_sessions(read)) == len(expected)
    assert "Every figure of this period can be worked again from the register on pages" in " ".join(
        read.pages[0].split()
    )


def test_a_note_longer_than_a_page_runs_over_it_and_loses_nothing(rulebook: Rulebook) -> None:
    file, plan, stamp = long_case(rulebook, 3)
    words = [f"word{number}" for number in range(2500)]
    note = " ".join(words)
    entries = (*file.entries[:1], replace(file.entries[1], note=note, withdrawn=None), *file.entries[2:])
    read = read_pdf(draw(replace(file, entries=entries), plan, stamp).content)
    pages = read.part("Chronology")
    assert len(pages) > 3
    said = re.findall(r"word\d+", " ".join(pages))
    assert said == words
    assert all("Outcome and note" in page for page in pages)


def test_an_entry_of_a_day_without_a_time_claims_none(rulebook: Rulebook) -> None:
    file, plan, stamp = long_case(rulebook, 1)
    day = file.entries[0].happened_at
    timed = replace(file, entries=(replace(file.entries[0], happened_at=day.replace(hour=10, minute=42)),))
    untimed = replace(file, entries=(replace(file.entries[0], happened_at=day.replace(hour=23, minute=59, second=59)),))
    assert "10:42" in read_pdf(draw(timed, plan, stamp).content).part("Chronology")[0]
    assert "23:59" not in read_pdf(draw(untimed, plan, stamp).content).part("Chronology")[0]


def test_an_index_still_counts_right_behind_a_cover_of_many_pages(rulebook: Rulebook) -> None:
    file, plan, stamp = long_case(rulebook, 10)
    crowd = tuple(replace(one, person=replace(one.person, id=n)) for n in range(2, 80) for one in file.relatives)
    crowded = replace(file, relatives=crowd)
    type_ = load_type()
    read = read_pdf(bind(crowded, stamp, list(lay_out(crowded, plan, stamp, type_)), type_).content)
    covers = sum("2001 Referral bundle\n" in page for page in read.pages)
    assert covers > 1
    assert read.bookmarks[1] == ("Referral", covers + 1)
    assert f"1 Referral {covers + 1}\n" in read.pages[covers - 1]


@pytest.mark.parametrize("name", ["李小龙", "محمد علي", "🙂 Ann", "A\x00nn\u202e", "a" * 400, "e\u0301 n\u0303 ż"])
def test_no_name_is_refused_for_its_letters(rulebook: Rulebook, name: str) -> None:
    file, plan, stamp = long_case(rulebook, 12)
    odd = replace(file, pupil=replace(file.pupil, legal_forename=name, used_forename=name), names={1: name})
    assert draw(odd, plan, stamp).pages > 5


def test_wrapping_loses_no_letter_and_keeps_to_its_room(type_: Face) -> None:
    text = "one two threefourfive " * 20 + "w" * 90 + "\nlast line"
    lines = type_.wrap(text, 9.0, 80.0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(type_.width(line, 9.0) <= 80.0 for line in lines)
    assert type_.fit("a very long name indeed", 9.0, 60.0).endswith("…")
    assert type_.width(type_.fit("a very long name indeed", 9.0, 60.0), 9.0) <= 60.0


@pytest.fixture(scope="module")
def type_() -> Face:
    return load_type().regular


def test_a_page_is_a4(content: bytes) -> None:
    box = PdfReader(BytesIO(content)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, round(HEIGHT))


def test_a_name_in_arabic_is_joined_and_read_back_and_a_long_word_stays_on_the_page(rulebook: Rulebook) -> None:
    file, planned, stamp = long_case(rulebook, entries=3)
    named = replace(file.pupil, used_forename="يوسف", used_surname="الحسن")
    entry = replace(file.entries[0], outcome="يوسف came late", note="x" * 20_000, withdrawn=None, restricted=False)
    content = draw(replace(file, pupil=named, entries=(entry,)), planned, stamp).content
    read = read_pdf(content)
    drawn = b"".join(page.get_contents().get_data() for page in PdfReader(BytesIO(content)).pages)  # type: ignore[union-attr]
    assert b"ActualText <FEFF" + "يوسف".encode("utf-16-be").hex().upper().encode() in drawn
    assert sum(page.count("x") for page in read.part("Chronology")) >= 20_000


def test_a_name_in_chinese_is_drawn_and_read_back_and_what_no_face_has_is_told(rulebook: Rulebook) -> None:
    """Under one name in Latin letters and one in Chinese, in both weights: the shapes are no empty boxes."""
    file, planned, stamp = long_case(rulebook, entries=3)
    named = replace(file.pupil, used_forename="小明", used_surname="王")
    long = replace(file.entries[0], outcome="他说他病了", note="天地玄黄" * 400, withdrawn=None, restricted=False)
    made = draw(replace(file, pupil=named, entries=(long,)), planned, stamp)
    assert made.lacking == ""
    read = read_pdf(made.content)
    assert "小明 王" in read.pages[0]
    assert sum(page.count("玄") for page in read.part("Chronology")) == 400
    for text in ("王小明", "囗囗囗"):
        assert set_line(text, bold=True, right_to_left=False).width == load_type().bold.width(text, 1.0) == 3.0
    unknown = draw(replace(file, pupil=replace(named, used_forename="철수")), planned, stamp)
    assert unknown.lacking == "수철"
