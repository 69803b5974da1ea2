"""The class league and the week’s rewards: best class, most improved, and certificates, under a rule that is printed.

Sources: Lunt’s Heath, OTIS ("on time; in school": the best weekly, half-termly and yearly class); School-Home Support
(apply rewards every week, reward every improvement however small).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures, shown_parts
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.counted import Rows, by_class, halves_between
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import flags_on, table
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.rewards import rule_in
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, Series
from desktop_app.domain.codes import Code
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import FlagKind
from desktop_app.domain.report import (
    BigFigure,
    Block,
    ChartBlock,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
)
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import SUNDAY
from desktop_app.rules.display import difference, long_date
from desktop_app.rules.half_terms import HalfTerm, half_term_of
from desktop_app.rules.names import class_order
from desktop_app.rules.register import not_begun
from desktop_app.rules.rewards import RewardRule, counted_for_rewards, nothing_missed, rate
from desktop_app.rules.session_lists import count_words

KEY, TITLE = "league", "Class league and rewards"
LEAGUE = (
    ReportColumn("Class", share=1.4),
    ReportColumn("Pupils", Unit.COUNT),
    ReportColumn("That week", Unit.PERCENT),
    ReportColumn("Week before", Unit.PERCENT),
    ReportColumn("Change", Unit.POINTS),
    ReportColumn("Late", Unit.COUNT),
    ReportColumn("Half term so far", Unit.PERCENT),
)


@dataclass(frozen=True, slots=True)
class _Rewards:
    """The rule in force, the codes, and who has an agreed medical condition."""

    rule: RewardRule
    codes: Mapping[str, Code]
    agreed: AbstractSet[int]

    def rate(self, rows: Iterable[PupilFigures]) -> Fraction | None:
        """The rate of some pupils together, as it counts for rewards: sum over sum."""
        pairs = [counted_for_rewards(one.figures, self.codes, self.rule, medical=self._agreed(one)) for one in rows]
        return rate(sum(attended for attended, _ in pairs), sum(counted for _, counted in pairs))

    def nothing_missed(self, row: PupilFigures) -> bool:
        """Whether nothing that counts was missed."""
        return nothing_missed(row.figures, self.codes, self.rule, medical=self._agreed(row))

    def waits(self, row: PupilFigures) -> bool:
        """Whether a mark is missing, or its reason not established."""
        return bool(row.figures.unmarked) or any(
            times and self.codes[key].provisional for key, times in row.figures.codes.items()
        )

    def _agreed(self, row: PupilFigures) -> bool:
        return row.pupil.id in self.agreed


@dataclass(frozen=True, slots=True)
class _Line:
    """A class in the league."""

    name: str
    pupils: int
    week: Fraction | None
    before: Fraction | None
    change: Fraction | None
    late: int
    half: Fraction | None


@needs(Right.READ_REGISTER)
def league(context: Context, asked: Asked) -> Report:
    """The last school week that is over by a day, beside the one before: there is no certificate for a week in which a
    session may still be missed. The names of those who get one are there for who may see the children, of the classes
    they see."""
    with frame(context, asked) as running:
        mondays = _whole_weeks(running)
        if not mondays:
            words = f"No school week was over by {long_date(asked.on)}: rewards are of whole weeks."
            return running.report(KEY, TITLE, long_date(asked.on), (TextBlock(words),))
        last = running.roll.calendar.school_days(mondays[-1], mondays[-1] + SUNDAY)[-1]
        made = replace(running, asked=replace(asked, on=min(asked.on, mondays[-1] + SUNDAY)))
        rewards = _rewards(made, rule_in(made.reading.book))
        blocks = tuple(_blocks(made, mondays, rewards))
        subtitle = f"The whole week of {long_date(mondays[-1])}, up to {long_date(last)}"
        return made.report(KEY, TITLE, subtitle, blocks)


def _whole_weeks(made: Frame) -> tuple[date, ...]:
    """The Mondays of the last two school weeks that are over: no register of theirs is still to begin; none where
    the first one runs. Refused before it."""
    on, calendar = made.asked.on, made.roll.calendar
    mondays = calendar.school_weeks(on, 3)
    if not mondays:
        raise Refused(f"There was no school week by {long_date(on)}.")
    last = calendar.school_days(mondays[-1], mondays[-1] + SUNDAY)[-1]
    today = made.moment.date()
    waits = any(calendar.closed(one) is None for one in not_begun(made.roll.school, made.moment))
    if last > min(on, today) or (last == today and waits):
        mondays = mondays[:-1]
    return mondays[-2:]


def _rewards(made: Frame, rule: RewardRule) -> _Rewards:
    agreed = {
        key
        for key, flags in flags_on(made, made.asked.on).items()
        if any(one.kind is FlagKind.MEDICAL and one.value.strip() for one in flags)
    }
    return _Rewards(rule, made.context.rulebook.codes, agreed)


def _blocks(made: Frame, mondays: tuple[date, ...], rewards: _Rewards) -> Iterator[Block]:
    monday = mondays[-1]
    week = made.figures(monday, min(made.asked.on, monday + SUNDAY))
    earlier = made.figures(mondays[0], mondays[0] + SUNDAY) if len(mondays) == 2 else ()
    halves = halves_between(made, made.year_first - timedelta(weeks=20), made.asked.on)
    half = half_term_of(halves, made.asked.on)
    so_far = made.figures(half.first, made.asked.on) if half else ()
    told = shown_parts(by_class(week), made.context)  # to a class teacher none from which another’s child could be told
    yield from _league(tuple(one for one in week if one.class_name in told), earlier, so_far, rewards)
    if made.context.may(Right.READ_PUPIL):
        yield _certificates(made, week, rewards)
        if half:
            yield _improved(made, halves, half, so_far, rewards)


def _league(week: Rows, earlier: Rows, so_far: Rows, rewards: _Rewards) -> Iterator[Block]:
    now, before, half = by_class(week), by_class(earlier), by_class(so_far)
    lines: list[_Line] = []
    for name in sorted(now, key=class_order):
        this, then = rewards.rate(now[name]), rewards.rate(before.get(name, ()))
        late = sum(one.figures.late for one in now[name])
        of_half = rewards.rate(half.get(name, ()))
        lines.append(_Line(name, len(now[name]), this, then, difference(this, then), late, of_half))
    best = _first({one.name: one.week for one in lines if one.week is not None})
    better = _first({one.name: one.change for one in lines if one.change is not None and one.change > 0})
    yield FiguresBlock(
        (
            BigFigure(f"Best class: {best[0]}", best[1], Unit.PERCENT, "attendance that week"),
            BigFigure(f"Most improved: {better[0]}", better[1], Unit.POINTS, "points above the week before"),
        )
    )
    ranked = sorted(lines, key=lambda one: (one.week is None, -(one.week or 0)))
    rows = tuple((one.name, one.pupils, one.week, one.before, one.change, one.late, one.half) for one in ranked)
    note = (
        "Attendance as it counts for rewards; change in percentage points; late is L and U of that week. "
        f"{rewards.rule.words}"
    )
    yield TableBlock("Classes", LEAGUE, rows, note, "No class had a session that week.")
    if rows:
        bars = Series("Attendance", tuple(one.week for one in lines))
        yield ChartBlock(
            BarChart("Attendance by class, that week", "%", tuple(one.name for one in lines), (bars,), "Class")
        )


def _first(values: Mapping[str, Fraction]) -> tuple[str, Fraction | None]:
    """The class or classes with the highest value, and that value; none where there is no class that week."""
    if not values:
        return "none", None
    top = max(values.values())
    return ", ".join(name for name, value in values.items() if value == top), top


def _certificates(made: Frame, week: Rows, rewards: _Rewards) -> TableBlock:
    """Everybody who missed nothing that counts; who still waits for a mark is only counted."""
    seen = [one for one in week if made.context.sees(one.class_name) and one.pupil.on_roll(made.asked.on)]
    every = [one for one in seen if rewards.nothing_missed(one)]
    waiting = sum(rewards.waits(one) for one in every)
    lines = ((one, (one.figures.attended, one.figures.late)) for one in every if not rewards.waits(one))
    columns = (ReportColumn("Sessions attended", Unit.COUNT), ReportColumn("Times late", Unit.COUNT))
    more = count_words(waiting, "more pupil waits", "more pupils wait")
    note = f"{more} for a mark that is missing, or has an N. " if waiting else ""
    note += rewards.rule.words
    return table("Certificates: nothing missed that week", columns, lines, "No certificate for that week.", note)


def _improved(made: Frame, halves: tuple[HalfTerm, ...], half: HalfTerm, so_far: Rows, rewards: _Rewards) -> TableBlock:
    """Everybody whose attendance is better than in the half term before, by however little."""
    earlier = [one for one in halves if one.last < half.first]
    before = {one.pupil.id: one for one in made.figures(earlier[-1].first, earlier[-1].last)} if earlier else {}
    found: list[tuple[PupilFigures, Fraction, Fraction, Fraction]] = []
    for one in so_far:
        then = rewards.rate([before[one.pupil.id]]) if one.pupil.id in before else None
        now = rewards.rate([one])
        if then is not None and now is not None and now > then and made.context.sees(one.class_name):
            found.append((one, then, now, difference(now, then) or Fraction(0)))
    found.sort(key=lambda one: one[1] - one[2])
    columns = (
        ReportColumn("Half term before", Unit.PERCENT),
        ReportColumn("This half term", Unit.PERCENT),
        ReportColumn("Better by", Unit.POINTS),
    )
    lines = ((one, (then, now, more)) for one, then, now, more in found)
    return table(
        "Certificates: better than the half term before",
        columns,
        lines,
        "Nobody came more than before.",
        rewards.rule.words,
    )
