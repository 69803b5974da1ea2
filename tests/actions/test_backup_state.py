"""How it stands with the copies: where they go, when the newest was made, and whether that is too long ago."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.actions.backups import back_up, backup_state, choose_backup_folder
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool


def test_without_a_folder_there_is_no_copy_and_that_is_too_long_ago(school: SmallSchool) -> None:
    state = backup_state(school.context)
    assert (state.folder, state.made, state.stale) == (None, None, True)


def test_the_newest_copy_counts_and_only_those_of_this_school(
    school: SmallSchool, clock: StillClock, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    choose_backup_folder(school.context, folder)
    assert backup_state(school.context).made is None
    clock.set(2026, 11, 18, 15, 40)
    for _ in back_up(school.context):
        pass
    stem, suffix = school.path.stem, school.path.suffix
    for other in (
        f"{stem}-of-the-hill-2026-11-20-090000{suffix}",
        f"{stem}-old{suffix}",
        f"{stem}-2026-11-20-090000.txt",
    ):
        (folder / other).write_text("not ours")
    state = backup_state(school.context)
    assert state.made == datetime(2026, 11, 18, 15, 40)
    clock.set(2026, 11, 19, 8, 0)
    assert not backup_state(school.context).stale
    clock.set(2026, 11, 20, 8, 0)
    assert backup_state(school.context).stale


def test_over_a_weekend_and_a_holiday_the_last_school_day_counts(
    school: SmallSchool, clock: StillClock, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    choose_backup_folder(school.context, folder)
    clock.set(2026, 10, 23, 16, 0)
    for _ in back_up(school.context):
        pass
    clock.set(2026, 11, 2, 8, 0)
    assert not backup_state(school.context).stale
