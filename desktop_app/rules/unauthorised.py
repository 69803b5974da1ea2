"""Unauthorised sessions in a rolling window of school weeks: one rule for the list, the bundle and the forecast.

Source: "Working together to improve school attendance", the national framework for penalty notices: ten sessions in a
rolling period of ten school weeks, any week with a session being one, over holidays, terms and school years; N counts
until it is settled. Sessions outside compulsory school age cannot be an offence and do not count.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from desktop_app.domain.marks import Mark
from desktop_app.rules.age import compulsory_from, compulsory_until
from desktop_app.rules.calendar import SchoolWeek

ONE_DAY = timedelta(days=1)


def offences(marks: Iterable[Mark], codes: Collection[str], date_of_birth: date) -> list[Mark]:
    """The marks with one of those codes on a day on which the child was of compulsory school age."""
    first, last = compulsory_from(date_of_birth), compulsory_until(date_of_birth)
    return [mark for mark in marks if mark.code in codes and first <= mark.day <= last]


def met_since(days: Sequence[date], weeks: Sequence[SchoolWeek], on: date, of: int, sessions: int) -> date | None:
    """The school day since which each day’s window up to `on` has held so many sessions; None where that of `on` does
    not. `days` are those of the sessions counted, in order, one for each, none after `on`; `of` the weeks of a window.

    Within a school week the number only grows, and at the next it may fall: so each week is asked at its end, and where
    the number was not full on its first day, the day that filled it is the answer.
    """
    since: date | None = None
    ends = on
    for place in range(bisect_right(weeks, (on, date.max)) - 1, -1, -1):
        opens = weeks[max(0, place + 1 - of)].monday
        begin = bisect_left(days, opens)
        if bisect_right(days, ends) - begin < sessions:
            break
        full = days[begin + sessions - 1]
        since = max(full, weeks[place].first)
        if full > weeks[place].first:
            break
        ends = weeks[place].monday - ONE_DAY
    return since
