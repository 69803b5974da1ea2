"""The parts of a bundle beside its court core, as they are read: from prepared facts, and from a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.documents.bundle import bind, draw, lay_out
from desktop_app.documents.page import BOTTOM, LEFT, RIGHT, TOP
from desktop_app.documents.type import load_type
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.referrals import Disclosure, PartSpec
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bundle import plan
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.disclosed import disclose
from tests.support.long_case import long_case
from tests.support.parts_case import NEW_PARTS, bare_case, entry, parts_case, with_parts
from tests.support.reading_pdf import ReadBack, read_pdf


@pytest.fixture(scope="module")
def read(rulebook: Rulebook) -> ReadBack:
    file, planned, stamp = parts_case(rulebook)
    return read_pdf(draw(disclose(file), planned, stamp).content)


def flat(read: ReadBack, title: str) -> str:
    """The text of a part on one line."""
    return " ".join(" ".join(read.part(title)).split())


def drawn(rulebook: Rulebook, file: CaseFile) -> ReadBack:
    """The bundle of a file as its reader sees it."""
    return read_pdf(draw(disclose(file), plan(file), long_case(rulebook, 0)[2]).content)


def test_every_part_is_in_the_index_where_it_begins(read: ReadBack) -> None:
    assert [title for title, _ in read.index] == [part.title for part in NEW_PARTS]
    assert read.bookmarks == (("Cover and index", 1), *read.index)
    for title, page in read.index:
        assert read.pages[page - 1] == read.part(title)[0]


def test_the_declaration_is_crossed_where_the_record_shows_it_and_blank_where_not(read: ReadBack) -> None:
    said = flat(read, "Headteacher’s declaration")
    for crossed in (
        "X The reason given for each absence, or that none was given, was considered.",
        "X The absences relied on are recorded in the register as unauthorised. 50 sessions are recorded",
        "X The parent is aware of the absences, and that they are unauthorised. Ms Karolina Wiśniewska: warning given",
        "X Support was offered to the family before this request",
        "X The school’s attendance policy is published, and says that penalty notices may be issued. Version 2026.1",
        "X The school’s duties under the Equality Act 2010",
    ):
        assert crossed in said
    for blank in ("No circumstances are known to the school", "I am willing to give evidence in court"):
        assert blank in said
        assert f"X {blank}" not in said
    assert "Draft, not signed" in said
    assert "Signature of the headteacher" in said
    assert "Name: Dr A Rahman, Headteacher" in said


def test_nothing_is_crossed_for_a_headteacher_of_whom_the_record_shows_nothing(rulebook: Rulebook) -> None:
    file = replace(bare_case(rulebook), marks=())
    said = flat(drawn(rulebook, with_parts(file, PartSpec("declaration", "Declaration"))), "Declaration")
    assert "The reason given for each absence" in said
    assert " X " not in said


def test_the_year_says_that_it_is_no_evidence_and_tells_of_comments_and_contact(read: ReadBack) -> None:
    said = flat(read, "Year to date, for information")
    assert "For information, not evidence." in said
    assert "Tue 8 Sep 2026 / I mother rang: a cough 10:30 Phone call, Ms Karolina Wiśniewska: Reason given." in said
    assert "12 minutes late; bus" in said
    assert "other days of absence have no comment and no contact of that day" in said
    assert "31 Aug 26" in said
    assert "17 May 27" in said


def test_the_visits_leave_out_the_dog_and_what_the_visitor_thinks(read: ReadBack) -> None:
    said = flat(read, "Home visits")
    assert (
        "Thu 19 Nov 2026 10:30 Mrs Hale and Mr Okoro nobody reached Nobody in Curtains drawn. A card was left." in said
    )
    assert "The child was seen." in said
    assert "Came in the next day." in said
    for never in ("dog", "doubt"):
        assert never not in read.text


def test_early_help_tells_offers_answers_meetings_and_reviews(read: ReadBack) -> None:
    said = flat(read, "Early Help")
    places = [
        said.index(text)
        for text in (
            "Assessment Completed on 22 January 2027, reference EH-204",
            "Lead professional Ms Brook",
            "3 Dec 2026 Offered",
            "10 Dec 2026 Consent given",
            "Agreed: Nurse to see him by 12 February. Next on 4 March 2027.",
            "Reviews",
            "Two late marks fewer.",
        )
    ]
    assert places == sorted(places)
    assert "Did not come: housing officer." in said


@pytest.mark.parametrize(
    ("kind", "outcome", "note", "details", "reason"),
    [
        (
            EntryKind.EARLY_HELP,
            "Consent refused",
            "She wants none.",
            {},
            "Consent refused on 1 March 2027. She wants none.",
        ),
        (EntryKind.EARLY_HELP, "Offered", "", {}, "Offered on 1 March 2027; no answer is recorded."),
        (
            EntryKind.CONSIDERED,
            "decided against",
            "A holiday.",
            {"what": "Early Help"},
            "Decided against on 1 March 2027.",
        ),
        (EntryKind.PHONE_CALL, "Spoke", "", {}, "No reason is recorded."),
    ],
)
def test_where_there_was_no_assessment_the_reason_stands(
    rulebook: Rulebook, kind: EntryKind, outcome: str, note: str, details: dict[str, str], reason: str
) -> None:
    one = entry(1, kind, date(2027, 3, 1), outcome, note, details=details)
    file = with_parts(replace(bare_case(rulebook), entries=(one,)), PartSpec("early-help", "Early Help"))
    said = flat(drawn(rulebook, file), "Early Help")
    assert f"Assessment None is recorded Reason {reason}" in said


def test_the_matrix_has_one_line_for_each_support(read: ReadBack) -> None:
    said = flat(read, "Support and agencies")
    assert "Breakfast club Mr Okoro 5 Oct 2026 12 Oct 2026 12 Feb 2027 Ended Came on three days." in said
    assert said.casefold().count("breakfast club") == 1
    assert "School nurse – 9 Nov 2026 – – Not accepted Below their threshold." in said
    assert "Part-time timetable (C2) – 30 Oct 2026 2 Nov 2026 27 Nov 2026 planned" in " ".join(said.split())
    assert "Plan agreed – 18 Jan 2027 18 Jan 2027" in said


def test_a_notice_is_held_against_its_contents(read: ReadBack) -> None:
    said = flat(read, "Notice to Improve held against its contents")
    assert "notice to Ms Karolina Wiśniewska" in said
    assert "4 school weeks; within the 3 to 6 of the guidance" in said
    assert "Its contents. 1 of them is not there." in said
    assert "7 What sufficient improvement will look like Not there" in said
    assert "5 sessions were missed without leave, of 3 at most. Attendance did not improve enough. Decided on" in said
    for session in ("Wed 3 Mar 2027 AM G", "Fri 5 Mar 2027 PM O", "Thu 18 Mar 2027 AM U"):
        assert session in said
    assert "A person decides" not in said


def test_the_policy_of_the_day_is_told_and_not_a_later_one(read: ReadBack, rulebook: Rulebook) -> None:
    said = flat(read, "Attendance policy")
    for text in (
        "Version 2026.1",
        "Approved 6 July 2026",
        "To be reviewed by 5 July 2027",
        "Published on the school’s",
    ):
        assert text in said
    file, _, _ = parts_case(rulebook)
    early = replace(
        file, request=replace(file.request, on=date(2026, 7, 1), first=date(2026, 6, 1), last=date(2026, 7, 1))
    )
    part = next(one for one in plan(early).parts if one.kind == "policy")
    assert part.why == "No version of the attendance policy is in the school’s own log up to this day."


def test_each_defence_stands_with_what_the_record_shows(read: ReadBack, rulebook: Rulebook) -> None:
    said = flat(read, "Statutory defences considered")
    assert len(rulebook.defences) > 5
    for defence in rulebook.defences:
        assert defence.title in said
        assert said.count(f" {defence.title} ") == 1
    assert "58 sessions of the period (39 I, 19 M)." in said
    assert "A medical condition is on record since 1 February 2024. asthma." in said
    assert "2 April 2027, Mrs K Hale: it does not hold. No letter and no appointment was shown to us." in said
    assert "This school is not independent." in said
    assert "The bus comes late." in said


def test_what_others_told_is_shown_as_such(read: ReadBack) -> None:
    said = flat(read, "Other schools")
    assert "It is not of this school’s register" in said
    assert "Priory Infant School" in said
    assert "Attendance: 83 %" in said
    assert "Oliwia, 3 March 2012" in said
    assert "2024/25 1 Sep 2024 to 31 Aug 2025 10 8 0 2 80.0%" in said


def test_a_note_is_let_out_for_safeguarding_and_for_nobody_else(rulebook: Rulebook) -> None:
    file, planned, stamp = parts_case(rulebook)
    assert "He is afraid to walk home." in read_pdf(draw(disclose(file), planned, stamp).content).text
    for disclosure in (Disclosure.AUTHORITY, Disclosure.COURT):
        other = with_parts(file, *NEW_PARTS, disclosure=disclosure)
        assert "afraid" not in drawn(rulebook, other).text
        part = next(one for one in plan(other).parts if one.kind == "restricted")
        assert part.why == "The safeguarding lead has let no restricted note into this bundle."


def test_a_court_hears_nothing_of_brothers_at_other_schools(rulebook: Rulebook) -> None:
    file, _, _ = parts_case(rulebook)
    named = entry(60, EntryKind.PHONE_CALL, date(2027, 3, 2), "Spoke", "Oliwia was ill.", persons=(1,))
    file = replace(file, entries=(*file.entries, named))
    parts = (*NEW_PARTS, PartSpec("chronology", "Chronology"))
    court = with_parts(file, *parts, disclosure=Disclosure.COURT)
    said = " ".join(drawn(rulebook, replace(court, request=replace(court.request, parent=1))).text.split())
    assert "Priory Infant School" in said
    assert "[another child] was ill." in said
    for never in ("Oliwia", "Hill Top High", "afraid"):
        assert never not in said


def test_the_chronology_says_what_an_entry_was_about(rulebook: Rulebook) -> None:
    file, _, _ = parts_case(rulebook)
    said = flat(drawn(rulebook, with_parts(file, PartSpec("chronology", "Chronology"))), "Chronology")
    for text in (
        "Breakfast club. Mr Okoro Offered",
        "School nurse Not accepted Below their threshold.",
        "Team around the Family. Nurse to see him by 12 February Held",
        "Alarm clock; met at the gate Agreed",
        "Penalty notice Sent",
        "Bedtimes and the bus. Next meeting 4 March 2027",
        "Agreed To be reviewed on 15 February 2027",
        "Illness decided against",
    ):
        assert text in said
    for never in ("I doubt it", "a large dog", "defence-"):
        assert never not in said


def test_parts_with_nothing_to_say_are_left_out_and_say_why(rulebook: Rulebook) -> None:
    planned = plan(with_parts(bare_case(rulebook), *NEW_PARTS))
    assert {part.kind for part in planned.parts if part.drawn} == {
        "cover",
        "declaration",
        "register-year",
        "early-help",
        "defences",
    }
    assert all(part.why.endswith(".") for part in planned.parts if not part.drawn)


def test_texts_stay_in_the_margins_and_off_each_other(rulebook: Rulebook) -> None:
    file, _, stamp = parts_case(rulebook)
    long = "word " * 900 + "x" * 20_000
    entries = tuple(replace(one, note=one.note and long) for one in file.entries)
    crowded = disclose(replace(file, entries=entries, let_out=(replace(file.let_out[0], note=long),)))
    type_ = load_type()
    faces = {type_.regular.name: type_.regular, type_.bold.name: type_.bold}
    parts = list(lay_out(crowded, plan(crowded), stamp, type_))
    for part in parts:
        for page in part.pages:
            for text in page.texts:
                assert text.x >= LEFT - 0.1
                assert text.x + faces[text.face].width(text.text, text.size) <= RIGHT + 0.1
                assert TOP < text.y < BOTTOM + 1
    assert bind(crowded, stamp, parts, type_).pages > 100
