"""Registers that are not complete: sessions whose register has closed with children left blank.

Source: SI 2024/208 regulation 10(1): the register is taken for each session, and each pupil expected has a mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Seen, Trigger, TriggerSpec
from desktop_app.rules.register import register_closed
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.triggers.facts import Watched


def blanks(child: Watched) -> list[Session]:
    """The sessions of the school year that have no mark although their register has closed."""
    marked = {(mark.day, mark.half) for mark in child.every}
    watch = child.watch
    return [
        one
        for one in child.expected(watch.year_start, watch.now.date())
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
