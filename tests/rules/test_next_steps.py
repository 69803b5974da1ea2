"""Since when a child is in its band, and what of the band's steps was done in that time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop_app.domain.entries import Entry, EntryKind, Task, Withdrawal
from desktop_app.domain.marks import Mark
from desktop_app.domain.next_steps import Stay, StepState
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Author
from desktop_app.rules.next_steps import stay, steps

BEGIN = date(2026, 9, 7)
SOMEBODY = Author(1, "Ms L Office", "office")


def marks(words: str) -> list[Mark]:
    """One letter a session, from Monday 7 September on every day of the week: / came, O missed, X is not counted."""
    return [
        Mark(1, BEGIN + timedelta(days=number // 2), HALVES[number % 2], letter) for number, letter in enumerate(words)
    ]


def since(rulebook: Rulebook, words: str, least: int = 40) -> tuple[str, int] | None:
    found = stay(marks(words), rulebook.codes, rulebook.packs["knowsley"].bands, least)
    return found and (found.band.key, (found.since - BEGIN).days)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("/" * 39, None),
        ("/" * 40, ("good", 19)),
        ("/" * 38 + "X" * 20, None),  # what is not counted makes it no later
        ("/" * 60, ("good", 19)),
        ("/" * 38 + "OO", ("good", 19)),  # exactly 95 %
        ("/" * 38 + "OOO/", ("monitor", 20)),
        ("/" * 38 + "OO" + "OO" + "OO", ("persistent", 21)),  # 38 of 42 is monitor, 38 of 44 not
        ("/" * 36 + "OOOO" + "//" + "OO", ("persistent", 19)),  # away for a day: the same stay
        ("/" * 36 + "OOOO" + "/" * 22 + "OOOO", ("persistent", 32)),  # away for eleven days: another stay
        ("/" * 36 + "OOOO" + "/" * 18 + "OOOO", ("persistent", 19)),
        ("", None),
    ],
)
def test_since_when_a_child_is_in_its_band(rulebook: Rulebook, words: str, expected: tuple[str, int] | None) -> None:
    assert since(rulebook, words) == expected


def entry(number: int, kind: EntryKind, day: int, **more: object) -> Entry:
    facts: dict[str, object] = {
        "id": number,
        "kind": kind,
        "happened_at": datetime(2026, 11, day, 10),
        "recorded_at": datetime(2026, 11, day, 10),
        "author": SOMEBODY,
        "pupils": (1,),
        "persons": (),
        "outcome": f"outcome {number}",
        "note": "",
        "details": {},
        "restricted": False,
        "adds_to": None,
        "withdrawn": None,
    }
    return Entry(**{**facts, **more})  # type: ignore[arg-type]


@pytest.fixture
def held(rulebook: Rulebook) -> Stay:
    band = next(one for one in rulebook.packs["sefton"].bands if one.key == "watch")
    return Stay(band, date(2026, 11, 5))


def states(held: Stay, entries: list[Entry], tasks: list[Task] | None = None) -> dict[str, StepState]:
    return {one.action.key: one.state for one in steps(held, entries, tasks or [])}


def test_a_letter_is_the_letter_home_from_the_day_the_band_was_entered(held: Stay) -> None:
    assert states(held, [entry(1, EntryKind.LETTER, 4)])["letter"] is StepState.NEXT
    found = {one.action.key: one for one in steps(held, [entry(1, EntryKind.LETTER, 5)], [])}
    assert (found["letter"].state, found["letter"].done) == (StepState.DONE, date(2026, 11, 5))
    assert found["letter"].said == "outcome 1"
    assert found["talk"].state is StepState.NEXT


def test_what_was_withdrawn_restricted_or_only_added_counts_for_nothing(held: Stay) -> None:
    gone = Withdrawal(1, "wrong child", SOMEBODY, datetime(2026, 11, 6))
    assert states(held, [entry(1, EntryKind.LETTER, 6, withdrawn=gone)])["letter"] is StepState.NEXT
    assert states(held, [entry(1, EntryKind.LETTER, 6, restricted=True)])["letter"] is StepState.NEXT
    assert states(held, [entry(2, EntryKind.LETTER, 6, adds_to=1)])["letter"] is StepState.NEXT


def test_an_entry_may_say_which_step_it_was(held: Stay) -> None:
    said = entry(1, EntryKind.SEEN_TO, 6, details={"step": "watch.talk"})
    other = entry(2, EntryKind.SEEN_TO, 6, details={"step": "persistent.plan"})
    assert [key for key, state in states(held, [said, other]).items() if state is StepState.DONE] == ["talk"]


def test_a_task_puts_a_step_off_until_an_entry_closes_it(held: Stay) -> None:
    task = Task(7, 1, "step:watch.talk", date(2026, 11, 20), None, "Talk with the child")
    put_off = {one.action.key: one for one in steps(held, [], [task])}["talk"]
    assert (put_off.state, put_off.due) == (StepState.LATER, date(2026, 11, 20))
    closed = Task(7, 1, "step:watch.talk", date(2026, 11, 20), None, "Talk with the child", closed_by=3)
    assert states(held, [entry(3, EntryKind.SEEN_TO, 10)], [closed])["talk"] is StepState.DONE
    assert states(held, [entry(3, EntryKind.SEEN_TO, 4)], [closed])["talk"] is StepState.NEXT
