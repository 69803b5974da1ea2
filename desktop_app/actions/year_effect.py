"""What a change of the school year would do, reckoned before it is done and said class by class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.roll import Roll, read_roll, school_calendar
from desktop_app.context import Context
from desktop_app.domain.codes import Code
from desktop_app.domain.marks import Mark
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading, MarksReading
from desktop_app.rules.display import date_year, short_date
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.names import class_order
from desktop_app.rules.register import session_past
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.standing import CLOSED_CODES, Origin

At = tuple[int, Session]
"""A pupil and a session."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the calendar would do. `lost` are marks that would no longer count, `found_again` those that
    would count again, `standing` those that stand in an unexpected closure and stay. `blank` are past sessions without
    a mark that get a code at once, `later` are those that will as they end, `missing` are past sessions that would
    lack a mark. `plans` fall on the days, `overlaps` are periods of the same sort over them. `words` says all of it;
    none where nothing would change for anybody. Nothing but the blanks is touched."""

    lost: tuple[Mark, ...] = ()
    found_again: tuple[Mark, ...] = ()
    standing: tuple[Mark, ...] = ()
    blank: tuple[tuple[At, str], ...] = ()
    later: tuple[At, ...] = ()
    missing: tuple[At, ...] = ()
    plans: tuple[Plan, ...] = ()
    overlaps: tuple[Period, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def pupils(self) -> frozenset[int]:
        """Those for whom something becomes a mark at once."""
        return frozenset(pupil for (pupil, _), _ in self.blank)

    @property
    def days(self) -> frozenset[date]:
        """The days of which a figure changes at once: by a mark, or by one that would be missing."""
        marks = (*self.lost, *self.found_again)
        places = (*(at for (_, at), _ in self.blank), *(at for _, at in self.missing))
        return frozenset({mark.day for mark in marks} | {at.day for at in places})


def effect_of(context: Context, book: BookReading, marks: MarksReading, period: Period, *, remove: bool) -> Effect:
    """What adding, changing (its id is known) or removing a period would do."""
    known = book.all(Period)
    others = tuple(one for one in known if not period.id or one.id != period.id)
    wanted = others if remove else (*others, period)
    before = read_roll(book)
    look = _Look(
        context=context,
        before=before,
        after=replace(before, calendar=school_calendar(wanted, before.school.weekdays)),
        span=_span(known, period, context.today(), remove=remove),
        kind=period.kind,
    )
    found = look.marks(marks, period)
    found = look.blanks(found, marks)
    found = replace(
        found,
        plans=() if remove else tuple(one for one in book.all(Plan) if _meets(one.first, one.last, period)),
        overlaps=() if remove else tuple(one for one in others if _alike(one, period)),
    )
    words = (*look.sentences(found), *_other_words(found, period, wanted, remove=remove))
    return replace(found, words=words)


@dataclass(frozen=True, slots=True)
class _Look:
    """The sessions of some days as they are, and as they would be."""

    context: Context
    before: Roll
    after: Roll
    span: tuple[date, date]
    kind: PeriodKind

    @property
    def codes(self) -> Mapping[str, Code]:
        return self.context.rulebook.codes

    def marks(self, marks: MarksReading, period: Period) -> Effect:
        first, last = self.span[0], min(self.span[1], self.context.today())
        lost: list[Mark] = []
        again: list[Mark] = []
        standing: list[Mark] = []
        for mark in marks.between(first, last) if first <= last else ():
            session = Session(mark.day, mark.half)
            then, now = _counts(self.before, mark.pupil, session), _counts(self.after, mark.pupil, session)
            if then and not now:
                lost.append(mark)
            if now and not then:
                again.append(mark)
            if now and period.kind.unexpected and self._touches(mark.pupil, session, period):
                standing.append(mark)
        return Effect(lost=tuple(lost), found_again=tuple(again), standing=tuple(standing))

    def blanks(self, found: Effect, marks: MarksReading) -> Effect:
        """With what has no mark yet: what gets one at once, what will, and what would lack one."""
        first, last = self.span
        if not self.after.school.is_register or first > last:
            return found
        now = self.context.now()
        marked = {(mark.pupil, Session(mark.day, mark.half)) for mark in marks.between(first, last)}
        blank: list[tuple[At, str]] = []
        missing: list[At] = []
        later: list[At] = []
        for at in self._sessions():
            pupil, session = at
            if at in marked:
                continue
            stands, stood = (roll.standing(pupil, session, self.codes) for roll in (self.after, self.before))
            if stands is not None and not stands.confirm:
                if stood is not None and stood.code == stands.code:
                    continue
                if session_past(self.after.school, session, now):
                    blank.append((at, stands.code))
                elif stands.origin is Origin.CALENDAR:
                    later.append(at)
            elif session_past(self.after.school, session, now) and self._opens(pupil, session):
                missing.append(at)
        return replace(found, blank=tuple(blank), later=tuple(later), missing=tuple(missing))

    def sentences(self, found: Effect) -> Iterator[str]:
        """What would change, class by class."""
        if found.lost:
            said = count_words(len(found.lost), "mark would no longer count", "marks would no longer count")
            yield f"{said} (nothing is deleted): {self._where(_places(found.lost))}."
        if found.found_again:
            said = count_words(len(found.found_again), "mark would count again", "marks would count again")
            yield f"{said}: {self._where(_places(found.found_again))}."
        by_code: defaultdict[str, list[At]] = defaultdict(list)
        for at, code in found.blank:
            by_code[code].append(at)
        for code, places in sorted(by_code.items()):
            said = count_words(len(places), "blank becomes", "blanks become")
            yield f"{said} {code} at once, for {_children(places)}: {self._where(places)}."
        if found.later:
            code = CLOSED_CODES.get(self.kind, "")
            said = count_words(len(found.later), "mark becomes", "marks become")
            yield f"{said} {code} as sessions end, unless somebody writes another: {self._where(found.later)}."
        if found.missing:
            said = count_words(len(found.missing), "mark would be missing", "marks would be missing")
            yield f"{said}, for {_children(found.missing)}: {self._where(found.missing)}."

    def _where(self, found: Collection[At]) -> str:
        """`4B 6, 5A 6 (Fri 20 Nov 2026 AM)`."""
        counted = Counter(place.class_name if (place := self.after.place(key, at.day)) else "?" for key, at in found)
        classes = ", ".join(f"{name} {counted[name]}" for name in sorted(counted, key=class_order))
        return f"{classes} ({sessions_list({session for _, session in found})})"

    def _sessions(self) -> Iterator[At]:
        first, last = self.span
        for key, pupil in self.after.pupils.items():
            places = self.after.memberships.get(key, ())
            for session in due_sessions(pupil, places, self.after.calendar, first, last):
                yield key, session

    def _opens(self, pupil: int, session: Session) -> bool:
        """Whether the child is expected there by the change alone."""
        stood = self.before.standing(pupil, session, self.codes)
        closed = stood is not None and stood.origin is Origin.CALENDAR
        return self.after.expects(pupil, session) and (closed or not self.before.expects(pupil, session))

    def _touches(self, pupil: int, session: Session, period: Period) -> bool:
        """Whether a closure reaches a pupil there, before the change or after it."""
        place = self.after.place(pupil, session.day)
        if place is None:
            return False
        found = (one.calendar.unexpected(session, place.class_name, place.year) for one in (self.before, self.after))
        return any(one is not None and (one == period or (period.id and one.id == period.id)) for one in found)


def _span(known: Sequence[Period], period: Period, today: date, *, remove: bool) -> tuple[date, date]:
    """The days on which anything can change: the period’s own and where it was before. Only an unexpected closure has
    anything to say of days to come."""
    old = [one for one in known if period.id and one.id == period.id]
    touched = old if remove and old else [period, *old]
    last = max(one.end for one in touched)
    return min(one.start for one in touched), last if period.kind.unexpected else min(last, today)


def _other_words(found: Effect, period: Period, wanted: Sequence[Period], *, remove: bool) -> Iterator[str]:
    if period.kind.unexpected and not remove and not (found.later or found.blank or found.standing):
        yield "No session of anybody is touched by it, so no register changes."
    if found.standing and remove:
        said = count_words(len(found.standing), "mark stands", "marks stand")
        yield f"{said} there already and would not change: where it was wrong, change it in the register."
    elif found.standing:
        yield f"{count_words(len(found.standing), 'mark stands', 'marks stand')} there already and would not change."
    if found.plans:
        yield f"{count_words(len(found.plans), 'planned absence falls', 'planned absences fall')} on these days."
    for one in found.overlaps:
        yield f"“{one.name}” ({short_date(one.start)} to {date_year(one.end)}) covers some of the same days."
    if not remove and period.kind is not PeriodKind.TERM and not _in_term(period, wanted):
        yield "It lies outside every term, so it closes nothing."


def _counts(roll: Roll, pupil: int, session: Session) -> bool:
    return pupil in roll.pupils and roll.why_not(pupil, session) is None


def _places(marks: Iterable[Mark]) -> list[At]:
    return [(mark.pupil, Session(mark.day, mark.half)) for mark in marks]


def _children(found: Iterable[At]) -> str:
    return count_words(len({pupil for pupil, _ in found}), "child", "children")


def _alike(one: Period, other: Period) -> bool:
    """Whether two periods say the same sort of thing about the same days, for some of the same children."""
    meets = one.start <= other.end and other.start <= one.end and (one.half is None or other.half in (None, one.half))
    return (
        meets and _sort(one) == _sort(other) and _shares(one.years, other.years) and _shares(one.classes, other.classes)
    )


def _sort(period: Period) -> tuple[bool, bool]:
    return (period.kind is PeriodKind.TERM, period.kind.unexpected)


def _shares(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or bool({name.casefold() for name in one} & {name.casefold() for name in other})


def _in_term(period: Period, known: Iterable[Period]) -> bool:
    return any(_meets(one.start, one.end, period) for one in known if one.kind is PeriodKind.TERM)


def _meets(first: date, last: date, period: Period) -> bool:
    return first <= period.end and period.start <= last
