"""Texts: to whom they may go, what the guard says, one file whole or none, and each logged with its exact words."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions.early_calls import call_book, put_on_list
from desktop_app.actions.holds import put_hold
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.texting import (
    CHANGED,
    children_to_call,
    children_to_ring_early,
    save_texts,
    text_plan,
)  # fmt: skip
from desktop_app.domain.calls import PlannedText
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Channel, ChannelKind, Flag, FlagKind, Person, Tie
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.letters import parent, reach
from tests.support.schools import SmallSchool

DAY = date(2026, 11, 20)
WORDS = "[child] is not in school. Ring [school phone]."
SAID = "Ryan is not in school. Ring 0151 496 0000."


@pytest.fixture
def told(school: SmallSchool, clock: StillClock) -> SmallSchool:
    clock.set(2026, 11, 20, 9, 20)
    reach(school.context)
    return school


def plan(school: SmallSchool, *names: str, words: str = WORDS) -> tuple[PlannedText, ...]:
    return text_plan(school.context, [school.pupils[one] for one in names or ("Doyle",)], words)


def texts(school: SmallSchool, name: str = "Doyle") -> list[Entry]:
    with school.context.store.reading() as reading:
        return [one for one in reading.entries.of(school.pupils[name]) if one.kind is EntryKind.TEXT]


def put(school: SmallSchool, *facts: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put_many(facts)  # type: ignore[arg-type]


def tied(school: SmallSchool, name: str = "Doyle", **more: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        (tie,) = (one for one in writing.book.all(Tie) if one.pupil == school.pupils[name])
        writing.book.put(replace(tie, **more))  # type: ignore[arg-type]


def with_father(school: SmallSchool, number: str = "07700 900 777", **tie: object) -> int:
    person = parent(school.context, school.pupils["Doyle"], "Mr P Doyle", title="Mr", tie=tie)
    put(school, Channel(0, person, ChannelKind.PHONE, number))
    return person


def read_back(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_each_parent_gets_the_text_and_it_is_logged_to_each_with_its_exact_words(
    told: SmallSchool, tmp_path: Path
) -> None:
    father = with_father(told)
    planned = plan(told)
    saved, changes = save_texts(told.context, planned, WORDS, tmp_path / "today.csv")
    assert read_back(tmp_path / "today.csv") == [
        ["Name", "Mobile", "Text"],
        ["Ms K Doyle", "07700900005", SAID],
        ["Mr P Doyle", "07700900777", SAID],
    ]
    logged = texts(told)
    assert [one.id for one in logged] == list(saved.entries)
    assert [(one.note, one.outcome, len(one.persons)) for one in logged] == [(SAID, "sent", 1)] * 2
    assert logged[1].persons == (father,)
    assert [one.details["mobile"] for one in logged] == ["07700900005", "07700900777"]
    assert (changes.entries, saved.left, told.context.store.check().ok) == (True, (), True)


@pytest.mark.parametrize(
    ("tie", "said"),
    [
        ({"may_contact": False}, "Not to be contacted"),
        ({"may_leave_message": False}, "No message may be left"),
        ({"may_know_why": False}, "May not be told why"),
    ],
)
def test_who_may_not_be_messaged_is_left_out_and_said_so(
    told: SmallSchool, tmp_path: Path, tie: dict[str, object], said: str
) -> None:
    with_father(told, **tie)
    planned = plan(told)
    assert [bool(one.faults) for one in planned] == [False, True]
    assert said in planned[1].why_not
    saved, _ = save_texts(told.context, planned, WORDS, tmp_path / "today.csv", reasons={planned[1].key: "I must"})
    assert len(read_back(tmp_path / "today.csv")) == 2
    assert [(key, said in why) for key, why in saved.left] == [(planned[1].key, True)]


def test_whom_a_court_keeps_away_is_nowhere(told: SmallSchool) -> None:
    with_father(told, no_contact=True)
    assert [one.name for one in plan(told)] == ["Ms K Doyle"]
    tied_to = [one for one in plan(told) if "P Doyle" in f"{one}"]
    assert tied_to == []


def test_of_a_family_that_is_held_nothing_is_said_and_nothing_goes(told: SmallSchool, tmp_path: Path) -> None:
    put_hold(told.context, told.pupils["Doyle"], DAY, None, "sealed words")
    (one,) = plan(told)
    assert (one.name, one.mobile, one.words, one.why_not) == ("", "", "", "See the DSL.")
    with pytest.raises(Refused, match="None of these texts"):
        save_texts(told.context, [one], WORDS, tmp_path / "today.csv", reasons={one.key: "I must"})
    assert (list(tmp_path.glob("today*")), texts(told)) == ([], [])


@pytest.mark.parametrize(
    ("why", "said"), [("bereavement", "A bereavement is recorded"), ("social", "Somebody outside the school works")]
)
def test_a_doubt_of_the_guard_asks_for_a_reason_and_the_right_to_give_one(
    told: SmallSchool, tmp_path: Path, why: str, said: str
) -> None:
    child = told.pupils["Doyle"]
    if why == "social":
        put(told, Flag(0, child, FlagKind.SOCIAL_WORKER, "Ms S", date(2026, 9, 1)))
    else:
        paused = NewEntry(EntryKind.CASE_PAUSED, told.context.now(), (child,), "Bereavement")
        with told.context.store.writing(told.context.deed("set up")) as writing:
            writing.entries.add(replace(paused, details={"until": "2026-12-20"}))
    planned = plan(told)
    assert (planned[0].asks, said in planned[0].why_not) == (True, True)
    with pytest.raises(Refused, match="None of these texts"):
        save_texts(told.context, planned, WORDS, tmp_path / "today.csv")
    office = replace(told.context, staff=replace(told.context.staff, role=Role.OFFICE), alone=False)
    with pytest.raises(NotAllowed):
        save_texts(office, planned, WORDS, tmp_path / "today.csv", reasons={planned[0].key: "Agreed with her."})
    save_texts(told.context, planned, WORDS, tmp_path / "today.csv", reasons={planned[0].key: "Agreed with her."})
    assert texts(told)[0].details["why"] == "Agreed with her."


@pytest.mark.parametrize("number", ["0151 496 0000", "07700 900 005"])
def test_no_mobile_and_the_same_mobile_twice_are_left_out(told: SmallSchool, number: str) -> None:
    with_father(told, number)
    mother, father = plan(told)
    assert (mother.stopped, father.stopped) == (False, True)
    assert "The same number as Ms K Doyle" in father.why_not or "No mobile number" in father.why_not


def test_a_field_of_which_nothing_is_known_stops_the_text_and_an_address_is_no_field(told: SmallSchool) -> None:
    (one,) = plan(told, words="[child] has [attendance].")
    assert "[attendance] is empty" in one.why_not
    with pytest.raises(Refused, match="no field"):
        plan(told, words="We hold [address].")


def test_a_name_that_would_be_a_formula_is_only_a_name(told: SmallSchool, tmp_path: Path) -> None:
    with told.context.store.writing(told.context.deed("set up")) as writing:
        (tie,) = (one for one in writing.book.all(Tie) if one.pupil == told.pupils["Doyle"])
        writing.book.put(Person(tie.person, '=HYPERLINK("x")'))
    save_texts(told.context, plan(told), WORDS, tmp_path / "today.csv")
    assert read_back(tmp_path / "today.csv")[1][0] == '\'=HYPERLINK("x")'


def test_a_file_that_is_there_or_cannot_be_written_changes_nothing(told: SmallSchool, tmp_path: Path) -> None:
    planned, taken = plan(told), tmp_path / "taken.csv"
    taken.write_text("mine")
    (tmp_path / "today.csv.part").mkdir()
    for target, said in (
        (taken, "there already"),
        (tmp_path / "nowhere" / "a.csv", "no folder"),
        (tmp_path / "texts.xlsx", "ends in .csv"),
        (tmp_path / "today.csv", "cannot be written"),
    ):
        with pytest.raises(Refused, match=said):
            save_texts(told.context, planned, WORDS, target)
    assert (texts(told), taken.read_text(), (tmp_path / "today.csv").exists()) == ([], "mine", False)


def test_what_changed_since_it_was_looked_at_is_left_out(told: SmallSchool, tmp_path: Path) -> None:
    with_father(told)
    planned = plan(told)
    with told.context.store.writing(told.context.deed("set up")) as writing:
        (number,) = (one for one in writing.book.all(Channel) if one.value == "07700 900 777")
        writing.book.put(replace(number, value="07700 900 778"))
    saved, _ = save_texts(told.context, planned, WORDS, tmp_path / "today.csv")
    assert saved.left == ((planned[1].key, CHANGED),)
    again = plan(told)
    _, _ = save_texts(told.context, again, WORDS, tmp_path / "more.csv", dropped=[again[0].key])
    assert [row[1] for row in read_back(tmp_path / "more.csv")[1:]] == ["07700900778"]


def test_the_lists_of_today(told: SmallSchool, clock: StillClock) -> None:
    assert (children_to_call(told.context), children_to_ring_early(told.context)) == ((), ())
    write(told.context, [Edit(told.pupils["Kaya"], Session(DAY, Half.AM), "N")])
    put_on_list(told.context, told.pupils["Doyle"], DAY, date(2026, 12, 4), "Late.")
    assert children_to_call(told.context) == (told.pupils["Kaya"],)
    assert children_to_ring_early(told.context) == (told.pupils["Doyle"],)


def test_every_text_that_is_shipped_can_go(told: SmallSchool) -> None:
    for one in call_book().texts.values():
        (made,) = plan(told, words=one.words)
        assert (made.stopped, "[" in made.words) == (False, False)
