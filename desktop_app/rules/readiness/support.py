"""Readiness of support and of the case: Early Help, what was offered, reviews in time, the step reached.

Sources: "Working together to improve school attendance" (support first); the authorities’ own steps and rhythm, which
are data of their packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.domain.bundle import Do, DoAt, Relied
from desktop_app.domain.cases import CaseState, CaseStatus, Moved
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import FlagKind
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.casework.asks import comes_about
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.order import place
from desktop_app.rules.casework.proposals import review_due
from desktop_app.rules.casework.rhythm import Rhythm, rhythm_of
from desktop_app.rules.casework.state import fold, open_case_of, what_of_task
from desktop_app.rules.display import long_date
from desktop_app.rules.readiness.answers import (
    Answered,
    check,
    evidence,
    lately,
    met,
    missing,
    of_entries,
    of_entry,
    since,
    where_written,
)
from desktop_app.rules.readiness.considered import entries_about

EARLY_HELP = "early-help"
OFFERED = "offered"
SUPPORT = (
    EntryKind.SUPPORT,
    EntryKind.EARLY_HELP,
    EntryKind.AGENCY_REFERRAL,
    EntryKind.SUPPORT_PLAN,
    EntryKind.RETURN_PLAN,
    EntryKind.HEALTH_PLAN,
    EntryKind.CONTRACT,
)
"""The kinds by which support is offered."""


def early_help_considered(file: CaseFile, _: Requirement) -> Answered:
    """There is an Early Help Assessment, or it was offered and declined, or it was said why there is none."""
    entries = lately(file, EntryKind.EARLY_HELP)
    answered = [one for one in entries if one.outcome.strip().casefold() != OFFERED]
    if answered:
        return met(f"Early Help: {_said(answered[-1])}", of_entries(entries))
    flag = next((one for one in file.flags if one.kind is FlagKind.EARLY_HELP and one.holds(file.request.on)), None)
    if flag is not None:
        return met(f"Early Help since {long_date(flag.first)}.", [Relied(f"Early Help since {long_date(flag.first)}")])
    reasons = [one for one in entries_about(file, EARLY_HELP) if one.kind is EntryKind.CONSIDERED]
    if reasons:
        return met(f"Why there is none: {_said(reasons[-1])}", of_entries(reasons))
    if entries:
        do = where_written(EntryKind.EARLY_HELP, "Log what the family said to the offer.")
        return check(f"Offered on {long_date(entries[-1].happened_at.date())}, and not answered.", do, [
            of_entry(entries[-1])
        ])  # fmt: skip
    do = where_written(EntryKind.EARLY_HELP, "Offer it and log the answer, or write down why there is none.")
    return missing("Neither an assessment, nor an offer, nor a reason for none is recorded.", do)


def support_offered(file: CaseFile, _: Requirement) -> Answered:
    """Support was offered, whatever the family said to it."""
    found = [one for one in lately(file, *SUPPORT) if comes_about(one)]
    if not found:
        do = where_written(EntryKind.SUPPORT, "Offer what would help, and log it, also where it is declined.")
        return missing(f"No support is recorded since {long_date(since(file))}.", do)
    kinds = ", ".join(dict.fromkeys(one.kind.label.lower() for one in found))
    return met(f"Recorded: {kinds}. Last: {_said(found[-1])}", of_entries(found))


def reviews_on_time(file: CaseFile, _: Requirement) -> Answered:
    """No review of the case is due, and none was held late, by the pack’s rhythm."""
    case = open_case(file)
    if case is None:
        return missing("No case is open.", Do(DoAt.CASE, "Open the case.", "open"))
    if not case.step:
        unsaid = "The case is in no step of the pack yet, so that nothing says when it is reviewed."
        return missing(unsaid, Do(DoAt.CASE, "Bring the case into its step.", "move"))
    rhythm = rhythm_of(file.periods, file.calendar)
    facts = CaseFacts(file.request.on, file.pack.casework, rhythm, case)
    due = review_due(facts, case)
    reviews = [one for one in case.entries if one.kind is EntryKind.REVIEW]
    by = of_entries(reviews)
    do = Do(DoAt.CASE, "Hold the review, and put down what came of it.", "review")
    if due is not None and due < file.request.on and case.status is not CaseStatus.PAUSED:
        return missing(f"The review was due on {long_date(due)} and is not recorded.", do, by)
    late = list(_late(file, case, rhythm))
    if late:
        said = ", ".join(f"{long_date(day)} (due {long_date(owed)})" for day, owed in late)
        return check(f"Held late: {said}.", Do(DoAt.CASE, "Say in the statement why.", "review"), by)
    if due is None and not reviews:
        return met("The step has no review by the pack.")
    return met(f"Next due on {long_date(due)}; none was late." if due else "None was late.", by)


def _late(file: CaseFile, case: CaseState, rhythm: Rhythm) -> Iterator[tuple[date, date]]:
    """Each review that was held after the day set for it: by its task, else by the rhythm of its step."""
    set_for = {task.closed_by: task.due for task in file.tasks if what_of_task(task) == "review"}
    for number, move in enumerate(case.moves):
        after = case.moves[number + 1] if number + 1 < len(case.moves) else None
        start, step = move.since, file.pack.casework.step(move.step)
        for entry in _reviews(case, move, after):
            day = entry.happened_at.date()
            owed = set_for.get(entry.id)
            if owed is None and step is not None and step.review is not None:
                owed = rhythm.due(start, step.review.every, case.pauses)
            if owed is not None and day > owed:
                yield day, owed
            start = day


def _reviews(case: CaseState, move: Moved, after: Moved | None) -> Iterator[Entry]:
    began = (move.entry.happened_at, move.entry.id)
    ends = (after.entry.happened_at, after.entry.id) if after else None
    for one in case.entries:
        at = (one.happened_at, one.id)
        if one.kind is EntryKind.REVIEW and at > began and (ends is None or at < ends):
            yield one


def open_case(file: CaseFile) -> CaseState | None:
    """The case of the child that is worked on the day."""
    return open_case_of(fold(evidence(file), file.tasks))


def step_reached(file: CaseFile, requirement: Requirement) -> Answered:
    """The case came into the step or level, or into a later one."""
    wanted, casework = requirement.params["step"], file.pack.casework
    names = {
        one.key
        for level in casework.levels
        for one in level.steps
        if wanted in (level.key, one.key, one.key.partition(".")[2], one.key.replace(".", "-"))
    }
    case = open_case(file)
    if case is None:
        return missing("No case is open.", Do(DoAt.CASE, "Open the case.", "open"))
    begins = min((place(casework, one) for one in names), default=len(casework.steps))
    reached = [one for one in case.moves if one.step in names or place(casework, one.step) > begins]
    if reached:
        says = f"{_title(file, reached[0].step)} since {long_date(reached[0].since)}."
        return met(says, of_entries([reached[0].entry]))
    now = f"It stands in {_title(file, case.step)}." if case.step else "It is in no step yet."
    do = Do(DoAt.CASE, "Do what the present step asks, and move the case.", "move")
    return missing(now, do, of_entries([one.entry for one in case.moves[-1:]]))


def _title(file: CaseFile, step: str) -> str:
    found = file.pack.casework.step(step)
    return found.title if found is not None else step


def _said(entry: Entry) -> str:
    words = " ".join((f"{entry.outcome}. {entry.note}" if entry.note else entry.outcome).split())
    words = f"{long_date(entry.happened_at.date())}, {words}"
    return words if words.endswith((".", "…", "!", "?")) else f"{words}."
