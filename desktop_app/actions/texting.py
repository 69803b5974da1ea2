"""Texts to the mobiles of parents: planned with what stands against each, then put into one file for a texting service
and logged to each parent by itself, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_app.actions.calling import calling_list
from desktop_app.actions.early_calls import call_book, class_of, early_list, held_with_siblings
from desktop_app.actions.families import Families, read_families
from desktop_app.actions.figures import count, figures_of_pupil
from desktop_app.actions.guarding import Guarded, read_guarded
from desktop_app.actions.letter_book import letter_book
from desktop_app.actions.letter_values import Frame, values_for
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children, sees_child
from desktop_app.actions.protected import read_protected
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.actions.saving import check_target, save
from desktop_app.context import Context
from desktop_app.domain.calls import PlannedText, SavedTexts
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.letters import GuardFinding, LetterRule, Sent, Weight
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.guard import SEE_THE_DSL
from desktop_app.rules.letter_people import recipients
from desktop_app.rules.letters import empty_fields, merge
from desktop_app.rules.protected import Protected
from desktop_app.rules.texts import mobile_of, one_line, text_fault, texts_csv, words_fault

ENGLISH = "en"
NOT_ASKED = frozenset({"protected-address"})
"""What the guard says of letters alone: no address stands in a text."""
CHANGED = "The record says something else by now. Look at it again."


@dataclass(frozen=True, slots=True)
class _Read:
    """What a plan reads once for all of its children."""

    context: Context
    roll: Roll
    frame: Frame
    families: Families
    counted: Mapping[int, Figures]
    protected: Protected
    held: frozenset[int]
    guarded: Guarded
    rule: LetterRule
    words: str


@needs(Right.LOG)
def text_plan(context: Context, pupils: Sequence[int], words: str) -> tuple[PlannedText, ...]:
    """A text about each of some children to each parent, in the order of the register, then of the contacts: as it
    would go, with what stands against it. Whom a court keeps away is not named; of a family that is held nobody is.
    Refuses words that are none, too long, name an unknown field or would be run by a spreadsheet."""
    context.require(Right.READ_LOG)
    book = call_book()
    if fault := words_fault(words, book.fields, book.longest.value):
        raise Refused(fault)
    if not pupils:
        raise Refused("Choose the children first about whom the texts are.")
    wanted = tuple(dict.fromkeys(pupils))
    with context.store.reading() as reading:
        read = _read(context, reading, wanted, words.strip())
        return tuple(text for child in in_order(read.roll.pupils[key] for key in wanted) for text in _of(read, child))


@needs(Right.READ_LOG)
def children_to_call(context: Context) -> tuple[int, ...]:
    """The children absent today without a reason whom the present user sees: today’s calling list."""
    now = context.now()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = calling_list(reading, roll, context.rulebook.codes, now)
    absent = [one for family in found for one in family.pupils if any(s.day == now.date() for s in one.sessions)]
    return tuple(one.pupil.id for one in absent if sees_child(context, roll, one.pupil.id))


@needs(Right.READ_LOG)
def children_to_ring_early(context: Context) -> tuple[int, ...]:
    """The children on the early-call list today."""
    return tuple(one.pupil.id for one in early_list(context).lines)


@needs(Right.LOG)
def save_texts(
    context: Context,
    planned: Sequence[PlannedText],
    words: str,
    target: Path,
    *,
    reasons: Mapping[str, str] | None = None,
    dropped: Collection[str] = (),
) -> tuple[SavedTexts, Changes]:
    """Put the texts that were planned into a new file and log each to its parent, in one transaction: where the file
    cannot be written nothing is logged. `reasons`, by the text’s key, say why one goes against the guard’s doubts: that
    asks for the right. A doubt without one leaves the text out, and so does what is `dropped` and what the record says
    otherwise by now. Refused where no text is left, and where there is a file already."""
    context.require(Right.READ_LOG)
    if context.store.read_only:
        raise Refused("This school is open to read only: a text that is not logged is not sent.")
    given = {key: " ".join(why.split()) for key, why in (reasons or {}).items()}
    if any(given.values()):
        context.require(Right.OVERRIDE_GUARD)
    if target.suffix.casefold() != ".csv":
        raise Refused("Give the file a name that ends in .csv, which every texting service reads.")
    check_target(target)
    now = {one.key: one for one in text_plan(context, [one.pupil.id for one in planned], words)}
    left = {one.key: _left(one, now.get(one.key), given, dropped) for one in planned}
    going = [one for one in planned if not left[one.key]]
    if not going:
        raise Refused("None of these texts can go as it stands; no file was made.")
    saved = False
    try:
        with context.store.writing(context.deed("texts")) as writing:
            entries = tuple(
                writing.entries.add(_entry(context, one, target.name, given.get(one.key, ""))) for one in going
            )
            save(texts_csv((one.name, one.mobile, one.words) for one in going), target)
            saved = True
    except BaseException:
        if saved:  # what is not logged is not there
            with suppress(OSError):
                target.unlink()
        raise
    out = tuple((key, why) for key, why in left.items() if why)
    return SavedTexts(entries, out), Changes(entries=True, pupils=frozenset(one.pupil.id for one in going))


def _left(one: PlannedText, now: PlannedText | None, given: Mapping[str, str], dropped: Collection[str]) -> str:
    """Why a text does not go; empty: it goes."""
    if one.key in dropped:
        return "Left out."
    if now is None or (now.mobile, now.words, now.findings, now.faults) != (
        one.mobile,
        one.words,
        one.findings,
        one.faults,
    ):
        return CHANGED
    if now.stopped or (now.asks and not given.get(one.key)):
        return now.why_not
    return ""


def _entry(context: Context, one: PlannedText, file: str, why: str) -> NewEntry:
    return NewEntry(
        kind=EntryKind.TEXT,
        happened_at=context.now(),
        pupils=(one.pupil.id,),
        persons=(one.person,),
        outcome="sent",
        note=one.words,
        details={"direction": "we wrote", "mobile": one.mobile, "file": file} | ({"why": why} if why else {}),
    )


def _read(context: Context, reading: Reading, pupils: Sequence[int], words: str) -> _Read:
    roll, today, book = read_roll(reading.book), context.today(), call_book()
    if any(one not in roll.pupils for one in pupils):
        raise Refused("That pupil is not on the admission register.")
    check_children(context, roll, pupils)
    first = school_year_start(today)
    rule = LetterRule(
        EntryKind.TEXT.value, "Text message", Sent.EACH, formal=False, logged=EntryKind.TEXT,
        source="The school’s choice", guards=book.guards,
    )  # fmt: skip
    return _Read(
        context=context,
        roll=roll,
        frame=Frame(context, roll.school, context.pack(roll.school), first, today, today, {}),
        families=read_families(reading.book, today, set(pupils)),
        counted=count(context, reading, roll, first, today, pupils),
        protected=read_protected(reading.book, today),
        held=held_with_siblings(reading, today, pupils),
        guarded=read_guarded(context, reading, pupils, today),
        rule=rule,
        words=words,
    )


def _of(read: _Read, child: Pupil) -> Iterator[PlannedText]:
    if child.id in read.held:
        stop = GuardFinding("hold", Weight.STOP, f"{SEE_THE_DSL}.", child.id)
        yield _nobody(read, child, findings=(stop,))
        return
    parents = [card for card in read.families.of(child.id) if card.is_parent]
    if not parents:
        yield _nobody(read, child, faults=("There is no parent to text: look at the contacts.",))
    numbers: dict[str, str] = {}
    for card in parents:
        yield _text(read, child, card, numbers)


def _nobody(
    read: _Read, child: Pupil, *, findings: tuple[GuardFinding, ...] = (), faults: tuple[str, ...] = ()
) -> PlannedText:
    place = class_of(read.roll, child.id, read.frame.today)
    return PlannedText(f"{child.id}", child, place, 0, "", "", "", findings, faults)


def _text(read: _Read, child: Pupil, card: ContactCard, numbers: dict[str, str]) -> PlannedText:
    person, number = card.person, mobile_of(card)
    words, empty = _filled(read, child, card)
    faults = [*_may_not(card)]
    if not faults and not number:
        faults.append("No mobile number is known.")
    elif not faults and number in numbers:
        faults.append(f"The same number as {numbers[number]}: it goes there once.")
    if empty:
        faults.append(f"[{empty[0]}] is empty: the record has nothing to say there.")
    elif fault := text_fault(words, call_book().longest.value):
        faults.append(fault)
    if not faults:
        numbers[number] = person.formal_name
    found = read.guarded.findings(read.rule, child.id, person.id)
    return PlannedText(
        key=f"{child.id}-{person.id}",
        pupil=child,
        class_name=class_of(read.roll, child.id, read.frame.today),
        person=person.id,
        name=person.formal_name,
        mobile=number,
        words=words,
        findings=tuple(one for one in found if one.key not in NOT_ASKED),
        faults=tuple(faults),
    )


def _may_not(card: ContactCard) -> Iterator[str]:
    """Why a parent is not texted, whatever is said."""
    if not card.tie.may_contact:
        yield "Not to be contacted: the contacts say so."
    elif not card.tie.may_leave_message:
        yield "No message may be left for this parent."
    elif not card.tie.may_know_why:
        yield "May not be told why the school calls: a text would say it."


def _filled(read: _Read, child: Pupil, card: ContactCard) -> tuple[str, tuple[str, ...]]:
    """The text with its fields filled, and those of which nothing is known."""
    tongue = letter_book().languages[ENGLISH]
    (to,) = recipients([card], child, read.protected, Sent.EACH, lambda _said: ENGLISH)
    values = values_for(
        read.frame, figures_of_pupil(read.context, read.roll, child, read.counted, read.frame.last), (), to, tongue
    )
    bare = {key: value for key, value in values.items() if key in call_book().fields}
    fields = [letter_book().fields[key] for key in call_book().fields]
    return one_line(merge(read.words, bare)), empty_fields(read.words, bare, fields)
