"""School days in a row: unauthorised, without contact, ill, after a leave, and never arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import FlagKind
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.domain.triggers import Seen, TriggerKind, TriggerSpec
from desktop_app.rules.display import date_year
from desktop_app.rules.leaving import leave_ended
from desktop_app.rules.register import session_past
from desktop_app.rules.school_days import CLOSED, NOT_ATTENDED, Run, absent_run, codes_at, day_runs, last_run
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.triggers.facts import Met, Watched, seen
from desktop_app.rules.triggers.windows import for_each_month, for_the_month

CONTACTS = frozenset({
    EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT,
})  # fmt: skip
REACHED = frozenset({EntryKind.PHONE_CALL, EntryKind.MEETING, EntryKind.HOME_VISIT})
"""The kinds in which somebody was spoken to, where the entry names a person."""
A_WEEK = timedelta(days=7)
TWO_DAYS = 4
"""The most sessions of two school days."""

OF_AGE = frozenset({TriggerKind.ATTENDANCE_RETURN, TriggerKind.CONTINUOUS_ABSENCE})
"""What the regulations ask of pupils of compulsory school age (the ground of twenty days too, by the duty to attend:
see `absent_without_leave`): days before it and after it do not count. Silence is followed up whatever the age."""
STEP_OVER = frozenset({TriggerKind.ATTENDANCE_RETURN, TriggerKind.CONTINUOUS_ABSENCE, TriggerKind.NO_CONTACT})
"""What a closure without warning neither counts for nor breaks (see `rules/school_days.py`)."""
NOTHING: frozenset[str] = frozenset()


def spells(child: Watched, codes: Collection[str]) -> list[list[Mark]]:
    """The marks of those codes in this school year, cut where an expected session lies between."""
    marks = [mark for mark in child.marks if mark.code in codes and mark.day >= child.watch.year_start]
    found = [marks[:1]] if marks else []
    for before, mark in pairwise(marks):
        if _next_to(child, before, mark):
            found[-1].append(mark)
        else:
            found.append([mark])
    return found


def _next_to(child: Watched, before: Mark, mark: Mark) -> bool:
    """Whether both are expected sessions with none between."""
    if not child.patterns and child.count(before.day, mark.day) > TWO_DAYS:
        return False
    around = child.expected(before.day, mark.day)
    one, two = Session(before.day, before.half), Session(mark.day, mark.half)
    return one in around and two in around and around.index(two) == around.index(one) + 1


def may_run(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the last marks that are not plain presence could be so many days: a cheap test."""
    codes = spec.params["codes"].split()
    return _trailing(child.due_marks, codes, _over(spec)) >= int(spec.params["days"])


def may_run_in_month(child: Watched, spec: TriggerSpec) -> bool:
    """Whether any run of the marks could be so long: a cheap test."""
    codes, over = spec.params["codes"].split(), _over(spec)
    longest, run = 0, 0
    for mark in child.due_marks:
        if mark.code not in over:
            run = run + 1 if mark.code in codes else 0
            longest = max(longest, run)
    return longest >= int(spec.params["days"])


