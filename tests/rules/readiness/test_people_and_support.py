"""Readiness of what was done with the parents and for the child: each line on both sides of its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.bundle import DoAt, Readiness
from desktop_app.domain.cases import CASE, STEP, task_kind
from desktop_app.domain.entries import Entry, EntryKind, Task, Withdrawal
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.casefile import CaseFile
from tests.support.readiness import HALE, ON, ask, entry, settled, with_entries

MET, CHECK, MISSING = Readiness.MET, Readiness.CHECK, Readiness.MISSING

GONE = Withdrawal(2, "Decided in error.", HALE, datetime(2026, 11, 5, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    """A case with every session present and nothing recorded."""
    return settled(rulebook)


def of_mother(file: CaseFile) -> CaseFile:
    """The same, made for the mother alone."""
    return replace(file, request=replace(file.request, parent=1))


def warning(number: int, person: int, before: int, outcome: str = "sent") -> Entry:
    return entry(number, EntryKind.WARNING, person, at=ON - timedelta(days=before), outcome=outcome)


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((warning(1, 1, 28), warning(2, 2, 3)), MET),
        ((warning(1, 1, 29), warning(2, 2, 3)), MISSING),
        ((warning(1, 1, 0), warning(2, 2, 0)), MET),
        ((warning(1, 1, 3),), MISSING),
        ((warning(1, 1, 3), warning(2, 2, 3, "came back")), MISSING),
        ((), MISSING),
    ],
    ids=["28 days", "29 days", "the day itself", "one parent", "came back", "none"],
)
def test_each_parent_was_warned_in_time(base: CaseFile, entries: tuple[Entry, ...], state: Readiness) -> None:
    found = ask(with_entries(base, *entries), "warned-within", kinds="warning, letter", days="28")
    assert found.state is state
    if state is MISSING:
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.LETTER, "warning")


@pytest.mark.parametrize(("decided", "state"), [("not-improved", MET), ("withdrawn", MISSING)])
def test_a_notice_to_improve_warns_until_it_is_taken_back(base: CaseFile, decided: str, state: Readiness) -> None:
    issued = entry(1, EntryKind.NOTICE_TO_IMPROVE, 1, 2, at=date(2026, 11, 2), outcome="issued")
    ends = entry(2, EntryKind.IMPROVEMENT, 1, 2, at=date(2026, 11, 4), details={"state": decided}, adds_to=1)
    asked = {"kinds": "warning, notice-to-improve", "days": "60"}
    assert ask(with_entries(base, issued, ends), "warned-within", **asked).state is state
    assert ask(with_entries(base, issued, replace(ends, withdrawn=GONE)), "warned-within", **asked).state is MET


@pytest.mark.parametrize(("outcome", "state"), [("refused", MET), ("granted in part", MET), ("granted", MISSING)])
def test_leave_that_was_refused_is_a_warning(base: CaseFile, outcome: str, state: Readiness) -> None:
    file = with_entries(base, entry(1, EntryKind.LEAVE_DECISION, 1, 2, at=date(2026, 11, 2), outcome=outcome))
    assert ask(file, "warned-within", kinds="leave-decision", days="60").state is state


def test_a_bundle_of_one_parent_asks_for_that_one(base: CaseFile) -> None:
    file = of_mother(with_entries(base, warning(1, 1, 3)))
    found = ask(file, "warned-within", kinds="warning", days="28")
    assert (found.state, [one.entry for one in found.by]) == (MET, [1])
    other = with_entries(file, warning(1, 2, 3))
    assert ask(other, "warned-within", kinds="warning", days="28").state is MISSING


def test_what_a_parent_wrote_is_no_letter_to_the_parent(base: CaseFile) -> None:
    theirs = entry(1, EntryKind.LETTER, 1, outcome="received", details={"direction": "they wrote"})
    assert ask(with_entries(base, theirs), "entry-of-kind", kinds="letter", each_parent="no").state is MISSING
    ours = replace(theirs, details={"direction": "we wrote"})
    assert ask(with_entries(base, ours), "entry-of-kind", kinds="letter", each_parent="no").state is MET


@pytest.mark.parametrize(
    ("kind", "at", "about"),
    [
        ("letter", DoAt.LETTER, ""),
        ("home-visit", DoAt.LOG, "home-visit"),
        ("review", DoAt.CASE, "review"),
        ("notice-to-improve", DoAt.FORMAL, "improvement"),
    ],
)
def test_an_entry_is_made_where_its_kind_is_written(base: CaseFile, kind: str, at: DoAt, about: str) -> None:
    found = ask(base, "entry-of-kind", kinds=kind, each_parent="no")
    assert found.do is not None
    assert (found.do.at, found.do.about) == (at, about)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("held", MET), ("refused", MET), ("not attended", MET), ("put off", MISSING), ("Plan agreed", MET)],
)
def test_a_meeting_held_or_refused(base: CaseFile, outcome: str, state: Readiness) -> None:
    file = with_entries(base, entry(1, EntryKind.MEETING, 1, outcome=outcome))
    found = ask(file, "meeting-held-or-refused")
    assert found.state is state
    if outcome == "refused":
        assert found.says == "Offered on 6 October 2026: refused."


def test_a_meeting_with_the_other_parent_is_none_of_this_one(base: CaseFile) -> None:
    file = of_mother(with_entries(base, entry(1, EntryKind.MEETING, 2, outcome="held")))
    assert ask(file, "meeting-held-or-refused").state is MISSING
    nobody = with_entries(file, entry(1, EntryKind.MEETING, outcome="not attended"))
    assert ask(nobody, "meeting-held-or-refused").state is MET
    unsaid = entry(1, EntryKind.MEETING, outcome="held")
    assert ask(with_entries(file, unsaid), "meeting-held-or-refused").state is CHECK
    assert ask(with_entries(base, unsaid), "meeting-held-or-refused").state is MET
    named = entry(2, EntryKind.MEETING, 1, outcome="held")
    assert ask(with_entries(file, unsaid, named), "meeting-held-or-refused").state is MET
    last_year = with_entries(base, entry(1, EntryKind.MEETING, 1, at=date(2026, 8, 31), outcome="held"))
    assert ask(last_year, "meeting-held-or-refused").state is MISSING


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("completed", MET), ("begun", MET), ("consent refused", MET), ("offered", CHECK)],
)
def test_early_help_is_assessed_declined_or_waiting(base: CaseFile, outcome: str, state: Readiness) -> None:
    file = with_entries(base, entry(1, EntryKind.EARLY_HELP, 1, outcome=outcome))
    found = ask(file, "early-help-considered")
    assert (found.state, [one.entry for one in found.by]) == (state, [1])


def test_early_help_by_a_flag_or_a_reason_for_none(base: CaseFile) -> None:
    assert ask(base, "early-help-considered").state is MISSING
    flag = Flag(1, 1, FlagKind.EARLY_HELP, "", date(2026, 10, 1), date(2026, 11, 19))
    assert ask(replace(base, flags=(flag,)), "early-help-considered").state is MISSING
    assert ask(replace(base, flags=(replace(flag, last=ON),)), "early-help-considered").state is MET
    why = entry(1, EntryKind.CONSIDERED, outcome="decided against", note="A social worker leads.",
                details={"what": "early help"})  # fmt: skip
    found = ask(with_entries(base, why), "early-help-considered")
    assert found.state is MET
    assert "A social worker leads." in found.says


@pytest.mark.parametrize(
    ("kind", "outcome", "state"),
    [
        (EntryKind.SUPPORT, "offered", MET),
        (EntryKind.SUPPORT, "declined", MET),
        (EntryKind.AGENCY_REFERRAL, "sent", MET),
        (EntryKind.MEETING, "held", MISSING),
    ],
)
def test_support_offered(base: CaseFile, kind: EntryKind, outcome: str, state: Readiness) -> None:
    assert ask(with_entries(base, entry(1, kind, 1, outcome=outcome)), "support-offered").state is state


OPENED = date(2026, 10, 5)


def case(*more: Entry, step: str = "level-1.school") -> tuple[Entry, ...]:
    return (entry(1, EntryKind.CASE_OPENED, at=OPENED, outcome="Opened", details={STEP: step}), *more)


def review(number: int, day: date, step: str = "level-1.school") -> Entry:
    return entry(number, EntryKind.REVIEW, at=day, outcome="no better", details={CASE: "1", STEP: step})


def on(file: CaseFile, day: date) -> CaseFile:
    return replace(file, request=replace(file.request, on=day, last=day), today=day)


@pytest.mark.parametrize(
    ("day", "reviews", "state"),
    [
        (date(2026, 10, 23), (), MET),
        (date(2026, 10, 24), (), MISSING),
        (date(2026, 11, 6), (date(2026, 10, 16),), MET),
        (date(2026, 11, 7), (date(2026, 10, 16),), MISSING),
        (date(2026, 11, 6), (date(2026, 11, 4),), CHECK),
    ],
    ids=["due today", "due yesterday", "the next is due", "the next is late", "held late"],
)
def test_reviews_keep_the_rhythm_of_the_pack(
    base: CaseFile, day: date, reviews: tuple[date, ...], state: Readiness
) -> None:
    """Every three weeks from 5 October: 26 October lies in half term, and 23 October is the last school day before."""
    entries = case(*(review(number, held) for number, held in enumerate(reviews, start=2)))
    found = ask(on(with_entries(base, *entries), day), "reviews-on-time")
    assert found.state is state
    if state is MISSING:
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.CASE, "review")


def test_a_review_is_in_time_by_the_day_that_was_set_for_it(base: CaseFile) -> None:
    file = on(with_entries(base, *case(review(2, date(2026, 11, 4)))), date(2026, 11, 6))
    owed = Task(1, 1, task_kind(1, "review"), date(2026, 11, 4), None, "Review", closed_by=2)
    assert ask(replace(file, tasks=(owed,)), "reviews-on-time").state is MET
    sooner = replace(owed, due=date(2026, 11, 3))
    assert ask(replace(file, tasks=(sooner,)), "reviews-on-time").state is CHECK


def test_a_case_in_no_step_has_no_rhythm(base: CaseFile) -> None:
    bare = entry(1, EntryKind.CASE_OPENED, at=OPENED, outcome="Opened")
    found = ask(with_entries(base, bare), "reviews-on-time")
    assert found.state is MISSING
    assert found.do is not None
    assert found.do.about == "move"


def test_without_a_case_nothing_is_reviewed(base: CaseFile) -> None:
    found = ask(base, "reviews-on-time")
    assert found.state is MISSING
    assert found.do is not None
    assert found.do.about == "open"
    closed = entry(2, EntryKind.CASE_CLOSED, at=date(2026, 11, 2), outcome="Closed", details={CASE: "1"})
    assert ask(with_entries(base, *case(closed)), "reviews-on-time").do == found.do


def moved(number: int, step: str, day: date = date(2026, 11, 2)) -> Entry:
    return entry(number, EntryKind.CASE_MOVED, at=day, outcome="Moved", details={CASE: "1", STEP: step})


@pytest.mark.parametrize(
    ("entries", "step", "state"),
    [
        (case(), "level-1", MET),
        (case(), "level-2", MISSING),
        (case(moved(2, "level-2.check")), "level-2", MET),
        (case(moved(2, "level-2.check")), "aim", MISSING),
        (case(moved(2, "level-2.aim")), "aim", MET),
        (case(moved(2, "level-3.statutory")), "level-2", MET),
        (case(moved(2, "level-3.statutory"), moved(3, "level-1.school", date(2026, 11, 9))), "level-3", MET),
        ((), "level-1", MISSING),
    ],
)
def test_the_step_is_reached(base: CaseFile, entries: tuple[Entry, ...], step: str, state: Readiness) -> None:
    assert ask(with_entries(base, *entries), "step-reached", step=step).state is state
