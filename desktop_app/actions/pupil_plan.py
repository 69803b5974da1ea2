"""What an imported list of pupils would write: pupils, class and year, flags, and the people they are tied to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from desktop_app.actions.family_plan import FamilyPlan, Knot
from desktop_app.actions.import_report import Tally
from desktop_app.actions.pupil_match import Known, Match
from desktop_app.domain.people import Address, Flag, FlagKind, Membership, Pupil
from desktop_app.exchange.columns import Columns
from desktop_app.exchange.pupils_file import PupilLine
from desktop_app.ports import BookReading, BookWriting
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import membership_on

ONE_DAY = timedelta(days=1)
PARTICULARS = (
    *("legal_surname", "legal_forename", "date_of_birth", "starting_day", "upn", "admission_number", "used_surname"),
    *("used_forename", "middle_names", "sex", "address", "home_la", "leaving_day", "leaving_ground", "last_school"),
    *("next_school", "boarder"),
)
"""What a row may say of the pupil themself."""


@dataclass(slots=True)
class _Draft:
    """What one row writes. Facts that name the pupil get the pupil's number when it is stored."""

    known: Known
    members: list[Membership] = field(default_factory=list[Membership])
    flags: list[Flag] = field(default_factory=list[Flag])
    ended: list[Flag] = field(default_factory=list[Flag])
    knots: list[Knot] = field(default_factory=list[Knot])
    pupil_changed: bool = False


