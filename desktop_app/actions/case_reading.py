"""Reading a case inside a reading or a deed: the child, the pack it is run under, its entries and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from desktop_app.actions.families import read_families
from desktop_app.actions.own_children import check_children
from desktop_app.actions.packs import pack_among
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import CaseState
from desktop_app.domain.casework import CaseStep, Service
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.school import Period, Setting
from desktop_app.ports import BookReading, EntriesReading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.rhythm import Rhythm, rhythm_of
from desktop_app.rules.casework.state import case_of_task, fold
from desktop_app.rules.chronology import sealed
from desktop_app.rules.powers import kept_from

SERVICE = "attendance-service"
"""The setting that says which attendance service the school has bought: `la`, `other` or `none`. See
`actions/attendance_service.py`."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case with all that stands beside it. `entries` are all of the child that anybody who reads cases may read."""

    state: CaseState
    child: Pupil
    roll: Roll
    pack: Pack
    entries: tuple[Entry, ...]
    rhythm: Rhythm
    parents: Mapping[int, str]
    service: Service | None
    flags: frozenset[FlagKind] = frozenset()
    kept_from: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def step(self) -> CaseStep | None:
        """The step it is in."""
        return self.pack.casework.step(self.state.step)

    def facts(self, on: date) -> CaseFacts:
        """What the rules need besides triggers and figures."""
        return CaseFacts(
            on,
            self.pack.casework,
            self.rhythm,
            self.state,
            self.entries,
            parents=self.parents,
            service=self.service,
            flags=self.flags,
            kept_from=self.kept_from,
        )


def read_open_case(context: Context, book: BookReading, entries: EntriesReading, case: int) -> OpenCase:
    """One case, closed ones too. Raises `Refused` where there is none of that number, where its opening was withdrawn,
    and where the present user does not see the child."""
    opened = entries.get(case)
    if opened is None or opened.kind is not EntryKind.CASE_OPENED or not opened.pupils:
        raise Refused("There is no such case.")
    if opened.withdrawn is not None:
        raise Refused("The opening of that case was withdrawn: open it anew.")
    roll = read_roll(book)
    check_children(context, roll, opened.pupils)
    child = roll.pupils[opened.pupils[0]]
    every = readable(entries.of(child.id))
    tasks = [one for one in book.all(Task) if case_of_task(one) == case]
    state = next((one for one in fold(every, tasks) if one.id == case), None)
    if state is None:
        raise Refused("There is no such case.")
    today = context.today()
    return OpenCase(
        state, child, roll, pack_of(context, roll, state, entries), every, rhythm_in(book, roll),
        parents_of(book, child.id, today), service_of(book), flags_of(book, [child.id], today)[child.id],
        kept_from(context.rulebook.formalities, roll.school.type),
    )  # fmt: skip


def readable(entries: list[Entry]) -> tuple[Entry, ...]:
    """Those that are not restricted, nor added to one that is: nobody is told of the others."""
    by_id = {one.id: one for one in entries}
    return tuple(one for one in entries if not sealed(one, by_id))


def pack_of(context: Context, roll: Roll, case: CaseState, entries: EntriesReading | None = None) -> Pack:
    """The pack and version a case is run under, looked for among those the school ever kept where `entries` are handed;
    where that is not to be had, the school’s own or the shipped one of the same authority, else that of the school."""
    known = pack_among(context, entries, case.pack, case.version) if entries is not None else None
    now = context.pack(roll.school)
    if known is not None or case.pack in ("", now.key):
        return known or now
    return context.rulebook.packs.get(case.pack) or now


def rhythm_in(book: BookReading, roll: Roll) -> Rhythm:
    """The rhythm of the school."""
    return _rhythm(book.all(Period), roll.calendar)


@lru_cache(maxsize=4)
def _rhythm(periods: tuple[Period, ...], calendar: SchoolCalendar) -> Rhythm:
    """Kept between calls: six years of a calendar are gone through for it."""
    return rhythm_of(periods, calendar)


def service_of(book: BookReading) -> Service | None:
    """Which attendance service the school has bought; None where nobody has said."""
    said = next((one.value for one in book.all(Setting) if one.key == SERVICE), "")
    return Service(said) if said in list(Service) else None


def flags_of(book: BookReading, pupils: Collection[int], day: date) -> dict[int, frozenset[FlagKind]]:
    """The flags that children have on a day."""
    found: dict[int, set[FlagKind]] = {key: set() for key in pupils}
    for one in book.all(Flag):
        if one.pupil in found and one.holds(day):
            found[one.pupil].add(one.kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def parents_of(book: BookReading, pupil: int, day: date) -> dict[int, str]:
    """Who is a parent in law on a day: parental responsibility or care of the child (Education Act 1996, section 576),
    with the name to write; nobody whom a court keeps away."""
    cards = read_families(book, day, [pupil]).of(pupil)
    return {card.person.id: card.person.formal_name for card in cards if card.is_parent}
