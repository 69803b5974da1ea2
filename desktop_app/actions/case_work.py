"""Work on a case: pausing it, what each person says, tasks with owner and day, what was done, and its reviews."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.case_deeds import (
    check_staff,
    close_tasks,
    details_of,
    happened,
    put_review_task,
    said,
    touched,
    worked,
)
from desktop_app.actions.case_reading import OpenCase
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.cases import ASK, STEP, Voice, task_kind
from desktop_app.domain.casework import PauseRule
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.casework.asks import met_for_review
from desktop_app.rules.casework.resting import PAUSED_FOR, rests_until
from desktop_app.rules.casework.state import AREA, PERSON, REASON, UNTIL, VOICE
from desktop_app.rules.display import date_year

SAID = (EntryKind.BARRIER, EntryKind.STRENGTH, EntryKind.VIEWS)


@needs(Right.WRITE_CASE)
def pause(
    context: Context, case: int, reason: str, until: date, *, note: str = "", on: date | None = None
) -> tuple[int, Changes]:
    """Pause a case until a day; the entry. `reason` is the key of one of the pack's pauses or, where it has none of
    that key, words. Raises `Refused` without an end, and for one that is longer than the pack lets, with those before
    it for the same reason."""
    why = said(reason)
    if not why:
        raise Refused("Say why the case is paused.")
    with context.store.writing(context.deed("pause case", why)) as writing:
        here = worked(context, writing, case)
        moment = happened(context.now(), on, here.state)
        day = moment.date()
        if until <= day:
            raise Refused(f"A pause ends on a later day than {date_year(day)}: give the day on which it is looked at.")
        rule = next((one for one in here.pack.casework.pauses if one.key == why), None)
        words = rule.title if rule else why
        _check_rest(here, rule, words, day, until)
        details = details_of(here, {PAUSED_FOR: rule.key if rule else "", REASON: words, UNTIL: until.isoformat()})
        new = NewEntry(
            EntryKind.CASE_PAUSED, moment, (here.state.pupil,), f"Paused: {words}", note=note.strip(), details=details
        )
        entry = writing.entries.add(new)
        close_tasks(writing, here.state, entry, ("review",))
        due = here.rhythm.on_school_day(day, until)
        text = f"Take the case up again: paused for {words}"
        writing.book.put(Task(0, here.state.pupil, task_kind(case, "resume"), due, here.state.lead or None, text))
    return entry, touched(here.state.pupil)


@needs(Right.WRITE_CASE)
def resume(context: Context, case: int, note: str = "", *, on: date | None = None) -> tuple[int, Changes]:
    """Take a paused case up again; the entry. The days of the pause do not count for review and longest stay."""
    with context.store.writing(context.deed("resume case")) as writing:
        here = worked(context, writing, case, paused=True)
        if not here.state.pauses or here.state.pauses[-1].ended is not None:
            raise Refused("The case is not paused.")
        moment, details = happened(context.now(), on, here.state), details_of(here, {})
        new = NewEntry(
            EntryKind.CASE_RESUMED, moment, (here.state.pupil,), "Taken up again", note=note.strip(), details=details
        )
        entry = writing.entries.add(new)
        close_tasks(writing, here.state, entry, ("resume",))
        put_review_task(context, writing, case)
    return entry, touched(here.state.pupil)


@needs(Right.WRITE_CASE)
def say(
    context: Context,
    case: int,
    kind: EntryKind,
    words: str,
    *,
    voice: Voice,
    person: int = 0,
    area: str = "",
    on: date | None = None,
) -> tuple[int, Changes]:
    """Keep what somebody says: a barrier (with the key of its `area`), a strength, or views; the entry. One voice each:
    the pupil's, one parent's (`person`), or the school's."""
    text = words.strip()
    if kind not in SAID:
        raise Refused("Choose a barrier, a strength or what somebody thinks of it.")
    if not text:
        raise Refused("Write down what was said.")
    areas = context.rulebook.kinds.barriers
    if kind is EntryKind.BARRIER and area not in {one.key for one in areas}:
        raise Refused(f"Choose what the barrier is about: {', '.join(one.title for one in areas)}.")
    with context.store.writing(context.deed(f"say {kind.value}")) as writing:
        here = worked(context, writing, case, paused=True)
        if (voice is Voice.PARENT) != bool(person) or (person and person not in here.parents):
            raise Refused(
                "Say which parent says so, each by themselves; what the pupil or the school says has no parent."
            )
        title = next((one.title for one in areas if one.key == area), "")
        whose = here.parents[person] if person else {Voice.PUPIL: "The pupil", Voice.SCHOOL: "The school"}[voice]
        outcome = f"{whose}: {title}" if kind is EntryKind.BARRIER else whose
        details = details_of(here, {VOICE: voice.value, PERSON: str(person) if person else "", AREA: area})
        persons = (person,) if person else ()
        new = NewEntry(
            kind, happened(context.now(), on), (here.state.pupil,), outcome, persons=persons, note=text, details=details
        )
        entry = writing.entries.add(new)
    return entry, Changes(entries=True, pupils=frozenset({here.state.pupil}))


