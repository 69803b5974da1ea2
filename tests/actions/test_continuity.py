"""The pack of each morning: due once a school day, encrypted, in place of the one before, and no failure forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.actions.continuity import (
    arrange_continuity,
    continuity,
    continuity_due,
    make_continuity,
    may_arrange,
)
from desktop_app.cli.answers import finish
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

PASSWORD = "marble-otter-lantern"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "office drawer [1]"
    made.mkdir()
    return made


def packs(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_it_is_due_once_each_school_day(school: SmallSchool, clock: StillClock, folder: Path) -> None:
    context = school.context
    assert not continuity_due(context), "nobody has said where it goes"
    arrange_continuity(context, folder, PASSWORD)
    assert continuity_due(context)
    made = finish(make_continuity(context))
    assert not continuity_due(context)
    assert continuity(context).made == datetime(2026, 11, 20, 8, 50)
    clock.set(2026, 11, 21, 8, 0)
    assert not continuity_due(context), "Saturday"
    clock.set(2026, 11, 23, 7, 55)
    assert continuity_due(context)
    assert not continuity_due(replace(context, staff=replace(context.staff, role=Role.TEACHER), alone=False))
    reader = PdfReader(made.path)
    assert reader.is_encrypted
    assert not reader.decrypt("marble-otter-lanterns")
    assert reader.decrypt(PASSWORD)
    assert len(reader.pages) == made.pages
    assert "Abara, Tobi" in reader.pages[2].extract_text()


def test_a_pc_left_on_makes_it_in_the_morning_and_not_at_midnight(
    school: SmallSchool, clock: StillClock, folder: Path
) -> None:
    context = school.context
    arrange_continuity(context, folder, PASSWORD)
    finish(make_continuity(context))
    for hour, minute, due in ((0, 1, False), (7, 44, False), (7, 46, True)):
        clock.set(2026, 11, 23, hour, minute)
        assert continuity_due(context) is due, (hour, minute)
    clock.set(2026, 11, 23, 7, 44)
    finish(make_continuity(context))
    clock.set(2026, 11, 23, 7, 46)
    assert continuity_due(context), "one made before then by hand is not the pack of this morning"
    finish(make_continuity(context))
    clock.set(2026, 11, 23, 15, 0)
    assert not continuity_due(context)


def test_the_next_one_takes_the_place_of_the_one_before(school: SmallSchool, clock: StillClock, folder: Path) -> None:
    context = school.context
    arrange_continuity(context, folder, PASSWORD)
    finish(make_continuity(context))
    (folder / "marsh-lane-continuity-pack-2026-11-19.pdf.part").write_bytes(b"a power cut")
    (folder / "marsh-lane-continuity-pack-notes.pdf").write_bytes(b"somebody else's")
    clock.set(2026, 11, 23, 7, 55)
    finish(make_continuity(context))
    assert packs(folder) == ["marsh-lane-continuity-pack-2026-11-23.pdf", "marsh-lane-continuity-pack-notes.pdf"]


def test_in_another_folder_the_old_one_goes_when_the_new_one_is_there(
    school: SmallSchool, folder: Path, tmp_path: Path
) -> None:
    context = school.context
    arrange_continuity(context, folder, PASSWORD)
    finish(make_continuity(context))
    other = tmp_path / "safe"
    other.mkdir()
    arrange_continuity(context, other, "")
    assert continuity_due(context)
    assert len(packs(folder)) == 1
    made = finish(make_continuity(context))
    assert (packs(folder), made.path.parent) == ([], other)
    assert PdfReader(made.path).decrypt(PASSWORD), "an empty password keeps the one there is"


def test_a_failure_is_kept_and_the_old_pack_stays(school: SmallSchool, clock: StillClock, folder: Path) -> None:
    context = school.context
    arrange_continuity(context, folder, PASSWORD)
    finish(make_continuity(context))
    away = folder.with_name("unplugged")
    folder.rename(away)
    clock.set(2026, 11, 23, 7, 55)
    with pytest.raises(Refused, match="is not there"):
        finish(make_continuity(context))
    assert continuity(context).failed.startswith("23/11/2026 07:55: The folder of the continuity pack")
    assert continuity_due(context)
    away.rename(folder)
    assert packs(folder) == ["marsh-lane-continuity-pack-2026-11-20.pdf"]
    finish(make_continuity(context))
    assert continuity(context).failed == ""


def test_closed_early_it_leaves_everything_as_it_was(school: SmallSchool, folder: Path) -> None:
    arrange_continuity(school.context, folder, PASSWORD)
    work = make_continuity(school.context)
    next(work)
    work.close()
    assert packs(folder) == []
    assert continuity_due(school.context)
    assert continuity(school.context).failed == ""


def test_only_the_head_names_the_folder(school: SmallSchool, folder: Path) -> None:
    lead = replace(school.context, staff=replace(school.context.staff, role=Role.ATTENDANCE_LEAD), alone=False)
    assert not may_arrange(lead)
    with pytest.raises(Refused, match="headteacher alone"):
        arrange_continuity(lead, folder, PASSWORD)
    with pytest.raises(NotAllowed):
        arrange_continuity(replace(lead, staff=replace(lead.staff, role=Role.OFFICE)), folder, PASSWORD)
    for wrong, password, why in (
        (folder / "nowhere", PASSWORD, "no folder"),
        (folder, "short", "12 characters"),
        (folder, "", "12 characters"),
    ):
        with pytest.raises(Refused, match=why):
            arrange_continuity(school.context, wrong, password)
    assert continuity(school.context).folder is None
