"""What the register says in words: of a cell, of a session, of a column's totals. Shown and spoken alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.actions.meanwhile import Meanwhile
from desktop_app.actions.register import Left, Written
from desktop_app.actions.register_checks import mark_of
from desktop_app.actions.register_page import Cell, Column, ColumnState, Row
from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import RegisterTimes
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import MONTHS, clock_time, half_words, session_words, short_date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTED: Mapping[Counts, str] = {
    Counts.PRESENT: "present",
    Counts.APPROVED: "counts as attending",
    Counts.AUTHORISED: "authorised",
    Counts.UNAUTHORISED: "unauthorised",
    Counts.NOT_POSSIBLE: "not counted as possible",
    Counts.NOT_COUNTED: "not counted",
}
BLANK = "blank"
LEFT_NAMED = 3
"""So many cells that an undoing left alone are named; of more, how many."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many pupils of one session's register stand where; `blank` counts only those who could be marked.

    `late` is L; U is unauthorised. Of the blank, something is `planned` for some and waits
    to be `confirm`ed for others. `elsewhere` is approved activity, `exempt` whatever is outside the denominator.
    """

    present: int = 0
    late: int = 0
    elsewhere: int = 0
    authorised: int = 0
    unauthorised: int = 0
    no_reason: int = 0
    exempt: int = 0
    blank: int = 0
    planned: int = 0
    confirm: int = 0


def day_words(day: date) -> str:
    """`Tuesday 24 November`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def week_words(monday: date, friday: date) -> str:
    """`16–20 Nov`, or `30 Nov–4 Dec` across the end of a month."""
    end = f"{friday.day} {MONTHS[friday.month - 1][:3]}"
    if monday.month == friday.month:
        return f"{monday.day}–{end}"
    return f"{monday.day} {MONTHS[monday.month - 1][:3]}–{end}"


def code_words(code: str, codes: Mapping[str, Code]) -> str:
    """`I, illness, authorised`; of a plain present mark just `present`."""
    known = codes.get(code)
    if known is None:
        return code
    counted = COUNTED[known.counts]
    if known.counts is Counts.PRESENT and not known.late:
        return counted
    return f"{code}, {known.title[:1].lower()}{known.title[1:]}, {counted}"


def mark_words(mark: Mark, codes: Mapping[str, Code]) -> str:
    """A mark with its minutes and note, as one phrase."""
    parts = [code_words(mark.code, codes)]
    if mark.minutes is not None:
        parts.append("1 minute late" if mark.minutes == 1 else f"{mark.minutes} minutes late")
    if mark.note:
        parts.append(f"note: {mark.note}")
    return ", ".join(parts)


def state_words(cell: Cell, codes: Mapping[str, Code]) -> str:
    """What a cell holds: its mark, why it can have none, what is planned, or that it is blank."""
    parts = [mark_words(cell.mark, codes)] if cell.mark is not None else []
    if cell.planned and cell.mark is None:
        title = _title(cell.planned, codes)
        waits = f"to confirm: {cell.planned}, {title[:1].lower()}{title[1:]}"
        parts.append(waits if cell.confirm else f"planned: {code_words(cell.planned, codes)}")
        if cell.about:
            parts.append(cell.about)
        if cell.confirm:
            parts.append("no mark until confirmed")
    parts += [one for one in (cell.why, cell.refused) if one]
    return ", ".join(parts) or BLANK


def means_words(cell: Cell, codes: Mapping[str, Code]) -> str:
    """What a mark is, for the day view: its title, what is planned, or why there can be none."""
    if cell.mark is None:
        title = f"{'To confirm' if cell.confirm else 'Planned'}: {_title(cell.planned, codes)}" if cell.planned else ""
        return "; ".join(part for part in (title, cell.why) if part)
    return _title(cell.mark.code, codes)


def late_words(cell: Cell, codes: Mapping[str, Code]) -> str:
    """`12 min`; empty where nobody was late."""
    del codes
    return f"{cell.mark.minutes} min" if cell.mark is not None and cell.mark.minutes is not None else ""


def note_words(cell: Cell, codes: Mapping[str, Code]) -> str:
    """The note of a mark, or what is planned about."""
    del codes
    said = cell.mark.note if cell.mark is not None else cell.about
    return ". ".join(one for one in (said, cell.refused) if one)


def cell_words(pupil: Pupil, session: Session, cell: Cell, codes: Mapping[str, Code]) -> str:
    """`Ada Smith, Tuesday 24 November afternoon, I, illness, authorised`: what a screen reader says of a cell."""
    when = f"{day_words(session.day)} {half_words(session.half)}"
    return f"{pupil.name}, {when}, {state_words(cell, codes)}"


