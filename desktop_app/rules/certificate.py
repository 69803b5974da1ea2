"""The particulars of the headteacher's certificate of attendance, and whether it may be drawn.

Source: Education Act 1996 section 566(1)(c): a certificate giving particulars of the attendance of a child at a school,
signed by the head teacher, is evidence of what it states. So: particulars, and nothing else.
Sessions outside compulsory school age are left out, and those of a notice that was paid or under an education
supervision order (practice 26). Neither a notice nor its payment is named in it: the certificate holds no earlier
notice (practice 28). No laying date is recorded in this version, so sessions older than six months are not left out:
the headteacher chooses the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from desktop_app.domain.codes import Counts
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.age import compulsory, compulsory_from, compulsory_until
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.figures import figures_of
from desktop_app.rules.notices import notices, order_on, sessions_paid_for
from desktop_app.rules.orders import orders
from desktop_app.rules.session_lists import count_words, sessions_list

PAID = "liability for them has ended"
UNDER_ORDER = "an education supervision order was in force"


@dataclass(frozen=True, slots=True)
class Absence:
    """One line of the certificate: an unauthorised session, or both halves of a day where they have the same code."""

    day: date
    halves: tuple[Half, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate states. `possible` = `attended` + `authorised` + `unauthorised`, in sessions.

    `first` and `last` are the days of the period on which the pupil was on roll; `left_out` says in a sentence which
    sessions of it are not in the certificate, or is empty.
    """

    first: date
    last: date
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    absences: tuple[Absence, ...]
    left_out: str


def certificate(file: CaseFile) -> Certificate:
    """The particulars of the period: sessions of compulsory school age only, each judged by its own date."""
    first, last = _on_roll(file)
    apart = _apart(file)
    marks = [mark for mark in _certified(file, first, last) if Session(mark.day, mark.half) not in apart]
    codes = file.rulebook.codes
    counts: dict[str, int] = {}
    for mark in marks:
        counts[mark.code] = counts.get(mark.code, 0) + 1
    figures = figures_of(counts, 0, codes)
    return Certificate(
        first=first,
        last=last,
        possible=figures.possible,
        attended=figures.attended,
        authorised=figures.authorised,
        unauthorised=figures.unauthorised,
        absences=_absences([mark for mark in marks if codes[mark.code].counts is Counts.UNAUTHORISED]),
        left_out=_left_out(file, first, last, apart),
    )


def why_not_drawn(file: CaseFile) -> str:
    """Why the certificate cannot be drawn, in sentences; empty where it can.

    It is not drawn while its period holds an N (a reason still to be established) or a session with no mark, since it
    would then certify what is not yet known; nor where no session was possible.
    """
    first, last = _on_roll(file)
    codes = file.rulebook.codes
    marks = _certified(file, first, last)
    open_marks = [Session(mark.day, mark.half) for mark in marks if codes[mark.code].provisional]
    gaps = [session for session in file.gaps(first, last) if _of_age(file, session.day)]
    faults: list[str] = []
    if open_marks:
        faults.append(f"Still N: {sessions_list(open_marks)}.")
    if gaps:
        faults.append(f"No mark: {sessions_list(gaps)}.")
    if faults:
        return f"{' '.join(faults)} {_remedy(file, open_marks, gaps)}"
    if not any(codes[mark.code].counts.possible for mark in marks):
        return "No session of compulsory school age was possible in this period, so there is nothing to certify."
    return ""


def _remedy(file: CaseFile, open_marks: list[Session], gaps: list[Session]) -> str:
    """What to do; where only today's own registers are open, the shorter way round."""
    if {session.day for session in [*open_marks, *gaps]} == {file.today}:
        return "Settle today’s marks first, or end the period on the school day before."
    return "Settle them in the register first."


def _on_roll(file: CaseFile) -> tuple[date, date]:
    """The period, cut to the days on roll and to the day of the bundle."""
    last = min(file.request.last, file.request.on)
    if file.pupil.leaving_day is not None:
        last = min(last, file.pupil.leaving_day)
    return max(file.request.first, file.pupil.starting_day), last


def _of_age(file: CaseFile, day: date) -> bool:
    return compulsory(file.pupil.date_of_birth, day)


def _certified(file: CaseFile, first: date, last: date) -> list[Mark]:
    return [mark for mark in file.counted(first, last) if _of_age(file, mark.day)]


def _apart(file: CaseFile) -> dict[Session, str]:
    """The sessions that are left out, each with why: a notice was paid for it, which ends the liability for good, or it
    lies under an education supervision order."""
    first, last = _on_roll(file)
    paid = sessions_paid_for(notices(file.entries), file.pupil.id)
    standing = orders(file.entries)
    found: dict[Session, str] = {}
    for mark in file.counted(first, last):
        session = Session(mark.day, mark.half)
        if session in paid:
            found[session] = PAID
        elif order_on(standing, file.pupil.id, mark.day):
            found[session] = UNDER_ORDER
    return found


def _left_out(file: CaseFile, first: date, last: date, apart: dict[Session, str]) -> str:
    begins = compulsory_from(file.pupil.date_of_birth)
    ends = compulsory_until(file.pupil.date_of_birth)
    said: list[str] = []
    if first < begins:
        said.append(f"before {long_date(begins)}, when compulsory school age begins")
    if last > ends:
        said.append(f"after {long_date(ends)}, when compulsory school age ends")
    words = [f"Sessions {' and '.join(said)}, are not among these."] if said else []
    numbers = {why: sum(one == why for one in apart.values()) for why in (PAID, UNDER_ORDER)}
    words += [
        f"{count_words(number, 'session is', 'sessions are')} left out: {why}."
        for why, number in numbers.items()
        if number
    ]
    return " ".join(words)


def _absences(marks: list[Mark]) -> tuple[Absence, ...]:
    """A line for each unauthorised session, or one for the day where both halves have the same code."""
    lines: list[Absence] = []
    for day, of_day in groupby(marks, key=lambda mark: mark.day):
        halves = sorted(of_day, key=lambda mark: mark.half.ordinal)
        if len(halves) == 2 and halves[0].code == halves[1].code:
            lines.append(Absence(day, HALVES, halves[0].code))
        else:
            lines.extend(Absence(day, (mark.half,), mark.code) for mark in halves)
    return tuple(lines)
