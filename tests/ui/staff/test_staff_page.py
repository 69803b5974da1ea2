"""People and roles by real keys: added, changed, taken away, another password; and what is refused."""

from __future__ import annotations

import pytest

from db.house import House
from desktop_app.actions.idle_lock import DEFAULT, lock_after
from desktop_app.actions.staff import staff_list
from desktop_app.context import signed_in
from desktop_app.domain.errors import WrongPassword
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Role, Staff
from tests.support.schools import PASSWORD, SmallSchool
from tests.support.windows import Desk
from ui.account.page import AccountPage
from ui.rollcall.page import RollCallPage
from ui.staff.page import StaffPage

FIRST = "copper-lantern-seven-geese"
NEXT = "walnut-river-twelve-moths"


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    return open_at("staff", StaffPage, AccountPage, RollCallPage)


def page(desk: Desk) -> StaffPage:
    found = desk.window.page("staff")
    assert isinstance(found, StaffPage)
    return found


def people(desk: Desk) -> dict[str, Staff]:
    return {line.staff.name: line.staff for line in staff_list(desk.context).lines}


def add_vale(desk: Desk, password: str = FIRST) -> Staff:
    desk.press("Ctrl+N")
    for text in ("Ms T Vale", "Class teacher", "vale", "4B", password):
        desk.type(text)
        desk.press("Tab")
    form = page(desk).form
    form.roles[Role.TEACHER].setFocus()
    desk.press("Space")
    form.roles[Role.DSL].setFocus()
    desk.press("Space")
    desk.press("Ctrl+Return")
    return people(desk)["Ms T Vale"]


def opens(school: SmallSchool, house: House, user: str, password: str) -> bool:
    try:
        house.open(school.path, user, password, write=False).close()
    except WrongPassword:
        return False
    return True


def test_somebody_new_by_keys_alone(desk: Desk, school: SmallSchool, house: House) -> None:
    vale = add_vale(desk)
    assert (vale.position, vale.roles, vale.classes) == ("Class teacher", {Role.TEACHER, Role.DSL}, ("4B",))
    store = house.open(school.path, "vale", FIRST, write=False)
    assert store.opens_sealed
    assert signed_in(store, desk.context.rulebook, desk.context.clock).may(Right.TAKE_REGISTER)
    store.close()
    assert page(desk).said.text() == "✓ Ms T Vale was added: hand the password over in person."
    assert desk.focus is page(desk).table


def test_what_the_roles_give_is_said_before_they_are_kept(desk: Desk) -> None:
    desk.press("Ctrl+N")
    form = page(desk).form
    assert form.may.text() == "Tick at least one role."
    form.roles[Role.GOVERNOR].setFocus()
    desk.press("Space")
    assert form.may.text() == "May read the reports for governors."
    form.roles[Role.SUPPLY].setFocus()
    desk.press("Space")
    assert form.may.text() == "May read registers, take registers, read the reports for governors."
    form.rights[Right.HOLD].setFocus()
    desk.press("Space")
    assert form.may.text().endswith("hold a family.")


def test_a_weak_password_and_a_taken_name_are_refused_and_add_nobody(desk: Desk) -> None:
    desk.press("Ctrl+N")
    for text in ("Ms T Vale", "Class teacher", "head", "", FIRST):
        desk.type(text)
        desk.press("Tab")
    page(desk).form.roles[Role.TEACHER].setChecked(True)
    desk.press("Ctrl+Return")
    assert "is the sign-in name of Dr A Rahman" in page(desk).said.text()
    page(desk).form.user.setText("vale")
    page(desk).form.password.setText("password")
    desk.press("Ctrl+Return")
    assert page(desk).said.text().startswith("⚠")
    assert set(people(desk)) == {"Dr A Rahman"}
    assert page(desk).form.name.text() == "Ms T Vale", "what was typed stays"


