"""What comes next for a child, with the sentence that says why and where that stands. A person decides.

The pack’s order decides: asks of the step, its review, its longest stay, the triggers that open other steps, and
whether attendance is better than before. Nothing is proposed that the pack has not. Of several triggers met the gravest
leads, and a penalty never comes before help that is asked for at the same time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from desktop_app.domain.cases import CaseState, CaseStatus, Proposal, ProposalKind, task_kind
from desktop_app.domain.casework import SCHOOLS_CHOICE, CaseStep, Casework, Level, Measure, Service, Stay
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.triggers import Trigger
from desktop_app.rules.casework.asks import Asked, asked, met_for_review, unmet
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.gravity import PENALTY, USUAL, gravest_first, gravity
from desktop_app.rules.casework.order import entered, is_up, kept_from, offered, place, reachable
from desktop_app.rules.casework.working import Verdict, Working, working
from desktop_app.rules.display import date_year, percent

ORDER = (
    ProposalKind.RESUME,
    ProposalKind.OPEN,
    ProposalKind.MOVE_UP,
    ProposalKind.DO,
    ProposalKind.REVIEW,
    ProposalKind.MOVE_DOWN,
    ProposalKind.CLOSE,
    ProposalKind.CONSIDER,
)

NOW = (ProposalKind.OPEN, ProposalKind.MOVE_UP)
"""What is proposed for today, where no day is set."""


def proposals(facts: CaseFacts) -> tuple[Proposal, ...]:
    """What comes next, by its day, the late first; what was done comes last. A trigger that is met is of today, and
    what must be done and has no day is of the day on which the step is next looked at. A case is opened on the gravest
    trigger, and goes up once what must be done before is done: to the step of the gravest first."""
    case = facts.case
    if case is None:
        found = list(_opening(facts))
    elif case.status is CaseStatus.PAUSED:
        found = list(_resuming(facts, case))
    elif case.status is CaseStatus.CLOSED:
        found = []
    else:
        found = list(_running(facts, case))
    looked_at = [one for one in (review_due(facts, case), stay_due(facts, case)) if one] if case else []
    order = _Order(facts, found, min(looked_at, default=date.max))
    return tuple(sorted(found, key=order.of))


def next_of(found: tuple[Proposal, ...]) -> Proposal | None:
    """The first of them that is not done."""
    return next((one for one in found if one.done is None), None)


def review_due(facts: CaseFacts, case: CaseState) -> date | None:
    """The day of the next review: of its task where one is set, else by the pack’s rhythm; None: the step has none."""
    tasks = [one.due for one in case.tasks if one.kind == task_kind(case.id, "review")]
    if tasks:
        return min(tasks)
    step = facts.casework.step(case.step)
    if step is None or step.review is None:
        return None
    start = max([case.since, *(one.happened_at.date() for one in case.reviews)])
    return facts.rhythm.due(start, step.review.every, case.pauses)


def stay_due(facts: CaseFacts, case: CaseState) -> date | None:
    """The day on which the longest stay in the step, or in its level, is over; None: the pack sets none."""
    found = longest_stay(facts, case)
    return found.due if found else None


class LongestStay(NamedTuple):
    """The longest stay that ends first: when, what it is of in words, since when, and the pack's rule."""

    due: date
    title: str
    since: date
    stay: Stay


def longest_stay(facts: CaseFacts, case: CaseState) -> LongestStay | None:
    """Of the longest stay in the step and that in its level, the one that ends first; None: the pack sets neither."""
    step, level = facts.casework.step(case.step), facts.casework.level_of(case.step)
    found: list[LongestStay] = []
    if step is not None and step.stay is not None:
        due = facts.rhythm.due(case.since, step.stay.longest, case.pauses)
        found.append(LongestStay(due, step.title, case.since, step.stay))
    if level is not None and level.stay is not None:
        since = _since_in(level, case)
        due = facts.rhythm.due(since, level.stay.longest, case.pauses)
        found.append(LongestStay(due, level.title, since, level.stay))
    return min(found, key=lambda one: one.due, default=None)


def _since_in(level: Level, case: CaseState) -> date:
    """The first day in any step of the level, however often the case has moved within it since."""
    keys = {one.key for one in level.steps}
    since = case.since
    for one in reversed(case.moves):
        if one.step not in keys:
            break
        since = one.since
    return since


