"""The rows of a file of marks, each decided against the roll, the calendar, the law and the mark that stands.

What repeats is worked out once and kept by the text of its cells: whose UPN it is, which session a date and `AM` are,
and whether a code may stand there. A row of which all that is known costs a few look-ups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from desktop_app.actions.import_report import STEP, Tally
from desktop_app.actions.mark_places import NO_DETAIL, Child, Detail, Places, ReadMarks
from desktop_app.actions.roll import Roll
from desktop_app.context import Context
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.sessions import Half, Session
from desktop_app.exchange.columns import Columns
from desktop_app.exchange.lines import DateManners, Line
from desktop_app.exchange.marks_file import read_code, read_minutes
from desktop_app.exchange.tables import Table
from desktop_app.exchange.values import read_half, unquoted, words_of
from desktop_app.rules.codes import refusal
from desktop_app.rules.display import long_date, session_words
from desktop_app.rules.register import register_closed

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A session as the file names it. `numbers` holds the codes that may stand there, by the text of their cell."""

    place: int
    session: Session
    day: date
    half: Half
    closed: bool
    numbers: dict[str, int] = field(default_factory=dict[str, int])


class MarkRows:
    """Reads a table of marks. `read` gives the marks that stand between two days."""

    def __init__(self, context: Context, roll: Roll, table: Table, tally: Tally, read: ReadMarks) -> None:
        self._roll = roll
        self._table = table
        self._tally = tally
        self._now = context.now()
        self._codes = context.rulebook.codes
        self._places = Places(roll, self._now.date(), self._codes, read)
        self._people = _People(self._places, table.columns)
        self._concerns = _Concerns(self._places, context)
        columns = table.columns
        self._dates = DateManners(columns.title("date"), tally.faults)
        self._upn, self._number = columns.first("upn"), columns.first("admission_number")
        self._date, self._half = columns.first("date"), columns.first("session")
        self._code, self._minutes = columns.first("code"), columns.first("minutes")
        self._comment = columns.first("comment")
        self._known: dict[tuple[str, str], Child] = {}
        self._slots: dict[tuple[str, str], Slot] = {}

    def batches(self) -> Iterator[tuple[int, list[NewMark]]]:
        """The marks to write, every few thousand rows, with the number of the row that was read last."""
        batch: list[NewMark] = []
        row = self._table.heading_row
        plain = self._plain()
        for count, (row, cells) in enumerate(self._table.rows(self._tally.faults), start=1):
            mark = plain(cells) or self._decide(row, cells)
            if mark is not None:
                batch.append(mark)
            if count % STEP == 0:
                yield row, batch
                batch = []
        yield row, batch
        self._dates.finish()
        self._concerns.tell(self._tally)

    def _plain(self) -> Callable[[Cells], NewMark | None]:
        """What decides most rows: the first mark of a session, of which all is known; None where more must be asked.

        A function with everything at hand in names of its own, since it runs once for each row.
        """
        slots, known, codes, concerns = self._slots, self._known, self._places.codes, self._concerns.numbers
        upn_at, number_at, date_at, half_at, code_at = self._upn, self._number, self._date, self._half, self._code
        comment_at, minutes_at = self._comment, self._minutes
        tally = self._tally

        def decide(cells: Cells) -> NewMark | None:
            slot = slots.get((cells[date_at], cells[half_at]))
            child = known.get((cells[upn_at], cells[number_at]))
            if slot is None or child is None or cells[comment_at] or cells[minutes_at]:
                return None
            number = slot.numbers.get(cells[code_at])
            place = slot.place
            if number is None or number in concerns:
                return None
            if child.given[place] or child.stands[place] or not child.open[place]:
                return None
            child.given[place] = number
            tally.added += 1
            return NewMark(child.id, slot.day, slot.half, codes[number], None, "", "", Source.IMPORT, False)

        return decide

    def _decide(self, row: int, cells: Cells) -> NewMark | None:
        """The mark to write for a row; None where it is rejected or skipped, or says what is known."""
        child = self._known.get((cells[self._upn], cells[self._number]))
        slot = self._slots.get((cells[self._date], cells[self._half]))
        number = slot.numbers.get(cells[self._code]) if slot else None
        if child is None or slot is None or number is None or not child.open[slot.place]:
            settled = self._settle(Line(row, cells, self._table.columns, self._tally.faults))
            if settled is None:
                return None
            child, slot, number = settled
        detail = NO_DETAIL
        if cells[self._comment] or cells[self._minutes]:
            line = Line(row, cells, self._table.columns, self._tally.faults)
            detail = self._detail(line, self._places.codes[number])
            if not line.good:
                return None
        if child.given[slot.place]:
            self._again(row, cells, child.agrees(slot.place, number, detail))
            return None
        child.given[slot.place] = number
        if detail != NO_DETAIL:
            child.say(slot.place, detail)
        if number in self._concerns.numbers:
            self._concerns.note(row, slot.session, number, detail)
        return self._write(child, slot, number, detail)

    def _write(self, child: Child, slot: Slot, number: int, detail: Detail) -> NewMark | None:
        """A first mark, an amendment of the one that stands, or None where that one is equal."""
        stands = child.stands[slot.place]
        day, half = slot.day, slot.half
        code = self._places.codes[number]
        if not stands:
            self._tally.added += 1
            return NewMark(child.id, day, half, code, detail[0], detail[1], "", Source.IMPORT)
        if stands == number:
            kept = child.kept.get(slot.place, NO_DETAIL)
            detail = (kept[0] if detail[0] is None else detail[0], detail[1] or kept[1])
            if detail == kept:
                self._tally.unchanged += 1
                return None
        self._tally.changed += 1
        reason = self._table.origin
        return NewMark(child.id, day, half, code, detail[0], detail[1], reason, Source.IMPORT, slot.closed)

    def _settle(self, line: Line) -> tuple[Child, Slot, int] | None:
        """Work out a row of which something is new, and keep it; None where it is skipped or rejected."""
        child = self._people.find(line)
        slot = self._slot(line)
        code = read_code(line.cell("code"))
        known = self._codes.get(code)
        if code and known is None:
            line.reject("code", "There is no such attendance code.")
        if child is None or slot is None or not line.good:
            return None
        if known is None or known.by_calendar:
            self._tally.skipped += 1
            return None
        return (child, slot, self._places.numbers[code]) if self._may_stand(line, child, slot, code) else None

    def _may_stand(self, line: Line, child: Child, slot: Slot, code: str) -> bool:
        session = slot.session
        why = refusal(code, session.day, session.half, self._codes, typed=False)
        if why is not None:
            line.reject("code", why)
            return False
        if session.day > self._now.date():
            line.reject("date", f"{session_words(session)} is in the future, where no mark can stand.")
            return False
        if not child.open[slot.place]:
            why = self._roll.why_not(child.pupil.id, session)
            line.reject("date", f"No mark can stand on {session_words(session)}: {why}.")
            return False
        self._known[line.cell("upn"), line.cell("admission_number")] = child
        slot.numbers[line.cell("code")] = self._places.numbers[code]
        return True

    def _slot(self, line: Line) -> Slot | None:
        key = (line.cell("date"), line.cell("session"))
        slot = self._slots.get(key)
        if slot is not None:
            return slot
        day = line.need("date", partial(self._dates.read, line.number))
        half = line.need("session", read_half)
        if day is None or half is None:
            return None
        session = Session(day, half)
        closed = register_closed(self._roll.school, session, self._now)
        slot = self._slots[key] = Slot(self._places.of(session), session, day, half, closed)
        return slot

    def _detail(self, line: Line, code: str) -> Detail:
        minutes = line.read("minutes", read_minutes)
        note = line.text("comment")
        if self._codes[code].takes_minutes or not minutes:
            return (minutes if self._codes[code].takes_minutes else None, note)
        line.reject("minutes", f"Minutes late go with a late mark only, and this mark is {code}.")
        return NO_DETAIL

    def _again(self, row: int, cells: Cells, agrees: bool) -> None:
        if agrees:
            self._tally.unchanged += 1
            return
        line = Line(row, cells, self._table.columns, self._tally.faults)
        line.reject("code", "An earlier row says something else of this pupil and session.")


