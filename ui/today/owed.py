"""What casework asks for by today that is nobody’s task yet: reviews, meetings to arrange, cases too long in a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.actions.agenda import AgendaLine, agenda
from desktop_app.context import Context
from desktop_app.domain.progress import Progress
from desktop_app.rules.display import short_date
from ui.today.due_card import OVERDUE, TODAY, ToDo


def reading_owed(context: Context) -> Iterator[Progress]:
    """Work for the thread beside the window: the agenda up to today."""
    yield Progress(0, 1, "Reading what is owed")
    return agenda(context, to=context.today())


def owed_lines(found: Sequence[AgendaLine], mine: int) -> tuple[ToDo, ...]:
    """A line each, those of the present person (`mine`) first. What has a task stands among the tasks already."""
    shown = [one for one in found if one.case and not one.task and one.due is not None]
    ordered = sorted(shown, key=lambda one: (one.owner != mine, one.owner_name, one.due))
    return tuple(_line(one, mine) for one in ordered)


def _line(one: AgendaLine, mine: int) -> ToDo:
    whose = "yours" if one.owner == mine else f"for {one.owner_name}" if one.owner_name else one.who
    due = f"due {short_date(one.due)}" if one.overdue and one.due else ""
    more = ", ".join(words for words in (whose, due) if words)
    return ToDo(
        OVERDUE if one.overdue else TODAY, f"{one.pupil.name} · {one.title}", more, "cases", {"pupil": one.pupil.id}
    )
