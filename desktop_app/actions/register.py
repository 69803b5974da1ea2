"""Writing in the register: marks, their amendments and undoing; each deed one transaction, refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.actions.chase_ends import follow_marks
from desktop_app.actions.clock import refuse_doubtful_today
from desktop_app.actions.needs import needs
from desktop_app.actions.register_checks import Desk, Edit, clash, completed, mark_of, read_desk
from desktop_app.actions.roll import read_roll
from desktop_app.actions.whereabouts import reported_absent, signed_out
from desktop_app.context import Context
from desktop_app.domain.errors import ChangedSince, Clash, NeedsReason, Refused
from desktop_app.domain.marks import CLEARED, Mark, NewMark, Source
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import Writing
from desktop_app.rules.arranged import unarranged
from desktop_app.rules.codes import present_mark
from desktop_app.rules.display import clock_time, session_words
from desktop_app.rules.register import taking_begun

UNDONE = "Undone: it was entered by mistake."
REDONE = "Done again: it was undone by mistake."


@dataclass(frozen=True, slots=True)
class Written:
    """What came of an edit: what stood before, whether anything changed, and whether that was an amendment. `planned`
    is the code that was planned there: a `/` over one clashes with a message, and is said at once. So is what is to be
    `asked` about a code that follows from an arrangement which nobody put down."""

    edit: Edit
    was: Mark | None
    changed: bool
    amended: bool
    planned: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A cell that an undoing left alone, since somebody wrote there after the deed: what `stands` (None: a blank)."""

    pupil: Pupil
    session: Session
    stands: Mark | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of an undoing: what was put back, and what was left."""

    written: tuple[Written, ...]
    left: tuple[Left, ...] = ()


@needs(Right.TAKE_REGISTER)
def write(context: Context, edits: Sequence[Edit], reason: str = "") -> tuple[tuple[Written, ...], Changes]:
    """Make marks in one transaction, all or none.

    A first mark never needs a reason; a change to a closed register does (SI 2024/208: original entry, amended
    entry, reason, date, and the name and position of whoever amends). Raises `Clash`, `NeedsReason`, `Refused`.
    """
    with context.store.writing(context.deed("register", reason)) as writing:
        return _write(context, writing, edits, reason.strip(), Source.TYPED)


def write_within(
    writing: Writing, context: Context, edits: Sequence[Edit], reason: str, source: Source = Source.TYPED
) -> tuple[tuple[Written, ...], Changes]:
    """The same inside the transaction of a larger deed, which has asked for the right."""
    return _write(context, writing, edits, reason.strip(), source)


@needs(Right.TAKE_REGISTER)
def fill_present(context: Context, class_name: str, session: Session) -> tuple[tuple[Written, ...], Changes]:
    """Mark present every pupil of the class who is expected and still blank. Refused before taking has begun,
    since a present mark says the child was seen; whoever has something planned, to be confirmed or reported, or is
    signed out at the hatch, is left blank."""
    with context.store.writing(context.deed("register")) as writing:
        roll = read_roll(writing.book)
        if not taking_begun(roll.school, session, context.now()):
            opens = clock_time(roll.school.times(session.half).opens)
            raise Refused(
                f"The register for {session_words(session)} is taken from {opens}; "
                "until then mark only those you know of."
            )
        closed = roll.calendar.closed(session, class_name)
        if closed:
            raise Refused(f"{session_words(session)}: no register is taken ({closed}).")
        codes = context.rulebook.codes
        present = present_mark(session.half, codes)
        away = writing.marks.filled(session) | _out(context, writing, session)
        edits = [
            Edit(pupil.id, session, present)
            for pupil in roll.in_class(class_name, session.day, session.day)
            if pupil.id not in away
            and roll.expects(pupil.id, session)
            and roll.standing(pupil.id, session, codes) is None
        ]
        return _write(context, writing, edits, "", Source.TYPED)


def _out(context: Context, writing: Writing, session: Session) -> frozenset[int]:
    """Who is out of the building while that session is taken, or was said to be: known of today alone."""
    now = context.now()
    if session.day != now.date():
        return frozenset()
    said = {key for key, half in reported_absent(writing.entries, now) if half is session.half}
    return frozenset(said.union(signed_out(writing.entries, now)))


@needs(Right.TAKE_REGISTER)
def undo(context: Context, written: Sequence[Written], reason: str = UNDONE) -> tuple[Undone, Changes]:
    """Put back what stood before, as new rows of the history, wherever the deed's own mark still stands. What somebody
    wrote since stays, and is named. Raises `ChangedSince` where that is all of it.
    `reason` is that of the amendments this makes: an undoing that is undone itself has the reason of the first deed."""
    done = [one for one in written if one.changed]
    with context.store.writing(context.deed("undo", reason)) as writing:
        standing = _standing(writing, [one.edit for one in done])
        stands = [standing.get((one.edit.pupil, one.edit.session)) for one in done]
        left = [(one, mark) for one, mark in zip(done, stands, strict=True) if mark != mark_of(one.edit)]
        if left and len(left) == len(done):
            raise ChangedSince(
                "A mark has changed again since, and stays as it is."
                if len(left) == 1
                else "All of these marks have changed again since, and stay as they are."
            )
        over = {id(one) for one, _ in left}
        edits = [_before(one) for one in reversed(done) if id(one) not in over]
        back, changes = _write(context, writing, edits, reason, Source.UNDO)
        pupils = {one.edit.pupil: writing.book.get(Pupil, one.edit.pupil) for one, _ in left}
    kept = (Left(child, one.edit.session, mark) for one, mark in left if (child := pupils[one.edit.pupil]))
    return Undone(back, tuple(kept)), changes


def _before(one: Written) -> Edit:
    """What puts back what stood before."""
    if one.was is None:
        return Edit(one.edit.pupil, one.edit.session, CLEARED)
    return Edit(one.edit.pupil, one.edit.session, one.was.code, one.was.minutes, one.was.note)


def _write(
    context: Context, writing: Writing, edits: Sequence[Edit], reason: str, source: Source
) -> tuple[tuple[Written, ...], Changes]:
    desk = read_desk(context, writing.book)
    if not desk.roll.school.is_register:
        raise Refused("Another system is this school’s register: its marks are imported here and cannot be typed.")
    if any(edit.session.day == desk.now.date() for edit in edits):
        refuse_doubtful_today(context, writing.book)
    standing = _standing(writing, edits)
    written: list[Written] = []
    new: list[NewMark] = []
    for asked in edits:
        was = standing.get((asked.pupil, asked.session))
        one = _decide(desk, asked, was, reason, source)
        written.append(one)
        if one.changed:
            new.append(_row(one.edit, reason if one.amended else "", source, one.amended))
            standing[one.edit.pupil, one.edit.session] = mark_of(one.edit)
    writing.marks.add(new)
    ended = follow_marks(context, writing, desk.roll.school, new)
    pupils = frozenset(row.pupil for row in new)
    return tuple(written), Changes(marks=bool(new), entries=ended, book=ended, pupils=pupils)


def _decide(desk: Desk, asked: Edit, was: Mark | None, reason: str, source: Source) -> Written:
    """What is to be written for one edit. Raises `Clash`, `NeedsReason`, `Refused`."""
    edit = asked if source is Source.UNDO else completed(asked, was)
    desk.check_code(edit)
    changed = was != mark_of(edit)
    if changed:
        desk.check_person(edit)
        if source is Source.TYPED:
            desk.check_late(edit, was)
            desk.check_leave(edit)
    both = clash(edit, was)
    if both:
        raise Clash(both)
    closed = desk.closed(edit.session)
    amended = changed and closed and was is not None
    if amended:
        desk.context.require(Right.AMEND)
    if closed and changed and edit.code == CLEARED and source is Source.TYPED:
        raise Refused(
            f"The register for {session_words(edit.session)} is closed: a mark there can be changed, "
            "with a reason, but not taken away."
        )
    if changed and not reason and (amended or desk.signed_off(edit.session)):
        raise NeedsReason(session_words(edit.session))
    stands = desk.standing(edit)
    ask = unarranged(edit.code, edit.note, stands) if changed and source is Source.TYPED else None
    return Written(edit, was, changed, amended, stands.code if stands else "", ask or "")


def _standing(writing: Writing, edits: Sequence[Edit]) -> dict[tuple[int, Session], Mark | None]:
    """What stands on every session to be written, in one read however many there are."""
    if not edits:
        return {}
    days = [edit.session.day for edit in edits]
    found = writing.marks.between(min(days), max(days), {edit.pupil for edit in edits})
    return {(mark.pupil, Session(mark.day, mark.half)): mark for mark in found}


def _row(edit: Edit, reason: str, source: Source, amended: bool) -> NewMark:
    session = edit.session
    return NewMark(
        edit.pupil, session.day, session.half, edit.code, edit.minutes, edit.note.strip(), reason, source, amended
    )
