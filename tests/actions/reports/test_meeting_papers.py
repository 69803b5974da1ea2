"""The papers of a meeting about a child: what is on record of it, and no word of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.case_work import add_task, say
from desktop_app.actions.casework import open_at
from desktop_app.actions.log import log
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.domain.cases import MEETING, Voice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Tie
from desktop_app.domain.report import Report, TableBlock, TextBlock
from desktop_app.domain.rulebook import Rulebook
from tests.support.clock import StillClock
from tests.support.report_school import FRIDAY, mark_two_weeks
from tests.support.schools import SmallSchool, fill_school, make_school


@pytest.fixture
def halton(tmp_path: Path, house: House, rulebook: Rulebook, clock: StillClock) -> Iterator[SmallSchool]:
    """A Halton school with two weeks of marks; Ryan's case is followed up, with a barrier and a task."""
    path = tmp_path / "heath.rollbook"
    context = make_school(house, path, rulebook, clock, la="halton")
    school = SmallSchool(context, fill_school(context), path)
    mark_two_weeks(school, clock)
    ryan = school.pupils["Doyle"]
    case, _ = open_at(context, ryan, "monitor.follow-up")
    say(
        context,
        case,
        EntryKind.BARRIER,
        "She shouts in the morning.",
        voice=Voice.PARENT,
        person=mother(school),
        area="bullying",
    )
    add_task(context, case, "Buddy at the gate", date(2026, 11, 27), owner=context.staff.id)
    clock.local = datetime(2026, 11, 20, 16, 30)
    yield school
    context.store.close()


def mother(school: SmallSchool) -> int:
    with school.context.store.reading() as reading:
        return next(tie.person for tie in reading.book.all(Tie) if tie.pupil == school.pupils["Doyle"])


def meet(school: SmallSchool, at: datetime, outcome: str = "held", note: str = "", **details: str) -> int:
    entry = NewEntry(
        EntryKind.MEETING,
        at,
        (school.pupils["Doyle"],),
        outcome,
        (mother(school),),
        note,
        {MEETING: "family", **details},
    )
    return log(school.context, entry)[0]


def paper(school: SmallSchool, key: str, meeting: str = "family") -> Report:
    return make_report(school.context, key, Asked(FRIDAY, pupil=school.pupils["Doyle"], meeting=meeting))


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and one.title.startswith(title))


def texts(report: Report) -> dict[str, str]:
    return {one.heading: one.text for one in report.blocks if isinstance(one, TextBlock)}


def everything(report: Report) -> str:
    return repr(report)


def test_the_agenda_has_the_packs_points_and_what_is_on_record(halton: SmallSchool) -> None:
    rule = halton.context.rulebook.packs["halton"].casework.meeting("family")
    assert rule is not None
    made = paper(halton, "agenda")
    assert made.title == "Agenda: Meeting with the family"
    assert [row[1] for row in table(made, "To talk about").rows] == [
        point[0].upper() + point[1:] for point in rule.agenda
    ]
    assert texts(made)["Where the case stands"].startswith("Expect and monitor, Absence followed up, since 20 November")
    assert table(made, "Agreed and still open").rows == (
        ("Buddy at the gate", "Dr A Rahman", date(2026, 11, 27)),
        ("Review Absence followed up", "nobody named", date(2026, 12, 11)),
    )


def test_a_barrier_is_named_and_a_parents_words_are_not_repeated(halton: SmallSchool) -> None:
    made = paper(halton, "agenda")
    assert table(made, "What is in the way").rows == (("Bullying", "a parent"),)
    assert "shouts" not in everything(made)


def test_it_lists_what_was_done_since_the_last_such_meeting(halton: SmallSchool, clock: StillClock) -> None:
    ryan = halton.pupils["Doyle"]
    for day, said in ((9, "spoke, before the meeting"), (18, "spoke, after the meeting")):
        log(halton.context, NewEntry(EntryKind.PHONE_CALL, datetime(2026, 11, day, 9, 0), (ryan,), said))
    meet(halton, datetime(2026, 11, 12, 14, 0))
    done = table(paper(halton, "agenda"), "Done since")
    assert done.title == "Done since the last such meeting, 12 November 2026"
    assert [row[2] for row in done.rows] == ["spoke, after the meeting", "Absence followed up"]


def test_restricted_notes_and_other_children_are_not_on_paper(halton: SmallSchool) -> None:
    ryan, tobi = halton.pupils["Doyle"], halton.pupils["Abara"]
    at = datetime(2026, 11, 18, 9, 0)
    log(halton.context, NewEntry(EntryKind.NOTE, at, (ryan,), "canary of the safe", restricted=True))
    log(halton.context, NewEntry(EntryKind.PHONE_CALL, at, (ryan, tobi), "Tobi hit him, she said"))
    made = everything(paper(halton, "agenda"))
    assert "canary" not in made
    assert "Tobi" not in made
    assert "kept back" in made


def test_the_minutes_are_made_from_the_entry(halton: SmallSchool) -> None:
    meet(halton, datetime(2026, 11, 6, 14, 0), "put off")
    meet(
        halton, datetime(2026, 11, 12, 14, 0), "held", "He likes the new class.", place="in school",
        attendees="Mrs Ode, class teacher", agreed="A buddy at the gate.", next="2026-12-03",
    )  # fmt: skip
    made = paper(halton, "minutes")
    said = texts(made)
    assert (
        said["Held"] == "Thursday 12 November 2026, 14:00, in school: held."
        or "12 November 2026, 14:00" in said["Held"]
    )
    assert "Mrs Ode, class teacher" in said["Who was there"]
    assert said["What was said"] == "He likes the new class."
    assert said["What was agreed"] == "A buddy at the gate."
    assert "3 December 2026" in said["Next meeting"]
    assert table(made, "Who does what").rows[0][0] == "Buddy at the gate"


def test_what_is_not_there_is_refused_in_words(halton: SmallSchool) -> None:
    with pytest.raises(Refused, match="No Meeting with the family about Ryan Doyle is on record"):
        paper(halton, "minutes")
    with pytest.raises(Refused, match="family, targeting"):
        paper(halton, "agenda", "tea")
    with pytest.raises(Refused, match="which child"):
        make_report(halton.context, "agenda", Asked(FRIDAY, meeting="family"))
