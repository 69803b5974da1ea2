"""A demo school in a real store: what is written, when, and that it is the same each time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop_app.actions.bundle import plan
from desktop_app.actions.case_page import case_page, cases_of
from desktop_app.actions.demo import make_demo
from desktop_app.actions.figures import figures
from desktop_app.actions.roll import read_roll
from desktop_app.context import as_aware, signed_in
from desktop_app.domain.bundle import BundleRequest, Readiness
from desktop_app.domain.cases import Voice
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Channel, Person, Pupil, Tie
from desktop_app.domain.school import Period
from desktop_app.domain.sessions import Session
from desktop_app.rules.codes import refusal
from tests.support.clock import StillClock

TODAY = date(2026, 11, 20)


def finish(generator):
    """Drive a generator to its end and return what it returns."""
    try:
        while True:
            next(generator)
    except StopIteration as end:
        return end.value


NOW = datetime(2026, 11, 20, 8, 50)


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook):
    """One demo school, only looked at."""
    path = tmp_path_factory.mktemp("demo") / "demo.rollbook"
    made = finish(make_demo(house, path, rulebook, pupils=56, years=2, seed=5, today=TODAY, clock=StillClock(NOW)))
    yield made
    made.store.close()


@pytest.fixture
def make(tmp_path, house, rulebook, clock):
    made = []

    def run(name="demo.rollbook", **wanted):
        settings = {"pupils": 28, "years": 2, "seed": 5, "today": TODAY, "clock": clock} | wanted
        demo = finish(make_demo(house, tmp_path / name, rulebook, **settings))
        made.append(demo.store)
        return demo

    yield run
    for store in made:
        store.close()


def all_figures(demo, rulebook, clock, **more):
    return figures(signed_in(demo.store, rulebook, clock), demo.first, demo.last, **more)


def test_what_is_said_is_what_is_there(demo):
    assert (demo.first, demo.last) == (date(2025, 9, 2), TODAY)
    with demo.store.reading() as reading:
        assert reading.book.school().demo
        pupils = reading.book.all(Pupil)
        assert sum(pupil.on_roll(TODAY) for pupil in pupils) == demo.pupils == 56
        assert demo.marks == len(reading.marks.between(demo.first, demo.last))
        upns = {pupil.upn: pupil.id for pupil in pupils}
        for upn, referral in demo.cases:
            opened = [one for one in reading.entries.of(upns[upn]) if one.kind is EntryKind.CASE_OPENED]
            assert [one.details["referral"] for one in opened] == [referral]
    assert len(demo.cases) >= 2


def test_each_case_stands_at_a_step_of_its_pack_with_what_was_said_and_who_owes_what(demo, rulebook):
    context = signed_in(demo.store, rulebook, StillClock(NOW))
    with demo.store.reading() as reading:
        ids = {pupil.upn: pupil.id for pupil in reading.book.all(Pupil)}
    pages = [case_page(context, cases_of(context, ids[upn])[-1].id) for upn, _ in demo.cases]
    assert [page.state.step for page in pages] == [
        "school-panel.panel", "severe.support", "early.talk", "school-panel.notice",
    ]  # fmt: skip
    assert all(page.step is not None and page.lead and page.next is not None for page in pages)
    assert all(page.owed and all(one.owner and not one.overdue for one in page.owed) for page in pages)
    first = pages[0]
    assert [(one.step, one.agreed_by) for one in first.state.moves] == [
        ("early.talk", ""), ("school-panel.panel", "the panel, with both parents"),
    ]  # fmt: skip
    assert [one.voice for one in first.state.barriers] == [Voice.PUPIL, Voice.PARENT]
    assert (
        first.state.barriers[1].entry.outcome == f"{first.parents[first.state.barriers[1].person]}: Sleep and mornings"
    )
    areas = {one.key: one.title for one in rulebook.kinds.barriers}
    for page in pages:
        assert all(one.entry.outcome.endswith(f": {areas[one.area]}") for one in page.state.barriers)
    assert len(first.state.reviews) == 1


def test_the_store_is_sound_and_opens_with_demo(make, house):
    demo = make()
    assert demo.store.check().faults == ()
    demo.store.close()
    again = house.open(demo.store.path, "demo", "demo", write=False)
    again.close()


def test_same_seed_and_day_give_the_same_figures(make, rulebook, clock):
    one = make("one.rollbook")
    two = make("two.rollbook", clock=StillClock(datetime(2027, 1, 31, 17, 0)))
    other = make("other.rollbook", seed=6)
    assert all_figures(one, rulebook, clock) == all_figures(two, rulebook, clock)
    assert all_figures(one, rulebook, clock) != all_figures(other, rulebook, clock)


def test_every_mark_is_expected_of_its_pupil(demo):
    with demo.store.reading() as reading:
        roll = read_roll(reading.book)
        marks = reading.marks.between(demo.first, demo.last)
    assert not [mark for mark in marks if roll.why_not(mark.pupil, Session(mark.day, mark.half))]


def test_nothing_is_recorded_before_it_happened_or_after_now(demo):
    with demo.store.reading() as reading:
        for pupil in reading.book.all(Pupil):
            for change in reading.marks.history(pupil.id, demo.first, demo.last):
                assert date(change.recorded_at.year, change.recorded_at.month, change.recorded_at.day) >= change.day
                assert change.recorded_at <= StillClock(NOW)().astimezone(UTC)
        for entry in reading.entries.all():
            assert as_aware(entry.happened_at) <= entry.recorded_at


def test_a_past_moment_shows_what_was_known_then(demo):
    wednesday = as_aware(datetime(2026, 3, 11, 12, 0))
    with demo.store.reading(as_at=wednesday) as reading:
        known = reading.marks.between(demo.first, demo.last)
        assert max(mark.day for mark in known) == date(2026, 3, 6)
        assert not [entry for entry in reading.entries.all() if entry.happened_at > datetime(2026, 3, 11, 12, 0)]
        assert all(
            pupil.leaving_day is None or pupil.leaving_day < date(2026, 3, 11) for pupil in reading.book.all(Pupil)
        )


def test_amendments_keep_the_first_mark_and_a_reason(demo):
    with demo.store.reading() as reading:
        histories = [reading.marks.history(pupil.id, demo.first, demo.last) for pupil in reading.book.all(Pupil)]
    amended = [change for history in histories for change in history if change.amends]
    assert amended
    for change in amended:
        assert change.reason
        first = next(
            one
            for history in histories
            for one in history
            if (one.pupil, one.day, one.half) == (change.pupil, change.day, change.half)
        )
        assert first.seq < change.seq
        assert first.code != change.code
        assert first.recorded_at < change.recorded_at


def test_siblings_share_their_persons(demo):
    with demo.store.reading() as reading:
        tied = [(tie.person, tie.pupil) for tie in reading.book.all(Tie)]
        assert len({person for person, _ in tied}) == len(reading.book.all(Person))
        assert len(tied) > len({person for person, _ in tied})
        reached = {channel.person for channel in reading.book.all(Channel)}
        assert reached == {person for person, _ in tied}


def test_the_calendar_covers_each_year_told(demo):
    with demo.store.reading() as reading:
        terms = [period for period in reading.book.all(Period) if period.kind == "term"]
    assert [term.name for term in terms] == [
        *("autumn term 2025", "spring term 2026", "summer term 2026"),
        *("autumn term 2026", "spring term 2027", "summer term 2027"),
    ]


def test_stopped_half_way_it_leaves_nothing(tmp_path, house, rulebook, clock):
    path = tmp_path / "stopped.rollbook"
    job = make_demo(house, path, rulebook, pupils=28, years=1, today=TODAY, clock=clock)
    texts = [next(job).text for _ in range(12)]
    assert path.exists()
    assert texts[0] == "Making up names and marks"
    job.close()
    assert not [left.name for left in tmp_path.iterdir() if not left.name.endswith((".lock", ".holder"))]


@pytest.mark.parametrize(("pupils", "years"), [(1, 1), (1, 7), (2, 2), (5, 3), (9, 4)])
def test_a_school_may_be_as_small_as_one_child(make, rulebook, clock, pupils, years):
    demo = make("one.rollbook", pupils=pupils, years=years)
    with demo.store.reading() as reading:
        roll = read_roll(reading.book)
        marks = reading.marks.between(demo.first, demo.last)
    assert sum(pupil.on_roll(TODAY) for pupil in roll.pupils.values()) == demo.pupils == pupils
    assert len(marks) == demo.marks > 100
    for mark in marks:
        assert not roll.why_not(mark.pupil, Session(mark.day, mark.half))
        assert refusal(mark.code, mark.day, mark.half, rulebook.codes, typed=False) is None
    assert demo.store.check().faults == ()
    again = make("two.rollbook", pupils=pupils, years=years)
    assert all_figures(again, rulebook, clock) == all_figures(demo, rulebook, clock)


def test_each_child_has_an_admission_number_in_the_order_of_coming(demo):
    with demo.store.reading() as reading:
        pupils = reading.book.all(Pupil)
    in_order = sorted(pupils, key=lambda pupil: int(pupil.admission_number))
    assert [pupil.admission_number for pupil in in_order] == [str(2001 + place) for place in range(len(pupils))]
    days = [pupil.starting_day for pupil in in_order]
    assert days == sorted(days)


@pytest.mark.parametrize("wanted", [{"pupils": 0}, {"pupils": 2001}, {"years": 0}, {"years": 11}])
def test_a_school_too_small_or_too_great_is_refused(make, tmp_path, wanted):
    with pytest.raises(Refused, match="A demo school has"):
        make(**wanted)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_refused_and_left(make, tmp_path):
    (tmp_path / "mine.rollbook").write_bytes(b"mine")
    with pytest.raises(Refused, match="exists already"):
        make("mine.rollbook")
    assert (tmp_path / "mine.rollbook").read_bytes() == b"mine"
    with pytest.raises(Refused, match="does not exist"):
        make("nowhere/demo.rollbook")


def test_before_august_2024_the_codes_are_those_of_then(make):
    demo = make(today=date(2024, 6, 28), pupils=56)
    with demo.store.reading() as reading:
        counts = reading.marks.counts(demo.first, demo.last)
    used = {code for by_code in counts.values() for code in by_code}
    assert not used & {"C1", "C2", "J1", "K", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
    assert "Y" in used


@pytest.mark.parametrize("on", [TODAY, date(2026, 11, 19)])
def test_the_first_case_lacks_nothing_and_the_second_much(demo, rulebook, on):
    context = signed_in(demo.store, rulebook, StillClock(NOW))
    with demo.store.reading() as reading:
        ids = {pupil.upn: pupil.id for pupil in reading.book.all(Pupil)}
    found = [
        {
            one.key: one.state
            for one in plan(context, BundleRequest(ids[upn], referral, on, date(2026, 9, 1), on)).findings
        }
        for upn, referral in demo.cases[:2]
    ]
    assert set(found[0].values()) == {Readiness.MET}
    assert {key for key, state in found[1].items() if state is Readiness.MISSING} >= {"no-n-or-gaps", "letters"}
    assert found[1]["contacts-checked"] is Readiness.CHECK
