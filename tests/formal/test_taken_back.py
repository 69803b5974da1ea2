"""What a formal step no longer means once it was taken back, and who may take it out of the chronology."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.contracts import make_contract
from desktop_app.actions.improving import decide_improvement, issue_improvement
from desktop_app.actions.log import withdraw
from desktop_app.actions.notices import ask_notice
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.notices import ImprovementState
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.staff import Role
from desktop_app.rules.parts.declaration import declaration
from desktop_app.rules.rights import TAKES_BACK
from tests.formal.test_formal_deeds import contract, notice
from tests.support.formal import Family, family
from tests.support.people import in_role
from tests.support.readiness import entry, settled, with_entries
from tests.support.schools import SmallSchool


@pytest.fixture
def doyles(school: SmallSchool) -> Family:
    """Doyle, both parents, and a week of G."""
    return family(school)


def test_a_notice_that_was_withdrawn_has_warned_nobody(school: SmallSchool) -> None:
    """Knowsley asks for a warning before a penalty notice: a Notice to Improve is one, until it is taken back."""
    doyles = family(school, warned=False)
    made = issue_improvement(doyles.context, notice(doyles, parents=(doyles.mother, doyles.father), why_not={}))[0]
    decide_improvement(doyles.context, made[0], ImprovementState.WITHDRAWN, "It went to the wrong address.")
    with pytest.raises(Refused, match="Nothing of the kind is recorded for Ms K Doyle"):
        ask_notice(doyles.context, doyles.asking())
    ask_notice(doyles.context, doyles.asking(doyles.father))


def test_what_a_formal_deed_wrote_is_withdrawn_by_whoever_may_do_that_deed(doyles: Family) -> None:
    made = issue_improvement(doyles.context, notice(doyles))[0][0]
    agreed, _ = make_contract(doyles.context, contract(doyles))
    for role, written, may in (
        (Role.OFFICE, made, "issue a Notice to Improve"),
        (Role.ATTENDANCE_LEAD, made, "issue a Notice to Improve"),
        (Role.OFFICE, agreed, "open cases"),
    ):
        with pytest.raises(NotAllowed, match=may):
            withdraw(in_role(doyles.context, role), written, "Made in error.")
    withdraw(in_role(doyles.context, Role.ATTENDANCE_LEAD), agreed, "Made in error.")
    withdraw(in_role(doyles.context, Role.HEADTEACHER), made, "Made in error.")


def test_no_deed_is_taken_back_by_whoever_may_only_log(rulebook: Rulebook) -> None:
    """A kind that is never logged by hand has its right in the table, but for those with a taking back of their own."""
    own = {EntryKind.PENALTY_NOTICE, EntryKind.LEAVE_REQUEST, EntryKind.LEAVE_DECISION}
    deeds = {kind for kind, rule in rulebook.kinds.rules.items() if not rule.by_hand}
    assert deeds - own <= TAKES_BACK.keys()
    assert Right.LOG not in TAKES_BACK.values()


@pytest.mark.parametrize(("decided", "told"), [("not-improved", True), ("withdrawn", False)])
def test_no_declaration_rests_on_a_notice_that_was_withdrawn(rulebook: Rulebook, decided: str, told: bool) -> None:
    """“The parent is aware of the absences”: by what was said to each, and a notice taken back said nothing."""
    issued = entry(1, EntryKind.NOTICE_TO_IMPROVE, 1, 2, at=date(2026, 11, 2), outcome="issued")
    ends = entry(2, EntryKind.IMPROVEMENT, 1, 2, at=date(2026, 11, 4), details={"state": decided}, adds_to=1)
    lines = declaration(with_entries(settled(rulebook), issued, ends))
    (aware,) = [one for one in lines if one.says.startswith("The parent is aware")]
    assert (aware.crossed, "notice to improve" in aware.shows) == (told, told)
