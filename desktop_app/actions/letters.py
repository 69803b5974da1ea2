"""Which letters would be made: for each child each parent or household, with what stands against it. Nothing is written
here; `actions/letter_making.py` makes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.families import Families, read_families
from desktop_app.actions.figures import count, figures_of_pupil
from desktop_app.actions.holds import held as held_pupils
from desktop_app.actions.letter_book import OwnLetters, letter_book, power_words, read_own, rule_of
from desktop_app.actions.letter_cover import covers_for, language_findings, other_language
from desktop_app.actions.letter_guard import Asked, Guard, the_guard
from desktop_app.actions.letter_values import Frame, letter_date, values_for
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.protected import read_protected
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.letters import (
    Cover,
    GuardFinding,
    Language,
    LetterOptions,
    LetterRule,
    LetterTo,
    PlannedLetter,
    Template,
    Weight,
)
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Address, Flag, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.display import date_year
from desktop_app.rules.letter_list import HELD, why_left_out
from desktop_app.rules.letter_people import Recipient, recipients
from desktop_app.rules.letters import empty_fields, fields_in, merge
from desktop_app.rules.protected import Protected

HOLD, BATCH = "hold", "batch"
"""Findings of our own: a family is held; a batch never writes to this child without a named person's reason."""
ALONE = frozenset({"bereavement", "medical-flag", "late-joiner"})
"""What the guard says of a child to whom a batch never writes: each of them needs a reason of its own."""
SAME = {"protected-address": "protected", "may-not-be-contacted": "not-contacted"}
"""Findings of the guard that say what one of ours says already."""
SIBLING = "sibling-in-batch"
PRACTICE = "Practice, points 4 and 9"
DATES = ("meeting date", "missed date", "answer by", "back on", "review date", "begins", "ends")


@needs(Right.LOG)
def letter_plan(
    context: Context,
    kind: str,
    pupils: Sequence[int],
    options: LetterOptions | None = None,
    guard: Guard | None = None,
) -> tuple[PlannedLetter, ...]:
    """The letters of a kind about some children, in the order of the register, then of the contacts: what each would
    say, and what stands against it. A child to whose parents nothing may be written has one without persons, which says
    why; whom a court keeps away is not named. Refused where the school has not the power, the kind asks for a right
    that is not there, or the days are impossible."""
    options = options or LetterOptions()
    rule = rule_of(kind)
    require_kind(context, rule)
    _check_typed(rule, options)
    with context.store.reading() as reading:
        return plan_within(context, reading, rule, pupils, options, guard or the_guard)


@needs(Right.LOG)
def require_kind(context: Context, rule: LetterRule) -> None:
    """Raise `NotAllowed` where the present user may not send letters of that kind."""
    if rule.key == EntryKind.NOTICE_TO_IMPROVE.value:
        context.require(Right.ASK_NOTICE)
    elif rule.formal:
        context.require(Right.WRITE_CASE)


def _check_typed(rule: LetterRule, options: LetterOptions) -> None:
    if unknown := [key for key in options.values if key not in rule.fields]:
        known = ", ".join(rule.fields) or "none"
        raise Refused(f"A letter “{rule.title}” has no field [{unknown[0]}] to fill in. Its own fields are: {known}.")
    if options.language and options.language not in letter_book().languages:
        raise Refused(f"No letters are written in “{options.language}”: {', '.join(letter_book().languages)}.")


@dataclass(frozen=True, slots=True)
class _Read:
    """What a plan reads once for all of its children."""

    context: Context
    reading: Reading
    rule: LetterRule
    roll: Roll
    frame: Frame
    families: Families
    held: Protected
    on_hold: frozenset[int]
    counted: Mapping[int, Figures]
    flags: Mapping[int, Sequence[Flag]]
    marks: Mapping[int, Sequence[Mark]]
    own: OwnLetters
    options: LetterOptions
    guard: Asked
    batch: bool


def plan_within(
    context: Context,
    reading: Reading,
    rule: LetterRule,
    pupils: Sequence[int],
    options: LetterOptions,
    guard: Guard,
) -> tuple[PlannedLetter, ...]:
    """The plan, within a reading; what is written there later stands on the same record."""
    if said := power_words(context, reading, rule):
        raise Refused(said)
    roll = read_roll(reading.book)
    if not pupils:
        raise Refused("Choose the children first about whom the letters are.")
    if any(pupil not in roll.pupils for pupil in pupils):
        raise Refused("That pupil is not on the admission register.")
    check_children(context, roll, pupils)
    read = _read(context, reading, rule, roll, tuple(dict.fromkeys(pupils)), options, guard)
    children = in_order(roll.pupils[key] for key in dict.fromkeys(pupils))
    return _with_siblings(read, [letter for child in children for letter in _of_child(read, child)])


