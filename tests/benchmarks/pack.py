"""The continuity pack of 14 classes in a file of six years, against bare reportlab; the roll-call on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.paper import PaperKind, paper, roll_call
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.documents import paper as sheets
from desktop_app.documents.page import Page
from desktop_app.documents.press import Imprint, PrintedPart
from desktop_app.documents.type import Type
from desktop_app.domain.people import Answer, Channel, ChannelKind, Person, Tie
from tests.benchmarks.bundle import bare as bare_pages
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, full_school, school_days
from tests.benchmarks.window import register_window
from ui.main_window import MainWindow

PASSWORD = "marble-otter-lantern"


def school_of(folder: Path, name: str, years: int) -> Context:
    """The school on the last Monday morning of its last year, two contacts for each child."""
    path = folder / name
    context, pupils = full_school(path, years, leave_out=1)
    day = school_days(LAST_YEAR)[-1]
    context = replace(context, clock=lambda: datetime(day.year, day.month, day.day, 6, 50, tzinfo=UTC))
    with context.store.writing(context.deed("families")) as writing:
        for n in (1, 2):
            people = writing.book.put_many(Person(0, f"Parent{n} Surname{one:03d}", "Ms") for one in range(len(pupils)))
            writing.book.put_many(
                Tie(0, child, person, "parent", Answer.YES, Answer.YES, priority=n)
                for child, person in zip(pupils, people, strict=True)
            )
            writing.book.put_many(
                Channel(0, person, ChannelKind.PHONE, f"07700 9{one:05d}") for one, person in enumerate(people)
            )
    return context


def _pages(context: Context) -> list[Page]:
    """The pages as they were drawn."""
    kept: list[Page] = []
    press = sheets.print_parts

    def listen(parts: Sequence[PrintedPart], imprint: Imprint, type_: Type) -> bytes:
        kept.extend(page for part in parts for page in part.pages)
        return press(parts, imprint, type_)

    sheets.print_parts = listen
    try:
        finish(paper(context, PaperKind.PACK, context.today()))
    finally:
        sheets.print_parts = press
    return kept


def run(folder: Path, years: int = 6, turns: int = 9) -> Result:
    """From the file to the bytes, under its password; the floor draws the same pages and locks nothing."""
    context = school_of(folder, "pack.rollbook", years)
    day = context.today()
    try:
        pages = _pages(context)
        result = compare(
            "the continuity pack of 14 classes, under its password (6-year file)",
            "reportlab, same pages, no password",
            lambda: bare_pages(pages),
            lambda: finish(paper(context, PaperKind.PACK, day, password=PASSWORD)),
            1.5,
            turns,
        )
        result.more["pages"] = len(pages)
        return result
    finally:
        context.store.close()


def run_roll_call(folder: Path, years: int = 6, turns: int = 9) -> Result:
    """From the key to the list on the screen, over the register; the floor shows the bare names in bare labels."""
    instance = QApplication.instance()
    app = instance if isinstance(instance, QApplication) else QApplication([])
    context = school_of(folder, "roll.rollbook", years)
    lines = [line for one in roll_call(context)[0] for line in one.lines]

    def bare_labels() -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        for line in lines:
            column.addWidget(QLabel(line.name))
        area = QScrollArea()
        area.setWidget(sheet)
        area.resize(1366, 768)
        area.grab()

    with register_window(app, context) as register:
        window = register.window()
        if not isinstance(window, MainWindow):
            raise TypeError("the register is in no window")

        def shown() -> None:
            window.glance("roll-call")
            window.grab()
            window.back()

        result = compare("the roll-call on the screen", "420 bare labels shown", bare_labels, shown, 6.0, turns)
    result.more["children"] = len(lines)
    context.store.close()
    return result
