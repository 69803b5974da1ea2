"""The ledger of each parent: whose an entry is, what came of it, what is in view; recounted naively."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings, strategies as st

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.entries import Entry, EntryKind, Withdrawal
from desktop_app.domain.kinds import Kinds
from desktop_app.domain.ledger import Came, ParentLedger, Way
from desktop_app.domain.people import Answer, Channel, ChannelKind, Person, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.staff import Author
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.ledger import NO_CONTACT, Column, in_view, order, parent_ledger, readable

AUTHOR = Author(1, "Dr A Rahman", "Headteacher")
FIRST = datetime(2026, 11, 2, 9, 0)
MOTHER, FATHER = 1, 2


def entry(
    number: int,
    kind: EntryKind,
    outcome: str,
    *,
    persons: tuple[int, ...] = (MOTHER,),
    details: Mapping[str, str] | None = None,
    adds_to: int | None = None,
    restricted: bool = False,
    withdrawn: bool = False,
) -> Entry:
    at = FIRST + timedelta(days=number)
    back = Withdrawal(number, "by mistake", AUTHOR, datetime.now(UTC)) if withdrawn else None
    return Entry(number, kind, at, at, AUTHOR, (7,), persons, outcome, "", details or {}, restricted, adds_to, back)


def column(person: int = MOTHER, **tie: object) -> Column:
    facts: dict[str, object] = {"responsibility": Answer.YES, "lives_with": Answer.YES, **tie}
    return Column(ContactCard(Person(person, f"Parent {person}"), Tie(0, 7, person, "mother", **facts)))  # type: ignore[arg-type]


def of(rulebook: Rulebook, *entries: Entry, person: int = MOTHER) -> ParentLedger:
    return parent_ledger(column(person), readable(entries), rulebook.kinds, ())


@pytest.mark.parametrize(
    ("kind", "outcome", "details", "way", "came"),
    [
        (EntryKind.PHONE_CALL, "spoke", {}, Way.SAID, Came.ANSWERED),
        (EntryKind.PHONE_CALL, "Spoke", {}, Way.SAID, Came.ANSWERED),
        (EntryKind.PHONE_CALL, "No answer from Ms K Kaya", {}, Way.SAID, Came.MISSED),
        (EntryKind.PHONE_CALL, "The number of Ms K Kaya is wrong", {}, Way.SAID, Came.CAME_BACK),
        (EntryKind.MEETING, "not attended", {}, Way.SAID, Came.MISSED),
        (EntryKind.HOME_VISIT, "spoke at the door", {}, Way.SAID, Came.ANSWERED),
        (EntryKind.LETTER, "posted", {}, Way.SENT, Came.NONE),
        (EntryKind.LETTER, "came back", {}, Way.SENT, Came.CAME_BACK),
        (EntryKind.LETTER, "posted", {"answer_due": "2026-11-20"}, Way.SENT, Came.WAITING),
        (EntryKind.LETTER, "posted", {"answer_due": "soon"}, Way.SENT, Came.NONE),
        (EntryKind.EMAIL, "not delivered", {}, Way.SENT, Came.CAME_BACK),
        (EntryKind.WARNING, "sent", {}, Way.SENT, Came.NONE),
        (EntryKind.SUPPORT, "offered", {"what": "breakfast club"}, Way.OFFERED, Came.WAITING),
        (EntryKind.SUPPORT, "declined", {"what": "breakfast club"}, Way.OFFERED, Came.DECLINED),
        (EntryKind.EARLY_HELP, "consent refused", {}, Way.OFFERED, Came.DECLINED),
        (EntryKind.CONTRACT, "signed", {}, Way.OFFERED, Came.ANSWERED),
        (EntryKind.MEDICAL_EVIDENCE, "asked for", {"what": "letter"}, Way.ASKED, Came.WAITING),
        (EntryKind.MEDICAL_EVIDENCE, "seen and copied", {"what": "letter"}, Way.ASKED, Came.ANSWERED),
        (EntryKind.VIEWS, "asked and waiting", {}, Way.ASKED, Came.WAITING),
        (EntryKind.VIEWS, "would not say", {}, Way.SAID, Came.DECLINED),
        (EntryKind.LEAVE_REQUEST, "asked", {}, Way.ASKED, Came.WAITING),
    ],
)
def test_what_an_entry_was_and_what_came_of_it(
    rulebook: Rulebook, kind: EntryKind, outcome: str, details: dict[str, str], way: Way, came: Came
) -> None:
    (line,) = of(rulebook, entry(1, kind, outcome, details=details)).lines
    assert (line.way, line.came) == (way, came)


WHAT = {"what": "breakfast club"}


@pytest.mark.parametrize(
    ("asked", "later", "came"),
    [
        (  # a later entry of the kind about the same thing answers
            entry(1, EntryKind.SUPPORT, "offered", details=WHAT),
            entry(2, EntryKind.SUPPORT, "accepted", details=WHAT),
            Came.ANSWERED,
        ),
        (
            entry(1, EntryKind.SUPPORT, "offered", details=WHAT),
            entry(2, EntryKind.SUPPORT, "declined", details=WHAT),
            Came.DECLINED,
        ),
        (  # about another thing it does not
            entry(1, EntryKind.SUPPORT, "offered", details=WHAT),
            entry(2, EntryKind.SUPPORT, "accepted", details={"what": "taxi"}),
            Came.WAITING,
        ),
        (  # the father’s answer is not the mother’s
            entry(1, EntryKind.SUPPORT, "offered", details=WHAT),
            entry(2, EntryKind.SUPPORT, "accepted", details=WHAT, persons=(FATHER,)),
            Came.WAITING,
        ),
        (  # an answer that names nobody was added to it
            entry(1, EntryKind.LETTER, "posted", details={"answer_due": "2026-11-20"}),
            entry(2, EntryKind.EMAIL, "answered", persons=(), adds_to=1),
            Came.ANSWERED,
        ),
        (  # their own message, added to it
            entry(1, EntryKind.LETTER, "posted", details={"answer_due": "2026-11-20"}),
            entry(2, EntryKind.EMAIL, "sent", details={"direction": "they wrote"}, adds_to=1),
            Came.ANSWERED,
        ),
        (  # a reminder answers nothing
            entry(1, EntryKind.LETTER, "posted", details={"answer_due": "2026-11-20"}),
            entry(2, EntryKind.LETTER, "posted", adds_to=1),
            Came.WAITING,
        ),
        (  # a restricted one is as though not there
            entry(1, EntryKind.SUPPORT, "offered", details=WHAT),
            entry(2, EntryKind.SUPPORT, "accepted", details=WHAT, restricted=True),
            Came.WAITING,
        ),
        (  # nor one that was taken back
            entry(1, EntryKind.SUPPORT, "offered", details=WHAT),
            entry(2, EntryKind.SUPPORT, "accepted", details=WHAT, withdrawn=True),
            Came.WAITING,
        ),
        (
            entry(1, EntryKind.LEAVE_REQUEST, "asked"),
            entry(2, EntryKind.LEAVE_DECISION, "refused", adds_to=1),
            Came.DECLINED,
        ),
        (
            entry(1, EntryKind.LEAVE_REQUEST, "asked"),
            entry(2, EntryKind.LEAVE_DECISION, "granted in part", adds_to=1),
            Came.ANSWERED,
        ),
    ],
)
def test_what_answers_what(rulebook: Rulebook, asked: Entry, later: Entry, came: Came) -> None:
    found = {line.entry.id: line for line in of(rulebook, asked, later).lines}
    assert found[1].came is came
    assert found[1].answer is (None if came is Came.WAITING else later)


def test_who_was_dialled_in_vain_is_in_that_column_alone(rulebook: Rulebook) -> None:
    tried = entry(1, EntryKind.PHONE_CALL, "No answer from Parent 2", persons=(), details={"person": "2"})
    assert of(rulebook, tried).lines == ()
    (line,) = of(rulebook, tried, person=FATHER).lines
    assert line.came is Came.MISSED


def test_what_was_added_to_a_restricted_entry_is_not_there(rulebook: Rulebook) -> None:
    secret = entry(1, EntryKind.MEETING, "held", restricted=True)
    after = entry(2, EntryKind.LETTER, "posted", adds_to=1)
    note = entry(4, EntryKind.NOTE, "she will ring back", adds_to=3)
    seen = entry(3, EntryKind.LETTER, "posted")
    assert [line.entry.id for line in of(rulebook, secret, after, seen, note).lines] == [3]


def test_what_is_in_view_before_anything_is_sent() -> None:
    person = Person(1, "Ms K Kaya", language="Turkish", interpreter=True, reading_needs="large print")
    tie = Tie(0, 7, 1, "mother", Answer.UNKNOWN, Answer.NO, may_know_why=False)
    numbers = (
        Channel(0, 1, ChannelKind.PHONE, "07700 900001", checked=date(2026, 9, 2)),
        Channel(0, 1, ChannelKind.EMAIL, "k@example.org", checked=date(2026, 10, 5)),
    )
    said = [one.words for one in in_view(Column(ContactCard(person, tie, numbers), held=True))]
    assert said == [
        "Parental responsibility: not known",
        "Lives with the child: no",
        "Language: Turkish, with an interpreter, never the child",
        "Reading: large print",
        "Address: protected; held by the school",
        "Reasons: not to be told why",
        "Contact checked: Mon 5 Oct 2026",
    ]
    plain = in_view(column())
    assert [one.words for one in plain if one.alarm] == ["Contact checked: never"]


def test_parents_come_first_and_of_who_is_kept_away_nothing_is_said(rulebook: Rulebook) -> None:
    aunt = Column(ContactCard(Person(3, "Ms L Aunt"), Tie(0, 7, 3, "aunt")))
    called = entry(1, EntryKind.PHONE_CALL, "spoke", persons=(3,))
    columns = (parent_ledger(one, readable([called]), rulebook.kinds, ()) for one in (aunt, column()))
    found = order(columns, 1)
    assert [one.name for one in found] == ["Parent 1", "Ms L Aunt", "A person"]
    away = found[-1]
    assert (away.person, away.lines, away.notices, [one.says for one in away.in_view]) == (0, (), (), [NO_CONTACT])
    silent = (parent_ledger(one, (), rulebook.kinds, ()) for one in (aunt, column()))
    assert [one.name for one in order(silent, 0)] == ["Parent 1"]


KINDS = (EntryKind.PHONE_CALL, EntryKind.LETTER, EntryKind.SUPPORT, EntryKind.MEDICAL_EVIDENCE, EntryKind.NOTE)
OUTCOMES = ("spoke", "posted", "offered", "accepted", "declined", "asked for", "seen", "came back", "no answer")


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    return [
        entry(
            number,
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(OUTCOMES)),
            persons=draw(st.sampled_from([(), (1,), (2,), (1, 2)])),
            details={"what": draw(st.sampled_from(["a", "b"]))},
            adds_to=draw(st.sampled_from([None, None, None, *range(1, number)])),
            restricted=draw(st.integers(0, 5)) == 0,
            withdrawn=draw(st.integers(0, 5)) == 0,
        )
        for number in range(1, draw(st.integers(1, 12)) + 1)
    ]


@lru_cache
def _kinds() -> Kinds:
    return rulebooks.load(paths.resources()).kinds


@settings(max_examples=150, deadline=None)
@given(made=histories())
def test_a_naive_recount_of_both_columns_agrees(made: list[Entry]) -> None:
    kinds = _kinds()
    hidden: set[int] = set()
    for one in made:  # oldest first, so that what was added comes after what it was added to
        if one.restricted or one.adds_to in hidden:
            hidden.add(one.id)
    for person in (MOTHER, FATHER):
        mine = [
            one
            for one in made
            if one.id not in hidden and not one.withdrawn and one.kind is not EntryKind.NOTE and person in one.persons
        ]
        found = parent_ledger(column(person), readable(made), kinds, ())
        assert [line.entry.id for line in found.lines] == [one.id for one in reversed(mine)]
        assert sum(len(found.of_way(way)) for way in Way) == len(mine)
        for line in found.lines:
            open_ = line.entry.outcome in ("offered", "asked for") or (
                line.entry.kind is EntryKind.MEDICAL_EVIDENCE and line.entry.outcome == "posted"
            )
            assert (line.came is Came.WAITING or line.answer is not None) == open_
            if line.answer is not None:
                assert line.answer.id > line.entry.id
                assert line.answer.id not in hidden
                assert not line.answer.withdrawn
                assert not line.answer.persons or person in line.answer.persons
