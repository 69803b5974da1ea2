"""Readiness of what is considered, formal and signed: each line on both sides of its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.bundle import DoAt, Readiness
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import MarkChange, Source
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.referrals import Defence
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.rules.casefile import CaseFile
from tests.support.readiness import FIRST, HALE, ON, ask, entry, marked, settled, with_entries

MET, CHECK, MISSING = Readiness.MET, Readiness.CHECK, Readiness.MISSING


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    """A case with every session present and nothing recorded."""
    return settled(rulebook)


def thought(number: int, what: str, outcome: str = "decided against", day: date = date(2026, 11, 2)) -> Entry:
    return entry(number, EntryKind.CONSIDERED, at=day, outcome=outcome, note="Looked at.", details={"what": what})


@pytest.mark.parametrize("left", ["send", "medical", "equality", ""])
def test_special_needs_health_and_equality_are_each_considered(base: CaseFile, left: str) -> None:
    entries = [thought(n, what) for n, what in enumerate(("send", "medical", "equality"), 1) if what != left]
    found = ask(with_entries(base, *entries), "needs-considered")
    assert found.state is (MISSING if left else MET)
    assert [one.entry for one in found.by] == [one.id for one in entries]
    if left:
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.CONSIDER, left)


def test_what_shows_by_itself_that_a_need_was_thought_of(base: CaseFile) -> None:
    notice = entry(3, EntryKind.PENALTY_NOTICE, 1, outcome="asked", details={"state": "asked", "equality": "None."})
    entries = (thought(1, "send"), entry(2, EntryKind.HEALTH_PLAN, 1, outcome="agreed"), notice)
    assert ask(with_entries(base, *entries), "needs-considered").state is MET
    silent = replace(notice, details={"state": "asked"})
    assert ask(with_entries(base, *entries[:2], silent), "needs-considered").state is MISSING


def test_a_flag_is_named_and_does_not_stand_for_a_thought(base: CaseFile) -> None:
    file = replace(base, flags=(Flag(1, 1, FlagKind.EHCP, "", FIRST),))
    found = ask(file, "needs-considered")
    assert found.state is MISSING
    assert found.says.endswith("The child has an EHC plan.")


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((thought(1, "parenting order"),), MET),
        ((thought(1, "parenting-order"),), MET),
        ((thought(1, "prosecution"),), MISSING),
        ((thought(1, "parenting order", day=date(2026, 8, 31)),), MISSING),
        ((), MISSING),
    ],
)
def test_a_thing_is_considered(base: CaseFile, entries: tuple[Entry, ...], state: Readiness) -> None:
    found = ask(with_entries(base, *entries), "considered", what="parenting-order")
    assert found.state is state
    if state is MISSING:
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.CONSIDER, "parenting-order")


def test_an_order_that_was_asked_for_was_considered(base: CaseFile) -> None:
    order = entry(1, EntryKind.SUPERVISION_ORDER, outcome="considered", details={"state": "considered"})
    assert ask(with_entries(base, order), "considered", what="supervision-order").state is MET
    assert ask(with_entries(base, order), "considered", what="parenting-order").state is MISSING


DEFENCES = (
    Defence("illness", "Sickness or unavoidable cause", "Education Act 1996", "Was the child ill?"),
    Defence("leave", "Leave was given", "Education Act 1996", "Was leave given for any session?"),
)


def test_each_defence_is_considered(base: CaseFile) -> None:
    file = replace(base, rulebook=replace(base.rulebook, defences=DEFENCES))
    first = thought(1, "defence-illness")
    found = ask(with_entries(file, first), "defences-considered")
    assert found.state is MISSING
    assert found.do is not None
    assert found.do.about == "defence-leave"
    assert [one.entry for one in found.by] == [1]
    both = with_entries(file, first, thought(2, "defence-leave"))
    assert ask(both, "defences-considered").state is MET
    holds = with_entries(file, first, thought(2, "defence-leave", "decided for"))
    found = ask(holds, "defences-considered")
    assert (found.state, "Leave was given" in found.says) == (CHECK, True)
    again = with_entries(holds, *holds.entries, thought(3, "defence-leave", day=date(2026, 11, 3)))
    assert ask(again, "defences-considered").state is MET


def test_a_list_without_a_defence_is_never_ready(base: CaseFile) -> None:
    none = replace(base, rulebook=replace(base.rulebook, defences=()))
    assert ask(none, "defences-considered").state is MISSING


WEEKS = (date(2026, 10, 5), date(2026, 11, 13))


def notice(number: int, person: int = 1) -> Entry:
    details = {"first": str(WEEKS[0]), "last": str(WEEKS[1]), "allowed": "2", "sufficient": "No more than two."}
    return entry(number, EntryKind.NOTICE_TO_IMPROVE, person, at=date(2026, 10, 2), outcome="issued", details=details)


def decided(number: int, of: int, state: str) -> Entry:
    return entry(
        number, EntryKind.IMPROVEMENT, 1, at=date(2026, 11, 16), outcome=state.replace("-", " "),
        details={"state": state}, adds_to=of,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "missed", "state"),
    [
        ((), (), MISSING),
        ((notice(1),), (), MISSING),
        ((notice(1),), (date(2026, 11, 3), date(2026, 11, 4)), CHECK),
        ((notice(1),), (date(2026, 11, 3),), MISSING),
        ((notice(1), decided(2, 1, "not-improved")), (), MET),
        ((notice(1), decided(2, 1, "ended-early")), (), MET),
        ((notice(1), decided(2, 1, "improved")), (date(2026, 11, 3), date(2026, 11, 4)), MISSING),
        ((notice(1), decided(2, 1, "withdrawn")), (), MISSING),
        ((notice(1), decided(2, 1, "not-improved"), notice(3)), (), MISSING),
    ],
    ids=["none", "improved", "not improved", "as many as allowed", "decided", "ended early", "decided improved",
         "withdrawn", "a newer one"],
)  # fmt: skip
def test_a_notice_to_improve_was_not_met(
    base: CaseFile, entries: tuple[Entry, ...], missed: tuple[date, ...], state: Readiness
) -> None:
    found = ask(with_entries(marked(base, "O", *missed), *entries), "improvement-not-met")
    assert found.state is state
    if state is not MET:
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.FORMAL, "improvement")


def test_the_notice_to_the_other_parent_is_none_of_this_one(base: CaseFile) -> None:
    entries = (notice(1, 2), replace(decided(2, 1, "not-improved"), persons=(2,)))
    file = with_entries(base, *entries)
    assert ask(file, "improvement-not-met").state is MET
    mothers = replace(file, request=replace(file.request, parent=1))
    assert ask(mothers, "improvement-not-met").state is MISSING


def issued(number: int, day: date, person: int = 1, state: str = "unpaid") -> Entry:
    details = {"state": state, "issued": str(day)}
    return entry(number, EntryKind.PENALTY_NOTICE, person, at=day, outcome="issued", details=details)


@pytest.mark.parametrize(
    ("entries", "parent", "state"),
    [
        ((), 1, MET),
        ((issued(1, date(2025, 3, 3)),), 1, MET),
        ((issued(1, date(2025, 3, 3)), issued(2, date(2026, 3, 3))), 1, MISSING),
        ((issued(1, date(2025, 3, 3)), issued(2, date(2026, 3, 3), state="withdrawn")), 1, MET),
        ((issued(1, date(2025, 3, 3)), issued(2, date(2026, 3, 3))), 2, MET),
        ((issued(1, date(2025, 3, 3)), issued(2, date(2026, 3, 3))), None, CHECK),
        ((issued(1, date(2024, 8, 18)), issued(2, date(2026, 3, 3))), 1, MET),
    ],
    ids=["none", "one", "two", "withdrawn", "the other parent", "one of both", "before the framework"],
)
def test_another_notice_is_possible(
    base: CaseFile, entries: tuple[Entry, ...], parent: int | None, state: Readiness
) -> None:
    file = with_entries(base, *entries)
    found = ask(replace(file, request=replace(file.request, parent=parent)), "notice-possible")
    assert found.state is state
    assert "authority’s own count decides" in found.says


@pytest.mark.parametrize("rule", ["power", "notice-possible"])
def test_a_school_without_the_power_is_told_what_else_there_is(base: CaseFile, rule: str) -> None:
    params = {"power": "penalty-notice"} if rule == "power" else {}
    assert ask(base, rule, **params).state is MET
    for type_ in (SchoolType.INDEPENDENT, SchoolType.NON_MAINTAINED_SPECIAL):
        found = ask(replace(base, school=replace(base.school, type=type_)), rule, **params)
        assert found.state is MISSING
        assert found.do is not None
        assert "prosecution" in found.do.says


def signed(number: int, of: str, day: date = ON, **details: str) -> Entry:
    said = {"of": of, "first": str(FIRST), "last": str(ON), "witness": "Mrs K Hale", **details}
    return entry(number, EntryKind.SIGNED, at=day, outcome="Signed", details=said)


@pytest.mark.parametrize(("rule", "of"), [("certificate-signed", "certificate"), ("statement-signed", "statement")])
@pytest.mark.parametrize(
    ("details", "parent", "state"),
    [
        ({}, None, MET),
        (None, None, CHECK),
        ({"last": "2026-11-19"}, None, CHECK),
        ({"of": "declaration"}, None, CHECK),
        ({"parent": "1"}, 1, MET),
        ({"parent": "2"}, 1, CHECK),
        ({}, 1, MET),
    ],
    ids=["signed", "not", "another period", "something else", "this parent", "the other parent", "no parent named"],
)
def test_a_signed_page_is_of_this_period_and_parent(
    base: CaseFile, rule: str, of: str, details: dict[str, str] | None, parent: int | None, state: Readiness
) -> None:
    one = signed(1, of)
    entries = () if details is None else (replace(one, details={**one.details, **details}),)
    file = with_entries(base, *entries)
    found = ask(replace(file, request=replace(file.request, parent=parent)), rule)
    assert found.state is state
    if state is CHECK:
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.SIGN, of)


def test_a_certificate_that_cannot_be_drawn_cannot_be_signed(base: CaseFile) -> None:
    file = with_entries(marked(base, "N", date(2026, 11, 12)), signed(1, "certificate"))
    found = ask(file, "certificate-signed")
    assert found.state is MISSING
    assert "Still N" in found.says


def test_a_mark_changed_after_the_signature_is_to_be_looked_at(base: CaseFile) -> None:
    kept = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    for after, state in ((timedelta(0), MET), (timedelta(seconds=1), CHECK)):
        change = MarkChange(
            1, 1, date(2026, 10, 6), Half.AM, "O", None, "", "late news", Source.TYPED, amends=True, author=HALE,
            recorded_at=kept + after,
        )  # fmt: skip
        file = with_entries(replace(base, changes=(change,)), signed(1, "certificate"))
        assert ask(file, "certificate-signed").state is state


def policy(number: int, day: date, review: date) -> Entry:
    details = {"what": "policy", "said": "Attendance policy", "version": "2026", "approved": str(day)}
    return replace(
        entry(number, EntryKind.SCHOOL, at=day, outcome="Policy", details={**details, "review": str(review)}), pupils=()
    )


@pytest.mark.parametrize(
    ("log", "state"),
    [
        ((), MISSING),
        ((policy(1, date(2025, 9, 1), ON),), MET),
        ((policy(1, date(2025, 9, 1), ON - timedelta(days=1)),), CHECK),
        ((policy(1, ON + timedelta(days=1), date(2027, 9, 1)),), MISSING),
    ],
    ids=["none", "due today", "due yesterday", "still to come"],
)
def test_a_policy_is_in_force(base: CaseFile, log: tuple[Entry, ...], state: Readiness) -> None:
    found = ask(replace(base, school_log=log), "policy-published")
    assert found.state is state
    if state is not MET:
        assert found.do is not None
        assert found.do.at is DoAt.SCHOOL
