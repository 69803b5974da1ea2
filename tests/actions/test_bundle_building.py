"""Making a bundle: whole or not at all, recorded as it is made, and true to the register it is made from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.bundle import build, make, plan
from desktop_app.actions.pupils import pupil_page
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Locked, Refused
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import Answer, Person, Pupil, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import date_year
from tests.support.clock import StillClock
from tests.support.reading_pdf import certified_sessions, read_pdf
from tests.support.referrals import FIRST, ON, Story, calendar_of, present, tell_story
from tests.support.running import finish
from tests.support.schools import PASSWORD, SmallSchool


@pytest.fixture
def story(school: SmallSchool, clock: StillClock) -> Story:
    clock.set(2026, 11, 20, 14, 5)
    return tell_story(school)


@pytest.fixture
def reader(school: SmallSchool, story: Story, house: House, rulebook: Rulebook, clock: StillClock) -> Iterator[Context]:
    """The same school in a second window, which may only read."""
    store = house.open(school.path, None, PASSWORD, write=False)
    yield Context(store, rulebook, clock, school.context.staff)
    store.close()


def put(context: Context, *marks: NewMark) -> None:
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(marks)


def test_it_is_made_whole_and_recorded_as_it_was_made(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    with school.context.store.reading() as reading:
        head = reading.chain_head
    built = finish(build(school.context, story.request, tmp_path / "a.pdf"))
    content = (tmp_path / "a.pdf").read_bytes()
    assert built.content == content
    assert built.sha256 == sha256(content).hexdigest()
    assert built.reference == "RB-2026-0001"
    assert built.missing == plan(school.context, story.request).missing
    assert [path.name for path in tmp_path.glob("a.pdf*")] == ["a.pdf"]
    with school.context.store.reading() as reading:
        (issue,) = reading.issues.of(story.pupil)
        assert reading.chain_head != head
    assert (issue.reference, issue.sha256, issue.pages) == (built.reference, built.sha256, built.pages)
    assert (issue.kind, issue.pack, issue.pack_version) == ("bundle", "knowsley", _version(school))
    assert issue.chain_head == head
    assert f"chain {head[:4].upper()} {head[4:8].upper()}" in read_pdf(content).pages[0]
    assert school.context.store.check().ok


@pytest.mark.parametrize(
    ("on", "first", "last", "words"),
    [
        (date(2010, 6, 28), date(2009, 9, 1), date(2010, 6, 28), "on roll from 5 September 2022, after the day of the"),
        (date(2022, 9, 4), date(2022, 9, 1), date(2022, 9, 4), "on roll from 5 September 2022, after the day of the"),
        (ON, date(2021, 9, 1), date(2022, 9, 4), "after the period, which ends on 4 September 2022. Choose a later"),
    ],
)
def test_a_time_before_the_child_came_is_refused(
    school: SmallSchool, story: Story, tmp_path: Path, on: date, first: date, last: date, words: str
) -> None:
    request = replace(story.request, on=on, first=first, last=last)
    with pytest.raises(Refused, match=words):
        plan(school.context, request)
    with pytest.raises(Refused, match=words):
        finish(build(school.context, request, tmp_path / "a.pdf"))
    assert not list(tmp_path.glob("a.pdf*"))


def test_a_time_that_reaches_the_first_day_is_not_refused(school: SmallSchool, story: Story) -> None:
    first_day = date(2022, 9, 5)
    assert plan(school.context, replace(story.request, on=first_day, first=date(2022, 9, 1), last=first_day)).parts


def test_it_is_made_for_a_look_without_touching_the_disk_and_recorded_all_the_same(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    bundle = finish(make(school.context, story.request))
    assert sorted(tmp_path.rglob("*")) == before
    assert read_pdf(bundle.content).pages
    with school.context.store.reading() as reading:
        (issue,) = reading.issues.of(story.pupil)
    assert (issue.reference, issue.sha256) == (bundle.reference, sha256(bundle.content).hexdigest())


def _version(school: SmallSchool) -> str:
    return school.context.rulebook.packs["knowsley"].version


def test_each_bundle_has_the_next_reference(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    made = [finish(build(school.context, story.request, tmp_path / f"{n}.pdf")).reference for n in range(3)]
    assert made == ["RB-2026-0001", "RB-2026-0002", "RB-2026-0003"]


def test_progress_comes_with_each_part(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    steps = list(build(school.context, story.request, tmp_path / "a.pdf"))
    assert [step.done for step in steps] == list(range(1, len(steps) + 1))
    assert {step.total for step in steps} == {len(steps)}
    assert steps[2].text == "Certificate of attendance"


@pytest.mark.parametrize("after", range(1, 11))
def test_closed_midway_it_leaves_nothing(school: SmallSchool, story: Story, tmp_path: Path, after: int) -> None:
    before = sorted(tmp_path.iterdir())
    work = build(school.context, story.request, tmp_path / "a.pdf")
    for _ in range(after):
        next(work)
    work.close()
    assert sorted(tmp_path.iterdir()) == before
    with school.context.store.reading() as reading:
        assert reading.issues.of(story.pupil) == []


def test_a_target_that_exists_is_refused_and_left_as_it_was(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"mine")
    with pytest.raises(Refused, match="is there already"):
        next(build(school.context, story.request, target))
    assert target.read_bytes() == b"mine"


def test_a_target_that_appears_meanwhile_is_not_written_over(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    work = build(school.context, story.request, target)
    next(work)
    target.write_bytes(b"mine")
    with pytest.raises(Refused, match="is there already"):
        finish(work)
    assert target.read_bytes() == b"mine"
    assert not (tmp_path / "a.pdf.part").exists()


def test_a_folder_that_is_not_there_is_refused(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no folder"):
        next(build(school.context, story.request, tmp_path / "nowhere" / "a.pdf"))


@pytest.mark.parametrize("name", ["n" * 300, "n" * 253])
def test_a_name_the_disk_will_not_take_is_refused(school: SmallSchool, story: Story, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match="cannot be written"):
        finish(build(school.context, story.request, tmp_path / name))
    assert sorted(tmp_path.iterdir()) == before


def test_a_reference_taken_meanwhile_leaves_no_file(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    slow = build(school.context, story.request, tmp_path / "slow.pdf")
    next(slow)
    finish(build(school.context, story.request, tmp_path / "quick.pdf"))
    with pytest.raises(Refused, match="took this reference"):
        finish(slow)
    assert not (tmp_path / "slow.pdf").exists()
    assert (tmp_path / "quick.pdf").exists()


def test_a_second_window_may_plan_but_not_make(reader: Context, story: Story, tmp_path: Path) -> None:
    assert plan(reader, story.request).pupil.id == story.pupil
    with pytest.raises(Locked, match="open for writing by"):
        next(build(reader, story.request, tmp_path / "a.pdf"))
    assert not (tmp_path / "a.pdf").exists()


def test_an_n_leaves_the_certificate_out_and_tells_only_the_maker(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    put(school.context, NewMark(story.pupil, date(2026, 11, 12), Half.AM, "N", reason="asked", amends=True))
    built = finish(build(school.context, story.request, tmp_path / "a.pdf"))
    why = next(one.why for one in built.missing if one.part == "certificate")
    assert why.startswith("Certificate of attendance is left out. Still N: Thu 12 Nov 2026 AM.")
    read = read_pdf(built.content)
    assert "Certificate" not in read.text
    assert "left out" not in read.text
    assert read.bookmarks == (("Cover and index", 1), *read.index)
    assert read.bookmarks[3][0] == "Attendance register"


def test_a_gap_leaves_the_certificate_out(school: SmallSchool, story: Story) -> None:
    put(school.context, NewMark(story.pupil, date(2026, 11, 12), Half.PM, "", reason="wrong child", amends=True))
    whys = [one.why for one in plan(school.context, story.request).missing if one.part == "certificate"]
    assert len(whys) == 1
    assert "No mark: Thu 12 Nov 2026 PM." in whys[0]


def test_an_afternoon_still_to_come_is_no_gap(school: SmallSchool, story: Story, clock: StillClock) -> None:
    put(school.context, NewMark(story.pupil, story.request.on, Half.PM, "", reason="too early"))
    clock.set(2026, 11, 20, 12, 59)
    assert "certificate" not in {one.part for one in plan(school.context, story.request).missing}
    clock.set(2026, 11, 20, 13, 0)
    assert "certificate" in {one.part for one in plan(school.context, story.request).missing}


def test_the_day_of_the_bundle_bounds_sessions_and_entries(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    on = date(2026, 10, 9)
    request = replace(story.request, on=on, last=on)
    read = read_pdf(finish(build(school.context, request, tmp_path / "a.pdf")).content)
    assert [line for line in certified_sessions(read) if "Nov" in line[0]] == []
    assert len(certified_sessions(read)) == 8
    assert "Letter 1" in read.text
    for later in ("Plan agreed", "card left", "16 Nov"):
        assert later not in read.text


def test_the_period_bounds_the_figures_but_not_the_window(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    request = replace(story.request, first=date(2026, 11, 2))
    read = read_pdf(finish(build(school.context, request, tmp_path / "a.pdf")).content)
    assert {day for day, _, _ in certified_sessions(read)} == {"Mon 16 Nov 2026", "Wed 18 Nov 2026", "Thu 19 Nov 2026"}
    assert "Unauthorised 12 sessions (4 G, 7 O, 1 U)" in "\n".join(read.part("Referral"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"referral": "nonsense"}, "has no referral “nonsense”; it has statutory-referral"),
        ({"pupil": 9999}, "not in this school’s book"),
        ({"on": date(2026, 11, 21), "last": date(2026, 11, 21)}, "21 November 2026 is still to come"),
        ({"last": date(2026, 8, 31)}, "ends on 31 August 2026, before it begins"),
        ({"on": date(2026, 11, 19)}, "after the day of the bundle"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_words(
    school: SmallSchool, story: Story, change: dict[str, object], words: str, tmp_path: Path
) -> None:
    request = replace(story.request, **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words):
        plan(school.context, request)
    with pytest.raises(Refused, match=words):
        next(build(school.context, request, tmp_path / "a.pdf"))


def test_a_pupil_of_whom_nothing_is_known_still_has_a_bundle(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        bare = writing.book.put(Pupil(0, "Nobody", "Nil", date(2018, 1, 1), date(2026, 11, 20)))
    built = finish(build(school.context, replace(story.request, pupil=bare), tmp_path / "a.pdf"))
    assert built.pages >= 5
    assert {one.part for one in built.missing} >= {"parents", "certificate", "register", "chronology", "contacts"}


@pytest.mark.parametrize("seed", range(6))
def test_every_unauthorised_session_of_the_store_is_certified_and_no_other(
    school: SmallSchool, story: Story, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    pupil = school.pupils["Kaya"]
    codes = ["", "", "", "O", "G", "U", "I", "M", "L", "V", "Y1", "C", "E"]
    sessions = calendar_of(school.context).sessions(FIRST, ON)
    drawn = {one: chance.choice(codes) or present(one.half) for one in sessions}
    put(school.context, *(NewMark(pupil, s.day, s.half, code, source=Source.IMPORT) for s, code in drawn.items()))
    request = BundleRequest(pupil, story.request.referral, ON, FIRST, ON)
    read = read_pdf(finish(build(school.context, request, tmp_path / "a.pdf")).content)
    expected = [(date_year(s.day), s.half.value, code) for s, code in drawn.items() if code in {"O", "G", "U"}]
    assert certified_sessions(read) == expected


def test_who_only_shares_a_childminder_is_no_brother_or_sister(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        minder = writing.book.put(Person(0, "Pat Minder"))
        for child in (story.pupil, school.pupils["Abara"]):
            writing.book.put(Tie(0, child, minder, "childminder", Answer.NO, Answer.NO, 4))
    read = read_pdf(finish(build(school.context, story.request, tmp_path / "a.pdf")).content)
    assert "Niamh Doyle" in read.text
    assert "Abara" not in read.text
    assert "Minder" not in read.text
    assert [one.pupil.name for one in pupil_page(school.context, story.pupil).siblings] == ["Niamh Doyle"]


def test_letters_that_print_as_boxes_are_said(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    with school.context.store.writing(school.context.deed("log")) as writing:
        writing.entries.add(NewEntry(EntryKind.NOTE, datetime(2026, 11, 17, 9), (story.pupil,), "김철수 fetched him"))
    built = finish(build(school.context, story.request, tmp_path / "made.pdf"))
    said = next(one.why for one in built.missing if one.part == "cover")
    assert "empty boxes: 김수철." in said
