"""How a figure is reached: every session of a period accounted for once, and why elsewhere another may be shown.

Sources: DfE, Pupil absence statistics: methodology (what is possible, attended, absent; who is counted; rounding to one
decimal in tables, two on the dashboard); SI 2024/208 regulations 8 to 10 (who is on roll, what N and D mean).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.domain.clock import school_time
from desktop_app.domain.codes import Code
from desktop_app.domain.explained import CodeLine, LeftOut
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import MarkChange
from desktop_app.domain.people import Membership, Pattern, Pupil
from desktop_app.domain.sessions import HALVES, Session, school_year_start
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.comparable import NURSERY, SIXTH, age_before, phase_of, second_half_of_summer
from desktop_app.rules.display import date_year, percent, session_words
from desktop_app.rules.expected import why_not

FIVE, FIFTEEN = 5, 15
MEETS = 5
"""The days of a week that a register has."""
TO_COME = "still to come"
UNMARKED = "no mark yet, and the session is past"
TIMETABLE = "outside the child’s own timetable"
BEFORE = "before the starting day of a pupil who came later"
AFTER = "after the last day of a pupil who left"
STRAYS = "a mark stands, and does not count: no session was expected"
CODES_CHANGED = date(2024, 8, 19)
"""The first day of the codes of 2024: sessions before it are counted as the law then was."""


@dataclass(frozen=True, slots=True)
class Account:
    """Every half-day from Monday to Friday of a period, in one place each: `codes` the marks that count or not by their
    code, `strays` marks where no session is expected, by why; `left` the rest, by why; `unmarked` among them not."""

    codes: Counter[str] = field(default_factory=Counter[str])
    strays: Counter[str] = field(default_factory=Counter[str])
    left: Counter[str] = field(default_factory=Counter[str])
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil with what says when they should come."""

    pupil: Pupil
    memberships: Sequence[Membership]
    patterns: Sequence[Pattern]
    calendar: SchoolCalendar


def account(
    child: Child,
    marks: Mapping[Session, str],
    first: date,
    last: date,
    until: date,
    waiting: Collection[Session] = (),
) -> Account:
    """Account for a child's sessions from `first` to `last`. Those after `until`, and those `waiting` for their
    register to begin, are still to come."""
    codes: Counter[str] = Counter()
    strays: Counter[str] = Counter()
    left: Counter[str] = Counter()
    unmarked = 0
    for session in _half_days(first, last, marks):
        why = _off(child, session)
        if session in marks:
            (codes if why is None else strays)[marks[session] if why is None else why] += 1
        elif why is not None:
            left[why] += 1
        elif child.patterns and not _due(child, session):
            left[TIMETABLE] += 1
        elif session.day > until or session in waiting:
            left[TO_COME] += 1
        else:
            unmarked += 1
    return Account(codes, strays, left, unmarked)


def _half_days(first: date, last: date, marks: Iterable[Session]) -> list[Session]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    weekdays = {Session(day, half) for day in days if day.weekday() < MEETS for half in HALVES}
    return sorted(weekdays | set(marks))


def _due(child: Child, session: Session) -> bool:
    return why_not(child.pupil, child.memberships, child.patterns, child.calendar, session) is None


def _off(child: Child, session: Session) -> str | None:
    """Why no mark can stand: the school’s reason before the roll’s, since a holiday is nobody’s absence from it."""
    memberships, calendar = child.memberships, child.calendar
    why = why_not(child.pupil, memberships, (), calendar, session)
    if why is None:
        return None
    on_roll = child.pupil.on_roll(session.day)
    place = next((one for one in reversed(memberships) if one.first <= session.day), next(iter(memberships), None))
    closed = (
        why if on_roll else calendar.closed(session, place.class_name if place else "", place.year if place else "")
    )
    return why if closed is None else f"the school is closed: {closed}"


def code_lines(counts: Mapping[str, int], codes: Mapping[str, Code]) -> tuple[CodeLine, ...]:
    """Every code that stands, in the order of the law."""
    order = list(codes)
    return tuple(CodeLine(codes[key], counts[key]) for key in sorted(counts, key=order.index) if counts[key])


def left_out(of: Account) -> tuple[LeftOut, ...]:
    """What is in no figure and has no code, the most first; unmarked sessions before everything, strays last."""
    lines = [LeftOut(UNMARKED, of.unmarked)] if of.unmarked else []
    lines += [LeftOut(why, number) for why, number in of.left.most_common()]
    return (*lines, *(LeftOut(f"a mark stands, and does not count: {why}", n) for why, n in of.strays.most_common()))


