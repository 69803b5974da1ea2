"""To which authorities a return goes: where the school is, where the child lives, who keeps the EHC plan, who looks
after the child. The four may be four authorities.

Sources: SI 2024/208, regulation 3: in all of it “the local authority” is the one that maintains the school, and of any
other school the one of its area. Sefton’s strategy 2024–25, “working with cross-border pupils”: what the home
authority, the school’s authority and the one that maintains the EHC plan answer for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain.returns import GoesTo
from desktop_app.rules.names import plain

COMMON = frozenset(
    {"council", "borough", "metropolitan", "county", "city", "district", "royal", "london", "of", "the", "and", "la"}
)
"""The words that authorities have in common."""


@dataclass(frozen=True, slots=True)
class Authorities:
    """The authorities of a child as they are written down: that of the school, the others empty where nobody said."""

    school: str
    home: str = ""
    plan: str = ""
    care: str = ""
    has_plan: bool = False
    cared_for: bool = False

    def of(self, to: GoesTo) -> str:
        """The authority; the home authority where that of the plan or of the care is not written down, and that of the
        school where no home authority is: a child lives where the school is, unless somebody says otherwise."""
        written = {GoesTo.SCHOOL: self.school, GoesTo.HOME: self.home, GoesTo.PLAN: self.plan, GoesTo.CARE: self.care}
        return written[to] or self.home or self.school

    def doubt(self, to: Iterable[GoesTo]) -> str:
        """What the maker should see to; empty where all is written down."""
        if GoesTo.PLAN in to and self.has_plan and not self.plan:
            return f"which authority keeps the EHC plan is not written down: {self.of(GoesTo.PLAN)} is taken"
        if GoesTo.CARE in to and self.cared_for and not self.care:
            return f"which authority looks after the child is not written down: {self.of(GoesTo.CARE)} is taken"
        return ""

    def lives_elsewhere(self, number: str = "") -> bool:
        """Whether another authority than the school’s, of that `number`, is written down as that of the home."""
        return bool(self.home) and not same(self.home, self.school) and self.home.strip() != number


def to_whom(to: Sequence[GoesTo], child: Authorities, number: str = "") -> tuple[str, ...]:
    """The authorities that a return of a child goes to, each once; one that is the school’s own by another name, or by
    its `number`, is called as the school calls it. A child who is looked after by another authority is told to that
    one too wherever the home authority is told; of a child who is not, nobody answers for the care."""
    wanted = [one for one in to if one is not GoesTo.CARE or child.cared_for]
    if GoesTo.HOME in to and child.care:
        wanted.append(GoesTo.CARE)
    found: list[str] = []
    for one in wanted:
        name = child.of(one)
        name = child.school if same(name, child.school) or (number and name.strip() == number) else name
        if not any(same(name, known) for known in found):
            found.append(name)
    return tuple(found)


def same(one: str, other: str) -> bool:
    """Whether two names are of one authority: `Halton` and `Halton Borough Council`."""
    return _core(one) == _core(other)


def _core(name: str) -> frozenset[str]:
    words = frozenset(plain(name).replace("(", " ").replace(")", " ").split())
    return words - COMMON or words
