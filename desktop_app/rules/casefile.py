"""The facts of one pupil's case, read from the store in one go: all that a bundle is decided and drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.bundle import BundleRequest, LeftOut
from desktop_app.domain.entries import Attachment, Entry, Task
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.people import Flag, Membership, Pattern, Pupil
from desktop_app.domain.referrals import Referral
from desktop_app.domain.rulebook import Pack, Rulebook
from desktop_app.domain.school import Period, School
from desktop_app.domain.sessions import Session
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.expected import expected_sessions, membership_on, why_not
from desktop_app.rules.figures import figures_of


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another pupil of this school who shares a parent, with the figures of this school year up to the day."""

    pupil: Pupil
    class_name: str
    year: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Others:
    """Whom a bundle may not give away: the other children of the school, which of them are `siblings`, everybody who
    was ever tied to the child, those whom a court keeps away too, and what of an address is `held` by the school."""

    children: tuple[Pupil, ...] = ()
    siblings: frozenset[int] = frozenset()
    cards: tuple[ContactCard, ...] = ()
    held: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One pupil's case. `marks` run from the earliest day any part asks about up to `request.on`; `changes` cover
    the period; `entries` are all those about the pupil; `names` are the people whom entries name, by id.
    `relatives` are those tied to the pupil on the day, none of them kept away by a court.
    `files` are those kept with the entries, `school_log` the entries of the school itself, `left_out` what was taken
    out of the file because its reader may not know it, `others` those whom it may not give away. `let_out` are the
    restricted entries, opened, that the safeguarding lead lets out of the record in this bundle, and no other;
    `periods` those of the school’s calendar.
    `today` is the day on which the record was read, `not_begun` the sessions of it that were still to come then."""

    request: BundleRequest
    today: date
    rulebook: Rulebook
    pack: Pack
    referral: Referral
    school: School
    calendar: SchoolCalendar
    pupil: Pupil
    memberships: tuple[Membership, ...]
    patterns: tuple[Pattern, ...]
    flags: tuple[Flag, ...]
    relatives: tuple[ContactCard, ...]
    siblings: tuple[Sibling, ...]
    names: Mapping[int, str]
    marks: tuple[Mark, ...]
    changes: tuple[MarkChange, ...]
    entries: tuple[Entry, ...]
    not_begun: tuple[Session, ...] = ()
    files: tuple[Attachment, ...] = ()
    tasks: tuple[Task, ...] = ()
    school_log: tuple[Entry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    others: Others = Others()
    periods: tuple[Period, ...] = ()
    let_out: tuple[Entry, ...] = ()

    @property
    def parents(self) -> tuple[ContactCard, ...]:
        """The parents, in the order to call them."""
        return tuple(relative for relative in self.relatives if relative.is_parent)

    @property
    def parent(self) -> ContactCard | None:
        """The parent whose bundle it is, where it is made per parent."""
        return next((one for one in self.parents if one.person.id == self.request.parent), None)

    @property
    def member(self) -> Membership | None:
        """Class and year group on the day of the bundle; of a leaver, the last there was."""
        last = self.request.on if self.pupil.leaving_day is None else min(self.request.on, self.pupil.leaving_day)
        return membership_on(self.memberships, last)

    def expected(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions expected of the pupil from `first` to `last`, none after the day of the bundle."""
        until = min(last, self.request.on, self.today)
        return expected_sessions(self.pupil, self.memberships, self.patterns, self.calendar, first, until)

    def counted(self, first: date, last: date) -> list[Mark]:
        """The marks that count, in order: those on a session of the school while the pupil was on roll."""
        return [mark for mark in self.marks if first <= mark.day <= last and self._stands(mark)]

    def gaps(self, first: date, last: date) -> tuple[Session, ...]:
        """Expected sessions with no mark, but for those whose register has not begun to be taken."""
        settled = {(mark.day, mark.half) for mark in self.marks} | {(one.day, one.half) for one in self.not_begun}
        return tuple(one for one in self.expected(first, last) if (one.day, one.half) not in settled)

    def figures(self, first: date, last: date) -> Figures:
        """The figures of a stretch of days, both inclusive."""
        counts = Counter(mark.code for mark in self.counted(first, last))
        return figures_of(counts, len(self.gaps(first, last)), self.rulebook.codes)

    def _stands(self, mark: Mark) -> bool:
        return why_not(self.pupil, self.memberships, (), self.calendar, Session(mark.day, mark.half)) is None
