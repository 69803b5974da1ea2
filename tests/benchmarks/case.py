"""Opening the fullest case, six years of marks, 400 entries and 60 files, against the bare selects of what it shows."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from desktop_app.actions.case_page import case_page
from desktop_app.actions.casework import move, open_at
from desktop_app.context import Context
from desktop_app.domain.cases import CASE
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.people import Answer, Person, Tie
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, bare, full_school, school_days
from tests.support.casework import under

YEARS, ENTRIES, FILES = 6, 400, 60
KINDS = (
    *(EntryKind.PHONE_CALL, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT),
    *(EntryKind.SUPPORT, EntryKind.REVIEW),
)  # fmt: skip
WORDS = "spoke with mother about the bus, the breakfast club and what he says of mathematics first thing on a Monday "


def run(folder: Path, turns: int = 25) -> Result:
    """The page of that case on the last Monday of the last year."""
    path = folder / "case.rollbook"
    context, pupils = full_school(path, YEARS)
    context, case = fullest_case(context, pupils[0])
    connection = bare(path)
    try:
        result = compare(
            "the fullest case opened (6 years of marks, 400 entries, 60 files)",
            "bare selects of its marks, entries, files and tasks",
            lambda: selects(connection, pupils[0]),
            lambda: case_page(context, case),
            3.0,
            turns,
        )
        page = case_page(context, case)
        result.more.update({"weeks": len(page.weeks), "entries": len(page.entries), "files": len(page.files)})
        return result
    finally:
        connection.close()
        context.store.close()


def fullest_case(context: Context, pupil: int) -> tuple[Context, int]:
    """A case that was opened six years ago and moved up twice, with all that was done since."""
    chance = random.Random(3)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), la="knowsley"))
        mother = writing.book.put(Person(0, "Karolina Wiśniewska", "Ms"))
        writing.book.put(Tie(0, pupil, mother, "mother", Answer.YES, Answer.YES))
    context = under(context)
    days = [day for year in range(LAST_YEAR - YEARS + 1, LAST_YEAR + 1) for day in school_days(year)]
    case, _ = open_at(context, pupil, "one.support", on=days[20])
    for step, at in (("two.aim", 200), ("three.statutory", 400)):
        move(context, case, step, "no better", "the head", on=days[at], despite="the parents did not come")
    with context.store.writing(context.deed("set up")) as writing:
        for number in range(ENTRIES - 3):
            day = days[21 + number * (len(days) - 30) // ENTRIES]
            at, kind = datetime.combine(day, time(10, number % 60)), chance.choice(KINDS)
            details = {CASE: str(case)} if kind is EntryKind.REVIEW else {}
            new = NewEntry(kind, at, (pupil,), "spoke", persons=(mother,), note=WORDS * 2, details=details)
            entry = writing.entries.add(new)
            if number % 6 == 0 and number // 6 < FILES:
                writing.entries.attach(entry, f"letter {number}.pdf", "application/pdf", chance.randbytes(60_000))
    return context, case


def selects(connection: Any, pupil: int) -> list[Any]:
    """What the page needs, selected and no more."""
    about = f"(SELECT entry FROM entry_pupil WHERE pupil = {pupil})"
    statements = (
        f"SELECT pupil, day, half, code, minutes, note FROM mark WHERE pupil = {pupil} ORDER BY day, half",
        (
            "SELECT e.*, l.author, l.name, l.position, l.at FROM entry e LEFT JOIN link l ON l.seq = e.link"
            f" WHERE e.seq IN {about} ORDER BY e.happened_at, e.seq"
        ),
        f"SELECT entry, pupil FROM entry_pupil WHERE entry IN {about}",
        f"SELECT entry, person FROM entry_person WHERE entry IN {about}",
        f"SELECT * FROM withdrawal WHERE entry IN {about}",
        f"SELECT seq, entry, shown_name, media_type, sha256, size FROM attachment WHERE entry IN {about}",
        "SELECT * FROM task",
    )
    return [connection.execute(statement).fetchall() for statement in statements]
