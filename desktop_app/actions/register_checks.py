"""What may be written in the register: asked for each mark before anything is, and refused in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from desktop_app.actions.closing_minute import closing_minute_late
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.actions.signed_off import check_back, signed_off
from desktop_app.context import Context
from desktop_app.domain.codes import Code
from desktop_app.domain.errors import Refused, StillToCome
from desktop_app.domain.marks import CLEARED, Mark
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.codes import age_refusal, in_building, refusal
from desktop_app.rules.display import clock_time, session_words
from desktop_app.rules.lateness import MOST_MINUTES, late_of
from desktop_app.rules.plans import LEAVE
from desktop_app.rules.register import in_future, register_closed, taking_begun
from desktop_app.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to stand for one pupil and session; an empty `code` makes it blank again.

    `seen` is the mark, or its code alone, that stood there when it was decided (empty: none): where another stands by
    now, both are shown and nothing is written. None: whatever stands there is to be written over.
    """

    pupil: int
    session: Session
    code: str
    minutes: int | None = None
    note: str = ""
    seen: Mark | str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that decides about a mark, read once for a deed."""

    context: Context
    roll: Roll
    now: datetime
    closed_weeks: frozenset[date]
    closing_minute_late: bool = True
    passed: set[Session] = field(default_factory=set[Session])
    """The sessions in whose week and day the present user may write, as far as they were asked about."""
    may_stand: set[tuple[Session, str]] = field(default_factory=set[tuple[Session, str]])
    """The codes that may stand on a session, whoever it is of, as far as they were asked about."""

    def closed(self, session: Session) -> bool:
        """Whether the register of a session has closed."""
        return register_closed(self.roll.school, session, self.now)

    def signed_off(self, session: Session) -> bool:
        """Whether the week of a session was signed off."""
        return bool(self.closed_weeks) and SchoolCalendar.monday(session.day) in self.closed_weeks

    def standing(self, edit: Edit) -> Standing | None:
        """What was planned or otherwise stood there by itself; None for nothing."""
        return self.roll.standing(edit.pupil, edit.session, self.context.rulebook.codes)

    def check_code(self, edit: Edit) -> None:
        """Refuse what cannot stand for that pupil and session."""
        session = edit.session
        if edit.pupil not in self.roll.pupils:
            raise Refused("That pupil is not on the admission register.")
        if edit.code == CLEARED:
            return
        codes, known = self.context.rulebook.codes, (session, edit.code) in self.may_stand
        if not known and in_future(self.roll.school, session, self.now):
            raise Refused(f"{session_words(session)} is in the future: only a planned absence can be entered for it.")
        why = None if known else refusal(edit.code, session.day, session.half, codes, typed=True)
        if why is None:
            why = age_refusal(codes[edit.code], self.roll.pupils[edit.pupil].date_of_birth, session.day)
        if why:
            raise Refused(f"{session_words(session)}: {why}")
        closed = self.roll.why_not(edit.pupil, session)
        if closed:
            raise Refused(f"No mark can stand on {session_words(session)}: {closed}.")
        if not known:
            self.check_begun(edit)
            self.may_stand.add((session, edit.code))
        _check_details(codes[edit.code], edit)

    def check_late(self, edit: Edit, was: Mark | None) -> None:
        """Refuse L with the minutes of a child who came after the register closed, U with those of one who did not, and
        either at a time that is still to come.
        What stood there before keeps its minutes, whatever they are."""
        if edit.minutes is None or (was is not None and (was.code, was.minutes) == (edit.code, edit.minutes)):
            return
        late, typed, who = self.closing_minute_late, str(edit.minutes), self.roll.pupils[edit.pupil].list_name
        try:
            found = late_of(self.roll.school, edit.session, edit.code, typed, self.now, closing_minute_late=late)
        except StillToCome as to_come:
            raise StillToCome(f"{who}, {session_words(edit.session)}: {to_come}") from None
        if found.code != edit.code:
            raise Refused(f"{who}, {session_words(edit.session)}: {found.words}")

    def check_leave(self, edit: Edit) -> None:
        """Refuse leave that nobody gave: typed, it is leave granted, unless it was planned there already.

        Source: SI 2024/208 regulation 11: leave is given by a person authorised by the proprietor.
        """
        if edit.code not in LEAVE:
            return
        stands = self.standing(edit)
        if stands is None or stands.code != edit.code:
            self.context.require(Right.GRANT_LEAVE)

    def check_begun(self, edit: Edit) -> None:
        """Refuse to say of anybody that they are there, late or missed before the taking of the register has begun:
        a register is never marked beforehand."""
        code = self.context.rulebook.codes[edit.code]
        if not (in_building(code) or code.provisional) or taking_begun(self.roll.school, edit.session, self.now):
            return
        opens = clock_time(self.roll.school.times(edit.session.half).opens)
        raise Refused(
            f"The register for {session_words(edit.session)} is taken from {opens}; "
            "until then mark only the absences you know of."
        )

    def check_person(self, edit: Edit) -> None:
        """Refuse what the present user may not write: another's class, a register long closed, a week signed off."""
        context, session = self.context, edit.session
        if not context.may(Right.ALL_CLASSES):
            place = self.roll.place(edit.pupil, session.day)
            if place is None or place.class_name not in context.staff.classes:
                own = ", ".join(context.staff.classes) or "no class"
                raise Refused(
                    f"{context.staff.name} takes only the registers of {own}: ask the office, or be given this class."
                )
        if session not in self.passed:
            self._check_day(session)
            self.passed.add(session)

    def _check_day(self, session: Session) -> None:
        if self.signed_off(session):
            self.context.require(Right.AMEND_CLOSED_WEEK)
        if session.day != self.now.date():
            self.context.require(Right.AMEND)
            check_back(session, self.context)


