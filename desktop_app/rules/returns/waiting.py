"""What waits of one return, in words: which month is owed, of how many children, and by when or since when."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.returns import ReturnDue
from desktop_app.rules.display import due_words, long_month
from desktop_app.rules.session_lists import count_words


def waiting_words(due: Iterable[ReturnDue], *, monthly: bool) -> tuple[str, ...]:
    """A sentence for each thing that is due of one return, what is due first first. A `monthly` return says of which
    month it is; of any other the first day tells. What was made and did not go says of which month, and to whom."""
    return tuple(_words(one, monthly=monthly) for one in due)


def _words(one: ReturnDue, *, monthly: bool) -> str:
    when = due_words(one.due, overdue=one.overdue) if one.due else ""
    if one.made:
        return _sentence(f"{long_month(one.month)} to {one.authority} made, not sent", when)
    number = count_words(len(one.owed), "child", "children")
    if monthly:
        return _sentence(f"{long_month(one.month)}: {number}", when)
    first = "the first " if when and len(one.owed) > 1 else ""
    return _sentence(f"{number} to report", first + when)


def _sentence(what: str, when: str) -> str:
    return f"{what}, {when}." if when else f"{what}."
