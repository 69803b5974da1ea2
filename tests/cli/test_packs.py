"""The door checks the file of a pack without a school."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import paths
from tests.cli.conftest import Run

AUTHORITIES = paths.resources() / "authorities"


@pytest.mark.parametrize("path", sorted(AUTHORITIES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_pack_is_one(run: Run, path: Path) -> None:
    answer = run("pack", "check", path)
    assert answer.code == 0
    assert answer.value["key"] == path.stem
    assert answer.value["examples"] >= len(answer.value["bands"])
    steps = {step["key"]: step for level in answer.value["levels"] for step in level["steps"]}
    assert all(way in steps for step in steps.values() for way in step["next"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("above = 90", "above = 91", "halton.toml: band"),
        ('next = "support.meetings"', 'next = "support.nowhere"', "leads to “support.nowhere”, which is not there"),
        ('issuer = "school"', 'issuer = "council"', "“council” is none of school, la, ask"),
        ("value = 3", "value = 0", "must be 1 or more"),
        ('unit = "weeks"', 'unit = "fortnights"', "“fortnights” is none of"),
    ],
)
def test_a_slip_is_told_by_its_place(run: Run, tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (AUTHORITIES / "halton.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "halton.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    answer = run("pack", "check", file)
    assert answer.code == 2
    assert says in answer.value["error"]


def test_what_is_no_text_or_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pack.toml"
    file.write_bytes(b"\xff\xfe\x00")
    assert run("pack", "check", file).code == 2
    assert run("pack", "check", tmp_path / "none.toml").code == 2
