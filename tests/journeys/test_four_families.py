"""Four families through four packs, from first concern to the local authority, and one back down to nothing.

At each step the program proposes what the authority's own words say comes next, on the day they say: the sentence is
the one that the proposal itself shows as its source, and each day is reckoned here by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
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
SCHOOLS = "school’s choice"
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
    # “Pupils with patterns of irregular attendance should be identified and monitored as early as possible”
    assert ryan.proposed(OPEN, "level-1.school", "when attendance drops below 95%").trigger == "level-one"
    ryan.open("level-1.school", "level-one")
    assert ryan.not_proposed(UP, "level-1.early-help")
    assert {"calls", "letters", "meeting", "home-visit", "plan", "early-help"} <= set(ryan.do_what_must_be())
    # Three weeks of 1 October, and six.
    ryan.proposed(REVIEW, "level-1.school", "over a 3-week period", date(2026, 10, 22))
    six_weeks = "If Level 1 support has occurred for 6 weeks - with little or no improvement, then an Early Help"
    ryan.to(date(2026, 11, 11))
    assert not [one for one in ryan.proposals() if one.kind is UP and one.due is not None]
    ryan.to(date(2026, 11, 12))
    ryan.proposed(UP, "level-1.early-help", f"{six_weeks} Assessment must be completed", date(2026, 11, 12))
    ryan.move("level-1.early-help")
    assert "assessment" in ryan.do_what_must_be()
    # Four weeks of 12 November.
    taf = "Review the Early Help Assessment via the TAF process every 4 weeks"
    ryan.proposed(REVIEW, "level-1.early-help", taf, date(2026, 12, 10))
    ryan.to(date(2026, 12, 10))
    ryan.review()
    # “Schools need to have completed actions at the Universal stage and an Early Help Assessment (Level 1) before
    # instigating the next stage (Level 2).”
    ryan.proposed(UP, "level-2.check", "This will be work for schools that have bought into the Knowsley SLA")
    ryan.move("level-2.check")
    ryan.do_what_must_be()
    # Three weeks of 10 December end in the holiday: the last school day before it.
    ryan.proposed(REVIEW, "level-2.check", "over a 3-week period, despite early support", date(2026, 12, 18))
    ryan.to(date(2027, 1, 8))
    ryan.review()
    ryan.proposed(UP, "level-2.aim", "Meeting led by the Traded Officer which brings together a range of people")
    ryan.move("level-2.aim")
    ryan.do_what_must_be()
    # Three weeks of 8 January.
    officer = "The action plan should be reviewed by the Traded Officer and school after 3 weeks"
    ryan.proposed(REVIEW, "level-2.aim", officer, date(2027, 1, 29))
    ryan.to(date(2027, 1, 29))
    ryan.review()
    # A half term from Thursday 10 December, in the sixth week of its half term: Thursday of the sixth week of the next.
    longest = "Cases at Level 2 should not be extended beyond one half term"
    ryan.to(date(2027, 2, 10))
    assert not [one for one in ryan.proposals() if one.kind is UP and one.due is not None]
    ryan.to(date(2027, 2, 11))
    ryan.proposed(UP, "level-3.step-up", longest, date(2027, 2, 11))
    ryan.move("level-3.step-up")
    # “Step up meetings should identify the barriers to attendance and aim to unpick the issues.”
    assert {"meeting", "barriers", "claag"} <= set(ryan.do_what_must_be())
    # Ryan comes to three days in five: “75% or below”.
    group = "Any child, including vulnerable children and young people, can be referred to this bi weekly group"
    assert ryan.proposed(UP, "level-3.claag", group).trigger == "neglect-factor"
    # “Timescales would be appropriate with no drift”: every two weeks, by the school's choice.
    for day in (date(2027, 2, 25), date(2027, 3, 11)):
        ryan.proposed(REVIEW, "level-3.step-up", f"every two weeks is the {SCHOOLS}", day)
        ryan.to(day)
        ryan.review()
    ryan.proposed(UP, "level-3.statutory", "whose work focuses on cases that may be pursued to legal proceedings")
    ryan.move("level-3.statutory")
    ryan.do_what_must_be()
    # A half term from Thursday 11 March, in the third week of its half term.
    not_enough = "does not result in the required attendance improvement within a half term, this may be escalated"
    ryan.to(date(2027, 4, 29))
    ryan.proposed(UP, "level-4.agencies", not_enough, date(2027, 4, 29))
    ryan.move("level-4.agencies")
    assert {"meeting", "contract", "mash"} <= set(ryan.do_what_must_be())
    ryan.proposed(REVIEW, "level-4.agencies", f"every two weeks is the {SCHOOLS}", date(2027, 5, 13))
    ryan.to(date(2027, 5, 13))
    ryan.review()
    ryan.proposed(UP, "level-4.pre-proceedings", "the case will be reviewed by the pre-proceedings panel")
    ryan.move("level-4.pre-proceedings")
    # Heard under caution; the school asked for any reason not to proceed; an order considered first.
    assert {"caution", "question", "panel", "order", "neglect"} <= set(ryan.do_what_must_be())
    ryan.proposed(REVIEW, "level-4.pre-proceedings", f"every four weeks is the {SCHOOLS}", date(2027, 6, 10))
    ryan.to(date(2027, 6, 10))
    ryan.review()
    ryan.proposed(UP, "level-4.order", "requiring the family to follow directions made in the Order")
    ryan.proposed(CONSIDER, "level-4.prosecution", "prosecution should always be a last resort")
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
    # 86–90: “Child is now persistently absent from school”
    panel = "Meeting to be held with child and parents – School Attendance Panel (school)"
    assert ryan.proposed(OPEN, "school-panel.panel", panel).trigger == "persistent-absence"
    assert ryan.not_proposed(OPEN, "early-help.plan")
    ryan.open("school-panel.panel", "persistent-absence")
    assert {"panel", "plan", "barriers"} <= set(ryan.do_what_must_be())
    # A term from Friday of the sixth week of the autumn term.
    ryan.proposed(REVIEW, "school-panel.panel", "their termly school attendance panels", date(2027, 2, 12))
    # 51–85
    plan = "Early Help Plan or multi-agency plan must be in place and include attendance as part of the plan"
    assert ryan.not_proposed(UP, "early-help.plan")
    ryan.to(date(2026, 12, 4))
    assert ryan.proposed(UP, "early-help.plan", plan).trigger == "early-help"
    ryan.move("early-help.plan")
    ryan.do_what_must_be()
    # A term from the thirteenth week of the autumn term; the spring term has eleven, and ends on 25 March.
    termly = "Termly Targeted Support Meetings – continue to monitor (LA)"
    ryan.proposed(REVIEW, "early-help.plan", termly, date(2027, 3, 25))
    # “Consider referral to LA School Attendance Panel where offers of support have not been engaged with”
    assert ryan.not_proposed(UP, "lasap.panel")
    ryan.to(date(2027, 1, 22))
    ryan.review()
    ryan.proposed(UP, "lasap.panel", "This is known in Sefton as the LA School Attendance Panel (LASAP)")
    ryan.move("lasap.panel")
    assert {"referral", "meeting", "parent-views"} <= set(ryan.do_what_must_be())
    assert ryan.not_proposed(UP, "legal.order-considered")
    # Four weeks of 22 January end in half term: the last school day before it.
    ryan.proposed(REVIEW, "lasap.panel", SCHOOLS, date(2027, 2, 12))
    ryan.to(date(2027, 2, 12))
    ryan.review()
    duration = "Each individual attendance contract should set out the duration it will be in place"
    ryan.proposed(UP, "lasap.contract", duration)
    ryan.move("lasap.contract")
    ryan.do_what_must_be()
    # Twelve weeks of 12 February.
    monitored = "12 week monitoring period with no improvement, proceed to prosecution / consider Education Supervision"
    ryan.to(date(2027, 5, 6))
    assert not [one for one in ryan.proposals() if one.kind is UP and one.due is not None]
    ryan.to(date(2027, 5, 7))
    ryan.proposed(UP, "legal.order-considered", monitored, date(2027, 5, 7))
    ryan.move("legal.order-considered")
    assert {"exhausted", "decision"} == set(ryan.do_what_must_be())
    # Four weeks of 7 May end in half term again.
    ryan.proposed(REVIEW, "legal.order-considered", SCHOOLS, date(2027, 5, 28))
    ryan.to(date(2027, 5, 28))
    ryan.review()
    # “In all cases, local authorities must fully consider using an ESO before moving forward to prosecution.”
    ryan.proposed(UP, "legal.order", "an officer of the local authority will be chosen to act as the supervisor")
    ryan.proposed(CONSIDER, "legal.prosecution", "Prosecution in the Magistrates Court is the last resort")
    ryan.move("legal.prosecution")
    # “the local authority should set out clearly and concisely the facts of the case”: the school refers, it answers.
    assert "evidence" in ryan.do_what_must_be()
    ryan.answered("accepted")


def test_halton_from_calls_to_the_notice_and_the_education_welfare_service(family: Make) -> None:
    ryan = family("halton", misses("1", "N"))
    ryan.to(date(2026, 9, 11))
    calls = "5.5, “Call the pupil’s parent/carers on the morning of the first day of unexplained absence”"
    assert ryan.proposed(OPEN, "monitor.follow-up", calls).trigger == "reason-not-established"
    ryan.open("monitor.follow-up", "reason-not-established")
    assert {"calls", "letter", "support"} == set(ryan.do_what_must_be())
    # Three weeks of 11 September.
    weeks = "9, “Every three weeks, school analyse attendance and punctuality patterns”"
    ryan.proposed(REVIEW, "monitor.follow-up", weeks, date(2026, 10, 2))
    ryan.to(date(2026, 10, 2))
    # 9.4: “Persistent absence is where a pupil misses 10% or more of school”; the meetings begin at once.
    meetings = "9.4, “Hold regular meetings with the parent/carers of pupils”"
    assert ryan.proposed(UP, "support.meetings", meetings).trigger == "persistent-absence"
    ryan.review()
    ryan.move("support.meetings")
    # 9.4: “Listen, and understand barriers to attendance”
    assert {"meeting", "views", "plan"} == set(ryan.do_what_must_be())
    ryan.proposed(REVIEW, "support.meetings", weeks, date(2026, 10, 23))
    # 6.4: “10 sessions of unauthorised absence in a rolling period of 10 school weeks”
    ryan.to(date(2026, 11, 13))
    chance = (
        "6.5, “the school may offer a notice to improve to give parent/carers a final chance to engage with support”"
    )
    assert ryan.proposed(UP, "formal.improvement", chance).trigger == "penalty-threshold"
    ryan.move("formal.improvement")
    # 6.4: “it will check with the local authority before doing so, and send a copy to them”
    assert {"threshold", "best-tool", "checked", "notice"} == set(ryan.do_what_must_be())
    ryan.proposed(REVIEW, "formal.improvement", weeks, date(2026, 12, 4))
    # Six weeks of 13 November end in the holiday: the last school day before it.
    ryan.to(date(2026, 12, 17))
    assert ryan.not_proposed(UP, "formal.referral")
    ryan.to(date(2026, 12, 18))
    period = "6.5, “A clear timeframe of between 3 and 6 weeks for the improvement period”"
    ryan.proposed(UP, "formal.referral", period, date(2026, 12, 18))
    ryan.to(date(2027, 1, 5))
    ryan.move("formal.referral")
    # 4.2: “Referring to the local authority Education Welfare Service when appropriate for consideration of legal
    # intervention”
    ryan.refer()
    (answer,) = [one for one in ryan.proposals() if one.ask == "answer"]
    assert answer.must
    ryan.proposed(REVIEW, "formal.referral", SCHOOLS, date(2027, 2, 2))
    ryan.to(date(2027, 1, 29))
    ryan.answered("accepted")
    assert "answer" not in [one.ask for one in ryan.proposals()]


def test_windsor_and_maidenhead_back_down_to_nothing(family: Make) -> None:
    late = misses("3", "O", until=date(2026, 11, 6))
    ryan = family("windsor-maidenhead", lambda day, half: late(day, half) if day > date(2026, 9, 18) else PRESENT[half])
    ryan.to(date(2026, 10, 2))
    # “Proactively use data to identify pupils at risk of poor attendance.” Two Thursdays of twenty-two days: 90.9%.
    reasons = "“Work with each pupil identified and their parents”"
    assert ryan.proposed(OPEN, "at-risk.reasons", reasons).trigger == "at-risk"
    ryan.open("at-risk.reasons", "at-risk")
    assert {"reasons", "signpost"} == set(ryan.do_what_must_be())
    # Six school weeks of 2 October, with half term between.
    ryan.proposed(REVIEW, "at-risk.reasons", SCHOOLS, date(2026, 11, 20))
    ryan.to(date(2026, 10, 9))
    targeted = "Where absence becomes persistent, put additional targeted support in place to remove any barriers"
    assert ryan.proposed(UP, "persistent.targeted", targeted).trigger == "persistent-absence"
    ryan.move("persistent.targeted")
    assert {"support", "talk"} == set(ryan.do_what_must_be())
    # A term from Friday of the sixth week of the autumn term.
    ryan.proposed(
        REVIEW, "persistent.targeted", "Termly meetings with EWO and Attendance Lead on SLT", date(2027, 2, 12)
    )
    # The support works: every session since is attended.
    ryan.to(date(2027, 1, 15))
    ryan.proposed(DOWN, "at-risk.reasons", reasons)
    ryan.move("at-risk.reasons")
    ryan.to(date(2027, 2, 12))
    # The briefing says nothing of closing.
    ryan.proposed(CLOSE, "at-risk.reasons", SCHOOLS)
    ryan.close("Every session since half term was attended; Ryan meets his friend at the gate.")
    assert ryan.page.state.status is CaseStatus.CLOSED
    assert ryan.proposals() == ()