def _with_siblings(read: _Read, planned: Sequence[PlannedLetter]) -> tuple[PlannedLetter, ...]:
    """Said of a letter to somebody who gets one about a brother or sister in the same batch, where the kind asks for
    it: nobody is to find three envelopes on one mat. Which child it is is not said."""
    if not {"sibling", "concern"} & set(read.rule.guards):
        return tuple(planned)
    times = Counter(person for one in planned for person in one.letter.persons)
    words = "This parent gets a letter about a brother or sister in the same batch. One talk about both may be kinder."
    return tuple(
        replace(
            one,
            findings=(
                *one.findings,
                GuardFinding(SIBLING, Weight.TELL, words, one.letter.pupil, one.letter.persons[0]),
            ),
        )
        if any(times[person] > 1 for person in one.letter.persons)
        else one
        for one in planned
    )


def _read(
    context: Context,
    reading: Reading,
    rule: LetterRule,
    roll: Roll,
    pupils: Sequence[int],
    options: LetterOptions,
    guard: Guard,
) -> _Read:
    today = context.today()
    last = options.last or today
    first = options.first or school_year_start(last)
    if last < first:
        raise Refused(f"The days of the figures end ({last}) before they begin ({first}).")
    if last > today:
        raise Refused("The days of the figures end in the future: nothing is known of it yet.")
    book = reading.book
    flags: defaultdict[int, list[Flag]] = defaultdict(list)
    for flag in book.all(Flag):
        if flag.holds(today):
            flags[flag.pupil].append(flag)
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    own = read_own(reading)
    if _lists_days(rule, own):
        for mark in reading.marks.not_present(first, last, pupils):
            marks[mark.pupil].append(mark)
    return _Read(
        context=context,
        reading=reading,
        rule=rule,
        roll=roll,
        frame=Frame(context, roll.school, context.pack(roll.school), first, last, today, options.values),
        families=read_families(book, today, set(pupils)),
        held=read_protected(book, today),
        on_hold=held_pupils(book, today),
        counted=count(context, reading, roll, first, last, pupils),
        flags=flags,
        marks=marks,
        own=own,
        options=options,
        guard=guard(context, reading, rule, pupils, first, today),
        batch=len(pupils) > 1,
    )


def _lists_days(rule: LetterRule, own: OwnLetters) -> bool:
    found = (own.find(rule.key, language) for language in letter_book().languages)
    return any(one is not None and ("[unauthorised dates]" in one.body) for one in found)


def _of_child(read: _Read, child: Pupil) -> Iterator[PlannedLetter]:
    language = _language_of(read)
    cards = read.families.of(child.id)
    wanted = read.options.persons
    to = [
        one
        for one in recipients(cards, child, read.held, read.rule.sent, language)
        if not wanted or any(person.id in wanted for person in one.persons)
    ]
    if child.id in read.on_hold:
        yield _nobody(read, child, finding=GuardFinding(HOLD, Weight.STOP, f"{HELD}.", child.id, 0, PRACTICE))
    elif not to:
        yield _nobody(read, child, fault="There is no parent to whom this letter may go: look at the contacts.")
    else:
        for one in to:
            yield _letter(read, child, one)


def _language_of(read: _Read) -> Callable[[str], str]:
    """Which language a letter is written in, by what a contact reads: English where there is no such letter."""

    def language(said: str) -> str:
        known = letter_book().language(said) if said.strip() else None
        key = read.options.language or (known.key if known else "en")
        return key if read.own.find(read.rule.key, key) else "en"

    return language


def _nobody(read: _Read, child: Pupil, *, finding: GuardFinding | None = None, fault: str = "") -> PlannedLetter:
    template = _template(read, "en")
    place = read.roll.place(child.id, read.frame.today)
    return PlannedLetter(
        key=f"{child.id}",
        letter=LetterTo(read.rule.key, child.id, (), "", Address(), "en"),
        child=child.name,
        class_name=place.class_name if place else "",
        template=template,
        subject="",
        body="",
        findings=(finding,) if finding else (),
        faults=(fault,) if fault else (),
    )


def _template(read: _Read, language: str) -> Template:
    found = read.own.find(read.rule.key, language) or read.own.find(read.rule.key, "en")
    if found is None:
        raise Refused(f"There is no template of “{read.rule.title}”. Write one first.")
    return found


