"""The scenes of the chronology: the log by kinds, the chronology in full, an entry with its files."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.attachments import checked_file
from desktop_app.actions.cases import cases
from desktop_app.actions.log import log
from desktop_app.actions.pupils import pupil_page
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from tests.screens.camera import Camera
from tests.screens.hands import press
from ui.main_window import MainWindow
from ui.pupils.page import PupilsPage


def chronology(camera: Camera) -> None:
    """Each place of casework, in the window that is open; it ends on no form."""
    window = camera.desk.window
    assert window is not None
    pupil = cases(window.context)[0].pupil.id
    logging(camera, window, pupil)
    reading(camera, window, pupil)


def logging(camera: Camera, window: MainWindow, pupil: int) -> None:
    """The log by kinds: another kind sought, its form, a meeting."""
    window.go("pupils", pupil=pupil)
    press("l", "o")
    camera.take("log-other", window)
    typed("ref")
    press("Return", "s")
    typed("CAMHS")
    camera.take("log-referral", window)
    press("Escape")
    press("l", "m")
    camera.take("log-meeting", window)
    press("Escape")


def reading(camera: Camera, window: MainWindow, pupil: int) -> None:
    """The chronology with details, opinion and files, and an entry in full: a PDF, a picture, a text."""
    context = window.context
    parents = tuple(card.person.id for card in pupil_page(context, pupil).contacts[:2])
    meeting = NewEntry(
        EntryKind.MEETING,
        context.now() - timedelta(hours=1),
        (pupil,),
        "Held",
        parents,
        "Both parents say the mornings are hardest; she sleeps late since the move.",
        {
            "meeting": meeting_of(context),
            "attendees": "Mother, stepfather, Mrs Hale, Mr Okafor (Early Help)",
            "agreed": "Breakfast club from Monday (school). Bed by nine (home). Taxi form by Friday (Mrs Hale).",
            "next": (context.today() + timedelta(21)).isoformat(),
            "place": "in school",
            "opinion": "The stepfather seemed keener than last time.",
        },
    )
    files = [
        checked_file("attendance plan, signed.pdf", plan_sheet()),
        checked_file("appointment card.png", card_picture()),
        checked_file("message from mother.txt", b"She was up at six and would not get dressed.\n"),
    ]
    entry, changes = log(context, meeting, files)
    window.announce(changes)
    window.go("pupils", pupil=pupil)
    page = window.page("pupils")
    assert isinstance(page, PupilsPage)
    page.child.chronology.pick(entry)
    camera.take("chronology", window)
    press("Return")
    camera.take("entry-pdf", window)
    press("Down")
    camera.take("entry-picture", window)
    press("Down", "Return")
    camera.take("entry-text", window)
    press("Escape", "Escape")


def typed(text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


def meeting_of(context: Context) -> str:
    """The first kind of meeting that the school's authority has."""
    with context.store.reading() as reading:
        return context.pack(reading.book.school()).casework.meetings[0].key


def plan_sheet() -> bytes:
    """A page as it might be scanned."""
    made = BytesIO()
    sheet = Canvas(made)
    for number, words in enumerate(("Attendance plan", "Breakfast club", "Bed by nine", "Taxi form", "Signed: D N B")):
        sheet.setFont("Helvetica", 22 if not number else 14)
        sheet.drawString(72, 740 - 40 * number, words)
    sheet.save()
    return made.getvalue()


def card_picture() -> bytes:
    """A picture as it might be taken of a card."""
    picture = QImage(600, 380, QImage.Format.Format_RGB32)
    picture.fill(QColor("#f4e9c8"))
    painter = QPainter(picture)
    painter.setPen(QColor("#333333"))
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, "Surgery: Thursday, 9.40")
    painter.end()
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")
    return kept.data().data()
