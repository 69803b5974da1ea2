"""What the log form's words become, and what it refuses, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Channel, ChannelKind, Person, Pupil, Tie
from desktop_app.rules.contacts import ContactCard
from ui.log.draft import QUICK, Draft, Subject, contact_words, entry_of, nobody_words, outcome_words
from ui.log.panel import KIND_KEYS

NOW = datetime(2026, 11, 24, 10, 42)
MOTHER = ContactCard(
    Person(7, "Kelly Doyle", "Ms"), Tie(1, 5, 7, "mother"), (Channel(1, 7, ChannelKind.PHONE, "0151 496 0148"),)
)
FATHER = ContactCard(Person(8, "Seán Doyle", "Mr"), Tie(2, 5, 8, "father"), ())
RYAN = Pupil(5, "Doyle", "Ryan", date(2018, 2, 14), date(2022, 9, 5))
AMY = Pupil(6, "Doyle", "Amy", date(2020, 2, 14), date(2024, 9, 5))
SUBJECT = Subject((RYAN, AMY), (MOTHER, FATHER))
DRAFT = Draft(persons=frozenset({7}), day="yesterday", time="9:05", outcome=" Spoke ", note=" ill ")


def test_a_draft_becomes_one_entry_about_every_sibling() -> None:
    entry = entry_of(DRAFT, SUBJECT, NOW)
    assert (entry.kind, entry.happened_at) == (EntryKind.PHONE_CALL, datetime(2026, 11, 23, 9, 5))
    assert (entry.pupils, entry.persons, entry.outcome, entry.note) == ((5, 6), (7,), "Spoke", "ill")


def test_nobody_reached_records_no_person() -> None:
    assert entry_of(replace(DRAFT, persons=frozenset(), nobody=True), SUBJECT, NOW).persons == ()


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"persons": frozenset()}, "Tick with whom it was, or “Nobody reached”."),
        ({"persons": frozenset(), "kind": EntryKind.HOME_VISIT}, "Tick with whom it was, or “Nobody at home”."),
        ({"outcome": "  "}, "Say what came of it: pick an outcome or type one."),
        ({"day": "the other day"}, "“the other day” is not a day."),
        ({"time": ""}, "“” is not a time."),
    ],
)
def test_what_is_missing_is_said_in_words(slip: dict[str, object], words: str) -> None:
    with pytest.raises(Refused) as refused:
        entry_of(replace(DRAFT, **slip), SUBJECT, NOW)  # type: ignore[arg-type]
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("kind", LOGGED_KINDS)
def test_every_kind_has_a_key_and_outcomes_each_with_its_own_letter(kind: EntryKind) -> None:
    assert len(set(KIND_KEYS.values())) == len(LOGGED_KINDS)
    letters = [quick.key for quick in QUICK[kind]]
    assert len(letters) == len(set(letters)) >= 3
    assert nobody_words(kind).startswith("Nobody")


def test_an_outcome_names_whom_it_was_tried_with() -> None:
    no_answer = next(quick for quick in QUICK[EntryKind.PHONE_CALL] if quick.key == "N")
    assert outcome_words(no_answer, DRAFT, SUBJECT) == "No answer from Ms Kelly Doyle"
    both = replace(DRAFT, persons=frozenset({7, 8}))
    assert outcome_words(no_answer, both, SUBJECT) == "No answer from Ms Kelly Doyle and Mr Seán Doyle"
    assert outcome_words(no_answer, replace(DRAFT, persons=frozenset()), SUBJECT) == "No answer from the family"


def test_a_contact_is_named_with_relation_and_number() -> None:
    assert contact_words(MOTHER) == "Ms Kelly Doyle · mother · 0151 496 0148"
    assert contact_words(FATHER) == "Mr Seán Doyle · father · no number"
