"""Lines of a watch list, made by hand."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.backups import BackupState
from desktop_app.actions.watch_list import WatchLine, WatchList
from desktop_app.domain.sessions import Half
from desktop_app.domain.triggers import Seen, Trigger, TriggerKind
from tests.support.schools import pupil

ON = date(2026, 11, 20)
WELL = BackupState(None, None, stale=False)


def trigger(
    kind: TriggerKind = TriggerKind.PENALTY_THRESHOLD,
    title: str = "10 unauthorised in 10 school weeks",
    since: date = date(2026, 11, 18),
    due: date | None = None,
    number: int = 1,
) -> Trigger:
    """One trigger of one child, resting on two sessions."""
    seen = (Seen(date(2026, 11, 17), Half.PM, "O"), Seen(date(2026, 11, 18), Half.AM, "G"))
    says = "10 unauthorised sessions (9 O, 1 G) in the 10 school weeks to Wed 18 Nov 2026."
    return Trigger(kind, kind.value, title, number, since, due, says, "wt: national framework", seen)


def watched(
    surname: str = "Kaya", number: int = 1, *, new: bool = True, overdue: bool = False, **of: object
) -> WatchLine:
    """That trigger as a line of the list."""
    child = pupil(surname, "Çağla", number, id=number)
    return WatchLine(trigger(number=number, **of), child, "4B", new, overdue)  # type: ignore[arg-type]


def a_list(*lines: WatchLine, backup: BackupState = WELL) -> WatchList:
    """A list of those lines, as of a Friday."""
    return WatchList(ON, date(2026, 11, 16), lines, backup)
