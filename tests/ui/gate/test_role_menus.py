"""What each role finds in the menu and the rail, and that every place it finds opens for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.staff import Role
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from ui.memory import Memory
from ui.places import PLACES
from ui.school_menu import SchoolMenu

ALWAYS = {
    "Roll-call", "My account, my password …", "Somebody else …", "Lock the screen", "Open another school …",
    "Make a school …", "Appearance", "Help\tF1", "Close",
}  # fmt: skip
READS = {"Close the week …", "Who arrived elsewhere", "The school year …", "Save this list as Excel …\tCtrl+E"}
WATCHES = {"Watch list"}
HISTORY = {"History of changes …"}
PRINTS = {"Paper: registers, contact sheets, continuity pack …"}
GROUPS = {"Groups …"}
LEAVE = {"Leave of absence …", "Returns to the authority …"}
FIGURES = {
    "Figures explained …", "Us beside others", "Targets of the school and its classes …", "Authority pack …",
    "Training, assemblies, the attendance policy …",
}  # fmt: skip
LETTERS = {"Letters …", "Templates of letters …"}
CALLS = {"Early calls, before school …", "Texts to mobiles …"}
CHECKS = {"Check a document …"}
TAKES = {"Key a register from paper …"}
DESK = READS | WATCHES | PRINTS | TAKES | FIGURES | GROUPS | LEAVE | LETTERS | CALLS | {
    "Import pupils …", "Import contacts …", "Import marks …", "Import term dates …",
    "Hatch: late arrivals, signing out", "Plan an absence …", "Admit a pupil …", "Roll over to a new school year …",
    "The school is closed today …", "Back up now", "Backup folder …",
}  # fmt: skip
LEAD = DESK | HISTORY | CHECKS | {"The school’s settings …"}
MENUS = {
    Role.HEADTEACHER: LEAD | {"People and roles …"},
    Role.ATTENDANCE_LEAD: LEAD,
    Role.OFFICE: DESK,
    Role.TEACHER: READS | WATCHES | TAKES | PRINTS | FIGURES | GROUPS | LETTERS,
    Role.SUPPLY: READS | TAKES,
    Role.DSL: READS | WATCHES | HISTORY | FIGURES | GROUPS | LEAVE | LETTERS | CALLS | CHECKS,
    Role.READ_ONLY: READS | FIGURES,
    Role.INSPECTOR: READS | HISTORY | PRINTS | FIGURES,
    Role.GOVERNOR: set[str](),
}
RAILS = {
    Role.HEADTEACHER: ["today", "registers", "pupils", "cases", "reports"],
    Role.ATTENDANCE_LEAD: ["today", "registers", "pupils", "cases", "reports"],
    Role.OFFICE: ["today", "registers", "pupils", "reports"],
    Role.TEACHER: ["today", "registers", "pupils", "reports"],
    Role.SUPPLY: ["registers"],
    Role.DSL: ["today", "registers", "pupils", "cases", "reports"],
    Role.READ_ONLY: ["registers", "reports"],
    Role.INSPECTOR: ["registers", "reports"],
    Role.GOVERNOR: ["reports"],
}


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_just_what_a_role_may_do(role: Role, school: SmallSchool, open_at, tmp_path: Path) -> None:
    school.context = in_role(school.context, role, "4B")
    window = open_at("account", *PLACES).window
    SchoolMenu(window, Memory(tmp_path))
    imports = {text for text in (one.text() for one in window.menu.actions()) if text.startswith("Import")}
    found = {one.text() for one in window.menu.actions() if not one.isSeparator()}
    assert found - imports == {one for one in MENUS[role] if not one.startswith("Import")} | ALWAYS
    assert bool(imports) == (MENUS[role] >= DESK)


@pytest.mark.parametrize("role", Role)
def test_every_place_a_role_may_see_opens_for_it_and_no_other(role: Role, school: SmallSchool, open_at) -> None:
    school.context = in_role(school.context, role, "4B")
    desk = open_at("account", *PLACES)
    opened: list[str] = []
    for place in PLACES:
        desk.window.go("account")
        desk.window.go(place.key)
        if desk.window.place == place.key:
            opened.append(place.key)
            assert school.context.may(place.needs)
        else:
            assert "may not" in desk.said
    in_rail = {place.key for place in PLACES if place.in_rail}
    assert [one for one in opened if one in in_rail] == RAILS[role]
    assert {"account", "roll-call"} <= set(opened)


@pytest.mark.parametrize("role", Role)
def test_everybody_begins_at_the_first_place_they_may_see(role: Role, school: SmallSchool, open_at) -> None:
    school.context = in_role(school.context, role, "4B")
    desk = open_at("roll-call", *PLACES)
    desk.window.home()
    assert desk.window.place == [*RAILS[role], "account"][0]