class _People:
    """Who is meant by a UPN or an admission number."""

    def __init__(self, places: Places, columns: Columns) -> None:
        self._key = "upn" if columns.has("upn") else "admission_number"
        self._by_upn = {child.pupil.upn: child for child in places.children.values() if child.pupil.upn}
        self._by_number: defaultdict[str, list[Child]] = defaultdict(list)
        for child in places.children.values():
            if child.pupil.admission_number:
                self._by_number[child.pupil.admission_number.casefold()].append(child)

    def find(self, line: Line) -> Child | None:
        """The pupil of a row: by UPN, or by admission number where the UPN is blank. Rejects the row where it is
        nobody, or two."""
        upn = "".join(unquoted(line.cell("upn").strip()).split()).upper()
        number = words_of(unquoted(line.cell("admission_number").strip())).removesuffix(".0")
        numbered = self._by_number.get(number.casefold(), []) if number else []
        if upn:
            child = self._by_upn.get(upn)
            if child is None:
                line.reject("upn", "No pupil of the school has this UPN. Import the pupil first, or correct it.")
            elif numbered and child not in numbered:
                line.reject("admission_number", "This admission number is not that of the pupil with this UPN.")
            return child
        key = "admission_number" if number else self._key
        if len(numbered) == 1:
            return numbered[0]
        if not number:
            line.reject(key, "The row names no pupil: it has neither a UPN nor an admission number.")
        elif numbered:
            line.reject(key, "More than one pupil has this admission number; give the UPN.")
        else:
            line.reject(key, "No pupil of the school has this admission number.")
        return None


class _Concerns:
    """What is worth a word about marks that are taken all the same: no minutes, no note, a code before its law."""

    def __init__(self, places: Places, context: Context) -> None:
        codes = context.rulebook.codes.values()
        concerned = (code for code in codes if code.takes_minutes or code.needs_note or code.first)
        self.numbers = {places.numbers[code.key]: code for code in concerned}
        self._found: dict[str, tuple[int, int]] = {}

    def note(self, row: int, session: Session, number: int, detail: Detail) -> None:
        """Look at one mark."""
        code = self.numbers[number]
        if code.takes_minutes and detail[0] is None:
            self._count(row, f"{code.key} marks have no minutes late")
        if code.needs_note and not detail[1]:
            self._count(row, f"{code.key} marks have no note, which that code needs")
        if code.first is not None and session.day < code.first:
            law = f"{code.key} marks are on sessions before {long_date(code.first)}, when the code became law"
            self._count(row, law)

    def tell(self, tally: Tally) -> None:
        """Give the warnings, one of each kind."""
        for words, (count, row) in self._found.items():
            tally.faults.warn(f"{count:,} {words} (first in row {row}).")

    def _count(self, row: int, words: str) -> None:
        count, first = self._found.get(words, (0, row))
        self._found[words] = (count + 1, first)
