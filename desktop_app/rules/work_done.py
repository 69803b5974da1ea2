"""What was done about attendance, counted without names, and what attendance was before and after.

Source: AfC and the DfE’s guidance ask governors to see what was done and whether it worked. What followed a step is not
all its doing: attendance that was at its worst often rises by itself, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark
from desktop_app.rules.chronology import sealed
from desktop_app.rules.figures import figures_of, total

COUNTED = {
    EntryKind.PHONE_CALL: "Phone calls",
    EntryKind.TEXT: "Text messages",
    EntryKind.EMAIL: "E-mails",
    EntryKind.LETTER: "Letters",
    EntryKind.MEETING: "Meetings",
    EntryKind.HOME_VISIT: "Home visits",
    EntryKind.TARGET: "Targets set",
    EntryKind.REVIEW: "Reviews held",
    EntryKind.CASE_OPENED: "Cases opened",
}
STEPS = (EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT)
"""What counts as an intervention: more than the call on the first day."""


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One kind of what was done: how often, and about how many pupils."""

    title: str
    times: int
    pupils: int


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The attendance of those with an intervention, in the school days before and after the first one."""

    pupils: int
    before: Figures
    after: Figures


def open_entries(entries: Iterable[Entry], first: date, last: date) -> list[Entry]:
    """The entries of those days that anybody who reads the log may read, and that still stand."""
    every = list(entries)
    by_id = {one.id: one for one in every}
    return [
        one
        for one in every
        if one.withdrawn is None and first <= one.happened_at.date() <= last and not sealed(one, by_id)
    ]


def work_done(entries: Iterable[Entry]) -> tuple[WorkLine, ...]:
    """How often each kind of thing was done, and about how many pupils; kinds that were not are left out."""
    every = list(entries)
    lines: list[WorkLine] = []
    for kind, title in COUNTED.items():
        of = [one for one in every if one.kind is kind]
        if of:
            lines.append(WorkLine(title, len(of), len({pupil for one in of for pupil in one.pupils})))
    return tuple(lines)


def first_steps(entries: Iterable[Entry]) -> dict[int, date]:
    """By pupil, the day of the first intervention."""
    found: dict[int, date] = {}
    for one in sorted(entries, key=lambda entry: entry.happened_at):
        if one.kind in STEPS:
            for pupil in one.pupils:
                found.setdefault(pupil, one.happened_at.date())
    return found


def before_after(
    stretches: Mapping[int, tuple[tuple[date, date], tuple[date, date]]],
    marks: Iterable[Mark],
    codes: Mapping[str, Code],
    counts: Callable[[Mark], bool],
) -> BeforeAfter:
    """The figures of both sides together, of the pupils of whom some session was possible on each. `counts` says
    whether a mark stands where a session was expected."""
    tallies: dict[int, tuple[dict[str, int], dict[str, int]]] = {key: ({}, {}) for key in stretches}
    for mark in marks:
        for (first, last), tally in zip(stretches.get(mark.pupil, ()), tallies.get(mark.pupil, ()), strict=True):
            if first <= mark.day <= last and counts(mark):
                tally[mark.code] = tally.get(mark.code, 0) + 1
    both = [tuple(figures_of(side, 0, codes) for side in pair) for pair in tallies.values()]
    there = [(before, after) for before, after in both if before.possible and after.possible]
    return BeforeAfter(len(there), total(one for one, _ in there), total(one for _, one in there))