class _Order:
    """Where each thing stands among those found. All ways up stand together, behind the last that must be done."""

    def __init__(self, facts: CaseFacts, found: list[Proposal], looked_at: date) -> None:
        self._on, self._looked_at = facts.on, looked_at
        self._grave = {one.key: gravity(one.kind) for one in facts.triggers}
        asked_for = [self._day(one) for one in found if one.must and one.done is None]
        ups = [self._day(one) for one in found if one.kind is ProposalKind.MOVE_UP]
        self._up = max([min(ups, default=date.max), *asked_for])

    def of(self, one: Proposal) -> tuple[bool, date, bool, int, int]:
        """What it is sorted by."""
        day = self._up if one.kind is ProposalKind.MOVE_UP else self._day(one)
        grave = self._grave.get(one.trigger, USUAL) if one.kind in (*NOW, ProposalKind.CONSIDER) else 0
        return one.done is not None, day, not one.must, ORDER.index(one.kind), -grave

    def _day(self, one: Proposal) -> date:
        if one.kind is ProposalKind.OPEN:
            return self._on
        return one.due or (self._on if one.kind in NOW else self._looked_at if one.must else date.max)


def _opening(facts: CaseFacts) -> Iterator[Proposal]:
    met_here = [
        (step, trigger)
        for step in facts.casework.steps
        if _has(facts, step) and (not step.after or step.urgent)
        for trigger in _opened_by(facts, step)
    ]
    help_due = any(trigger.kind not in PENALTY and not step.after for step, trigger in met_here)
    for step, trigger in met_here:
        if step.after or (trigger.kind in PENALTY and help_due):
            yield _of_trigger(ProposalKind.CONSIDER, f"Consider {step.title}", step, trigger)
        else:
            yield _of_trigger(ProposalKind.OPEN, f"Open a case: {step.title}", step, trigger)


def _resuming(facts: CaseFacts, case: CaseState) -> Iterator[Proposal]:
    pause = case.pauses[-1]
    over = facts.on > pause.until
    ends = "ended" if over else "ends"
    yield Proposal(
        ProposalKind.RESUME,
        "Take the case up again",
        f"Paused since {date_year(pause.since)}: {pause.reason.rstrip('.')}. The pause {ends} on "
        f"{date_year(pause.until)}.",
        _pause_source(facts, pause.entry.details.get("pause", "")),
        case.step,
        due=facts.rhythm.on_school_day(pause.since, pause.until),
        entry_kind=EntryKind.CASE_RESUMED.value,
    )


def _pause_source(facts: CaseFacts, key: str) -> str:
    return next((one.source for one in facts.casework.pauses if one.key == key), SCHOOLS_CHOICE)


def _running(facts: CaseFacts, case: CaseState) -> Iterator[Proposal]:
    step = facts.casework.step(case.step)
    if step is None:
        yield from _opening(facts)
        return
    how = working(facts.course, case.since, facts.on)
    things = asked(facts, case, step)
    yield from (_asked(step, one, facts.on) for one in things)
    yield from _reviewing(facts, case, step)
    up = list(_going_up(facts, case, step, how))
    yield from up
    taken = {one.step for one in up}
    yield from _by_triggers(facts, case, step, taken)
    yield from _going_down(facts, case, step, how)
    if up:
        yield from _besides(facts, case, step, taken)


def _asked(step: CaseStep, one: Asked, on: date) -> Proposal:
    ask = one.ask
    kind = ProposalKind.CONSIDER if ask.kind == EntryKind.CONSIDERED else ProposalKind.DO
    return Proposal(
        kind, ask.title, _asked_words(step, one, on), ask.source, step.key, one.due, ask.key, ask.kind, ask.meeting,
        ask.who.value, ask.must, one.done,
    )  # fmt: skip


def _asked_words(step: CaseStep, one: Asked, on: date) -> str:
    if one.done is not None:
        return f"Done on {date_year(one.done.happened_at.date())}: {one.done.outcome.rstrip('.')}."
    of = f" Still to do with {_names(one.missing)}." if one.missing else ""
    what = f" {one.ask.what}" if one.ask.what else ""
    if one.due is None:
        return f"{step.title} asks for it.{of}{what}"
    when = "was due on" if one.due < on else "is due on"
    return f"{step.title} asks for it; it {when} {date_year(one.due)}.{of}{what}"


