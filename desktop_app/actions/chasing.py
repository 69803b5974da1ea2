"""Chasing an absence: one deed for each outcome of a call, and for telling those who must be told today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.actions.calling import SEE_DSL, Family, family_of
from desktop_app.actions.early_calls import early_family_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.register import Written, write_within
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import REPORTED, EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Channel
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.tasks import CHASE
from desktop_app.ports import Writing
from desktop_app.rules import chasing, early_calls
from desktop_app.rules.chasing import Dial, Outcome
from desktop_app.rules.codes import PRESENT_KEYS, present_mark
from desktop_app.rules.display import clock_time

SAID: Mapping[Outcome, str] = {
    Outcome.SPOKE: "Spoke",
    Outcome.MESSAGE: "Left a message for {who}",
    Outcome.NO_ANSWER: "No answer from {who}",
    Outcome.WRONG_NUMBER: "The number of {who} is wrong",
    Outcome.NOT_SAFE: "Safe and well not established. Next: {step}",
}
"""What the log says of each outcome."""


@dataclass(frozen=True, slots=True)
class Called:
    """A call just made to a family: the number dialled (its channel), what came of it and what was said. A channel of
    0: nobody was called, because there is no number to dial; only the next step of the policy can follow then.

    `code` is the reason that was given, empty where none was; `minutes` belong to a late arrival. The marks of the
    children in `pupils` are written with it (empty: of all whom the call was about).
    """

    family: tuple[int, ...]
    channel: int
    outcome: Outcome
    note: str = ""
    code: str = ""
    minutes: int | None = None
    pupils: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chased:
    """What came of it: the entry, and the marks written (to undo them)."""

    entry: int
    written: tuple[Written, ...]
    step: str = ""


@needs(Right.LOG)
def record_call(context: Context, called: Called) -> tuple[Chased, Changes]:
    """Log a call with what came of it, in one transaction and all or nothing: with a reason the marks of every open
    session today change, and the log entry is the reason of an amendment; a wrong number goes last and says so; where
    it is not known that the child is safe and well, the next step of the policy is a task due today.

    Refuses a family on hold, a family of whose children one is not seen by the present user, a person who may not be
    called, and a message where none may be left. Whoever calls reads what was said: it asks for that right too.
    """
    context.require(Right.READ_LOG)
    with context.store.writing(context.deed(f"call: {called.outcome.value}")) as writing:
        family = _family(context, writing, called.family)
        if not called.channel and called.outcome is Outcome.NOT_SAFE:
            return _step_only(context, writing, family, called)
        dial, about, edits = _heard(context, family, called)
        entry = writing.entries.add(_entry(context, family, called, dial, about, edits))
        _relabel(writing, called, dial)
        _follow(context, writing, family, called, about, entry)
        written = _write_marks(context, writing, called, dial, edits)
    changed = Changes(marks=bool(written), entries=True, book=_touches_book(called), pupils=frozenset(about))
    return Chased(entry, written, family.step if called.outcome is Outcome.NOT_SAFE else ""), changed


@needs(Right.LOG)
def record_early_call(context: Context, called: Called) -> tuple[Chased, Changes]:
    """Log a call before school to a family on this morning’s list, by the same rules as `record_call`. No mark is made:
    the register is not taken yet. Where a reason for an absence was given, the entry says which halves it speaks of, so
    that whoever marks the child present all the same is told. Refused: that a child is not known to be safe, which
    nobody can say of one who is not yet late."""
    context.require(Right.READ_LOG)
    if called.outcome is Outcome.NOT_SAFE:
        raise Refused("The child is not late yet: nobody can say that it is not known to be safe.")
    with context.store.writing(context.deed(f"early call: {called.outcome.value}")) as writing:
        family = _early_family(context, writing, called.family)
        dial, about, edits = _heard(context, family, called)
        made = _entry(context, family, called, dial, about, edits)
        said = [edit for edit in edits if not context.rulebook.codes[edit.code].counts.attended]
        kept = made.details if said else {key: made.details[key] for key in made.details if key not in MARKED}
        entry = writing.entries.add(replace(made, details={**kept, early_calls.EARLY: early_calls.CALLED}))
        _relabel(writing, called, dial)
    book = called.outcome is Outcome.WRONG_NUMBER
    return Chased(entry, ()), Changes(entries=True, book=book, pupils=frozenset(about))


MARKED = (chasing.CODE, REPORTED)
"""The details of a call that speak of a mark."""


@needs(Right.LOG)
def record_told(context: Context, pupil: int, who: str) -> tuple[int, Changes]:
    """Tick that somebody who must be told today of a child's absence has been: who and when, no content. Whom to
    tell says something of the child: only those who read the log are shown it, or may tick it."""
    context.require(Right.READ_LOG)
    with context.store.writing(context.deed("told")) as writing:
        family = _family(context, writing, (pupil,), held_too=True)
        child = next(one for one in family.pupils if one.pupil.id == pupil)
        if who not in child.to_tell:
            raise Refused(f"Nobody need tell the {who} about {child.pupil.name} today.")
        if who in child.told:
            raise Refused(f"The {who} of {child.pupil.name} was told already today.")
        entry = NewEntry(EntryKind.TOLD, context.now(), (pupil,), f"Told the {who}", details={chasing.WHO: who})
        recorded = writing.entries.add(entry)
    return recorded, Changes(entries=True, pupils=frozenset([pupil]))


def _family(context: Context, writing: Writing, pupils: Sequence[int], *, held_too: bool = False) -> Family:
    roll = read_roll(writing.book)
    check_children(context, roll, pupils)
    found = family_of(writing, roll, context.rulebook.codes, context.now(), pupils)
    if found is not None:
        check_children(context, roll, found.key)
    if found is None:
        raise Refused("Nobody of this family is without a reason any more: the list has moved on.")
    if found.held and not held_too:
        raise Refused(f"Do not call this family: {SEE_DSL}.")
    return found


def _early_family(context: Context, writing: Writing, pupils: Sequence[int]) -> Family:
    roll = read_roll(writing.book)
    check_children(context, roll, pupils)
    found = early_family_of(context, writing, roll, pupils)
    if found is None:
        raise Refused("Nobody of this family is on this morning’s early-call list any more.")
    check_children(context, roll, found.key)
    if found.held:
        raise Refused(f"Do not call this family: {SEE_DSL}.")
    return found


def _step_only(context: Context, writing: Writing, family: Family, called: Called) -> tuple[Chased, Changes]:
    """The next step of the policy for children of whom there is nobody to call: no call is logged."""
    about = called.pupils or family.key
    if not set(about) <= set(family.key):
        raise Refused("These children are not all of this family.")
    entry = _follow(context, writing, family, called, about, 0)
    return Chased(entry, (), family.step), Changes(entries=True, book=True, pupils=frozenset(about))


def _heard(context: Context, family: Family, called: Called) -> tuple[Dial, tuple[int, ...], list[Edit]]:
    """Who was dialled, about which children, and the marks that a reason would make. Raises `Refused`."""
    dial = _dialled(family, called)
    if called.outcome is Outcome.MESSAGE and dial.no_message:
        raise Refused(f"No message may be left for {dial.person.formal_name}.")
    about = _about(called, dial)
    return dial, about, _edits(context, family, called, about)


def _dialled(family: Family, called: Called) -> Dial:
    dial = next((one for one in family.dials.numbers if one.channel.id == called.channel), None)
    if dial is None:
        raise Refused("That number is not one to call about these children.")
    return dial


def _about(called: Called, dial: Dial) -> tuple[int, ...]:
    """The children the call was about: those chosen, of those the person is tied to."""
    about = called.pupils or dial.about
    if not set(about) <= set(dial.about):
        raise Refused(f"{dial.person.formal_name} is not a contact of every one of these children.")
    return about


def _edits(context: Context, family: Family, called: Called, about: Sequence[int]) -> list[Edit]:
    """The marks that a reason gives: today's open sessions of each child, else those of the newest open day."""
    if called.outcome is not Outcome.SPOKE or not called.code:
        return []
    codes = context.rulebook.codes
    if called.code not in codes and called.code not in PRESENT_KEYS:
        raise Refused(f"{called.code} is not a code.")
    edits: list[Edit] = []
    for child in family.pupils:
        newest = max(session.day for session in child.sessions)
        for session in child.sessions:
            if child.pupil.id in about and session.day == newest:
                key = present_mark(session.half, codes) if called.code in PRESENT_KEYS else called.code
                note = called.note if key in codes and codes[key].needs_note else ""
                edits.append(Edit(child.pupil.id, session, key, called.minutes, note))
    return edits


