"""What may be held against what: the same phase, the same kind of period, one collection; and all of it in words.

Absence rises through the year, so an autumn stands beside an autumn and never beside a full year. The census and the
daily collection count different schools at different times: no line has both. Source: DfE, Pupil absence in schools in
England, and Pupil attendance in schools: data quality and methodology.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.domain.benchmarks import ALL_PHASES, ALL_PUPILS, ENGLAND, Benchmarks
from desktop_app.domain.comparison import Collection, Compared, PeriodOf, Published
from desktop_app.domain.groups import Tally
from desktop_app.domain.school import Phase, School, SchoolType
from desktop_app.domain.sessions import school_year_end, school_year_name, school_year_start
from desktop_app.rules.bank_holidays import easter
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import date_year

ONE_DAY = timedelta(days=1)
SPECIAL = (SchoolType.SPECIAL, SchoolType.NON_MAINTAINED_SPECIAL)
PHASES = {
    Phase.PRIMARY: "Primary",
    Phase.SECONDARY: "Secondary",
    Phase.SPECIAL: "Special",
    Phase.ALL_THROUGH: ALL_PHASES,
}
COLLECTED = {
    Collection.CENSUS: "the school census",
    Collection.DAILY: "the daily attendance data",
}
ORDER = (PeriodOf.YEAR, PeriodOf.AUTUMN_SPRING, PeriodOf.AUTUMN, PeriodOf.SPRING, PeriodOf.SUMMER)


@dataclass(frozen=True, slots=True)
class Span:
    """A period of a school year, both days inclusive. A year to date ends on the day asked about; the others are whole:
    no session of them is still to come."""

    period: PeriodOf
    first: date
    last: date

    @property
    def school_year(self) -> str:
        """The school year it is of."""
        return school_year_name(self.first)

    @property
    def words(self) -> str:
        """The period in words: `the autumn of 2026/27`."""
        if self.period is PeriodOf.YEAR_TO_DATE:
            return f"{self.school_year} up to {date_year(self.last)}"
        return period_words(self.period, self.school_year)


def period_words(period: PeriodOf, school_year: str) -> str:
    """A period of a school year in words."""
    if period is PeriodOf.YEAR:
        return f"the full year {school_year}"
    if period is PeriodOf.YEAR_TO_DATE:
        return f"{school_year} to date"
    return f"the {period.value} {'terms' if period is PeriodOf.AUTUMN_SPRING else 'term'} of {school_year}"


def phase_of(school: School) -> str:
    """The phase under which figures like this school's are published; empty: none are (a nursery, alternative
    provision: nobody's mainstream pupils are like its own)."""
    if school.type is SchoolType.ALTERNATIVE_PROVISION:
        return ""
    return "Special" if school.type in SPECIAL else PHASES.get(school.phase, "")


def spans(calendar: SchoolCalendar, on: date) -> tuple[Span, ...]:
    """The periods that can be told on a day, those of its school year first, the longest first: each one that is over,
    the year to date while the year is not, and the full year before. Spring ends with Easter, as in the statistics."""
    year = school_year_start(on)
    before = date(year.year - 1, 9, 1)
    whole = [span for span in _parts(year) if span.period in ORDER and _over(calendar, span, on)]
    whole.sort(key=lambda span: ORDER.index(span.period))
    found = list(whole)
    if not any(span.period is PeriodOf.YEAR for span in whole):
        found.append(Span(PeriodOf.YEAR_TO_DATE, year, on))
    last = Span(PeriodOf.YEAR, before, school_year_end(before))
    if calendar.count(last.first, last.last):
        found.append(last)
    return tuple(found)


def compared(span: Span, ours: Tally, phase: str, held: Benchmarks, collection: Collection, counted: str) -> Compared:
    """The school beside what was published of the same phase and kind of period, in one collection: authority, England,
    then the rows it typed; all of the newest year that England has, and none later than the school's own. `counted`
    says in words who of the school is counted."""
    rows = alike((*held.rows, *held.comparators), span.period, phase, collection, span.school_year)
    years = [one.school_year for one in rows if one.area == ENGLAND]
    if span.period is PeriodOf.YEAR_TO_DATE:
        years = [year for year in years if year == span.school_year]
    year = max(years, default="")
    of_year = [one for one in rows if one.school_year == year]
    published = tuple(sorted(of_year, key=lambda one: _place(one, held)))
    return Compared(
        period=span.period,
        absence=rate(ours.figures.absent, ours.figures.possible),
        persistent=rate(ours.persistent, ours.counted),
        severe=rate(ours.severe, ours.counted),
        published=published,
        says=tuple(_says(span, published, phase, held, collection, counted)),
        school_year=span.school_year,
        persistent_pupils=ours.persistent,
        severe_pupils=ours.severe,
        first=span.first,
        last=span.last,
    )


