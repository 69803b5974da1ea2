"""What the packs say is to be done in each band, and the slips of the pen that are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.casework import Who
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rulebook import load

SEFTON = "authorities/sefton.toml"


def spoil(root: Path, name: str, old: str, new: str) -> None:
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for folder in ("national", "authorities", "casework"):
        shutil.copytree(paths.resources() / folder, tmp_path / folder)
    return tmp_path


def test_sefton_says_what_is_done_in_each_of_its_bands(rulebook: Rulebook) -> None:
    bands = {band.key: band.actions for band in rulebook.packs["sefton"].bands}
    assert {key: len(actions) for key, actions in bands.items()} == {
        "excellent": 1,
        "watch": 5,
        "persistent": 7,
        "very-low": 5,
        "severe": 6,
    }
    panel = bands["persistent"][0]
    assert (panel.title, panel.who, panel.kind) == ("School Attendance Panel", Who.SCHOOL, "meeting")
    assert panel.source == (
        "Sefton School Attendance Strategy 2024-2025, Our Graduated Response (page 9), 86–90, "
        "“Meeting to be held with child and parents – School Attendance Panel (school)”"
    )
    assert [one.key for one in bands["very-low"] if one.who is Who.LA] == ["after-panel", "order", "support-meeting"]


def test_every_pack_says_what_to_do_of_a_child_who_misses_too_much(rulebook: Rulebook) -> None:
    for pack in rulebook.packs.values():
        assert all(band.actions for band in pack.bands[1:]), pack.key


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('who = "la"', 'who = "police"', "action[5].who: “police” is none of school, la"),
        ('kind = "letter"', 'kind = "admission"', "action[4].kind: “admission” is none of phone-call, text"),
        ('key = "policy"', 'key = "talk"', "band[2].action: two of them have one key"),
        ('title = "Talk with the child"\n', "", "band[2].action[1].title: is missing"),
        ('what = "Certificates', 'waht = "Certificates', "band[2].action[5].waht: is not a key that stands here"),
    ],
)
def test_a_slip_of_the_pen_is_refused(copied: Path, old: str, new: str, says: str) -> None:
    spoil(copied, SEFTON, old, new)
    with pytest.raises(Damaged) as refused:
        dict(load(copied).packs)
    assert says in str(refused.value)


def test_a_pack_may_have_its_own_number_of_sessions(copied: Path) -> None:
    spoil(copied, SEFTON, "[[band]]", '[too_early]\nvalue = 60\nsource = "strategy: an example"\n\n[[band]]')
    early = load(copied).packs["sefton"].too_early
    assert early is not None
    assert early.value == 60
