"""A pupil with a story: two homes, a term and a past year of marks, corrections, calls, letters, a visit, a sibling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop_app.context import Context, as_aware
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import (
    Address,
    Answer,
    Channel,
    ChannelKind,
    Flag,
    FlagKind,
    Membership,
    Person,
    Pupil,
    Tie,
)
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.staff import Author
from desktop_app.rules.calendar import SchoolCalendar
from tests.support.schools import SmallSchool

ON = date(2026, 11, 20)
FIRST = date(2026, 9, 1)

LAST_YEAR = (
    Period(0, PeriodKind.TERM, "autumn term", date(2025, 9, 3), date(2025, 12, 19)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2025, 10, 27), date(2025, 10, 31)),
    Period(0, PeriodKind.TERM, "spring term", date(2026, 1, 5), date(2026, 3, 27)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 2, 16), date(2026, 2, 20)),
    Period(0, PeriodKind.TERM, "summer term", date(2026, 4, 13), date(2026, 7, 21)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 5, 25), date(2026, 5, 29)),
)

ABSENCES = {
    date(2026, 9, 14): ("O", "O"),
    date(2026, 9, 28): ("O", "O"),
    date(2026, 10, 2): ("G", "G"),
    date(2026, 10, 5): ("G", "G"),
    date(2026, 10, 13): ("I", "I"),
    date(2026, 10, 14): ("I", "M"),
    date(2026, 10, 22): ("L", ""),
    date(2026, 11, 4): ("V", "V"),
    date(2026, 11, 16): ("O", "O"),
    date(2026, 11, 18): ("U", ""),
    date(2026, 11, 19): ("", "O"),
}
"""The days of Ryan's autumn on which he was not simply there; an empty half is present."""

LEAD = Author(0, "Mrs K Hale", "attendance lead")


@dataclass
class Story:
    """Ryan Doyle's case: his id, his parents' ids, and the bundle that is asked for."""

    pupil: int
    mother: int
    father: int
    request: BundleRequest


def present(half: Half) -> str:
    """The right present mark for the half."""
    return "/" if half is Half.AM else "\\"


