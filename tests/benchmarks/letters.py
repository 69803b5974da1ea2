"""A batch of 100 letters, against bare reportlab drawing the same lines as 100 files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from db import keys
from db.engine import connect
from db.house import House
from db.keys import KdfCost
from desktop_app import paths, rulebook as rulebooks
from desktop_app.actions.letter_making import make_letters, preview
from desktop_app.actions.letters import letter_plan
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.documents.page import HEIGHT, WIDTH
from desktop_app.documents.type import load_type
from desktop_app.domain.letters import LettersMade, PlannedLetter
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Half
from tests.benchmarks.measure import Result, compare
from tests.support.clock import StillClock
from tests.support.schools import PASSWORD, fill_school, make_school

LETTERS = 100


class WalkingClock(StillClock):
    """A clock that goes on by a millisecond whenever it is looked at: letters of one moment are no batch there is."""

    def __call__(self) -> datetime:
        self.local += timedelta(milliseconds=1)
        return super().__call__()


def bare(planned: tuple[PlannedLetter, ...]) -> list[bytes]:
    """The plainest use of the library: each line where it stands, in turn, and a file for each letter."""
    type_ = load_type()
    files: list[bytes] = []
    for one in planned:
        stream = BytesIO()
        canvas: Any = Canvas(stream, pagesize=(WIDTH, HEIGHT), pageCompression=1)
        y = HEIGHT - 150
        canvas.setFont(type_.bold.name, 15)
        canvas.drawRightString(WIDTH - 62, HEIGHT - 51, "Marsh Lane Primary School")
        canvas.drawRightString(WIDTH - 62, y, "20 November 2026")
        canvas.setFont(type_.regular.name, 10.8)
        for line in (*one.to, one.subject, *_lines(one.body), "Yours sincerely", "Dr A Rahman", "Headteacher"):
            canvas.drawString(62, y, line)
            y -= 15.4
        canvas.showPage()
        canvas.save()
        files.append(stream.getvalue())
    return files


def bare_keep(connection: Any, files: list[bytes]) -> None:
    """Each file in a transaction of its own, and nothing beside it."""
    for content in files:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO floor (content) VALUES (?)", (content,))
        connection.execute("COMMIT")


def _lines(body: str) -> list[str]:
    """The words cut where the page would end, without looking at their widths."""
    return [part[at : at + 90] for part in body.split("\n") for at in range(0, max(len(part), 1), 90)]


def run(folder: Path, turns: int = 5) -> Result:
    """The program also reads the record, fills the fields, breaks the lines, and looks at what stands against each."""
    context, planned, pupils = _planned(folder / "letters.rollbook")

    def program() -> list[bytes]:
        return [preview(context, one) for one in letter_plan(context, "concern-1", pupils)]

    try:
        return compare(
            "100 letters, planned and drawn", "reportlab, same lines", lambda: bare(planned), program, 1.5, turns
        )
    finally:
        context.store.close()


def run_logged(folder: Path, turns: int = 5) -> Result:
    """Each is also logged with its file, its history and a link of the chain."""
    path = folder / "letters-logged.rollbook"
    context, planned, pupils = _planned(path)
    connection = connect(path, keys.load(path)[0].unlock("head", PASSWORD)[1].data)
    connection.execute("CREATE TABLE floor (content BLOB)")
    reasons = {one.key: "measured" for one in planned}

    def program() -> LettersMade:
        return finish(make_letters(context, letter_plan(context, "concern-1", pupils), reasons=reasons))

    try:
        what, floor_is = "100 letters, planned, drawn and logged", "reportlab, same lines, and 100 bare commits"
        result = compare(what, floor_is, lambda: bare_keep(connection, bare(planned)), program, 2.0, turns)
        result.more["letters"] = len(program().made)
        return result
    finally:
        connection.close()
        context.store.close()


def _planned(path: Path) -> tuple[Context, tuple[PlannedLetter, ...], list[int]]:
    context = _school(path)
    with context.store.reading() as reading:
        pupils = [one.id for one in reading.book.all(Pupil)]
    return context, letter_plan(context, "concern-1", pupils), pupils


def _school(path: Path) -> Context:
    house = House(kdf=KdfCost(memory_kib=64, passes=1, lanes=1))
    rulebook = rulebooks.load(paths.resources())
    context = make_school(house, path, rulebook, WalkingClock(datetime(2026, 11, 20, 8, 50)))
    names = tuple((f"Brzęczyk{chr(97 + n // 10)}{chr(97 + n % 10)}", "Łucja") for n in range(LETTERS))
    pupils = fill_school(context, names)
    with context.store.writing(context.deed("set up")) as writing:
        school = writing.book.all(School)[0]
        writing.book.put(_reached(school))
        writing.marks.add(
            NewMark(
                pupil,
                date(2026, 9, day),
                half,
                "/" if half is Half.AM else "\\" if day % 3 else "I",
                source=Source.TYPED,
            )
            for pupil in pupils.values()
            for day in (3, 4, 7, 8, 9, 10, 11, 14, 15, 16)
            for half in Half
        )
    return context


def _reached(school: School) -> School:
    return replace(school, phone="0151 496 0000", email="office@marshlane.example", address="12 Marsh Lane, Exampleton")
