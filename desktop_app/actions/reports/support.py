"""What the lists of children who need support have in common: figures, flags, what was done last and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.reports.counted import Rows, seen_rows, some_rows
from desktop_app.actions.reports.frame import Frame
from desktop_app.actions.reports.named import (
    attendance,
    change,
    done_words,
    entries_of,
    flag_list,
    flags_on,
    latest,
)
from desktop_app.actions.watching import due
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind
from desktop_app.domain.report import ReportColumn, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.triggers import Trigger, TriggerKind
from desktop_app.rules.crossings import too_early
from desktop_app.rules.display import due_words, short_date
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.groups import SOCIAL_CARE

WEEKS = 3
FORMAL = frozenset({
    TriggerKind.PENALTY_THRESHOLD,
    TriggerKind.CONTINUOUS_ABSENCE,
    TriggerKind.ATTENDANCE_RETURN,
    TriggerKind.SICKNESS_RETURN,
    TriggerKind.NEGLECT_FACTOR,
    TriggerKind.NO_IMPROVEMENT,
    TriggerKind.LONG_ABSENCE,
    TriggerKind.EHCP_FALLING,
})  # fmt: skip
"""The triggers that belong before others than the school."""
TOLD_ELSEWHERE = frozenset({
    TriggerKind.PERSISTENT_ABSENCE,
    TriggerKind.SEVERE_ABSENCE,
    TriggerKind.BAND_CROSSED,
    TriggerKind.REGISTER_MISSING,
    TriggerKind.REVIEW_DUE,
})  # fmt: skip
"""What other columns say, what is about a class, and the tasks, which are read by themselves."""
COLUMNS = (
    ReportColumn("Year to date", Unit.PERCENT, 0.9),
    ReportColumn("Missed", Unit.COUNT, 0.8),
    ReportColumn("Unauthorised", Unit.COUNT, 1.0),
    ReportColumn("Last three weeks", Unit.PERCENT, 0.9),
    ReportColumn("Done last", share=1.8),
    ReportColumn("Due", share=1.8),
)
NOTE = (
    "Missed and unauthorised are sessions (half days) since September. The last three weeks are school weeks, the "
    "present one among them. PA: 10 % or more missed, SA: 50 % or more. Due is everything that is met and not decided, "
    "with the last day to act where the law or the authority names one."
)
PLANS = (FlagKind.EHCP, FlagKind.EARLY_HELP, FlagKind.CHILD_IN_NEED, FlagKind.CHILD_PROTECTION)
BARRIERS = (
    FlagKind.EARLY_HELP,
    FlagKind.CHILD_IN_NEED,
    FlagKind.CHILD_PROTECTION,
    FlagKind.SOCIAL_WORKER,
    FlagKind.LOOKED_AFTER,
    FlagKind.YOUNG_CARER,
    FlagKind.MEDICAL,
)
"""What is recorded of a child that says something outside school may keep it away."""


@dataclass(frozen=True, slots=True)
class Support:
    """The children seen on the day of a report. `least` is how many sessions make PA and SA worth telling."""

    made: Frame
    rows: Rows
    recent: Mapping[int, PupilFigures]
    flags: Mapping[int, Sequence[Flag]]
    last: Mapping[int, Entry]
    cases: Mapping[int, Entry]
    tasks: Mapping[int, Task]
    part_time: Mapping[int, Pattern]
    triggers: Mapping[int, Sequence[Trigger]]
    least: int

    def line(self, row: PupilFigures) -> tuple[Value, ...]:
        """The figures of a pupil, what was done last and what is due."""
        key = row.pupil.id
        return (
            row.figures.attendance,
            row.figures.absent,
            row.figures.unauthorised,
            attendance(self.recent.get(key)),
            done_words(self.last.get(key)) if self.made.context.may(Right.READ_LOG) else "",
            self.due(key),
        )

    def due(self, pupil: int) -> str:
        """What is due about a pupil, the earliest first, then what has no day; empty where nothing is."""
        met = self.triggers.get(pupil, ())
        found = [(one.due, one.title) for one in met if one.due is not None]
        undated = dict.fromkeys(one.title for one in met if one.due is None)
        task = self.tasks.get(pupil)
        if task is not None and self.made.context.may(Right.READ_LOG):
            found.append((task.due, task.text))
        dated = dict.fromkeys(f"{text}, {self._by(day)}" for day, text in sorted(found))
        return "; ".join((*dated, *undated))

    def formal(self, pupil: int) -> tuple[str, ...]:
        """The titles of what is met and belongs before others than the school."""
        return tuple(dict.fromkeys(one.title for one in self.triggers.get(pupil, ()) if one.kind in FORMAL))

    def overdue(self, pupil: int) -> bool:
        """Whether a task about a pupil is overdue."""
        return pupil in self.tasks and self.tasks[pupil].due < self.made.asked.on

    def _by(self, day: date) -> str:
        return due_words(day, overdue=day < self.made.asked.on)

    def has(self, row: PupilFigures, kinds: Iterable[FlagKind]) -> bool:
        """Whether one of the flags stands."""
        return any(one.kind in kinds for one in self.flags.get(row.pupil.id, ()))

    def words(self, row: PupilFigures, kinds: Iterable[FlagKind]) -> str:
        """Those of the flags that stand and that the present user reads, in words."""
        read = [one for one in kinds if self.made.context.reads_care or one not in SOCIAL_CARE]
        return flag_list(self.flags.get(row.pupil.id, ()), read)

    def plan(self, row: PupilFigures) -> str:
        """The plans there are for a pupil, in words; `none` where there is none."""
        key = row.pupil.id
        found = [self.words(row, PLANS)]
        if key in self.cases and self.made.context.may(Right.READ_CASE):
            opened = self.cases[key]
            found.append(f"case: {opened.outcome}, {short_date(opened.happened_at.date())}")
        if key in self.part_time:
            reviews = ", ".join(self.part_time[key].reviews)
            found.append(f"part-time timetable{f', review {reviews}' if reviews else ''}")
        return "; ".join(filter(None, found)) or "none"

    def early(self, row: PupilFigures) -> bool:
        """Whether too few sessions were possible to say who is persistently or severely absent."""
        return too_early(row.figures, self.least)

    def nationally(self, row: PupilFigures) -> str:
        """Which national test a pupil meets, PA or SA; that it is too early, where it is."""
        if self.early(row):
            return "too early"
        return "SA" if row.severe else "PA" if row.persistent else ""

    def moved(self, row: PupilFigures) -> Value:
        """By how much the last three weeks differ from the year."""
        return change(self.recent.get(row.pupil.id), row)


def support(made: Frame) -> Support:
    """Read it, with every trigger that somebody must act on or decide."""
    on = made.asked.on
    rows = seen_rows(made, made.year_first, on)
    mondays = made.roll.calendar.school_weeks(on, WEEKS)
    ids = [one.pupil.id for one in rows]
    entries = entries_of(made, made.year_first)
    tasks: dict[int, Task] = {}
    for task in sorted(made.reading.book.all(Task), key=lambda one: (one.due, one.id)):
        if task.closed_by is None:
            tasks.setdefault(task.pupil, task)
    met: defaultdict[int, list[Trigger]] = defaultdict(list)
    for trigger in due(made.context, on, made.asked.as_at, frozenset(TriggerKind) - TOLD_ELSEWHERE):
        met[trigger.pupil].append(trigger)
    patterns = (one for one in made.reading.book.all(Pattern) if one.holds(on) and one.kind == PatternKind.PART_TIME)
    opened = made.reading.entries.all(kinds=(EntryKind.CASE_OPENED,))
    return Support(
        made=made,
        rows=rows,
        recent=some_rows(made, mondays[0], on, ids) if mondays else {},
        flags=flags_on(made, on),
        last=latest(entries),
        cases={pupil: one for one in opened if one.withdrawn is None for pupil in one.pupils},
        tasks=tasks,
        part_time={one.pupil: one for one in patterns},
        triggers=met,
        least=least_sessions(made.context.pack(made.roll.school), made.context.rulebook),
    )