def alike(
    rows: Iterable[Published], period: PeriodOf, phase: str, collection: Collection, until: str
) -> list[Published]:
    """The rows of all pupils that may stand on one line: one kind of period, one phase, one collection, no later."""
    return [
        one
        for one in rows
        if (one.period, one.phase, one.collection, one.group) == (period, phase, collection, ALL_PUPILS)
        and one.school_year <= until
    ]


def rate(part: int, whole: int) -> Fraction | None:
    """A part of a whole in per cent, exact; None of nothing."""
    return Fraction(100 * part, whole) if whole else None


def best(found: Sequence[Compared]) -> Compared | None:
    """The comparison to show where there is room for one: of those with a published figure the first with most areas
    of its own period, else the first."""
    with_figures = [one for one in found if one.published]
    if not with_figures:
        return found[0] if found else None
    period = with_figures[0].period
    return max((one for one in with_figures if one.period is period), key=lambda one: len(one.published))


def _parts(year: date) -> tuple[Span, ...]:
    spring, end = easter(year.year + 1), school_year_end(year)
    christmas = date(year.year, 12, 31)
    return (
        Span(PeriodOf.YEAR, year, end),
        Span(PeriodOf.AUTUMN_SPRING, year, spring),
        Span(PeriodOf.AUTUMN, year, christmas),
        Span(PeriodOf.SPRING, christmas + ONE_DAY, spring),
        Span(PeriodOf.SUMMER, spring + ONE_DAY, end),
    )


def _over(calendar: SchoolCalendar, span: Span, on: date) -> bool:
    """Whether the period had sessions and none of them is still to come after a day."""
    return calendar.count(span.first, min(span.last, on)) > 0 and (
        on >= span.last or not calendar.count(on + ONE_DAY, span.last)
    )


def _place(one: Published, held: Benchmarks) -> tuple[int, str]:
    if one in held.comparators:
        return 2, one.area
    return (1 if one.area == ENGLAND else 0), one.area


def _says(
    span: Span, published: Sequence[Published], phase: str, held: Benchmarks, collection: Collection, counted: str
) -> Iterable[str]:
    yield f"Ours: {span.words}. {counted}"
    kind = "schools of every phase" if phase == ALL_PHASES else f"{phase.lower()} schools"
    if not phase:
        yield "No figures are published of schools like this one; nothing is held against ours."
        return
    if published:
        areas = " and ".join(dict.fromkeys(one.area for one in published))
        year = published[0].school_year
        yield f"{areas}: {period_words(span.period, year)}, {kind}, from {COLLECTED[collection]}."
        if year != span.school_year:
            yield f"Of {span.school_year} nothing is published for that period yet; {year} is the newest there is."
    else:
        yield f"Among the published figures held here there is none for {span.words} of {kind}."
        if phase != ALL_PHASES and _of_every_phase(span, held):
            yield f"Of that part of a year they have schools of every phase together: not held against {kind}."
        yield "A full year is not held against a part of one: absence rises through the year."
    if published and held.authority.name and not any(one.area == held.authority.name for one in published):
        yield f"Of {held.authority.name} there is no such figure."
    if not held.authority.name:
        yield "The school’s authority is not known from its DfE number, so England alone stands beside it."
    if published and all(one.severe is None for one in published):
        yield "Severe absence is not published there: ours stands by itself."
    other = Collection.DAILY if collection is Collection.CENSUS else Collection.CENSUS
    apart = alike(held.rows, span.period, phase, other, span.school_year)
    if published and apart:
        yield f"Figures from {COLLECTED[other]} count other schools and times; they stand apart, on no line with these."


def _of_every_phase(span: Span, held: Benchmarks) -> bool:
    """Whether of that period there are figures of schools of every phase together, of either collection."""
    return any(alike(held.rows, span.period, ALL_PHASES, one, span.school_year) for one in Collection)
