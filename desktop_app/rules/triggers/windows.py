"""So many unauthorised sessions within so many school weeks, and N that are not settled."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from desktop_app.domain.marks import Mark
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rules.display import MONTHS, date_year, long_date
from desktop_app.rules.notices import apart, order_on
from desktop_app.rules.open_n import age_of_n
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.triggers.facts import Met, Watched, seen
from desktop_app.rules.unauthorised import ONE_DAY, met_since, offences

WITHOUT_NOTICES = frozenset({SchoolType.INDEPENDENT, SchoolType.NON_MAINTAINED_SPECIAL})
"""The types of school for whose pupils no penalty notice can be given."""
INSTEAD = (
    "A school of this type cannot ask for a penalty notice: agree support with the parents, name the child in the "
    "attendance return, and ask the authority about an education supervision order or prosecution."
)
IF_AGREED = "if the authority agrees"
CONSIDER = "Support comes first; a penalty notice must be considered. The authority’s count decides."


def reason_open(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Every N not settled yet, from its first day; due by the end of the fifth school day after the session."""
    del spec
    marks = [mark for mark in child.open_n if mark.day <= child.watch.on]
    if not marks:
        return
    first = marks[0]
    settle = child.watch.rulebook.settle_n.value
    age = age_of_n(child.watch.calendar, Session(first.day, first.half), child.watch.on, settle)
    by = f"by {date_year(age.due)}" if age.due else f"within {settle} school days"
    late = "; the time is over: O is proposed, a person decides" if age.overdue else ""
    which = sessions_list([Session(mark.day, mark.half) for mark in marks])
    says = f"{count_words(len(marks), 'session is', 'sessions are')} still N: {which}. To be settled {by}{late}."
    yield Met(first.day, says, seen(marks), age.due)


def may_fill(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the window of the day could hold so many sessions: a cheap test."""
    codes, opens = spec.params["codes"].split(), child.watch.weeks_back(int(spec.params["weeks"]))
    return sum(mark.code in codes and mark.day >= opens for mark in child.marks) >= int(spec.params["sessions"])


def penalty_window(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The threshold at which a penalty notice must be considered, or what a school without one can do."""
    if order_on(child.orders, child.pupil.id, child.watch.on):
        return  # while an education supervision order stands nothing of the sort is proposed (practice 20)
    after = INSTEAD if child.watch.school.type in WITHOUT_NOTICES else CONSIDER
    yield from _window(child, spec, after, apart(child.notices, child.orders, child.pupil.id))


def monthly_window(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """So many as something for the month’s return, while the window holds so many: the first month since then whose
    return nothing was decided about. A leaver is named in the return of the last month on roll."""
    for met in _of_the_month(child, spec):
        yield from for_the_month(child, spec, met, child.watch.on, IF_AGREED)


def each_monthly_window(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The same, of every month there was since then, whatever was decided."""
    for met in _of_the_month(child, spec):
        yield from for_each_month(child, met, child.watch.on, IF_AGREED)


def _of_the_month(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    left = child.pupil.leaving_day
    if left is None or child.watch.on <= month_ends(left):
        yield from _window(child, spec, "")


def for_the_month(child: Watched, spec: TriggerSpec, met: Met, last: date, if_so: str = "") -> Iterator[Met]:
    """A trigger for the monthly return: due by the last day of the month, and decided for that month alone. One that
    was not sent stays, overdue, and comes before those of the months after it, till `last`; what lies before the marks
    that are looked through is not gone into."""
    for ends in _months(child, met, last):
        if not child.decided(spec.key, max(ends.replace(day=1), met.since), ends):
            yield _for_month(child, met, ends, if_so)
            return


def for_each_month(child: Watched, met: Met, last: date, if_so: str = "") -> Iterator[Met]:
    """The same of every month, whatever was decided."""
    for ends in _months(child, met, last):
        yield _for_month(child, met, ends, if_so)


def _months(child: Watched, met: Met, last: date) -> Iterator[date]:
    """The last days of the months whose returns a trigger is for."""
    ends = month_ends(max(met.since, child.watch.reach))
    yield ends
    while ends < last:
        ends = month_ends(ends + ONE_DAY)
        yield ends


def _for_month(child: Watched, met: Met, ends: date, if_so: str) -> Met:
    of = "this month’s return" if ends >= child.watch.on else f"the return of {MONTHS[ends.month - 1]} {ends.year}"
    words = f"Name the child in {of} to the authority{', ' + if_so if if_so else ''}."
    begins = max(ends.replace(day=1), met.since)
    return met._replace(
        says=f"{met.says} {words}", due=ends, decided_from=begins, month=ends, states=met.states or met.says
    )


def month_ends(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _window(
    child: Watched, spec: TriggerSpec, after: str, left_out: Callable[[Session], bool] | None = None
) -> Iterator[Met]:
    watch, params = child.watch, spec.params
    weeks, sessions = int(params["weeks"]), int(params["sessions"])
    every = offences(child.marks, params["codes"].split(), child.pupil.date_of_birth)
    marks = [mark for mark in every if not left_out(Session(mark.day, mark.half))] if left_out else every
    since = met_since([mark.day for mark in marks], watch.weeks, watch.on, weeks, sessions)
    if since is None:
        return
    inside = [mark for mark in marks if mark.day >= watch.weeks_back(weeks)]
    provisional = sum(watch.rulebook.codes[mark.code].provisional for mark in inside)
    opens = watch.weeks_back(weeks)
    says = f"{_counted(inside)} in the {weeks} school weeks from {long_date(opens)} to {long_date(watch.on)}."
    if provisional:
        says += f" {provisional} of the {len(inside)} {'is' if provisional == 1 else 'are'} N, provisional."
    if left := sum(mark.day >= opens for mark in every) - len(inside):
        says += f" {count_words(left, 'more is', 'more are')} shown apart: no notice can rest on them again."
    yield Met(since, f"{says} {after}".strip(), seen(inside), None, len(inside) - provisional < sessions)


def _counted(marks: Sequence[Mark]) -> str:
    by_code = ", ".join(f"{number} {code}" for code, number in sorted(Counter(mark.code for mark in marks).items()))
    return f"{count_words(len(marks), 'unauthorised session', 'unauthorised sessions')} ({by_code})"