class PupilPlan:
    """Takes rows one by one against the book, and in the end writes what is new. `first` is the day from which
    a change of class, year or flag holds; of a pupil who is new they hold from the starting day."""

    def __init__(self, book: BookReading, columns: Columns, tally: Tally, first: date) -> None:
        self._columns = columns
        self._tally = tally
        self._first = first
        self._match = Match(book.all(Pupil))
        self._families = FamilyPlan(book, tally.faults, first)
        self._members: defaultdict[int, list[Membership]] = defaultdict(list)
        for member in book.all(Membership):
            self._members[member.pupil].append(member)
        self._flags: defaultdict[int, list[Flag]] = defaultdict(list)
        for flag in book.all(Flag):
            self._flags[flag.pupil].append(flag)
        self._drafts: list[_Draft] = []

    def take(self, row: int, line: PupilLine) -> None:
        """Decide a row: a new pupil, a change, nothing new, or a contradiction, which is rejected."""
        rejected = self._tally.faults.rows
        known = self._match.find(line, partial(self._reject, row, line), lambda words: self._warn(row, words))
        if self._tally.faults.rows != rejected:
            return
        if known is not None and known.line is not None:
            self._again(row, line, known)
            return
        draft = self._changed(known, row, line) if known else self._added(row, line)
        self._match.learn(draft.known)
        now = draft.known.pupil
        draft.knots, people_changed = self._families.take(row, line.contacts, draft.known.stored, now)
        self._drafts.append(draft)
        if known is None:
            self._tally.added += 1
        elif draft.pupil_changed or draft.members or draft.flags or draft.ended or draft.knots or people_changed:
            self._tally.changed += 1
        else:
            self._tally.unchanged += 1

    def write(self, book: BookWriting) -> None:
        """Write everything that is new, in one go."""
        new = [draft for draft in self._drafts if draft.pupil_changed]
        for draft, number in zip(new, book.put_many(draft.known.pupil for draft in new), strict=True):
            draft.known.pupil = replace(draft.known.pupil, id=number)
        owned = [(draft.known.pupil.id, draft) for draft in self._drafts]
        book.put_many(replace(member, pupil=pupil) for pupil, draft in owned for member in draft.members)
        book.put_many(replace(flag, pupil=pupil) for pupil, draft in owned for flag in draft.flags)
        for draft in self._drafts:
            for flag in draft.ended:
                book.remove(flag)
        self._families.write(book, [(pupil, knot) for pupil, draft in owned for knot in draft.knots])

    def _added(self, row: int, line: PupilLine) -> _Draft:
        pupil = Pupil(0, **_said(line))
        return _Draft(
            known=Known(pupil, None, row, line),
            members=[Membership(0, 0, line.class_name, line.year, line.starting_day)],
            flags=[Flag(0, 0, kind, value, line.starting_day) for kind, value in line.flags if value is not None],
            pupil_changed=True,
        )

    def _changed(self, known: Known, row: int, line: PupilLine) -> _Draft:
        stored = known.pupil
        known.pupil = self._since(replace(stored, **_said(line)), stored)
        known.row, known.line = row, line
        if stored.upn and known.pupil.upn != stored.upn:
            self._warn(row, "the pupil was known under another UPN, which this one replaces")
        draft = _Draft(known, pupil_changed=known.pupil != stored)
        draft.members = self._new_members(known.pupil, stored, line)
        for kind, value in line.flags:
            self._new_flag(draft, kind, value)
        return draft

    def _since(self, pupil: Pupil, stored: Pupil) -> Pupil:
        """What a row changes holds from `first`."""
        return pupil if pupil == stored else replace(pupil, since=self._first)

    def _new_members(self, pupil: Pupil, stored: Pupil, line: PupilLine) -> list[Membership]:
        """The versions of memberships that put the pupil into the class and year of the row, from `first`."""
        members = sorted(self._members[pupil.id], key=lambda member: (member.first, member.id))
        if not members:
            return [Membership(0, pupil.id, line.class_name, line.year, pupil.starting_day)]
        written: list[Membership] = []
        if pupil.starting_day < stored.starting_day == members[0].first:
            members[0] = replace(members[0], first=pupil.starting_day)
            written.append(members[0])
        start = max(self._first, pupil.starting_day)
        if pupil.leaving_day is not None and pupil.leaving_day < start:
            return written
        held = membership_on(members, start)
        if held is not None and (held.class_name, held.year) == (line.class_name, line.year):
            return written
        later = min((member.first for member in members if member.first > start), default=None)
        new = Membership(0, pupil.id, line.class_name, line.year, start, later - ONE_DAY if later else None)
        if held is None:
            return [*written, new]
        if held.first == start:
            return [*written, replace(held, class_name=line.class_name, year=line.year)]
        written = [one for one in written if one.id != held.id]
        return [*written, replace(held, last=start - ONE_DAY), new]

    def _new_flag(self, draft: _Draft, kind: FlagKind, value: str | None) -> None:
        """Begin, end or change a flag from `first`. A plain Yes leaves standing what the flag says more than that."""
        pupil = draft.known.pupil
        start = max(self._first, pupil.starting_day)
        standing = [flag for flag in self._flags[pupil.id] if flag.kind is kind and flag.holds(start)]
        if value is not None and any(value in ("", flag.value) for flag in standing):
            return
        for flag in standing:
            if flag.first >= start:
                draft.ended.append(flag)
            else:
                draft.flags.append(replace(flag, last=start - ONE_DAY))
        if value is not None:
            draft.flags.append(Flag(0, pupil.id, kind, value, start))

    def _again(self, row: int, line: PupilLine, known: Known) -> None:
        if line == known.line:
            self._tally.unchanged += 1
            return
        self._reject(row, line, "upn", f"Row {known.row} is about the same pupil and says something else.")

    def _reject(self, row: int, line: PupilLine, key: str, why: str) -> None:
        key = key if self._columns.has(key) else "date_of_birth"
        value = getattr(line, key)
        shown = date_year(value) if isinstance(value, date) else str(value)
        self._tally.faults.reject(row, self._columns.title(key), shown, why)

    def _warn(self, row: int, words: str) -> None:
        self._tally.faults.warn(f"Row {row}: {words}.")


def _said(line: PupilLine) -> dict[str, Any]:
    """What a row says of the pupil themself: what is blank is not said, and changes nothing."""
    said = {name: getattr(line, name) for name in PARTICULARS}
    return {name: value for name, value in said.items() if value not in ("", None, Address())}
