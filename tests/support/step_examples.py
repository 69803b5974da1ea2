"""The made-up school year by which a pack's worked examples of steps are reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop_app.domain.school import Period, PeriodKind

A_BREAK, ONE_DAY = timedelta(days=14), timedelta(days=1)
"""Half terms further apart than this lie in two terms."""


def periods_of(half_terms: Sequence[tuple[date, date]]) -> tuple[Period, ...]:
    """The terms of those half terms, and the holidays inside them."""
    terms: list[tuple[date, date]] = []
    holidays: list[tuple[date, date]] = []
    for first, last in half_terms:
        if terms and first - terms[-1][1] <= A_BREAK:
            holidays.append((terms[-1][1] + ONE_DAY, first - ONE_DAY))
            terms[-1] = (terms[-1][0], last)
        else:
            terms.append((first, last))
    rows = [(PeriodKind.TERM, "Term", *one) for one in terms]
    rows += [(PeriodKind.HOLIDAY, "Half term", *one) for one in holidays]
    return tuple(Period(number, *row) for number, row in enumerate(rows, start=1))
