"""Letters at the door: one child or a list, refused whole, logged before the files are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.actions.holds import put_hold
from tests.support.letters import lettered
from tests.support.schools import SmallSchool

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_letters_of_a_child_and_of_a_list(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    lettered(school)
    school.context.store.close()
    store, out = ("--store", school.path), tmp_path / "out"
    out.mkdir()
    dry = run(*store, "letter", "--kind", "half-term", "--pupil", "00006", "--out", out, "--dry-run")
    assert (dry.code, list(out.iterdir()), dry.value[0]["path"]) == (0, [], None)
    made = run(*store, "letter", "--kind", "half-term", "--pupil", "00006", "--out", out)
    assert made.code == 0, made.errors
    (row,) = made.value
    assert row["to"] == ["Ms K Kaya"]
    assert row["reference"] == "L/2026/0001"
    assert row["logged_as"] == "letter"
    assert Path(row["path"]).read_bytes().startswith(b"%PDF")
    assert "Kaya" not in Path(row["path"]).name
    listed = tmp_path / "list.csv"
    listed.write_text("admission number,name\n00001,x\n00002,y\n\n00001,x\n", encoding="utf-8")
    made = run(*store, "letter", "--kind", "concern-1", "--from-list", listed, "--out", out, "--language", "pl")
    assert [one["reference"] for one in made.value] == ["L/2026/0002", "L/2026/0003"]
    assert {one["language"] for one in made.value} == {"pl"}
    assert len(list(out.iterdir())) == 3
    for named, count in (("all", 6), ("class:4B", 6), ("year:4", 6)):
        asked = ("--kind", "half-term", "--from-list", named, "--out", out, "--dry-run")
        assert len(run(*store, "letter", *asked).value) == count
    other = run(*store, "letter", "--kind", "half-term", "--from-list", "class:9Z", "--out", out, "--dry-run")
    assert (other.code, "nobody is on a list" in other.errors) == (2, True)
    assert run(*store, "check").value["ok"]


def test_what_cannot_be_sent_is_refused_whole_or_left_out(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    lettered(school)
    put_hold(school.context, school.pupils["Kaya"], school.context.today(), None, "nobody else reads this")
    school.context.store.close()
    store, out = ("--store", school.path), tmp_path / "out"
    out.mkdir()
    listed = tmp_path / "list.txt"
    listed.write_text("00005\n00006\n", encoding="utf-8")
    asked = ("letter", "--kind", "concern-1", "--from-list", listed, "--out", out)
    refused = run(*store, *asked)
    assert (refused.code, list(out.iterdir())) == (2, [])
    assert [one["stopped"] for one in refused.value] == [False, True]
    assert "nobody else" not in f"{refused.value}{refused.errors}"
    made = run(*store, *asked, "--leave-out")
    assert made.code == 0
    assert len(list(out.iterdir())) == 1
    held = run(
        *store, "letter", "--kind", "concern-1", "--pupil", "00006", "--out", out, "--reason", "I must", "--leave-out"
    )
    assert held.code == 2
    assert len(list(out.iterdir())) == 1


def test_fields_are_filled_in_and_bad_ones_refused(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    lettered(school)
    school.context.store.close()
    store = ("--store", school.path)
    asked = (*store, "letter", "--kind", "praise", "--pupil", "00006", "--out", tmp_path)
    missing = run(*asked)
    assert missing.code == 2
    assert '--field "praise=…"' in missing.errors
    assert run(*asked, "--field", "praise=Well done.").code == 0
    for more, says in (
        (("--field", "praise"), "fills in nothing"),
        (("--field", "prize=x"), "no field [prize]"),
        (("--language", "xx"), "No letters are written in"),
        (("--from", "2026-11-20", "--to", "2026-11-01"), "before they begin"),
    ):
        ran = run(*asked, *more)
        assert (ran.code, says in ran.errors) == (2, True), ran.errors
    for wrong, says in (
        (("--kind", "shout", "--pupil", "00006", "--out", tmp_path), "no letter “shout”"),
        (("--kind", "praise", "--pupil", "99999", "--out", tmp_path), "No pupil has"),
        (("--kind", "praise", "--from-list", "nobody", "--out", tmp_path), "nobody is on a list"),
        (("--kind", "praise", "--pupil", "00006", "--out", tmp_path / "none"), "There is no folder"),
    ):
        ran = run(*store, "letter", *wrong)
        assert (ran.code, says in ran.errors) == (2, True), ran.errors
    bad = tmp_path / "bad.txt"
    bad.write_text("00001\n77777\n", encoding="utf-8")
    ran = run(*store, "letter", "--kind", "praise", "--from-list", bad, "--out", tmp_path)
    assert ran.code == 2
    assert "bad.txt, row 2" in ran.errors
