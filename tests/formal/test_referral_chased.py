"""A referral to the authority whose answer is asked for on a day; what was thought of when a measure was weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.court import NewReferral, consider, record_answer, refer
from desktop_app.actions.log import withdraw
from desktop_app.domain.bundle import Readiness
from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.parts.declaration import declaration
from tests.support.formal import Family, family
from tests.support.readiness import ask, entry, settled, with_entries
from tests.support.schools import SmallSchool

CHASED = date(2026, 12, 4)
THOUGHT = "His asthma; the plan was read."


@pytest.fixture
def doyles(school: SmallSchool) -> Family:
    """Doyle, both parents, and a week of G."""
    return family(school)


def tasks(doyles: Family) -> list[Task]:
    with doyles.context.store.reading() as reading:
        return [one for one in reading.book.all(Task) if one.kind.startswith("follow:")]


def referral(doyles: Family, chase: date | None = CHASED) -> NewReferral:
    with doyles.context.store.reading() as reading:
        key = doyles.context.pack(reading.book.school()).referrals[0].key
    return NewReferral(
        doyles.pupil, key, (doyles.mother,), doyles.week, why_not={doyles.father: "Abroad."}, chase=chase
    )


def test_the_answer_is_asked_for_on_its_day_until_it_is_there(doyles: Family) -> None:
    made, _, changes = refer(doyles.context, referral(doyles))
    assert changes.book, "Today reads itself again"
    (task,) = tasks(doyles)
    assert (task.due, task.text, task.closed_by) == (
        CHASED, "Ask the authority for its answer to the referral", None,
    )  # fmt: skip
    answered, changes = record_answer(doyles.context, made, "accepted", "Taken on by Ms Okoro.")
    assert [one.closed_by for one in tasks(doyles)] == [answered]
    assert changes.book


def test_a_referral_that_is_withdrawn_asks_for_nothing(doyles: Family) -> None:
    made, _, _ = refer(doyles.context, referral(doyles))
    withdraw(doyles.context, made, "The wrong child.")
    assert tasks(doyles) == []


def test_without_a_day_there_is_no_task_and_a_day_before_it_went_is_refused(doyles: Family) -> None:
    today = doyles.context.today()
    for early in (today, date(2026, 11, 1)):
        with pytest.raises(Refused, match="comes after that on which it went"):
            refer(doyles.context, referral(doyles, early))
    with doyles.context.store.reading() as reading:
        assert not [one for one in reading.entries.of(doyles.pupil) if one.kind is EntryKind.LA_REFERRAL]
    refer(doyles.context, referral(doyles, None))
    assert tasks(doyles) == []


def test_what_was_thought_of_is_kept_with_the_measure(doyles: Family) -> None:
    made, _ = consider(
        doyles.context, doyles.pupil, "prosecution", False, "Support is at work.", equality=f" {THOUGHT}\n"
    )
    plain, _ = consider(doyles.context, doyles.pupil, "parenting order", False, "Not now.", equality=" ")
    with doyles.context.store.reading() as reading:
        found = {one.id: one.details for one in reading.entries.of(doyles.pupil)}
    assert found[made] == {"what": "prosecution", "equality": THOUGHT}
    assert found[plain] == {"what": "parenting order"}


@pytest.mark.parametrize(("thought", "state"), [(THOUGHT, Readiness.MET), ("", Readiness.MISSING)])
def test_the_equality_act_was_considered_where_a_measure_says_so(
    rulebook: Rulebook, thought: str, state: Readiness
) -> None:
    details = {"what": "prosecution", **({"equality": thought} if thought else {})}
    weighed = entry(1, EntryKind.CONSIDERED, at=date(2026, 11, 2), outcome="decided against", details=details)
    file = with_entries(settled(rulebook), weighed)
    assert ask(file, "considered", what="equality").state is state
    assert ask(file, "considered", what="prosecution").state is Readiness.MET
    (line,) = [one for one in declaration(file) if "Equality Act" in one.says]
    assert (line.crossed, thought in line.shows and bool(line.shows)) == (bool(thought), bool(thought))
    twice = replace(weighed, details={"what": "equality", "equality": THOUGHT})
    assert len(ask(with_entries(file, twice), "considered", what="equality").by) == 1
