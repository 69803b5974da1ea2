"""Dated flags of a child and the groups the school makes: begun, corrected, ended, and refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.group_list import group_list
from desktop_app.actions.group_members import (
    add_to_group,
    end_flag,
    end_group,
    flags_of,
    leave_group,
    put_flag,
    remove_flag,
)
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.support.running import finish
from tests.support.schools import SmallSchool

SEPTEMBER, NOVEMBER, TODAY = date(2026, 9, 1), date(2026, 11, 2), date(2026, 11, 20)


def _as(school: SmallSchool, role: Role) -> Context:
    return replace(school.context, staff=Staff(0, "Ms T Vale", "", role, "vale", classes=("4B",)), alone=False)


def _head(context: Context) -> str:
    with context.store.reading() as reading:
        return reading.chain_head


def _members(context: Context, day: date) -> dict[str, list[str]]:
    lines = finish(group_list(context, day, day)).lines
    return {one.group.key: [child.surname for child, _ in one.members] for one in lines if one.members}


def test_a_flag_begins_is_corrected_and_ends_and_what_was_said_before_stays(
    school: SmallSchool, clock: StillClock
) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    made, changes = put_flag(context, Flag(0, doyle, FlagKind.FSM, "", NOVEMBER))
    assert changes.book
    then = as_aware(context.now())
    clock.set(2026, 11, 20, 16, 0)
    put_flag(context, Flag(made, doyle, FlagKind.FSM, "", SEPTEMBER))
    assert [flag.first for flag in flags_of(context, doyle)] == [SEPTEMBER]
    end_flag(context, made, TODAY)
    assert flags_of(context, doyle) == (Flag(made, doyle, FlagKind.FSM, "", SEPTEMBER, TODAY),)
    assert "fsm" in _members(context, TODAY)
    assert "fsm" not in _members(context, date(2026, 11, 21))
    with context.store.reading(then) as reading:
        assert [flag.first for flag in reading.book.all(Flag)] == [NOVEMBER]
    remove_flag(context, made)
    assert flags_of(context, doyle) == ()
    with context.store.reading() as reading:
        assert len(reading.book.history(Flag, made)) == 4


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (NOVEMBER, date(2026, 11, 1), "cannot end on Sun 1 Nov 2026, before"),
        (TODAY, None, "has “Free school meals” from Tue 1 Sep 2026 already"),
        (date(2026, 8, 1), SEPTEMBER, "has “Free school meals” from Tue 1 Sep 2026 already"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    school: SmallSchool, first: date, last: date | None, says: str
) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    put_flag(context, Flag(0, doyle, FlagKind.FSM, "", SEPTEMBER))
    head = _head(context)
    with pytest.raises(Refused, match=says):
        put_flag(context, Flag(0, doyle, FlagKind.FSM, "", first, last))
    assert _head(context) == head
    put_flag(context, Flag(0, doyle, FlagKind.FSM, "", date(2026, 8, 1), date(2026, 8, 31)))


def test_the_same_again_writes_nothing_and_a_blank_group_is_refused(school: SmallSchool) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    made, _ = put_flag(context, Flag(0, doyle, FlagKind.ETHNICITY, "wbri", SEPTEMBER))
    assert flags_of(context, doyle)[0].value == "WBRI"
    head = _head(context)
    put_flag(context, flags_of(context, doyle)[0])
    assert _head(context) == head
    assert made
    with pytest.raises(Refused, match="Say which"):
        put_flag(context, Flag(0, doyle, FlagKind.OTHER, "  ", SEPTEMBER))


def test_an_ehcp_takes_the_place_of_sen_support(school: SmallSchool) -> None:
    context, doyle, kaya = school.context, school.pupils["Doyle"], school.pupils["Kaya"]
    support, _ = put_flag(context, Flag(0, doyle, FlagKind.SEN_SUPPORT, "speech", SEPTEMBER))
    plan, _ = put_flag(context, Flag(0, doyle, FlagKind.EHCP, "", NOVEMBER))
    assert set(flags_of(context, doyle)) == {
        Flag(support, doyle, FlagKind.SEN_SUPPORT, "speech", SEPTEMBER, date(2026, 11, 1)),
        Flag(plan, doyle, FlagKind.EHCP, "", NOVEMBER),
    }
    with pytest.raises(Refused, match="has an EHCP from Mon 2 Nov 2026: it stands in place of SEN support"):
        put_flag(context, Flag(0, doyle, FlagKind.SEN_SUPPORT, "", TODAY))
    put_flag(context, Flag(0, kaya, FlagKind.SEN_SUPPORT, "", NOVEMBER))
    put_flag(context, Flag(0, kaya, FlagKind.EHCP, "", NOVEMBER))
    assert [one.kind for one in flags_of(context, kaya)] == [FlagKind.EHCP]


def test_where_both_are_on_record_one_child_is_counted_once(school: SmallSchool) -> None:
    doyle = school.pupils["Doyle"]
    with school.context.store.writing(school.context.deed("both")) as writing:
        writing.book.put_many(Flag(0, doyle, kind, "", SEPTEMBER) for kind in (FlagKind.SEN_SUPPORT, FlagKind.EHCP))
    held = [key for key, of in _members(school.context, TODAY).items() if "Doyle" in of]
    assert held == ["ehcp", "send", "sex:F"]


def test_social_care_is_written_by_the_office_and_the_safeguarding_lead_and_read_by_no_teacher(
    school: SmallSchool,
) -> None:
    doyle = school.pupils["Doyle"]
    plan = Flag(0, doyle, FlagKind.CHILD_PROTECTION, "", SEPTEMBER)
    for role in (Role.TEACHER, Role.READ_ONLY):
        with pytest.raises(NotAllowed):
            put_flag(_as(school, role), plan)
    put_flag(_as(school, Role.DSL), plan)
    with pytest.raises(NotAllowed):
        put_flag(_as(school, Role.DSL), replace(plan, kind=FlagKind.FSM))
    put_flag(_as(school, Role.OFFICE), replace(plan, kind=FlagKind.SOCIAL_WORKER, value="Ms J Okoro"))
    assert flags_of(_as(school, Role.TEACHER), doyle) == ()
    assert len(flags_of(_as(school, Role.DSL), doyle)) == 2
    assert set(_members(_as(school, Role.TEACHER), TODAY)) == {"sex:F", "sex:M"}
    assert "social-care" in _members(_as(school, Role.DSL), TODAY)


def test_several_pupils_come_into_a_group_at_once_and_it_ends_as_one(school: SmallSchool) -> None:
    context, pupils = school.context, school.pupils
    added, _ = add_to_group(context, " Breakfast  club", [pupils["Doyle"], pupils["Kaya"]], SEPTEMBER)
    assert added == 2
    again, _ = add_to_group(context, "breakfast club", [pupils["Doyle"], pupils["Abara"]], NOVEMBER)
    assert again == 1
    assert _members(context, SEPTEMBER)["own:breakfast club"] == ["Doyle", "Kaya"]
    assert _members(context, TODAY)["own:breakfast club"] == ["Abara", "Doyle", "Kaya"]
    assert {flag.value for key in pupils.values() for flag in flags_of(context, key)} == {"Breakfast club"}
    head = _head(context)
    with pytest.raises(Refused, match="only from Mon 2 Nov 2026"):
        end_group(context, "Breakfast club", date(2026, 10, 1))
    assert _head(context) == head
    leave_group(context, "Breakfast club", [pupils["Kaya"]], NOVEMBER)
    ended, _ = end_group(context, "Breakfast Club", TODAY)
    assert ended == 2
    assert "own:breakfast club" in _members(context, TODAY)
    assert "own:breakfast club" not in _members(context, date(2026, 11, 21))
    with pytest.raises(Refused, match="Choose at least one"):
        add_to_group(context, "Choir", [], TODAY)
    with pytest.raises(Refused, match="There is no group"):
        end_group(context, "Chess", TODAY)
    with pytest.raises(NotAllowed):
        add_to_group(_as(school, Role.TEACHER), "Choir", [pupils["Kaya"]], TODAY)
