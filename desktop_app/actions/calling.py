"""The calling list: every absence that nobody has explained, a family at a time, with the number to dial next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from desktop_app.actions.families import Families, namable, read_families
from desktop_app.actions.open_n import open_n
from desktop_app.actions.roll import Roll, in_order
from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Flag, Hold, Pupil, Tie
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading, Reading, Writing
from desktop_app.rules import chasing
from desktop_app.rules.chasing import Dial, Dials
from desktop_app.rules.chronology import UNNAMED
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import clock_time, date_seen_from
from desktop_app.rules.early_calls import before_school, keeps_list

SEE_DSL = "see the DSL"
"""All that is said of a family on hold."""
NOON = time(12, 0)


@dataclass(frozen=True, slots=True)
class CallPupil:
    """A child on the calling list, with each session still coded N, oldest first; why the child comes first, who must
    be told today, and who has been. `gone`: that the child has left, and when."""

    pupil: Pupil
    class_name: str
    sessions: tuple[Session, ...]
    first_because: tuple[str, ...] = ()
    to_tell: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    gone: str = ""

    @property
    def untold(self) -> tuple[str, ...]:
        """Who must be told today and has not been."""
        return tuple(who for who in self.to_tell if who not in self.told)


@dataclass(frozen=True, slots=True)
class Family:
    """Children to call about in one call: whom, at which number, and what was last done today.

    `held`: the safeguarding lead holds the family; there is neither contact nor number then. `silence` says in words
    that nobody was reached by the school's hour and what follows, `step` what that is; `hint` is about how to call;
    `tried` what was done since the absence began, the newest first; `reached`: somebody was spoken to today.
    `office_only`: whoever reads may know who is absent, and neither whom to call nor what was said.
    """

    pupils: tuple[CallPupil, ...]
    dials: Dials
    last_words: str
    held: bool = False
    silence: str = ""
    step: str = ""
    hint: str = ""
    office_only: bool = False
    tried: tuple[str, ...] = ()
    reached: bool = False

    @property
    def dial(self) -> Dial | None:
        """The number to dial next, or None."""
        return self.dials.next

    @property
    def number(self) -> str:
        """The number to dial next; empty where there is none."""
        return self.dial.channel.value if self.dial else ""

    @property
    def key(self) -> tuple[int, ...]:
        """The ids of the children."""
        return tuple(sorted(child.pupil.id for child in self.pupils))


@dataclass(frozen=True, slots=True)
class _Morning:
    """What is read once for the whole list. `entries` are of the children concerned, by child. `before_school`: it is
    the early-call list; else a call before school says nothing of an absence, and is neither a number tried nor
    somebody reached."""

    roll: Roll
    now: datetime
    families: Families
    sessions: Mapping[int, Sequence[Session]]
    flags: Mapping[int, Sequence[Flag]]
    held: frozenset[int]
    entries: Mapping[int, Sequence[Entry]]
    names: Mapping[int, str]
    kept_away: Mapping[int, Collection[int]]
    contact_by: time
    steps: tuple[str, ...]
    before_school: bool = False

    @property
    def today(self) -> date:
        return self.now.date()

    def of(self, pupils: Collection[int]) -> list[Entry]:
        """The entries about any of these children, each once, by when they happened."""
        found = {entry.id: entry for key in pupils for entry in self.entries.get(key, ())}
        return sorted(found.values(), key=lambda entry: (entry.happened_at, entry.id))


def calling_list(
    reading: Reading | Writing, roll: Roll, codes: Mapping[str, Code], now: datetime
) -> tuple[Family, ...]:
    """Every absence without a reason yet, as `open_n` reads them for the watch list too, from however long ago: a
    family at a time, in the order to call. Of children absent today the vulnerable, then the longest without a reason;
    then those of earlier days in the same way. A child who has left is among them for the days before: its register
    wants the reason all the same, and no week closes without."""
    sessions: defaultdict[int, list[Session]] = defaultdict(list)
    for mark in open_n(reading, roll, codes, now.date()):
        sessions[mark.pupil].append(Session(mark.day, mark.half))
    return families_about(reading, roll, now, sessions)


def families_about(
    reading: Reading | Writing,
    roll: Roll,
    now: datetime,
    sessions: Mapping[int, Sequence[Session]],
    *,
    before_school: bool = False,
) -> tuple[Family, ...]:
    """The families to call about some sessions of some children, in the order to call."""
    if not sessions:
        return ()
    morning = replace(_morning(reading, roll, now, sessions), before_school=before_school)
    families = [_family(morning, keys) for keys in _groups(morning)]
    return tuple(sorted(families, key=lambda family: _urgency(family, now.date())))


def without_contacts(family: Family) -> Family:
    """What a class teacher or an inspector sees of it: the children and their sessions."""
    children = tuple(CallPupil(one.pupil, one.class_name, one.sessions, gone=one.gone) for one in family.pupils)
    return Family(children, Dials(), "", office_only=True)


def family_of(
    reading: Reading | Writing, roll: Roll, codes: Mapping[str, Code], now: datetime, pupils: Collection[int]
) -> Family | None:
    """The family on the list now that has any of these children; None where none of them waits for a reason."""
    return next((one for one in calling_list(reading, roll, codes, now) if set(one.key) & set(pupils)), None)


def with_held(book: BookReading, day: date, pupils: Collection[int]) -> tuple[Families, frozenset[int]]:
    """The families of some children, and which children the safeguarding lead holds: brothers and sisters too."""
    held = {hold.pupil for hold in book.all(Hold) if hold.holds(day)}
    families = read_families(book, day, held | set(pupils))
    return families, frozenset(held).union(*(families.siblings(key) for key in held))


def _morning(
    reading: Reading | Writing, roll: Roll, now: datetime, sessions: Mapping[int, Sequence[Session]]
) -> _Morning:
    book, today = reading.book, now.date()
    families, held = with_held(book, today, sessions)
    flags: defaultdict[int, list[Flag]] = defaultdict(list)
    for flag in book.all(Flag):
        if flag.pupil in sessions and flag.holds(today):
            flags[flag.pupil].append(flag)
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in reading.entries.of(*sessions):
        if entry.withdrawn is None and not entry.restricted and not keeps_list(entry):
            for key in entry.pupils:
                entries[key].append(entry)
    kept_away: defaultdict[int, set[int]] = defaultdict(set)
    for tie in book.all(Tie):
        if tie.no_contact and tie.pupil in sessions:
            kept_away[tie.pupil].add(tie.person)
    settings = {one.key: one.value for one in book.all(Setting)}
    return _Morning(
        roll=roll,
        now=now,
        families=families,
        sessions=sessions,
        flags=flags,
        held=held,
        entries=entries,
        names=namable(book, sessions),
        kept_away=kept_away,
        contact_by=chasing.contact_by(settings.get(chasing.CONTACT_BY, "")),
        steps=chasing.steps(settings.get(chasing.STEPS, "")),
    )


def _groups(morning: _Morning) -> list[list[int]]:
    """The children by the person to call first about them; those on hold and those with nobody stand alone."""
    groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for key in morning.sessions:
        first = None if key in morning.held else _first_to_call(morning.families.of(key))
        groups[("person", first.person.id) if first else ("pupil", key)].append(key)
    return list(groups.values())


def _first_to_call(cards: Sequence[ContactCard]) -> ContactCard | None:
    return next((card for card in cards if card.tie.may_contact and card.phone), None)


def _family(morning: _Morning, keys: list[int]) -> Family:
    children = in_order(morning.roll.pupils[key] for key in keys)
    called = tuple(_call_pupil(morning, child) for child in children)
    entries = morning.of(keys)
    today = [entry for entry in entries if entry.happened_at.date() == morning.today]
    last = next((entry for entry in reversed(today) if entry.kind is not EntryKind.TOLD), None)
    last_words = _words(last, morning.names) if last else ""
    if any(key in morning.held for key in keys):
        return Family(called, Dials(), "", held=True)
    counted = [entry for entry in entries if morning.before_school or not before_school(entry)]
    calls = [call for entry in counted if (call := chasing.call_of(entry))]
    since = datetime.combine(morning.today, NOON if morning.now.time() >= NOON else time())
    kept_away = frozenset[int]().union(*(morning.kept_away.get(key, ()) for key in keys))
    cards = {key: [card for card in morning.families.of(key) if card.person.id not in kept_away] for key in keys}
    step = chasing.next_step(morning.steps, _steps_taken(entries, called))
    absent = any(one.day == morning.today for child in called for one in child.sessions)
    reached = chasing.reached_today(counted, morning.today)
    return Family(
        pupils=called,
        dials=chasing.dials(cards, calls, since),
        last_words=last_words,
        silence=chasing.silence(reached=reached, now=morning.now, by=morning.contact_by, step=step) if absent else "",
        step=step,
        hint=chasing.vary(calls),
        tried=_tried(morning, entries, called),
        reached=reached,
    )


def _began(called: Sequence[CallPupil]) -> date:
    """The day of the oldest of these absences."""
    return min(session.day for child in called for session in child.sessions)


def _steps_taken(entries: Sequence[Entry], called: Sequence[CallPupil]) -> int:
    """How many steps of the policy were taken since the oldest of these absences began."""
    began = _began(called)
    return sum(one.kind is EntryKind.ESCALATION and one.happened_at.date() >= began for one in entries)


def _tried(morning: _Morning, entries: Sequence[Entry], called: Sequence[CallPupil]) -> tuple[str, ...]:
    """What was done about the absence, in words, the newest first; of an earlier day with its date. A step of the
    policy that its call names is not said twice."""
    calls = {(one.happened_at, one.outcome) for one in entries if one.kind is EntryKind.PHONE_CALL}
    done = [one for one in entries if one.kind is not EntryKind.TOLD and one.happened_at.date() >= _began(called)]
    said: list[str] = []
    for entry in reversed(done):
        if entry.kind is EntryKind.ESCALATION and (entry.happened_at, entry.outcome) in calls:
            continue
        day = entry.happened_at.date()
        words = _words(entry, morning.names)
        said.append(words if day == morning.today else f"{date_seen_from(day, morning.today)}, {words}")
    return tuple(said)


def _call_pupil(morning: _Morning, child: Pupil) -> CallPupil:
    ordered = sorted(morning.sessions[child.id], key=lambda one: (one.day, one.half.ordinal))
    place = morning.roll.place(child.id, ordered[-1].day)
    flags = morning.flags.get(child.id, ())
    absent = ordered[-1].day == morning.today
    told = [
        entry.details.get(chasing.WHO, "")
        for entry in morning.entries.get(child.id, ())
        if entry.kind is EntryKind.TOLD and entry.happened_at.date() == morning.today
    ]
    return CallPupil(
        child,
        place.class_name if place else "",
        tuple(ordered),
        chasing.vulnerable(flags),
        chasing.to_tell(flags) if absent else (),
        tuple(told),
        _gone(child, morning.today),
    )


def _gone(child: Pupil, today: date) -> str:
    """That a child has left, and when; empty of one on roll."""
    if child.leaving_day is None or child.on_roll(today):
        return ""
    return f"left the roll on {date_seen_from(child.leaving_day, today)}"


def _words(entry: Entry, names: Mapping[int, str]) -> str:
    if entry.kind in (EntryKind.ESCALATION, EntryKind.SEEN_TO):
        return f"{clock_time(entry.happened_at.time())}: {entry.outcome}"
    who = ", ".join(names.get(key, UNNAMED) for key in entry.persons) or "nobody reached"
    return f"{entry.kind.label} {clock_time(entry.happened_at.time())}, {who}: {entry.outcome}"


def _urgency(family: Family, day: date) -> tuple[bool, bool, date, str]:
    sessions = [one for child in family.pupils for one in child.sessions]
    absent_today = any(one.day == day for one in sessions)
    first = any(child.first_because for child in family.pupils)
    return (not absent_today, not first, min(one.day for one in sessions), family.pupils[0].pupil.list_name)
