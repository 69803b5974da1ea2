"""How much of what was possible was attended: persistent and severe absence, and the lines of a pack.

Every test is on whole-number counts, never on a rounded percentage, and says nothing before the pack’s number of
possible sessions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.domain.people import FlagKind
from desktop_app.domain.rulebook import Band, Threshold
from desktop_app.domain.triggers import Seen, TriggerSpec
from desktop_app.rules.bands import holds
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.figures import meets, threshold_words
from desktop_app.rules.triggers.facts import Course, Met, Share, Watched

A_WEEK, ONE_DAY = timedelta(weeks=1), timedelta(days=1)
Test = Callable[[Share], bool]


def may_be_persistent(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the figures of the year meet it: this decides it, and the course of the year only says since when."""
    del spec
    return _now(child, _missed(child.watch.rulebook.persistent))


def persistent(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Persistent absence: a tenth or more of the child’s own possible sessions missed."""
    del spec
    threshold = child.watch.rulebook.persistent
    yield from _met(child, _missed(threshold), f"{threshold_words(threshold)} is persistent absence.")


def may_be_severe(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the figures of the year meet it."""
    del spec
    return _now(child, _missed(child.watch.rulebook.severe))


def severe(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Severe absence: half or more missed."""
    del spec
    threshold = child.watch.rulebook.severe
    after = f"{threshold_words(threshold)} is severe absence: agree a joint approach with the authority."
    yield from _met(child, _missed(threshold), after)


def may_be_at_most(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the figures of the year meet it."""
    return _now(child, _at_most(spec))


def at_most(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Attendance of so much or less, exactly."""
    yield from _met(child, _at_most(spec), f"The line is {spec.params['percent']}% or below.")


def may_be_below(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the figures of the year meet it."""
    return _now(child, _below(spec))


def below(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Attendance of less than so much."""
    yield from _met(child, _below(spec), f"The line is {spec.params['percent']}%.")


def may_be_flagged_below(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the child has one of the flags and the figures of the year meet it."""
    return any(child.flagged(FlagKind(name)) for name in spec.params["flags"].split()) and _now(child, _below(spec))


def flagged_below(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Attendance of less than so much, of a child with one of the flags on the day."""
    if may_be_flagged_below(child, spec):
        yield from _met(child, _below(spec), f"The line is {spec.params['percent']}%. {spec.title}.")


def no_improvement(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """So many calendar weeks below the line without improvement, from when the child fell below it, or from what was
    decided about that trigger since: the last weeks are not better than the year was then by so many points."""
    weeks, points = int(spec.params["weeks"]), Fraction(spec.params["points"])
    fell = since_of(child.course, _below(spec), child.watch.early)
    if fell is None:
        return
    begun = max([fell, *_decisions(child, spec.params["follows"], fell)])
    then = _rate(child.course.between(child.watch.year_start, begun))

    def still(day: date) -> bool:
        lately = _rate(child.course.between(day - weeks * A_WEEK + ONE_DAY, day))
        return lately is not None and then is not None and lately < then + points

    days = child.watch.calendar.school_days(begun + weeks * A_WEEK, child.watch.on)
    since = _trailing(days, still)
    if since is None:
        return
    lately = _rate(child.course.between(child.watch.on - weeks * A_WEEK + ONE_DAY, child.watch.on))
    says = (
        f"{weeks} weeks since {date_year(begun)}, when attendance stood at {percent(then)}; in the last {weeks} weeks "
        f"it was {percent(lately)}. An Early Help Assessment must be completed."
    )
    yield Met(since, says, _absences(child, begun))


def may_fall(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the child has an EHC plan on the day."""
    del spec
    return child.flagged(FlagKind.EHCP) is not None


def ehcp_falling(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The last so many school weeks so many points below the school year before them."""
    weeks, points = int(spec.params["weeks"]), Fraction(spec.params["points"])
    watch, mondays = child.watch, [week.monday for week in child.watch.weeks]

    def shares(day: date) -> tuple[Share, Share]:
        opens = mondays[max(0, bisect_right(mondays, day) - weeks)]
        return child.course.between(watch.year_start, opens - ONE_DAY), child.course.between(opens, day)

    def fallen(day: date) -> bool:
        before, lately = shares(day)
        was, now = _rate(before), _rate(lately)
        return before.possible >= watch.early and was is not None and now is not None and was - now >= points

    since = _trailing(watch.calendar.school_days(watch.year_start, watch.on), fallen)
    if since is None:
        return
    before, lately = shares(watch.on)
    states = (
        f"Attendance was {percent(_rate(lately))} in the last {weeks} school weeks and {percent(_rate(before))} in the "
        "school year before them."
    )
    says = f"{states} Tell the authority that maintains the EHC plan."
    yield Met(since, says, _absences(child, watch.weeks_back(weeks)), states=states)


def since_of(course: Course, test: Test, early: int) -> date | None:
    """The day of the session since which the test has been met after every one; None where it is not after the last."""
    since: date | None = None
    for day, possible, attended in zip(course.days, course.possible, course.attended, strict=True):
        if possible < early or not test(Share(possible, attended)):
            since = None
        elif since is None:
            since = day
    return since


def no_better(child: Watched, now: Band) -> Sequence[Band]:
    """The band and those below it: what was decided about one of them holds for it."""
    bands = child.watch.pack.bands
    return bands[bands.index(now) :]


def fallen_since(child: Watched, first: date, now: Band) -> date:
    """The day after `first` since which a child has been in the present band or a lower one: that of a deeper fall is a
    later one, and what was decided before it was about another band."""
    low = no_better(child, now)

    def there(share: Share) -> bool:
        rate = Fraction(100 * share.attended, share.possible)
        return any(holds(band, rate) for band in low)

    since: date | None = None
    course = child.course
    for day, possible, attended in zip(course.days, course.possible, course.attended, strict=True):
        if day <= first or not there(Share(possible, attended)):
            since = None
        elif since is None:
            since = day
    return since or child.watch.on


def _met(child: Watched, test: Test, after: str) -> Iterator[Met]:
    since = since_of(child.course, test, child.watch.early)
    if since is None:
        return
    possible, attended = child.figures.possible, child.figures.attended
    says = (
        f"Missed {possible - attended} of {possible} possible sessions this school year: attendance "
        f"{percent(_rate(Share(possible, attended)))} to date. {after}"
    )
    yield Met(since, says, _absences(child, child.watch.year_start))


def _now(child: Watched, test: Test) -> bool:
    figures = child.figures
    return figures.possible >= max(1, child.watch.early) and test(Share(figures.possible, figures.attended))


def _missed(threshold: Threshold) -> Test:
    return lambda share: meets(threshold, share.possible - share.attended, share.possible)


def _at_most(spec: TriggerSpec) -> Test:
    line = Fraction(spec.params["percent"])
    return lambda share: 100 * share.attended <= line * share.possible


def _below(spec: TriggerSpec) -> Test:
    line = Fraction(spec.params["percent"])
    return lambda share: 100 * share.attended < line * share.possible


def _rate(share: Share) -> Fraction | None:
    return Fraction(100 * share.attended, share.possible) if share.possible else None


def _trailing(days: Sequence[date], met: Callable[[date], bool]) -> date | None:
    since: date | None = None
    for day in reversed(days):
        if not met(day):
            break
        since = day
    return since


def _decisions(child: Watched, key: str, since: date) -> list[date]:
    return [day for day in child.decision_days(key) if day >= since]


def _absences(child: Watched, since: date) -> tuple[Seen, ...]:
    codes = child.watch.rulebook.codes
    return tuple(
        Seen(mark.day, mark.half, mark.code)
        for mark in child.every
        if mark.day >= since and codes[mark.code].counts.absent
    )
