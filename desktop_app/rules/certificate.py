"""The particulars of the headteacher's certificate of attendance, and whether it may be drawn.

Source: Education Act 1996 section 566(1)(c): a certificate giving particulars of the attendance of a child at a school,
signed by the head teacher, is evidence of what it states. So: particulars, and nothing else.
Sessions outside compulsory school age are left out, and those of a notice that was paid or under an education
supervision order (practice 26). Neither a notice nor its payment is named in it: the certificate holds no earlier
notice (practice 28). Where a day is planned on which the information is laid, sessions older than six months then are
left out too (Magistrates' Courts Act 1980 section 127); where sessions are chosen, those alone are listed.
It is read from the whole file: what a court may not hear of decides what is left out of it, and is not said.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from itertools import groupby

from desktop_app.domain.codes import Counts
from desktop_app.domain.evidence import Absence, Certificate, Reliable
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.rules.age import compulsory, compulsory_from, compulsory_until
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.court_clock import last_days, months_after
from desktop_app.rules.display import long_date
from desktop_app.rules.figures import figures_of
from desktop_app.rules.notices import notices, order_on, sessions_paid_for
from desktop_app.rules.orders import orders
from desktop_app.rules.session_lists import count_words, sessions_list

PAID = "liability for them has ended"
NOT_RELIED_ON = "they are not relied on"
UNDER_ORDER = "an education supervision order was in force"
WHY_APART = {
    PAID: "A penalty notice was paid for it: liability has ended.",
    NOT_RELIED_ON: "A penalty notice was paid for it, by another parent.",
    UNDER_ORDER: "An education supervision order was in force.",
}
"""The same three of one session, for the maker alone: the certificate names no notice."""


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
    unauthorised = [mark for mark in marks if codes[mark.code].counts is Counts.UNAUTHORISED]
    return Certificate(
        first=first,
        last=last,
        possible=figures.possible,
        attended=figures.attended,
        authorised=figures.authorised,
        unauthorised=figures.unauthorised,
        absences=_absences(_relied_on(unauthorised, file.request.offences)),
        left_out=_left_out(file, first, last, apart),
        chosen=bool(file.request.offences),
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
    gaps = [session for session in file.gaps(first, last) if _in_time(file, session.day)]
    faults: list[str] = []
    if open_marks:
        faults.append(f"Still N: {sessions_list(open_marks)}.")
    if gaps:
        faults.append(f"No mark: {sessions_list(gaps)}.")
    if faults:
        return f"{' '.join(faults)} {_remedy(file, open_marks, gaps)}"
    if file.request.laying is not None and last < _earliest(file):
        return (
            f"Every session of this period is older than six months on {long_date(file.request.laying)}, when the "
            "information is to be laid. Choose a later period, or an earlier day."
        )
    if not any(codes[mark.code].counts.possible for mark in marks):
        return "No session of compulsory school age was possible in this period, so there is nothing to certify."
    return _wrong_choice(file)


def reliable(file: CaseFile) -> tuple[Reliable, ...]:
    """Each unauthorised session of the period in order, and each that was chosen besides, with why it may not be relied
    on, where it may not, and the last day on which an information may be laid for it (practice 25)."""
    stands, apart, months = _unauthorised(file), _apart(file), file.rulebook.formalities.court_months
    found: list[Reliable] = []
    for session in sorted({*stands, *file.request.offences}):
        last, school_day = last_days(session.day, file.calendar, months)
        code = stands.get(session, "")
        found.append(Reliable(session, code, last, school_day, _not_to_rely_on(file, session, code, apart)))
    return tuple(found)


def _unauthorised(file: CaseFile) -> dict[Session, str]:
    """The unauthorised sessions of the period, of any age and however old, each with its code."""
    codes = file.rulebook.codes
    marks = file.counted(*_on_roll(file))
    return {Session(one.day, one.half): one.code for one in marks if codes[one.code].counts is Counts.UNAUTHORISED}


def _not_to_rely_on(file: CaseFile, session: Session, code: str, apart: dict[Session, str]) -> str:
    """Why a session may not be relied on; empty where it may."""
    if not code:
        return "It is no unauthorised absence of the period."
    if file.rulebook.codes[code].provisional:
        return "Its reason is still to be established."
    if not _of_age(file, session.day):
        return "The child is not of compulsory school age on that day."
    if file.request.laying is not None and not _in_time(file, session.day):
        return f"It is older than six months on {long_date(file.request.laying)}, when the information is to be laid."
    return WHY_APART[apart[session]] if session in apart else ""


def _wrong_choice(file: CaseFile) -> str:
    """Which of the chosen sessions cannot be relied on."""
    chosen = file.request.offences
    if not chosen:
        return ""
    stands, apart = _unauthorised(file), _apart(file)
    wrong = [one for one in chosen if _not_to_rely_on(file, one, stands.get(one, ""), apart)]
    return f"Chosen, and not an unauthorised absence to rely on: {sessions_list(wrong)}." if wrong else ""


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
    return [mark for mark in file.counted(first, last) if _in_time(file, mark.day)]


def _in_time(file: CaseFile, day: date) -> bool:
    """Whether a session of that day may be in the certificate, by age and by the day of laying."""
    return _of_age(file, day) and day >= _earliest(file)


def _earliest(file: CaseFile) -> date:
    """The first day that is not too old on the day of laying; the first of all days where none is planned."""
    laying = file.request.laying
    return date.min if laying is None else earliest_for(laying, file.rulebook.formalities.court_months)


def earliest_for(laying: date, months: int) -> date:
    """The first day of which an offence may still be laid on that day."""
    day = months_after(laying, -months)
    while months_after(day, months) < laying:
        day += timedelta(days=1)
    return day


def _relied_on(marks: list[Mark], chosen: Collection[Session]) -> list[Mark]:
    """Those of the marks on chosen sessions; all where none is chosen."""
    return [mark for mark in marks if Session(mark.day, mark.half) in chosen] if chosen else marks


def _apart(file: CaseFile) -> dict[Session, str]:
    """The sessions that are left out, each with why: a notice was paid for it, which ends the liability for good, or it
    lies under an education supervision order."""
    first, last = _on_roll(file)
    known = notices(file.entries)
    paid, own = sessions_paid_for(known, file.pupil.id), sessions_paid_for(known, file.pupil.id, file.request.parent)
    standing = orders(file.entries)
    found: dict[Session, str] = {}
    for mark in _certified(file, first, last):
        session = Session(mark.day, mark.half)
        if session in paid:
            found[session] = PAID if session in own else NOT_RELIED_ON
        elif order_on(standing, file.pupil.id, mark.day):
            found[session] = UNDER_ORDER
    return found


def _left_out(file: CaseFile, first: date, last: date, apart: dict[Session, str]) -> str:
    begins = compulsory_from(file.pupil.date_of_birth)
    ends = compulsory_until(file.pupil.date_of_birth)
    earliest, laying = _earliest(file), file.request.laying
    said: list[str] = []
    if laying is not None and first < earliest:
        said.append(f"before {long_date(earliest)}, older than six months on {long_date(laying)}")
    if first < begins:
        said.append(f"before {long_date(begins)}, when compulsory school age begins")
    if last > ends:
        said.append(f"after {long_date(ends)}, when compulsory school age ends")
    words = [f"Sessions {' and '.join(said)}, are not among these."] if said else []
    numbers = {why: sum(one == why for one in apart.values()) for why in (PAID, NOT_RELIED_ON, UNDER_ORDER)}
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
