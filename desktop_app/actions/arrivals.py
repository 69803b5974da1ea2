"""Who arrived elsewhere: the list of places to ask, and one deed for each answer. Until somebody has said who arrived
at a trip or a provider, the register has no mark; at the other school of a child registered twice D stands anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from desktop_app.actions.needs import needs
from desktop_app.actions.register import write_within
from desktop_app.actions.register_checks import Desk, Edit, read_desk
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import Source
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.ports import BookReading, Reading, Writing
from desktop_app.rules.arrivals import (
    NO_REASON,
    OTHER_SCHOOL,
    How,
    Outcome,
    known_by,
    phone_key,
    stayed_fault,
)
from desktop_app.rules.codes import PRESENT_KEYS, present_mark
from desktop_app.rules.display import clock_time, session_words
from desktop_app.rules.register import in_future, taking_begun
from desktop_app.rules.standing import Standing

ASK, FIND = "arrival-ask", "arrival-find"
"""The kinds of task, each followed by its session: to ask again, and to find out where a child is. The second is about
the safety of a child: none but an answer that the child arrived for that session, or a person’s words, closes it."""
LOOK_BACK = timedelta(days=28)
SESSION, OUTCOME = "session", "arrival"


@dataclass(frozen=True, slots=True)
class Away:
    """A child to ask about. `said` is what was last answered today, in words; empty: nothing yet."""

    pupil: Pupil
    class_name: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place elsewhere in one session: its code, what or where it is, whom to ring, and the children due there."""

    session: Session
    code: str
    about: str
    provider: str
    phone: str
    pupils: tuple[Away, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the place from every other."""
        return (session_words(self.session), self.code, self.about)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered about some children in one session, by whom and how it is known. `code` is the mark of those
    who did not go; `reason` why a register changes whose week was signed off."""

    session: Session
    pupils: tuple[int, ...]
    outcome: Outcome
    said_by: str = ""
    how: How = How.PROVIDER
    code: str = NO_REASON
    reason: str = ""


@needs(Right.READ_REGISTER)
def arrivals(context: Context) -> tuple[Place, ...]:
    """Every place of whose children nobody has yet said who arrived, today's first, then the oldest first. Of four
    weeks: whatever is older keeps its week open and is found there. Of the children whom the present user sees."""
    with context.store.reading() as reading:
        return waiting(context, reading, read_roll(reading.book))


def waiting(context: Context, reading: Reading, roll: Roll) -> tuple[Place, ...]:
    """The same inside a read that somebody has begun."""
    now = context.now()
    today = now.date()
    if not roll.school.is_register:
        return ()
    days = [today - timedelta(days=back) for back in range(LOOK_BACK.days, 0, -1)]
    sessions = [Session(day, half) for day in (today, *days) for half in HALVES]
    begun = (one for one in sessions if taking_begun(roll.school, one, now) and roll.calendar.closed(one) is None)
    known = _concerned(context, roll, days[0], today)
    marks = _marks(reading, days[0], today, known)
    asking = _Asking(context, roll, today, _phones(reading.book), _said(reading, now))
    found = (place for session in begun for place in asking.of(session, known, marks))
    own = (replace(one, pupils=tuple(away for away in one.pupils if context.sees(away.class_name))) for one in found)
    return tuple(one for one in own if one.pupils)


def to_confirm(places: Sequence[Place]) -> int:
    """How many sessions of children somebody is still to be asked about, as Today and the list itself count them."""
    return sum(len(place.pupils) for place in places)


@needs(Right.TAKE_REGISTER)
def answer(context: Context, given: Answer) -> Changes:
    """Record an answer, in one transaction, all or none. Arrived: the mark elsewhere, which says who confirmed it and
    how. Not arrived: the mark given (N feeds the calls); of a child at its other school D stands, and a task today says
    that somebody finds out. No reply: a task to ask again, and the mark stays missing. A mark is refused for all that
    it would be in the register itself, as under a doubtful clock; `NeedsReason` where the week was signed off."""
    who = known_by(given.said_by, given.how)
    if given.outcome is Outcome.ARRIVED and not given.said_by.strip():
        raise Refused("Say who told you that they arrived.")
    why = "; ".join(filter(None, (who if given.said_by.strip() else "", given.reason.strip())))
    with context.store.writing(context.deed("arrivals", why)) as writing:
        desk = read_desk(context, writing.book)
        due = _asked(context, writing, desk, given)
        standing = _open_tasks(writing, given)
        tasks = _answered(standing, given)
        entry = _log(context, writing, given, due, tasks)
        for task in tasks:
            writing.book.put(replace(task, closed_by=entry))
        written = _mark(context, writing, given, due, who)
        made = writing.book.put_many(_tasks(context, given, due, standing))
    return Changes(marks=written, entries=entry is not None, book=bool(tasks or made), pupils=frozenset(given.pupils))


@needs(Right.PLAN)
def set_phone(context: Context, provider: str, phone: str) -> Changes:
    """Keep the number at which a provider says who arrived."""
    if not phone_key(provider):
        raise Refused("Say whose number it is.")
    with context.store.writing(context.deed("provider phone")) as writing:
        writing.book.put(Setting(phone_key(provider), phone.strip()))
    return Changes(book=True)


@needs(Right.READ_REGISTER)
def phone_of(context: Context, provider: str) -> str:
    """The number of a provider; empty where none is known."""
    with context.store.reading() as reading:
        return _phones(reading.book).get(phone_key(provider), "")


def _asked(context: Context, writing: Writing, desk: Desk, given: Answer) -> Mapping[int, Place]:
    """The places of the children named, each of whom must still wait for an answer."""
    words = session_words(given.session)
    if not desk.roll.school.is_register:
        raise Refused("Another system is this school’s register: its marks are imported here and cannot be typed.")
    begun = taking_begun(desk.roll.school, given.session, desk.now)
    if in_future(desk.roll.school, given.session, desk.now) or not begun:
        raise Refused(f"{words} is still to come: nobody can have arrived.")
    due = {away.pupil.id: place for place in _of(context, writing, desk.roll, given.session) for away in place.pupils}
    if not given.pupils or not set(given.pupils) <= due.keys():
        raise Refused("Somebody named is not waiting to be confirmed any more. Look at the list again.")
    for key in given.pupils:
        place = due[key]
        desk.check_person(Edit(key, given.session, place.code))
        fault = stayed_fault(given.code, place.code) if given.outcome is Outcome.NOT_ARRIVED else None
        if fault:
            raise Refused(fault)
    return due


def _mark(context: Context, writing: Writing, given: Answer, due: Mapping[int, Place], who: str) -> bool:
    """Write what the answer gives the register; whether that was anything."""
    if given.outcome is Outcome.NO_REPLY:
        return False
    session = given.session
    if given.outcome is Outcome.ARRIVED:
        edits = [_arrived(key, session, due[key], who) for key in given.pupils if due[key].code != OTHER_SCHOOL]
        write_within(writing, context, edits, given.reason, Source.PLAN)
        return bool(edits)
    code = present_mark(session.half, context.rulebook.codes) if given.code in PRESENT_KEYS else given.code
    away = [key for key in given.pupils if due[key].code != OTHER_SCHOOL or given.code in PRESENT_KEYS]
    if not away:
        return False
    edits = [Edit(key, session, code) for key in away]
    over_d = any(due[key].code == OTHER_SCHOOL for key in away)
    came = "Came to this school instead" if over_d else ""
    write_within(writing, context, edits, given.reason or came)
    return True


def _arrived(pupil: int, session: Session, place: Place, who: str) -> Edit:
    note = f"{place.about} (arrived: {who})" if place.about else f"arrived: {who}"
    return Edit(pupil, session, place.code, note=note)


def _log(
    context: Context, writing: Writing, given: Answer, due: Mapping[int, Place], tasks: Sequence[Task]
) -> int | None:
    """What the chronology keeps: nothing where the mark itself says all of it."""
    told = given.outcome is Outcome.ARRIVED and all(due[key].code != OTHER_SCHOOL for key in given.pupils)
    if told and not tasks:
        return None
    place = due[given.pupils[0]]
    where = place.provider or place.about or place.code
    words = session_words(given.session)
    outcome = {
        Outcome.ARRIVED: f"Arrived: {where}, {words}",
        Outcome.NOT_ARRIVED: f"Did not arrive: {where}, {words}",
        Outcome.NO_REPLY: f"No reply about who arrived: {where}, {words}",
    }[given.outcome]
    note = known_by(given.said_by, given.how) if given.said_by.strip() else ""
    details = {SESSION: _session_key(given.session), OUTCOME: given.outcome.value}
    entry = NewEntry(EntryKind.ARRIVAL, context.now(), given.pupils, outcome, note=note, details=details)
    return writing.entries.add(entry)


def _tasks(context: Context, given: Answer, due: Mapping[int, Place], standing: Sequence[Task]) -> Iterator[Task]:
    """What an answer leaves to do. Whoever is to be found already is not merely to be asked about."""
    today, words = context.today(), session_words(given.session)
    sought = {one.pupil for one in standing if one.kind == _kind(FIND, given.session)}
    for key in given.pupils:
        place = due[key]
        where = place.provider or place.about
        ring = f", {place.phone}" if place.phone else ""
        if key in sought:
            continue
        if given.outcome is Outcome.NO_REPLY:
            text = f"Ask again who arrived, {words}: {where}{ring}"
            yield Task(0, key, _kind(ASK, given.session), today, None, text)
        elif given.outcome is Outcome.NOT_ARRIVED and place.code == OTHER_SCHOOL and given.code == NO_REASON:
            text = f"Did not arrive at {where}, {words}: find out where the child is{ring}"
            yield Task(0, key, _kind(FIND, given.session), today, None, text)


def _open_tasks(writing: Writing, given: Answer) -> list[Task]:
    """The open tasks of these children about that session."""
    kinds = {_kind(ASK, given.session), _kind(FIND, given.session)}
    known = writing.book.all(Task)
    return [one for one in known if one.kind in kinds and one.closed_by is None and one.pupil in given.pupils]


def _answered(standing: Sequence[Task], given: Answer) -> list[Task]:
    """Which of them the answer closes."""
    found = given.outcome is Outcome.ARRIVED
    return [one for one in standing if found or one.kind != _kind(FIND, given.session)]


def _kind(task: str, session: Session) -> str:
    return f"{task} {_session_key(session)}"


def _of(context: Context, writing: Writing, roll: Roll, session: Session) -> Sequence[Place]:
    """The places of one session inside a deed."""
    known = _concerned(context, roll, session.day, session.day)
    marks = _marks(writing, session.day, session.day, known)
    asking = _Asking(context, roll, context.today(), _phones(writing.book), _said(writing, context.now()))
    return asking.of(session, known, marks)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is read once for all places."""

    context: Context
    roll: Roll
    today: date
    phones: Mapping[str, str]
    said: Mapping[tuple[int, str], tuple[Outcome, str]]

    def of(self, session: Session, known: Collection[int], marks: Mapping[tuple[int, Session], str]) -> list[Place]:
        """The places of one session that wait for an answer."""
        found: defaultdict[tuple[str, str, str], list[Away]] = defaultdict(list)
        for key in known:
            stands = self.roll.standing(key, session, self.context.rulebook.codes)
            last = self.said.get((key, _session_key(session)))
            if stands is None or not self._waits(stands, session, marks.get((key, session), ""), last):
                continue
            place = self.roll.place(key, session.day)
            away = Away(self.roll.pupils[key], place.class_name if place else "", last[1] if last else "")
            found[stands.code, stands.note, _provider(self.roll, key, session)].append(away)
        return [
            Place(session, code, about, provider, self.phones.get(phone_key(provider), ""), _ordered(waiting))
            for (code, about, provider), waiting in sorted(found.items(), key=lambda one: one[0])
        ]

    def _waits(self, stands: Standing, session: Session, mark: str, last: tuple[Outcome, str] | None) -> bool:
        """Whether somebody is still to be asked. At another school it is asked on the day alone, until there is word;
        that D stands in the register already is no answer."""
        if stands.code == OTHER_SCHOOL:
            unsaid = last is None or last[0] is Outcome.NO_REPLY
            return session.day == self.today and mark in ("", OTHER_SCHOOL) and unsaid
        return stands.confirm and not mark


def _ordered(waiting: Sequence[Away]) -> tuple[Away, ...]:
    by_id = {one.pupil.id: one for one in waiting}
    return tuple(by_id[pupil.id] for pupil in in_order(one.pupil for one in waiting))


def _marks(
    reading: Reading | Writing, first: date, last: date, known: Collection[int]
) -> dict[tuple[int, Session], str]:
    if not known:
        return {}
    found = reading.marks.between(first, last, known)
    return {(mark.pupil, Session(mark.day, mark.half)): mark.code for mark in found}


def _concerned(context: Context, roll: Roll, first: date, last: date) -> tuple[int, ...]:
    """The children with anything elsewhere in that time."""
    codes = context.rulebook.codes
    planned = {
        key
        for key, plans in roll.plans.items()
        if any(codes[one.code].elsewhere and one.first <= last and one.last >= first for one in plans)
    }
    weekly = {
        key
        for key, known in roll.patterns.items()
        if any(one.provider and one.first <= last and (one.last is None or one.last >= first) for one in known)
    }
    return tuple(sorted(key for key in planned | weekly if key in roll.pupils))


def _provider(roll: Roll, pupil: int, session: Session) -> str:
    """Where the child is: of the plan that covers the session, else of the timetable."""
    plan = max((one for one in roll.plans.get(pupil, ()) if one.covers(session)), key=lambda one: one.id, default=None)
    if plan is not None:
        return plan.provider
    return next((one.provider for one in roll.patterns.get(pupil, ()) if one.holds(session.day)), "")


def _said(reading: Reading | Writing, now: datetime) -> dict[tuple[int, str], tuple[Outcome, str]]:
    """What was last answered today of each child and session."""
    found: dict[tuple[int, str], tuple[Outcome, str]] = {}
    for entry in reading.entries.all(datetime.combine(now.date(), time()), now, {EntryKind.ARRIVAL}):
        if entry.withdrawn is None and OUTCOME in entry.details:
            outcome = Outcome(entry.details[OUTCOME])
            words = "no reply" if outcome is Outcome.NO_REPLY else outcome.value.replace("-", " ")
            known = (outcome, f"{words} {clock_time(entry.happened_at)}")
            found.update({(key, entry.details.get(SESSION, "")): known for key in entry.pupils})
    return found


def _phones(book: BookReading) -> Mapping[str, str]:
    return {one.key: one.value for one in book.all(Setting)}


def _session_key(session: Session) -> str:
    return f"{session.day.isoformat()} {session.half.value}"


__all__ = ["Answer", "Away", "Place", "answer", "arrivals", "phone_of", "set_phone", "to_confirm", "waiting"]