def reckoning(figures: Figures, pupils: int = 1) -> tuple[str, ...]:
    """The arithmetic in sentences."""
    if figures.attendance is None:
        return ("No session was possible, so there is no figure.",)
    missed = Fraction(100 * figures.absent, figures.possible)
    days = f", {_days(figures.absent)}" if pupils == 1 and figures.absent else ""
    words = [
        f"{figures.attended} attended of {figures.possible} possible = {percent(figures.attendance)}.",
        (
            f"Possible = {figures.attended} attended + {figures.authorised} authorised absence "
            f"+ {figures.unauthorised} unauthorised absence; other sessions below are in no figure."
        ),
        f"Missed: {figures.absent} of {figures.possible} = {percent(missed)}{days}.",
    ]
    if figures.late:
        times = "Once" if figures.late == 1 else f"{figures.late} times"
        words.append(f"{times} late: L counts as attended, U as unauthorised absence.")
    if pupils > 1:
        words.append(
            f"The sessions of {pupils} pupils are added up, and then divided: it is no average of their percentages."
        )
    return tuple(words)


def _days(sessions: int) -> str:
    days, half = divmod(sessions, 2)
    if not half:
        return f"{days} {'day' if days == 1 else 'days'}"
    return "half a day" if not days else f"{days}½ days"