@needs(Right.WRITE_CASE)
def add_task(
    context: Context, case: int, text: str, due: date, *, owner: int = 0, what: str = "plan"
) -> tuple[int, Changes]:
    """Give somebody something to do for a case by a day; the task's number. `what`: `plan`, `ask.KEY`, `chase` or
    `meeting`."""
    words = said(text)
    if not words:
        raise Refused("Say what is to be done.")
    if due < context.today():
        raise Refused("That day is over: give one that is to come.")
    if what not in ("plan", "chase", "meeting") and not what.startswith("ask."):
        raise Refused("A task of a case is of its plan, of an ask, a chase or a meeting.")
    with context.store.writing(context.deed("add task")) as writing:
        here = worked(context, writing, case, paused=True)
        check_staff(writing.book, owner)
        task = writing.book.put(Task(0, here.state.pupil, task_kind(case, what), due, owner or None, words))
    return task, Changes(book=True, pupils=frozenset({here.state.pupil}))


@needs(Right.WRITE_CASE)
def ask_done(
    context: Context, case: int, ask: str, outcome: str, *, persons: tuple[int, ...] = (), on: date | None = None
) -> tuple[int, Changes]:
    """Say that something the step asks for was done, where no entry tells; the entry. Its task is closed with it."""
    came = said(outcome)
    if not came:
        raise Refused("Say what came of it.")
    with context.store.writing(context.deed("ask done")) as writing:
        here = worked(context, writing, case)
        known = next((one for one in here.step.asks if one.key == ask), None) if here.step else None
        if known is None:
            raise Refused("The step the case is in does not ask for that.")
        if not set(persons) <= set(here.parents):
            raise Refused("That person is not a parent of the pupil.")
        details = details_of(here, {STEP: here.state.step, ASK: ask})
        moment = happened(context.now(), on, here.state)
        new = NewEntry(
            EntryKind.SEEN_TO, moment, (here.state.pupil,), came, persons=persons, note=known.title, details=details
        )
        entry = writing.entries.add(new)
        close_tasks(writing, here.state, entry, (f"ask.{ask}",))
    return entry, touched(here.state.pupil)


@needs(Right.WRITE_CASE)
def review(
    context: Context, case: int, outcome: str, *, note: str = "", next_due: date | None = None, on: date | None = None
) -> tuple[int, Changes]:
    """Record a review of the step, with what came of it; the entry. The next is set by the pack's rhythm, or to
    `next_due`, and its task made. Refused before the meeting in which the pack has it held."""
    came = said(outcome)
    if not came:
        raise Refused("Say what came of the review.")
    with context.store.writing(context.deed("review case")) as writing:
        here = worked(context, writing, case)
        moment = happened(context.now(), on, here.state)
        _check_meeting(here, moment.date())
        if next_due is not None and next_due <= moment.date():
            raise Refused("The next review is on a later day than this one.")
        details = details_of(here, {STEP: here.state.step})
        new = NewEntry(EntryKind.REVIEW, moment, (here.state.pupil,), came, note=note.strip(), details=details)
        entry = writing.entries.add(new)
        close_tasks(writing, here.state, entry, ("review",))
        put_review_task(context, writing, case, next_due)
    return entry, touched(here.state.pupil)


def _check_rest(here: OpenCase, rule: PauseRule | None, words: str, day: date, until: date) -> None:
    most, before = rests_until(here.pack.casework, here.rhythm, here.state.pauses, rule, day)
    if until <= most:
        return
    if most <= day:
        raise Refused(f"The case has rested for {words} as long as it may: work it, or close it with what changed.")
    counted = ", with the pauses before it" if before else ""
    raise Refused(f"A pause for {words} lasts until {date_year(most)} at most{counted}: give an earlier day.")


def _check_meeting(here: OpenCase, day: date) -> None:
    rule = here.step.review if here.step else None
    if rule is None or not rule.meeting:
        return
    held = [one for one in here.entries if one.happened_at.date() <= day]
    if met_for_review(held, rule.meeting, here.state) is None:
        known = here.pack.casework.meeting(rule.meeting)
        title = known.title if known else rule.meeting
        raise Refused(f"This review is held in the meeting “{title}”: log that meeting first, then the review.")
