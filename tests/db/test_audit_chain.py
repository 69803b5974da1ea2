"""The chain as it is written: recomputed here from its own description, by other code."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.engine import connect
from db.store import SqlStore
from db.subjects import subject_of
from db.tables import CHAINED
from desktop_app.domain.marks import NewMark
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Half
from tests.support.every_table import fill_every_table


def plain(row: tuple[Any, ...]) -> str:
    """A row as the description of the chain says it is written."""
    while row[-1] is None:
        row = row[:-1]
    return json.dumps(
        [hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for value in row],
        separators=(",", ":"),
    )


def links(store: SqlStore) -> list[tuple[Any, ...]]:
    with closing(connect(store.path, store._key)) as connection:
        return connection.execute("SELECT * FROM link ORDER BY seq").fetchall()


def test_the_chain_can_be_made_again_from_its_description(store: SqlStore, deed: Any) -> None:
    fill_every_table(store, deed)
    with closing(connect(store.path, store._key)) as connection:
        salts = dict(connection.execute("SELECT subject, salt FROM salt"))
        written: dict[tuple[int, str, str], list[str]] = defaultdict(list)
        for table in CHAINED:
            for row in connection.execute(f"SELECT * FROM {table.name} ORDER BY seq"):
                written[row[1], table.name, subject_of(table.name, row)].append(plain(row) + ",")
    prev = "0" * 64
    said: dict[tuple[int, str, str], tuple[int, str]] = {}
    for link in links(store):
        *contents, found = link
        assert contents[-1] == prev
        assert hashlib.sha256((plain(tuple(contents)) + ",").encode()).hexdigest() == found
        prev = found
        said.update({(link[0], table, who): (rows, digest) for table, who, rows, digest in json.loads(link[-3])})
    assert said.keys() == written.keys()
    for (link_seq, table, who), rows in written.items():
        digest = hashlib.sha256(salts[who] + "".join(rows).encode()).digest()
        expected = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        assert said[link_seq, table, who] == (len(rows), expected)
    with store.reading() as reading:
        assert reading.chain_head == prev
    assert {len(salt) for salt in salts.values()} == {32}
    assert len(set(salts.values())) == len(salts)


def test_a_link_says_who_what_when_and_why(store: SqlStore, deed: Any) -> None:
    with store.writing(deed("import marks", "marks.csv, SHA-256 ab12")) as writing:
        writing.marks.add([NewMark(1, date(2026, 9, 7), Half.AM, "/")])
    assert links(store)[-1][1:7] == (
        *("2026-09-01T09:00:00.000000", 1, "Mrs A Head", "headteacher"),
        *("import marks", "marks.csv, SHA-256 ab12"),
    )


def test_the_first_link_holds_the_school_and_its_first_member_of_staff(store: SqlStore) -> None:
    first = links(store)
    assert [(part[0], part[1], part[2]) for part in json.loads(first[0][7])] == [
        ("school", "school", 1),
        ("staff", "staff 1", 1),
    ]
    assert len(first) == 1


def test_a_whole_import_is_one_link_with_one_part_for_each_pupil(store: SqlStore, deed: Any) -> None:
    marks = [NewMark(pupil, date(2026, 9, day), Half.AM, "/") for day in range(1, 29) for pupil in range(1, 301)]
    with store.writing(deed()) as writing:
        assert writing.marks.add(iter(marks)) == len(marks)
    assert len(links(store)) == 2
    parts = json.loads(links(store)[-1][7])
    assert sorted(part[:3] for part in parts) == sorted(["mark_history", f"pupil {n}", 28] for n in range(1, 301))
    assert store.check().ok


def test_a_transaction_in_which_nothing_was_written_leaves_no_link(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        assert writing.marks.add([]) == 0
        assert writing.book.put_many([]) == []
    assert len(links(store)) == 1


def test_an_exception_leaves_neither_row_nor_link(store: SqlStore, deed: Any) -> None:
    before = store.check()

    def fail_halfway() -> None:
        with store.writing(deed()) as writing:
            writing.marks.add([NewMark(1, date(2026, 9, 7), Half.AM, "/")])
            writing.book.put(Setting("a", "b"))
            assert writing.book.all(Setting) == (Setting("a", "b"),)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert store.check() == before
    with store.reading() as reading:
        assert reading.book.all(Setting) == ()
    with store.writing(deed()) as writing:
        writing.book.put(Setting("a", "c"))
    assert store.check().ok


def test_what_was_recorded_of_one_pupil_is_salted_apart_from_another(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        writing.marks.add([NewMark(pupil, date(2026, 9, 7), Half.AM, "/") for pupil in (1, 2)])
    one, other = json.loads(links(store)[-1][7])
    assert one[3] != other[3]


def test_an_erased_subject_leaves_every_link_verifiable(
    store: SqlStore, deed: Any, behind: Callable[..., None]
) -> None:
    fill_every_table(store, deed)
    behind(
        "DELETE FROM mark_history WHERE pupil = 2", "DELETE FROM mark WHERE pupil = 2",
        "DELETE FROM salt WHERE subject = 'pupil 2'",
    )  # fmt: skip
    assert store.check().faults == ("Link 3 wrote 1 rows of pupil 2 to mark_history; there are none.",)


def test_an_earlier_head_is_known_and_a_strange_one_is_not(store: SqlStore, deed: Any) -> None:
    with store.reading() as reading:
        early = reading.chain_head
    with store.writing(deed()) as writing:
        writing.book.put(Setting("a", "b"))
    assert store.check(early).head_known is True
    assert store.check(early.upper()).ok
    assert store.check("0" * 63 + "1").head_known is False
    assert not store.check("0" * 63 + "1").ok
    assert store.check().head_known is None


def test_a_cut_tail_is_shown_only_by_a_head_kept_outside(
    store: SqlStore, deed: Any, behind: Callable[..., None]
) -> None:
    with store.writing(deed()) as writing:
        writing.book.put(Setting("a", "b"))
    with store.reading() as reading:
        head = reading.chain_head
    behind("DELETE FROM link WHERE seq = 2", "DELETE FROM setting")
    assert store.check().ok
    assert not store.check(head).ok


def test_a_moment_is_stored_in_utc_to_the_microsecond(store: SqlStore, deed: Any) -> None:
    deed.at = datetime(2026, 7, 1, 10, 0, 0, 5, tzinfo=UTC)
    with store.writing(deed()) as writing:
        writing.marks.add([NewMark(1, date(2026, 7, 1), Half.AM, "/")])
    with store.reading() as reading:
        change = reading.marks.history(1, date(2026, 7, 1), date(2026, 7, 1))[0]
    assert change.recorded_at == datetime(2026, 7, 1, 11, 0, 0, 5, tzinfo=UTC)