def _entry(
    context: Context, family: Family, called: Called, dial: Dial, about: tuple[int, ...], edits: Sequence[Edit]
) -> NewEntry:
    details = {
        chasing.OUTCOME: called.outcome.value,
        chasing.NUMBER: dial.channel.value,
        chasing.PERSON: str(dial.person.id),
    }
    reported = _reported(context, edits)
    if edits:
        details |= {chasing.CODE: called.code} | ({REPORTED: " ".join(reported)} if reported else {})
    return NewEntry(
        kind=EntryKind.PHONE_CALL,
        happened_at=context.now(),
        pupils=about,
        persons=(dial.person.id,) if called.outcome is Outcome.SPOKE else (),
        outcome=SAID[called.outcome].format(who=dial.person.formal_name, step=family.step),
        note=called.note.strip(),
        details=details,
    )


def _reported(context: Context, edits: Sequence[Edit]) -> list[Half]:
    """The halves of today that the message said the child would miss: to the end of the day, but for an appointment."""
    codes = context.rulebook.codes
    today = [one for one in edits if one.session.day == context.today() and not codes[one.code].counts.attended]
    if not today:
        return []
    if today[0].code == "M":
        return sorted({one.session.half for one in today}, key=lambda half: half.ordinal)
    return list(HALVES[min(one.session.half.ordinal for one in today) :])


