"""The call card by keyboard: whom to dial, one key for what came of it, the next family; nothing half typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.people import (
    Answer,
    Channel,
    ChannelKind,
    Flag,
    FlagKind,
    Hold,
    Membership,
    Person,
    Tie,
)  # fmt: skip
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.chasing import WRONG, Outcome
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil
from tests.support.windows import Desk, open_desk
from ui.parts.buttons import Button
from ui.parts.text import Label
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.theme import Theme
from ui.today.page import TodayPage
from ui.tokens import TextRole

DAY = date(2026, 11, 20)
MORNING = Session(DAY, Half.AM)


@pytest.fixture
def morning(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Ryan and Amy Doyle and Hamza Chaudhry are N at ten past nine; the Doyles have a father with a number too."""
    context = school.context
    with context.store.writing(context.deed("family")) as writing:
        amy = school.pupils["Amy"] = writing.book.put(pupil("Doyle", "Amy", 20))
        writing.book.put(Membership(0, amy, "2A", "2", date(2026, 9, 1)))
        mother = school.pupils["mother"] = next(
            one.person for one in writing.book.all(Tie) if one.pupil == school.pupils["Doyle"]
        )
        writing.book.put(Tie(0, amy, mother, "mother", Answer.YES, Answer.YES))
        father = school.pupils["father"] = writing.book.put(Person(0, "Mr P Doyle", "Mr"))
        writing.book.put_many(Tie(0, key, father, "father", priority=2) for key in (school.pupils["Doyle"], amy))
        writing.book.put(Channel(0, father, ChannelKind.PHONE, "07700 900 777"))
    write(context, [Edit(school.pupils[name], MORNING, "N") for name in ("Doyle", "Amy", "Chaudhry")])
    clock.set(2026, 11, 20, 9, 10)
    return school


@pytest.fixture
def desk(morning: SmallSchool, open_at) -> Desk:
    return open_at("today", TodayPage, RegisterPage, PupilsPage)


def page(desk: Desk) -> TodayPage:
    found = desk.window.page("today")
    assert isinstance(found, TodayPage)
    return found


def words(desk: Desk) -> list[str]:
    """Every label and button of the card that is in sight."""
    card = page(desk).card
    parts = [one for kind in (Label, Button) for one in card.findChildren(kind)]
    return [one.text() for one in parts if one.isVisible()]


def open_on(desk: Desk, forename: str) -> None:
    """Open the card of a family from the list."""
    here = page(desk)
    line = next(one for one in here.model.lines if one.child.pupil.forename == forename)
    here.calling.pick(line.key, 0)
    here.calling.setFocus()
    desk.press("Return")


def entries(school: SmallSchool, name: str = "Doyle") -> list[Entry]:
    with school.context.store.reading() as reading:
        return reading.entries.of(school.pupils[name])


def code(school: SmallSchool, name: str) -> str:
    with school.context.store.reading() as reading:
        found = reading.marks.at(school.pupils[name], MORNING)
    return found.code if found else ""


