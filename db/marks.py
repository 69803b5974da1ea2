"""The register: the history that is kept, and the current marks that follow from it.

These statements run at every key press, so they are plain text handed to the driver. Days and ids in them are whole
numbers of our own, written as literals where they are a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from db import plain
from db.audit import Part, Trail, signed
from db.facts import day_of
from db.known import Known
from db.subjects import of_pupil
from db.triggers import LATE, UNAUTHORISED
from desktop_app.domain.deeds import Deed
from desktop_app.domain.marks import Mark, MarkChange, NewMark, Source
from desktop_app.domain.sessions import HALVES, Half, Session

_made: Callable[[tuple[Any, ...]], Mark] = partial(tuple.__new__, Mark)  # pyright: ignore[reportUnknownMemberType]
MOST_DAYS = 4000
BATCH = 5000
"""Rows handed to the driver at once in a great import."""

_HALVES = dict(enumerate(HALVES))
_PARTIAL = ("G", "N", "O", "U")
_MARK = "SELECT pupil, day, half, code, minutes, note FROM {marks} WHERE day BETWEEN :first AND :last"
_CHANGE = (
    "SELECT h.seq, h.pupil, h.day, h.half, h.code, h.minutes, h.note, h.reason, h.source, h.amends,"
    " l.author, l.name, l.position, l.at FROM mark_history h LEFT JOIN link l ON l.seq = h.link"
)
_ADD = (
    "INSERT INTO mark_history (seq, link, pupil, day, half, code, minutes, note, reason, source, amends)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KEEP = (
    "INSERT INTO mark (pupil, day, half, code, minutes, note) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (pupil, day, half) DO UPDATE"
    " SET code = excluded.code, minutes = excluded.minutes, note = excluded.note"
)
_ADD_PLAIN = _ADD.replace("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "(?, ?, ?, ?, ?, ?, NULL, '', '', ?, 0)")
_KEEP_PLAIN = _KEEP.replace("(?, ?, ?, ?, ?, ?)", "(?, ?, ?, ?, NULL, '')")
"""Most marks have no minutes, note or reason. Written into the statement, what they have not costs nothing: a value
handed to the driver costs about as much as the row itself."""
_CLEAR = "DELETE FROM mark WHERE pupil = ? AND day = ? AND half = ?"


class Marks:
    """Reads the register: today's from the current marks, a past one folded from the history."""

    def __init__(self, connection: Connection, known: Known | None, deed: Deed | None = None) -> None:
        self._connection = connection
        self._deed = deed
        self._known = known
        self._limit = "" if known is None else f" AND {known.sql('h.link')}"

    def counts(self, first: date, last: date, pupils: Collection[int] | None = None) -> dict[int, dict[str, int]]:
        where = f"FROM {self._table(pupils)} WHERE day BETWEEN :first AND :last{_among(pupils)}"
        if pupils is not None:
            # A pupil's marks lie together: to take the codes as they come spares the sorting of them by code.
            strung = self._rows(f"SELECT pupil, group_concat(code, ' ') {where} GROUP BY pupil", first, last)
            return {pupil: dict(Counter(codes.split(" "))) for pupil, codes in strung}
        found: dict[int, dict[str, int]] = {}
        for pupil, code, number in self._rows(
            f"SELECT pupil, code, count(*) {where} GROUP BY pupil, code", first, last
        ):
            if pupil in found:
                found[pupil][code] = number
            else:
                found[pupil] = {code: number}
        return found

    def between(self, first: date, last: date, pupils: Collection[int] | None = None) -> list[Mark]:
        return self._read(_among(pupils) + " ORDER BY pupil, day, half", first, last, pupils)

    def by_session(self, first: date, last: date) -> dict[Session, dict[str, int]]:
        statement = (
            f"SELECT day, half, code, count(*) FROM {self._table()} WHERE day BETWEEN :first AND :last"  # noqa: S608
            " GROUP BY day, half, code"
        )
        found: dict[Session, dict[str, int]] = {}
        for day, half, code, number in self._rows(statement, first, last):
            found.setdefault(Session(day_of(day), _HALVES[half]), {})[code] = number
        return found

    def not_present(self, first: date, last: date, pupils: Collection[int] | None = None) -> list[Mark]:
        apart = f" AND code NOT IN ('/', '\\'){_among(pupils)}"
        return self._read(f"{apart} ORDER BY pupil, day, half", first, last, pupils)

    def with_minutes(self, first: date, last: date) -> list[Mark]:
        return self._read(f" AND {LATE} ORDER BY pupil, day, half", first, last)

    def on(self, days: Collection[date]) -> list[Mark]:
        if not days:
            return []
        return self._read(f" AND day IN ({_ordinals(tuple(days))}) ORDER BY pupil, day, half", min(days), max(days))

    def at(self, pupil: int, session: Session) -> Mark | None:
        half = f" AND half = {session.half.ordinal}"
        found = self._read(f" AND pupil = {pupil:d}{half}", session.day, session.day, (pupil,))
        return found[0] if found else None

    def with_code(self, code: str, first: date, last: date) -> list[Mark]:
        order = " ORDER BY day, half, pupil"
        if code in _PARTIAL:
            return self._read(f" AND code = '{code}' AND ({UNAUTHORISED}){order}", first, last)
        return self._read(f" AND code = :code{order}", first, last, code=code)

    def codes(self, session: Session) -> dict[int, str]:
        of_session = "WHERE day BETWEEN :first AND :last AND half = :half ORDER BY pupil"
        statement = f"SELECT pupil, code FROM {self._table()} {of_session}"  # noqa: S608
        return dict(self._rows(statement, session.day, session.day, half=session.half.ordinal))

    def filled(self, session: Session) -> frozenset[int]:
        return frozenset(self.codes(session))

    def history(self, pupil: int, first: date, last: date) -> list[MarkChange]:
        where = f"WHERE {_days(first, last)} AND h.half IN (0, 1) AND h.pupil = :pupil{self._limit}"
        rows = self._rows(f"{_CHANGE} {where} ORDER BY h.seq", first, last, pupil=pupil)
        return [_change(row, self._deed) for row in rows]

    def changed_again(self, pupils: Collection[int], first: date, last: date) -> frozenset[int]:
        statement = (
            f"SELECT h.pupil FROM mark_history h WHERE {_days(first, last)} AND h.half IN (0, 1)"  # noqa: S608
            f"{_among(pupils, 'h.pupil')}{self._limit} GROUP BY h.pupil, h.day, h.half HAVING count(*) > 1"
        )
        return frozenset(row[0] for row in self._rows(statement, first, last))

    def last_change(self, pupils: Collection[int], session: Session) -> MarkChange | None:
        of_session = "WHERE h.day BETWEEN :first AND :last AND h.half = :half" + _among(pupils, "h.pupil")
        statement = f"{_CHANGE} {of_session}{self._limit} ORDER BY h.seq DESC LIMIT 1"
        rows = self._rows(statement, session.day, session.day, half=session.half.ordinal)
        return _change(rows[0], self._deed) if rows else None

    def last_changes(
        self, pupils: Collection[int], first: date, last: date, codes: Collection[str] = ()
    ) -> dict[Session, MarkChange]:
        of_codes = f" AND h.code IN ({', '.join(map(_quoted, codes))})" if codes else ""
        newest = (
            f"SELECT max(h.seq) FROM mark_history h WHERE {_days(first, last)} AND h.half IN (0, 1)"  # noqa: S608
            f" AND h.source <> '{Source.PLAN}'{of_codes}{_among(pupils, 'h.pupil')}{self._limit} GROUP BY h.day, h.half"
        )
        changes = (_change(row, self._deed) for row in self._rows(f"{_CHANGE} WHERE h.seq IN ({newest})", first, last))
        return {Session(change.day, change.half): change for change in changes}

    def _table(self, pupils: Collection[int] | None = None) -> str:
        """Where the marks are to be selected from: the current ones, or those current at a past moment."""
        return "mark" if self._known is None else _folded(self._known, pupils)

    def _read(
        self, condition: str, first: date, last: date, pupils: Collection[int] | None = None, **more: Any
    ) -> list[Mark]:
        rows = self._rows(_MARK.format(marks=self._table(pupils)) + condition, first, last, **more)
        return [
            _made((pupil, day_of(day), _HALVES[half], code, minutes, note))
            for pupil, day, half, code, minutes, note in rows
        ]

    def _rows(self, statement: str, first: date, last: date, **more: Any) -> list[Any]:
        """The rows of a statement, all at once."""
        return plain.rows(self._connection, statement, {"first": first.toordinal(), "last": last.toordinal(), **more})


