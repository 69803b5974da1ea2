"""Lists at the door: named, put into a workbook, refused in one sentence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from desktop_app.actions.exports.making import EXPORTS
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.weeks import amended_week

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_lists_are_named_and_made(school: SmallSchool, clock: StillClock, run: Run, tmp_path: Path) -> None:
    amended_week(school, clock)
    school.context.store.close()
    store = ("--store", school.path)
    named = run(*store, "exports")
    assert (named.code, [one["list"] for one in named.value]) == (0, [one.key for one in EXPORTS])
    assert next(one for one in named.value if one["list"] == "ledger")["must"] == ["pupil"]
    out = tmp_path / "register.xlsx"
    made = run(*store, "export", "register", "--out", out, "--class", "4B", "--on", "2026-11-18")
    assert made.code == 0, made.errors
    assert made.value["sha256"] == sha256(out.read_bytes()).hexdigest()
    assert made.value["sheets"] == [{"title": "Register", "rows": 6}]
    sheet = load_workbook(out).worksheets[0]
    assert [sheet["A9"].value, sheet["C9"].value] == ["Kaya, Çağla", "C"]
    story = run(*store, "export", "chronology", "--out", tmp_path / "c.xlsx", "--pupil", "00006")
    assert (story.code, story.value["sheets"][0]["title"]) == (0, "Chronology")


def test_what_cannot_be_made_is_refused_and_leaves_nothing(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    school.context.store.close()
    (tmp_path / "taken.xlsx").write_bytes(b"mine")
    for arguments, says in (
        (("unheard-of", "--out", tmp_path / "a.xlsx"), "There is no list"),
        (("pupils", "--out", tmp_path / "a.pdf"), "is none"),
        (("pupils", "--out", tmp_path / "taken.xlsx"), "is there already"),
        (("ledger", "--out", tmp_path / "a.xlsx"), "say which child"),
        (("staff", "--out", tmp_path / "a.xlsx", "--class", "4B"), "does not take --class"),
        (("pupils", "--out", tmp_path / "a.xlsx", "--pupil", "99999"), "No pupil"),
    ):
        refused = run("--store", school.path, "export", *arguments)
        assert refused.code == 2
        assert says in refused.value["error"]
    assert not list(tmp_path.glob("a.*"))
    assert (tmp_path / "taken.xlsx").read_bytes() == b"mine"
