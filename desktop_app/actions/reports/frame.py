"""What every report is made from: one reading of one moment, and the words that say so on it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.actions.figures import PupilFigures, count, figures_of_pupil
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.report import Block, Report
from desktop_app.domain.school import School
from desktop_app.domain.sessions import school_year_start
from desktop_app.ports import Reading

ALL_ON_ROLL = "Everyone on roll is counted."


@dataclass(frozen=True, slots=True)
class Frame:
    """An open reading with the roll as it stood, and `moment`, the school’s local time up to which it was read."""

    context: Context
    asked: Asked
    reading: Reading
    roll: Roll
    moment: datetime

    @property
    def year_first(self) -> date:
        """The first day of the school year of the day that was asked for."""
        return school_year_start(self.asked.on)

    @property
    def first(self) -> date:
        """The first day that was asked for; that of the school year where none was."""
        return self.asked.first or self.year_first

    def figures(self, first: date, last: date) -> tuple[PupilFigures, ...]:
        """The figures of everyone on roll on any day from `first` to `last`, in the order of the register."""
        counted = count(self.context, self.reading, self.roll, first, last, moment=self.moment)
        there = in_order(one for one in self.roll.pupils.values() if one.on_roll_between(first, last))
        return tuple(figures_of_pupil(self.context, self.roll, one, counted, last) for one in there)

    def report(self, key: str, title: str, subtitle: str, blocks: Sequence[Block], *, pupil: int = 0) -> Report:
        """A report of this moment that is not for the public, and counts everyone on roll."""
        return Report(key, title, subtitle, self.roll.school.name, self.moment, ALL_ON_ROLL, tuple(blocks), pupil=pupil)


@contextmanager
def frame(context: Context, asked: Asked) -> Generator[Frame]:
    """Open the reading that a report is made from. Refused where nothing of the school had been recorded by then."""
    with context.store.reading(asked.as_at) as reading:
        if not reading.book.all(School):
            raise Refused("Nothing of the school had been recorded by then.")
        yield Frame(context, asked, reading, read_roll(reading.book), context.moment(asked.as_at))
