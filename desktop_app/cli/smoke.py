"""The smoke run: one pass through the main job in a folder that is thrown away, to show that a built program is whole.

`--smoke` makes a school, imports pupils and marks, marks and amends, logs a call, makes the bundle and a letter and
reads them back, copies the store, and opens it again. It prints a line for each step and ends with 0, or with 1 at the
first that fails.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

from desktop_app.actions.bundle import build
from desktop_app.actions.figures import figures
from desktop_app.actions.import_marks import import_marks
from desktop_app.actions.import_pupils import import_pupils
from desktop_app.actions.letter_making import make_letters
from desktop_app.actions.letters import letter_plan
from desktop_app.actions.log import log
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.school import NewSchool, new_school
from desktop_app.context import Context, signed_in
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import WrongPassword
from desktop_app.domain.letters import LetterOptions
from desktop_app.domain.people import Person, Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Phase, RegisterTimes, SchoolType
from desktop_app.domain.sessions import Half, Session, school_year_start
from desktop_app.domain.staff import Role
from desktop_app.ports import Clock, Store, StoreHouse
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.demo_calendar import school_year

R = TypeVar("R")

PASSWORD = "smoke-harbour-velvet-crane"  # noqa: S105 - of a school that lives for some seconds
USER = "smoke"
AM = RegisterTimes(time(8, 45), time(9, 15))
PM = RegisterTimes(time(13, 0), time(13, 15))
SCHOOL_DAYS = 30
PUPILS = (
    "Admission Number,Legal Surname,Legal Forename,Date of Birth,Sex,Year Group,Class,Admission Date,"
    "Contact 1 Name,Contact 1 Relationship,Contact 1 Parental Responsibility,Contact 1 Phone\n"
    "101,Łęcki,Șerban,{born},M,4,4B,{start},Zoë Łęcka,Mother,Yes,07700 900101\n"
    "102,Dağ,Đurđa,{born},F,4,4B,{start},René Dağ,Father,Yes,07700 900102\n"
)


class Failed(Exception):  # noqa: N818 - what happened, not what kind of class it is
    """A step of the smoke run did not do what it should."""


def run(house: StoreHouse, rulebook: Rulebook, clock: Clock) -> int:
    """Do the smoke run and return its exit code."""
    try:
        with TemporaryDirectory(prefix="rollbook-smoke-", ignore_cleanup_errors=True) as folder:
            _all(house, rulebook, clock, Path(folder))
    except Exception as fault:  # noqa: BLE001 - whatever it was, the run has failed and says so
        _say(f"FAILED: {type(fault).__name__}: {fault}")
        return 1
    _say("smoke run passed")
    return 0


def _all(house: StoreHouse, rulebook: Rulebook, clock: Clock, folder: Path) -> None:
    store = _make(house, rulebook, clock, folder / "smoke.rollbook")
    try:
        context = signed_in(store, rulebook, clock)
        days = _days(context)
        _import(context, folder, days)
        _mark(context, days)
        _bundle(context, folder / "bundle.pdf", days)
        _letter(context)
        copy = folder / "copy.rollbook"
        for _ in store.backup(copy):
            pass
        _say("verified copy made")
    finally:
        store.close()
    for path in (folder / "smoke.rollbook", copy):
        _reopen(house, path)


def _make(house: StoreHouse, rulebook: Rulebook, clock: Clock, path: Path) -> Store:
    last_year = school_year_start(school_time(clock()).date()).year - 1
    wanted = NewSchool(
        name="Smoke School",
        la="sefton",
        type=SchoolType.ACADEMY,
        phase=Phase.PRIMARY,
        am=AM,
        pm=PM,
        periods=school_year(last_year),
        user=USER,
        staff_name="Sam Smoke",
        position="Attendance lead",
        role=Role.ATTENDANCE_LEAD,
        password=PASSWORD,
    )
    store = new_school(house, path, rulebook, clock, wanted).store
    _expect(not path.read_bytes()[:16].startswith(b"SQLite"), "the store is not encrypted")
    _say("encrypted store made")
    return store


def _days(context: Context) -> tuple[date, ...]:
    """The first school days of last year, all of them over."""
    start = school_year_start(context.today()).year - 1
    calendar = SchoolCalendar(school_year(start), "1111100")
    return calendar.school_days(date(start, 9, 1), date(start + 1, 8, 31))[:SCHOOL_DAYS]


def _import(context: Context, folder: Path, days: tuple[date, ...]) -> None:
    pupils = folder / "pupils.csv"
    pupils.write_text(PUPILS.format(born=date(days[0].year - 9, 3, 1), start=days[0]), "utf-8")
    marks = folder / "marks.csv"
    lines = [
        f"{number},{day},{half},{'O' if number == 101 and day.weekday() == 0 else half_mark}"
        for day in days
        for half, half_mark in (("AM", "/"), ("PM", "\\"))
        for number in (101, 102)
    ]
    marks.write_text("\n".join(["Admission Number,Date,Session,Code", *lines]), "utf-16")
    for path, work in (
        (pupils, import_pupils(context, pupils, dry_run=False, first=days[0])),
        (marks, import_marks(context, marks, dry_run=False)),
    ):
        report = _finish(work)
        _expect(report.clean and report.added > 0, f"{path.name}: {report}")
    _say(f"{len(lines)} marks of 2 pupils imported")


def _mark(context: Context, days: tuple[date, ...]) -> None:
    pupil = _first(context)
    late = Edit(pupil.id, Session(days[1], Half.AM), "L", 12)
    written, _ = write(context, [late], "Came at 08:57; the teacher says so")
    _expect(written[0].amended, "an amendment was not kept as one")
    with context.store.reading() as reading:
        parent = reading.book.all(Person)[0]
    call = NewEntry(EntryKind.PHONE_CALL, context.now(), (pupil.id,), "Reached", (parent.id,), "Will come tomorrow")
    log(context, call)
    row = next(row for row in figures(context, days[0], days[-1]) if row.pupil == pupil)
    _expect(row.figures.possible == 2 * SCHOOL_DAYS, f"{row.figures.possible} sessions were possible")
    _expect(row.figures.unauthorised > 0 and row.figures.late == 1, f"the figures are wrong: {row.figures}")
    _say("marked, amended and logged")


def _bundle(context: Context, target: Path, days: tuple[date, ...]) -> None:
    pupil = _first(context)
    with context.store.reading() as reading:
        referral = context.pack(reading.book.school()).referrals[0]
    request = BundleRequest(pupil.id, referral.key, days[-1], days[0], days[-1])
    built = _finish(build(context, request, target))
    document = pypdfium2.PdfDocument(target)
    try:
        _expect(len(document) == built.pages, "the bundle’s pages are not those that were drawn")
        cover: Any = document[0]
        text = cover.get_textpage().get_text_range()
        _expect("Łęcki" in text and "Șerban" in text, "the bundle’s cover does not have the name")
        _expect(cover.render(scale=1).width > 0, "the bundle’s cover cannot be shown")
    finally:
        document.close()
    _say(f"bundle of {built.pages} pages made and read back")


def _letter(context: Context) -> None:
    """One in a script that runs from right to left: what joins its letters is loaded by nothing else."""
    options = LetterOptions(language="ur", values={"praise": "Well done."})
    planned = letter_plan(context, "praise", [_first(context).id], options)
    made = _finish(make_letters(context, planned, options)).made
    _expect(len(made) == 1, f"{len(made)} letters were made")
    document = pypdfium2.PdfDocument(made[0].content)
    try:
        _expect("Zoë Łęcka" in document[0].get_textpage().get_text_range(), "the letter does not have the name")
    finally:
        document.close()
    _say("letter made and logged")


def _reopen(house: StoreHouse, path: Path) -> None:
    try:
        house.open(path, USER, "not the password", write=False).close()
    except WrongPassword:
        pass
    else:
        raise Failed("a wrong password opened the school")
    store = house.open(path, USER, PASSWORD, write=True)
    try:
        found = store.check()
        _expect(found.ok and found.marks == 4 * SCHOOL_DAYS, f"{path.name}: {found}")
    finally:
        store.close()
    _say(f"{path.name} opened again and sound")


def _first(context: Context) -> Pupil:
    with context.store.reading() as reading:
        return next(pupil for pupil in reading.book.all(Pupil) if pupil.admission_number == "101")


def _finish(work: Generator[Progress, None, R]) -> R:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise Failed(otherwise)


def _say(line: str) -> None:
    """Print a line, where there is anything to print to: a windowed program on Windows has nothing."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison] - it is None in a windowed program
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
