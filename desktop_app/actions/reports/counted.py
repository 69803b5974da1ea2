"""Who is counted in a report, with their figures and groups: read once, and summed in whatever way the report needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures, count, count_comparable, figures_of_pupil
from desktop_app.actions.reports.frame import Frame
from desktop_app.actions.roll import in_order
from desktop_app.domain.groups import Group
from desktop_app.domain.people import Flag
from desktop_app.domain.report import Value
from desktop_app.domain.school import Period
from desktop_app.rules.breakdowns import Member
from desktop_app.rules.figures import total
from desktop_app.rules.groups import by_pupil, find_group, groups_of, in_order_of_groups, is_social_care, last_day_of
from desktop_app.rules.half_terms import HalfTerm, half_terms

Rows = tuple[PupilFigures, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """What is told of some pupils together: how many were counted, attendance, and the rates of PA and SA."""

    pupils: int
    attendance: Fraction | None
    persistent: Fraction | None
    severe: Fraction | None


def counted_rows(made: Frame, first: date, last: date) -> Rows:
    """The figures of everyone on roll over those days, or of those whom the DfE counts, where that was asked for."""
    if not made.asked.comparable:
        return made.figures(first, last)
    counted = count_comparable(made.context, made.reading, made.roll, first, last, made.moment)
    pupils = in_order(made.roll.pupils[key] for key in counted)
    return tuple(figures_of_pupil(made.context, made.roll, one, counted, last) for one in pupils)


def some_rows(made: Frame, first: date, last: date, pupils: Sequence[int]) -> Mapping[int, PupilFigures]:
    """The figures of some pupils, by id."""
    counted = count(made.context, made.reading, made.roll, first, last, pupils, made.moment)
    return {key: figures_of_pupil(made.context, made.roll, made.roll.pupils[key], counted, last) for key in counted}


def seen_rows(made: Frame, first: date, last: date) -> Rows:
    """The figures of those on roll on the last day whom the present user sees."""
    rows = made.figures(first, last)
    return tuple(one for one in rows if one.pupil.on_roll(last) and made.context.sees(one.class_name))


def rates(rows: Iterable[PupilFigures]) -> Rates:
    """The rates of some pupils: of those of whom any session was possible."""
    of = [one for one in rows if one.figures.possible]
    return Rates(
        pupils=len(of),
        attendance=total(one.figures for one in of).attendance,
        persistent=_share(sum(one.persistent is True for one in of), len(of)),
        severe=_share(sum(one.severe is True for one in of), len(of)),
    )


def members(made: Frame, rows: Iterable[PupilFigures], last: date) -> tuple[Member, ...]:
    """Who is counted, with year group and groups on the last day."""
    flags = by_pupil(made.reading.book.all(Flag))
    return tuple(
        Member(
            one.pupil.id,
            one.year,
            frozenset(groups_of(one.pupil, flags.get(one.pupil.id, ()), last_day_of(one.pupil, last))),
        )
        for one in rows
        if one.figures.possible
    )


def members_of(made: Frame, rows: Iterable[PupilFigures], wanted: str) -> tuple[list[PupilFigures], str]:
    """Those of some pupils who are in a group on the day of the report, and what the group is called. Refused where
    nobody is in one of that key or name then, or where it is one that the present user may not know of."""
    flags = by_pupil(made.reading.book.all(Flag))
    known: dict[str, Group] = {}
    found: dict[str, list[PupilFigures]] = {}
    for row in rows:
        day = last_day_of(row.pupil, made.asked.on)
        for key, group in groups_of(row.pupil, flags.get(row.pupil.id, ()), day).items():
            if made.context.reads_care or not is_social_care(key):
                known.setdefault(key, group)
                found.setdefault(key, []).append(row)
    group = find_group(in_order_of_groups(known.values()), wanted)
    return found[group.key], group.title


def halves_between(made: Frame, first: date, last: date) -> tuple[HalfTerm, ...]:
    """The half terms that have a school day between two days."""
    return half_terms(made.reading.book.all(Period), made.roll.calendar, first, last)


def by_key(rows: Iterable[PupilFigures], key: Callable[[PupilFigures], str]) -> Iterator[tuple[str, Rows]]:
    """The rows by a key of each, in the order in which the keys are first met."""
    found: dict[str, list[PupilFigures]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    for name, of in found.items():
        yield name, tuple(of)


def too_early(rows: Iterable[PupilFigures], least: int) -> bool:
    """Whether for nobody as many sessions were possible as make PA and SA worth telling."""
    return all(one.figures.possible < least for one in rows)


def flat(*parts: Iterable[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """Rows one after the other."""
    return tuple(row for part in parts for row in part)


def _share(some: int, of: int) -> Fraction | None:
    return Fraction(100 * some, of) if of else None


def by_class(rows: Rows) -> dict[str, list[PupilFigures]]:
    """The pupils of each class; who is in none is left out."""
    found: defaultdict[str, list[PupilFigures]] = defaultdict(list)
    for row in rows:
        if row.class_name:
            found[row.class_name].append(row)
    return dict(found)