def _write_marks(
    context: Context, writing: Writing, called: Called, dial: Dial, edits: Sequence[Edit]
) -> tuple[Written, ...]:
    """The marks, with the log entry as the reason where a closed register changes."""
    if not edits:
        return ()
    context.require(Right.TAKE_REGISTER)
    spoke = f"Phone call {clock_time(context.now())}, {dial.person.full_name}"
    note = called.note.strip()
    written, _ = write_within(writing, context, edits, f"{spoke}: {note}" if note else spoke)
    return written


def _relabel(writing: Writing, called: Called, dial: Dial) -> None:
    """A wrong number is kept, says so, and comes after every other of that person."""
    if called.outcome is Outcome.WRONG_NUMBER:
        last = max(one.priority for one in writing.book.all(Channel) if one.person == dial.person.id)
        writing.book.put(replace(dial.channel, label=chasing.WRONG, priority=last + 1))


def _follow(
    context: Context, writing: Writing, family: Family, called: Called, about: Sequence[int], entry: int
) -> int:
    """What a call leaves to do: the next step as a task, or none any more. Returns the entry of the step, or 0. Where
    no call was logged (`entry` 0) the step itself bears the note, and closes what was open."""
    if called.outcome not in (Outcome.SPOKE, Outcome.NOT_SAFE):
        return 0
    step = 0
    if called.outcome is Outcome.NOT_SAFE:
        words = SAID[Outcome.NOT_SAFE].format(step=family.step)
        note = "" if entry else called.note.strip()
        details = {"step": family.step}
        taken = NewEntry(EntryKind.ESCALATION, context.now(), tuple(about), words, note=note, details=details)
        step = writing.entries.add(taken)
    for task in writing.book.all(Task):
        if task.kind == CHASE and task.closed_by is None and task.pupil in about:
            writing.book.put(replace(task, closed_by=entry or step))
    if step:
        text = family.step[:1].upper() + family.step[1:]
        writing.book.put_many(Task(0, key, CHASE, context.today(), None, text) for key in about)
    return step


def _touches_book(called: Called) -> bool:
    return called.outcome in (Outcome.WRONG_NUMBER, Outcome.SPOKE, Outcome.NOT_SAFE)
