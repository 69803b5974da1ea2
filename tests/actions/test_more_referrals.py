"""Knowsley’s other referrals are built as the first is: each whole, with the parts and the requirements of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.actions.bundle import build, plan
from tests.support.clock import StillClock
from tests.support.reading_pdf import read_pdf
from tests.support.referrals import tell_story
from tests.support.running import finish
from tests.support.schools import SmallSchool


@pytest.mark.parametrize(
    ("key", "title", "lacking", "siblings"),
    [
        ("level-2", "Referral for traded service (Level 2)", {"plan", "early-help"}, True),
        ("claag", "Referral to the CLAAG", {"care-profile", "early-help"}, False),
        ("penalty-notice", "Request for a penalty notice", set[str](), False),
    ],
)
def test_each_is_planned_and_built(
    school: SmallSchool, clock: StillClock, tmp_path: Path, key: str, title: str, lacking: set[str], siblings: bool
) -> None:
    clock.set(2026, 11, 20, 14, 5)
    story = tell_story(school)
    asked = replace(story.request, referral=key)
    planned = plan(school.context, asked)
    missing = {one.key for one in planned.findings if one.state.value == "missing"}
    assert lacking <= missing
    assert not missing & ({"calls", "letters", "meeting"} - lacking)
    built = finish(build(school.context, asked, tmp_path / "a.pdf"))
    words = " ".join(read_pdf(built.content).pages)
    assert title in words
    assert ("Brothers and sisters" in words) is siblings
