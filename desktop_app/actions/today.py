"""Today: what the office looks at first. Registers not yet taken, and absences that nobody has explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.actions.cases import open_cases
from desktop_app.actions.families import Families, namable, read_families
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.chronology import UNNAMED
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import clock_time
from desktop_app.rules.names import class_order

NO_REASON = "N"


@dataclass(frozen=True, slots=True)
class RegisterState:
    """One class's register of one session today. `minutes_overdue` counts from the close of the register to now,
    and is None while it may still be taken or when it is complete. `taken_here` is False where marks are imported."""

    class_name: str
    session: Session
    pupils: int
    marked: int
    no_reason: int
    minutes_overdue: int | None
    taken_here: bool = True

    @property
    def blank(self) -> int:
        """Pupils expected who have no mark."""
        return self.pupils - self.marked

    @property
    def taken(self) -> bool:
        """True where nobody is blank."""
        return self.blank == 0


@dataclass(frozen=True, slots=True)
class CallPupil:
    """A child on the calling list, with each session still coded N, oldest first."""

    pupil: Pupil
    class_name: str
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Children to call about in one call: whom, at which number, and what was last done today."""

    pupils: tuple[CallPupil, ...]
    contact: ContactCard | None
    number: str
    last_words: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The office's morning. `session` is the one being taken or last taken today; None on a day without school.
    `present` of `expected` pupils attend that session. `cases` counts pupils with an open case.
    `taken_here` is False where another system is the register and marks are imported."""

    now: datetime
    session: Session | None
    why_closed: str
    present: int
    expected: int
    registers: tuple[RegisterState, ...]
    calling: tuple[Family, ...]
    cases: int
    taken_here: bool = True


@needs(Right.READ_REGISTER)
def today(context: Context) -> TodayPage:
    """Read the morning as it stands now."""
    now = context.now()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        due = _sessions_due(roll, now)
        marks = reading.marks.on([now.date()])
        registers = _registers(roll, due, marks, now)
        morning = Session(now.date(), Half.AM)
        present, expected = _attending(context, roll, due[-1], marks) if due else (0, 0)
        return TodayPage(
            now=now,
            session=due[-1] if due else None,
            why_closed="" if due else (roll.calendar.closed(morning) or ""),
            present=present,
            expected=expected,
            registers=registers,
            calling=_calling(reading, roll, now),
            cases=len(open_cases(reading)),
            taken_here=roll.school.is_register,
        )


@needs(Right.READ_REGISTER)
def registers(context: Context, session: Session) -> tuple[RegisterState, ...]:
    """Every class's register of one session, in the order of classes; empty where there is no school then."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        return _registers(roll, [session], reading.marks.on([session.day]), context.now())


def _sessions_due(roll: Roll, now: datetime) -> list[Session]:
    """Today's sessions that have begun; before the morning one begins, that one all the same."""
    afternoon = datetime.combine(now.date(), roll.school.pm.opens)
    halves = (Half.AM, Half.PM) if now >= afternoon else (Half.AM,)
    due = [Session(now.date(), half) for half in halves]
    return [session for session in due if roll.calendar.closed(session) is None]


def _expected(roll: Roll, session: Session) -> dict[str, list[Pupil]]:
    classes: defaultdict[str, list[Pupil]] = defaultdict(list)
    for pupil in roll.pupils.values():
        place = roll.place(pupil.id, session.day)
        if place is not None and roll.expects(pupil.id, session):
            classes[place.class_name].append(pupil)
    return classes


def _registers(roll: Roll, due: list[Session], marks: list[Mark], now: datetime) -> tuple[RegisterState, ...]:
    states: list[RegisterState] = []
    for session in due:
        codes = {mark.pupil: mark.code for mark in marks if mark.half is session.half}
        for class_name, pupils in sorted(_expected(roll, session).items(), key=lambda item: class_order(item[0])):
            marked = [codes[one.id] for one in pupils if one.id in codes]
            overdue = None if len(marked) == len(pupils) else _overdue(roll, session, now)
            no_reason, here = marked.count(NO_REASON), roll.school.is_register
            states.append(RegisterState(class_name, session, len(pupils), len(marked), no_reason, overdue, here))
    return tuple(states)


