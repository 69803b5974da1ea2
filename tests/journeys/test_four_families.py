"""Four families through four packs, from first concern to the local authority, and one back down to nothing.

At each step the program proposes what the authority's own words say comes next, on the day they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.case_reading import SERVICE
from desktop_app.actions.roll import read_roll
from desktop_app.domain.cases import CaseStatus, ProposalKind
from desktop_app.domain.people import Answer, Person, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Half
from tests.journeys.families import PRESENT, Attends, Family
from tests.support.clock import StillClock
from tests.support.schools import fill_school, make_school

OPEN, UP, DOWN, REVIEW, CLOSE, CONSIDER = (
    ProposalKind.OPEN, ProposalKind.MOVE_UP, ProposalKind.MOVE_DOWN, ProposalKind.REVIEW, ProposalKind.CLOSE,
    ProposalKind.CONSIDER,
)  # fmt: skip
WEEK = timedelta(days=7)
Make = Callable[[str, Attends], Family]


def misses(weekdays: str, code: str = "O", until: date = date.max) -> Attends:
    """A child who is away on those weekdays (0 is Monday) until a day, and comes on every other."""

    def attends(day: date, half: Half) -> str:
        return code if str(day.weekday()) in weekdays and day <= until else PRESENT[half]

    return attends


@pytest.fixture
def family(tmp_path: Path, house: House, rulebook: Rulebook) -> Iterator[Make]:
    """A family of a school of that authority, on the first day of September 2026."""
    opened: list[Family] = []

    def make(la: str, attends: Attends) -> Family:
        clock = StillClock(datetime(2026, 9, 1, 8, 0))
        context = make_school(house, tmp_path / f"{la}.rollbook", rulebook, clock, la=la)
        ids = fill_school(context, (("Doyle", "Ryan"),))
        ryan = ids["Doyle"]
        with context.store.writing(context.deed("set up")) as writing:
            father = writing.book.put(Person(0, "Mr S Doyle", "Mr"))
            writing.book.put(Tie(0, ryan, father, "father", Answer.YES, Answer.NO, 2))
            writing.book.put(Setting(SERVICE, "la"))
            parents = tuple(sorted(tie.person for tie in writing.book.all(Tie) if tie.pupil == ryan))
        with context.store.reading() as reading:
            calendar = read_roll(reading.book).calendar
        made = Family(context, clock, ryan, parents, calendar, attends, date(2026, 9, 1))
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.context.store.close()


def test_knowsley_from_first_concern_to_the_statutory_officer(family: Make) -> None:
    ryan = family("knowsley", misses("04"))
    ryan.to(date(2026, 10, 1))
    # Level 1: “Pupils with patterns of irregular attendance should be identified and monitored as early as possible,
    # for example when attendance drops below 95%.”
    first = ryan.proposed(OPEN, "level-1.school")
    assert first.trigger == "level-one"
    ryan.open("level-1.school", "level-one")
    assert ryan.not_proposed(UP, "level-1.early-help")
    assert {"calls", "letters", "meeting", "home-visit", "plan", "early-help"} <= set(ryan.do_what_must_be())
    # “If Level 1 support has occurred for 6 weeks - with little or no improvement, then an Early Help Assessment must
    # be completed”: six weeks end on 12 November.
    ryan.to(date(2026, 11, 11))
    assert not [one for one in ryan.proposals() if one.kind is UP and one.due is not None]
    ryan.to(date(2026, 11, 12))
    assert ryan.proposed(UP, "level-1.early-help").due == date(2026, 11, 12)
    assert "Early Help Assessment must" in ryan.proposed(UP, "level-1.early-help").source
    ryan.move("level-1.early-help")
    ryan.do_what_must_be()
    # Toolkit, Level 2: “Review the Early Help Assessment via the TAF process every 4 weeks.”
    assert ryan.page.review_due == date(2026, 12, 10)
    ryan.to(date(2026, 12, 10))
    assert ryan.proposed(REVIEW, "level-1.early-help").due == date(2026, 12, 10)
    ryan.review()
    # “Schools need to have completed actions at the Universal stage and an Early Help Assessment (Level 1) before
    # instigating the next stage (Level 2).”
    ryan.proposed(UP, "level-2.check")
    ryan.move("level-2.check")
    ryan.do_what_must_be()
    ryan.to(date(2027, 1, 8))
    ryan.review()
    ryan.proposed(UP, "level-2.aim")
    ryan.move("level-2.aim")
    ryan.do_what_must_be()
    # “The action plan should be reviewed by the Traded Officer and school after 3 weeks.”
    assert ryan.page.review_due == date(2027, 1, 29)
    ryan.to(date(2027, 1, 29))
    ryan.review()
    # “Cases at Level 2 should not be extended beyond one half term”, counted from the first day in Level 2.
    due = ryan.page.stay_due
    assert due is not None
    assert due <= date(2027, 2, 12)
    ryan.to(due)
    step_up = ryan.proposed(UP, "level-3.step-up")
    assert step_up.due == due
    ryan.move("level-3.step-up")
    # “Step up meetings should identify the barriers to attendance and aim to unpick the issues.”
    assert {"meeting", "barriers", "claag"} <= set(ryan.do_what_must_be())
    # “At this stage consideration for a referral into the Complex Low Attendance Avoidance Group would also be
    # relevant.” Ryan comes to three days in five: “75% or below”.
    assert ryan.proposed(UP, "level-3.claag").trigger == "neglect-factor"
    for _ in range(2):
        ryan.to(ryan.page.review_due or due)
        ryan.review()
    ryan.proposed(UP, "level-3.statutory")
    ryan.move("level-3.statutory")
    # “If the work of the statutory officer does not result in the required attendance improvement within a half term,
    # this may be escalated to prosecution or educational neglect.”
    ryan.do_what_must_be()
    due = ryan.page.stay_due
    assert due is not None
    ryan.to(due)
    assert ryan.proposed(UP, "level-4.agencies").due == due
    ryan.move("level-4.agencies")
    assert {"meeting", "contract", "mash"} <= set(ryan.do_what_must_be())
    ryan.to(ryan.page.review_due or due)
    ryan.review()
    ryan.proposed(UP, "level-4.pre-proceedings")
    ryan.move("level-4.pre-proceedings")
    # Heard under caution; the school asked for any reason not to proceed; an order considered first.
    assert {"caution", "question", "panel", "order", "neglect"} <= set(ryan.do_what_must_be())
    ryan.move("level-4.prosecution")
    assert "evidence" in ryan.do_what_must_be()
    ryan.answered("answered")


def test_sefton_from_persistent_absence_to_the_panel_the_contract_and_the_order_considered(family: Make) -> None:
    mondays, more = misses("0"), misses("01")

    def attends(day: date, half: Half) -> str:
        often = more if day > date(2026, 11, 1) else mondays
        return PRESENT[half] if day in (date(2026, 9, 14), date(2026, 9, 28)) else often(day, half)

    ryan = family("sefton", attends)
    ryan.to(date(2026, 10, 9))
    # “Child is now persistently absent from school”, “Meeting to be held with child and parents – School Attendance
    # Panel (school)”
    assert ryan.proposed(OPEN, "school-panel.panel").trigger == "persistent-absence"
    assert ryan.not_proposed(OPEN, "early-help.plan")
    ryan.open("school-panel.panel", "persistent-absence")
    assert {"panel", "plan", "barriers"} <= set(ryan.do_what_must_be())
    # 51–85: “Early Help Plan or multi-agency plan must be in place and include attendance as part of the plan”
    assert ryan.not_proposed(UP, "early-help.plan")
    ryan.to(date(2026, 12, 4))
    assert ryan.proposed(UP, "early-help.plan").trigger == "early-help"
    ryan.move("early-help.plan")
    ryan.do_what_must_be()
    # “Consider referral to LA School Attendance Panel where offers of support have not been engaged with”
    assert ryan.not_proposed(UP, "lasap.panel")
    ryan.to(date(2027, 1, 22))
    ryan.review()
    ryan.proposed(UP, "lasap.panel")
    ryan.move("lasap.panel")
    assert {"referral", "meeting", "parent-views"} <= set(ryan.do_what_must_be())
    assert ryan.not_proposed(UP, "legal.order-considered")
    ryan.to(ryan.page.review_due or date.max)
    ryan.review()
    ryan.proposed(UP, "lasap.contract")
    ryan.move("lasap.contract")
    ryan.do_what_must_be()
    # “Following referral to LA School Attendance Panel and 12 week monitoring period with no improvement, proceed to
    # prosecution / consider Education Supervision Order (LA)”
    due = ryan.page.stay_due
    assert due is not None
    ryan.to(due - timedelta(days=1))
    assert not [one for one in ryan.proposals() if one.kind is UP and one.due is not None]
    ryan.to(due)
    assert ryan.proposed(UP, "legal.order-considered").due == due
    ryan.move("legal.order-considered")
    # “In all cases, local authorities must fully consider using an ESO before moving forward to prosecution.”
    assert {"exhausted", "decision"} == set(ryan.do_what_must_be())
    ryan.to(ryan.page.review_due or due)
    ryan.review()
    ryan.proposed(UP, "legal.order")
    ryan.proposed(CONSIDER, "legal.prosecution")
    ryan.move("legal.prosecution")
    # “the local authority should set out clearly and concisely the facts of the case”: the school refers, it answers.
    assert "evidence" in ryan.do_what_must_be()
    ryan.answered("accepted")


def test_halton_from_calls_to_the_notice_and_the_education_welfare_service(family: Make) -> None:
    ryan = family("halton", misses("1", "N"))
    ryan.to(date(2026, 9, 11))
    assert ryan.proposed(OPEN, "monitor.follow-up").trigger == "reason-not-established"
    ryan.open("monitor.follow-up", "reason-not-established")
    # 5.5: “Call the pupil’s parent/carers on the morning of the first day of unexplained absence”
    assert {"calls", "letter", "support"} == set(ryan.do_what_must_be())
    # 9: “Every three weeks, school analyse attendance and punctuality patterns”
    assert ryan.page.review_due == date(2026, 10, 2)
    ryan.to(date(2026, 10, 2))
    # 9.4: “Persistent absence is where a pupil misses 10% or more of school”; the meetings begin at once.
    assert ryan.proposed(UP, "support.meetings").trigger == "persistent-absence"
    ryan.review()
    ryan.move("support.meetings")
    # 9.4: “Hold regular meetings with the parent/carers of pupils … Listen, and understand barriers to attendance”
    assert {"meeting", "views", "plan"} == set(ryan.do_what_must_be())
    # 6.4: “the national threshold for considering a penalty notice has been met (10 sessions of unauthorised absence in
    # a rolling period of 10 school weeks)”
    ryan.to(date(2026, 11, 13))
    assert ryan.proposed(UP, "formal.improvement").trigger == "penalty-threshold"
    ryan.move("formal.improvement")
    # 6.4: “it will check with the local authority before doing so, and send a copy to them”
    assert {"threshold", "best-tool", "checked", "notice"} == set(ryan.do_what_must_be())
    # 6.5: “A clear timeframe of between 3 and 6 weeks for the improvement period”: the sixth week ends in the holiday,
    # and what falls in one is due on the last school day before.
    assert ryan.page.stay_due == date(2026, 12, 18)
    ryan.to(date(2027, 1, 5))
    ryan.proposed(UP, "formal.referral")
    ryan.move("formal.referral")
    # 4.2: “Referring to the local authority Education Welfare Service when appropriate for consideration of legal
    # intervention”
    ryan.refer()
    (answer,) = [one for one in ryan.proposals() if one.ask == "answer"]
    assert answer.must
    assert ryan.page.review_due == date(2027, 2, 2)
    ryan.to(date(2027, 1, 29))
    ryan.answered("accepted")
    assert "answer" not in [one.ask for one in ryan.proposals()]


def test_windsor_and_maidenhead_back_down_to_nothing(family: Make) -> None:
    late = misses("3", "O", until=date(2026, 11, 6))
    ryan = family("windsor-maidenhead", lambda day, half: late(day, half) if day > date(2026, 9, 18) else PRESENT[half])
    ryan.to(date(2026, 10, 2))
    # “Proactively use data to identify pupils at risk of poor attendance.” Two Thursdays of twenty-two days: 90.9%.
    assert ryan.proposed(OPEN, "at-risk.reasons").trigger == "at-risk"
    ryan.open("at-risk.reasons", "at-risk")
    # “Work with each pupil identified and their parents to understand and address the reasons for absence”
    assert {"reasons", "signpost"} == set(ryan.do_what_must_be())
    # “Where absence becomes persistent, put additional targeted support in place to remove any barriers.”
    ryan.to(date(2026, 10, 9))
    assert ryan.proposed(UP, "persistent.targeted").trigger == "persistent-absence"
    ryan.move("persistent.targeted")
    assert {"support", "talk"} == set(ryan.do_what_must_be())
    # The support works: every session since is attended.
    ryan.to(date(2027, 1, 15))
    ryan.proposed(DOWN, "at-risk.reasons")
    ryan.move("at-risk.reasons")
    ryan.to(date(2027, 2, 12))
    ryan.proposed(CLOSE, "at-risk.reasons")
    ryan.close("Every session since half term was attended; Ryan meets his friend at the gate.")
    assert ryan.page.state.status is CaseStatus.CLOSED
    assert ryan.proposals() == ()
