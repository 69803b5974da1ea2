"""The computer's clock, held against what was recorded last: doubted in words, and asked about before it is gone by."""

from __future__ import annotations

from datetime import datetime

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting
from desktop_app.ports import BookReading
from desktop_app.rules.clock_doubt import ClockDoubt, clock_doubt

CLOCK_RIGHT = "clock.said-right"
"""The setting that keeps when somebody last said that the clock is right. Who said it, is on its link."""
CLOCK_DEED = "clock"
"""The deed of saying so: the links before it are not held against the clock any more (see `db/audit.py`)."""
MEND = (
    "Set the computer’s clock right. If it is right already, say so: at the top of the window, or with the command "
    "clock --right."
)


@needs(Right.OPEN)
def doubt_of_clock(context: Context) -> ClockDoubt | None:
    """What is doubtful about the computer's clock now; None where nothing is."""
    with context.store.reading() as reading:
        return doubted(context, reading.book)


@needs(Right.TAKE_REGISTER)
def say_clock_is_right(context: Context) -> Changes:
    """Record that somebody looked at the clock and that it is right: from this entry on it is measured."""
    with context.store.writing(context.deed(CLOCK_DEED, "looked at, and right")) as writing:
        writing.book.put(Setting(CLOCK_RIGHT, context.now().isoformat(timespec="seconds")))
    return Changes(book=True)


def doubted(context: Context, book: BookReading) -> ClockDoubt | None:
    """The same inside a read or a larger deed."""
    recorded, roll = book.recorded(), read_roll(book)
    said = next((one.value for one in book.all(Setting) if one.key == CLOCK_RIGHT), "")
    return clock_doubt(
        context.now(),
        _local(recorded.newest),
        _local(recorded.register) if roll.school.is_register else None,
        roll.calendar,
        datetime.fromisoformat(said) if said else None,
    )


def blocked(context: Context, book: BookReading) -> bool:
    """Whether nothing may be written for today, since today may well be another day."""
    doubt = doubted(context, book)
    return doubt is not None and doubt.blocks


def refuse_doubtful_today(context: Context, book: BookReading) -> None:
    """Refuse to write for today while the clock is in doubt."""
    doubt = doubted(context, book)
    if doubt is not None and doubt.blocks:
        raise Refused(f"Nothing was written for today. {doubt.words} {MEND}")


def _local(recorded: datetime | None) -> datetime | None:
    return None if recorded is None else school_time(recorded)
