"""What the packs say of casework, held against the sentences of the authorities."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.casework import Answerable, Ask, CaseStep, Casework, Interval, Issuer, Measure, Service, Unit
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import FlagKind

BOOK = rulebooks.load(paths.resources())
OURS = ("knowsley", "sefton")
"""Whose own handbook is long enough to say who answers, what a meeting is about and what a formal measure asks."""
QUOTED = "wt"
"""The guidance: a value of any pack that rests on it quotes it, as it quotes the authority’s own words."""
EVERY = tuple(sorted(BOOK.packs))
CHOICE = "The school’s choice"


def work(key: str) -> Casework:
    return BOOK.packs[key].casework


def step(pack: str, key: str) -> CaseStep:
    found = work(pack).step(key)
    assert found is not None, key
    return found


def ask_of(pack: str, step_key: str, key: str) -> Ask:
    return next(one for one in step(pack, step_key).asks if one.key == key)


def so_many(interval: Interval) -> tuple[int, Unit]:
    return interval.value, interval.unit


def rows(value: object, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every table of a file, with its place."""
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        yield place, table
        for key, below in table.items():
            yield from rows(below, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for below in cast("list[object]", value):
            yield from rows(below, place)


@pytest.mark.parametrize("key", EVERY)
def test_every_value_says_the_place_it_comes_from_or_that_it_is_the_schools_choice(key: str) -> None:
    """A source of the authority, or of the guidance, quotes some of its words; none is left without a place."""
    with (paths.resources() / "authorities" / f"{key}.toml").open("rb") as file:
        whole = tomllib.load(file)
    own = whole["source"]
    free = {"", "sources", "formal", "example", "example_half_term", "step_example", "form.field", "referral.part"}
    for place, table in rows(whole):
        if place in free or place.endswith("params"):
            continue
        source = table["source"]
        named, _, words = source.partition(": ")
        assert named in whole["sources"], (place, source)
        assert words, (place, source)
        if named in {own, QUOTED}:
            assert re.search("“[^”]{8,}”", words), (place, table.get("key"), source)


@pytest.mark.parametrize("key", EVERY)
def test_nobody_is_named_in_a_pack(key: str) -> None:
    """A team, its telephone and its own address; the people in it are for the school to write down."""
    for contact in work(key).contacts:
        assert not re.match(r"0?7\d", contact.phone.replace(" ", "")), contact.key
        assert not re.match(r"[A-Za-z]+\.[A-Za-z-]+@knowsley", contact.email), contact.key


def test_knowsley_after_six_weeks_an_early_help_assessment_must_be_completed() -> None:
    """“If Level 1 support has occurred for 6 weeks - with little or no improvement, then an Early Help Assessment must
    be completed”."""
    first = step("knowsley", "level-1.school")
    assert first.opens == ("level-one",)
    assert first.stay is not None
    assert (so_many(first.stay.longest), first.stay.then) == ((6, Unit.WEEKS), "level-1.early-help")
    assert "must be completed" in first.stay.longest.source
    second = step("knowsley", "level-1.early-help")
    assert second.opens == ("no-improvement",)
    assert ask_of("knowsley", second.key, "assessment").must
    assert ask_of("knowsley", second.key, "assessment").kind == EntryKind.EARLY_HELP


@pytest.mark.parametrize(
    ("key", "every", "meeting"),
    [
        ("level-1.early-help", (4, Unit.WEEKS), "taf"),
        ("level-2.aim", (3, Unit.WEEKS), "aim"),
        ("level-2.aim-own", (3, Unit.WEEKS), "aim"),
        ("level-3.family-first", (4, Unit.WEEKS), "taf"),
        ("level-3.claag", (2, Unit.WEEKS), "claag"),
    ],
)
def test_knowsleys_rhythm(key: str, every: tuple[int, Unit], meeting: str) -> None:
    """“every 4 weeks”, “after 3 weeks”, “bi weekly group”."""
    review = step("knowsley", key).review
    assert review is not None
    assert (so_many(review.every), review.meeting) == (every, meeting)


def test_knowsley_level_two_lasts_no_longer_than_one_half_term() -> None:
    """“Cases at Level 2 should not be extended beyond one half term”; the meeting’s actions “continue for another 3
    weeks and then escalate this”."""
    level = work("knowsley").level_of("level-2.aim")
    assert level is not None
    assert level.stay is not None
    assert (so_many(level.stay.longest), level.stay.then) == ((1, Unit.HALF_TERMS), "level-3.step-up")
    for key in ("level-2.aim", "level-2.aim-own"):
        stay = step("knowsley", key).stay
        assert stay is not None
        assert (so_many(stay.longest), stay.then) == ((6, Unit.WEEKS), "level-3.step-up")


@pytest.mark.parametrize(
    ("service", "way"),
    [
        (Service.LA, ["level-2.check", "level-2.aim", "level-3.statutory"]),
        (Service.OTHER, ["level-2.provider", "level-2.aim-own", "level-3.statutory-form"]),
        (Service.NONE, ["level-2.own", "level-2.aim-own", "level-3.statutory-form"]),
    ],
)
def test_the_service_a_school_has_bought_decides_its_way_through_knowsleys_levels(
    service: Service, way: list[str]
) -> None:
    """Practice 34; “This would then be picked up by the statutory officer” only after the form."""
    found = [one.key for one in work("knowsley").steps if one.services and service in one.services]
    assert found == way
    form = any(one.key == "form" for one in step("knowsley", way[-1]).asks)
    assert form == (service is not Service.LA)


def test_seventy_five_per_cent_exactly_prompts_the_profile_before_the_group() -> None:
    """Practice 35: “75% or below”, and “prior to the referral”."""
    claag = step("knowsley", "level-3.claag")
    assert (claag.opens, claag.urgent) == (("neglect-factor",), True)
    spec = next(one for one in BOOK.packs["knowsley"].triggers if one.key == "neglect-factor")
    assert (spec.rule, spec.params["percent"]) == ("at-most", "75")
    profile = ask_of("knowsley", claag.key, "care-profile")
    assert (profile.kind, profile.must) == (EntryKind.ASSESSMENT, True)


def test_a_bereaved_family_rests_for_six_weeks_at_most_and_only_there() -> None:
    """“a clear timescale for reviewing the case are set (no longer than 6 weeks)”."""
    pause = next(one for one in work("knowsley").pauses if one.key == "bereavement")
    assert pause.longest is not None
    assert so_many(pause.longest) == (6, Unit.WEEKS)
    assert "no longer than 6 weeks" in pause.longest.source
    theirs = next(one for one in work("sefton").pauses if one.key == "bereavement")
    assert theirs.longest is not None
    assert theirs.longest.source.startswith(CHOICE)


def test_knowsleys_form_for_level_two_asks_for_all_that_the_handbook_lists() -> None:
    form = work("knowsley").form("level-2-referral")
    assert form is not None
    assert len(form.fields) == 12
    assert [one.record for one in form.fields[:5]] == ["pupil", "attendance", "earlier-years", "siblings", "parents"]
    factors = work("knowsley").form("neglect-factors")
    assert factors is not None
    assert len(factors.fields) == 12
    assert {one.key for one in work("knowsley").forms} >= {"statutory-referral", "claag-referral", "care-profile"}


@pytest.mark.parametrize(
    ("key", "opens"),
    [
        ("early.talk", "band-crossed"),
        ("school-panel.panel", "persistent-absence"),
        ("early-help.plan", "early-help"),
        ("school-panel.notice", "penalty-threshold"),
        ("severe.support", "severe-absence"),
        ("severe.social-care", "social-care-plan"),
    ],
)
def test_a_line_of_seftons_table_opens_its_step(key: str, opens: str) -> None:
    assert step("sefton", key).opens == (opens,)


def test_sefton_monitors_for_twelve_weeks_and_considers_an_order_before_court() -> None:
    """“12 week monitoring period with no improvement”; “In all cases, local authorities must fully consider using an
    ESO before moving forward to prosecution”."""
    stay = step("sefton", "lasap.contract").stay
    assert stay is not None
    assert (so_many(stay.longest), stay.then) == ((12, Unit.WEEKS), "legal.order-considered")
    assert step("sefton", "legal.prosecution").after == ("legal.order-considered",)
    assert ask_of("sefton", "legal.prosecution", "order").must


def test_sefton_closes_no_case_while_absence_is_severe() -> None:
    """Practice 36."""
    close = work("sefton").close
    assert close is not None
    assert close.not_while is Measure.SEVERE
    assert "cases will not be closed if severe absence is still an issue" in close.source
    assert work("knowsley").close is None


def test_team_around_the_school_and_fast_are_steps_and_etac_is_looked_at_monthly() -> None:
    """Practice 36."""
    ways = step("sefton", "school-panel.panel").next
    assert {"school-panel.team-around", "school-panel.fast"} <= set(ways)
    etac = step("sefton", "severe.etac")
    assert etac.review is not None
    assert so_many(etac.review.every) == (1, Unit.MONTHS)
    assert (etac.after, etac.urgent) == ((), True)


def test_what_is_asked_only_for_some_children() -> None:
    flags = {one.key: one.flags for one in step("sefton", "legal.order-considered").asks if one.flags}
    assert set(flags) == {"safeguarding"}
    assert FlagKind.CHILD_PROTECTION in flags["safeguarding"]
    assert ask_of("knowsley", "level-2.check", "ehcp").flags == (FlagKind.EHCP,)


def test_the_targeted_support_meeting_is_held_each_term() -> None:
    asks = [one for step in work("sefton").steps for one in step.asks if one.meeting == "support-meeting"]
    assert asks
    assert all(one.within is not None and so_many(one.within) == (1, Unit.TERMS) for one in asks)
    for key in OURS:
        meeting = work(key).meeting("support-meeting")
        assert meeting is not None
        assert meeting.agenda


@pytest.mark.parametrize("key", OURS)
def test_who_answers_where_the_child_lives_elsewhere(key: str) -> None:
    who = {one.key: one.who for one in work(key).borders}
    assert who == {
        "early-help": Answerable.HOME,
        "social-care": Answerable.HOME,
        "looked-after": Answerable.HOME,
        "alternative": Answerable.HOME,
        "sen-support": Answerable.BOTH,
        "ehcp": Answerable.BOTH,
        "transport": Answerable.HOME,
        "order": Answerable.HOME,
        "penalty": Answerable.SCHOOL,
        "prosecution": Answerable.SCHOOL,
    }


@pytest.mark.parametrize("key", OURS)
def test_the_formal_measures(key: str) -> None:
    formal = work(key).formal
    assert formal.improvement is not None
    assert formal.contract is not None
    assert formal.penalty is not None
    assert formal.court is not None
    assert formal.improvement.issuer is Issuer.ASK
    assert formal.improvement.check_first
    assert 3 <= formal.improvement.weeks <= 6
    assert (formal.contract.issuer, formal.contract.weeks) == (Issuer.LA, 12)
    assert formal.penalty.issuer is Issuer.LA
    referral = BOOK.packs[key].referral(formal.penalty.referral)
    assert referral is not None
    assert any(one.rule == "unauthorised-in-weeks" for one in referral.requirements)


@pytest.mark.parametrize("key", EVERY)
def test_each_step_says_what_to_do_and_leads_somewhere(key: str) -> None:
    for one in work(key).steps:
        assert one.asks, one.key
        assert any(ask.must for ask in one.asks), one.key
        assert one.ways, one.key
        assert one.review is not None, f"{one.key} would rest for ever"
        assert not one.title.endswith("."), one.key
        assert not one.what or one.what.endswith("."), one.key
        for ask in one.asks:
            assert not ask.title.endswith("."), (one.key, ask.key)
            assert not ask.what or ask.what.endswith((".", "?")), (one.key, ask.key)


@pytest.mark.parametrize("key", EVERY)
def test_a_kind_that_an_ask_names_can_be_written_by_somebody(key: str) -> None:
    """By the log, or by the deed that does the thing: every kind has its form, or the case’s own deeds write it."""
    deeds = {EntryKind.BARRIER, EntryKind.TARGET, EntryKind.REVIEW, EntryKind.TOLD}
    for one in work(key).steps:
        for ask in one.asks:
            assert not ask.kind or EntryKind(ask.kind) in {*BOOK.kinds.rules, *deeds}, (one.key, ask.key)


@pytest.mark.parametrize("key", EVERY)
def test_an_outcome_that_an_ask_waits_for_is_one_its_kind_has(key: str) -> None:
    for one in work(key).steps:
        for ask in one.asks:
            known = BOOK.kinds.rules[EntryKind(ask.kind)].outcomes if ask.outcomes else ()
            assert set(ask.outcomes) <= set(known), (one.key, ask.key)


def test_an_assessment_must_be_completed() -> None:
    done = "knowsley", "level-1.early-help", "assessment"
    assert ask_of(*done).outcomes == ("completed",), "“an Early Help Assessment must be completed”"


@pytest.mark.parametrize("key", EVERY)
def test_every_meeting_of_a_pack_is_used_or_is_the_authoritys_termly_one(key: str) -> None:
    used = {ask.meeting for one in work(key).steps for ask in one.asks} | {
        one.review.meeting for one in work(key).steps if one.review
    }
    assert {one.key for one in work(key).meetings} - used <= {"support-meeting"}


@pytest.mark.parametrize("key", EVERY)
def test_a_case_at_the_authority_is_looked_at_until_it_has_answered(key: str) -> None:
    """Where a step asks for a referral to the authority and leads no further up, its answer must have come, and the
    step is looked at within the month."""
    steps = work(key).steps
    for number, one in enumerate(steps):
        above = {other.key for other in steps[number + 1 :]}
        asks = [ask for ask in one.asks if ask.kind == EntryKind.LA_REFERRAL]
        if not asks or above & set(one.ways) or one.key.endswith(".prosecution"):
            continue
        assert any(ask.must and set(ask.outcomes) == {"accepted", "not accepted", "answered"} for ask in asks), one.key
        assert one.review is not None
        assert so_many(one.review.every) == (4, Unit.WEEKS)


def test_in_sefton_nobody_comes_from_the_panel_to_the_order_without_the_twelve_weeks() -> None:
    """“Following referral to LA School Attendance Panel and 12-week monitoring period with no improvement”."""
    considered = step("sefton", "legal.order-considered")
    assert "lasap.panel" not in considered.after
    for key in ("lasap.panel", "severe.support"):
        assert considered.key not in step("sefton", key).ways
    for one in work("sefton").steps:
        assert considered.key not in one.ways or one.key in considered.after, one.key
    assert "before-the-order" in {one.key for one in work("sefton").choices}


@pytest.mark.parametrize("key", EVERY)
def test_where_the_authority_disagrees_with_itself_both_are_said(key: str) -> None:
    choices = {one.key: one for one in work(key).choices}
    assert len(choices) > (12 if key in OURS else 2 if key != "england" else -1)
    assert all(one.says.endswith(".") and one.takes.endswith(".") for one in choices.values())
    expected = {"knowsley": {"taf-rhythm", "aim-end", "weeks"}, "sefton": {"whole-numbers", "sums", "weeks"}}
    assert expected.get(key, set()) <= set(choices)
    assert key not in OURS or "last school day before" in choices["weeks"].takes


def test_what_is_asked_in_windsor_and_maidenhead_of_a_child_with_a_social_worker_or_looked_after() -> None:
    """“informing the pupil’s social worker if there are any unexplained absences”; Personal Education Plans with the
    Virtual School Head; “Where there are safeguarding concerns, intensify support through … social care”."""
    for key in ("at-risk.reasons", "persistent.targeted", "severe.joint"):
        worker, plan = (ask_of("windsor-maidenhead", key, name) for name in ("worker", "pep"))
        assert worker.must
        assert {FlagKind.SOCIAL_WORKER, FlagKind.CHILD_PROTECTION} <= set(worker.flags)
        assert plan.flags == (FlagKind.LOOKED_AFTER,)
    assert ask_of("windsor-maidenhead", "persistent.targeted", "safeguarding").kind == EntryKind.AGENCY_REFERRAL
    assert FlagKind.MEDICAL in ask_of("windsor-maidenhead", "persistent.targeted", "medical").flags
    assert step("windsor-maidenhead", "severe.held").services == (Service.LA,), "“Case holding at Severe absence”"
    assert work("windsor-maidenhead").form("action-plan") is not None
    assert {one.key for one in work("windsor-maidenhead").contacts} >= {
        "ews",
        "traded",
        "virtual-school",
        "social-care",
    }


def test_what_haltons_policy_asks_besides() -> None:
    """5.5, 8.2 and 9.3."""
    assert {"officer", "youth-offending"} <= {one.key for one in step("halton", "monitor.follow-up").asks}
    told = ask_of("halton", "support.meetings", "ehcp")
    assert (told.must, told.flags) == (True, (FlagKind.EHCP,))
    assert ask_of("halton", "support.meetings", "schools").kind == EntryKind.OTHER_SCHOOL
    assert "monitoring" in {one.key for one in work("halton").choices}


def test_knowsleys_multi_agency_form_and_contract_are_among_its_forms() -> None:
    assert {"marf", "parenting-contract"} <= {one.key for one in work("knowsley").forms}


@pytest.mark.parametrize("key", ["halton", "knowsley", "windsor-maidenhead"])
def test_a_pack_says_that_names_are_left_out_on_purpose(key: str) -> None:
    names = next(one for one in work(key).choices if one.key == "names")
    assert "people change" in names.takes