class MarksWriter(Marks):
    """Adds to the history, and keeps the current marks in step."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        super().__init__(connection, None, trail.deed)
        self._trail = trail
        self._parts: dict[int, Part] = {}
        self._last: int | None = None

    def add(self, marks: Iterable[NewMark]) -> int:
        coming = iter(marks)
        added = 0
        while batch := list(islice(coming, BATCH)):
            self._write(batch)
            added += len(batch)
        return added

    def _write(self, batch: list[NewMark]) -> None:
        seq, link, parts = self._last_seq(), self._trail.link, self._parts_of(batch)
        rows: list[tuple[Any, ...]] = []
        bare: list[tuple[Any, ...]] = []
        newest: dict[tuple[int, int, int], tuple[Any, ...]] = {}
        for pupil, day, half, code, minutes, note, reason, source, amends in batch:
            seq += 1
            place = (pupil, day.toordinal(), 0 if half is Half.AM else 1)
            origin = str(source)
            row = (seq, link, *place, code, minutes, note, reason, origin, 1 if amends else 0)
            parts[pupil].add(row)
            if minutes is None and not (note or reason or amends):
                bare.append((seq, link, *place, code, origin))
            else:
                rows.append(row)
            newest[place] = (*place, code, minutes, note)
        self._last = seq
        self._run(_ADD, rows)
        self._run(_ADD_PLAIN, bare)
        self._keep(newest)

    def _parts_of(self, batch: list[NewMark]) -> dict[int, Part]:
        """The part of the link for each pupil; those of pupils who have none yet are begun."""
        new = {mark.pupil: of_pupil(mark.pupil) for mark in batch if mark.pupil not in self._parts}
        self._trail.expect(new.values())
        self._parts.update({pupil: self._trail.part("mark_history", subject) for pupil, subject in new.items()})
        return self._parts

    def _keep(self, newest: dict[tuple[int, int, int], tuple[Any, ...]]) -> None:
        """Bring the current marks in step with the newest mark of each session."""
        marked = [row for row in newest.values() if row[3]]
        self._run(_KEEP, [row for row in marked if row[5] or row[4] is not None])
        self._run(_KEEP_PLAIN, [row[:4] for row in marked if not row[5] and row[4] is None])
        if len(marked) < len(newest):
            self._run(_CLEAR, [place for place, row in newest.items() if not row[3]])

    def _run(self, statement: str, values: list[tuple[Any, ...]]) -> None:
        if values:
            self._trail.write(statement, values)

    def _last_seq(self) -> int:
        if self._last is None:
            self._last = int(plain.first(self._connection, "SELECT max(seq) FROM mark_history") or 0)
        return self._last


def _among(pupils: Collection[int] | None, column: str = "pupil") -> str:
    """A condition that the pupil is one of those, or nothing where all are meant."""
    return "" if pupils is None else f" AND {column} IN ({', '.join(str(int(pupil)) for pupil in pupils)})"


@lru_cache(maxsize=8)
def _ordinals(days: tuple[date, ...]) -> str:
    """Days as a list in a statement. A year’s figures ask for the same hundred every time."""
    return ", ".join(str(day.toordinal()) for day in days)


def _quoted(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"


def _days(first: date, last: date) -> str:
    """The days of a stretch of history, each named where they are few enough: the index is then asked for the pupil on
    each day, instead of being read for everybody."""
    if (last - first).days > MOST_DAYS:
        return "h.day BETWEEN :first AND :last"
    return f"h.day IN ({', '.join(str(day) for day in range(first.toordinal(), last.toordinal() + 1))})"


def _folded(known: Known, pupils: Collection[int] | None) -> str:
    """The marks of some pupils, or of all, that were current at a past moment, as a table to select from."""
    return (
        "(SELECT pupil, day, half, code, minutes, note FROM mark_history WHERE code <> '' AND seq IN"  # noqa: S608
        f" (SELECT max(seq) FROM mark_history WHERE day BETWEEN :first AND :last{_among(pupils)} AND {known.sql()}"
        " GROUP BY day, half, pupil)) AS mark"
    )


def _change(row: Any, deed: Deed | None) -> MarkChange:
    seq, pupil, day, half, code, minutes, note, reason, source, amends, *link = row
    author, recorded_at = signed(link, deed)
    return MarkChange(
        *(seq, pupil, day_of(day), _HALVES[half], code, minutes, note, reason, Source(source), bool(amends)),
        author=author,
        recorded_at=recorded_at,
    )
