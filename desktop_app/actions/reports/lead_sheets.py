"""Sheets for those who lead on some children: SENCo, safeguarding lead and pupil-premium lead.

Source: Lunt’s Heath, attendance policy 9.3 (regular reports to class teachers, and to school leaders including special
educational needs co-ordinators, designated safeguarding leads and pupil premium leads).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.holds import held
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.counted import Rates, rates, too_early
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import table
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.reports.support import COLUMNS, NOTE, Support, support
from desktop_app.context import Context
from desktop_app.domain.people import FlagKind, Pattern, PatternKind
from desktop_app.domain.report import Block, Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.display import difference, half_words, long_date
from desktop_app.rules.groups import FLAG_WORDS
from desktop_app.rules.register import not_begun
from desktop_app.rules.report_values import NONE
from desktop_app.rules.session_lists import count_words

SEND = (FlagKind.EHCP, FlagKind.SEN_SUPPORT, FlagKind.MEDICAL)
CARE = (
    FlagKind.CHILD_PROTECTION,
    FlagKind.CHILD_IN_NEED,
    FlagKind.LOOKED_AFTER,
    FlagKind.PREVIOUSLY_LOOKED_AFTER,
    FlagKind.SOCIAL_WORKER,
    FlagKind.EARLY_HELP,
    FlagKind.YOUNG_CARER,
)
SEND_NOTES = {
    FlagKind.EHCP: "Where the attendance of a child with an EHCP falls, the authority that maintains the plan is told "
    "(“Working together to improve school attendance”).",
    FlagKind.SEN_SUPPORT: "A child with an EHCP is listed under EHCP alone: the plan stands in place of SEN support.",
}
PREMIUM = (FlagKind.PUPIL_PREMIUM,)
AT_HOME = "C2"
"""The code of a session that an agreed part-time timetable leaves out."""
NO_TIMETABLE = "No pupil has a part-time timetable on record that day."
MARKED = (ReportColumn("Sessions", Unit.COUNT), ReportColumn("First", Unit.DAY), ReportColumn("Last", Unit.DAY))
MARKED_NOTE = (
    f"{AT_HOME} is for the sessions that an agreed part-time timetable leaves out (“Working together to improve school "
    "attendance”): put the timetable down as it was agreed, or set the marks right."
)
NO_MARK = "no mark yet: look for the child"
WHAT, TEST = ReportColumn("What", share=1.6), ReportColumn("PA or SA", share=0.8)
RATES = (
    ReportColumn("Group", share=2.0),
    ReportColumn("Pupils", Unit.COUNT),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Gap to the rest", Unit.POINTS),
    ReportColumn("Persistently absent", Unit.PERCENT),
    ReportColumn("Severely absent", Unit.PERCENT),
)
RATES_NOTE = "Since September; the gap in percentage points, to all other pupils. Of fewer than ten a rate says little."


@needs(Right.READ_LOG)
def senco(context: Context, asked: Asked) -> Report:
    """Pupils with an EHCP, SEN support or a medical need: figures, what was done and what is due."""
    with frame(context, asked) as made:
        of = support(made)
        return _report(made, "senco", "Sheet for the SENCo", (*_rates(of, SEND), *_senco(of)))


@needs(Right.READ_CASE)
def dsl(context: Context, asked: Asked) -> Report:
    """Children known to social care, children who care, held families and severe absence, with today’s absences."""
    with frame(context, asked) as made:
        return _report(made, "dsl", "Sheet for the safeguarding lead", tuple(_dsl(support(made))))


@needs(Right.READ_LOG)
def pupil_premium(context: Context, asked: Asked) -> Report:
    """Pupils with pupil premium: figures beside the rest, what was done and what is due."""
    with frame(context, asked) as made:
        of = support(made)
        lines = _lines(of, (one for one in of.rows if of.has(one, PREMIUM)), PREMIUM)
        listed = table("Pupils", (WHAT, TEST, *COLUMNS), lines, "No pupil has pupil premium.", NOTE)
        return _report(made, "pupil-premium", "Sheet for the pupil-premium lead", (*_rates(of, PREMIUM), listed))


def _report(made: Frame, key: str, title: str, blocks: tuple[Block, ...]) -> Report:
    return made.report(key, title, f"As of {long_date(made.asked.on)}, figures since September", blocks)


def _rates(of: Support, kinds: Iterable[FlagKind]) -> Iterator[TableBlock]:
    """The groups of the sheet beside the rest of those seen."""
    early = too_early(of.rows, of.least)
    lines: list[tuple[Value, ...]] = [_rate("All pupils", rates(of.rows), None, early)]
    for kind in kinds:
        inside = rates(one for one in of.rows if of.has(one, (kind,)))
        rest = rates(one for one in of.rows if not of.has(one, (kind,)))
        lines.append(_rate(FLAG_WORDS[kind], inside, rest, early))
    yield TableBlock("Beside the rest", RATES, tuple(lines), RATES_NOTE, strong=frozenset({0}))


def _rate(title: str, of: Rates, rest: Rates | None, early: bool) -> tuple[Value, ...]:
    gap = None if rest is None else difference(of.attendance, rest.attendance)
    return (title, of.pupils, of.attendance, gap, *((None, None) if early else (of.persistent, of.severe)))


def _lines(
    of: Support, rows: Iterable[PupilFigures], kinds: Iterable[FlagKind]
) -> Iterator[tuple[PupilFigures, tuple[Value, ...]]]:
    """Those rows, the lowest attendance first."""
    worst = sorted(rows, key=lambda one: (one.figures.attendance is None, one.figures.attendance or 0))
    read = tuple(kinds)
    return ((one, (of.words(one, read), of.nationally(one), *of.line(one))) for one in worst)


def _senco(of: Support) -> Iterator[Block]:
    columns = (WHAT, TEST, *COLUMNS)
    for kind, empty in (
        (FlagKind.EHCP, "No pupil has an EHCP."),
        (FlagKind.SEN_SUPPORT, "No pupil has SEN support."),
        (FlagKind.MEDICAL, "No pupil has a medical need on record."),
    ):
        rows = [one for one in of.rows if of.has(one, (kind,))]
        yield table(FLAG_WORDS[kind], columns, _lines(of, rows, SEND), empty, SEND_NOTES.get(kind, ""))
    part_time = [one for one in of.rows if one.pupil.id in of.part_time]
    lines = ((one, (of.plan(one), *of.line(one))) for one in part_time)
    plan = ReportColumn("Plan", share=2.0)
    yield table("Part-time timetables", (plan, *COLUMNS), lines, NO_TIMETABLE, NOTE)
    yield from _without_timetable(of)


def _without_timetable(of: Support) -> Iterator[TableBlock]:
    """Those who are marked as on a part-time timetable on days on which none is on record."""
    made, rows = of.made, {one.pupil.id: one for one in of.rows}
    marks = made.reading.marks.not_present(made.year_first, made.asked.on, list(rows))
    agreed: defaultdict[int, list[Pattern]] = defaultdict(list)
    for one in made.reading.book.all(Pattern):
        if one.kind == PatternKind.PART_TIME:
            agreed[one.pupil].append(one)
    days: defaultdict[int, list[date]] = defaultdict(list)
    for mark in marks:
        if mark.code == AT_HOME and not any(one.holds(mark.day) for one in agreed[mark.pupil]):
            days[mark.pupil].append(mark.day)
    lines = [(rows[key], (len(of_child), of_child[0], of_child[-1])) for key, of_child in days.items()]
    lines.sort(key=lambda one: (-one[1][0], one[0].pupil.id))
    if lines:
        yield table(f"Marked {AT_HOME}, with no timetable on record", MARKED, lines, "", MARKED_NOTE)


def _dsl(of: Support) -> Iterator[Block]:
    columns = (WHAT, TEST, *COLUMNS)
    known = [one for one in of.rows if of.has(one, CARE)]
    yield _away(of, known)
    yield table("Known to social care, or caring", columns, _lines(of, known, CARE), "No such child is on roll.", NOTE)
    severe = [one for one in of.rows if one.severe and not of.early(one) and one not in known]
    empty = "Nobody else is severely absent."
    yield table("Others severely absent", columns, _lines(of, severe, CARE), empty)
    if of.made.context.may(Right.HOLD):
        stopped = held(of.made.reading.book, of.made.asked.on)
        rows = [one for one in of.rows if one.pupil.id in stopped]
        note = "No letter, batch or script goes to these families; a brother or sister of a held child is held too."
        yield table("Held families", COLUMNS, ((one, of.line(one)) for one in rows), "No family is held.", note)


def _away(of: Support, known: list[PupilFigures]) -> TableBlock:
    """Those of them without a mark or absent on the day of the report, in the order of the register. As long as one who
    is expected has no mark, nobody is told that all are there."""
    made, day = of.made, of.made.asked.on
    codes = made.context.rulebook.codes
    expected = [(one, half) for one in known for half in HALVES if made.roll.expects(one.pupil.id, Session(day, half))]
    ids = list(dict.fromkeys(one.pupil.id for one in known))
    marks = made.reading.marks.between(day, day, ids) if ids else []
    code = {(one.pupil, Half(one.half)): one.code for one in marks}
    later = {half for half in HALVES if _waits(made, Session(day, half))}
    blank = [(one, half) for one, half in expected if (one.pupil.id, half) not in code]
    lines = [(one, (half_words(half), NONE, NO_MARK, of.words(one, CARE))) for one, half in blank if half not in later]
    missing = len({one.pupil.id for one, _ in lines})
    for one in known:
        for half in HALVES:
            key = code.get((one.pupil.id, half), "")
            if key and codes[key].counts.absent:
                lines.append((one, (half_words(half), key, codes[key].title, of.words(one, CARE))))
    waits = [half for half in HALVES if any(of_half is half for _, of_half in blank) and half in later]
    note = "".join(f"The register of the {_of_day(half)} has not begun to be taken. " for half in waits)
    if missing:
        whose = count_words(missing, "of these children has", "of these children have")
        note = f"{whose} no mark in a register that has begun: find out first where they are. {note}"
    columns = (ReportColumn("Session"), ReportColumn("Code", share=0.6), ReportColumn("Reason", share=2.0), WHAT)
    title = f"Absent, or without a mark, on {long_date(day)}"
    return table(title, columns, lines, _nobody_away(known, expected, waits), note.strip() if lines else "")


def _nobody_away(known: Sequence[PupilFigures], expected: Sequence[object], waits: Sequence[Half]) -> str:
    """What is said where no line stands: never more than the registers do."""
    if not known:
        return "No such child is on roll."
    if not expected:
        return "None of these children is expected that day."
    if waits:
        later = " and ".join(_of_day(half) for half in waits)
        return f"None of these children is marked absent so far; the register of the {later} has not begun to be taken."
    return "Each of these children who is expected that day has a mark, and none is marked absent."


def _waits(made: Frame, session: Session) -> bool:
    """Whether the register of a session had not begun to be taken at the moment of the report."""
    return session.day > made.moment.date() or session in not_begun(made.roll.school, made.moment)


def _of_day(half: Half) -> str:
    return half_words(half).lower()
