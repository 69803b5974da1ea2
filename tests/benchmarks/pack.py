"""The continuity pack of 14 classes in a file of six years, against bare reportlab; the roll-call on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

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
from tests.benchmarks.school import LAST_YEAR, bare, full_school, school_days

PASSWORD = "marble-otter-lantern"


def school_of(folder: Path, name: str, years: int) -> tuple[Context, Path]:
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
    return context, path


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
    context, _ = school_of(folder, "pack.rollbook", years)
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


def run_roll_call(folder: Path, years: int = 6, turns: int = 20) -> Result:
    """From the key to a list: against the bare select of the day's marks, which is all that the list is made of."""
    context, path = school_of(folder, "roll.rollbook", years)
    connection = bare(path)
    statement = "SELECT pupil, day, half, code, minutes, note FROM mark WHERE day = ? ORDER BY pupil, half"
    yesterday = school_days(LAST_YEAR)[-2].toordinal()
    try:
        return compare(
            "the roll-call of 420 children (6-year file)",
            "bare select of a day’s marks",
            lambda: connection.execute(statement, (yesterday,)).fetchall(),
            lambda: roll_call(context),
            20.0,
            turns,
        )
    finally:
        connection.close()
        context.store.close()
