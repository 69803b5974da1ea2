"""Attendance for rewards, where no child loses anything by what it cannot help.

Source: practice of rewards (they never drop a child for M, R, C2, an agreed medical condition or a Y day; the rule in
force is printed under the list); School-Home Support: "reward all improvements however small – some children will never
have 100% attendance"; the Equality Act 2010, since illness may be a disability.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from desktop_app.domain.codes import ILLNESS, Code
from desktop_app.domain.figures import Figures

SETTING = "rewards.rule"
NEVER_COUNTED = ("M", "R", "C2")
"""Medical appointments, religious observance and agreed part-time timetables. Y codes are no possible session."""


class RewardRule(StrEnum):
    """What a school lets count against a child besides what never does."""

    ILLNESS_SPARED = "illness-spared"
    ILLNESS_COUNTS = "illness-counts"

    @property
    def words(self) -> str:
        """The rule as it is printed under a list of rewards."""
        never = (
            "Medical appointments (M), religious observance (R), agreed part-time timetables (C2), days that could not "
            "be attended (Y) and the illness of a child with an agreed medical condition count against nobody"
        )
        if self is RewardRule.ILLNESS_SPARED:
            return f"Rule in force: {never}, nor does any other illness (I)."
        return f"Rule in force: {never}. Other illness (I) counts as an absence."


def rule_of(setting: str) -> RewardRule:
    """The rule that a school chose; where it chose none, the one that spares illness."""
    return next((one for one in RewardRule if one.value == setting), RewardRule.ILLNESS_SPARED)


def spared(rule: RewardRule, *, medical: bool) -> frozenset[str]:
    """The codes that do not count against a child, `medical` where a condition is agreed."""
    ill = (ILLNESS,) if medical or rule is RewardRule.ILLNESS_SPARED else ()
    return frozenset((*NEVER_COUNTED, *ill))


def counted_for_rewards(
    figures: Figures, codes: Mapping[str, Code], rule: RewardRule, *, medical: bool
) -> tuple[int, int]:
    """The sessions attended, and those that count: attended and absent, without what is spared."""
    without = spared(rule, medical=medical)
    absent = sum(times for key, times in figures.codes.items() if codes[key].counts.absent and key not in without)
    return figures.attended, figures.attended + absent


def nothing_missed(figures: Figures, codes: Mapping[str, Code], rule: RewardRule, *, medical: bool) -> bool:
    """Whether a child who had sessions missed none that counts, as far as is known: an N may yet become anything. One
    who attended none of them is still among these where what kept it away counts against nobody; plain illness from end
    to end is not a week of full attendance."""
    without = spared(rule, medical=medical)
    missed = any(
        times and codes[key].counts.absent and not codes[key].provisional and key not in without
        for key, times in figures.codes.items()
    )
    ill = not medical and figures.codes.get(ILLNESS, 0) > 0
    return any(figures.codes.values()) and not missed and (figures.attended > 0 or not ill)


def rate(attended: int, counted: int) -> Fraction | None:
    """Attendance for rewards, in per cent; None where nothing counts."""
    return Fraction(100 * attended, counted) if counted else None
