"""Reading what is put on paper: class sheets, the roll-call, contacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.actions.calling import SEE_DSL, with_held
from desktop_app.actions.families import Families
from desktop_app.actions.keying import PaperTaking, paper_takings
from desktop_app.actions.roll import Roll
from desktop_app.actions.week import closed_version
from desktop_app.actions.whereabouts import signed_out
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.paper import Amendment, ClassSheet, ContactLine, RollClass, SheetCell, SheetKind
from desktop_app.domain.people import ChannelKind, Membership, Pupil
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.ports import Reading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.codes import present_mark
from desktop_app.rules.display import clock_time, long_date, session_words
from desktop_app.rules.names import class_order
from desktop_app.rules.register_print import Correction, corrections
from desktop_app.rules.roll_call import Taking, roll_class, roll_line, was_taken

BLANK = SheetCell(SheetKind.EMPTY)
CLOSED = SheetCell(SheetKind.CLOSED)


@dataclass(frozen=True, slots=True)
class Paperwork:
    """One read from which sheets are made."""

    context: Context
    reading: Reading
    roll: Roll

    def classes(self, first: date, last: date | None = None) -> list[str]:
        """The classes that have pupils on a day, or on any day of a span."""
        until = last or first
        held = (
            one.class_name
            for one in self.reading.book.all(Membership)
            if one.first <= until and (one.last is None or one.last >= first)
        )
        return sorted(set(held), key=class_order)

    def sheet(self, class_name: str, day: date, *, blank: bool) -> ClassSheet:
        """A class's register of the week of a day. `blank` leaves out every mark but shows what is planned."""
        monday = SchoolCalendar.monday(day)
        pupils = self.roll.in_week(class_name, monday)
        sessions = tuple(Session(monday + timedelta(days=n), half) for n in range(5) for half in HALVES)
        keys = [pupil.id for pupil in pupils]
        marks = {} if blank else self._marks(keys, monday)
        amended = () if blank else tuple(self._amendments(class_name, pupils, monday))
        by_place: defaultdict[tuple[int, Session], list[Amendment]] = defaultdict(list)
        for one in amended:
            by_place[one.pupil, one.session].append(one)
        rows = tuple(
            (
                pupil.list_name,
                tuple(
                    self._cell(class_name, pupil, session, marks.get((pupil.id, session)), by_place[pupil.id, session])
                    for session in sessions
                ),
            )
            for pupil in pupils
        )
        present = {present_mark(half, self.context.rulebook.codes) for half in HALVES}
        last = {} if blank else self.reading.marks.last_changes(keys, monday, SchoolCalendar.friday(monday), present)
        on_paper = (
            {} if blank else paper_takings(self.reading.entries, class_name, monday, SchoolCalendar.friday(monday))
        )
        taken = tuple(_taken(on_paper.get(session), last.get(session)) for session in sessions)
        both = tuple(_both(on_paper[session]) for session in sessions if session in on_paper)
        used = {cell.code for _, cells in rows for cell in cells if cell.code} | {one.was for one in amended if one.was}
        key = tuple((code.key, code.title) for code in self.context.rulebook.codes.values() if code.key in used)
        return ClassSheet(
            class_name, monday, sessions, rows, taken, amended, key, "" if blank else self._signed(monday), both
        )

    def weeks(self, first: date, last: date) -> tuple[date, ...]:
        """The Mondays of the weeks of a span in which there is school, oldest first."""
        days = self.roll.calendar.school_days(first, last)
        return tuple(dict.fromkeys(SchoolCalendar.monday(day) for day in days))

    def roll_call(self, session: Session) -> tuple[RollClass, ...]:
        """Where everybody is, by the marks of a session and the hatch."""
        now = self.context.now()
        marks = {mark.pupil: mark for mark in self.reading.marks.on([session.day]) if mark.half is session.half}
        out = signed_out(self.reading.entries, now) if session.day == now.date() else {}
        codes, opens = self.context.rulebook.codes, self.roll.school.times(session.half).opens
        found: list[RollClass] = []
        for name in self.classes(session.day):
            pupils = self.roll.in_class(name, session.day, session.day)
            here = [one for one in pupils if self.roll.why_not(one.id, session) is None]
            taken = was_taken(codes[marks[one.id].code] for one in here if one.id in marks)
            taking = Taking(opens, taken)
            lines = [
                roll_line(
                    one,
                    marks[one.id].code if one.id in marks else "",
                    self.roll.standing(one.id, session, codes) if one.id not in marks else None,
                    out.get(one.id),
                    codes,
                    taking,
                )
                for one in here
            ]
            if lines:
                found.append(roll_class(name, lines, taken=taken))
        return tuple(found)

    def contacts(
        self, class_name: str, day: date, families: Families, held: Collection[int]
    ) -> tuple[ContactLine, ...]:
        """Whom to call for each child of a class; nobody whom a court keeps away, nobody who may not be called. Of a
        family that is `held`, that the safeguarding lead is to be asked, and nothing more."""
        return tuple(
            ContactLine(pupil.list_name, (), SEE_DSL)
            if pupil.id in held
            else ContactLine(
                pupil.list_name,
                tuple(
                    (
                        f"{card.person.formal_name} ({card.tie.relationship})",
                        tuple(one.value for one in card.channels if one.kind is ChannelKind.PHONE),
                        card.tie.may_collect,
                    )
                    for card in families.of(pupil.id)
                    if card.tie.may_contact
                ),
            )
            for pupil in self.roll.in_class(class_name, day, day)
        )

    def families(self, day: date) -> tuple[Families, frozenset[int]]:
        """Everybody's families on a day, and the children whom the safeguarding lead holds."""
        return with_held(self.reading.book, day, self.roll.pupils.keys())

    def at_hand(self, day: date, now: datetime) -> Session:
        """The session a roll-call of a day is of: the afternoon once its register is taken, else the morning."""
        afternoon = day == now.date() and now.time() >= self.roll.school.pm.opens
        return Session(day, Half.PM if afternoon else Half.AM)

    def _marks(self, keys: list[int], monday: date) -> dict[tuple[int, Session], Mark]:
        found = self.reading.marks.between(monday, SchoolCalendar.friday(monday), keys)
        return {(mark.pupil, Session(mark.day, mark.half)): mark for mark in found}

    def _amendments(self, class_name: str, pupils: Iterable[Pupil], monday: date) -> Iterable[Amendment]:
        number, known = 0, list(pupils)
        again = self.reading.marks.changed_again([pupil.id for pupil in known], monday, SchoolCalendar.friday(monday))
        for pupil in known:
            if pupil.id not in again:
                continue
            changes = self.reading.marks.history(pupil.id, monday, SchoolCalendar.friday(monday))
            for one in corrections(changes, monday, SchoolCalendar.friday(monday)):
                place = self.roll.place(pupil.id, one.session.day)
                if place is None or place.class_name == class_name:
                    number += 1
                    yield amendment(number, pupil, one)

    def _signed(self, monday: date) -> str:
        """Who signed the week off; of a week that is over, also that nobody did."""
        closed = closed_version(self.reading.book, monday)
        if closed is None:
            over = SchoolCalendar.friday(monday) < self.context.today()
            return "This week has not been signed off." if over else ""
        at, who = school_time(closed.recorded_at), closed.author
        by = f"{who.name}, {who.position}" if who.position else who.name
        return f"This week was signed off by {by}, on {long_date(at.date())} at {clock_time(at)}."

    def _cell(
        self,
        class_name: str,
        pupil: Pupil,
        session: Session,
        mark: Mark | None,
        amended: Sequence[Amendment],
    ) -> SheetCell:
        place = self.roll.place(pupil.id, session.day)
        if place is not None and place.class_name != class_name:
            return CLOSED
        if mark is not None:
            first = amended[0].was if amended else ""
            return SheetCell(SheetKind.MARK, mark.code, first, tuple(one.number for one in amended))
        if self.roll.why_not(pupil.id, session):
            return CLOSED
        stands = self.roll.standing(pupil.id, session, self.context.rulebook.codes)
        return SheetCell(SheetKind.PLANNED, stands.code) if stands else BLANK


def _taken(on_paper: PaperTaking | None, last: MarkChange | None) -> str:
    """Who took a register; of one from paper a star leads to both names below."""
    if on_paper is not None:
        return f"{on_paper.taken_by} *"
    return last.author.name if last is not None else ""


def _both(one: PaperTaking) -> str:
    session = session_words(one.session)
    return f"* {session}: taken on paper by {one.taken_by} at {clock_time(one.taken_at)}, typed in by {one.keyed_by}."


def amendment(number: int, pupil: Pupil, one: Correction) -> Amendment:
    """A correction as a numbered line of a list."""
    return Amendment(
        number=number,
        pupil=pupil.id,
        name=pupil.list_name,
        session=one.session,
        was=one.was,
        now=one.now,
        details=one.details,
        reason=one.reason,
        at=school_time(one.at),
        by=one.author.name,
        position=one.author.position,
    )
