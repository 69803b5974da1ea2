"""A made-up case with something in every part of a bundle, as prepared facts with no store behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from desktop_app.domain.bundle import BundlePlan, Stamp
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Flag, FlagKind, Pattern
from desktop_app.domain.referrals import Disclosure, PartSpec, Referral
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES
from desktop_app.rules.bundle import plan
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.improvement import CONTENT
from tests.support.long_case import HALE, long_case

ON = date(2027, 5, 21)
NEW_PARTS = (
    PartSpec("declaration", "Headteacher’s declaration"),
    PartSpec("register-year", "Year to date, for information"),
    PartSpec("home-visits", "Home visits"),
    PartSpec("early-help", "Early Help"),
    PartSpec("support", "Support and agencies"),
    PartSpec("notice-check", "Notice to Improve held against its contents"),
    PartSpec("policy", "Attendance policy"),
    PartSpec("defences", "Statutory defences considered"),
    PartSpec("other-schools", "Other schools"),
    PartSpec("restricted", "Restricted notes let out"),
)
CONTENTS = (
    "88 of 104 sessions attended, 12 unauthorised; each is listed in the letter.",
    "Regular attendance helps with friends and learning; section 7 makes it the parent’s duty.",
    "Breakfast club, meeting at the gate, the school nurse.",
    "A weekly call with Mrs Hale and a place in the morning group.",
    "A penalty notice or prosecution may follow.",
    "From 1 to 26 March 2027.",
    "",
    "Further unauthorised absence, or no engagement with the support.",
)


def entry(number: int, kind: EntryKind, day: date, outcome: str, note: str = "", **more: object) -> Entry:
    """An entry of half past ten; details, persons and the like by name."""
    at = datetime(day.year, day.month, day.day, 10, 30)
    blank = Entry(number, kind, at, at.replace(tzinfo=UTC), HALE, (1,), (), outcome, note, {}, False, None, None)
    return replace(blank, **more)  # type: ignore[arg-type]


def with_parts(file: CaseFile, *parts: PartSpec, disclosure: Disclosure = Disclosure.AUTHORITY) -> CaseFile:
    """The file for a referral of these parts."""
    referral: Referral = replace(
        file.referral, parts=(PartSpec("cover", "Cover and index"), *parts), requirements=(), disclosure=disclosure
    )
    return replace(file, referral=referral)


def bare_case(rulebook: Rulebook) -> CaseFile:
    """The child, the school and the marks, with nothing in the log."""
    file, _, _ = long_case(rulebook, 0)
    return replace(file, request=replace(file.request, on=ON, first=date(2026, 9, 1), last=ON))


def parts_case(rulebook: Rulebook) -> tuple[CaseFile, BundlePlan, Stamp]:
    """The case with every new part, its plan and its stamp; for safeguarding, so that a restricted note is let out."""
    _, _, stamp = long_case(rulebook, 0)
    bare = bare_case(rulebook)
    secret = entry(90, EntryKind.NOTE, date(2027, 3, 9), "Said at break", "He is afraid to walk home.", restricted=True)
    file = replace(
        bare,
        pupil=replace(bare.pupil, last_school="Priory Infant School"),
        entries=tuple(_log()),
        school_log=(_policy(),),
        flags=(Flag(1, 1, FlagKind.MEDICAL, "asthma", date(2024, 2, 1)),),
        patterns=(
            Pattern(1, 1, "part-time", "1111110000", date(2026, 11, 2), date(2026, 11, 27), code="C2",
                    agreed_on=date(2026, 10, 30), purpose="to come back after the operation", hours="20"),
        ),
        marks=(*_before(), *(_noted(mark) for mark in bare.marks)),
        let_out=(secret,),
    )  # fmt: skip
    file = with_parts(file, *NEW_PARTS, disclosure=Disclosure.SAFEGUARDING)
    return file, plan(file), stamp


def _before() -> tuple[Mark, ...]:
    """A week at the school before, as it was imported."""
    days = [date(2025, 6, day) for day in range(2, 7)]
    return tuple(Mark(1, day, half, "O" if day.day == 2 else "/") for day in days for half in HALVES)


def _noted(mark: Mark) -> Mark:
    if mark.code == "L":
        return mark._replace(minutes=12, note="bus")
    return mark._replace(note="mother rang: a cough") if mark.code == "I" and mark.day.day < 9 else mark


def _policy() -> Entry:
    details = {
        "what": "policy",
        "said": "Published on the school’s website; says when a penalty notice may be issued",
        "who": "the governing body",
        "version": "2026.1",
        "approved": "2026-07-06",
        "review": "2027-07-05",
    }
    return entry(80, EntryKind.SCHOOL, date(2026, 7, 8), "Attendance policy", pupils=(), details=details)


def _log() -> list[Entry]:
    mother: Mapping[str, object] = {"persons": (1,)}
    kind = EntryKind
    notice = {f"{CONTENT}{number}": text for number, text in enumerate(CONTENTS, start=1) if text}
    notice |= {"first": "2027-03-01", "last": "2027-03-26", "allowed": "3", "weeks": "4", "sufficient": "At most 3."}
    return [
        entry(1, kind.PHONE_CALL, date(2026, 9, 8), "Reason given", "A cough since Sunday.", **mother),
        entry(2, kind.HOME_VISIT, date(2026, 11, 19), "Nobody in", "Curtains drawn.",
              details={"went": "Mrs Hale and Mr Okoro", "card": "yes", "safety": "a large dog"}),
        entry(3, kind.HOME_VISIT, date(2027, 1, 14), "Spoke at the door", "He had overslept.", **mother,
              details={"went": "Mrs Hale", "seen": "mother", "child_seen": "yes", "opinion": "I doubt it"}),
        entry(4, kind.NOTE, date(2027, 1, 15), "Came in the next day.", adds_to=3),
        entry(5, kind.EARLY_HELP, date(2026, 12, 3), "Offered", "Leaflet given.", **mother),
        entry(6, kind.EARLY_HELP, date(2026, 12, 10), "Consent given", **mother, details={"lead": "Ms Brook"}),
        entry(7, kind.EARLY_HELP, date(2027, 1, 22), "Completed", details={"reference": "EH-204"}, **mother),
        entry(8, kind.MEETING, date(2027, 2, 4), "Held", "Bedtimes and the bus.", **mother,
              details={"meeting": "taf", "attendees": "Mother, Ms Brook, school nurse", "invited": "housing officer",
                       "agreed": "Nurse to see him by 12 February", "next": "2027-03-04"}),
        entry(9, kind.REVIEW, date(2027, 3, 4), "Some better", "Two late marks fewer."),
        entry(10, kind.SUPPORT, date(2026, 10, 5), "Offered", details={"what": "Breakfast club", "by": "Mr Okoro"}),
        entry(11, kind.SUPPORT, date(2026, 10, 12), "Accepted", "Came on three days.", **mother,
              details={"what": "breakfast club"}),
        entry(12, kind.SUPPORT, date(2027, 2, 12), "Ended", "He did not come any more.",
              details={"what": "Breakfast club"}),
        entry(13, kind.AGENCY_REFERRAL, date(2026, 11, 9), "Sent", details={"agency": "School nurse"}),
        entry(14, kind.AGENCY_REFERRAL, date(2026, 12, 1), "Not accepted", "Below their threshold.",
              details={"agency": "School nurse"}),
        entry(15, kind.SUPPORT_PLAN, date(2027, 1, 18), "Agreed", **mother,
              details={"plan": "Alarm clock; met at the gate", "review": "2027-02-15"}),
        entry(16, kind.WARNING, date(2027, 2, 1), "Sent", **mother, details={"what": "penalty notice"}),
        entry(17, kind.NOTICE_TO_IMPROVE, date(2027, 2, 25), "issued", **mother, details=notice),
        entry(18, kind.IMPROVEMENT, date(2027, 3, 29), "not improved", "Nothing changed.", adds_to=17,
              details={"state": "not-improved"}, **mother),
        entry(19, kind.CONSIDERED, date(2027, 4, 2), "decided against", "No letter and no appointment was shown to us.",
              details={"what": "defence-illness"}),
        entry(20, kind.CONSIDERED, date(2027, 4, 2), "decided for", "Nobody in the family is disabled.",
              details={"what": "Equality Act"}),
        entry(21, kind.BARRIER, date(2027, 1, 18), "Ms K Wiśniewska: Transport", "The bus comes late.", **mother,
              details={"area": "transport", "voice": "parent"}),
        entry(22, kind.OTHER_SCHOOL, date(2026, 9, 20), "told us", "Moved house twice.",
              details={"school": "Priory Infant School", "who": "this child, before", "attendance": "83 %",
                       "contact": "Mr Lee"}),
        entry(23, kind.OTHER_SCHOOL, date(2026, 9, 20), "told us",
              details={"school": "Hill Top High", "who": "brother or sister", "child": "Oliwia, 3 March 2012"}),
    ]  # fmt: skip
