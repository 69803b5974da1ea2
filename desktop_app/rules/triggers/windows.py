"""So many unauthorised sessions within so many school weeks, and N that are not settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from desktop_app.domain.marks import Mark
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.open_n import age_of_n
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.triggers.facts import Met, Watched, seen
from desktop_app.rules.unauthorised import met_since, offences

WITHOUT_NOTICES = frozenset({SchoolType.INDEPENDENT, SchoolType.NON_MAINTAINED_SPECIAL})
"""The types of school for whose pupils no penalty notice can be given."""
INSTEAD = (
    "A school of this type cannot ask for a penalty notice: agree support with the parents, name the child in the "
    "attendance return, and ask the authority about an education supervision order or prosecution."
)
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
    after = INSTEAD if child.watch.school.type in WITHOUT_NOTICES else CONSIDER
    yield from _window(child, spec, after)


def window(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """So many sessions of some codes within so many school weeks."""
    yield from _window(child, spec, "")


def monthly_window(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The same as something for the month’s return: listed anew in each month."""
    for met in _window(child, spec, "Name the child in this month’s return, if the authority agrees."):
        yield for_the_month(child, met)


def for_the_month(child: Watched, met: Met) -> Met:
    """A trigger for the monthly return: due by the last day of the month, and decided for that month alone."""
    month = child.watch.on.replace(day=1)
    ends = date.fromordinal((month.replace(day=28).toordinal()) + 4).replace(day=1).toordinal() - 1
    return met._replace(due=date.fromordinal(ends), decided_from=max(month, met.since))


def _window(child: Watched, spec: TriggerSpec, after: str) -> Iterator[Met]:
    watch, params = child.watch, spec.params
    weeks, sessions = int(params["weeks"]), int(params["sessions"])
    marks = offences(child.marks, params["codes"].split(), child.pupil.date_of_birth)
    since = met_since([mark.day for mark in marks], watch.weeks, watch.on, weeks, sessions)
    if since is None:
        return
    inside = [mark for mark in marks if mark.day >= watch.weeks_back(weeks)]
    provisional = sum(watch.rulebook.codes[mark.code].provisional for mark in inside)
    opens = watch.weeks_back(weeks)
    says = f"{_counted(inside)} in the {weeks} school weeks from {long_date(opens)} to {long_date(watch.on)}."
    if provisional:
        says += f" {provisional} of the {len(inside)} {'is' if provisional == 1 else 'are'} N, provisional."
    yield Met(since, f"{says} {after}".strip(), seen(inside), None, len(inside) - provisional < sessions)


def _counted(marks: Sequence[Mark]) -> str:
    by_code = ", ".join(f"{number} {code}" for code, number in sorted(Counter(mark.code for mark in marks).items()))
    return f"{count_words(len(marks), 'unauthorised session', 'unauthorised sessions')} ({by_code})"