def put(school: SmallSchool, *facts: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put_many(facts)  # type: ignore[arg-type]


def test_enter_shows_the_siblings_together_and_the_number_large_enough_to_read_from_the_phone(desk: Desk) -> None:
    open_on(desk, "Amy")
    card = page(desk).card
    assert card.isVisible()
    assert card.title.text() == "Call about Amy and Ryan"
    assert [tick.text() for tick in card.facts.ticks.values()] == [
        "Doyle, Amy 2A · Today AM",
        "Doyle, Ryan 4B · Today AM",
    ]
    assert card.facts.number.text() == "07700 900005"
    assert QFontMetrics(card.facts.number.font()).height() >= 40
    assert card.facts.number.font() == desk.window.theme.font(TextRole.BIG)
    assert "Ms K Doyle · mother" in words(desk)
    assert "number 1 of 2" in words(desk)
    assert "Not called yet." in words(desk)
    assert "07700 900 777 Mr P Doyle" in words(desk)


def test_spoke_ill_i_takes_three_keys_and_the_next_family_comes(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    desk.pressed = 0
    desk.press("s", "i", "Return")
    assert desk.pressed <= 4
    assert (code(morning, "Doyle"), code(morning, "Amy"), code(morning, "Chaudhry")) == ("I", "I", "N")
    entry = entries(morning)[-1]
    title = desk.context.rulebook.codes["I"].title
    assert (entry.kind, entry.outcome, entry.note) == (EntryKind.PHONE_CALL, "Spoke", f"Reason given: {title}")
    card = page(desk).card
    assert card.isVisible()
    assert card.title.text() == "Call about Hamza"
    assert desk.focus is card.outcomes[Outcome.SPOKE]
    assert "Ctrl+Z takes the code back" in desk.said
    assert card.said.text() == ""


def test_what_was_said_proposes_the_code_and_a_person_decides(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    desk.press("s")
    desk.type("both been sick all night")
    card = page(desk).card
    assert card.code.text() == "I"
    assert any(one.endswith("(proposed)") for one in words(desk))
    desk.press("Tab", "Ctrl+A")
    desk.type("o")
    desk.press("Return")
    assert (code(morning, "Doyle"), entries(morning)[-1].note) == ("O", "both been sick all night")


def test_a_child_whose_tick_is_taken_away_keeps_its_n(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    page(desk).card.facts.ticks[morning.pupils["Doyle"]].click()
    page(desk).card.outcomes[Outcome.SPOKE].setFocus()
    desk.press("s", "i", "Return")
    assert (code(morning, "Amy"), code(morning, "Doyle")) == ("I", "N")


@pytest.mark.parametrize(
    ("key", "outcome"), [("m", "Left a message for Ms K Doyle"), ("n", "No answer from Ms K Doyle")]
)
def test_one_key_records_that_nobody_was_reached(desk: Desk, morning: SmallSchool, key: str, outcome: str) -> None:
    open_on(desk, "Amy")
    desk.press(key)
    entry = entries(morning)[-1]
    assert (entry.outcome, entry.persons, set(entry.pupils)) == (
        outcome, (), {morning.pupils["Doyle"], morning.pupils["Amy"]},
    )  # fmt: skip
    assert code(morning, "Doyle") == "N"
    assert page(desk).card.title.text() == "Call about Hamza"


def test_round_the_list_each_number_comes_once_and_then_nobody_waits(desk: Desk) -> None:
    open_on(desk, "Hamza")
    card = page(desk).card
    dialled: list[str] = []
    for _ in range(3):
        dialled.append(card.facts.number.text())
        desk.press("n")
    assert dialled == ["07700 900003", "07700 900005", "07700 900 777"]
    assert card.isHidden()
    assert "Nobody waits for a call just now." in desk.said
    assert page(desk).calling.hasFocus()


def test_a_wrong_number_is_marked_and_another_can_be_chosen_by_its_digit(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    desk.press("w")
    with morning.context.store.reading() as reading:
        numbers = {one.value: one.label for one in reading.book.all(Channel) if one.person == morning.pupils["mother"]}
    assert numbers == {"07700 900005": WRONG}
    desk.press("PageUp")
    card = page(desk).card
    assert card.facts.number.text() == "07700 900 777"
    assert any("The number of Ms K Doyle is wrong" in one for one in words(desk))


def test_a_digit_dials_another_number_of_the_family(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    desk.press("2")
    assert page(desk).card.facts.number.text() == "07700 900 777"
    desk.press("9")
    assert "no number 9" in desk.said
    desk.press("n")
    assert entries(morning)[-1].outcome == "No answer from Mr P Doyle"


def test_not_known_to_be_safe_makes_the_next_step_of_the_policy_due_today(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    assert any("call the second contact" in one for one in words(desk))
    desk.press("e")
    with morning.context.store.reading() as reading:
        due = {(one.pupil, one.text, one.due) for one in reading.book.all(Task)}
    assert due == {(morning.pupils[name], "Call the second contact", DAY) for name in ("Amy", "Doyle")}
    assert "Due today: call the second contact." in desk.said
    lines = [line.what for line in page(desk).due.model.lines if line.task]
    assert sorted(lines) == ["Amy Doyle · Call the second contact", "Ryan Doyle · Call the second contact"]
    open_on(desk, "Amy")
    assert any("home visit" in one for one in words(desk))


def test_a_child_with_nobody_to_call_still_gets_the_next_step_and_no_call_is_made_up(
    desk: Desk, morning: SmallSchool
) -> None:
    with morning.context.store.reading() as reading:
        number = next(one for one in reading.book.all(Channel) if one.value == "07700 900003")
    put(morning, replace(number, label=WRONG))
    page(desk).refresh(None)
    open_on(desk, "Hamza")
    assert "⚠ Nobody with a number to call" in words(desk)
    desk.press("s")
    assert entries(morning, "Chaudhry") == []
    desk.press("e")
    assert [one.kind for one in entries(morning, "Chaudhry")] == [EntryKind.ESCALATION]


def test_what_is_half_typed_comes_back_after_escape_and_after_a_crash(
    desk: Desk, morning: SmallSchool, qtbot: QtBot, theme: Theme
) -> None:
    open_on(desk, "Amy")
    desk.press("s")
    desk.type("Mum says they have both got a fev")
    drafts = morning.context.store.drafts
    qtbot.waitUntil(lambda: any("both got a fev" in drafts.get(one) for one in drafts.places()), timeout=1000)
    again = open_desk(qtbot, morning.context, theme, [TodayPage, RegisterPage], "today")  # nothing was closed first
    line = page(again).calling.line()
    assert line is not None
    assert (line.child.pupil.forename, line.left) == ("Amy", "▸ You were here, a note half typed")
    assert "You were here" in page(again).model.spoken(line)
    again.press("Return")
    card = page(again).card
    assert (card.said.text(), again.focus) == ("Mum says they have both got a fev", card.said)
    again.type("er")
    again.press("Return")
    assert (code(morning, "Amy"), entries(morning)[-1].note) == ("I", "Mum says they have both got a fever")
    assert not [one for one in morning.context.store.drafts.places() if one.startswith("call ")]
    again.close()


def test_the_line_is_marked_when_one_comes_back_from_another_place_and_not_tomorrow(
    desk: Desk, morning: SmallSchool, clock: StillClock
) -> None:
    open_on(desk, "Hamza")
    desk.press("Escape")
    assert [line.child.pupil.forename for line in page(desk).model.lines if line.left] == ["Hamza"]
    desk.window.go("registers")
    desk.window.go("today")
    assert [line.left for line in page(desk).model.lines if line.left] == ["▸ You were here"]
    clock.set(2026, 11, 23, 8, 0)
    page(desk).refresh(None)
    assert not [line for line in page(desk).model.lines if line.left]


def test_page_down_goes_on_and_keeps_what_was_typed(desk: Desk) -> None:
    open_on(desk, "Amy")
    desk.press("s")
    desk.type("ring back at ten")
    desk.press("PageDown")
    assert page(desk).card.title.text() == "Call about Hamza"
    desk.press("PageUp")
    assert page(desk).card.said.text() == "ring back at ten"


def test_a_vulnerable_child_comes_first_and_a_key_ticks_who_was_told(desk: Desk, morning: SmallSchool) -> None:
    put(morning, Flag(0, morning.pupils["Doyle"], FlagKind.SOCIAL_WORKER, "", date(2026, 9, 1)))
    page(desk).refresh(None)
    first = page(desk).model.lines[0]
    assert "social worker" in [line.because for line in page(desk).model.lines if line.because]
    assert first.alarms == ("Tell the social worker today",)
    open_on(desk, "Ryan")
    assert "Told the social worker of Ryan" in words(desk)
    desk.press("s")
    desk.type("on the way")
    desk.press("Ctrl+T")
    told = entries(morning)[-1]
    assert (told.kind, told.outcome) == (EntryKind.TOLD, "Told the social worker")
    assert "✓ The social worker of Ryan was told today" in words(desk)
    assert (page(desk).card.said.text(), desk.focus) == ("on the way", page(desk).card.said)
    desk.press("Ctrl+T")
    assert desk.said == "Nobody is left to be told about this family today."


def test_suspicious_silence_has_its_sign_and_says_what_follows(
    desk: Desk, morning: SmallSchool, clock: StillClock
) -> None:
    open_on(desk, "Amy")
    clock.set(2026, 11, 20, 10, 5)
    page(desk).refresh(None)
    assert "⚠ No contact by 10:00. Next: call the second contact" in words(desk)
    shown = next(one for one in page(desk).card.findChildren(Label) if one.text().startswith("⚠ No contact"))
    assert shown.palette().windowText().color() == desk.window.theme.colour("alarm")


def test_the_hint_to_vary_the_calls_stands_on_the_card(desk: Desk, clock: StillClock) -> None:
    open_on(desk, "Hamza")
    desk.press("n")
    clock.set(2026, 11, 20, 9, 40)
    page(desk).refresh(None)
    open_on(desk, "Hamza")
    desk.press("n")
    open_on(desk, "Hamza")
    assert any("vary who calls and when" in one for one in words(desk))


def test_what_must_not_be_said_stands_with_a_sign(desk: Desk, morning: SmallSchool) -> None:
    with morning.context.store.reading() as reading:
        ties = [one for one in reading.book.all(Tie) if one.person == morning.pupils["mother"]]
        mother = reading.book.get(Person, morning.pupils["mother"])
        father = [one for one in reading.book.all(Tie) if one.person == morning.pupils["father"]]
    assert mother is not None
    put(morning, *(replace(one, may_know_why=False, may_leave_message=False) for one in ties))
    put(morning, *(replace(one, may_contact=False) for one in father))
    put(morning, replace(mother, language="Polish", interpreter=True))
    page(desk).refresh(None)
    open_on(desk, "Amy")
    shown = words(desk)
    assert {"⚠ Do not say why you call  ⚠ Leave no message", "▸ Interpreter: Polish"} <= set(shown)
    assert "⚠ Not to be called: Mr P Doyle" in shown
    desk.press("m")
    assert entries(morning) == []
    assert "No message may be left" in desk.said


def test_a_code_that_needs_more_says_so_and_keeps_everything(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Hamza")
    desk.press("s", "Tab")
    desk.type("b")
    desk.press("Return")
    assert "B needs a note" in desk.said
    assert (code(morning, "Chaudhry"), entries(morning, "Chaudhry")) == ("N", [])
    assert page(desk).card.code.text() == "b"


def test_a_family_put_on_hold_meanwhile_is_not_called(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Amy")
    put(morning, Hold(0, morning.pupils["Amy"], DAY))
    desk.press("n")
    assert entries(morning) == []
    assert "see the DSL" in desk.said


def test_a_line_that_is_due_leads_to_its_child(desk: Desk, morning: SmallSchool) -> None:
    put(morning, Task(0, morning.pupils["Kaya"], "review", date(2026, 11, 18), None, "Review the plan"))
    page(desk).refresh(None)
    due = page(desk).due
    assert due.isVisible()
    (line,) = (one for one in due.model.lines if one.place)
    assert (line.when, line.what, line.more) == ("Overdue", "Çağla Kaya · Review the plan", "due Wed 18 Nov")
    due.view.setFocus()
    desk.press("Return")
    assert desk.window.place == "pupils"


def test_a_child_who_came_after_all_is_said_beside_the_list(desk: Desk, morning: SmallSchool) -> None:
    open_on(desk, "Hamza")
    desk.press("s")
    desk.type("ill")
    desk.press("Return", "Escape")
    write(morning.context, [Edit(morning.pupils["Chaudhry"], MORNING, "/")], "seen in class")
    page(desk).refresh(None)
    (line,) = (one for one in page(desk).due.model.lines if one.place)
    assert line.what == "Hamza Chaudhry is marked / this morning"
    assert line.more == "but a message said otherwise, 09:10: ill"


def test_typing_is_not_held_up_by_what_is_kept(desk: Desk) -> None:
    open_on(desk, "Amy")
    desk.press("s")
    began = perf_counter()
    desk.type("will ring back at ten, the baby is crying in the hall")
    each = (perf_counter() - began) / 53
    assert each < 0.2, each
