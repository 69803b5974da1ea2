"""Doing what a line of readiness asks: here where the referral has a form for it, else where it is done; and at a line
that is met, showing what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from desktop_app.actions.families import contacts
from desktop_app.actions.roll import read_roll
from desktop_app.domain.bundle import BundlePlan, Do, DoAt, Finding
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.sessions import Half, Session
from ui.cases.case_view import CaseView
from ui.cases.considering import considering
from ui.log.draft import Subject
from ui.shell import Shell

CONTACTS, PARTICULARS = "k", "p"
"""The letters of the forms of a child’s page."""
ELSEWHERE = frozenset({DoAt.REGISTER, DoAt.LETTER, DoAt.PERSON, DoAt.CHILD, DoAt.FORMAL, DoAt.LEAVE, DoAt.SCHOOL})
"""What is done at another place of the window."""
LETTERS = {"open": "O", "move": "M", "review": "R", "say": "S"}
"""What is asked of the case, and the letter that opens its form there."""


class Doing:
    """Goes from a line to where it is done. `to_case` shows the case of a child and opens the form of a letter."""

    def __init__(self, shell: Shell, view: CaseView, to_case: Callable[[int, str], None]) -> None:
        self._shell = shell
        self._view = view
        self._to_case = to_case
        self.away = False
        """Whether a line led to another place: whoever comes back from there comes back to the line."""

    def do(self, line: Finding) -> None:
        """Do what the line asks, or show what it rests on."""
        plan = self._view.plan
        if plan is None:
            return
        if line.do is None:
            self._show(plan, line)
            return
        self.away = line.do.at in ELSEWHERE
        self._shell.say(line.do.says)  # first: what is refused on the way there is said after it
        self._ways()[line.do.at](plan, line.do, line)

    def _ways(self) -> Mapping[DoAt, Callable[[BundlePlan, Do, Finding], None]]:
        return {
            DoAt.REGISTER: lambda plan, do, _: self._register(plan, session_of(do.about)),
            DoAt.LOG: lambda plan, do, _: self._log(plan, do.about),
            DoAt.LETTER: lambda plan, do, _: self._letters(plan, do.about),
            DoAt.PERSON: lambda plan, do, _: self._person(plan, do.about),
            DoAt.CHILD: lambda plan, _do, _: self._shell.go("pupils", pupil=plan.pupil.id, form=PARTICULARS),
            DoAt.CONSIDER: self._consider,
            DoAt.SIGN: lambda _plan, do, _: self._view.sign_asked.emit(do.about),
            DoAt.FORMAL: lambda plan, do, _: self._shell.go(
                "formal", pupil=plan.pupil.id, back="cases", section=do.about
            ),
            DoAt.CASE: lambda plan, do, _: self._to_case(plan.pupil.id, LETTERS.get(do.about, "")),
            DoAt.LEAVE: lambda plan, _do, _: self._shell.go("leave", pupil=plan.pupil.id),
            DoAt.SCHOOL: lambda _plan, do, _: self._shell.go("school-log", kind=do.about),
            DoAt.PERIOD: lambda _plan, _do, _: self._view.first.setFocus(),
        }

    def _show(self, plan: BundlePlan, line: Finding) -> None:
        """What a line that is met rests on: the newest entry, or the first session."""
        self.away = bool(line.by)
        self._shell.say(f"{line.title}. {line.says}")
        entries = [one.entry for one in line.by if one.entry]
        sessions = [one.session for one in line.by if one.session is not None]
        if entries and self._of_school(entries[-1]):
            self._shell.go("school-log")
        elif entries:
            self._shell.go("pupils", pupil=plan.pupil.id, entry=entries[-1])
        elif sessions:
            self._register(plan, sessions[0])

    def _of_school(self, number: int) -> bool:
        """Whether an entry is of the school’s own log."""
        with self._shell.context.store.reading() as reading:
            entry = reading.entries.get(number)
        return entry is not None and entry.kind is EntryKind.SCHOOL

    def _register(self, plan: BundlePlan, session: Session | None) -> None:
        if session is None:
            return
        with self._shell.context.store.reading() as reading:
            place = read_roll(reading.book).place(plan.pupil.id, session.day)
        where = {"class_name": place.class_name} if place is not None else {}
        self._shell.go("registers", day=session.day, half=session.half, pupil=plan.pupil.id, **where)

    def _log(self, plan: BundlePlan, kind: str) -> None:
        rules = self._shell.context.rulebook.kinds.by_hand()
        wanted = next((rule.kind for rule in rules if rule.kind == kind), EntryKind.PHONE_CALL)
        people = contacts(self._shell.context, [plan.pupil.id])
        self._view.panel.close_panel()
        self._view.log_panel.open_for(Subject((plan.pupil,), people), wanted)
        self._view.make_room()

    def _letters(self, plan: BundlePlan, kind: str) -> None:
        self._shell.go(
            "letters", pupils=(plan.pupil.id,), source=f"{plan.referral.title} of {plan.pupil.name}", kind=kind
        )

    def _person(self, plan: BundlePlan, about: str) -> None:
        person = int(about) if about.isdecimal() else 0
        self._shell.go("pupils", pupil=plan.pupil.id, form=CONTACTS, person=person)

    def _consider(self, plan: BundlePlan, do: Do, line: Finding) -> None:
        if not do.about:
            return
        self._view.log_panel.close_panel()
        self._view.panel.open_form(considering(self._shell, plan, do, line.title))
        self._view.make_room()


def session_of(about: str) -> Session | None:
    """The session of `2026-11-12 AM`; None of anything else."""
    day, _, half = about.partition(" ")
    with suppress(ValueError):
        return Session(date.fromisoformat(day), Half(half))
    return None
