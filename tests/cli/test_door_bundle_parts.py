"""`bundle` at the headless door: a restricted note let out, and a bundle to be printed on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.actions.log import log
from desktop_app.domain.entries import EntryKind, NewEntry
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.reading_pdf import read_pdf
from tests.support.referrals import ON, tell_story
from tests.support.schools import SmallSchool

SAID = "He is afraid to walk home."


@pytest.fixture
def note(school: SmallSchool, clock: StillClock) -> int:
    """A restricted note about Ryan, whose story is told; the school is closed."""
    clock.set(2026, 11, 20, 14, 5)
    story = tell_story(school)
    new = NewEntry(EntryKind.NOTE, school.context.now(), (story.pupil,), "noted", note=SAID, restricted=True)
    found, _ = log(school.context, new)
    school.context.store.close()
    return found


def test_a_note_goes_into_a_bundle_for_safeguarding_alone(
    school: SmallSchool, run: Run, note: int, tmp_path: Path
) -> None:
    asked = ("bundle", "--store", school.path, "--pupil", "00005", "--on", ON, "--let-out", note, "the hub asked")
    made = run(*asked, "--referral", "neglect", "--out", tmp_path / "neglect.pdf")
    assert made.code == 0, made.errors
    assert SAID in read_pdf((tmp_path / "neglect.pdf").read_bytes()).text
    refused = run(*asked, "--referral", "statutory-referral", "--out", tmp_path / "statutory.pdf")
    assert refused.code == 2
    assert "for safeguarding only" in refused.value["error"]
    assert not (tmp_path / "statutory.pdf").exists()


def test_each_part_begins_on_a_sheet_of_its_own(school: SmallSchool, run: Run, note: int, tmp_path: Path) -> None:
    asked = ("bundle", "--store", school.path, "--pupil", "00005", "--on", ON, "--referral", "statutory-referral")
    made = run(*asked, "--out", tmp_path / "both.pdf", "--duplex")
    assert made.code == 0, made.errors
    read = read_pdf((tmp_path / "both.pdf").read_bytes())
    assert made.value["pages"] == len(read.pages)
    assert read.index
    assert all(page % 2 for _, page in read.index)
    assert SAID not in read.text
    assert note
