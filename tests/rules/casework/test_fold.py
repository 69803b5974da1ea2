"""How a case stands, folded from its entries: by table, and the same whatever the order of recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, strategies as st

from desktop_app.domain.cases import CASE, STEP, CaseState, CaseStatus, Voice, task_kind
from desktop_app.domain.entries import Entry, EntryKind, Task, Withdrawal
from desktop_app.domain.staff import Author
from desktop_app.rules.casework.state import case_of_task, fold, open_case_of, what_of_task

ME = Author(1, "Dr A Rahman", "Headteacher")
START = datetime(2026, 10, 5, 9, 0)
MINUTE = timedelta(minutes=1)


def entry(number: int, kind: EntryKind, at: datetime, **details: str) -> Entry:
    """An entry about pupil 5."""
    named = {key.replace("_", "-"): value for key, value in details.items()}
    return Entry(number, kind, at, at, ME, (5,), (), kind.label, "", named, False, None, None)


OPENED = entry(1, EntryKind.CASE_OPENED, START, case_step="one.support", lead="7", pack="knowsley", version="1")


def of_case(number: int, kind: EntryKind, day: int, **details: str) -> Entry:
    """An entry of that case, so many days after its opening."""
    return entry(number, kind, START + timedelta(days=day), **{CASE: "1"}, **details)


def only(entries: Sequence[Entry], tasks: Sequence[Task] = ()) -> CaseState:
    """The one case there is."""
    (state,) = fold(entries, tasks)
    return state


def test_a_case_of_the_first_revision_stands_without_a_step() -> None:
    old = entry(1, EntryKind.CASE_OPENED, START, referral="statutory", pack="knowsley", version="1")
    state = only([old])
    assert (state.step, state.referral, state.status) == ("", "statutory", CaseStatus.OPEN)
    assert (state.since, state.moves, state.lead) == (date(2026, 10, 5), (), 0)
    moved = of_case(2, EntryKind.CASE_MOVED, 3, case_step="one.support", agreed="the head")
    assert only([old, moved]).step == "one.support"


def test_moves_leads_pauses_and_closing_by_the_day_they_happened() -> None:
    entries = [
        OPENED,
        of_case(2, EntryKind.CASE_MOVED, 20, case_step="two.aim", agreed="the head", reason="no better"),
        of_case(3, EntryKind.CASE_LED, 21, lead="8"),
        of_case(4, EntryKind.CASE_PAUSED, 30, until="2026-11-20", reason="Bereavement"),
        of_case(5, EntryKind.CASE_RESUMED, 40),
        of_case(6, EntryKind.REVIEW, 10),
        of_case(7, EntryKind.REVIEW, 25),
    ]
    state = only(entries)
    assert (state.step, state.since, state.lead) == ("two.aim", date(2026, 10, 25), 8)
    assert [(one.step, one.agreed_by, one.reason) for one in state.moves][1] == ("two.aim", "the head", "no better")
    assert [(one.since, one.until, one.ended) for one in state.pauses] == [
        (date(2026, 11, 4), date(2026, 11, 20), date(2026, 11, 14))
    ]
    assert [one.id for one in state.reviews] == [7], "only those of the present step"
    assert only(entries[:4]).status is CaseStatus.PAUSED
    closed = of_case(8, EntryKind.CASE_CLOSED, 50)
    assert only([*entries, closed]).status is CaseStatus.CLOSED
    assert open_case_of(fold([*entries, closed], ())) is None


def test_what_was_withdrawn_does_not_count() -> None:
    taken_back = Withdrawal(2, "another child", ME, START)
    moved = of_case(2, EntryKind.CASE_MOVED, 20, case_step="two.aim")
    assert only([OPENED, replace(moved, withdrawn=taken_back)]).step == "one.support"
    closed = replace(of_case(3, EntryKind.CASE_CLOSED, 20), withdrawn=taken_back)
    assert only([OPENED, closed]).status is CaseStatus.OPEN
    assert fold([replace(OPENED, withdrawn=taken_back), moved], ()) == ()


def test_each_voice_is_kept_apart() -> None:
    said = [
        of_case(2, EntryKind.BARRIER, 1, area="transport", voice="pupil"),
        of_case(3, EntryKind.BARRIER, 1, area="sleep", voice="parent", person="31"),
        of_case(4, EntryKind.STRENGTH, 2),
    ]
    state = only([OPENED, *said])
    assert [(one.voice, one.person, one.area) for one in state.barriers] == [
        (Voice.PUPIL, 0, "transport"),
        (Voice.PARENT, 31, "sleep"),
    ]
    assert [one.voice for one in state.strengths] == [Voice.SCHOOL]


def test_tasks_belong_by_their_kind() -> None:
    day = date(2026, 10, 20)
    tasks = [
        Task(1, 5, task_kind(1, "review"), day, None, "Review"),
        Task(2, 5, task_kind(1, "ask.meet"), date(2026, 10, 9), None, "Meet"),
        Task(3, 5, task_kind(1, "plan"), day, None, "Done", closed_by=9),
        Task(4, 5, task_kind(2, "plan"), day, None, "Another case"),
        Task(5, 5, "chase", day, None, "Not of a case"),
    ]
    assert [one.id for one in only([OPENED], tasks).tasks] == [2, 1]
    assert [(case_of_task(one), what_of_task(one)) for one in tasks] == [
        (1, "review"), (1, "ask.meet"), (1, "plan"), (2, "plan"), (0, ""),
    ]  # fmt: skip
    assert case_of_task(Task(6, 5, "case:x:plan", day, None, "")) == 0


KINDS = (
    EntryKind.CASE_MOVED, EntryKind.CASE_LED, EntryKind.CASE_PAUSED, EntryKind.CASE_RESUMED, EntryKind.CASE_CLOSED,
    EntryKind.REVIEW, EntryKind.BARRIER, EntryKind.NOTE,
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries of one case that happened one after another, with some withdrawn."""
    found = [OPENED]
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        details = {STEP: draw(st.sampled_from(["one.support", "two.aim"]))} if kind is EntryKind.CASE_MOVED else {}
        at = START + MINUTE + timedelta(hours=7 * number)
        made = entry(number + 2, kind, at, **{CASE: "1"}, **{key.replace("-", "_"): v for key, v in details.items()})
        taken_back = Withdrawal(made.id, "wrong", ME, at) if draw(st.booleans()) and draw(st.booleans()) else None
        found.append(replace(made, withdrawn=taken_back))
    return found


@given(histories(), st.randoms())
def test_the_order_of_recording_changes_nothing(entries: list[Entry], random) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert fold(shuffled, ()) == fold(entries, ())
    numbers = list(range(2, len(entries) + 1))
    random.shuffle(numbers)
    again = [entries[0], *(replace(one, id=number) for one, number in zip(entries[1:], numbers, strict=True))]
    one, other = only(again), only(entries)
    assert (one.step, one.since, one.status, one.lead) == (other.step, other.since, other.status, other.lead)
    assert [(move.step, move.since) for move in one.moves] == [(move.step, move.since) for move in other.moves]
    assert [(rest.since, rest.ended) for rest in one.pauses] == [(rest.since, rest.ended) for rest in other.pauses]
    assert [held.happened_at for held in one.reviews] == [held.happened_at for held in other.reviews]


@given(histories())
def test_against_a_naive_reckoning(entries: list[Entry]) -> None:
    state = only(entries)
    standing = [one for one in entries if one.withdrawn is None]
    steps = [one.details[STEP] for one in standing if STEP in one.details]
    assert state.step == steps[-1]
    assert (state.status is CaseStatus.CLOSED) == any(one.kind is EntryKind.CASE_CLOSED for one in standing)
