"""What the watch list gives the morning: thresholds newly met, returns due, bands crossed, how old the last copy is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.actions.backups import BackupState
from desktop_app.actions.watch_list import ELSEWHERE_ON_TODAY, RETURNS, WatchLine, WatchList
from desktop_app.domain.returns import ReturnDue, ReturnKind
from desktop_app.domain.triggers import TriggerKind
from desktop_app.rules.display import clock_time, date_year, short_date
from desktop_app.rules.session_lists import count_words
from ui.today.due_card import OVERDUE, ToDo
from ui.watch.model import groups_of

WATCH, RETURNS_PLACE = "watch", "returns"
KINDS = {
    TriggerKind.ATTENDANCE_RETURN: ReturnKind.ATTENDANCE,
    TriggerKind.IRREGULAR_ATTENDANCE: ReturnKind.ATTENDANCE,
    TriggerKind.SICKNESS_RETURN: ReturnKind.SICKNESS,
    TriggerKind.NEW_PUPIL_RETURN: ReturnKind.NEW_PUPIL,
}
"""Which return answers each trigger of one."""
NEW, RETURN, BACKUP = "New", "Return", "Backup"
MOST_NAMES = 2


def watch_lines(found: WatchList, *, backs_up: bool, reports: bool = False) -> tuple[ToDo, ...]:
    """The lines: returns first, since they have a last day; then what is new; then the copies, for those who may make
    one (`backs_up`). A return leads to the place of returns, for those who may make one (`reports`)."""
    shown = [one for one in found.lines if one.trigger.kind not in ELSEWHERE_ON_TODAY]
    returns = [one for one in shown if one.trigger.kind in RETURNS]
    new = [one for one in shown if one.new and one.trigger.kind not in RETURNS]
    lines = [_line(RETURN, title, of, found.on if reports else None) for title, of in _by_title(returns)]
    lines += [_owed(one, found.on) for one in found.returns] if reports else []
    lines += [_line(NEW, title, of) for title, of in _by_title(new)]
    return (*lines, *(_backup(found.backup) if backs_up else ()))


def _by_title(lines: Sequence[WatchLine]) -> list[tuple[str, tuple[WatchLine, ...]]]:
    """Under each title its lines, in the order of the list."""
    titles = {one.trigger.title for one in lines}
    return [(group.title, tuple(row.line for row in group.rows)) for group in groups_of(lines) if group.title in titles]


def _line(when: str, title: str, of: Sequence[WatchLine], today: date | None = None) -> ToDo:
    """A line of the watch list; with `today`, of a return, which leads to its list."""
    due = min((one.trigger.due for one in of if one.trigger.due), default=None)
    overdue = any(one.overdue for one in of)
    by = f"by {short_date(due)}" if due and when == RETURN else ""
    where: dict[str, object] = {"title": title}
    if today is not None:
        where = {"kind": KINDS[of[0].trigger.kind].value, "month": min(due or today, today)}
    more = " · ".join(words for words in (names(of), by) if words)
    return ToDo(OVERDUE if overdue else when, title, more, WATCH if today is None else RETURNS_PLACE, where)


def _owed(one: ReturnDue, today: date) -> ToDo:
    """A return of which no trigger tells, or one that was made and did not go."""
    more = f"{', '.join(one.owed[:MOST_NAMES])}{_others(one)}" if one.owed else f"made for {one.authority}, not sent"
    by = f"by {short_date(one.due)}" if one.due else ""
    where: dict[str, object] = {"kind": one.kind.value, "month": min(one.month, today)}
    said = " · ".join(words for words in (more, by) if words)
    return ToDo(OVERDUE if one.overdue else RETURN, one.title, said, RETURNS_PLACE, where)


def _others(one: ReturnDue) -> str:
    more = len(one.owed) - MOST_NAMES
    return f" and {count_words(more, 'other', 'others')}" if more > 0 else ""


def names(of: Sequence[WatchLine]) -> str:
    """Two names, and how many more."""
    named = [one.pupil.name if one.pupil else one.who for one in of[:MOST_NAMES]]
    more = len(of) - len(named)
    if more:
        return f"{', '.join(named)} and {count_words(more, 'other', 'others')}"
    return " and ".join(named)


def _backup(state: BackupState) -> tuple[ToDo, ...]:
    """One line where there is no copy of late; none where all is well."""
    if not state.stale:
        return ()
    if state.folder is None:
        return (ToDo(BACKUP, "No folder for backups is chosen", "School menu (Alt+S), Backup folder", ""),)
    made = (
        f"the newest is of {date_year(state.made.date())}, {clock_time(state.made)}" if state.made else "there is none"
    )
    return (ToDo(BACKUP, "No backup of late", f"{made}. School menu (Alt+S), Back up now", ""),)
