"""Cases: opened for a referral of the pack, listed newest first with what was last done."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop_app.actions.cases import cases, open_case
from desktop_app.actions.log import log, withdraw
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from tests.support.clock import StillClock
from tests.support.referrals import tell_story
from tests.support.schools import SmallSchool

REFERRAL = "statutory-referral"


def test_opening_a_case_names_pupil_referral_pack_and_version(school: SmallSchool) -> None:
    entry, changes = open_case(school.context, school.pupils["Doyle"], REFERRAL, " persistent since October ")
    pack = school.context.rulebook.packs["knowsley"]
    with school.context.store.reading() as reading:
        found = reading.entries.get(entry)
    assert found is not None
    assert (found.kind, found.outcome, found.note) == (
        EntryKind.CASE_OPENED,
        "Statutory referral (Level 3)",
        "persistent since October",
    )
    assert dict(found.details) == {
        "pupil": "00005",
        "referral": REFERRAL,
        "referral_title": "Statutory referral (Level 3)",
        "pack": "knowsley",
        "version": pack.version,
    }
    assert changes.entries
    assert changes.pupils == {school.pupils["Doyle"]}


def test_the_same_case_twice_an_unknown_referral_and_pupil_are_refused(school: SmallSchool) -> None:
    pupil = school.pupils["Doyle"]
    opened, _ = open_case(school.context, pupil, REFERRAL)
    with pytest.raises(Refused, match="Ryan Doyle has an open case"):
        open_case(school.context, pupil, REFERRAL)
    with pytest.raises(Refused, match="has no referral “other”"):
        open_case(school.context, pupil, "other")
    with pytest.raises(Refused, match="not in this school’s book"):
        open_case(school.context, 9999, REFERRAL)
    withdraw(school.context, opened, "wrong pupil")
    assert cases(school.context) == ()
    open_case(school.context, pupil, REFERRAL)
    assert len(cases(school.context)) == 1


def test_the_list_is_newest_first_with_figures_and_the_last_entry(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 14, 5)
    story = tell_story(school)
    clock.set(2026, 11, 24, 10, 0)
    open_case(school.context, school.pupils["Kaya"], REFERRAL)
    clock.set(2026, 11, 26, 10, 0)
    ryan, kaya = sorted(cases(school.context), key=lambda row: row.opened)
    assert [row.pupil.surname for row in cases(school.context)] == ["Kaya", "Doyle"]
    assert (ryan.figures.possible, ryan.figures.unauthorised, ryan.persistent, ryan.severe) == (104, 12, True, False)
    assert ryan.band is not None
    assert ryan.band.title == "Persistent"
    assert ryan.class_name == "4B"
    assert ryan.last_entry.kind is EntryKind.HOME_VISIT
    assert ryan.days_since == 7
    assert (kaya.referral_title, kaya.days_since) == ("Statutory referral (Level 3)", 2)
    log(
        school.context,
        NewEntry(EntryKind.LETTER, datetime(2026, 11, 25, 9, 0), (story.pupil,), "Letter 2", restricted=True),
    )
    assert next(row for row in cases(school.context) if row.pupil.id == story.pupil).days_since == 7
