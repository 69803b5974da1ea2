"""Whether a child's illness is doubted, and who must be warned before an absence is left unauthorised."""

from __future__ import annotations

from desktop_app.actions.case_reading import parents_of, readable
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.rights import Right
from desktop_app.rules.doubted import Doubt, doubt_of


@needs(Right.READ_LOG)
def doubted_illness(context: Context, pupil: int) -> Doubt | None:
    """The doubt that stands today of a child's illness; None where there is none."""
    today = context.today()
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        entries = readable(reading.entries.of(pupil))
        return doubt_of(entries, parents_of(reading.book, pupil, today), today)
