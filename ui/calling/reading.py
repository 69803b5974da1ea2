"""Reading beside the window who might be put on the early-call list: patterns take a while."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.actions.early_calls import early_proposals
from desktop_app.context import Context
from desktop_app.domain.progress import Progress


def reading_proposals(context: Context) -> Iterator[Progress]:
    """Work for the thread beside the window."""
    yield Progress(0, 1, "Looking for patterns")
    return early_proposals(context)
