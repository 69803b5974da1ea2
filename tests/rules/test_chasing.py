"""Which number is dialled next, what may be said, who comes first and what follows silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Channel, ChannelKind, Flag, FlagKind, Person, Tie
from desktop_app.domain.staff import Author
from desktop_app.rules import chasing
from desktop_app.rules.chasing import Call, Dials, Outcome, dials
from desktop_app.rules.contacts import ContactCard

DAY = date(2026, 11, 20)
MIDNIGHT = datetime(2026, 11, 20)
RYAN, AMY = 1, 2
MOTHER, FATHER, GRAN = 10, 11, 12


def number(person: int, which: int = 1, label: str = "", priority: int = 1) -> Channel:
    return Channel(person * 10 + which, person, ChannelKind.PHONE, f"07700 9{person:02d} {which:03d}", label, priority)


def card(person: int, *numbers: Channel, pupil: int = RYAN, relation: str = "mother", **tie: object) -> ContactCard:
    email = Channel(900 + person, person, ChannelKind.EMAIL, f"p{person}@example.org")
    one = Tie(pupil * 100 + person, pupil, person, relation, **tie)  # type: ignore[arg-type]
    return ContactCard(Person(person, f"Person {person}", "Ms"), one, (*numbers, email))


def call(hour: int, channel: Channel, *, reached: bool = False, day: int = 20, minute: int = 0) -> Call:
    at = datetime(2026, 11, day, hour, minute)
    return Call(at, chasing.digits(channel.value), channel.person, reached, None)


def ids(found: Dials) -> list[int]:
    return [one.channel.id for one in found.numbers]


HOME, MOBILE, WORK = number(MOTHER, 1), number(MOTHER, 2, priority=2), number(FATHER)
PAIR = [card(MOTHER, HOME, MOBILE), card(FATHER, WORK, relation="father", priority=2)]


@pytest.mark.parametrize(
    ("calls", "next_one", "order"),
    [
        ([], HOME, [HOME, MOBILE, WORK]),
        ([call(9, HOME)], MOBILE, [HOME, MOBILE, WORK]),
        ([call(9, HOME), call(9, MOBILE)], WORK, [HOME, MOBILE, WORK]),
        ([call(9, MOBILE, reached=True, day=12)], MOBILE, [MOBILE, HOME, WORK]),
        ([call(9, MOBILE, reached=True, day=11), call(9, HOME, reached=True, day=12)], HOME, [HOME, MOBILE, WORK]),
        ([call(9, WORK, reached=True, day=12)], HOME, [HOME, MOBILE, WORK]),
        ([call(9, HOME, day=19)], HOME, [HOME, MOBILE, WORK]),
    ],
    ids=["first", "tried", "two tried", "answered last", "the last answer", "a parent’s turn stays", "yesterday"],
)
def test_the_next_number(calls: Sequence[Call], next_one: Channel, order: list[Channel]) -> None:
    found = dials({RYAN: PAIR}, calls, MIDNIGHT)
    assert found.next is not None
    assert found.next.channel == next_one
    assert ids(found) == [one.id for one in order]
    assert (found.next.of, found.round_again) == (3, False)


def test_once_every_number_was_tried_the_longest_untried_comes_again() -> None:
    found = dials({RYAN: PAIR}, [call(9, HOME, minute=5), call(9, MOBILE), call(9, WORK, minute=9)], MIDNIGHT)
    assert found.next is not None
    assert (found.next.channel, found.round_again) == (MOBILE, True)


def test_a_wrong_number_is_skipped_and_one_shared_by_two_is_dialled_once() -> None:
    wrong = number(MOTHER, 1, label=chasing.WRONG)
    shared = Channel(77, FATHER, ChannelKind.PHONE, MOBILE.value.replace(" ", ""))
    found = dials({RYAN: [card(MOTHER, wrong, MOBILE), card(FATHER, shared, WORK, priority=2)]}, [], MIDNIGHT)
    assert ids(found) == [MOBILE.id, WORK.id]


def test_who_may_not_be_called_is_named_and_not_dialled() -> None:
    cards = [card(MOTHER, HOME, may_contact=False), card(FATHER, WORK, priority=2)]
    found = dials({RYAN: cards}, [], MIDNIGHT)
    assert (ids(found), found.barred) == ([WORK.id], ("Ms Person 10",))


def test_what_must_not_be_said_is_said_first_and_holds_for_all_the_children_of_the_call() -> None:
    both = {
        RYAN: [card(MOTHER, HOME)],
        AMY: [card(MOTHER, HOME, pupil=AMY, may_know_why=False, may_leave_message=False)],
    }
    found = dials(both, [call(9, HOME, reached=True, day=12)], MIDNIGHT).next
    assert found is not None
    assert found.about == (RYAN, AMY)
    assert found.cautions == ("do not say why you call", "leave no message", "answered last time")


def test_a_contact_of_one_child_is_called_about_that_child_alone() -> None:
    gran = number(GRAN)
    both = {RYAN: [card(MOTHER, HOME), card(GRAN, gran, priority=3)], AMY: [card(MOTHER, HOME, pupil=AMY)]}
    about = {one.channel.id: one.about for one in dials(both, [], MIDNIGHT).numbers}
    assert about == {HOME.id: (RYAN, AMY), gran.id: (RYAN,)}


ties = st.fixed_dictionaries(
    {
        "person": st.integers(1, 5),
        "pupil": st.sampled_from([RYAN, AMY]),
        "priority": st.integers(1, 4),
        "may_contact": st.booleans(),
        "may_know_why": st.booleans(),
        "may_leave_message": st.booleans(),
        "no_contact": st.booleans(),
    }
)
made_calls = st.lists(st.tuples(st.integers(1, 5), st.integers(8, 12), st.booleans()), max_size=6)


@given(st.lists(ties, max_size=10), made_calls)
def test_nobody_kept_away_by_a_court_is_in_any_output(
    made: list[dict[str, int]], calls: list[tuple[int, int, bool]]
) -> None:
    cards: dict[int, list[ContactCard]] = {RYAN: [], AMY: []}
    for one in made:
        person = one["person"]
        rest = {key: value for key, value in one.items() if key not in ("person", "pupil")}
        cards[one["pupil"]].append(card(person, number(person), pupil=one["pupil"], **rest))
    kept_away = {one["person"] for one in made if one["no_contact"]}
    found = dials(cards, [call(hour, number(who), reached=yes) for who, hour, yes in calls], MIDNIGHT)
    for person in kept_away:
        assert f"Person {person}" not in repr(found)
        assert number(person).value not in repr(found)
    barred = {one["person"] for one in made if not one["may_contact"]}
    assert not barred & {one.person.id for one in found.numbers}
    if found.next is not None and not found.round_again:
        assert not found.next.tried


@pytest.mark.parametrize(
    ("calls", "hint"),
    [
        ([call(9, HOME, day=18), call(9, WORK, day=19, minute=40)], True),
        ([call(9, HOME, day=18), call(11, WORK, day=19)], False),
        ([call(9, HOME, day=18), call(9, WORK, day=19, reached=True)], False),
        ([call(9, HOME)], False),
    ],
)
def test_vary_who_calls_and_when(calls: Sequence[Call], hint: bool) -> None:
    assert bool(chasing.vary(calls)) is hint


def flag(kind: FlagKind, value: str = "") -> Flag:
    return Flag(1, RYAN, kind, value, DAY)


@pytest.mark.parametrize(
    ("flags", "tell"),
    [
        ([flag(FlagKind.SOCIAL_WORKER, "Ms Okafor")], ("social worker",)),
        ([flag(FlagKind.LOOKED_AFTER)], ("social worker", "virtual school")),
        ([flag(FlagKind.CHILD_PROTECTION), flag(FlagKind.SOCIAL_WORKER)], ("social worker",)),
        ([flag(FlagKind.OTHER, "Youth justice: Mr Reed")], ("youth justice worker",)),
        ([flag(FlagKind.MEDICAL)], ()),
        ([flag(FlagKind.FSM)], ()),
    ],
)
def test_who_must_be_told_today(flags: list[Flag], tell: tuple[str, ...]) -> None:
    assert chasing.to_tell(flags) == tell
    assert bool(chasing.vulnerable(flags)) is (flags[0].kind is not FlagKind.FSM)


@pytest.mark.parametrize(
    ("reached", "now", "said"),
    [
        (False, datetime(2026, 11, 20, 9, 59), ""),
        (False, datetime(2026, 11, 20, 10, 0), "No contact by 10:00. Next: home visit"),
        (True, datetime(2026, 11, 20, 11, 0), ""),
    ],
)
def test_silence(reached: bool, now: datetime, said: str) -> None:
    assert chasing.silence(reached=reached, now=now, by=time(10), step="home visit") == said


def test_the_school_says_its_hour_and_its_steps() -> None:
    assert (chasing.contact_by("09:30"), chasing.contact_by("half past"), chasing.contact_by("")) == (
        time(9, 30),
        time(10),
        time(10),
    )
    assert chasing.steps(" visit ; police;") == ("visit", "police")
    assert chasing.steps("") == chasing.DEFAULT_STEPS
    assert [chasing.next_step(("a", "b"), taken) for taken in range(4)] == ["a", "b", "b", "b"]


def entry(kind: EntryKind, *persons: int, restricted: bool = False, **details: str) -> Entry:
    at = datetime(2026, 11, 20, 9, 5)
    return Entry(1, kind, at, at, Author(1, "A", "B"), (RYAN,), persons, "x", "", details, restricted, None, None)


def test_what_counts_as_having_reached_somebody() -> None:
    assert chasing.reached_today([entry(EntryKind.PHONE_CALL, MOTHER)], DAY)
    assert not chasing.reached_today([entry(EntryKind.PHONE_CALL)], DAY)
    assert not chasing.reached_today([entry(EntryKind.TEXT, MOTHER)], DAY)
    assert not chasing.reached_today([entry(EntryKind.PHONE_CALL, MOTHER, restricted=True)], DAY)
    assert not chasing.reached_today([entry(EntryKind.PHONE_CALL, MOTHER, call=Outcome.NOT_SAFE.value)], DAY)


def test_a_restricted_call_is_no_call_that_the_list_knows_of() -> None:
    assert chasing.call_of(entry(EntryKind.PHONE_CALL, restricted=True)) is None
    assert chasing.call_of(entry(EntryKind.LETTER, MOTHER)) is None
    found = chasing.call_of(entry(EntryKind.PHONE_CALL, number="07700 900 001", person="12", call="message"))
    assert found == Call(datetime(2026, 11, 20, 9, 5), "07700900001", 12, False, Outcome.MESSAGE)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Both have a temperature", "I"),
        ("dentist at ten", "M"),
        ("Will come later", ""),
        ("in Spain on holiday", "G"),
        ("refuses to get up", "O"),
        ("", ""),
    ],
)
def test_the_code_that_is_proposed(said: str, code: str) -> None:
    assert chasing.proposed(said) == code
