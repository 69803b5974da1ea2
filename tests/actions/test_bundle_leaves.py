"""A bundle leaves the school: under a password, with an e-mail that names no child, recorded as sent; many at once."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from desktop_app.actions.bundle import build
from desktop_app.actions.bundle_batch import build_batch
from desktop_app.actions.court import court_clock_of
from desktop_app.actions.frozen import bundles_of, email_for, verify
from desktop_app.actions.locked_copy import offered_passphrase, save_locked
from desktop_app.actions.sent import record_reference, record_sent, sent_of
from desktop_app.cli.answers import finish
from desktop_app.domain.bundle import Bundle
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.frozen import Ours
from desktop_app.domain.referrals import Disclosure, Profile
from desktop_app.domain.sending import Sending
from desktop_app.rules.bundle_words import bundle_name
from desktop_app.rules.passphrase import WORDS, passphrase
from desktop_app.rules.passwords import password_fault
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool

SECRET = "copper-lantern-violet-geyser-47"


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def made(school: SmallSchool, story: Story, tmp_path: Path) -> Bundle:
    return finish(build(school.context, story.request, tmp_path / "made.pdf"))


def test_a_locked_copy_opens_with_its_password_and_not_without(
    school: SmallSchool, story: Story, made: Bundle, tmp_path: Path
) -> None:
    target = tmp_path / "locked.pdf"
    assert finish(save_locked(school.context, made.reference.lower(), SECRET, target)) == target
    content = target.read_bytes()
    assert b"Doyle" not in content
    shut = PdfReader(BytesIO(content))
    assert shut.is_encrypted
    assert shut.trailer["/Encrypt"]["/V"] == 5
    with pytest.raises(FileNotDecryptedError):
        _ = shut.pages[0]
    assert not PdfReader(BytesIO(content)).decrypt("copper-lantern-violet-geyser-48")
    opened = PdfReader(BytesIO(content), password=SECRET)
    plain = PdfReader(BytesIO(made.content))
    assert [page.extract_text() for page in opened.pages] == [page.extract_text() for page in plain.pages]
    assert len(opened.outline) == len(plain.outline)
    assert [one.reference for one in bundles_of(school.context, story.pupil)] == [made.reference]


def test_a_check_knows_a_locked_copy_and_one_that_is_not_ours(
    school: SmallSchool, made: Bundle, tmp_path: Path
) -> None:
    target = finish(save_locked(school.context, made.reference, SECRET, tmp_path / "locked.pdf"))
    content = target.read_bytes()
    found = verify(school.context, content)
    assert (found.state, found.reference) == (Ours.UNCHANGED, made.reference)
    assert f"a copy of {made.reference} under a password" in found.says
    other = bytearray(content)
    other[len(other) // 2] ^= 1
    found = verify(school.context, bytes(other))
    assert (found.state, found.reference) == (Ours.CHANGED, made.reference)
    assert "locked" in found.says
    bare = content[: content.rindex(b"%%EOF") + 6]
    found = verify(school.context, bare)
    assert found.state is Ours.FOREIGN
    assert "locked with a password" in found.says


@pytest.mark.parametrize(
    "weak", ["", "short", "aaaaaaaaaaaaaa", "passwordpassword"[:8], "x" * 200, f" {SECRET}", "123456789012"]
)
def test_a_weak_password_is_refused_and_nothing_is_made(
    school: SmallSchool, made: Bundle, tmp_path: Path, weak: str
) -> None:
    before = school.context.store.check().links
    with pytest.raises(Refused):
        finish(save_locked(school.context, made.reference, weak, tmp_path / "locked.pdf"))
    assert not (tmp_path / "locked.pdf").exists()
    assert school.context.store.check().links == before


def test_a_copy_that_cannot_be_saved_is_neither_there_nor_recorded(
    school: SmallSchool, story: Story, made: Bundle, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        finish(save_locked(school.context, made.reference, SECRET, tmp_path / "nowhere" / "locked.pdf"))
    with school.context.store.reading() as reading:
        told = [one for one in reading.entries.of(story.pupil) if "locked" in one.details]
    assert told == []
    work = save_locked(school.context, made.reference, SECRET, tmp_path / "locked.pdf")
    next(work)
    work.close()
    assert not list(tmp_path.glob("locked*"))


def test_the_password_is_kept_nowhere(school: SmallSchool, story: Story, made: Bundle, tmp_path: Path) -> None:
    finish(save_locked(school.context, made.reference, SECRET, tmp_path / "locked.pdf"))
    with school.context.store.reading() as reading:
        assert not [one for one in reading.entries.of(story.pupil) if SECRET in repr(one)]


def test_a_phrase_of_four_words_is_offered_that_is_good_enough() -> None:
    assert len(set(WORDS)) == len(WORDS) > 500
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    offered = {offered_passphrase() for _ in range(50)}
    assert len(offered) == 50
    assert all(password_fault(one) is None for one in offered)
    assert passphrase(lambda below: below - 1) == f"{'-'.join([WORDS[-1]] * 4)}-99"


def test_neither_the_name_of_the_file_nor_the_e_mail_names_the_child(
    school: SmallSchool, story: Story, made: Bundle
) -> None:
    name = bundle_name(made.reference, story.request.referral, story.request.on, locked=True)
    assert name == f"{made.reference} statutory-referral 2026-11-20 locked.pdf"
    text = email_for(school.context, made.reference)
    assert text.startswith(f"Subject: {made.reference}, Marsh Lane Primary School\n")
    assert name in text
    assert f"{made.pages} pages" in text
    assert "by telephone, not by e-mail" in text
    assert "password" not in email_for(school.context, made.reference, locked=False)
    for word in ("Doyle", "Ryan", "Karen", "Seán", "Quayside"):
        assert word not in text + name


def test_what_was_sent_is_listed_with_who_when_how_and_what_came_back(
    school: SmallSchool, story: Story, made: Bundle
) -> None:
    context = school.context
    now, changes = record_sent(
        context, Sending(made.reference, "School Attendance Service", "secure e-mail", on=date(2026, 11, 20))
    )
    assert changes.entries
    assert now.clock is None  # help is asked for, and no court
    (sent,) = sent_of(context, story.pupil)[made.reference]
    assert (sent.by, sent.on, sent.given) == ("Dr A Rahman", date(2026, 11, 20), "")
    assert sent.says == "to School Attendance Service, by secure e-mail, by Dr A Rahman"
    record_reference(context, now.entry, "KSAS/26/0417")
    (sent,) = sent_of(context, story.pupil)[made.reference]
    assert sent.says.endswith("their reference KSAS/26/0417")
    assert [one.answer for one in sent.answers] == ["answered"]
    with context.store.reading() as reading:
        entry = reading.entries.get(now.entry)
    assert entry is not None
    assert (entry.kind, entry.outcome) == (EntryKind.LA_REFERRAL, "sent")
    assert set(entry.persons) == {story.mother, story.father}


def test_a_bundle_that_asks_for_a_court_runs_its_clock(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    context = school.context
    with context.store.reading() as reading:
        pack = context.pack(reading.book.school())
    wanted = next(one for one in pack.referrals if one.key == story.request.referral)
    for_court = replace(wanted, profile=Profile.PROSECUTION, disclosure=Disclosure.COURT, per_parent=True)
    context = replace(context, own=replace(pack, referrals=(for_court,)))
    request = replace(story.request, parent=story.mother)
    bundle = finish(build(context, request, tmp_path / "court.pdf"))
    now, _ = record_sent(context, Sending(bundle.reference, "The penalty notice team", "portal", given="PN-1"))
    assert now.clock is not None
    assert now.clock.earliest == date(2026, 9, 14)
    assert court_clock_of(context, story.pupil) == now.clock
    with context.store.reading() as reading:
        entry = reading.entries.get(now.entry)
    assert entry is not None
    assert entry.persons == (story.mother,)
    assert entry.details["why_not"].startswith("Mr Seán Doyle: the bundle is of the other parent")


def test_what_is_not_said_is_asked_for(school: SmallSchool, made: Bundle) -> None:
    with pytest.raises(Refused, match="to whom"):
        record_sent(school.context, Sending(made.reference, " ", "portal"))
    with pytest.raises(Refused, match="how it went"):
        record_sent(school.context, Sending(made.reference, "The team", "pigeon"))
    with pytest.raises(Refused, match="still to come"):
        record_sent(school.context, Sending(made.reference, "The team", "portal", on=date(2026, 11, 21)))
    with pytest.raises(Refused, match="No bundle RB-2026-0077"):
        record_sent(school.context, Sending("RB-2026-0077", "The team", "portal"))


def test_many_in_one_go_each_a_file_of_its_own(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    requests = [
        replace(story.request, pupil=school.pupils[name], referral=referral)
        for name, referral in (("Doyle", "statutory-referral"), ("Abara", "no-such"), ("Kaya", "statutory-referral"))
    ]
    batch = finish(build_batch(school.context, requests, tmp_path))
    assert [one.request.pupil for one in batch.made] == [school.pupils["Doyle"], school.pupils["Kaya"]]
    assert [(one.request.pupil, "no-such" in one.why) for one in batch.refused] == [(school.pupils["Abara"], True)]
    for one in batch.made:
        assert one.path is not None
        assert len(PdfReader(one.path).pages) == one.pages
        assert one.path.name == f"{one.reference} statutory-referral 2026-11-20.pdf"
        assert verify(school.context, one.path.read_bytes()).state is Ours.UNCHANGED


def test_a_batch_that_is_cancelled_leaves_what_was_made_whole(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    requests = [replace(story.request, pupil=school.pupils[name]) for name in ("Doyle", "Abara", "Kaya")]
    work = build_batch(school.context, requests, tmp_path)
    for step in work:
        if step.done == 1 and "Bundle 2 of 3: " in step.text:
            break
    work.close()
    (file,) = tmp_path.glob("*.pdf")
    assert verify(school.context, file.read_bytes()).state is Ours.UNCHANGED
    assert not list(tmp_path.glob("*.part"))


def test_a_disk_that_is_full_ends_the_batch_in_words(
    school: SmallSchool, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop_app.actions.saving.os.fsync", full)
    requests = [replace(story.request, pupil=school.pupils[name]) for name in ("Doyle", "Abara")]
    with pytest.raises(Refused, match="No space left on device"):
        finish(build_batch(school.context, requests, tmp_path))
    assert not list(tmp_path.glob("RB*"))
    assert bundles_of(school.context, story.pupil) == ()
    with pytest.raises(Refused, match="There is no folder"):
        finish(build_batch(school.context, requests, tmp_path / "nowhere"))
