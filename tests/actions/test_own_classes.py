"""A class or supply teacher reads of the children given to them, and of no others; everybody else of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.paper import PaperKind, may_print, paper
from desktop_app.actions.plans import in_class
from desktop_app.actions.pupils import pupil_list, pupil_page
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.register_page import classes, page
from desktop_app.actions.register_states import registers
from desktop_app.actions.today import today
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Membership
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.people import in_role
from tests.support.reading_pdf import read_pdf
from tests.support.schools import SmallSchool, pupil
from ui.hits import read_hits

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def other(school: SmallSchool) -> int:
    """A child of another class."""
    with school.context.store.writing(school.context.deed("test")) as writing:
        made = writing.book.put(pupil("Yıldız", "Emre", 9))
        writing.book.put(Membership(0, made, "5C", "5", date(2026, 9, 1)))
    return made


def test_a_class_teacher_reads_of_the_own_class_alone(school: SmallSchool, other: int) -> None:
    context = in_role(school.context, Role.TEACHER, "4B")
    assert classes(context, FRIDAY) == ("4B",)
    assert {row.pupil.id for row in pupil_list(context)} == set(school.pupils.values())
    assert {one.class_name for one in registers(context, Session(FRIDAY, Half.AM))} == {"4B"}
    assert {one.class_name for one in today(context).registers} == {"4B"}
    assert {hit.pupil for hit in read_hits(context)} == set(school.pupils.values())
    pupil_page(context, school.pupils["Kaya"])
    with pytest.raises(Refused, match="sees only the children of 4B"):
        pupil_page(context, other)
    with pytest.raises(Refused, match="is not among the classes given to"):
        page(context, "5C", FRIDAY)


def test_the_calling_list_holds_no_child_of_another_class(school: SmallSchool, other: int) -> None:
    morning = Session(FRIDAY, Half.AM)
    write(school.context, [Edit(other, morning, "N"), Edit(school.pupils["Kaya"], morning, "N")])

    def called(context: Context) -> set[int]:
        return {child.pupil.id for family in today(context).calling for child in family.pupils}

    assert called(school.context) == {other, school.pupils["Kaya"]}
    assert called(in_role(school.context, Role.TEACHER, "5C")) == {other}


def test_a_supply_teacher_sees_marks_and_neither_figures_nor_bands(school: SmallSchool) -> None:
    session = Session(FRIDAY, Half.AM)
    fill_present(school.context, "4B", session)
    teacher, supply = (
        page(in_role(school.context, role, "4B"), "4B", FRIDAY).rows for role in (Role.TEACHER, Role.SUPPLY)
    )
    assert [row.cells for row in supply] == [row.cells for row in teacher]
    assert all(row.band is not None and row.figures.possible for row in teacher)
    assert all(row.band is None and not row.figures.possible for row in supply)


def test_a_teacher_without_a_class_reads_of_nobody(school: SmallSchool, other: int) -> None:
    context = in_role(school.context, Role.SUPPLY)
    assert classes(context, FRIDAY) == ()
    with pytest.raises(Refused, match="not among the classes given"):
        page(context, "4B", FRIDAY)


@pytest.mark.parametrize(
    "role", [Role.HEADTEACHER, Role.ATTENDANCE_LEAD, Role.OFFICE, Role.DSL, Role.READ_ONLY, Role.INSPECTOR]
)
def test_the_others_read_of_the_school(role: Role, school: SmallSchool, other: int) -> None:
    assert classes(in_role(school.context, role), FRIDAY) == ("4B", "5C")


def test_a_second_role_opens_the_school_and_being_alone_does_too(school: SmallSchool, other: int) -> None:
    context = in_role(school.context, Role.TEACHER, "4B")
    both = replace(context, staff=replace(context.staff, more_roles=(Role.DSL.value,)))
    assert classes(both, FRIDAY) == ("4B", "5C")
    assert classes(replace(context, alone=True), FRIDAY) == ("4B", "5C")


def test_a_class_of_others_is_planned_for_by_nobody_who_does_not_see_it(school: SmallSchool, other: int) -> None:
    assert [one.id for one in in_class(school.context, "5C", FRIDAY)] == [other]
    with pytest.raises(Refused, match="nobody in a class"):
        in_class(in_role(school.context, Role.TEACHER, "4B"), "5C", FRIDAY)


def printed(context: Context, kind: PaperKind, *classes: str) -> str:
    return read_pdf(finish(paper(context, kind, FRIDAY, classes)).content).text


@pytest.mark.parametrize("kind", [PaperKind.REGISTERS, PaperKind.CONTACTS])
def test_a_teacher_prints_of_the_own_class_alone(kind: PaperKind, school: SmallSchool, other: int) -> None:
    teacher = in_role(school.context, Role.TEACHER, "4B")
    assert "Yıldız" in printed(school.context, kind)
    own = printed(teacher, kind)
    assert "Kaya, Çağla" in own
    assert "Yıldız" not in own
    with pytest.raises(Refused, match="Not among the classes given to Dr A Rahman: 5C"):
        printed(teacher, kind, "4B", "5C")
    with pytest.raises(Refused, match="sees only the children of no class"):
        printed(in_role(school.context, Role.TEACHER), kind)


def test_whom_to_call_is_printed_by_those_alone_who_see_a_child_s_page(school: SmallSchool) -> None:
    inspector = in_role(school.context, Role.INSPECTOR)
    assert "Kaya, Çağla" in printed(inspector, PaperKind.REGISTERS)
    with pytest.raises(NotAllowed, match="see a child’s page"):
        printed(inspector, PaperKind.CONTACTS)
    packing = replace(inspector, staff=replace(inspector.staff, rights=(Right.CONTINUITY.value,)))
    with pytest.raises(NotAllowed, match="see a child’s page"):
        printed(packing, PaperKind.PACK)
    assert may_print(inspector) == (PaperKind.REGISTERS, PaperKind.ROLL_CALL)
    assert may_print(in_role(school.context, Role.SUPPLY, "4B")) == ()
    assert set(may_print(in_role(school.context, Role.OFFICE))) == set(PaperKind)


def test_the_roll_call_is_of_the_whole_school_for_everybody(school: SmallSchool, other: int) -> None:
    assert "Yıldız" in printed(in_role(school.context, Role.TEACHER, "4B"), PaperKind.ROLL_CALL)