def _overdue(roll: Roll, session: Session, now: datetime) -> int | None:
    late = now - datetime.combine(session.day, roll.school.times(session.half).closes)
    minutes = int(late.total_seconds() // 60)
    return minutes if minutes >= 0 else None


def _attending(context: Context, roll: Roll, session: Session, marks: list[Mark]) -> tuple[int, int]:
    codes = context.rulebook.codes
    attending = sum(mark.half is session.half and codes[mark.code].counts.attended for mark in marks)
    return attending, sum(len(pupils) for pupils in _expected(roll, session).values())


def _calling(reading: Reading, roll: Roll, now: datetime) -> tuple[Family, ...]:
    """Every absence of this school year still coded N, a family at a time; children absent today come first."""
    open_marks = reading.marks.with_code(NO_REASON, school_year_start(now.date()), now.date())
    sessions: defaultdict[int, list[Session]] = defaultdict(list)
    for mark in open_marks:
        if roll.pupils[mark.pupil].on_roll(now.date()):
            sessions[mark.pupil].append(Session(mark.day, mark.half))
    families = read_families(reading.book, now.date())
    said = _said_today(reading, now)
    names = namable(reading.book, sessions)
    groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for key in sessions:
        first = _first_to_call(families, key)
        groups[("person", first.person.id) if first else ("pupil", key)].append(key)
    calling = [_family(roll, families, keys, sessions, said, names) for keys in groups.values()]
    return tuple(sorted(calling, key=lambda family: _urgency(family, now.date())))


def _first_to_call(families: Families, pupil: int) -> ContactCard | None:
    return next((card for card in families.of(pupil) if card.tie.may_contact and card.phone), None)


def _family(
    roll: Roll,
    families: Families,
    keys: list[int],
    sessions: Mapping[int, list[Session]],
    said: Mapping[int, Entry],
    names: Mapping[int, str],
) -> Family:
    children = in_order(roll.pupils[key] for key in keys)
    contact = _first_to_call(families, keys[0])
    last = max((said[key] for key in keys if key in said), key=lambda entry: entry.happened_at, default=None)
    return Family(
        pupils=tuple(_call_pupil(roll, child, sessions[child.id]) for child in children),
        contact=contact,
        number=contact.phone if contact else "",
        last_words=_words(last, names) if last else "",
    )


def _call_pupil(roll: Roll, child: Pupil, sessions: list[Session]) -> CallPupil:
    ordered = sorted(sessions, key=lambda one: (one.day, one.half.ordinal))
    place = roll.place(child.id, ordered[-1].day)
    return CallPupil(child, place.class_name if place else "", tuple(ordered))


def _said_today(reading: Reading, now: datetime) -> dict[int, Entry]:
    """The last thing done today about each pupil."""
    midnight = datetime.combine(now.date(), time())
    said: dict[int, Entry] = {}
    for entry in reading.entries.all(midnight, now):
        if entry.withdrawn is None and not entry.restricted:
            said.update(dict.fromkeys(entry.pupils, entry))
    return said


def _words(entry: Entry, names: Mapping[int, str]) -> str:
    who = ", ".join(names.get(key, UNNAMED) for key in entry.persons) or "nobody reached"
    return f"{entry.kind.label} {clock_time(entry.happened_at.time())}, {who}: {entry.outcome}"


def _urgency(family: Family, day: date) -> tuple[bool, date, str]:
    """Absent today before earlier days; then the longest without a reason; then by name."""
    sessions = [one for child in family.pupils for one in child.sessions]
    absent_today = any(one.day == day for one in sessions)
    return (not absent_today, min(one.day for one in sessions), family.pupils[0].pupil.list_name)
