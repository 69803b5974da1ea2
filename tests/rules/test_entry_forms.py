"""The forms of the kinds: what is missing or wrong is told by its field, and what is said reads as a person says it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.kinds import FieldType
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.entry_forms import follow_up, form_fault, interpreter_fault, told


@pytest.mark.parametrize(
    ("kind", "details", "says"),
    [
        (EntryKind.PHONE_CALL, {"direction": "we rang"}, None),
        (EntryKind.PHONE_CALL, {"direction": "we sang"}, "In or out is one of we rang, they rang, at the gate."),
        (
            EntryKind.PHONE_CALL,
            {"mood": "cross"},
            "no field “mood”. It has: direction, interpreter, opinion.",
        ),
        (EntryKind.TEXT, {"opinion": "rude"}, "has no field “opinion”"),
        (EntryKind.PHONE_CALL, {"opinion": "tired"}, None),
        (EntryKind.SUPPORT, {}, "Support: What support is missing."),
        (EntryKind.SUPPORT, {"what": "  "}, "Support: What support is missing."),
        (EntryKind.SUPPORT, {"what": "breakfast club", "until": "2026-12-18"}, None),
        (
            EntryKind.SUPPORT,
            {"what": "breakfast club", "until": "soon"},
            "Until is no day: “soon”. Write it as 24/11/2026.",
        ),
        (EntryKind.HOME_VISIT, {"child_seen": "maybe"}, "Child seen is answered with yes or no."),
        (EntryKind.ORDER, {"what": "fine", "sum": "1,000"}, "Fine, pounds is no whole number"),
    ],
)
def test_a_form_says_what_is_wrong(
    rulebook: Rulebook, kind: EntryKind, details: dict[str, str], says: str | None
) -> None:
    found = form_fault(rulebook.kinds.rules[kind], details)
    assert found is None if says is None else found is not None and says in found


def test_the_six_usual_kinds_ask_nothing_that_must_be_there(rulebook: Rulebook) -> None:
    """The headless door logs them with an outcome alone."""
    for kind in LOGGED_KINDS:
        assert form_fault(rulebook.kinds.rules[kind], {}) is None


def test_every_kind_by_hand_can_be_filled_in(rulebook: Rulebook) -> None:
    examples = {FieldType.DAY: "2026-12-01", FieldType.TIME: "14:30", FieldType.NUMBER: "3", FieldType.YES_NO: "yes"}
    for rule in rulebook.kinds.by_hand():
        filled = {
            field.key: field.choices[0] if field.choices else examples.get(field.type, "words") for field in rule.fields
        }
        assert form_fault(rule, filled) is None
        assert [title for title, _ in told(rule, filled, {})] == [field.title for field in rule.fields]


@pytest.mark.parametrize("said", ["the child", "her son", "Ryan", "ryan doyle’s sister Ryan"])
def test_a_child_never_interprets(said: str) -> None:
    assert interpreter_fault({"interpreter": said}, ["Ryan"]) is not None


@pytest.mark.parametrize("said", ["", "Mrs Nowak, Language Line", "a neighbour"])
def test_somebody_else_may(said: str) -> None:
    assert interpreter_fault({"interpreter": said}, ["Ryan"]) is None


def test_a_day_reads_as_people_say_it(rulebook: Rulebook) -> None:
    rule = rulebook.kinds.rules[EntryKind.SUPPORT]
    assert told(rule, {"until": "2026-12-18", "what": "club"}, {}) == (
        ("What support", "club"),
        ("Until", "18 December 2026"),
    )


def test_what_is_due_is_a_field_of_the_kinds_form(rulebook: Rulebook) -> None:
    rules = rulebook.kinds.rules
    assert {kind for kind, one in rules.items() if one.due[0]} == {
        EntryKind.AGENCY_REFERRAL, EntryKind.LA_REFERRAL, EntryKind.SUPPORT_PLAN, EntryKind.HEALTH_PLAN,
        EntryKind.RETURN_PLAN,
    }  # fmt: skip
    assert follow_up(rules[EntryKind.AGENCY_REFERRAL], {"answer_due": "2026-12-04", "agency": "CAMHS"}) == (
        date(2026, 12, 4),
        "Ask CAMHS for an answer",
    )
    assert follow_up(rules[EntryKind.AGENCY_REFERRAL], {"agency": "CAMHS"}) is None
    assert follow_up(rules[EntryKind.PHONE_CALL], {"review": "2026-12-04"}) is None
