"""The door for a second member of staff: what their role gives, and no more."""

from __future__ import annotations

import pytest

from desktop_app.actions.staff import add_staff
from desktop_app.domain.staff import Role, Staff
from tests.cli.conftest import Run
from tests.support.schools import SmallSchool

FIRST = "copper-lantern-seven-geese"
TEACHER = Staff(0, "Ms T Vale", "Class teacher", Role.TEACHER, "vale", classes=("4B",))


def test_each_signs_in_with_their_own_password_and_right(
    school: SmallSchool, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_staff(school.context, TEACHER, FIRST)
    school.context.store.close()
    store = ("--store", school.path)
    days = ("--from", "2026-09-01", "--to", "2026-11-20")
    assert "say which one signs in" in run("figures", *store, *days).errors
    monkeypatch.setenv("ROLLBOOK_PASSWORD", FIRST)
    assert run("figures", *store, "--user", "head", *days).code == 3
    mark = ("--pupil", "00006", "--date", "2026-11-20", "--half", "AM", "--code")
    done = run("mark", *store, "--user", "vale", *mark, "I")
    assert done.code == 0, done.errors
    refused = run("history", *store, "--user", "vale", "--pupil", "00006", *days)
    assert refused.code == 2
    assert "Ms T Vale may not read the history of marks" in refused.errors
    assert run("check", *store, "--user", "vale").value["ok"]
