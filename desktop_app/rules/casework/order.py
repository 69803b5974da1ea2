"""Whether a case may come into a step: in the pack’s order, with what must be done before; and, if not, what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop_app.domain.cases import CaseState
from desktop_app.domain.casework import CaseStep, Casework, Service
from desktop_app.domain.entries import EntryKind
from desktop_app.rules.casework.asks import Asked

SERVICE_WORDS = {
    Service.LA: "the authority’s attendance service",
    Service.OTHER: "another provider’s attendance service",
    Service.NONE: "no attendance service",
}


def place(casework: Casework, step: str) -> int:
    """Where a step stands in the pack’s order; -1 where the pack has it not."""
    return next((number for number, one in enumerate(casework.steps) if one.key == step), -1)


def is_up(casework: Casework, now: str, to: str) -> bool:
    """Whether a move goes up: to a step that stands later in the pack."""
    return place(casework, to) > place(casework, now)


def offered(step: CaseStep, service: Service | None) -> bool:
    """Whether a school with that service has the step at all; where nobody said which it is, every step is."""
    return not step.services or service is None or service in step.services


def kept_from(step: CaseStep, kinds: Collection[str]) -> bool:
    """Whether a school that cannot use entries of those kinds has nothing to do in a step: it is about a penalty, or
    must have what they are."""
    penal = (EntryKind.NOTICE_TO_IMPROVE, EntryKind.PENALTY_NOTICE)
    return any(ask.kind in kinds and (ask.must or ask.kind in penal) for ask in step.asks)


def entered(case: CaseState | None) -> frozenset[str]:
    """The steps the case has been in."""
    return frozenset(one.step for one in case.moves) if case else frozenset()


def ways(casework: Casework, now: CaseStep | None) -> tuple[str, ...]:
    """The steps to which the present one leads, and that which follows the longest stay in its level."""
    if now is None:
        return ()
    level = casework.level_of(now.key)
    return (*now.ways, *((level.stay.then,) if level and level.stay else ()))


def reachable(casework: Casework, step: CaseStep, now: CaseStep | None, been: Collection[str]) -> bool:
    """Whether a step comes next in the pack’s order."""
    return not step.after or any(one in been for one in step.after) or step.key in ways(casework, now)


def why_not(
    casework: Casework,
    case: CaseState | None,
    to: CaseStep,
    service: Service | None,
    unmet: Sequence[Asked],
    despite: str,
) -> str | None:
    """Why a case may not come into a step, in words that say what to do; None where it may. `despite` is the reason for
    which somebody goes on without what must be done, or out of order where the step is urgent."""
    now = casework.step(case.step) if case else None
    if case is not None and case.step == to.key:
        return f"The case is in {to.title} already."
    if service is not None and not offered(to, service):
        return (
            f"{to.title} is not for a school with {SERVICE_WORDS[service]}: choose another step, or change the setting."
        )
    been = entered(case)
    if not reachable(casework, to, now, been) and to.key not in been:
        before = " or ".join(_title(casework, key) for key in to.after)
        if not to.urgent:
            return f"{to.title} comes after {before}: enter that first."
        if not despite:
            return f"{to.title} comes after {before}. Where the risk to the child has grown, say why it cannot wait."
    if case is None or now is None or not is_up(casework, now.key, to.key) or not unmet or despite:
        return None
    things = "; ".join(one.ask.title + _of(one) for one in unmet)
    return f"Before {now.title} is left upwards, this must be done: {things}. Do it, or say why it goes on without."


def _of(one: Asked) -> str:
    return f" ({', '.join(one.missing)})" if one.missing else ""


def _title(casework: Casework, key: str) -> str:
    step = casework.step(key)
    return step.title if step else key
