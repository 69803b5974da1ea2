"""The scenes of a bundle: what is left out, a page blacked, the preview, a locked copy, sent, made, and checked."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.cases import cases
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.progress import Changes
from tests.screens.camera import Camera
from tests.screens.hands import pause, press, until
from ui.cases.page import CasesPage
from ui.checking.page import CheckPage
from ui.main_window import MainWindow


def bundles(camera: Camera) -> None:
    """A bundle from the first question to the check of its file."""
    window = camera.desk.window
    assert window is not None
    pupil = cases(window.context)[0].pupil.id
    exhibits(window.context, pupil)
    window.announce(Changes(entries=True))
    page = window.page("cases")
    assert isinstance(page, CasesPage)
    window.go("cases", pupil=pupil, referral=True)
    leaving_out(camera, window, page)
    blacking(camera, window, page)
    reference = looking(camera, window, page)
    checking(camera, window, reference, page)


def exhibits(context: Context, pupil: int) -> None:
    """A letter as it was sent and one from the family, kept with their entries."""
    with context.store.writing(context.deed("log")) as writing:
        for days, outcome, words in (
            (9, "Letter 2, first class post", "Dear Parent, attendance has fallen below what we must report."),
            (6, "A letter from the family", "He could not come. His friend Aleksy at number 14 was ill as well."),
        ):
            at = context.now() - timedelta(days)
            entry = writing.entries.add(NewEntry(EntryKind.LETTER, at, (pupil,), outcome))
            writing.entries.attach(entry, f"letter-{days}.pdf", "application/pdf", letter(words))


def letter(words: str) -> bytes:
    """A letter of one page."""
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 740, words)
    for line in range(12):
        canvas.drawString(72, 700 - 18 * line, "We would like to meet you and talk about what would help.")
    canvas.save()
    return stream.getvalue()


def leaving_out(camera: Camera, window: MainWindow, page: CasesPage) -> None:
    """A part that is left out, with why."""
    view = page.case.parts.view
    view.setFocus()
    press("Down", "Down", "Down", "Space")
    QTest.keyClicks(QApplication.focusWidget(), "the authority has it already")
    camera.take("bundle-leaving-out", window)
    press("Return")
    until(lambda: window.runner.still)
    camera.take("bundle-left-out", window)


def blacking(camera: Camera, window: MainWindow, page: CasesPage) -> None:
    """A line of an exhibit that is blacked."""
    model = page.case.parts.model
    row = max(at for at, line in enumerate(model.lines) if line.exhibit is not None)
    page.case.parts.view.setCurrentIndex(model.index(row, 0))
    page.case.parts.view.setFocus()
    press("x")
    until(page.redact.isVisible)
    press("Left", "Left", "Left", "Up", "Up", "Shift+Right", "Shift+Right", "Return")
    QTest.keyClicks(QApplication.focusWidget(), "names another child")
    press("Return", "Down", "Down", "Down")
    camera.take("bundle-blacking", window)
    press("Escape")


def looking(camera: Camera, window: MainWindow, page: CasesPage) -> str:
    """The preview, and the forms beside it."""
    page.case.first_focus().setFocus()
    press("b")
    until(page.preview.isVisible)
    until(lambda: window.runner.still)
    pause(0.3)
    press("PageDown", "PageDown")
    until(lambda: window.runner.still)
    camera.take("bundle-preview", window)
    press("k")
    camera.take("bundle-locked", window)
    press("Escape", "s")
    QTest.keyClicks(QApplication.focusWidget(), "School Attendance Service")
    camera.take("bundle-sent", window)
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    reference = page.preview.reference
    press("Escape")
    press("m", "c")
    until(lambda: window.runner.still)
    camera.take("bundles-made", window)
    return reference


def checking(camera: Camera, window: MainWindow, reference: str, page: CasesPage) -> None:
    """A file that is ours, and one that was changed."""
    from desktop_app.actions.frozen import again

    content = again(window.context, reference).content
    check = window.page("check")
    assert isinstance(check, CheckPage)
    with TemporaryDirectory() as folder:
        for name, data in (("check-ours", content), ("check-changed", content + b" ")):
            file = Path(folder) / f"{reference}.pdf"
            file.write_bytes(data)
            window.go("check", file=file)
            until(lambda: window.runner.still)
            camera.take(name, window)
    window.go("cases")
    del page
