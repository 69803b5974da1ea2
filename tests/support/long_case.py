"""A made-up case of about forty pages, as prepared facts: what a bundle is drawn from, with no store behind it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from desktop_app.domain.bundle import BundlePlan, BundleRequest, Stamp
from desktop_app.domain.entries import Entry, EntryKind, Withdrawal
from desktop_app.domain.marks import Mark, MarkChange, Source
from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, Membership, Person, Pupil, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.staff import Author
from desktop_app.rules.bundle import plan
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.contacts import ContactCard
from tests.support.referrals import LAST_YEAR, present
from tests.support.schools import CALENDAR

ON = date(2027, 7, 16)
HALE = Author(2, "Mrs K Hale", "attendance lead")
STORY = (
    "rang mother at nine; she said he had been up with a cough and would come in after lunch if he felt better "
    "the class teacher has agreed to meet him at the gate each morning with his friend Łukasz and walk in together "
    "spoke about the breakfast club, the bus, and what he says about mathematics first thing on a Monday "
    "left a message on the mobile and a card at the door; nobody came back to us before the end of the day"
)
WORDS = STORY.split()
KINDS = (EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT)


def long_case(rulebook: Rulebook, entries: int = 142, seed: int = 7) -> tuple[CaseFile, BundlePlan, Stamp]:
    """The case, its plan and its stamp. About 142 entries make forty pages."""
    chance = random.Random(seed)
    calendar = SchoolCalendar([*LAST_YEAR, *CALENDAR], "1111100")
    sessions = calendar.sessions(date(2025, 9, 3), ON)
    codes = ["", "", "", "", "", "", "", "", "I", "O", "G", "U", "L", "M"]
    marks = tuple(
        Mark(1, session.day, session.half, chance.choice(codes) or present(session.half)) for session in sessions
    )
    person = Person(1, "Karolina Wiśniewska", "Ms", Address(("12 Quayside Court", "Huyton"), "L36 9XX"))
    tie = Tie(1, 1, 1, "mother", Answer.YES, Answer.YES)
    channel = Channel(1, 1, ChannelKind.PHONE, "07700 900123", "mobile", checked=date(2027, 5, 4))
    pack = rulebook.packs["knowsley"]
    file = CaseFile(
        request=BundleRequest(1, "statutory-referral", ON, date(2026, 9, 1), ON),
        today=ON,
        rulebook=rulebook,
        pack=pack,
        referral=pack.referrals[0],
        school=_school(),
        calendar=calendar,
        pupil=Pupil(1, "Wiśniewski", "Jakub", date(2018, 2, 14), date(2025, 9, 3), upn="H801200001001", sex="M"),
        memberships=(Membership(1, 1, "4B", "4", date(2026, 9, 1)),),
        patterns=(),
        flags=(),
        relatives=(ContactCard(person, tie, (channel,)),),
        siblings=(),
        names={1: person.formal_name},
        marks=marks,
        changes=tuple(_changes(marks[-300::3])),
        entries=tuple(_entry(chance, number) for number in range(1, entries + 1)),
    )
    stamp = Stamp("RB-2027-0042", datetime(2027, 7, 16, 14, 5), "7f3a91c2" * 8, HALE)
    return file, plan(file), stamp


def _school() -> School:
    return School(
        "Marsh Lane Primary School",
        "knowsley",
        SchoolType.MAINTAINED,
        Phase.PRIMARY,
        RegisterTimes(time(8, 45), time(8, 55)),
        RegisterTimes(time(13, 0), time(13, 15)),
        dfe_number="340/2001",
        headteacher="Dr A Rahman",
    )


def _changes(marks: tuple[Mark, ...]) -> list[MarkChange]:
    changes: list[MarkChange] = []
    at = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
    for number, mark in enumerate(marks, start=1):
        reason = "Mother rang: he had been at the dentist after all" if number % 2 else "Seen in class by the teacher"
        for code, amends in (("N", False), (mark.code, True)):
            seq = 2 * number + amends
            changes.append(
                MarkChange(seq, 1, mark.day, mark.half, code, None, "", reason, Source.TYPED, amends, HALE, at)
            )
    return changes


def _entry(chance: random.Random, number: int) -> Entry:
    begins = chance.randrange(len(WORDS))
    note = " ".join((WORDS * 3)[begins : begins + chance.randrange(12, 70)]).capitalize()
    at = datetime(2026, 9, 3, 9, 0) + timedelta(days=number * 310 // 142 % 316, minutes=chance.randrange(400))
    kind = chance.choice(KINDS)
    back = None
    if number % 40 == 0:
        back = Withdrawal(number, "entered for the wrong child", HALE, datetime(2027, 7, 1, 9, 0, tzinfo=UTC))
    return Entry(number, kind, at, at.replace(tzinfo=UTC), HALE, (1,), (1,), "No answer", note, {}, False, None, back)