def dates_of(child: Child, first: date, last: date) -> tuple[str, ...]:
    """What began, changed or ended of one pupil within the period."""
    pupil = child.pupil
    said: list[str] = []
    if pupil.starting_day > first:
        said.append(f"On roll from {date_year(pupil.starting_day)}: nothing before counts.")
    if pupil.leaving_day is not None and pupil.leaving_day <= last:
        said.append(f"Last day on roll {date_year(pupil.leaving_day)}: nothing after it counts.")
    inside = [one for one in child.memberships if max(first, pupil.starting_day) < one.first <= last]
    said += [f"In {one.class_name}, Year {one.year}, from {date_year(one.first)}." for one in inside]
    for one in child.patterns:
        if one.first <= last and (one.last is None or one.last >= first):
            end = f" to {date_year(one.last)}" if one.last else ""
            said.append(f"A timetable of fewer sessions from {date_year(one.first)}{end}.")
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What makes numbers differ between systems. `young`, `sixth` and `fifteen` are pupils whom the DfE counts not at
    all, or not in the second half of the summer term; `moved` those who came within the school year from elsewhere;
    `comparable` whether this figure leaves the former out; `one_child` whether it is of one child, of whom the words
    speak."""

    comparable: bool
    one_child: bool = False
    young: int = 0
    sixth: int = 0
    fifteen: int = 0
    moved: int = 0
    left: int = 0
    strays: int = 0


def circumstances(
    people: Sequence[tuple[Pupil, str]],
    calendar: SchoolCalendar,
    first: date,
    last: date,
    *,
    strays: int,
    comparable: bool,
    one_child: bool = False,
) -> Circumstances:
    """What makes the figure of these pupils, each with the year group of the last day, differ from another system’s."""
    began = next(iter(calendar.school_days(school_year_start(last), last)), last)
    ages = {pupil.id: age_before(pupil.date_of_birth, last) for pupil, _year in people}
    young = {pupil.id for pupil, year in people if phase_of(year) == NURSERY or ages[pupil.id] < FIVE}
    sixth = {pupil.id for pupil, year in people if phase_of(year) == SIXTH or ages[pupil.id] > FIFTEEN}
    summer = last >= second_half_of_summer(calendar, last)
    return Circumstances(
        comparable=comparable,
        one_child=one_child,
        young=len(young),
        sixth=len(sixth - young),
        fifteen=sum(summer and age == FIFTEEN for key, age in ages.items() if key not in young | sixth),
        moved=sum(bool(pupil.last_school) and pupil.starting_day > began for pupil, _year in people),
        left=sum(pupil.leaving_day is not None and first <= pupil.leaving_day < last for pupil, _year in people),
        strays=strays,
    )


def amendments(changes: Sequence[MarkChange]) -> tuple[str, ...]:
    """What was changed after a register had closed: what stood, what stands, when and by whom."""
    by_session: dict[Session, list[MarkChange]] = {}
    for change in changes:
        by_session.setdefault(Session(change.day, change.half), []).append(change)
    said: list[str] = []
    for session, rows in sorted(by_session.items()):
        if any(row.amends for row in rows):
            newest = rows[-1]
            when = date_year(school_time(newest.recorded_at).date())
            was = rows[-2].code or "blank" if len(rows) > 1 else "blank"
            said.append(
                f"{session_words(session)}: {was} became {newest.code or 'blank'}, by {newest.author.name} on {when}."
            )
    return tuple(said)


def elsewhere(figures: Figures, of: Circumstances, first: date, last: date, pupils: int = 1) -> tuple[str, ...]:
    """Why another system, or the authority, may show another number: only what applies here."""
    whole = f"{figures.attended}/{figures.possible}"
    exact = figures.attendance is None or (figures.attendance * 10).denominator == 1
    return (
        *_who_else(of),
        *_what_else(figures, of),
        *_if(
            first < CODES_CHANGED,
            f"Sessions before {date_year(CODES_CHANGED)} are counted by the codes that were law then.",
        ),
        (
            f"This number is of {date_year(first)} to {date_year(last)}. The DfE’s daily figures and the term’s census "
            "have their own first and last days."
        ),
        *_if(
            not exact,
            f"It is kept exact ({whole}) and rounded only where it is shown: {percent(figures.attendance)}, or "
            f"{percent(figures.attendance, 2)} as on the DfE’s dashboard.",
        ),
        *_if(
            pupils > 1,
            "A mean of the pupils’ percentages would be another number; the DfE adds up sessions, as here.",
        ),
    )


def _who_else(of: Circumstances) -> tuple[str, ...]:
    """Whom others count besides, or leave out."""
    if of.one_child:
        return _of_this_child(of)
    came, went = pupils_words(of.moved), pupils_words(of.left)
    moved = (
        *_if(
            of.moved,
            f"{came} came from another school within the year: the sessions there are not in this number, and the "
            "authority may add them.",
        ),
        *_if(of.left, f"{went} left within the period: counted to the last day on roll."),
    )
    if of.comparable:
        return (
            "This is counted as the DfE counts. The school’s own lists count everyone on roll, so theirs may differ.",
            *moved,
        )
    young, sixth, fifteen = pupils_words(of.young), pupils_words(of.sixth), pupils_words(of.fifteen)
    return (
        *_if(of.young, f"The DfE’s figures leave out {young} in nursery or under five on 31 August."),
        *_if(of.sixth, f"The DfE’s figures leave out {sixth} in the sixth form or over 15 on 31 August."),
        *_if(
            of.fifteen, f"The DfE leaves out the second half of the summer term of {fifteen} aged 15; here it counts."
        ),
        *moved,
    )


def _of_this_child(of: Circumstances) -> tuple[str, ...]:
    """The same, said of the one child whose figure it is."""
    out = "The DfE’s figures leave this child out:"
    return (
        *_if(of.young, f"{out} in nursery, or under five on 31 August."),
        *_if(of.sixth, f"{out} in the sixth form, or over 15 on 31 August."),
        *_if(
            of.fifteen,
            "The DfE leaves out the second half of the summer term of a child aged 15, as this one is; here it counts.",
        ),
        *_if(
            of.moved,
            "This child came from another school within the year: the sessions there are not in this number, and the "
            "authority may add them.",
        ),
        *_if(of.left, "This child left within the period: counted to the last day on roll."),
    )


def _what_else(figures: Figures, of: Circumstances) -> tuple[str, ...]:
    """Which sessions others count otherwise."""
    blank, open_n, dual = figures.unmarked, figures.codes.get("N", 0), figures.codes.get("D", 0)
    return (
        *_if(
            blank,
            f"{_sessions(blank)} without a mark {_are(blank)} left out here; another system may count them as absence.",
        ),
        *_if(
            open_n,
            f"{_sessions(open_n)} {_are(open_n)} still N, counted as unauthorised absence until the reason is known; a "
            "system that reads the register later will have other codes.",
        ),
        *_if(dual, f"{_sessions(dual)} at another school (D) {_are(dual)} counted there, and not here."),
        *_if(
            of.strays,
            f"{_sessions(of.strays)} with a mark where none was expected: not counted here, though another system may.",
        ),
    )


def _if(applies: object, words: str) -> tuple[str, ...]:
    return (words,) if applies else ()


def _sessions(number: int) -> str:
    return f"{number} {'session' if number == 1 else 'sessions'}"


def pupils_words(number: int) -> str:
    """`1 pupil`, `2 pupils`."""
    return f"{number} {'pupil' if number == 1 else 'pupils'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
