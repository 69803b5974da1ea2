"""The roll-call for fire and evacuation: who has to be found, and who is known to be elsewhere.

Source: the school's own duty of care; a child is only left out of the search where the register or the hatch says that
it is not in the building. Nothing of a flag, a reason or an address stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from desktop_app.domain.codes import Code
from desktop_app.domain.paper import RollClass, RollLine, Whereabouts
from desktop_app.domain.people import Pupil
from desktop_app.rules.codes import in_building
from desktop_app.rules.display import clock_time
from desktop_app.rules.standing import Origin, Standing

NOT_ACCOUNTED = "not accounted for"


@dataclass(frozen=True, slots=True)
class Taking:
    """The register at hand of a class: when its taking begins, and whether somebody in the room has taken it."""

    opens: time
    taken: bool


def roll_line(
    pupil: Pupil, code: str, stands: Standing | None, out: time | None, codes: Mapping[str, Code], taking: Taking
) -> RollLine:
    """Where one child is, by its mark of the session at hand (empty: none), by what stands there by itself, and by
    whether it was signed out (`out`, when). Whoever is marked present in a session that began after the child was
    signed out has seen it come back, whatever the hatch says. A planned absence is no sighting: until the register is
    taken the child may have come after all."""
    name = pupil.list_name
    here = code and in_building(codes[code])
    if here and (out is None or out < taking.opens):
        return RollLine(name, Whereabouts.HERE)
    if out is not None:
        return RollLine(name, Whereabouts.AWAY, f"signed out {clock_time(out)}")
    return _marked(name, codes[code]) if code else _unmarked(name, stands, taking)


def roll_class(class_name: str, lines: Sequence[RollLine], *, taken: bool) -> RollClass:
    """A class: those to be found first, each group in the register's order."""
    order = list(Whereabouts)
    return RollClass(class_name, taken, tuple(sorted(lines, key=lambda line: order.index(line.where))))


def was_taken(found: Iterable[Code]) -> bool:
    """Whether the register of a class was taken, by the codes of its marks. Somebody in the room has marked a child
    present on time; an absence the office typed before, and a late arrival from the hatch, say nothing of the rest."""
    return any(code.counts.attended and not code.elsewhere and not code.late for code in found)


def _unmarked(name: str, stands: Standing | None, taking: Taking) -> RollLine:
    if stands is None:
        return RollLine(name, Whereabouts.UNSURE, NOT_ACCOUNTED)
    if stands.confirm:
        return RollLine(name, Whereabouts.UNSURE, f"{stands.code} to be confirmed")
    if stands.origin is Origin.PLAN and not taking.taken:
        return RollLine(name, Whereabouts.UNSURE, "absence planned, register not taken")
    return RollLine(name, Whereabouts.AWAY)


def _marked(name: str, code: Code) -> RollLine:
    if code.provisional:
        return RollLine(name, Whereabouts.UNSURE, NOT_ACCOUNTED)
    if code.counts.attended and code.elsewhere:
        return RollLine(name, Whereabouts.ELSEWHERE, code.key)
    return RollLine(name, Whereabouts.AWAY)