def worth_showing(cell: Cell) -> bool:
    """Whether a cell holds more than its letter says: minutes, a note, a plan, or why it cannot be marked."""
    mark = cell.mark
    return bool(cell.why or cell.planned or (mark is not None and (mark.minutes is not None or mark.note)))


def column_words(column: Column, times: RegisterTimes | None = None, *, elsewhere: bool = False) -> str:
    """`Morning register, Friday 20 November · closes 08:55 · last marked by Pat Oduya 08:51`.

    `elsewhere`: another system is the register, so that none is taken here and none closes.
    """
    half = half_words(column.session.half).capitalize()
    parts = [f"{half} register, {day_words(column.session.day)}", _stage_words(column, times, elsewhere=elsewhere)]
    if column.taken_by:
        taken = column.taken_at
        when = f" {clock_time(taken)}" if taken is not None and taken.date() == column.session.day else ""
        parts.append(f"last marked by {column.taken_by}{when}")
    return " · ".join(parts)


def _stage_words(column: Column, times: RegisterTimes | None, *, elsewhere: bool) -> str:
    if elsewhere and column.state in (ColumnState.OPEN, ColumnState.CLOSED):
        return "marks are imported from the school’s other system"
    match column.state:
        case ColumnState.OPEN:
            return _times_words(times, begun=bool(column.taken_by)) if times else "open"
        case ColumnState.CLOSED:
            return "closed: a change needs a reason"
        case ColumnState.NO_SCHOOL:
            return f"no register: {column.why}"
        case ColumnState.FUTURE:
            return "still to come"


def _times_words(times: RegisterTimes, *, begun: bool) -> str:
    """Once somebody has marked, only the end matters, and who marked needs the room."""
    closes = f"closes {clock_time(times.closes)}"
    return closes if begun else f"taken from {clock_time(times.opens)}, {closes}"


def meanwhile_words(found: Sequence[Meanwhile], codes: Mapping[str, Code]) -> str:
    """Both marks of a contested cell: what was seen and meant, what another person wrote, who and when."""
    first = found[0]
    when = f" at {clock_time(first.at)} on {short_date(first.at.date())}" if first.at else ""
    words = (
        f"{first.pupil.name}, {session_words(first.edit.session)}: you saw {_named(first.edit.seen, codes)} and "
        f"gave {_named(mark_of(first.edit), codes)}. Meanwhile {first.by or 'somebody'} wrote "
        f"{_named(first.stands, codes)}{when}."
    )
    others = len(found) - 1
    return f"{words} So it is with {plural(others, 'other cell')}." if others else words


def meanwhile_choices(found: Sequence[Meanwhile], codes: Mapping[str, Code]) -> tuple[str, str]:
    """The two marks to choose between."""
    if len(found) > 1:
        return "Keep theirs", "Put mine over them"
    one = found[0]
    return f"Keep theirs: {_named(one.stands, codes)}", f"Put mine: {_named(mark_of(one.edit), codes)}"


def paper_words(one: Meanwhile, codes: Mapping[str, Code]) -> str:
    """Both marks of a child where somebody has written meanwhile what the sheet of paper does not say."""
    when = f" at {clock_time(one.at)} on {short_date(one.at.date())}" if one.at else ""
    return (
        f"{one.pupil.name}: on paper {_named(mark_of(one.edit), codes)}. "
        f"Meanwhile {one.by or 'somebody'} wrote {_named(one.stands, codes)}{when}."
    )


def paper_choices(one: Meanwhile, codes: Mapping[str, Code]) -> tuple[str, str]:
    """The two marks to choose between: what stands here, and what stands on paper."""
    return f"Keep theirs: {_named(one.stands, codes)}", f"The paper’s: {_named(mark_of(one.edit), codes)}"


def kept_words(found: Sequence[Meanwhile]) -> str:
    """What is said when another person's marks are kept."""
    if len(found) > 1:
        return f"{len(found)} marks were left as others wrote them."
    one = found[0]
    stands = one.stands.code if one.stands else "A blank"
    return f"{stands} stays for {one.pupil.name}, as {one.by or 'somebody else'} left it."


