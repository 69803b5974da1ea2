"""After a doubt about an illness each parent is warned before an O is proposed; evidence ends the doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.coding_help import HELP, proposals
from desktop_app.rules.doubted import Doubt, doubt_of
from tests.rules.casework.test_fold import entry

CODES = rulebooks.load(paths.resources()).codes
PARENTS = {31: "Ms K Doyle", 32: "Mr S Doyle"}
BEGUN = datetime(2026, 11, 2, 9, 0)
ON = date(2026, 11, 20)
ILL = next(place for place in HELP if any(one.code == "I" for one in place.answers))
NO_REASON = next(place for place in HELP if any(one.code == "O" for one in place.answers))
SESSION = Session(ON, Half.AM)


def doubted(warned: str = "no") -> Entry:
    made = entry(1, EntryKind.ILLNESS_DOUBTED, BEGUN)
    return replace(made, details={**made.details, "why": "Ill on every Monday", "warned": warned})


def warning(number: int, person: int, of: str = "unauthorised absence") -> Entry:
    made = entry(number, EntryKind.WARNING, BEGUN + timedelta(days=number))
    return replace(made, persons=(person,), details={**made.details, "what": of})


def codes(doubt: Doubt | None) -> set[str]:
    return {one.code for place in (ILL, NO_REASON) for one in proposals(place, SESSION, CODES, doubt)}


def test_each_parent_is_warned_before_an_o_is_proposed() -> None:
    assert "O" in codes(None)
    one = doubt_of([doubted(), warning(2, 31)], PARENTS, ON)
    assert one is not None
    assert one.says == "Illness is doubted: O is proposed once Mr S Doyle had a warning of it."
    assert "O" not in codes(one)
    both = doubt_of([doubted(), warning(2, 31), warning(3, 32)], PARENTS, ON)
    assert both is not None
    assert both.says == ""
    assert [one.code for one in proposals(ILL, SESSION, CODES, both)] == ["I", "M", "O"]


def test_a_warning_of_something_else_or_from_before_does_not_do() -> None:
    early = replace(warning(2, 31), happened_at=BEGUN - timedelta(days=1))
    found = doubt_of([early, doubted(), warning(3, 32, of="lateness")], PARENTS, ON)
    assert found is not None
    assert found.unwarned == ("Ms K Doyle", "Mr S Doyle")


def test_where_each_was_told_with_the_doubt_nothing_is_left() -> None:
    found = doubt_of([doubted("yes")], PARENTS, ON)
    assert found is not None
    assert not found.unwarned


def test_evidence_seen_ends_the_doubt_and_so_does_a_new_school_year() -> None:
    seen = replace(entry(4, EntryKind.MEDICAL_EVIDENCE, BEGUN + timedelta(days=4)), outcome="seen")
    assert doubt_of([doubted(), seen], PARENTS, ON) is None
    asked = replace(seen, outcome="asked for")
    assert doubt_of([doubted(), asked], PARENTS, ON) is not None
    assert doubt_of([doubted()], PARENTS, date(2027, 9, 10)) is None
