"""Two plain questions reach every code a person can give, and only codes that are law on the day."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.codes import refusal
from desktop_app.rules.coding_help import HELP, proposals

FRIDAY = date(2026, 11, 20)


def test_every_code_that_can_be_typed_is_proposed_once(rulebook: Rulebook) -> None:
    for half in Half:
        session = Session(FRIDAY, half)
        proposed = [one.code for place in HELP for one in proposals(place, session, rulebook.codes)]
        typed = {code for code in rulebook.codes if refusal(code, FRIDAY, half, rulebook.codes, typed=True) is None}
        assert sorted(proposed) == sorted(typed)


def test_no_code_is_proposed_before_it_is_law(rulebook: Rulebook) -> None:
    session = Session(date(2024, 7, 1), Half.AM)
    proposed = {one.code for place in HELP for one in proposals(place, session, rulebook.codes)}
    assert not proposed & {"C1", "C2", "J1", "K", "Q", "Y1", "Y7"}
    assert {"/", "I", "N"} <= proposed


def test_each_question_can_be_answered_by_one_digit() -> None:
    assert len(HELP) <= 9
    assert all(2 <= len(place.answers) <= 9 for place in HELP)
    assert all(place.asks.endswith("?") for place in HELP)
