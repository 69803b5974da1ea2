"""What the watch list gives the morning: thresholds newly met, returns due, bands crossed, how old the last copy is."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.actions.backups import BackupState
from desktop_app.actions.watch_list import ELSEWHERE_ON_TODAY, RETURNS, WatchLine, WatchList
from desktop_app.rules.display import clock_time, date_year, short_date
from desktop_app.rules.session_lists import count_words
from ui.today.due_card import OVERDUE, ToDo
from ui.watch.model import groups_of

WATCH = "watch"
NEW, RETURN, BACKUP = "New", "Return", "Backup"
MOST_NAMES = 2


def watch_lines(found: WatchList, *, backs_up: bool) -> tuple[ToDo, ...]:
    """The lines: returns first, since they have a last day; then what is new; then the copies, for those who may make
    one (`backs_up`)."""
    shown = [one for one in found.lines if one.trigger.kind not in ELSEWHERE_ON_TODAY]
    returns = [one for one in shown if one.trigger.kind in RETURNS]
    new = [one for one in shown if one.new and one.trigger.kind not in RETURNS]
    lines = [_line(RETURN, title, of) for title, of in _by_title(returns)]
    lines += [_line(NEW, title, of) for title, of in _by_title(new)]
    return (*lines, *(_backup(found.backup) if backs_up else ()))


def _by_title(lines: Sequence[WatchLine]) -> list[tuple[str, tuple[WatchLine, ...]]]:
    """Under each title its lines, in the order of the list."""
    titles = {one.trigger.title for one in lines}
    return [(group.title, tuple(row.line for row in group.rows)) for group in groups_of(lines) if group.title in titles]


def _line(when: str, title: str, of: Sequence[WatchLine]) -> ToDo:
    due = min((one.trigger.due for one in of if one.trigger.due), default=None)
    overdue = any(one.overdue for one in of)
    by = f"by {short_date(due)}" if due and when == RETURN else ""
    return ToDo(
        OVERDUE if overdue else when, title, " · ".join(w for w in (names(of), by) if w), WATCH, {"title": title}
    )


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
