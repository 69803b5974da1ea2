"""How rare a pattern is where there is none: exact, on whole numbers.

The question is that of drawing without putting back (the hypergeometric distribution; Fisher's exact test is the same
reckoning): of all the days on which the child could come, so many are Mondays; so many days were missed; had they been
missed on any days, how often would so many of them be Mondays, or more?
"""

from __future__ import annotations

from math import comb

from desktop_app.rules.habits.numbers import ONE_IN


def rare(found: int, drawn: int, of_kind: int, all_days: int, looks: int = 1) -> bool:
    """Whether `found` or more of `drawn` days lie among the `of_kind` days of `all_days` in at most one of `ONE_IN`
    children without a pattern. `looks`: how many such questions are asked at once (five weekdays), so that asking more
    finds no more by chance."""
    ways = sum(
        comb(of_kind, some) * comb(all_days - of_kind, drawn - some) for some in range(found, min(of_kind, drawn) + 1)
    )
    return ONE_IN * looks * ways <= comb(all_days, drawn)


def rare_coin(found: int, tossed: int, looks: int = 1) -> bool:
    """The same where each of `tossed` is one thing or the other with even chances (morning or afternoon)."""
    ways = sum(comb(tossed, some) for some in range(found, tossed + 1))
    return ONE_IN * looks * ways <= 2**tossed
