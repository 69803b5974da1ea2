"""The early-call list and texts at the door."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.letters import reach
from tests.support.schools import SmallSchool

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_put_on_listed_texted_and_taken_off(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    reach(school.context)
    school.context.store.close()
    store, out = ("--store", school.path), tmp_path / "early.csv"
    assert run(*store, "call-list", "--early").value == []
    assert run(*store, "early-calls", "--proposed").value == []
    put = ("early-calls", "--put", "00005", "--from", "2026-11-23", "--until", "2026-12-11")
    assert "Say why" in run(*store, *put).errors
    assert run(*store, *put, "--reason", "Late on most mornings.").code == 0
    assert run(*store, "call-list", "--early").value == []
    (family,) = run(*store, "call-list", "--early", "--on", "2026-11-23").value
    assert (family["to"], family["number"], family["held"]) == ("Ms K Doyle", "07700 900005", False)
    assert (family["children"][0]["until"], family["children"][0]["why"]) == ("2026-12-11", "Late on most mornings.")
    assert "goes with --early" in run(*store, "call-list", "--on", "2026-11-23").errors
    asked = (*store, "texts", "--words", "early", "--out", out)
    assert "Nobody is on that list" in run(*asked, "--from-list", "early").errors
    listed = tmp_path / "list.csv"
    listed.write_text("admission number\n00005\n00006\n", encoding="utf-8")
    dry = run(*asked, "--from-list", listed, "--dry-run")
    assert ([one["mobile"] for one in dry.value], out.exists()) == (["07700900005", "07700900006"], False)
    made = run(*asked, "--from-list", listed)
    assert (made.code, [one["left_out"] for one in made.value]) == (0, [None, None])
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:2] == ["Ms K Doyle", "07700900005"]
    assert rows[1][2].startswith("Good morning. We look forward to seeing Ryan")
    assert "there already" in run(*asked, "--from-list", listed).errors
    wrong = run(*store, "texts", "--words", "x", "--out", tmp_path / "b.csv", "--from-list", listed)
    assert "There are: absent, early, ring-us" in wrong.errors
    assert run(*store, "early-calls", "--end", "00005", "--reason", "It helped.").code == 0
    assert "not on the early-call list" in run(*store, "early-calls", "--end", "00006", "--reason", "x").errors
    assert run(*store, "check").value["ok"]