def tell_story(school: SmallSchool, referral: str = "statutory-referral") -> Story:
    """Put Ryan Doyle's case in a small school."""
    context, pupil = school.context, school.pupils["Doyle"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put_many(LAST_YEAR)
        known = writing.book.get(Pupil, pupil)
        assert known is not None
        home = Address(("12 Quayside Court", "Huyton"), "L36 9XX")
        writing.book.put(
            replace(known, upn="H801200001001", sex="M", address=home, middle_names="José", home_la="Knowsley")
        )
        writing.book.put(Membership(0, pupil, "3B", "3", date(2025, 9, 1), date(2026, 8, 31)))
        tie = next(one for one in writing.book.all(Tie) if one.pupil == pupil)
        mother = writing.book.get(Person, tie.person)
        assert mother is not None
        writing.book.put(replace(mother, full_name="Karen Doyle", address=home, language="English"))
        father = writing.book.put(
            Person(0, "Seán Doyle", "Mr", Address(("Flat 3", "88 Mill Lane", "Prescot"), "L34 1AA"), language="Polish",
                   interpreter=True)
        )  # fmt: skip
        writing.book.put(Tie(0, pupil, father, "father", Answer.UNKNOWN, Answer.NO, 2))
        writing.book.put(Channel(0, father, ChannelKind.PHONE, "07700 900777", "mobile", checked=date(2026, 2, 4)))
        writing.book.put(Channel(0, father, ChannelKind.EMAIL, "sean.doyle@example.org", priority=2))
        barred = writing.book.put(Person(0, "Wayne Grimsby", "Mr", Address(("1 Hidden Road",), "L1 1AA")))
        writing.book.put(Tie(0, pupil, barred, "step-father", Answer.NO, Answer.NO, 3, no_contact=True))
        sister = writing.book.put(
            Pupil(0, "Doyle", "Niamh", date(2020, 6, 2), date(2024, 9, 2), sex="F", admission_number="00077")
        )
        writing.book.put(Membership(0, sister, "1B", "1", date(2026, 9, 1)))
        writing.book.put(Tie(0, sister, tie.person, "mother", Answer.YES, Answer.YES))
        writing.book.put(Flag(0, pupil, FlagKind.SEN_SUPPORT, "speech and language", date(2024, 1, 8)))
        writing.book.put(Flag(0, pupil, FlagKind.EARLY_HELP, "", date(2026, 10, 20)))
        writing.book.put(Flag(0, pupil, FlagKind.FSM, "", date(2022, 9, 5)))
    calendar = calendar_of(context)
    with context.store.writing(context.deed("import marks")) as writing:
        writing.marks.add(marks_of(calendar, sister, FIRST, ON, {}))
        writing.marks.add(marks_of(calendar, pupil, date(2025, 9, 3), date(2026, 7, 21), {}, every=11))
        writing.marks.add(marks_of(calendar, pupil, FIRST, ON, {**ABSENCES, date(2026, 11, 16): ("N", "N")}))
    _amend(context, pupil)
    _log(context, pupil, tie.person, father, barred)
    return Story(pupil, tie.person, father, BundleRequest(pupil, referral, ON, FIRST, ON))


def calendar_of(context: Context) -> SchoolCalendar:
    """The school's calendar."""
    with context.store.reading() as reading:
        return SchoolCalendar(reading.book.all(Period), reading.book.school().weekdays)


def marks_of(
    calendar: SchoolCalendar,
    pupil: int,
    first: date,
    last: date,
    absences: dict[date, tuple[str, str]],
    every: int = 0,
) -> list[NewMark]:
    """A mark for each session of the school: present but for the absences, and ill on every so many-th session."""
    marks: list[NewMark] = []
    for number, session in enumerate(calendar.sessions(first, last), start=1):
        code = absences.get(session.day, ("", ""))[session.half.ordinal] or present(session.half)
        if every and number % every == 0:
            code = "I"
        minutes = 12 if code == "L" else None
        marks.append(NewMark(pupil, session.day, session.half, code, minutes, source=Source.IMPORT))
    return marks


def _amend(context: Context, pupil: int) -> None:
    """On the 19th the two N of the 16th become O, with the reason."""
    deed = Deed(LEAD, "register", as_aware(datetime(2026, 11, 19, 9, 12)), "No reason given after 3 calls and a visit")
    with context.store.writing(deed) as writing:
        writing.marks.add(
            NewMark(pupil, date(2026, 11, 16), half, "O", reason=deed.reason, amends=True) for half in HALVES
        )


def _log(context: Context, pupil: int, mother: int, father: int, barred: int) -> None:
    """Calls, letters, a meeting and a visit; one withdrawn, one added to, one restricted, one with the barred man."""

    def entry(kind: EntryKind, when: datetime, outcome: str, *persons: int, **more: object) -> NewEntry:
        return NewEntry(kind, when, (pupil,), outcome, persons, **more)  # type: ignore[arg-type]

    at = datetime(2026, 9, 14, 9, 5)
    with context.store.writing(context.deed("log")) as writing:
        add = writing.entries.add
        add(entry(EntryKind.PHONE_CALL, at, "No answer; voicemail left", mother))
        call = add(entry(EntryKind.PHONE_CALL, datetime(2026, 9, 28, 9, 10), "Says he overslept", mother,
                         note="Will bring him for the afternoon. He did not come."))  # fmt: skip
        add(
            entry(
                EntryKind.NOTE, datetime(2026, 9, 28, 15, 30), "Rang again at half past three: no answer.", adds_to=call
            )
        )
        add(entry(EntryKind.LETTER, datetime(2026, 10, 6, 12, 0), "Letter 1, first class post", mother))
        add(entry(EntryKind.LETTER, datetime(2026, 10, 6, 12, 0), "Letter 1, first class post", father))
        add(entry(EntryKind.MEETING, datetime(2026, 11, 5, 15, 45), "Plan agreed: breakfast club, met at the gate",
                  mother, father))  # fmt: skip
        wrong = add(
            entry(EntryKind.PHONE_CALL, datetime(2026, 11, 12, 9, 1), "Spoke to mother: at the dentist", mother)
        )
        add(entry(EntryKind.HOME_VISIT, datetime(2026, 11, 19, 10, 20), "Nobody in; card left"))
        secret = add(
            entry(EntryKind.NOTE, datetime(2026, 11, 10, 10, 0), "SEALED disclosure to the DSL", restricted=True)
        )
        add(entry(EntryKind.NOTE, datetime(2026, 11, 11, 10, 0), "SEALED too, by what it adds to", adds_to=secret))
        add(entry(EntryKind.PHONE_CALL, datetime(2026, 11, 13, 9, 0), "Caller would not give a name", barred))
        add(entry(EntryKind.CASE_OPENED, datetime(2026, 10, 16, 11, 0), "Statutory referral (Level 3)"))
        writing.entries.withdraw(wrong, "entered for the wrong child")
