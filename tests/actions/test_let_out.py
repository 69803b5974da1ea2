"""Restricted notes let out of the record: for safeguarding, one by one, by whoever has the second key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.actions.bundle import make, plan
from desktop_app.actions.frozen import again, bundles_of
from desktop_app.actions.log import log, withdraw
from desktop_app.actions.staff import add_staff
from desktop_app.context import Context, handed_over
from desktop_app.domain.bundle import BundleRequest, Choice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.referrals import Disclosure, PartSpec
from desktop_app.domain.staff import Role, Staff
from tests.support.reading_pdf import read_pdf
from tests.support.referrals import Story, tell_story
from tests.support.running import finish
from tests.support.schools import SmallSchool

AT = datetime(2026, 11, 17, 9, 30)
PASSWORD = "harbour-velvet-crane-ninety"
SAID, KEPT = "He is afraid of his uncle.", "The CANARY sings at night."


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


def note(school: SmallSchool, story: Story, words: str, *, restricted: bool = True) -> int:
    new = NewEntry(EntryKind.NOTE, AT, (story.pupil,), "noted", note=words, restricted=restricted)
    return log(school.context, new)[0]


def under(context: Context, disclosure: Disclosure) -> Context:
    """The school with that disclosure of its referral, which has a part for notes that are let out."""
    pack = context.rulebook.packs["knowsley"]
    parts = (PartSpec("cover", "Cover"), PartSpec("chronology", "Chronology"), PartSpec("restricted", "Notes let out"))
    referral = replace(pack.referrals[0], disclosure=disclosure, parts=parts, requirements=())
    packs = {**context.rulebook.packs, "knowsley": replace(pack, referrals=(referral, *pack.referrals[1:]))}
    return replace(context, rulebook=replace(context.rulebook, packs=packs))


def letting(story: Story, *entries: int, why: str = "The social worker asked for it.") -> BundleRequest:
    return replace(story.request, let_out=tuple(Choice(f"entry:{one}", why) for one in entries))


def test_the_one_that_is_let_out_is_in_the_bundle_and_no_other(school: SmallSchool, story: Story) -> None:
    out, _ = note(school, story, SAID), note(school, story, KEPT)
    context = under(school.context, Disclosure.SAFEGUARDING)
    read = read_pdf(finish(make(context, letting(story, out))).content)
    (page,) = read.part("Notes let out")
    assert SAID in page
    assert read.text.count(SAID) == 1
    assert "CANARY" not in read.text
    assert "SEALED" not in read.text


def test_with_none_let_out_there_is_no_part_and_no_count(school: SmallSchool, story: Story) -> None:
    note(school, story, SAID)
    planned = plan(under(school.context, Disclosure.SAFEGUARDING), story.request)
    part = next(one for one in planned.parts if one.kind == "restricted")
    assert part.why == "The safeguarding lead has let no restricted note into this bundle."
    assert not any("estricted" in one.what for one in planned.left_out)


@pytest.mark.parametrize("disclosure", [Disclosure.AUTHORITY, Disclosure.COURT])
def test_no_other_bundle_takes_one(school: SmallSchool, story: Story, disclosure: Disclosure) -> None:
    request = letting(story, note(school, story, SAID))
    with pytest.raises(Refused, match="for safeguarding only"):
        plan(under(school.context, disclosure), request)


def test_what_is_not_there_is_withdrawn_is_open_or_has_no_reason_is_refused(school: SmallSchool, story: Story) -> None:
    context = under(school.context, Disclosure.SAFEGUARDING)
    gone, plain = note(school, story, SAID), note(school, story, "plain", restricted=False)
    withdraw(school.context, gone, "wrong child")
    for number in (gone, plain, 99_999):
        with pytest.raises(Refused, match="no such restricted note"):
            plan(context, letting(story, number))
    with pytest.raises(Refused, match="that is let out why"):
        plan(context, letting(story, note(school, story, SAID), why=" "))


def test_nobody_without_the_second_key_lets_one_out_or_gets_the_bundle_again(school: SmallSchool, story: Story) -> None:
    request = letting(story, note(school, story, SAID))
    made = finish(make(under(school.context, Disclosure.SAFEGUARDING), request))
    assert again(school.context, made.reference).content == made.content
    assert [one.reference for one in bundles_of(school.context, story.pupil)] == [made.reference]
    add_staff(school.context, Staff(0, "Ms P Lowe", "Attendance", Role.ATTENDANCE_LEAD, "lowe"), PASSWORD)
    lead = handed_over(school.context, "lowe", PASSWORD)
    assert not lead.store.opens_sealed
    with pytest.raises(Refused, match="Only the headteacher and the safeguarding lead"):
        plan(under(lead, Disclosure.SAFEGUARDING), request)
    with pytest.raises(Refused, match="No bundle"):
        again(lead, made.reference)
    assert bundles_of(lead, story.pupil) == ()
