"""Whom to find: a table of cases, by the mark, what stands by itself, and the hatch."""

from __future__ import annotations

from datetime import time

import pytest

from desktop_app.domain.paper import Whereabouts
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.roll_call import Taking, roll_class, roll_line, was_taken
from desktop_app.rules.standing import Origin, Standing
from tests.support.schools import pupil

HERE, UNSURE, ELSEWHERE, AWAY = Whereabouts.HERE, Whereabouts.UNSURE, Whereabouts.ELSEWHERE, Whereabouts.AWAY
LOST = "not accounted for"
TAKEN, UNTAKEN = Taking(time(13, 0), taken=True), Taking(time(13, 0), taken=False)
MORNING, AFTERNOON = time(10, 5), time(13, 40)
CHILD = pupil("Kaya", "Çağla")


@pytest.mark.parametrize(
    ("code", "stands", "out", "where", "says"),
    [
        ("\\", "", None, HERE, ""),
        ("L", "", None, HERE, ""),
        ("U", "", None, HERE, ""),
        ("N", "", None, UNSURE, LOST),
        ("", "", None, UNSURE, LOST),
        ("I", "", None, AWAY, ""),
        ("O", "", None, AWAY, ""),
        ("X", "", None, AWAY, ""),
        ("V", "", None, ELSEWHERE, "V"),
        ("K", "", None, ELSEWHERE, "K"),
        ("", "V", None, UNSURE, "V to be confirmed"),
        ("", "M", None, AWAY, ""),
        # Signed out after the session began: gone, though the mark says present.
        ("\\", "", AFTERNOON, AWAY, "signed out 13:40"),
        ("L", "", AFTERNOON, AWAY, "signed out 13:40"),
        # Signed out in the morning and marked present since: somebody has seen the child.
        ("\\", "", MORNING, HERE, ""),
        ("L", "", MORNING, HERE, ""),
        # Signed out and nothing said since: the hatch knows where the child is not.
        ("", "", MORNING, AWAY, "signed out 10:05"),
        ("N", "", MORNING, AWAY, "signed out 10:05"),
        ("", "V", MORNING, AWAY, "signed out 10:05"),
    ],
)
def test_where_a_child_is(
    rulebook: Rulebook, code: str, stands: str, out: time | None, where: Whereabouts, says: str
) -> None:
    codes = rulebook.codes
    standing = Standing(stands, "", Origin.PLAN, codes[stands].elsewhere) if stands else None
    line = roll_line(CHILD, code, standing, out, codes, TAKEN)
    assert (line.where, line.says) == (where, says)


@pytest.mark.parametrize(
    ("marked", "taken"),
    [
        ("", False),
        ("I", False),  # the office typed a reason before the register
        ("L", False),  # the hatch, before the register
        ("VV", False),
        ("IL", False),
        ("I/", True),
        ("/", True),
    ],
)
def test_a_register_is_taken_once_somebody_marked_a_child_present_on_time(
    rulebook: Rulebook, marked: str, taken: bool
) -> None:
    assert was_taken(rulebook.codes[key] for key in marked) is taken


def test_until_the_register_is_taken_a_planned_absence_is_no_sighting(rulebook: Rulebook) -> None:
    """A timetable is: that child was never due."""
    planned = Standing("M", "", Origin.PLAN)
    not_due = Standing("C2", "", Origin.PATTERN)
    assert roll_line(CHILD, "", planned, None, rulebook.codes, UNTAKEN).where is UNSURE
    assert roll_line(CHILD, "", planned, MORNING, rulebook.codes, UNTAKEN).where is AWAY
    assert roll_line(CHILD, "", not_due, None, rulebook.codes, UNTAKEN).where is AWAY


def test_those_to_be_found_come_first(rulebook: Rulebook) -> None:
    children = [pupil(name, "A") for name in ("Abara", "Bielak", "Chaudhry")]
    lines = [
        roll_line(child, code, None, None, rulebook.codes, TAKEN)
        for child, code in zip(children, ("I", "/", "N"), strict=True)
    ]
    found = roll_class("4B", lines, taken=True)
    assert [line.name for line in found.lines] == ["Chaudhry, A", "Bielak, A", "Abara, A"]
    assert found.look_for == 2
