"""What was said of the lines of a list and not made yet, kept as what is half typed is kept."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.returns.book import month_key
from desktop_app.context import Context
from desktop_app.domain.returns import MadeReturn, ReturnKind
from ui.returns.model import Checks
from ui.returns.reading import Read


def read_checks(context: Context, kind: ReturnKind, month: date) -> Checks:
    """What the present person said of the lines of a list and did not make yet: it outlives the window."""
    return Checks.of(context.store.drafts.get(_draft(kind, month)))


def keep_checks(context: Context, read: Read | None, checks: Checks) -> None:
    """Keep what was said of the list that was read, as it stands."""
    if read is not None:
        draft = _draft(read.found.spec.kind, read.found.month)
        context.store.drafts.keep(draft, checks.content(), context.clock())


def forget_checks(context: Context, made: MadeReturn) -> None:
    """It was made: nothing is left to keep."""
    context.store.drafts.keep(_draft(made.kind, made.month), "", context.clock())


def _draft(kind: ReturnKind, month: date) -> str:
    return f"return {kind} {month_key(month)}"