def _letter(read: _Read, child: Pupil, to: Recipient) -> PlannedLetter:
    tongue = letter_book().languages[to.language]
    template = _template(read, to.language)
    figures = figures_of_pupil(read.context, read.roll, child, read.counted, read.frame.last)
    values = values_for(read.frame, figures, read.marks.get(child.id, ()), to, tongue)
    values = {**values, **_typed_dates(read, tongue)}
    fields = letter_book().fields_of(read.rule)
    text = f"{template.subject}\n{template.body}"

    def said_in(other: Language) -> Mapping[str, str]:
        return values_for(read.frame, figures, (), to, other)

    covers = () if template.word else covers_for(to.persons, to.language, said_in)
    reads = (other_language(one, to.language) for one in to.persons)
    return PlannedLetter(
        key="-".join(str(one) for one in (child.id, *(person.id for person in to.persons))),
        letter=LetterTo(
            kind=read.rule.key,
            pupil=child.id,
            persons=tuple(one.id for one in to.persons),
            names=to.names(tongue.joined),
            address=to.address,
            language=to.language,
            values=values,
        ),
        child=child.name,
        class_name=figures.class_name,
        template=template,
        subject=merge(template.subject, values, right_to_left=tongue.right_to_left),
        body=merge(template.body, values, right_to_left=tongue.right_to_left),
        to=tuple(one.formal_name for one in to.persons),
        findings=_findings(read, child, to, covers),
        faults=tuple(
            f"[{key}] is empty for this child: {_how(key, read.rule)}" for key in empty_fields(text, values, fields)
        ),
        interpreter=to.interpreter,
        reading_needs=to.reading_needs,
        held=to.held,
        reads=tuple(dict.fromkeys(one[0] for one in reads if one)),
        covers=covers,
    )


def _typed_dates(read: _Read, language: Language) -> Mapping[str, str]:
    """Days that were typed as `YYYY-MM-DD`, as the letter's language says them; other words stand as they are."""
    said: dict[str, str] = {}
    for key, value in read.options.values.items():
        if key in DATES:
            try:
                said[key] = letter_date(date.fromisoformat(value.strip()), language)
            except ValueError:
                continue
    return said


def _how(key: str, rule: LetterRule) -> str:
    if key in rule.fields:
        return "fill it in."
    if key in ("school phone", "school email", "head"):
        return "the school’s settings have it."
    return "the record has nothing to say there."


def _findings(read: _Read, child: Pupil, to: Recipient, covers: Sequence[Cover]) -> tuple[GuardFinding, ...]:
    found = [*_of_person(child, to), *language_findings(child.id, to.persons, to.language, covers)]
    if child.leaving_day is not None and child.leaving_day < read.frame.today:
        words = f"{child.name} left on {date_year(child.leaving_day)}. Is this letter still meant?"
        found.append(GuardFinding("left-roll", Weight.ASK, words, child.id))
    ours = {one.key for one in found}
    asked = [one for person in to.persons for one in read.guard(child.id, person.id) if SAME.get(one.key) not in ours]
    why = _left_out(read, child) if read.batch else ""
    if read.batch and not why:
        why = next((one.words.rstrip(".") for one in asked if one.key in ALONE and one.weight is Weight.ASK), "")
    if why:
        words = f"{why}. A batch does not write here unless a named person says why."
        found.append(GuardFinding(BATCH, Weight.ASK, words, child.id, 0, PRACTICE))
    return tuple(dict.fromkeys([*found, *asked]))


def _left_out(read: _Read, child: Pupil) -> str:
    return why_left_out(
        held=False,
        flags=read.flags.get(child.id, ()),
        starting_day=child.starting_day,
        first=read.frame.first,
        possible=read.counted[child.id].possible if child.id in read.counted else 0,
    )


def _of_person(child: Pupil, to: Recipient) -> Iterator[GuardFinding]:
    """What is to be known of whom the letter goes to, before it is sent."""
    person = to.persons[0]
    if to.kept:
        words = f"{person.full_name} is not to be contacted by the school: the contact says so."
        yield GuardFinding("not-contacted", Weight.STOP, words, child.id, person.id, "Practice, point 3")
    if to.held:
        words = "The address is protected and is not printed: whoever may see it addresses the envelope."
        yield GuardFinding("protected", Weight.TELL, words, child.id, person.id, "Practice, point 5")
    elif not to.address.one_line:
        words = "No address is known: hand the letter over, or add the address first."
        yield GuardFinding("no-address", Weight.TELL, words, child.id, person.id)
    for one in to.persons:
        if one.reading_needs.strip():
            words = f"{one.full_name}: {one.reading_needs.strip()}. Tell them what it says, too."
            yield GuardFinding("reading-needs", Weight.TELL, words, child.id, one.id)


def uses(planned: PlannedLetter) -> frozenset[str]:
    """The fields that a planned letter's template uses."""
    return frozenset(fields_in(f"{planned.template.subject}\n{planned.template.body}"))