def days_in_a_row(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """So many school days in a row, still lasting on the day. Illness as agreed (a medical flag) needs no evidence."""
    if spec.kind is TriggerKind.MEDICAL_EVIDENCE and child.flagged(FlagKind.MEDICAL):
        return
    yield from _met(child, lasting_of(child, spec), spec, _after(spec))


def _after(spec: TriggerSpec) -> str:
    if spec.kind is TriggerKind.MEDICAL_EVIDENCE:
        return (
            "Evidence may be asked for where there is doubt: an appointment card or a prescription will do. It is not "
            "asked for as a matter of course where the illness is of the mind."
        )
    if spec.kind is TriggerKind.LONG_ABSENCE:
        return (
            "The name may be deleted only after enquiries by the school and the authority, and not where illness or "
            "another unavoidable cause is likely."
        )
    return ""


def absent_without_leave(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The school days after which a name may be deleted, of compulsory school age and still lasting on the day."""
    marks = child.all_marks
    due = child.due(marks[0].day) if marks else ()
    expected = frozenset(child.expected(due[0].day, due[-1].day)) if child.patterns and due else None
    to_come = frozenset(one for one in due[-2:] if not session_past(child.watch.school, one, child.watch.now))
    yield from _met(child, _of_age(child, absent_run(due, marks, expected, to_come)), spec, _after(spec))


def may_be_deleted(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the last marks that are not plain presence could be so many days, whatever the timetable: a cheap
    test."""
    return _trailing(child.marks, NOT_ATTENDED) >= int(spec.params["days"])


def monthly_days_in_a_row(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The same for the month’s return: every month in which the run, long enough by then, has a day. Of two months the
    earlier is listed until it is decided about, overdue when it is over. Runs of the school year are looked at, and of
    the ten school weeks before the day."""
    for met, last in _long_runs(child, spec):
        yield from for_the_month(child, spec, met, last)


def each_month_of_days_in_a_row(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The same, of every such month, whatever was decided."""
    for met, last in _long_runs(child, spec):
        yield from for_each_month(child, met, last)


def _long_runs(child: Watched, spec: TriggerSpec) -> Iterator[tuple[Met, date]]:
    """Each run that is long enough, and its last day."""
    codes, days = spec.params["codes"].split(), int(spec.params["days"])
    if not child.marks:
        return
    sessions = [one for one in child.past(_first_of(child, codes)) if child.compulsory(one.day)]
    for run in day_runs(sessions, child.marks, codes, _over(spec)):
        if sum(day[0].day >= child.watch.reach for day in run) >= days:
            for met in _met(child, run, spec, ""):
                yield met, run[-1][0].day


def no_contact(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """So many school days absent with neither a reason nor anybody reached: counted from the first of them, or from the
    day after somebody was last reached."""
    run = lasting_of(child, spec)
    if not run:
        return
    reached = [one.happened_at.date() for one in child.entries if _reached(one)]
    run = [day for day in run if day[0].day > max(reached, default=date.min)]
    tried = [one for one in child.entries if one.kind in CONTACTS and run and one.happened_at.date() >= run[0][0].day]
    words = f"{count_words(len(tried), 'attempt was', 'attempts were')} logged and nobody was reached."
    yield from _met(child, run, spec, f"{words if tried else 'No contact is logged.'} Tell the authority.")


def after_leave(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """So many school days coded G, N or O, and nothing else, since a leave of absence ended."""
    ended = leave_ended(child.due_marks)
    if ended is None:
        return
    after = [one for one in child.past(ended) if one.day > ended]
    run = lasting(child, NOT_ATTENDED)
    if after and run and run[0][0] <= after[0]:
        days = [day for day in run if day[0].day > ended]
        words = f"The leave ended on {date_year(ended)}. Enquire, together with the authority."
        yield from _met(child, days, spec, words)


def may_follow_leave(child: Watched, spec: TriggerSpec) -> bool:
    """Whether so many days since a leave could be unauthorised: a cheap test."""
    marks = child.due_marks
    return _trailing(marks, NOT_ATTENDED) >= int(spec.params["days"]) and leave_ended(marks) is not None


def may_not_have_arrived(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the child has not attended in this school year: a cheap test."""
    del spec
    return child.figures.attended == 0


def not_arrived(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Due to start and not come, in whatever school year: from the first session that was missed."""
    del spec
    sessions = child.expected(child.pupil.starting_day, child.watch.now.date())
    codes = child.watch.rulebook.codes
    missed = [mark for mark in child.due_marks if codes[mark.code].counts in (Counts.AUTHORISED, Counts.UNAUTHORISED)]
    past = child.past(child.pupil.starting_day)
    if child.came_before or not sessions or not (missed or past):
        return
    at = codes_at(child.marks)
    if child.pupil.starting_day < child.watch.year_start and not _known_from_the_start(child, sessions[0]):
        return
    blank = [Seen(one.day, one.half, "") for one in past if (one.day, one.half) not in at]
    found = sorted((*seen(missed), *blank), key=lambda one: (one.day, one.half.ordinal))
    if not found:
        return
    number = count_words(len(found), "session", "sessions")
    states = f"Due to start on {date_year(child.pupil.starting_day)} and not arrived: {number} without attending."
    yield Met(found[0].day, f"{states} Find out where the child is.", tuple(found), states=states)


def _known_from_the_start(child: Watched, first: Session) -> bool:
    """Whether the calendar and the register reach back to the child’s first session: the first mark is no later than a
    week after it. Who came by a list that begins with a later year is not to be called missing."""
    begins = child.watch.weeks[0].first if child.watch.weeks else child.watch.on
    reaches = school_year_start(begins) <= child.pupil.starting_day
    return reaches and bool(child.marks) and child.marks[0].day <= first.day + A_WEEK


def lasting_of(child: Watched, spec: TriggerSpec) -> Run:
    """The run of days up to the day that a trigger asks for: where it is of pupils of compulsory school age, of those
    days alone, and none where the child is past it."""
    run = lasting(child, spec.params["codes"].split(), _over(spec))
    return _of_age(child, run) if spec.kind in OF_AGE else run


def _of_age(child: Watched, run: Run) -> Run:
    mine = [day for day in run if child.compulsory(day[0].day)]
    return mine if mine and mine[-1] == run[-1] else []


def lasting(child: Watched, codes: Collection[str], over: Collection[str] = NOTHING) -> Run:
    """The run of days up to the day; empty where a mark of the day that is not over breaks it."""
    sessions = child.past(_first_of(child, codes))
    last = sessions[-1] if sessions else None
    if last is None:
        return []
    newer = (one.code for one in child.due_on_day if Session(one.day, one.half) > last)
    broken = any(code not in codes and code not in over for code in newer)
    return [] if broken else last_run(sessions, child.marks, codes, over)


def _over(spec: TriggerSpec) -> Collection[str]:
    return CLOSED if spec.kind in STEP_OVER else NOTHING


def _first_of(child: Watched, codes: Collection[str]) -> date:
    """The first day of the marks of those codes."""
    return next((mark.day for mark in child.marks if mark.code in codes), child.watch.on)


def _trailing(marks: Sequence[Mark], codes: Collection[str], over: Collection[str] = NOTHING) -> int:
    number = 0
    for mark in reversed(marks):
        if mark.code not in codes and mark.code not in over:
            break
        number += mark.code in codes
    return number


def _met(child: Watched, run: Run, spec: TriggerSpec, after: str) -> Iterator[Met]:
    days = int(spec.params["days"])
    if len(run) < days:
        return
    at = codes_at(child.marks)
    sessions = tuple(Seen(one.day, one.half, at[one.day, one.half]) for day in run for one in day)
    named = " ".join(sorted({one.code for one in sessions}))
    kinds = "ill (I)" if named == "I" else f"coded {named}"
    states = (
        f"{count_words(len(run), 'school day', 'school days')} in a row {kinds}, from {date_year(run[0][0].day)} "
        f"to {date_year(run[-1][0].day)}."
    )
    provisional = any(child.watch.rulebook.codes[one.code].provisional for one in sessions)
    yield Met(run[days - 1][0].day, f"{states} {after}".strip(), sessions, None, provisional, states=states)


def _reached(entry: Entry) -> bool:
    return entry.kind in REACHED and bool(entry.persons) and entry.withdrawn is None
