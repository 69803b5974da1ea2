"""What a formal step no longer means once it was taken back, and who may take it out of the chronology."""

from __future__ import annotations

import pytest

from desktop_app.actions.contracts import make_contract
from desktop_app.actions.improving import decide_improvement, issue_improvement
from desktop_app.actions.log import withdraw
from desktop_app.actions.notices import ask_notice
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.notices import ImprovementState
from desktop_app.domain.staff import Role
from tests.formal.test_formal_deeds import contract, notice
from tests.support.formal import Family, family
from tests.support.people import in_role
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
    for role, entry, may in (
        (Role.OFFICE, made, "issue a Notice to Improve"),
        (Role.ATTENDANCE_LEAD, made, "issue a Notice to Improve"),
        (Role.OFFICE, agreed, "open cases"),
    ):
        with pytest.raises(NotAllowed, match=may):
            withdraw(in_role(doyles.context, role), entry, "Made in error.")
    withdraw(in_role(doyles.context, Role.ATTENDANCE_LEAD), agreed, "Made in error.")
    withdraw(in_role(doyles.context, Role.HEADTEACHER), made, "Made in error.")
