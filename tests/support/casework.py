"""A small pack made by hand, with levels as a council might have them, for a school to be run under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.casework import (
    Ask,
    CaseStep,
    Casework,
    CloseRule,
    Interval,
    Level,
    Measure,
    MeetingRule,
    PauseRule,
    ReviewRule,
    Service,
    Stay,
    Unit,
    Who,
)
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES, Half


def weeks(number: int) -> Interval:
    """So many calendar weeks."""
    return Interval(number, Unit.WEEKS, "handbook, page 12")


LETTER = Ask("letter", "Letter to each parent", Who.SCHOOL, "handbook, page 3", kind="letter", each_parent=True)
MEET = Ask("meet", "Meet the parents", Who.SCHOOL, "handbook, page 4", kind="meeting", must=True, within=weeks(2))
EHA = Ask(
    "eha", "Early Help Assessment", Who.SCHOOL, "handbook, page 5", kind="early-help", must=True,
    outcomes=("completed",),
)  # fmt: skip
NURSE = Ask("nurse", "Ask the school nurse", Who.SCHOOL, "handbook, page 6")
AIM = Ask("aim", "Attendance Improvement Meeting", Who.LA, "handbook, page 8", kind="meeting", meeting="aim")

CASEWORK = Casework(
    levels=(
        Level(
            "one", "Level 1", "handbook, page 2",
            steps=(
                CaseStep(
                    "one.support", "School support", Who.SCHOOL, "the class teacher", "handbook, page 2",
                    opens=("level-one",), next=("two.aim",), asks=(LETTER, MEET, EHA, NURSE),
                    stay=Stay(weeks(6), "two.aim"), review=ReviewRule(weeks(3)),
                ),
            ),
        ),
        Level(
            "two", "Level 2", "handbook, page 7",
            steps=(
                CaseStep(
                    "two.aim", "Attendance Improvement Meeting", Who.LA, "the traded officer", "handbook, page 8",
                    after=("one.support",), next=("three.statutory", "one.support"), services=(Service.LA,),
                    asks=(AIM,), review=ReviewRule(weeks(3), "aim"),
                    stay=Stay(Interval(1, Unit.HALF_TERMS, "handbook, page 9"), "three.statutory"),
                ),
            ),
        ),
        Level(
            "three", "Level 3", "handbook, page 10",
            steps=(
                CaseStep(
                    "three.statutory", "Statutory work", Who.LA, "the statutory officer", "handbook, page 10",
                    after=("two.aim",), next=("two.aim", "three.neglect"),
                ),
                CaseStep(
                    "three.neglect", "Low attendance group", Who.LA, "the group", "handbook, page 11",
                    opens=("neglect-factor",), after=("three.statutory",), urgent=True,
                ),
            ),
        ),
    ),
    pauses=(PauseRule("bereavement", "Bereavement", "handbook, page 9", longest=weeks(6)),),
    meetings=(MeetingRule("aim", "Attendance Improvement Meeting", "the traded officer", "handbook, page 8"),),
    close=CloseRule(Measure.SEVERE, "A case is not closed while the child is severely absent.", "handbook, page 13"),
)  # fmt: skip


def with_casework(book: Rulebook, casework: Casework = CASEWORK, pack: str = "knowsley") -> Rulebook:
    """The same law and packs, with that casework in one of them."""
    packs = {**book.packs, pack: replace(book.packs[pack], casework=casework)}
    return replace(book, packs=packs)


def under(context: Context, casework: Casework = CASEWORK) -> Context:
    """The same school with that casework in its pack."""
    return replace(context, rulebook=with_casework(context.rulebook, casework))


def mark_days(
    context: Context, pupil: int, first: date, last: date, absent: tuple[int, ...] = (), code: str = "O"
) -> None:
    """Mark every school day from one to another as present, and those weekdays (0: Monday) as absent."""
    with context.store.reading() as reading:
        calendar = read_roll(reading.book).calendar
    marks = [
        NewMark(pupil, day, half, code if day.weekday() in absent else ("/" if half is Half.AM else "\\"), Source.TYPED)
        for day in calendar.school_days(first, last)
        for half in HALVES
    ]
    with context.store.writing(context.deed("marks")) as writing:
        writing.marks.add(marks)
