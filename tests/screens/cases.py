"""The scenes of a case: at a glance after some weeks, before it is opened, and while it is moved."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.actions.case_page import CasePage, case_page, cases_of, proposals_of
from desktop_app.actions.case_work import add_task, say
from desktop_app.actions.cases import cases, open_cases
from desktop_app.actions.casework import move, open_at
from desktop_app.actions.log import log
from desktop_app.context import Context
from desktop_app.domain.cases import MEETING, ProposalKind, Voice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from tests.screens.camera import Camera
from tests.screens.hands import press, until
from ui.cases.page import CasesPage
from ui.main_window import MainWindow


def at_a_glance(camera: Camera) -> None:
    """One child whose case is proposed, one worked for five weeks, and one of the demo’s own."""
    window = camera.desk.window
    assert window is not None
    found = proposed(window.context)
    window.go("cases", pupil=found[0])
    until(lambda: window.runner.still)
    camera.take("case-proposed", window)
    press("Return")
    camera.take("case-opening", window)
    press("Escape")
    worked(window, found[1])
    window.go("cases", pupil=found[1])
    until(lambda: window.runner.still)
    camera.take("case-worked", window)
    press("M")
    camera.take("case-moving", window)
    press("Escape", "S")
    camera.take("case-said", window)
    press("Escape", "G")
    camera.take("case-handing", window)
    press("Escape")
    meeting_due(camera, window, found[1])
    press("Escape", "Escape")
    window.go("cases", pupil=told(window.context))
    until(lambda: window.runner.still)
    camera.take("case-told", window)
    press("C")
    camera.take("case-chronology", window)
    press("Escape", "Escape")


def told(context: Context) -> int:
    """The child of the demo’s case that has gone furthest: the one with most that was said."""
    rows = cases(context)
    return max(rows, key=lambda row: len(case_page(context, cases_of(context, row.pupil.id)[-1].id).turns)).pupil.id


def meeting_due(camera: Camera, window: MainWindow, pupil: int) -> None:
    """A meeting about to be logged at a step that waits for one."""
    context = window.context
    page = case_page(context, cases_of(context, pupil)[-1].id)
    steps = [
        one for one in page.pack.casework.steps if one.review and one.review.meeting and one.key != page.state.step
    ]
    if not steps:
        return
    move(context, page.state.id, steps[0].key, "No better", "The parents", despite="They asked for it")
    window.announce(Changes(entries=True, book=True))
    until(lambda: window.runner.still)
    press("L", "M")
    place = window.page("cases")
    assert isinstance(place, CasesPage)
    form = place.course.log_panel
    form.area.ensureWidgetVisible(form._fields.fields[MEETING])
    camera.take("case-meeting", window)
    press("Escape")


def proposed(context: Context) -> list[int]:
    """Children without a case for whom one is proposed."""
    with context.store.reading() as reading:
        known = set(open_cases(reading))
        pupils = [one.id for one in reading.book.all(Pupil) if one.on_roll(context.today()) and one.id not in known]
    found: list[int] = []
    for pupil in pupils:
        if any(one.kind is ProposalKind.OPEN for one in proposals_of(context, pupil)):
            found.append(pupil)
            if len(found) == 2:
                break
    return found


def worked(window: MainWindow, pupil: int) -> CasePage:
    """Open a case five weeks ago, and do some of what its step asks."""
    context, day = window.context, window.context.today()
    first = next(one for one in proposals_of(context, pupil) if one.kind is ProposalKind.OPEN)
    case, _ = open_at(
        context, pupil, first.step, lead=context.staff.id, opened_on=first.trigger, on=day - timedelta(35)
    )
    page = case_page(context, case)
    parents = tuple(page.parents)
    for days, kind, outcome in ((30, EntryKind.PHONE_CALL, "Spoke"), (27, EntryKind.LETTER, "Posted")):
        at = context.now() - timedelta(days)
        log(context, NewEntry(kind, at, (pupil,), outcome, parents))
    say(context, case, EntryKind.BARRIER, "The bus is late twice a week.", voice=Voice.PUPIL, area="transport")
    say(context, case, EntryKind.STRENGTH, "She likes art and comes for it.", voice=Voice.SCHOOL)
    add_task(context, case, "Ask the bus company for the times", day + timedelta(4), owner=context.staff.id)
    add_task(context, case, "A buddy at the gate", day + timedelta(9))
    return case_page(context, case)
