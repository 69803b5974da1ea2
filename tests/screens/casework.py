"""The scenes of casework: the ledger of each parent, leave of absence, formal steps."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from desktop_app.actions.cases import cases
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.people import Answer, Person, Tie
from tests.screens.camera import Camera
from tests.screens.hands import press
from ui.main_window import MainWindow


def casework(camera: Camera) -> None:
    """Each place of casework, in the window that is open."""
    window = camera.desk.window
    assert window is not None
    pupil = cases(window.context)[0].pupil.id
    two_parents(window.context, pupil)
    window.go("pupils")
    ledger(camera, window, pupil)


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
