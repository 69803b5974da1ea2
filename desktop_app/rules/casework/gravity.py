"""Which of several triggers met is the gravest: it leads, and a penalty comes after help wherever both are asked for.

Working together to improve school attendance (19 August 2024): support comes first, severe absence before all; the
packs say likewise (Sefton: “they should consider if support is more appropriate in this case”).
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.triggers import Trigger, TriggerKind

PENALTY = frozenset({TriggerKind.PENALTY_THRESHOLD, TriggerKind.LATENESS_THRESHOLD, TriggerKind.TERM_TIME_HOLIDAY})
"""The kinds on which a penalty is thought of."""

_GRAVEST = (
    TriggerKind.SEVERE_ABSENCE,
    TriggerKind.SOCIAL_CARE_PLAN,
    TriggerKind.NEGLECT_FACTOR,
    TriggerKind.EARLY_HELP_DUE,
    TriggerKind.PERSISTENT_ABSENCE,
)
"""Severe absence, then half and three quarters and the like, then a tenth of sessions missed."""

USUAL = 1
"""How grave what nothing is said of is: more than a penalty, less than persistent absence."""


def gravity(kind: TriggerKind) -> int:
    """How grave a trigger is; more is graver, and a penalty is least."""
    if kind in PENALTY:
        return 0
    return USUAL + len(_GRAVEST) - _GRAVEST.index(kind) if kind in _GRAVEST else USUAL


def gravest_first(triggers: Iterable[Trigger]) -> tuple[Trigger, ...]:
    """The triggers, the gravest first; as they came among equals."""
    return tuple(sorted(triggers, key=lambda one: -gravity(one.kind)))
