"""Bundles of several children: whom a line is of, how ready each is, made in the school, saved all at once."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.actions.bundle import plan
from desktop_app.actions.bundle_batch import (
    MadeFile,
    NotMade,
    batch_lines,
    batch_ready,
    build_batch,
    save_batch,
)
from desktop_app.actions.frozen import bundles_of, verify_file
from desktop_app.cli.answers import finish
from desktop_app.domain.bundle import BundleRequest, Readiness
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.frozen import Ours
from desktop_app.domain.people import Tie
from desktop_app.domain.staff import Role
from desktop_app.rules.bundle import overall
from tests.support.people import in_role
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


def asked(school: SmallSchool, story: Story, *names: str) -> list[BundleRequest]:
    keys = [school.pupils[name] for name in names]
    return [one.request for one in batch_lines(school.context, keys, story.request)]


def test_a_line_is_of_a_child_once_and_in_the_order_asked(school: SmallSchool, story: Story) -> None:
    keys = [school.pupils[name] for name in ("Kaya", "Doyle", "Kaya")]
    lines = batch_lines(school.context, keys, story.request)
    assert [(one.request.pupil, one.parent) for one in lines] == [(keys[0], ""), (keys[1], "")]
    assert lines[1].pupil.id == story.pupil
    assert lines[1].class_name


def test_a_referral_of_one_parent_has_a_line_for_each(school: SmallSchool, story: Story) -> None:
    court = replace(story.request, referral="prosecution")
    lines = batch_lines(school.context, [story.pupil], court)
    assert [(one.request.parent, one.parent) for one in lines] == [
        (story.mother, "Ms Karen Doyle"), (story.father, "Mr Seán Doyle"),
    ]  # fmt: skip
    ready = finish(batch_ready(school.context, [one.request for one in lines]))
    assert [one.refused for one in ready] == ["", ""]


def test_a_parent_whom_a_court_keeps_away_has_no_line(school: SmallSchool, story: Story) -> None:
    context = school.context
    with context.store.writing(context.deed("order")) as writing:
        tie = next(one for one in writing.book.all(Tie) if (one.pupil, one.person) == (story.pupil, story.father))
        writing.book.put(replace(tie, no_contact=True))
    lines = batch_lines(context, [story.pupil], replace(story.request, referral="prosecution"))
    assert [one.parent for one in lines] == ["Ms Karen Doyle"]


def test_what_nobody_knows_is_refused(school: SmallSchool, story: Story) -> None:
    with pytest.raises(Refused, match="not in this school"):
        batch_lines(school.context, [story.pupil, 9_999], story.request)
    with pytest.raises(Refused, match="no-such"):
        batch_lines(school.context, [story.pupil], replace(story.request, referral="no-such"))


def test_each_says_how_ready_it_is_and_one_that_cannot_be_stops_no_other(school: SmallSchool, story: Story) -> None:
    early = replace(story.request, on=date(2020, 1, 6), first=date(2020, 1, 6), last=date(2020, 1, 6))
    found = finish(batch_ready(school.context, [early, story.request]))
    assert "on roll from" in found[0].refused
    assert overall(found[1].findings) is Readiness.MISSING
    planned = plan(school.context, story.request)
    assert found[1].findings == planned.findings
    assert found[1].without == tuple(one.title for one in planned.parts if one.why) != ()
    assert bundles_of(school.context, story.pupil) == ()


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ((), Readiness.MET),
        ((Readiness.MET,), Readiness.MET),
        ((Readiness.MET, Readiness.CHECK), Readiness.CHECK),
        ((Readiness.CHECK, Readiness.MISSING, Readiness.MET), Readiness.MISSING),
    ],
)
def test_a_referral_is_as_ready_as_its_least_line(
    school: SmallSchool, story: Story, states: tuple[Readiness, ...], whole: Readiness
) -> None:
    (found,) = finish(batch_ready(school.context, [story.request]))
    assert overall([replace(found.findings[0], state=state) for state in states]) is whole


def test_made_in_the_school_alone_and_heard_of_one_by_one(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    requests = asked(school, story, "Doyle", "Kaya")
    requests.insert(1, replace(requests[0], referral="no-such"))
    heard: list[MadeFile | NotMade] = []
    before = set(tmp_path.iterdir())
    batch = finish(build_batch(school.context, requests, None, heard.append))
    assert [type(one) for one in heard] == [MadeFile, NotMade, MadeFile]
    assert [one.request for one in heard] == requests
    assert [one.path for one in batch.made] == [None, None]
    assert set(tmp_path.iterdir()) == before
    (kept,) = bundles_of(school.context, story.pupil)
    assert kept.reference == batch.made[0].reference


def test_cancelled_in_the_middle_of_one_nothing_of_it_is_kept(school: SmallSchool, story: Story) -> None:
    heard: list[MadeFile | NotMade] = []
    work = build_batch(school.context, asked(school, story, "Kaya", "Doyle"), None, heard.append)
    for step in work:
        if "Bundle 2 of 2: " in step.text:
            break
    work.close()
    assert [one.request.pupil for one in heard] == [school.pupils["Kaya"]]
    assert bundles_of(school.context, story.pupil) == ()
    assert len(bundles_of(school.context, school.pupils["Kaya"])) == 1


def test_all_are_saved_whole_and_no_name_tells_of_a_child(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    made = finish(build_batch(school.context, asked(school, story, "Doyle", "Kaya"), None)).made
    folder = tmp_path / "out"
    folder.mkdir()
    saved: list[Path] = []
    paths = finish(save_batch(school.context, made, folder, saved.append))
    assert list(paths) == saved == [folder / one.name for one in made]
    for one, path in zip(made, paths, strict=True):
        assert sha256(path.read_bytes()).hexdigest() == one.sha256
        assert verify_file(school.context, path).state is Ours.UNCHANGED
        assert path.name == f"{one.reference} statutory-referral 2026-11-20.pdf"
    assert sorted(folder.iterdir()) == sorted(paths)


def test_where_a_name_is_taken_none_is_written(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    made = finish(build_batch(school.context, asked(school, story, "Doyle", "Kaya"), None)).made
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / made[1].name).write_text("another")
    saved: list[Path] = []
    with pytest.raises(Refused, match="there already"):
        finish(save_batch(school.context, made, folder, saved.append))
    assert (saved, [one.name for one in folder.iterdir()]) == ([], [made[1].name])
    assert (folder / made[1].name).read_text() == "another"
    with pytest.raises(Refused, match="There is no folder"):
        finish(save_batch(school.context, made, tmp_path / "nowhere", saved.append))


def test_a_disk_that_fills_up_leaves_those_before_whole(
    school: SmallSchool, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = finish(build_batch(school.context, asked(school, story, "Doyle", "Kaya"), None)).made
    saved: list[Path] = []

    def full_after_one(_: int) -> None:
        if saved:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop_app.actions.saving.os.fsync", full_after_one)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Refused, match="No space left on device"):
        finish(save_batch(school.context, made, folder, saved.append))
    assert [one.name for one in folder.iterdir()] == [made[0].name]
    assert verify_file(school.context, saved[0]).state is Ours.UNCHANGED


def test_whoever_may_not_write_a_case_makes_none(school: SmallSchool, story: Story) -> None:
    teacher = in_role(school.context, Role.TEACHER, "4B")
    with pytest.raises(NotAllowed):
        finish(build_batch(teacher, [story.request], None))
    with pytest.raises(NotAllowed):
        batch_lines(teacher, [story.pupil], story.request)
