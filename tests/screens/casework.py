"""The scenes of casework: the ledger of each parent, leave of absence, formal steps."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.actions.cases import cases
from desktop_app.actions.contracts import NewContract, check_contract, make_contract
from desktop_app.actions.court import OrderStep, record_order
from desktop_app.actions.early_calls import put_on_list
from desktop_app.actions.improving import NewImprovement, improvement_plan, issue_improvement
from desktop_app.actions.leave import ask_leave, decide_leave
from desktop_app.actions.notice_page import notice_page
from desktop_app.actions.pupils import pupil_list
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.leave import LeaveState, NewDecision, NewLeave, Span
from desktop_app.domain.people import Answer, Person, Tie
from desktop_app.domain.progress import Changes
from tests.screens.camera import Camera
from tests.screens.hands import press, until
from ui.leave.page import LeavePlace
from ui.main_window import MainWindow
from ui.today.page import TodayPage


def casework(camera: Camera) -> None:
    """Each place of casework, in the window that is open."""
    window = camera.desk.window
    assert window is not None
    pupil = cases(window.context)[0].pupil.id
    two_parents(window.context, pupil)
    window.go("pupils")
    ledger(camera, window, pupil)
    leave(camera, window, pupil)
    formal(camera, window, pupil)
    early_calls(camera, window)
    handing(camera, window, pupil)


def handing(camera: Camera, window: MainWindow, pupil: int) -> None:
    """A task of Today about to be given to somebody else."""
    context = window.context
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Task(0, pupil, "chase", context.today(), None, "Ring the bus company about the 8.10"))
    window.announce(Changes(book=True))
    window.go("today")
    page = window.page("today")
    assert isinstance(page, TodayPage)
    until(lambda: window.runner.still)
    page.due.view.setFocus()
    row = next(number for number, line in enumerate(page.due.model.lines) if "8.10" in line.what)
    page.due.view.setCurrentIndex(page.due.model.index(row, 0))
    press("g")
    camera.take("today-handing", window)
    press("Escape")


def two_parents(context: Context, pupil: int) -> None:
    """A father who lives elsewhere and needs an interpreter, one kept away, and what was done with both parents."""
    at = datetime.combine(context.today() - timedelta(days=3), time(9, 40))
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == pupil and not one.no_contact)
        father = writing.book.put(
            Person(0, "Mr Bartholomew Featherstonehaugh-Kaya", "Mr", language="Polish", interpreter=True,
                   reading_needs="large print", protected_address=True)
        )  # fmt: skip
        writing.book.put(Tie(0, pupil, father, "father", Answer.YES, Answer.NO, priority=2))
        away = writing.book.put(Person(0, "Mr X Away", "Mr"))
        writing.book.put(Tie(0, pupil, away, "uncle", no_contact=True))
        both = (mother, father)
        offered = {"what": "breakfast club"}
        for entry in (
            NewEntry(EntryKind.LETTER, at, (pupil,), "posted", both, details={"about": "second letter of concern"}),
            NewEntry(EntryKind.SUPPORT, at, (pupil,), "offered", both, details=offered),
            NewEntry(EntryKind.SUPPORT, at.replace(hour=14), (pupil,), "accepted", (mother,), details=offered),
            NewEntry(EntryKind.EMAIL, at.replace(hour=15), (pupil,), "not delivered", (father,)),
            NewEntry(EntryKind.MEDICAL_EVIDENCE, at.replace(hour=16), (pupil,), "asked for", (mother,),
                     details={"what": "appointment card"}),
        ):  # fmt: skip
            writing.entries.add(entry)


def ledger(camera: Camera, window: MainWindow, pupil: int) -> None:
    """Each parent apart, beside the child."""
    window.go("pupils", pupil=pupil)
    press("e")
    camera.take("ledger", window)
    press("Escape")


def leave(camera: Camera, window: MainWindow, pupil: int) -> None:
    """Requests that wait and were decided, the form of one, and a decision half made."""
    context = window.context
    monday = context.today() + timedelta(days=14 - context.today().weekday())
    on_roll = {row.pupil.id for row in pupil_list(context)}
    with context.store.reading() as reading:
        ties = [one for one in reading.book.all(Tie) if one.lives_with is Answer.YES and not one.no_contact]
    family = [one for one in ties if one.pupil == pupil]
    others = [one for one in ties if one.pupil != pupil and one.pupil in on_roll]
    asked = [
        (family[0], "a wedding in Kraków", monday, "invitation"),
        (others[5], "two weeks in Spain, it was cheaper", monday - timedelta(days=7), ""),
        (others[30], "audition at the Royal Northern College of Music", monday + timedelta(days=1), "letter"),
    ]
    made: list[int] = []
    for tie, why, day, with_it in asked:
        new = NewLeave(Span(day, day + timedelta(days=3)), why, context.today(), (tie.person,), with_it)
        made += ask_leave(context, [tie.pupil], new)[0]
    decide_leave(context, made[1], NewDecision(LeaveState.REFUSED, "A holiday is no exceptional circumstance."))
    window.go("leave")
    press("Return", "p")
    camera.take("leave", window)
    press("Escape", "Down", "Down")
    camera.take("leave-refused", window)
    window.go("leave", pupil=pupil)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "30/11")
    camera.take("leave-asking", window)
    press("Escape")
    leave_letters(camera, window, made[0])


def leave_letters(camera: Camera, window: MainWindow, request: int) -> None:
    """A request decided in part: its letters come up, the father’s with a sheet in Polish; then decided again."""
    window.go("leave", request=request)
    page = window.page("leave")
    assert isinstance(page, LeavePlace)
    press("Return", "p")
    page.deciding.ground.choose("exceptional")
    last = page.model.lines[0].request.span.last  # on the days before it the child is suspended
    page.deciding.parts.setText(f"{last.day}/{last.month}")
    page.deciding.reasons.setPlainText("The wedding is on that day; the three days of travel are not exceptional.")
    camera.take("leave-part", window)
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    press("Down")
    until(lambda: window.runner.still)
    camera.take("leave-letters", window)
    press("Escape")
    press("d")
    camera.take("leave-again", window)
    press("Escape")


def formal(camera: Camera, window: MainWindow, pupil: int) -> None:
    """Formal steps, part by part."""
    context = window.context
    window.go("pupils", pupil=pupil)
    press("x")
    camera.take("formal-notices", window)
    press("Tab", "Down", "Down", "Down")
    camera.take("formal-elsewhere", window)
    parents = tuple(one.parent for one in notice_page(context, pupil).parents)
    parts = ("She brings Clodagh to the gate by 8.45", "Breakfast club, and a call each Friday", "Both agree to it")
    contract, _ = make_contract(context, NewContract(pupil, parents, parts, context.today()))
    check_contract(context, contract, kept=True, words="At the gate at 8.40; breakfast club held a place")
    plan = improvement_plan(context, pupil)
    contents = dict.fromkeys(range(1, 9), "As set out in the letter")
    new = NewImprovement(
        pupil, parents, context.today(), 3, plan.sufficient.allowed, contents, la_said="Agreed, 19 Nov"
    )
    issue_improvement(context, new)
    window.announce(Changes(entries=True))
    press("Alt+2")
    camera.take("formal-improvement", window)
    press("Alt+3")
    camera.take("formal-contract", window)
    press("Alt+4")
    camera.take("formal-court", window)
    record_order(context, OrderStep(pupil, "made", "Made for a year", on=context.today()))
    window.announce(Changes(entries=True))
    press("Alt+4", "Tab", "Down")
    camera.take("formal-order", window)
    press("Escape", "Tab", "Down", "Down", "Down", "Down")
    camera.take("formal-prosecution", window)
    press("Up", "Up")
    camera.take("formal-referral", window)
    press("Up")
    camera.take("formal-considered", window)
    press("Escape")


def early_calls(camera: Camera, window: MainWindow) -> None:
    """Before the registers: whom to ring, the call, who might be put on the list; and the texts of the list."""
    context = window.context
    here = [row.pupil.id for row in pupil_list(context)[:40]]
    ends = context.today() + timedelta(days=20)
    why = "Late on most mornings since half term: the bus of half past eight goes without them."
    for one in here[3:12:2]:
        put_on_list(context, one, context.today(), ends, why)
    window.go("early-calls")
    until(lambda: window.runner.still)
    camera.take("early-calls", window)
    press("Return")
    camera.take("early-calls-call", window)
    press("y", "n", "Escape")
    camera.take("early-calls-worked", window)
    press("Ctrl+N")
    camera.take("early-calls-form", window)
    press("Escape", "Ctrl+M", "Ctrl+Return")
    camera.take("texts", window)
    window.go("today")
    camera.take("today-early-calls", window)