def test_another_role_asks_for_a_first_password_with_it(desk: Desk, school: SmallSchool, house: House) -> None:
    add_vale(desk)
    desk.press("Return")
    form = page(desk).form
    assert form.name.text() == "Ms T Vale"
    form.roles[Role.DSL].setChecked(False)
    desk.press("Ctrl+Return")
    assert "give Ms T Vale a new first password" in page(desk).said.text()
    assert people(desk)["Ms T Vale"].roles == {Role.TEACHER, Role.DSL}
    form.password.setText(NEXT)
    desk.press("Ctrl+Return")
    assert people(desk)["Ms T Vale"].roles == {Role.TEACHER}
    assert opens(school, house, "vale", NEXT)
    assert not opens(school, house, "vale", FIRST)


def test_a_forgotten_password(desk: Desk, school: SmallSchool, house: House) -> None:
    add_vale(desk)
    desk.press("Return")
    page(desk).form.password.setFocus()
    desk.type(NEXT)
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ Ms T Vale has another first password: hand the password over in person."
    assert opens(school, house, "vale", NEXT)
    assert not opens(school, house, "vale", FIRST)


def test_taken_away_the_second_time(desk: Desk, school: SmallSchool, house: House) -> None:
    add_vale(desk)
    desk.press("Return", "Ctrl+Delete")
    assert people(desk)["Ms T Vale"].active
    assert "Ctrl+Del again" in page(desk).said.text()
    desk.press("Ctrl+Delete")
    assert not people(desk)["Ms T Vale"].active
    assert not opens(school, house, "vale", FIRST)
    assert page(desk).said.text() == "✓ Ms T Vale can sign in no more."


def test_the_head_stays(desk: Desk, school: SmallSchool, house: House) -> None:
    add_vale(desk)
    page(desk).table.select_key(people(desk)["Dr A Rahman"].id)
    desk.press("Return", "Ctrl+Delete", "Ctrl+Delete")
    assert "Nobody takes away their own way in" in page(desk).said.text()
    form = page(desk).form
    form.roles[Role.HEADTEACHER].setChecked(False)
    form.roles[Role.OFFICE].setChecked(True)
    form.password.setText(NEXT)
    desk.press("Ctrl+Return")
    assert "Nobody could add or remove staff then" in page(desk).said.text()
    assert opens(school, house, "head", PASSWORD)


def test_escape_gives_up_what_is_half_typed(desk: Desk) -> None:
    desk.press("Return")
    desk.type("x")
    desk.press("Escape")
    assert page(desk).form.name.text() == "Dr A Rahman"
    assert page(desk).said.text() == "Nothing was changed."


def test_the_minutes_until_the_screen_is_locked(desk: Desk) -> None:
    assert page(desk).minutes.text() == str(DEFAULT)
    page(desk).minutes.setFocus()
    page(desk).minutes.selectAll()
    desk.type("0")
    desk.press("Return")
    assert "a whole number from 1 to 120" in desk.said
    page(desk).minutes.selectAll()
    desk.type("5")
    desk.press("Return")
    assert lock_after(desk.context) == 5


def test_ones_own_password(desk: Desk, school: SmallSchool, house: House) -> None:
    desk.window.go("account")
    own = desk.window.page("account")
    assert isinstance(own, AccountPage)
    for text in ("wrong", NEXT, NEXT):
        desk.type(text)
        desk.press("Tab")
    desk.press("Ctrl+Return")
    assert own.said.text() == "⚠ The present password is not right. Nothing was changed."
    own.present.setText(PASSWORD)
    own.again.setText("walnut")
    desk.press("Ctrl+Return")
    assert "not typed the same twice" in own.said.text()
    own.again.setText(NEXT)
    desk.press("Ctrl+Return")
    assert opens(school, house, "head", NEXT)
    assert not opens(school, house, "head", PASSWORD)


def test_in_a_narrow_window_the_form_comes_into_sight(desk: Desk) -> None:
    desk.window.resize(800, 500)
    desk.press("Return")
    assert desk.focus is page(desk).form.name
    assert not page(desk).form.name.visibleRegion().isEmpty()
