"""In September: who was below the national average last school year, so that targets can be set for them."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from desktop_app.actions.benchmarks import read_benchmarks
from desktop_app.actions.figures import count
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import in_order, read_roll
from desktop_app.context import Context, turned_back
from desktop_app.domain.benchmarks import ENGLAND, Benchmarks
from desktop_app.domain.comparison import Collection, PeriodOf, Published
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.figures import NO_FIGURES
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import school_year_end, school_year_name, school_year_start
from desktop_app.domain.targets import BelowAverage, TargetList
from desktop_app.rules.comparison import COLLECTED, alike, period_words, phase_of
from desktop_app.rules.crossings import too_early
from desktop_app.rules.expected import expected_count
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.targets import in_force, is_met, one_day


@needs(Right.READ_PUPIL)
def target_list(context: Context, on: date, as_at: datetime | None = None) -> TargetList:
    """Those on roll on a day, of the classes the present user sees, whose attendance in the school year before was
    below England's in schools of the same phase, lowest first. Of whom too few sessions were possible, nothing is said.
    """
    year = school_year_start(on)
    first, last = date(year.year - 1, 9, 1), school_year_end(date(year.year - 1, 9, 1))
    context = turned_back(context, as_at)
    moment = context.moment(as_at)
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return TargetList(first, last, None, "Nothing of the school had been recorded by then.", ())
        roll = read_roll(reading.book)
        england = _england(read_benchmarks(context, reading.book, as_at), phase_of(roll.school), first)
        if england is None or england.absence is None:
            says = f"Nothing is published for {period_words(PeriodOf.YEAR, school_year_name(first))} or a year before."
            return TargetList(first, last, None, says, ())
        average = 100 - england.absence
        here = [one for one in roll.pupils.values() if one.on_roll(on) and sees_child(context, roll, one.id)]
        counted = count(context, reading, roll, first, last, [one.id for one in here], moment)
        least = least_sessions(context.pack(roll.school), context.rulebook)
        set_ones = reading.entries.all(kinds=[EntryKind.TARGET])
        found: list[BelowAverage] = []
        for pupil in in_order(here):
            figures = counted.get(pupil.id, NO_FIGURES)
            if too_early(figures, least) or is_met(figures, average):
                continue
            held = roll.memberships.get(pupil.id, ()), roll.patterns.get(pupil.id, ())
            expected = expected_count(pupil, *held, roll.calendar, year, school_year_end(on))
            place = roll.place(pupil.id, on)
            target = in_force((one for one in set_ones if pupil.id in one.pupils), on)
            found.append(
                BelowAverage(
                    pupil.id,
                    pupil.list_name,
                    place.class_name if place else "",
                    figures,
                    one_day(expected),
                    target is not None,
                )
            )
    return TargetList(first, last, average, _says(england), tuple(sorted(found, key=_rate)))


def _rate(one: BelowAverage) -> Fraction:
    return one.figures.attendance or Fraction(0)


def _england(held: Benchmarks, phase: str, first: date) -> Published | None:
    """England's newest full year of a phase, no later than the year in question: of two collections of one year, the
    daily one, which has the authority too."""
    until = school_year_name(first)
    of_both = [row for one in Collection for row in alike(held.rows, PeriodOf.YEAR, phase, one, until)]
    england = [one for one in of_both if one.area == ENGLAND and one.absence is not None]
    return max(england, key=lambda one: (one.school_year, one.collection is Collection.DAILY), default=None)


def _says(england: Published) -> str:
    kind = "schools of every phase" if england.phase == "All" else f"{england.phase.lower()} schools"
    return (
        f"Held against England: {period_words(PeriodOf.YEAR, england.school_year)}, {kind}, from "
        f"{COLLECTED[england.collection]}."
    )
