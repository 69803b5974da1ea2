"""`readiness` at the headless door: each line of a referral, what meets it, and what to do."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from tests.cli.conftest import Run
from tests.support.referrals import tell_story
from tests.support.schools import SmallSchool

CHILD = ("--pupil", "H801200001001", "--on", "2026-11-20")


def test_each_line_says_what_meets_it_or_what_to_do(school: SmallSchool, run: Run) -> None:
    tell_story(school)
    school.context.store.close()
    asked = run("readiness", "--store", school.path, *CHILD, "--referral", "statutory-referral")
    assert asked.code == 0, asked.errors
    lines = {one["line"]: one for one in asked.value}
    assert set(lines["letters"]) == {"line", "title", "met", "state", "says", "by", "do", "part", "source"}
    for line in lines.values():
        assert line["met"] == (line["state"] == "met")
        assert (line["do"] is None) == line["met"]
        assert line["title"]
        assert line["source"]
    letters = lines["letters"]
    assert letters["met"] is True
    assert [one["says"] for one in letters["by"]] == ["Letter, 6 October 2026: Letter 1, first class post"] * 2
    assert all(isinstance(one["entry"], int) for one in letters["by"])
    known = lines["responsibility"]
    assert (known["state"], known["do"]["at"]) == ("missing", "person")


def test_an_open_session_is_named_and_a_period_may_leave_it_out(school: SmallSchool, run: Run) -> None:
    story = tell_story(school)
    with school.context.store.writing(school.context.deed("mark")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 12), Half.AM, "N", amends=True)])
    school.context.store.close()
    ask = ("readiness", "--store", school.path, *CHILD, "--referral", "statutory-referral")
    line = next(one for one in run(*ask).value if one["line"] == "no-n-or-gaps")
    assert line["by"] == [{"says": "Thu 12 Nov 2026 AM: N", "entry": None, "session": "2026-11-12 AM"}]
    assert line["do"]["about"] == "2026-11-12 AM"
    before = next(one for one in run(*ask, "--to", "2026-11-11").value if one["line"] == "no-n-or-gaps")
    assert before["met"] is True


def test_what_cannot_be_asked_is_refused(school: SmallSchool, run: Run) -> None:
    tell_story(school)
    school.context.store.close()
    at = ("readiness", "--store", school.path)
    unknown = run(*at, *CHILD, "--referral", "nope")
    assert unknown.code == 2
    assert "nope" in unknown.value["error"]
    nobody = run(*at, *CHILD, "--referral", "statutory-referral", "--parent", "Wayne Grimsby")
    assert nobody.code == 2
    assert run(*at, *CHILD).code == 2


def test_a_referral_for_the_court_is_of_one_parent_and_may_have_a_day_of_laying(school: SmallSchool, run: Run) -> None:
    tell_story(school)
    school.context.store.close()
    ask = ("readiness", "--store", school.path, *CHILD, "--referral", "prosecution")
    whose = run(*ask)
    assert whose.code == 2
    assert "one parent at a time" in whose.value["error"]
    mothers = (*ask, "--parent", "Karen Doyle")
    line = next(one for one in run(*mothers).value if one["line"] == "within-time")
    assert (line["met"], line["by"][0]["session"]) == (True, "2026-09-14 AM")
    laid = run(*mothers, "--laying", "2027-03-15").value
    later = next(one for one in laid if one["line"] == "within-time")
    assert (later["met"], later["by"][0]["session"]) == (True, "2026-09-28 AM")