def left_words(left: Sequence[Left]) -> str:
    """Which cells an undoing left alone; empty where it left none."""
    if not left:
        return ""
    named = [
        f"{one.pupil.name}, {session_words(one.session)} ({one.stands.code if one.stands else 'a blank'})"
        for one in left[:LEFT_NAMED]
    ]
    more = f" and {plural(len(left) - LEFT_NAMED, 'other')}" if len(left) > LEFT_NAMED else ""
    return f"Left as it is, because somebody wrote there since: {'; '.join(named)}{more}."


def totals(rows: Iterable[Row], column: int, codes: Mapping[str, Code]) -> Totals:
    """Count one session. A pupil who cannot be marked then and has no mark is counted nowhere."""
    counted = {"present": 0, "late": 0, "elsewhere": 0, "authorised": 0, "unauthorised": 0, "no_reason": 0, "exempt": 0}
    blanks: list[Cell] = []
    for row in rows:
        cell = row.cells[column]
        if cell.mark is not None:
            counted[_kind(codes.get(cell.mark.code))] += 1
        elif not cell.why:
            blanks.append(cell)
    confirm = sum(cell.confirm for cell in blanks)
    planned = sum(bool(cell.planned) for cell in blanks) - confirm
    return Totals(**counted, blank=len(blanks), planned=planned, confirm=confirm)


def totals_words(found: Totals) -> tuple[tuple[str, str], ...]:
    """The totals as (words, kind) in the order of the footer; kinds that are seldom met are left out at nought."""
    return (
        (f"{found.present} present", "present"),
        (f"{found.late} late", "late"),
        *_where(found.elsewhere, f"{found.elsewhere} elsewhere", "elsewhere"),
        (f"{found.authorised} authorised", "authorised"),
        (f"{found.unauthorised} unauthorised", "unauthorised"),
        *_where(found.exempt, f"{found.exempt} not counted", "exempt"),
        (f"{found.no_reason} no reason yet", "no_reason"),
        (_blank_words(found), "blank"),
    )


def planned_words(written: Sequence[Written], codes: Mapping[str, Code], pupils: Mapping[int, Pupil]) -> str:
    """What was planned where another mark was made, said at once; empty where nothing was."""
    over = [one for one in written if one.changed and one.edit.code and one.planned not in ("", one.edit.code)]
    if not over:
        return ""
    if len(over) > 1:
        return f"{len(over)} marks stand where something else was planned. Ctrl+Z to undo"
    one = over[0]
    child = pupils.get(one.edit.pupil)
    known = codes.get(one.edit.code)
    who = child.name if child else "The child"
    here = "is marked present" if known is not None and known.counts is Counts.PRESENT else f"has {one.edit.code}"
    return f"{who} {here}, though {code_words(one.planned, codes)}, was planned. The mark stands. Ctrl+Z to undo"


def asked_words(written: Sequence[Written]) -> str:
    """What is to be asked about marks that follow from an arrangement nobody put down; empty where nothing is."""
    asked = [one.asked for one in written if one.asked]
    if not asked:
        return ""
    more = f" Likewise {plural(len(asked) - 1, 'other mark')}." if len(asked) > 1 else ""
    return f"{asked[0]}.{more} Ctrl+Z to undo"


def amended_words(count: int, reason: str) -> str:
    """What is said once marks of a closed register were changed; empty where none was."""
    return f"{plural(count, 'mark')} amended: {reason}. The first mark stays on record." if count else ""


def plural(count: int, one: str, many: str = "") -> str:
    """`1 mark`, `3 marks`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def _named(mark: Mark | str | None, codes: Mapping[str, Code]) -> str:
    if isinstance(mark, Mark):
        return mark_words(mark, codes)
    return code_words(mark, codes) if mark else "a blank"


def _title(code: str, codes: Mapping[str, Code]) -> str:
    known = codes.get(code)
    return known.title if known else code


def _blank_words(found: Totals) -> str:
    some = [f"{found.planned} planned"] if found.planned else []
    some += [f"{found.confirm} to confirm"] if found.confirm else []
    return f"{found.blank} blank ({', '.join(some)})" if some else f"{found.blank} blank"


def _where(count: int, words: str, kind: str) -> Iterable[tuple[str, str]]:
    return ((words, kind),) if count else ()


def _kind(code: Code | None) -> str:
    if code is None:
        return "exempt"
    if code.provisional:
        return "no_reason"
    if code.late and code.counts is Counts.PRESENT:
        return "late"
    return {
        Counts.PRESENT: "present",
        Counts.APPROVED: "elsewhere",
        Counts.AUTHORISED: "authorised",
        Counts.UNAUTHORISED: "unauthorised",
    }.get(code.counts, "exempt")