def _names(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _reviewing(facts: CaseFacts, case: CaseState, step: CaseStep) -> Iterator[Proposal]:
    due = review_due(facts, case)
    if due is None:
        return
    last = case.reviews[-1].happened_at.date() if case.reviews else None
    words = f"Last reviewed on {date_year(last)}" if last else f"In {step.title} since {date_year(case.since)}"
    when = "was due on" if due < facts.on else "is due on"
    source, meeting = SCHOOLS_CHOICE, ""
    if step.review is not None:
        source, meeting = step.review.every.source, step.review.meeting
    before = ""
    if meeting and met_for_review(facts.entries, meeting, case) is None:
        rule = facts.casework.meeting(meeting)
        before = f" It is held in the meeting: {rule.title if rule else meeting}."
    yield Proposal(
        ProposalKind.REVIEW, f"Review {step.title}", f"{words}; the review {when} {date_year(due)}.{before}", source,
        step.key, due, entry_kind=EntryKind.REVIEW.value, meeting=meeting, who=step.lead,
    )  # fmt: skip


def _going_up(facts: CaseFacts, case: CaseState, step: CaseStep, how: Working) -> Iterator[Proposal]:
    """The longest stay is over; or a review found after less that it is no better. Where there is nothing to say yet,
    and where attendance is a little better and still not good, the pack’s stay decides."""
    if how.verdict is Verdict.BETTER and _is_good(facts, how):
        return
    over = longest_stay(facts, case)
    if over is not None and facts.on >= over.due:
        to = facts.casework.step(over.stay.then)
        if to is not None and _has(facts, to):
            ends = "is" if over.due == facts.on else "was"
            says = f"In {over.title} since {date_year(over.since)}; the longest stay {ends} over on"
            says = f"{says} {date_year(over.due)}. {how.says}"
            yield _up(facts, case, step, to, says, over.stay.longest.source, over.due)
            return
    if case.reviews and how.verdict in (Verdict.SAME, Verdict.WORSE):
        to = _next_up(facts, step)
        if to is not None:
            held = date_year(case.reviews[-1].happened_at.date())
            yield _up(facts, case, step, to, f"Reviewed on {held}. {how.says}", to.source, None)


def _is_good(facts: CaseFacts, how: Working) -> bool:
    """Whether attendance has lately been what the pack calls good."""
    return how.lately.rate is not None and how.lately.rate >= facts.good


def _has(facts: CaseFacts, step: CaseStep) -> bool:
    """Whether the school has the step: by the service it has bought, and by its type."""
    return offered(step, facts.service) and not kept_from(step, facts.kept_from)


def _next_up(facts: CaseFacts, step: CaseStep) -> CaseStep | None:
    """The likeliest step upwards that this school has."""
    for key in step.next:
        to = facts.casework.step(key)
        if to is not None and _has(facts, to) and is_up(facts.casework, step.key, key):
            return to
    return None


def _up(
    facts: CaseFacts, case: CaseState, step: CaseStep, to: CaseStep, says: str, source: str, due: date | None
) -> Proposal:
    left = unmet(facts, case, step)
    if left:
        says += f" Still to do before: {'; '.join(one.ask.title for one in left)}."
    kind = ProposalKind.MOVE_UP if is_up(facts.casework, step.key, to.key) else ProposalKind.MOVE_DOWN
    verb = "Move up to" if kind is ProposalKind.MOVE_UP else "Move to"
    return Proposal(
        kind, f"{verb} {to.title}", says, source, to.key, due, entry_kind=EntryKind.CASE_MOVED.value, who=to.who.value
    )


def asked_triggers(casework: Casework, case: CaseState | None, service: Service | None) -> frozenset[str]:
    """The keys of the triggers on which anything would be proposed of such a case: nobody need look for the others."""
    if case is not None and case.status is not CaseStatus.OPEN:
        return frozenset()
    step = casework.step(case.step) if case else None
    if case is None or step is None:
        return frozenset(key for one in casework.steps if offered(one, service) for key in one.opens)
    return frozenset(key for to, _ in _above(casework, case, step, service) for key in to.opens)


def _above(
    casework: Casework, case: CaseState, step: CaseStep, service: Service | None
) -> Iterator[tuple[CaseStep, bool]]:
    """The steps above into which a case may come, and whether in order: they come next, or are urgent."""
    been = entered(case)
    for to in casework.steps:
        if to.key not in been and is_up(casework, step.key, to.key) and offered(to, service):
            in_order = reachable(casework, to, step, been)
            if in_order or to.urgent:
                yield to, in_order


def _by_triggers(facts: CaseFacts, case: CaseState, step: CaseStep, taken: set[str]) -> Iterator[Proposal]:
    """Steps above, on a trigger that is met: proposed where they come next, and to be considered where the step may
    be entered out of order as the risk grows, and where it is a penalty beside help that comes next as well."""
    above = [
        (to, next_one, trigger)
        for to, next_one in _above(facts.casework, case, step, facts.service)
        if to.key not in taken and _has(facts, to)
        for trigger in _opened_by(facts, to)
    ]
    help_due = any(next_one and trigger.kind not in PENALTY for _, next_one, trigger in above)
    for to, next_one, trigger in above:
        taken.add(to.key)
        if next_one and not (trigger.kind in PENALTY and help_due):
            yield _of_trigger(ProposalKind.MOVE_UP, f"Move up to {to.title}", to, trigger)
        else:
            yield _of_trigger(ProposalKind.CONSIDER, f"Consider {to.title}", to, trigger)


def _besides(facts: CaseFacts, case: CaseState, step: CaseStep, taken: set[str]) -> Iterator[Proposal]:
    """The other ways up from a step that did not do."""
    for key in step.next:
        to = facts.casework.step(key)
        if to is None or key in taken or not _has(facts, to) or key in entered(case):
            continue
        if is_up(facts.casework, step.key, key):
            says = f"It may follow {step.title}, where it fits better."
            yield Proposal(ProposalKind.CONSIDER, f"Consider {to.title}", says, to.source, to.key, who=to.who.value)


def _going_down(facts: CaseFacts, case: CaseState, step: CaseStep, how: Working) -> Iterator[Proposal]:
    if how.verdict is Verdict.TOO_EARLY or how.lately.rate is None:
        return
    if how.verdict is Verdict.BETTER:
        lower = [one for one in case.moves if 0 <= place(facts.casework, one.step) < place(facts.casework, step.key)]
        to = facts.casework.step(lower[-1].step) if lower else None
        if to is not None and _has(facts, to):
            yield Proposal(
                ProposalKind.MOVE_DOWN, f"Move down to {to.title}", how.says, to.source, to.key,
                entry_kind=EntryKind.CASE_MOVED.value, who=to.who.value,
            )  # fmt: skip
    if _is_good(facts, how) and why_not_close(facts) is None:
        says = (
            f"Attendance was {percent(how.lately.rate)} in the last four weeks of school. Close the case, and say what "
            "changed."
        )
        rule = facts.casework.close
        yield Proposal(
            ProposalKind.CLOSE, "Close the case", says, rule.source if rule else SCHOOLS_CHOICE, step.key,
            entry_kind=EntryKind.CASE_CLOSED.value,
        )  # fmt: skip


def why_not_close(facts: CaseFacts) -> str | None:
    """Why the pack has the case not closed now, in its words; None where it may be."""
    rule = facts.casework.close
    if rule is None:
        return None
    holds = facts.severe if rule.not_while is Measure.SEVERE else facts.persistent
    return rule.words if holds else None


def _opened_by(facts: CaseFacts, step: CaseStep) -> tuple[Trigger, ...]:
    """The gravest trigger met on which the step is entered, alone; empty where none is. No penalty is thought of where
    the school cannot ask for one."""
    no_penalty = EntryKind.PENALTY_NOTICE in facts.kept_from
    found = [one for one in facts.triggers if one.key in step.opens and not (no_penalty and one.kind in PENALTY)]
    return gravest_first(found)[:1]


def _of_trigger(kind: ProposalKind, title: str, step: CaseStep, trigger: Trigger) -> Proposal:
    entry = EntryKind.CASE_OPENED if kind is ProposalKind.OPEN else EntryKind.CASE_MOVED
    return Proposal(
        kind, title, trigger.says, step.source, step.key, trigger.due, entry_kind=entry.value, who=step.who.value,
        trigger=trigger.key,
    )  # fmt: skip