def read_desk(context: Context, book: BookReading) -> Desk:
    """Read what decides about marks."""
    return Desk(context, read_roll(book), context.now(), signed_off(book), closing_minute_late(book))


def mark_of(edit: Edit) -> Mark | None:
    """The mark that an edit makes; None where it makes the cell blank."""
    if edit.code == CLEARED:
        return None
    return Mark(edit.pupil, edit.session.day, edit.session.half, edit.code, edit.minutes, edit.note.strip())


def completed(edit: Edit, was: Mark | None) -> Edit:
    """The edit with what already stands: a code that is typed again keeps the minutes and the note it does not say."""
    if was is None or was.code != edit.code:
        return edit
    return replace(edit, minutes=was.minutes if edit.minutes is None else edit.minutes, note=edit.note or was.note)


def clash(edit: Edit, was: Mark | None) -> str | None:
    """What to say where another mark stands than the one that was seen: both, so that a person chooses."""
    if edit.seen is None or was == mark_of(edit):
        return None
    stands = was.code if was else CLEARED
    seen = edit.seen.code if isinstance(edit.seen, Mark) else edit.seen
    same = was == edit.seen if isinstance(edit.seen, Mark) else stands in (seen, edit.code if seen else CLEARED)
    if same:
        return None
    return (
        f"{session_words(edit.session)}: {stands or 'a blank'} was written here meanwhile, where you saw "
        f"{seen or 'a blank'} and gave {edit.code or 'a blank'}. Choose which is to stand."
    )


def _check_details(code: Code, edit: Edit) -> None:
    if edit.minutes is not None and not code.takes_minutes:
        raise Refused(f"Minutes late go with L or U, not with {code.key}.")
    if edit.minutes is not None and not 0 < edit.minutes <= MOST_MINUTES:
        raise Refused(f"Minutes late are a number from 1 to {MOST_MINUTES}.")
    if code.needs_note and not edit.note.strip():
        raise Refused(f"Code {code.key} ({code.title}) needs a note that says what it was.")
