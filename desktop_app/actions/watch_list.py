"""The watch list: every trigger met today that nobody has decided yet, with the child it is about and whether it is
new."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.actions.backups import BackupState, backup_state
from desktop_app.actions.needs import needs
from desktop_app.actions.returns.due import told_by_no_trigger
from desktop_app.actions.roll import Roll
from desktop_app.actions.watching import look_through
from desktop_app.context import Context
from desktop_app.domain.crossings import Crossing
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.returns import ReturnDue
from desktop_app.domain.rights import Right
from desktop_app.domain.triggers import Trigger, TriggerKind
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.triggers.table import RULES

NEW_DAYS = 5
"""A trigger is new for as many school days: a week, so that whoever looks on Mondays alone misses none. An N is never
said to be new: the list of whom to call has it the same morning."""
RISEN = "band-risen"
"""Not a trigger of any rulebook: the good news among the crossings."""
RETURNS = frozenset({
    TriggerKind.ATTENDANCE_RETURN, TriggerKind.IRREGULAR_ATTENDANCE, TriggerKind.SICKNESS_RETURN,
    TriggerKind.NEW_PUPIL_RETURN,
})  # fmt: skip
"""What the school must send to the authority by a day."""
ELSEWHERE_ON_TODAY = frozenset(
    {TriggerKind.REASON_NOT_ESTABLISHED, TriggerKind.REGISTER_MISSING, TriggerKind.REVIEW_DUE}
)
"""What the page Today lists by itself: absences to be called about, registers, tasks."""


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One line: a trigger, the child it is about (None: it is about a class), and the class of today. `decidable`: it
    waits for a person's decision; another line ends by what is done (an N is settled, a task closed)."""

    trigger: Trigger
    pupil: Pupil | None
    class_name: str
    new: bool
    overdue: bool
    decidable: bool = True

    @property
    def key(self) -> str:
        """What tells it apart from every other line."""
        one = self.trigger
        return f"{one.key} {one.pupil} {one.class_name} {one.since} {one.about}"

    @property
    def who(self) -> str:
        """The child, or the class, as a list names it."""
        return self.pupil.list_name if self.pupil else f"Class {self.class_name}"


@dataclass(frozen=True, slots=True)
class WatchList:
    """The list as it stood on a day; `new_since` is the first of the days of which a line counts as new. `backup`: how
    it stands with the copies, and `returns` what is still to be told to an authority of which no trigger tells, since
    all are looked up beside the window."""

    on: date
    new_since: date
    lines: tuple[WatchLine, ...]
    backup: BackupState
    returns: tuple[ReturnDue, ...] = ()


@needs(Right.READ_PUPIL)
def watch_list(context: Context) -> Generator[Progress, None, WatchList]:
    """Work the list out, of the children the present user sees. Long enough to be done beside the window."""
    yield Progress(0, 1, "Looking through the year")
    today = context.today()
    found = look_through(context, today)
    roll, backup = found.roll, backup_state(context)
    if roll is None:
        return WatchList(today, today, (), backup)
    triggers = (*found.triggers, *map(_risen, found.risen))
    decidable = _decidable(context, roll)
    new_since = _new_since(roll, today)
    lines = tuple(_watched(roll, one, today, new_since, decidable) for one in triggers)
    return WatchList(today, new_since, lines, backup, told_by_no_trigger(context))


def _new_since(roll: Roll, today: date) -> date:
    days = roll.calendar.school_days(today - timedelta(days=60), today)
    return days[-NEW_DAYS] if len(days) >= NEW_DAYS else days[0] if days else today


def _risen(one: Crossing) -> Trigger:
    """Who went up a band since the end of last week: not a thing to decide, but one to say to the child."""
    return Trigger(
        kind=TriggerKind.BAND_CROSSED,
        key=RISEN,
        title="A band better since last week",
        pupil=one.pupil.id,
        since=one.last,
        due=None,
        says=f"From {one.was.title} to {one.now.title}: attendance was {percent(one.before.attendance)} on "
        f"{date_year(one.first)} and is {percent(one.after.attendance)}.",
        source=one.now.source,
    )


def _decidable(context: Context, roll: Roll) -> frozenset[str]:
    """The triggers about which a person decides."""
    specs = context.rulebook.triggers_of(context.pack(roll.school))
    return frozenset(one.key for one in specs if one.rule not in RULES or RULES[one.rule].decidable)


def _watched(roll: Roll, trigger: Trigger, today: date, new_since: date, decidable: frozenset[str]) -> WatchLine:
    place = roll.place(trigger.pupil, today) if trigger.pupil else None
    return WatchLine(
        trigger=trigger,
        pupil=roll.pupils.get(trigger.pupil),
        class_name=trigger.class_name or (place.class_name if place else ""),
        new=trigger.since >= new_since and trigger.kind is not TriggerKind.REASON_NOT_ESTABLISHED,
        overdue=trigger.due is not None and trigger.due < today,
        decidable=bool(trigger.pupil) and trigger.key in decidable,
    )
