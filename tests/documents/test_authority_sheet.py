"""The authority’s own sheet: what it carries beyond the figures, and that a court reads none of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.documents.bundle import draw
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.referrals import Disclosure, PartSpec, Profile, Requirement
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bundle import plan
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.disclosed import disclose
from desktop_app.rules.parts.sheet import sheet
from tests.support.long_case import long_case
from tests.support.parts_case import bare_case, entry, with_parts
from tests.support.reading_pdf import read_pdf

SHEET = PartSpec("referral-sheet", "Referral")
BEFORE = date(2026, 10, 1)


def log() -> tuple[Entry, ...]:
    kind = EntryKind
    notice = {"state": "issued", "issued": "2026-10-01", "reference": "PN-77"}
    return (
        entry(1, kind.PENALTY_NOTICE, BEFORE, "issued", persons=(1,), details=notice),
        entry(2, kind.PENALTY_NOTICE, date(2026, 10, 20), "paid", persons=(1,), adds_to=1,
              details={"state": "paid", "paid": "2026-10-20"}),
        entry(3, kind.NOTICE_TO_IMPROVE, date(2027, 2, 25), "issued", persons=(1,),
              details={"first": "2027-03-01", "last": "2027-03-26"}),
        entry(4, kind.ORDER, date(2027, 1, 8), "Made", persons=(1,), details={"what": "fine", "court": "Bootle"}),
        entry(5, kind.HEALTH_PLAN, date(2027, 1, 9), "Agreed", details={"condition": "asthma"}),
        entry(6, kind.AGENCY_REFERRAL, date(2027, 1, 10), "Accepted", details={"agency": "CAMHS", "reference": "C-9"}),
        entry(7, kind.OTHER_SCHOOL, date(2027, 1, 11), "told us",
              details={"who": "brother or sister", "child": "Oliwia, 3 March 2012", "school": "Hill Top High"}),
        entry(8, kind.CONSIDERED, date(2027, 1, 12), "decided for", "Suspended twice in Year 3.",
              details={"what": "exclusions"}),
        entry(9, kind.CONSIDERED, date(2027, 1, 12), "decided against", "ruled out", details={"what": "defence-leave"}),
        entry(10, kind.CONSIDERED, date(2027, 1, 12), "decided against", "ruled out", details={"what": "illness"}),
    )  # fmt: skip


def case(rulebook: Rulebook, *parts: PartSpec, disclosure: Disclosure = Disclosure.AUTHORITY) -> CaseFile:
    file = with_parts(replace(bare_case(rulebook), entries=log()), *parts, disclosure=disclosure)
    need = Requirement("x", "Behaviour and exclusions", "considered", SHEET.kind, "", "", {"what": "exclusions"})
    return replace(file, referral=replace(file.referral, requirements=(need,)))


def text(rulebook: Rulebook, file: CaseFile) -> str:
    read = read_pdf(draw(disclose(file), plan(file), long_case(rulebook, 0)[2]).content)
    return " ".join(read.text.split())


def test_the_authority_reads_of_notices_agencies_health_and_what_was_considered(rulebook: Rulebook) -> None:
    said = text(rulebook, case(rulebook, SHEET, PartSpec("siblings", "Brothers and sisters")))
    for words in (
        "Reason Unauthorised absence",
        "Penalty notice Ms Karolina Wiśniewska 1 Oct 2026 paid on 20 October 2026, reference PN-77",
        "Notice to Improve Ms Karolina Wiśniewska 25 Feb 2027 issued, until 26 March 2027",
        "Order or fine made Ms Karolina Wiśniewska 8 Jan 2027 made",
        "The authority’s own count decides",
        "Health Healthcare plan: asthma (agreed, 9 January 2027)",
        "CAMHS: accepted, 10 January 2027, reference C-9",
        "Brothers and sisters Oliwia, 3 March 2012, Hill Top High",
        "Suspensions and exclusions no session this school year",
        "Behaviour and exclusions Decided for, 12 January 2027. Suspended twice in Year 3.",
        "At other schools, as they or the family told us",
    ):
        assert words in said
    assert "ruled out" not in said


def test_earlier_years_stand_on_the_sheet_where_they_have_no_part_of_their_own(rulebook: Rulebook) -> None:
    assert text(rulebook, case(rulebook, SHEET)).count("2025/26 390") == 1
    own = text(rulebook, case(rulebook, SHEET, PartSpec("earlier-years", "Attendance in earlier years")))
    assert own.count("2025/26 390") == 1


def test_without_a_part_for_them_brothers_and_sisters_are_not_named(rulebook: Rulebook) -> None:
    assert "Oliwia" not in text(rulebook, case(rulebook, SHEET))


def test_a_court_reads_nothing_of_it_even_where_a_pack_gives_it_the_sheet(rulebook: Rulebook) -> None:
    file = case(rulebook, SHEET, disclosure=Disclosure.COURT)
    said = text(rulebook, replace(file, request=replace(file.request, parent=1)))
    assert "Sessions by code" in said
    for never in ("PN-77", "Penalty notice", "Earlier notices", "Order or fine", "CAMHS", "Oliwia", "Suspended"):
        assert never not in said


def test_where_nothing_is_recorded_the_sheet_says_so(rulebook: Rulebook) -> None:
    said = text(rulebook, with_parts(bare_case(rulebook), SHEET))
    assert "Earlier notices, orders and prosecutions None is recorded here. The authority’s own count decides" in said
    assert "Agencies and named officers none recorded" in said


@pytest.mark.parametrize(
    ("codes", "profile", "reason"),
    [
        ("GGGO", Profile.CASEWORK, "Holiday in term time without leave"),
        ("UUUG", Profile.CASEWORK, "Late after the register had closed"),
        ("OOUG", Profile.CASEWORK, "Unauthorised absence"),
        ("////", Profile.CASEWORK, "Attendance; no absence of the period is unauthorised"),
        ("OOOO", Profile.PENALTY_HOLIDAY, "Holiday in term time without leave"),
        ("GGGG", Profile.MISSING, "The child’s whereabouts, or the reason for the absence, is not known"),
    ],
)
def test_one_reason_is_given(rulebook: Rulebook, codes: str, profile: Profile, reason: str) -> None:
    file = with_parts(bare_case(rulebook), SHEET)
    counted = file.counted(BEFORE, file.request.on)
    marks = tuple(Mark(1, one.day, one.half, code) for one, code in zip(counted, codes, strict=False))
    known = sheet(replace(file, marks=marks, referral=replace(file.referral, profile=profile)))
    assert known is not None
    assert known.reason == reason
