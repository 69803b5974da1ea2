"""Bundles kept byte for byte, on a real store: the same again, and every change noticed."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.bundle import build
from desktop_app.actions.frozen import again, bundles_of, email_for, save_again, verify, verify_file
from desktop_app.actions.locked_copy import save_locked
from desktop_app.cli.answers import finish
from desktop_app.documents.locked import lock
from desktop_app.domain.bundle import Bundle
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.frozen import Ours
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def made(school: SmallSchool, story: Story, tmp_path: Path) -> tuple[Bundle, Path]:
    target = tmp_path / "made.pdf"
    return finish(build(school.context, story.request, target)), target


def test_the_same_bytes_come_again(school: SmallSchool, made: tuple[Bundle, Path], tmp_path: Path) -> None:
    bundle, target = made
    kept = save_again(school.context, bundle.reference.lower(), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == target.read_bytes() == kept.content
    assert sha256(kept.content).hexdigest() == bundle.sha256
    with pytest.raises(Refused, match="No bundle RB-2026-9999"):
        again(school.context, "RB-2026-9999")


def test_a_case_lists_its_bundles_the_newest_first(
    school: SmallSchool, story: Story, made: tuple[Bundle, Path]
) -> None:
    second = finish(build(school.context, replace(story.request, referral="level-2"), made[1].with_name("two.pdf")))
    kept = bundles_of(school.context, story.pupil)
    assert [one.reference for one in kept] == [second.reference, made[0].reference]
    assert (kept[1].referral, kept[1].pages, kept[1].sha256) == ("statutory-referral", made[0].pages, made[0].sha256)
    assert "Statutory referral" in kept[1].title


def test_a_bundle_tells_nothing_of_the_bundles_made_before(
    school: SmallSchool, story: Story, made: tuple[Bundle, Path], tmp_path: Path
) -> None:
    second = finish(build(school.context, story.request, tmp_path / "second.pdf"))
    assert second.pages == made[0].pages


def test_ours_and_unchanged(school: SmallSchool, made: tuple[Bundle, Path]) -> None:
    found = verify_file(school.context, made[1])
    assert (found.state, found.reference) == (Ours.UNCHANGED, made[0].reference)
    assert found.says.startswith(f"Ours and unchanged: {made[0].reference}, kept on ")


def test_every_single_byte_that_is_changed_is_noticed(school: SmallSchool, made: tuple[Bundle, Path]) -> None:
    content, chance = made[1].read_bytes(), random.Random(20261126)
    states: list[Ours] = []
    for place in chance.sample(range(len(content)), 1000):
        changed = bytearray(content)
        changed[place] ^= chance.randrange(1, 256)
        states.append(verify(school.context, bytes(changed)).state)
    assert Ours.UNCHANGED not in states
    assert states.count(Ours.CHANGED) > 990


def test_cut_short_or_added_to_is_noticed(school: SmallSchool, made: tuple[Bundle, Path]) -> None:
    content = made[1].read_bytes()
    assert verify(school.context, content[:-1]).state is Ours.CHANGED
    found = verify(school.context, content + b"\n")
    assert found.state is Ours.CHANGED
    assert f"it says it is {made[0].reference}" in found.says


def test_a_file_of_somebody_else_is_not_ours(school: SmallSchool, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.4 of another office, RB-2031-0001")
    assert verify_file(school.context, other).state is Ours.FOREIGN
    with pytest.raises(Refused, match="cannot be read"):
        verify_file(school.context, tmp_path / "none.pdf")


def saved_anew(content: bytes, password: str = "") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content), password=password or None))
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_letter_that_speaks_of_a_bundle_is_not_one_that_was_changed(
    school: SmallSchool, made: tuple[Bundle, Path]
) -> None:
    reference = made[0].reference
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.setTitle(f"Our answer to {reference}")
    canvas.drawString(50, 700, f"Dear colleague, thank you for {reference}.")
    canvas.save()
    for content in (stream.getvalue(), email_for(school.context, reference).encode()):
        found = verify(school.context, content)
        assert (found.state, found.reference) == (Ours.FOREIGN, "")
        assert f"speaks of {reference}" in found.says
    found = verify(school.context, saved_anew(made[1].read_bytes()))
    assert (found.state, found.reference) == (Ours.CHANGED, reference)
    assert "another program saved it anew" in found.says


def test_a_locked_copy_saved_without_its_password_is_another_file_and_nobody_is_told_to_make_one(
    school: SmallSchool, made: tuple[Bundle, Path], tmp_path: Path
) -> None:
    word = "four plain words together 7"
    locked = finish(save_locked(school.context, made[0].reference, word, tmp_path / "locked.pdf")).read_bytes()
    assert verify(school.context, locked).state is Ours.UNCHANGED
    assert verify(school.context, locked + b" ").state is Ours.CHANGED
    opened = verify(school.context, saved_anew(locked, word))
    assert (opened.state, opened.reference) == (Ours.CHANGED, made[0].reference)
    assert "save it without" not in verify(school.context, lock(made[1].read_bytes(), word)).says


def test_a_file_kept_with_an_entry_is_ours_and_a_restricted_one_gives_nothing_away(
    school: SmallSchool, story: Story
) -> None:
    with school.context.store.writing(school.context.deed("log")) as writing:
        for restricted, content in ((False, b"a letter"), (True, b"a sealed letter")):
            entry = writing.entries.add(
                NewEntry(EntryKind.LETTER, school.context.now(), (story.pupil,), "came", restricted=restricted)
            )
            writing.entries.attach(entry, "letter.txt", "text/plain", content)
    assert "Ours and unchanged: Letter, kept on" in verify(school.context, b"a letter").says
    assert "Letter" not in verify(school.context, b"a sealed letter").says
