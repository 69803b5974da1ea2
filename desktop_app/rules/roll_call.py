"""The roll-call for fire and evacuation: who has to be found, and who is known to be elsewhere.

Source: the school's own duty of care; a child is only left out of the search where the register or the hatch says that
it is not in the building. Nothing of a flag, a reason or an address stands on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from desktop_app.domain.codes import Code
from desktop_app.domain.paper import RollClass, RollLine, Whereabouts
from desktop_app.domain.people import Pupil
from desktop_app.rules.display import clock_time
from desktop_app.rules.standing import Standing

NOT_ACCOUNTED = "not accounted for"


def roll_line(
    pupil: Pupil, code: str, stands: Standing | None, out: time | None, codes: Mapping[str, Code]
) -> RollLine:
    """Where one child is, by its mark of the session at hand (empty: none), by what stands there by itself, and by
    whether it was signed out (`out`, when)."""
    name = pupil.list_name
    if code:
        return _marked(name, codes[code], out)
    if stands is not None and not stands.confirm:
        return RollLine(name, Whereabouts.AWAY)
    if stands is not None:
        return RollLine(name, Whereabouts.UNSURE, f"{stands.code} to be confirmed")
    return RollLine(name, Whereabouts.UNSURE, NOT_ACCOUNTED)


def roll_class(class_name: str, lines: Sequence[RollLine], *, taken: bool) -> RollClass:
    """A class: those to be found first, each group in the register's order."""
    order = list(Whereabouts)
    return RollClass(class_name, taken, tuple(sorted(lines, key=lambda line: order.index(line.where))))


def _marked(name: str, code: Code, out: time | None) -> RollLine:
    if code.provisional:
        return RollLine(name, Whereabouts.UNSURE, NOT_ACCOUNTED)
    if code.counts.attended and code.elsewhere:
        return RollLine(name, Whereabouts.ELSEWHERE, code.key)
    # U is an absence of the session in law; the child came, and is in the building.
    if code.counts.attended or code.late:
        if out is not None:
            return RollLine(name, Whereabouts.AWAY, f"signed out {clock_time(out)}")
        return RollLine(name, Whereabouts.HERE)
    return RollLine(name, Whereabouts.AWAY)
