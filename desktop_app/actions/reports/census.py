"""The absence of a term as the school census asks for it: sessions possible, authorised and unauthorised, by reason.

Sources: DfE, school census, termly attendance (CBDS 100228, 100230, 100231, 100481, 100233): of pupils who do not
board, aged 4 to 15 on 31 August before the school year, the absence of the term before; of those aged 15 not the second
half of the summer term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.actions.figures import count
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.roll import in_order
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.people import Pupil
from desktop_app.domain.report import (
    BigFigure,
    Block,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
    Value,
)
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.rules.comparable import age_before, last_counted, school_years
from desktop_app.rules.daily_sharing import daily_sharing
from desktop_app.rules.display import long_date
from desktop_app.rules.figures import total
from desktop_app.rules.groups import last_day_of
from desktop_app.rules.session_lists import count_words

COUNT = Unit.COUNT
TAKEN_IN = {"Autumn": "January", "Spring": "May", "Summer": "October"}
"""The census that takes the absence of each term."""
REASONS = (
    ReportColumn("Code"), ReportColumn("Reason", share=3.0), ReportColumn("Counts as", share=2.0),
    ReportColumn("Sessions", COUNT),
)  # fmt: skip
CHILD = (
    ReportColumn("Child", share=2.0), ReportColumn("UPN"), ReportColumn("Year"), ReportColumn("Age", COUNT),
    ReportColumn("Possible", COUNT), ReportColumn("Authorised", COUNT), ReportColumn("Unauthorised", COUNT),
)  # fmt: skip


@needs(Right.READ_PUPIL)
def census(context: Context, asked: Asked) -> Report:
    """The figures of the term that a day falls in, or of the term before it, up to that day; of the days from `first`
    on, where it was given. Refused for whoever sees some classes only, and where there is no term."""
    if not context.sees_all:
        raise Refused("The figures of the census are of the whole school. Ask the office.")
    with frame(context, asked) as made:
        first, last, name = _term(made)
        counted = _counted(made, first, last)
        rows = in_order(made.roll.pupils[key] for key in counted)
        every = total(counted.values())
        used = [
            key for key in context.rulebook.codes if every.codes.get(key) and context.rulebook.codes[key].counts.absent
        ]
        blocks = (
            *_said(made, name, last),
            _big(rows, every),
            _reasons(context, every, used),
            _children(made, rows, counted, used, (first, last)),
        )
        subtitle = f"{f'{name} term, ' if name else ''}{long_date(first)} to {long_date(last)}"
        report = made.report("census", "Absence for the school census", subtitle, blocks)
        counts = (
            f"Pupils aged {context.rulebook.census_from.value} to {context.rulebook.counted_to.value} on 31 August "
            "before the school year are counted, without nursery, sixth form and boarders; leavers to their last day."
        )
        return replace(report, counts=counts)


def _term(made: Frame) -> tuple[date, date, str]:
    """The first and last day, and the name of the term, empty where other days were asked for."""
    on = made.asked.on
    if made.asked.first is not None:
        return made.asked.first, on, ""
    terms = [one for one in made.reading.book.all(Period) if one.kind is PeriodKind.TERM and one.start <= on]
    if not terms:
        raise Refused("There is no term on or before that day in the school year: choose another day.")
    term = max(terms, key=lambda one: one.start)
    season = "Autumn" if term.start.month >= 8 else "Spring" if term.start.month <= 3 else "Summer"
    return term.start, min(term.end, on), season


def _counted(made: Frame, first: date, last: date) -> Mapping[int, Figures]:
    """The figures of everybody counted, each over the days that count of them."""
    until: defaultdict[tuple[date, date], list[int]] = defaultdict(list)
    youngest = made.context.rulebook.census_from.value
    for begins, ends in school_years(first, last):
        for key, pupil in made.roll.pupils.items():
            if pupil.boarder or not pupil.on_roll_between(begins, ends):
                continue
            place = made.roll.place(key, last_day_of(pupil, ends))
            year, calendar = place.year if place else "", made.roll.calendar
            day = last_counted(
                pupil.date_of_birth, year, begins, ends, calendar, made.context.rulebook, youngest=youngest
            )
            if day is not None:
                until[begins, day].append(key)
    parts: defaultdict[int, list[Figures]] = defaultdict(list)
    for (begins, day), keys in until.items():
        for key, part in count(made.context, made.reading, made.roll, begins, day, keys, made.moment).items():
            parts[key].append(part)
    return {key: total(of) for key, of in parts.items()}


def _said(made: Frame, name: str, last: date) -> Iterator[Block]:
    school = made.roll.school
    if name:
        words = f"The {TAKEN_IN[name]} census takes the absence of the {name.lower()} term."
        terms = [
            one for one in made.reading.book.all(Period) if one.kind is PeriodKind.TERM and one.start <= last <= one.end
        ]
        if any(one.end > last for one in terms):
            words += " The term is not over: these figures are up to the day."
        yield TextBlock(words)
    yield TextBlock(daily_sharing(school.type, is_register=school.is_register), "Daily sharing with the DfE")


def _big(rows: Sequence[Pupil], every: Figures) -> FiguresBlock:
    unmarked = f"{count_words(every.unmarked, 'session has', 'sessions have')} no mark yet" if every.unmarked else ""
    return FiguresBlock(
        (
            BigFigure("Pupils", len(rows), COUNT),
            BigFigure("Sessions possible", every.possible, COUNT, unmarked),
            BigFigure("Authorised", every.authorised, COUNT),
            BigFigure("Unauthorised", every.unauthorised, COUNT),
        )
    )


def _reasons(context: Context, every: Figures, used: Sequence[str]) -> TableBlock:
    codes = context.rulebook.codes
    rows: list[tuple[Value, ...]] = [(key, codes[key].title, codes[key].counts.words, every.codes[key]) for key in used]
    rows.append(("All", "", "", every.absent))
    note = "N is a reason not yet established: settle it before the census takes it." if "N" in used else ""
    return TableBlock("Absence by reason", REASONS, tuple(rows), note, strong=frozenset({len(rows) - 1}))


def _children(
    made: Frame, rows: Sequence[Pupil], counted: Mapping[int, Figures], used: Sequence[str], days: tuple[date, date]
) -> TableBlock:
    """A line a child, with a column for each reason that was used."""
    columns = (*CHILD, *(ReportColumn(key, COUNT) for key in used))
    lines: list[tuple[Value, ...]] = []
    for child in rows:
        of = counted[child.id]
        place = made.roll.place(child.id, last_day_of(child, days[1]))
        age = age_before(child.date_of_birth, days[0])
        head = (child.list_name, child.upn or None, place.year if place else None, age)
        lines.append((*head, of.possible, of.authorised, of.unauthorised, *(of.codes.get(key, 0) for key in used)))
    summed = total(counted.values())
    codes = Counter(summed.codes)
    lines.append(
        (
            "All",
            None,
            None,
            None,
            summed.possible,
            summed.authorised,
            summed.unauthorised,
            *(codes[key] for key in used),
        )
    )
    pupils = (*(one.id for one in rows), 0)
    return TableBlock("Child by child", columns, tuple(lines), strong=frozenset({len(lines) - 1}), pupils=pupils)
