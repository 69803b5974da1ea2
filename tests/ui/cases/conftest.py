"""What the tests of a bundle in person share: the case with two letters, open at its referral."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop_app.domain.entries import EntryKind, NewEntry
from tests.support.in_person import LETTER, letter, place
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.page import CasesPage
from ui.pupils.page import PupilsPage


@pytest.fixture
def lettered(school: SmallSchool) -> Story:
    """Ryan's case, with two letters kept as files."""
    told = tell_story(school)
    with school.context.store.writing(school.context.deed("log")) as writing:
        for day, words in ((12, (LETTER, "The second page.")), (13, ("What we sent.",))):
            at = datetime(2026, 11, day, 9)
            entry = writing.entries.add(NewEntry(EntryKind.LETTER, at, (told.pupil,), f"Letter of the {day}th"))
            writing.entries.attach(entry, f"letter-{day}.pdf", "application/pdf", letter(*words))
    return told


@pytest.fixture
def at_referral(lettered: Story, open_at) -> Desk:
    opened = open_at("cases", CasesPage, PupilsPage)
    opened.window.go("cases", pupil=lettered.pupil, referral=True)
    with opened.context.store.reading() as reading:
        pack = opened.context.pack(reading.book.school())
    with_exhibits = next(one for one in pack.referrals if any(part.kind == "exhibits" for part in one.parts))
    place(opened).case.asked.referral.choose(with_exhibits.key)
    return opened
