"""Every action names the right it asks for, and whoever has not that right is refused before anything happens."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import get_type_hints

import pytest

from desktop_app import actions
from desktop_app.actions.needs import needed_by
from desktop_app.actions.roll import Roll
from desktop_app.context import Context
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Role, Staff
from desktop_app.ports import BookReading, EntriesReading, Reading, Writing
from desktop_app.rules.rights import GIVEN_ALONE, ROLES, amend_days, rights_of
from tests.support.schools import SmallSchool

GIVEN = {Reading, Writing, BookReading, EntriesReading, Roll}
TEACHER = Staff(0, "Ms T Vale", "class teacher", Role.TEACHER, "vale")


def deeds() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of the actions that begins something of its own: its first argument is the context, and it
    is not handed a read or a transaction that somebody else has begun."""
    for found in pkgutil.iter_modules(actions.__path__):
        module = importlib.import_module(f"desktop_app.actions.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            plain = inspect.unwrap(function)
            hints = list(get_type_hints(plain).items())
            kinds = [kind for key, kind in hints if key != "return"]
            if kinds[:1] == [Context] and not GIVEN & set(kinds):
                yield f"{found.name}.{name}", function


DEEDS = dict(deeds())


def test_there_are_deeds_to_look_at() -> None:
    assert len(DEEDS) > 20


@pytest.mark.parametrize("name", DEEDS)
def test_every_action_names_the_right_it_asks_for(name: str) -> None:
    assert isinstance(needed_by(DEEDS[name]), Right), f"{name} says of nobody whether they may do it"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", DEEDS)
def test_every_role_is_let_through_or_refused_as_the_table_says(name: str, role: Role, school: SmallSchool) -> None:
    """Asked with no arguments: who may is stopped by what is missing (or gets an answer), who may not by the right."""
    right = needed_by(DEEDS[name])
    assert right is not None
    person = replace(TEACHER, role=role)
    context = replace(school.context, staff=person, alone=False)
    head = None
    with context.store.reading() as reading:
        head = reading.chain_head
    if right in ROLES[role]:
        context.require(right)
    else:
        with pytest.raises(NotAllowed, match="may not"):
            DEEDS[name](context)
        with context.store.reading() as reading:
            assert reading.chain_head == head


def test_nobody_has_a_right_that_nothing_gives() -> None:
    assert set(ROLES) == set(Role)
    assert rights_of(replace(TEACHER, active=False), alone=True) == frozenset()
    assert Right.STAFF not in rights_of(TEACHER)
    assert Right.READ_REGISTER not in rights_of(replace(TEACHER, role=Role.GOVERNOR))


def test_one_person_may_hold_several_roles_and_be_given_rights_of_their_own() -> None:
    both = replace(TEACHER, more_roles=(Role.DSL.value,), rights=(Right.GRANT_LEAVE.value,))
    assert rights_of(both) == ROLES[Role.TEACHER] | ROLES[Role.DSL] | {Right.GRANT_LEAVE}
    assert amend_days(both) == 0
    assert amend_days(replace(both, more_roles=(Role.OFFICE.value,))) == 10
    assert amend_days(replace(both, more_roles=(Role.ATTENDANCE_LEAD.value,))) is None


def test_whoever_keeps_a_school_alone_may_do_everything() -> None:
    assert rights_of(TEACHER, alone=True) == frozenset(Right)
    assert set(GIVEN_ALONE) <= set(Right)


def test_every_right_is_asked_for_somewhere_or_given_to_somebody() -> None:
    given = frozenset[Right]().union(*ROLES.values())
    assert given == frozenset(Right)
    assert all(right.words for right in Right)
