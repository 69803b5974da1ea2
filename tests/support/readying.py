"""Doing what the lines of readiness say, one after the other, until every line is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from desktop_app.actions.bundle import plan
from desktop_app.actions.case_reading import parents_of
from desktop_app.actions.case_work import review
from desktop_app.actions.casework import move, open_at
from desktop_app.actions.contacts import contact_cards, correct_contact
from desktop_app.actions.court import consider
from desktop_app.actions.log import log
from desktop_app.actions.school_log import log_school
from desktop_app.actions.signing import NewSigned, keep_signed
from desktop_app.context import Context
from desktop_app.domain.bundle import BundlePlan, BundleRequest, DoAt, Finding, Readiness
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.evidence import SignedOf
from desktop_app.domain.kinds import KindRule, Persons
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Answer
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.domain.sessions import Half

OUTCOMES = {"meeting": "held", "early-help": "completed", "assessment": "completed", "under-caution": "held"}
"""What comes of a thing that is done; of the others the first usual outcome."""


@dataclass(frozen=True)
class Worker:
    """Somebody at the desk who reads a line and does what it says, and nothing else."""

    context: Context
    request: BundleRequest
    scan: Path
    """What is scanned in as signed."""

    def until_ready(self, most: int = 80) -> list[Finding]:
        """Do what the first line that is not met says, until none is left; the lines done, in order."""
        done: list[Finding] = []
        while left := [one for one in self.plan().findings if one.state is not Readiness.MET]:
            assert len(done) < most, [f"{one.key}: {one.says}" for one in left]
            line = left[0]
            assert line.do is not None, line
            assert not (done and done[-1] == line), f"{line.key} stands where it stood: {line.says} → {line.do}"
            self.do(line)
            done.append(line)
        return done

    def plan(self) -> BundlePlan:
        """The bundle as it would be made now."""
        return plan(self.context, self.request)

    @property
    def pupil(self) -> int:
        """Whose bundle it is."""
        return self.request.pupil

    @property
    def parents(self) -> tuple[int, ...]:
        """Each parent, by number."""
        with self.context.store.reading() as reading:
            return tuple(parents_of(reading.book, self.pupil, self.context.today()))

    def do(self, line: Finding) -> None:
        """Do what a line says, where it says."""
        assert line.do is not None
        ways: Mapping[DoAt, Callable[[str], object]] = {
            DoAt.REGISTER: self.settle,
            DoAt.LOG: self.log,
            DoAt.LETTER: self.write,
            DoAt.PERSON: self.ask_parent,
            DoAt.CONSIDER: lambda about: consider(self.context, self.pupil, about, False, "Looked at in the record."),
            DoAt.SIGN: self.sign,
            DoAt.FORMAL: self.formal,
            DoAt.CASE: self.work,
            DoAt.SCHOOL: self.policy,
        }
        assert line.do.at in ways, f"{line.key}: {line.says} {line.do}"
        ways[line.do.at](line.do.about)

    def settle(self, about: str) -> None:
        """Settle an N: O, after five days."""
        day, _, half = about.partition(" ")
        with self.context.store.writing(self.context.deed("mark")) as writing:
            mark = NewMark(self.pupil, date.fromisoformat(day), Half(half), "O", reason="Nobody gave one.", amends=True)
            writing.marks.add([mark])

    def log(self, about: str) -> None:
        """Log an entry of the kind, with its needed fields filled in."""
        rule = next(one for one in self.context.rulebook.kinds.by_hand() if one.kind == about)
        persons = self.parents if rule.persons is not Persons.NONE else ()
        outcome = OUTCOMES.get(about, rule.outcomes[0])
        log(self.context, NewEntry(rule.kind, self.now, (self.pupil,), outcome, persons, details=_needed(rule)))

    def write(self, about: str) -> None:
        """The letter, or the warning, to each parent by itself."""
        kind = EntryKind.WARNING if about == "warning" else EntryKind.LETTER
        details = {"what": "penalty notice"} if kind is EntryKind.WARNING else {"about": "attendance"}
        for person in self.parents:
            log(self.context, NewEntry(kind, self.now, (self.pupil,), "handed over", (person,), details=details))

    def ask_parent(self, about: str) -> None:
        """Ask about responsibility and check the numbers of that parent."""
        card = next(one for one in contact_cards(self.context, self.pupil) if str(one.person.id) == about)
        channels = tuple(replace(one, checked=self.context.today()) for one in card.channels)
        answered = replace(card.tie, responsibility=Answer.YES)
        correct_contact(self.context, answered, card.person, channels)

    def sign(self, about: str) -> None:
        """Keep the signed page."""
        whose = replace(self.request, witness=self.context.user.name)
        keep_signed(self.context, NewSigned(SignedOf(about), whose, self.scan))

    def formal(self, about: str) -> None:
        """A Notice to Improve to each parent that was not met."""
        assert about == "improvement", about
        said = {"first": "2026-10-05", "last": "2026-11-13", "allowed": "2", "sufficient": "No more than two."}
        for person in self.parents:
            began = datetime(2026, 10, 2, 9, 0)
            notice = NewEntry(EntryKind.NOTICE_TO_IMPROVE, began, (self.pupil,), "issued", (person,), details=said)
            number = self._put(notice)
            failed = NewEntry(EntryKind.IMPROVEMENT, self.now, (self.pupil,), "not improved", (person,))
            self._put(replace(failed, details={"state": "not-improved"}, adds_to=number))

    def work(self, about: str) -> None:
        """Open the case at the first step, bring it into one, or review it."""
        with self.context.store.reading() as reading:
            step = self.context.pack(reading.book.school()).casework.steps[0].key
            cases = [one.id for one in reading.entries.of(self.pupil) if one.kind is EntryKind.CASE_OPENED]
        if about == "open":
            open_at(self.context, self.pupil, step)
        elif about == "move":
            move(self.context, cases[-1], step, "It begins here.", "Ms K Hale")
        else:
            review(self.context, cases[-1], "no better")

    def policy(self, about: str) -> None:
        """Put the policy in force in the school’s own log."""
        assert about == SchoolKind.POLICY
        first, last = date(2026, 9, 1), date(2027, 9, 1)
        log_school(self.context, SchoolLine(SchoolKind.POLICY, first, "Attendance policy", "", "2026", first, last))

    @property
    def now(self) -> datetime:
        """The moment at the desk."""
        return self.context.now()

    def _put(self, entry: NewEntry) -> int:
        with self.context.store.writing(self.context.deed("set up")) as writing:
            return writing.entries.add(entry)


def _needed(rule: KindRule) -> dict[str, str]:
    """Something in each field that must be there."""
    return {
        one.key: one.choices[0] if one.choices else "2026-12-18" if one.type == "day" else "as agreed"
        for one in rule.fields
        if one.needed
    }
