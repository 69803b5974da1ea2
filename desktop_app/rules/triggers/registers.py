"""Registers that are not complete: sessions whose register has closed with children left blank.

Source: SI 2024/208 regulation 10(1): the register is taken for each session, and each pupil expected has a mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Seen, Trigger, TriggerSpec
from desktop_app.rules.register import not_begun, register_closed
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.triggers.facts import Watched


def of_today_alone(child: Watched) -> bool:
    """Whether all that has no mark is of the day that is not over, whose marks are known: nothing need be read."""
    watch, today = child.watch, child.watch.now.date()
    marked = {(mark.day, mark.half) for mark in child.on_day}
    waiting = not_begun(watch.school, watch.now)
    begun = [one for one in child.expected(today, today) if (one.day, one.half) not in marked and one not in waiting]
    return child.figures.unmarked <= len(begun)


def blanks(child: Watched, *, today_alone: bool = False) -> list[Session]:
    """The sessions of the school year that have no mark although their register has closed; of the day that is not over
    alone, where it is known that there are no others."""
    watch = child.watch
    known, first = (child.on_day, watch.now.date()) if today_alone else (child.every, watch.year_start)
    marked = {(mark.day, mark.half) for mark in known}
    return [
        one
        for one in child.expected(first, watch.now.date())
        if (one.day, one.half) not in marked and register_closed(watch.school, one, watch.now)
    ]


def register_missing(spec: TriggerSpec, class_name: str, blank: Collection[Session]) -> Trigger:
    """The trigger of a class, `blank` naming a session once for each child without a mark."""
    children = Counter(blank)
    sessions = sorted(children)
    most = max(children.values())
    upto = "" if len(sessions) == 1 else "up to "
    says = (
        f"{count_words(len(sessions), 'register is', 'registers are')} not complete: {sessions_list(sessions)}; "
        f"{upto}{count_words(most, 'child has', 'children have')} no mark."
    )
    seen = tuple(Seen(one.day, one.half, "") for one in sessions)
    first = sessions[0].day
    return Trigger(spec.kind, spec.key, spec.title, 0, first, first, says, spec.source, seen, class_name=class_name)
