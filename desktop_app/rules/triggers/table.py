"""The rules by the names that the rulebook gives them, and the triggers of one child."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.triggers import Trigger, TriggerSpec
from desktop_app.rules.triggers import dates, holidays, illness, runs, shares, windows
from desktop_app.rules.triggers.facts import Met, Watched

Work = Callable[[Watched, TriggerSpec], Iterator[Met]]
Test = Callable[[Watched, TriggerSpec], bool]


class Facts(StrEnum):
    """What a rule has to be handed besides the child: what costs a reading is asked for only where it is needed."""

    MARKS = "marks"
    """The marks other than plain presence: of the school year, and of ten school weeks before the day."""
    FIGURES = "figures"
    ENTRIES = "entries"
    OPEN_N = "open-n"
    EARLIER = "earlier"
    """The marks before those, of the children for whom the cheap test holds."""
    EVERY = "every"
    """Every mark of the school year, of the children for whom the cheap test holds."""
    BEFORE = "before"
    """Whether the child attended in an earlier school year, of those of them who started in one."""


class Rule(NamedTuple):
    """A rule, the facts it needs, and a cheap test that is true wherever the rule could find something. `leavers`: it
    is told of those too who have left, an N to settle or a return still to send. `each` tells of every month or
    spell there was, whatever was decided, where `work` stops at the first that waits."""

    work: Work
    facts: frozenset[Facts]
    may: Test | None = None
    decidable: bool = True
    leavers: bool = False
    each: Work | None = None


def _needs(*facts: Facts) -> frozenset[Facts]:
    return frozenset(facts)


MARKS, EARLIER, FIGURES, EVERY = Facts.MARKS, Facts.EARLIER, Facts.FIGURES, Facts.EVERY
_SHARE = _needs(FIGURES, EVERY)

RULES: Mapping[str, Rule] = {
    "reason-open": Rule(windows.reason_open, _needs(Facts.OPEN_N), decidable=False, leavers=True),
    "penalty-window": Rule(windows.penalty_window, _needs(MARKS, EARLIER), windows.may_fill),
    "monthly-window": Rule(
        windows.monthly_window, _needs(MARKS, EARLIER), windows.may_fill, leavers=True, each=windows.each_monthly_window
    ),
    "days-in-a-row": Rule(runs.days_in_a_row, _needs(MARKS, EARLIER), runs.may_run),
    "absent-without-leave": Rule(runs.absent_without_leave, _needs(MARKS, EARLIER, EVERY), runs.may_be_deleted),
    "monthly-days-in-a-row": Rule(
        runs.monthly_days_in_a_row,
        _needs(MARKS, EARLIER),
        runs.may_run_in_month,
        leavers=True,
        each=runs.each_month_of_days_in_a_row,
    ),
    "illness": Rule(
        illness.illness,
        _needs(MARKS, Facts.ENTRIES, EVERY),
        illness.may_be_ill,
        leavers=True,
        each=illness.each_illness,
    ),
    "no-contact": Rule(runs.no_contact, _needs(MARKS, EARLIER, Facts.ENTRIES), runs.may_run),
    "persistent": Rule(shares.persistent, _SHARE, shares.may_be_persistent),
    "severe": Rule(shares.severe, _SHARE, shares.may_be_severe),
    "at-most": Rule(shares.at_most, _SHARE, shares.may_be_at_most),
    "below": Rule(shares.below, _SHARE, shares.may_be_below),
    "flagged-below": Rule(shares.flagged_below, _SHARE, shares.may_be_flagged_below),
    "no-improvement": Rule(shares.no_improvement, _SHARE, shares.may_be_below),
    "holiday": Rule(holidays.holiday, _needs(MARKS, Facts.ENTRIES), holidays.may_be_away),
    "not-arrived": Rule(runs.not_arrived, _needs(MARKS, FIGURES, EARLIER, Facts.BEFORE), runs.may_not_have_arrived),
    "after-leave": Rule(runs.after_leave, _needs(MARKS, EARLIER), runs.may_follow_leave),
    "ehcp-falling": Rule(shares.ehcp_falling, _needs(EVERY), shares.may_fall),
    "timetable-ends": Rule(dates.timetable_ends, frozenset()),
    "age-changes": Rule(dates.age_changes, frozenset()),
    "new-pupil": Rule(dates.new_pupil, _needs(Facts.ENTRIES), dates.may_be_new, leavers=True),
    "task-due": Rule(dates.task_due, frozenset(), decidable=False),
}
"""Every rule about a child that a trigger may name. `register-missing` is about a class, and `band-crossed` is told by
who tells of bands: neither is here."""


def may_be(child: Watched, specs: Iterable[TriggerSpec]) -> list[TriggerSpec]:
    """Those of the triggers that the cheap tests do not rule out."""
    found: list[TriggerSpec] = []
    for spec in specs:
        rule = RULES[spec.rule]
        if (rule.leavers or not child.gone) and (rule.may is None or rule.may(child, spec)):
            found.append(spec)
    return found


def triggers_of(child: Watched, specs: Iterable[TriggerSpec]) -> list[Trigger]:
    """The triggers of a child on its day, without those of which something was decided since."""
    found: list[Trigger] = []
    for spec in specs:
        rule = RULES[spec.rule]
        for met in rule.work(child, spec):
            if rule.decidable and child.decided(spec.key, met.decided_from or met.since, met.month):
                continue
            found.append(trigger(child, spec, met))
    return found


def each_of(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Whatever a rule tells of a child, of every month and every spell, whatever was decided."""
    rule = RULES[spec.rule]
    yield from (rule.each or rule.work)(child, spec)


def trigger(child: Watched, spec: TriggerSpec, met: Met) -> Trigger:
    """A trigger met, as it is shown."""
    return Trigger(
        kind=spec.kind,
        key=spec.key,
        title=spec.title,
        pupil=child.pupil.id,
        since=met.since,
        due=met.due,
        says=met.says,
        source=spec.source,
        sessions=met.sessions,
        provisional=met.provisional,
        class_name=child.class_name,
    )


def facts_of(specs: Sequence[TriggerSpec]) -> frozenset[Facts]:
    """All the facts that some triggers need."""
    return frozenset[Facts]().union(*(RULES[spec.rule].facts for spec in specs if spec.rule in RULES))
