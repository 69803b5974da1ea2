"""Choosing the sessions the certificate relies on, by real keys: ticked and not, counted, refused, kept."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.actions.frozen import bundles_of
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.in_person import build_it, place
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.page import CasesPage
from ui.cases.relied_view import NEVER, OFF, ON, RelyModel
from ui.parts.inputs import DateEdit
from ui.pupils.page import PupilsPage

SEPTEMBER = [Session(date(2026, 9, 14), half) for half in HALVES]
ALL = 12
"""Unauthorised sessions of Ryan’s autumn: five days and two halves."""


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    opened = open_at("cases", CasesPage, PupilsPage)
    opened.window.go("cases", pupil=story.pupil, referral=True)
    place(opened).case.referral.choose("statutory-referral")
    return opened


def choose(desk: Desk) -> RelyModel:
    """Go to the sessions from the readiness list, by the letter."""
    place(desk).case.first_focus().setFocus()
    desk.press("s")
    relied = place(desk).bundling.relied
    assert relied.isVisible(), desk.said
    assert relied.view.hasFocus()
    return relied.model


def put_day(desk: Desk, field: DateEdit, day: str) -> None:
    """Type a day into a field, and leave it."""
    field.setFocus()
    field.selectAll()
    desk.type(day)
    desk.press("Tab")


def signs(model: RelyModel) -> list[str]:
    return [model.sign(one) for one in model.lines]


def test_the_model_keeps_qts_rules(desk: Desk) -> None:
    lines = choose(desk).lines
    model = RelyModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines)
    model.tick([lines[0].session])
    assert signs(model)[:2] == [ON, OFF]
    assert tester.model() is model


def test_at_first_every_session_is_relied_on_with_its_last_day(desk: Desk) -> None:
    model = choose(desk)
    assert signs(model) == [ON] * ALL
    assert [one.session for one in model.lines][:2] == SEPTEMBER
    relied = place(desk).bundling.relied
    assert relied.header.subtitle.text() == f"{ALL} of {ALL} relied on"
    assert "To be laid by Sun 14 Mar 2027; the last school day till then is Fri 12 Mar." in model.spoken(model.lines[0])
    assert "to be laid by Sun 14 Mar 2027" in relied.clock.text()


def test_the_space_bar_takes_the_tick_away_and_all_is_counted_at_once(desk: Desk) -> None:
    model, relied = choose(desk), place(desk).bundling.relied
    desk.press("Space", "Down", "Space")
    assert signs(model)[:3] == [OFF, OFF, ON]
    assert relied.header.subtitle.text() == f"{ALL - 2} of {ALL} relied on"
    assert relied.clock.text().startswith("The earliest is of Mon 28 Sep 2026: to be laid by Sun 28 Mar 2027")
    desk.press("Escape")
    case = place(desk).case
    assert case.isVisible()
    assert case.asked.relied.text() == f"Sessions relied on: {ALL - 2} of {ALL}"
    assert case.plan is not None
    assert SEPTEMBER[0] not in case.plan.request.offences
    assert choose(desk) is model
    assert signs(model)[:3] == [OFF, OFF, ON], "what was chosen stays"
    desk.press("a", "Return")
    assert case.asked.offences == ()
    assert case.asked.relied.text() == f"Sessions relied on: all of {ALL}"


def test_one_alone_and_never_none(desk: Desk) -> None:
    model = choose(desk)
    desk.press("Down", "o")
    assert signs(model) == [OFF, ON, *[OFF] * (ALL - 2)]
    desk.press("Space")
    assert signs(model)[1] == ON
    assert "at least one session" in desk.said


def test_what_is_too_old_on_the_day_of_laying_is_refused_with_the_reason(desk: Desk, story: Story) -> None:
    case = place(desk).case
    case.referral.choose("prosecution")
    case.asked.whose.choose(story.mother)
    put_day(desk, case.asked.laying, "15/3/2027")
    model = choose(desk)
    assert signs(model)[:3] == [NEVER, NEVER, ON]
    desk.press("Space")
    assert signs(model)[0] == NEVER
    assert "cannot be relied on. It is older than six months on 15 March 2027" in desk.said
    desk.press("o")
    assert "cannot be relied on" in desk.said
    assert place(desk).bundling.relied.header.subtitle.text() == f"{ALL - 2} of {ALL - 2} relied on"


def test_a_choice_that_can_no_longer_be_relied_on_is_shown_and_taken_away(desk: Desk, story: Story) -> None:
    case = place(desk).case
    case.referral.choose("prosecution")
    case.asked.whose.choose(story.mother)
    choose(desk)
    desk.press("o", "Down", "Down", "Space", "Escape")
    put_day(desk, case.asked.laying, "15/3/2027")
    model = choose(desk)
    subtitle = place(desk).bundling.relied.header.subtitle
    assert (signs(model)[0], model.lines[0].why_not != "") == (ON, True)
    assert subtitle.text() == f"1 of {ALL - 2} relied on · 1 ticked that cannot be: take the tick away"
    desk.press("Space")
    assert signs(model)[:3] == [NEVER, NEVER, ON]
    assert subtitle.text() == f"1 of {ALL - 2} relied on"


def test_the_bundle_lists_those_alone_and_keeps_the_choice(desk: Desk, story: Story, qtbot: QtBot) -> None:
    choose(desk)
    desk.press("o", "Down", "Space", "Escape")
    build_it(desk, qtbot)
    built = place(desk).preview._built
    assert built is not None
    pages = [page.extract_text() for page in PdfReader(BytesIO(built.content)).pages]
    certificate = next(text for text in pages if "Each unauthorised absence relied on" in text)
    assert "Mon 14 Sep 2026 AM PM" in certificate
    assert "28 Sep 2026" not in certificate
    assert f"2 sessions relied on, of {ALL} unauthorised sessions in all" in certificate
    (kept,) = bundles_of(desk.context, story.pupil)
    assert kept.entry.details["offences"] == "2026-09-14 AM; 2026-09-14 PM"


def test_a_referral_without_a_certificate_has_none_to_choose(desk: Desk) -> None:
    case = place(desk).case
    assert case.plan is not None
    without = [one for one in case.plan.pack.referrals if not one.has("certificate")]
    case.referral.choose(without[0].key)
    assert case.asked.relied.isHidden()
    case.first_focus().setFocus()
    desk.press("s")
    assert case.isVisible()


def test_a_period_without_such_a_session_says_so(desk: Desk) -> None:
    case = place(desk).case
    put_day(desk, case.asked.first, "20/11/2026")
    case.first_focus().setFocus()
    desk.press("s")
    assert case.isVisible()
    assert "no unauthorised session" in desk.said


def test_on_is_a_word_too(desk: Desk) -> None:
    model = choose(desk)
    desk.press("Space")
    assert "not relied on" in model.spoken(model.lines[0])
    assert ": relied on" in model.spoken(model.lines[1])
    assert model.lines[1].session.half is Half.PM
