"""A case from opening to closing, in a real school under a small pack, on the days the pack says."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from desktop_app.actions.case_page import case_page, cases_of, proposals_of
from desktop_app.actions.case_work import add_task, ask_done, pause, resume, review, say
from desktop_app.actions.cases import cases
from desktop_app.actions.casework import close, lead, move, open_at
from desktop_app.actions.log import log, withdraw
from desktop_app.actions.packs import adopt_pack, pack_text
from desktop_app.context import Context, signed_in
from desktop_app.domain.cases import MEETING, CaseStatus, ProposalKind, Voice
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Tie
from tests.support.casework import mark_days, under
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

ONE, AIM, STATUTORY, NEGLECT = "one.support", "two.aim", "three.statutory", "three.neglect"


@pytest.fixture
def worked(school: SmallSchool, clock: StillClock) -> Context:
    """The school on 5 October, with Ryan Doyle away every Monday and Friday so far."""
    clock.set(2026, 10, 5, 9, 0)
    context = under(school.context)
    mark_days(context, school.pupils["Doyle"], date(2026, 9, 3), date(2026, 10, 2), absent=(0, 4))
    return context


def met(context: Context, pupil: int, kind: EntryKind, outcome: str, meeting: str = "") -> int:
    """Log something now, with the mother."""
    with context.store.reading() as reading:
        mother = next(one.person for one in reading.book.all(Tie) if one.pupil == pupil)
    details = {MEETING: meeting} if meeting else {}
    entry, _ = log(context, NewEntry(kind, context.now(), (pupil,), outcome, persons=(mother,), details=details))
    return entry


def test_a_case_is_proposed_on_a_trigger_and_opened_with_its_review(worked: Context, school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    first = proposals_of(worked, ryan)[0]
    assert (first.kind, first.step) == (ProposalKind.OPEN, ONE)
    assert "attendance" in first.says
    case, changes = open_at(worked, ryan, ONE, lead=worked.staff.id, opened_on="level-one")
    assert changes.entries
    page = case_page(worked, case)
    assert (page.state.step, page.state.opened_on, page.lead) == (ONE, "level-one", worked.staff.name)
    assert (page.state.pack, page.state.version) == ("knowsley", worked.rulebook.packs["knowsley"].version)
    # Three weeks on is Monday 26 October, in the holiday: the last school day before, never later (practice 48).
    assert page.review_due == date(2026, 10, 23)
    assert [(one.task.kind, one.task.due, one.owner) for one in page.owed] == [
        (f"case:{case}:review", date(2026, 10, 23), worked.staff.name)
    ]
    asks = {one.ask: one for one in page.proposals if one.kind is ProposalKind.DO}
    assert asks["meet"].due == date(2026, 10, 19)
    assert asks["meet"].must
    assert asks["letter"].done is None
    assert page.next is not None


def test_asks_are_done_by_their_entries_and_one_by_saying_so(worked: Context, school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    case, _ = open_at(worked, ryan, ONE)
    met(worked, ryan, EntryKind.MEETING, "put off")
    assert next(one for one in case_page(worked, case).proposals if one.ask == "meet").done is None
    entry = met(worked, ryan, EntryKind.MEETING, "held")
    letter = met(worked, ryan, EntryKind.LETTER, "posted")
    nurse, _ = ask_done(worked, case, "nurse", "She saw him")
    met(worked, ryan, EntryKind.EARLY_HELP, "offered")
    done = {one.ask: one.done.id if one.done else None for one in case_page(worked, case).proposals if one.ask}
    assert done == {"meet": entry, "letter": letter, "nurse": nurse, "eha": None}
    withdraw(worked, entry, "another child")
    assert next(one for one in case_page(worked, case).proposals if one.ask == "meet").done is None


def test_the_longest_stay_leads_up_on_its_day_and_not_without_what_must_be(
    worked: Context, school: SmallSchool, clock: StillClock
) -> None:
    ryan = school.pupils["Doyle"]
    case, _ = open_at(worked, ryan, ONE)
    mark_days(worked, ryan, date(2026, 10, 5), date(2026, 11, 16), absent=(0, 4))
    clock.set(2026, 11, 13, 15, 0)
    assert not [one for one in case_page(worked, case).proposals if one.kind is ProposalKind.MOVE_UP]
    clock.set(2026, 11, 16, 15, 0)  # six calendar weeks after 5 October
    up = next(one for one in case_page(worked, case).proposals if one.kind is ProposalKind.MOVE_UP)
    assert (up.step, up.due) == (AIM, date(2026, 11, 16))
    assert "Little or no improvement" in up.says
    with pytest.raises(Refused, match="this must be done: Meet the parents; Early Help Assessment"):
        move(worked, case, AIM, "no better", "the head")
    with pytest.raises(Refused, match="comes after Attendance Improvement Meeting: enter that first"):
        move(worked, case, STATUTORY, "no better", "the head")
    with pytest.raises(Refused, match="Say who agreed"):
        move(worked, case, AIM, "no better", " ")
    move(worked, case, AIM, "no better", "the head", despite="the parents came to nothing")
    page = case_page(worked, case)
    assert [one.key for one in page.steps] == [ONE, AIM]
    assert page.steps[1].despite == "the parents came to nothing"
    assert page.review_due == date(2026, 12, 7)
    # Half terms: the third school week of this one; the same Monday of the next.
    assert page.stay_due == date(2027, 1, 18)


def test_a_review_waits_for_its_meeting(worked: Context, school: SmallSchool, clock: StillClock) -> None:
    ryan = school.pupils["Doyle"]
    case, _ = open_at(worked, ryan, ONE)
    move(worked, case, AIM, "they asked", "the parents", despite="at once")
    with pytest.raises(Refused, match="held in the meeting “Attendance Improvement Meeting”: log that meeting first"):
        review(worked, case, "no better")
    clock.set(2026, 10, 23, 10, 0)
    met(worked, ryan, EntryKind.MEETING, "held", "aim")
    entry, _ = review(worked, case, "no better")
    page = case_page(worked, case)
    assert [one.id for one in page.state.reviews] == [entry]
    assert page.review_due == date(2026, 11, 13)
    with pytest.raises(Refused, match="log that meeting first"):
        review(worked, case, "again")
    with worked.store.reading() as reading:
        tasks = [one for one in reading.book.all(Task) if one.closed_by is None]
    assert [one.due for one in tasks] == [date(2026, 11, 13)]


def test_a_pause_has_an_end_and_its_days_do_not_count(worked: Context, school: SmallSchool, clock: StillClock) -> None:
    case, _ = open_at(worked, school.pupils["Doyle"], ONE)
    with pytest.raises(Refused, match="lasts until Mon 16 Nov 2026 at most"):
        pause(worked, case, "bereavement", date(2026, 11, 17))
    with pytest.raises(Refused, match="ends on a later day"):
        pause(worked, case, "bereavement", date(2026, 10, 5))
    pause(worked, case, "bereavement", date(2026, 10, 19))
    page = case_page(worked, case)
    assert page.state.status is CaseStatus.PAUSED
    assert [one.kind for one in page.proposals] == [ProposalKind.RESUME]
    assert page.proposals[0].due == date(2026, 10, 19)
    assert [one.task.kind for one in page.owed] == [f"case:{case}:resume"]
    with pytest.raises(Refused, match="paused until Mon 19 Oct 2026"):
        review(worked, case, "x")
    clock.set(2026, 10, 19, 9, 0)
    resume(worked, case)
    page = case_page(worked, case)
    assert page.state.status is CaseStatus.OPEN
    assert page.review_due == date(2026, 11, 9)  # 5 October and three weeks, and the fortnight of the pause
    assert [one.task.kind for one in page.owed] == [f"case:{case}:review"]


def test_what_the_pupil_and_each_parent_say_stands_apart(worked: Context, school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    case, _ = open_at(worked, ryan, ONE)
    mother = next(iter(case_page(worked, case).parents))
    say(worked, case, EntryKind.BARRIER, "I feel sick on the bus", voice=Voice.PUPIL, area="transport")
    say(worked, case, EntryKind.BARRIER, "He will not get up", voice=Voice.PARENT, person=mother, area="sleep")
    say(worked, case, EntryKind.STRENGTH, "Loves football", voice=Voice.SCHOOL)
    with pytest.raises(Refused, match="Say which parent"):
        say(worked, case, EntryKind.BARRIER, "He will not", voice=Voice.PARENT, area="sleep")
    with pytest.raises(Refused, match="Choose what the barrier is about"):
        say(worked, case, EntryKind.BARRIER, "He will not", voice=Voice.PUPIL, area="ghosts")
    state = case_page(worked, case).state
    assert [(one.voice, one.person, one.area) for one in state.barriers] == [
        (Voice.PUPIL, 0, "transport"),
        (Voice.PARENT, mother, "sleep"),
    ]
    assert [one.words for one in state.strengths] == ["Loves football"]


def test_the_risk_grown_leads_out_of_order_to_an_urgent_step(worked: Context, school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    case, _ = open_at(worked, ryan, ONE)
    found = [one for one in case_page(worked, case).proposals if one.step == NEGLECT]
    assert [one.kind for one in found] == [ProposalKind.CONSIDER]
    with pytest.raises(Refused, match="Where the risk to the child has grown, say why it cannot wait"):
        move(worked, case, NEGLECT, "neglect", "the safeguarding lead")
    move(worked, case, NEGLECT, "neglect", "the safeguarding lead", despite="seen alone at home")
    assert case_page(worked, case).state.step == NEGLECT


def test_better_leads_down_and_closes_and_severe_absence_keeps_it_open(
    worked: Context, school: SmallSchool, clock: StillClock
) -> None:
    ryan, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    case, _ = open_at(worked, ryan, ONE)
    mark_days(worked, ryan, date(2026, 10, 5), date(2026, 11, 6))
    clock.set(2026, 11, 6, 15, 30)
    page = case_page(worked, case)
    assert ProposalKind.CLOSE in [one.kind for one in page.proposals]
    assert page.how.says.startswith("Better: attendance was 60.0%")
    with pytest.raises(Refused, match="Say what changed"):
        close(worked, case, " ")
    close(worked, case, "He walks in with a friend")
    closed = case_page(worked, case)
    assert closed.state.status is CaseStatus.CLOSED
    assert not closed.proposals
    assert not closed.owed
    with pytest.raises(Refused, match="The case was closed on Fri 6 Nov 2026"):
        move(worked, case, AIM, "x", "y")
    mark_days(worked, kaya, date(2026, 9, 3), date(2026, 11, 6), absent=(0, 1, 2))
    other, _ = open_at(worked, kaya, ONE)
    with pytest.raises(Refused, match="not closed while the child is severely absent"):
        close(worked, other, "moved on")
    assert cases_of(worked, kaya)[0].status is CaseStatus.OPEN


def test_one_case_at_a_time_and_who_leads(worked: Context, school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    case, _ = open_at(worked, ryan, ONE)
    with pytest.raises(Refused, match="has an open case since Mon 5 Oct 2026: move that one"):
        open_at(worked, ryan, ONE)
    with pytest.raises(Refused, match=r"has no step “one\.nowhere”; it has one\.support"):
        open_at(worked, school.pupils["Kaya"], "one.nowhere")
    lead(worked, case, worked.staff.id)
    page = case_page(worked, case)
    assert page.lead == worked.staff.name
    assert [one.owner for one in page.owed] == [worked.staff.name]
    task, _ = add_task(worked, case, "Ring the bus company", date(2026, 10, 9), owner=worked.staff.id)
    assert task in [one.task.id for one in case_page(worked, case).owed]
    assert datetime(2026, 10, 5, 9, 0) == worked.now()


def test_a_case_goes_on_under_the_version_it_was_opened_under(school: SmallSchool, clock: StillClock) -> None:
    """A pack of the school's own, adopted while a case runs, changes nothing for it."""
    context = school.context
    clock.set(2026, 10, 5, 9, 0)
    case, _ = open_at(context, school.pupils["Doyle"], "level-1.school")
    version = context.rulebook.packs["knowsley"].version
    adopt_pack(context, renamed(pack_text(context)), "our own words")
    now = signed_in(context.store, context.rulebook, context.clock)
    page = case_page(now, case)
    assert (page.pack.version, page.step.title if page.step else "") == (version, "School action and support")
    other, _ = open_at(now, school.pupils["Kaya"], "level-1.school")
    page = case_page(now, other)
    assert (page.state.version, page.step.title if page.step else "") == ("own-1", "Our first step")
    assert {one.step_title for one in cases(now)} == {"School action and support", "Our first step"}


def renamed(text: str) -> str:
    """The pack with another version, and another title of its first step."""
    changed = text.replace('title = "School action and support"', 'title = "Our first step"', 1)
    assert changed != text
    return re.sub(r'^version = ".*"$', 'version = "own-1"', changed, count=1, flags=re.MULTILINE)


def test_a_warning_for_illness_is_asked_for_only_where_the_illness_is_doubted(school: SmallSchool) -> None:
    """Knowsley: evidence only where there is a reason to doubt, which is recorded."""
    context, ryan = school.context, school.pupils["Doyle"]
    case, _ = open_at(context, ryan, "level-1.school")
    assert "medical-warning" not in [one.ask for one in case_page(context, case).proposals]
    why = {"why": "Ill on every Monday", "warned": "no"}
    log(context, NewEntry(EntryKind.ILLNESS_DOUBTED, context.now(), (ryan,), "reason recorded", details=why))
    (ask,) = [one for one in case_page(context, case).proposals if one.ask == "medical-warning"]
    assert ask.must
