"""The register in the store: what is read back, what is folded, and by which index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from db.engine import connect
from db.keys import KEY_BYTES
from db.migrate import make_new
from db.store import SqlStore
from desktop_app.domain.deeds import Deed
from desktop_app.domain.marks import Mark, NewMark, Source
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Author

MON, TUE, WED = (date(2026, 9, day) for day in (7, 8, 9))
AM, PM = HALVES


def add(store: SqlStore, deed: Deed, *marks: NewMark) -> None:
    with store.writing(deed) as writing:
        assert writing.marks.add(marks) == len(marks)


@pytest.fixture
def week(store: SqlStore, deed: Any) -> SqlStore:
    add(
        store, deed("typed"),
        NewMark(1, MON, AM, "/"), NewMark(1, MON, PM, "\\"), NewMark(1, TUE, AM, "L", 12, "bus"),
        NewMark(2, MON, AM, "N"), NewMark(2, TUE, AM, "N"), NewMark(3, TUE, PM, "I"),
    )  # fmt: skip
    return store


def test_counts_are_by_pupil_then_code(week: SqlStore) -> None:
    with week.reading() as reading:
        assert reading.marks.counts(MON, TUE) == {1: {"/": 1, "\\": 1, "L": 1}, 2: {"N": 2}, 3: {"I": 1}}
        assert reading.marks.counts(MON, MON) == {1: {"/": 1, "\\": 1}, 2: {"N": 1}}
        assert reading.marks.counts(MON, TUE, [2, 3, 9]) == {2: {"N": 2}, 3: {"I": 1}}
        assert reading.marks.counts(MON, TUE, []) == {}
        assert reading.marks.counts(WED, WED) == {}


def test_the_marks_of_each_session_are_added_up_by_code(week: SqlStore) -> None:
    with week.reading() as reading:
        found = reading.marks.by_session(MON, TUE)
        assert found == {
            Session(MON, AM): {"/": 1, "N": 1},
            Session(MON, PM): {"\\": 1},
            Session(TUE, AM): {"L": 1, "N": 1},
            Session(TUE, PM): {"I": 1},
        }
        assert list(found) == sorted(found, key=lambda one: (one.day, one.half.ordinal))
        assert reading.marks.by_session(WED, WED) == {}


def test_between_is_by_pupil_day_and_half(week: SqlStore) -> None:
    with week.reading() as reading:
        assert reading.marks.between(MON, TUE, {1}) == [
            Mark(1, MON, AM, "/"), Mark(1, MON, PM, "\\"), Mark(1, TUE, AM, "L", 12, "bus"),
        ]  # fmt: skip
        assert [(mark.pupil, mark.day, mark.half) for mark in reading.marks.between(MON, TUE)] == [
            (1, MON, AM), (1, MON, PM), (1, TUE, AM), (2, MON, AM), (2, TUE, AM), (3, TUE, PM),
        ]  # fmt: skip


def test_on_names_any_number_of_days(week: SqlStore) -> None:
    many = [MON + timedelta(days=2 * step) for step in range(40_000)]
    with week.reading() as reading:
        assert [mark.pupil for mark in reading.marks.on([TUE, WED])] == [1, 2, 3]
        assert [mark.pupil for mark in reading.marks.on(many)] == [1, 1, 2]
        assert reading.marks.on([]) == []


def test_at_filled_and_with_code(week: SqlStore) -> None:
    with week.reading() as reading:
        assert reading.marks.at(1, Session(TUE, AM)) == Mark(1, TUE, AM, "L", 12, "bus")
        assert reading.marks.at(1, Session(TUE, PM)) is None
        assert reading.marks.filled(Session(MON, AM)) == {1, 2}
        assert reading.marks.filled(Session(WED, AM)) == frozenset()
        assert reading.marks.codes(Session(MON, AM)) == {1: "/", 2: "N"}
        assert reading.marks.codes(Session(TUE, PM)) == {3: "I"}
        assert reading.marks.codes(Session(WED, AM)) == {}
        assert [(mark.day, mark.pupil) for mark in reading.marks.with_code("N", MON, TUE)] == [(MON, 2), (TUE, 2)]
        assert [mark.pupil for mark in reading.marks.with_code("I", MON, TUE)] == [3]
        assert reading.marks.with_code("' OR 1 = 1 --", MON, TUE) == []


def test_what_is_not_plain_presence(week: SqlStore) -> None:
    with week.reading() as reading:
        every = reading.marks.between(MON, TUE)
        assert reading.marks.not_present(MON, TUE) == [mark for mark in every if mark.code not in "/\\"]
        assert {mark.code for mark in reading.marks.not_present(MON, TUE)} == {"L", "N", "I"}
        assert {mark.pupil for mark in reading.marks.not_present(MON, TUE, [2])} == {2}
        assert reading.marks.with_minutes(MON, TUE) == [mark for mark in every if mark.minutes is not None] != []


def test_history_keeps_every_mark_with_its_author_and_moment(week: SqlStore, deed: Any) -> None:
    add(week, deed("amended"), NewMark(2, MON, AM, "I", None, "fever", "mother rang", Source.TYPED, amends=True))
    add(week, deed("cleared"), NewMark(2, MON, AM, "", source=Source.UNDO))
    with week.reading() as reading:
        changes = reading.marks.history(2, MON, MON)
        assert reading.marks.at(2, Session(MON, AM)) is None
        last = reading.marks.last_change([1, 2], Session(MON, AM))
    assert [(change.code, change.reason, change.source, change.amends) for change in changes] == [
        ("N", "", Source.TYPED, False), ("I", "mother rang", Source.TYPED, True), ("", "", Source.UNDO, False),
    ]  # fmt: skip
    assert changes[1].author == Author(1, "Mrs A Head", "headteacher")
    assert changes[1].recorded_at == datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
    assert last == changes[-1]


def test_a_transaction_reads_its_own_history_signed_by_its_deed(week: SqlStore, deed: Any) -> None:
    with week.writing(deed()) as writing:
        writing.marks.add([NewMark(2, MON, AM, "I")])
        inside = writing.marks.history(2, MON, MON)
        assert writing.marks.last_change([2], Session(MON, AM)) == inside[-1]
    with week.reading() as reading:
        assert reading.marks.history(2, MON, MON) == inside


def test_the_last_changes_of_many_sessions_are_those_of_each(week: SqlStore, deed: Any) -> None:
    before = deed("later")
    add(week, before, NewMark(1, MON, AM, "I"), NewMark(3, TUE, AM, "/"))
    add(week, deed("still later"), NewMark(2, MON, AM, ""), NewMark(1, WED, PM, "N"))
    for moment in (None, before.at):
        with week.reading(moment) as reading:
            for pupils in ([1, 2, 3], [2], [9]):
                each = {Session(day, half) for day in (MON, TUE, WED) for half in HALVES}
                singly = {one: last for one in each if (last := reading.marks.last_change(pupils, one))}
                assert reading.marks.last_changes(pupils, MON, WED) == singly
            assert reading.marks.last_changes([], MON, WED) == {}


def test_what_stood_by_itself_signs_no_register(week: SqlStore, deed: Any) -> None:
    with week.reading() as reading:
        before = reading.marks.last_changes([1, 3], MON, MON)
    add(week, deed("settle"), NewMark(3, MON, AM, "M", source=Source.PLAN))
    add(week, deed("late"), NewMark(2, MON, AM, "L"))
    with week.reading() as reading:
        assert reading.marks.last_changes([1, 3], MON, MON)[Session(MON, AM)] == before[Session(MON, AM)]
        assert reading.marks.last_changes([1, 2, 3], MON, MON)[Session(MON, AM)].code == "L"
        assert reading.marks.last_changes([1, 2, 3], MON, MON, ("/", "'"))[Session(MON, AM)].code == "/"
        assert reading.marks.last_changes([1, 2, 3], MON, MON, ("Z",)) == {}


def test_nobody_took_a_register_that_is_empty(week: SqlStore) -> None:
    with week.reading() as reading:
        assert reading.marks.last_change([1, 2, 3], Session(WED, AM)) is None
        assert reading.marks.last_change([], Session(MON, AM)) is None


def test_within_one_batch_the_last_word_holds(store: SqlStore, deed: Any) -> None:
    add(store, deed(), *(NewMark(1, MON, AM, code) for code in ("/", "", "N", "I")))
    add(store, deed(), *(NewMark(1, TUE, AM, code) for code in ("/", "N", "")))
    with store.reading() as reading:
        assert reading.marks.between(MON, TUE) == [Mark(1, MON, AM, "I")]
    assert store.check().ok
    assert store.check().history == 7


def test_a_great_import_is_consumed_as_it_is_written(store: SqlStore, deed: Any) -> None:
    written: list[int] = []

    def marks(writing: Any) -> Iterator[NewMark]:
        for pupil in range(1, 12_001):
            if pupil == 12_000:
                written.append(len(writing.marks.filled(Session(MON, AM))))
            yield NewMark(pupil, MON, AM, "/", source=Source.IMPORT)

    with store.writing(deed()) as writing:
        assert writing.marks.add(marks(writing)) == 12_000
    assert written == [10_000]


def test_an_error_in_the_middle_of_an_import_leaves_nothing(store: SqlStore, deed: Any) -> None:
    def marks() -> Iterator[NewMark]:
        for pupil in range(1, 9_001):
            yield NewMark(pupil, MON, AM, "/")
        raise ValueError("row 9001")

    with pytest.raises(ValueError, match="row 9001"), store.writing(deed()) as writing:
        writing.marks.add(marks())
    found = store.check()
    assert (found.ok, found.marks, found.history, found.links) == (True, 0, 0, 1)


def test_a_past_moment_is_read_from_the_history(week: SqlStore, deed: Any) -> None:
    known = deed.between()
    add(week, deed("later"), NewMark(2, MON, AM, "I", reason="rang"), NewMark(1, MON, AM, ""), NewMark(4, MON, AM, "/"))
    with week.reading(known) as then, week.reading() as now:
        assert then.marks.counts(MON, TUE) == {1: {"/": 1, "\\": 1, "L": 1}, 2: {"N": 2}, 3: {"I": 1}}
        assert now.marks.counts(MON, TUE) == {1: {"\\": 1, "L": 1}, 2: {"I": 1, "N": 1}, 3: {"I": 1}, 4: {"/": 1}}
        assert then.marks.counts(MON, TUE, [2, 4]) == {2: {"N": 2}}
        assert [mark.code for mark in then.marks.between(MON, TUE, [2])] == ["N", "N"]
        assert then.marks.at(2, Session(MON, AM)) == Mark(2, MON, AM, "N")
        assert then.marks.filled(Session(MON, AM)) == {1, 2}
        assert [mark.code for mark in then.marks.on([MON])] == ["/", "\\", "N"]
        assert [mark.day for mark in then.marks.with_code("N", MON, TUE)] == [MON, TUE]
        assert [mark.pupil for mark in then.marks.with_code("I", MON, TUE)] == [3]
        assert {(mark.pupil, mark.code) for mark in then.marks.not_present(MON, MON)} == {(2, "N")}
        assert [change.code for change in then.marks.history(2, MON, MON)] == ["N"]
        last = then.marks.last_change([1, 2, 4], Session(MON, AM))
        assert last is not None
        assert last.pupil == 2
    with week.reading(datetime(2026, 9, 1, 7, 59, tzinfo=UTC)) as before:
        assert before.marks.counts(MON, TUE) == {}
        assert before.marks.history(2, MON, MON) == []


def test_a_clock_once_set_back_does_not_hide_what_was_recorded(store: SqlStore, deed: Any) -> None:
    add(store, deed(), NewMark(1, MON, AM, "/"))
    first = deed.at
    deed.at = first + timedelta(days=400)
    add(store, deed(), NewMark(2, MON, AM, "/"))
    deed.at = first + timedelta(hours=1)
    add(store, deed(), NewMark(3, MON, AM, "/"))
    with store.reading(first + timedelta(days=1)) as reading:
        assert reading.marks.filled(Session(MON, AM)) == {1, 3}
        assert [change.pupil for change in reading.marks.history(3, MON, MON)] == [3]
    with store.reading(first + timedelta(days=500)) as reading:
        assert reading.marks.filled(Session(MON, AM)) == {1, 2, 3}


def plans(store: SqlStore, statement: str) -> str:
    with closing(connect(store.path, store._key)) as connection:
        return " / ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))


def test_the_reads_that_matter_are_answered_by_an_index(week: SqlStore) -> None:
    from db import marks

    counts = "SELECT pupil, code, count(*) FROM mark WHERE day BETWEEN 1 AND 2 GROUP BY pupil, code"
    assert "USING COVERING INDEX mark_by_day (day>? AND day<?)" in plans(week, counts)
    codes = "SELECT pupil, code FROM mark WHERE day BETWEEN 1 AND 1 AND half = 0 ORDER BY pupil"
    assert "USING COVERING INDEX mark_by_day (day>? AND day<?)" in plans(week, codes)
    one = marks._MARK.format(marks="mark").replace(":first", "1").replace(":last", "2") + " AND pupil = 3"
    assert "USING PRIMARY KEY (pupil=? AND day>? AND day<?)" in plans(week, one)
    unexplained = f"SELECT * FROM mark WHERE day > 1 AND code = 'N' AND ({marks.UNAUTHORISED})"
    assert "USING INDEX mark_unauthorised (code=? AND day>?)" in plans(week, unexplained)
    late = marks._MARK.format(marks="mark").replace(":first", "1").replace(":last", "2") + f" AND {marks.LATE}"
    assert "USING INDEX mark_late (day>? AND day<?)" in plans(week, f"{late} ORDER BY pupil, day, half")
    change = f"{marks._CHANGE} WHERE h.day IN (1, 2) AND h.half IN (0, 1) AND h.pupil = 1"
    assert "USING INDEX mark_history_of_session (day=? AND half=? AND pupil=?)" in plans(week, change)


CODES = st.sampled_from(["", "/", "\\", "N", "I", "O", "L", "B"])
CHANGES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 2), st.sampled_from(HALVES), CODES, st.text(max_size=5)), max_size=12
)


@settings(deadline=None, max_examples=25)
@given(st.lists(CHANGES, max_size=5))
def test_the_current_marks_are_always_the_fold_of_the_history(
    links: list[list[tuple[int, int, Half, str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = bare_store(Path(folder) / "a.rollbook")
        expected: dict[tuple[int, date, Half], tuple[str, str]] = {}
        moments = []
        for number, changes in enumerate(links):
            at = datetime(2026, 9, 1, number, tzinfo=UTC)
            with store.writing(Deed(Author(1, "A", "B"), "test", at)) as writing:
                writing.marks.add(
                    NewMark(pupil, MON + timedelta(days=day), half, code, note=note)
                    for pupil, day, half, code, note in changes
                )
            for pupil, day, half, code, note in changes:
                expected[pupil, MON + timedelta(days=day), half] = (code, note)
            moments.append((at, {key: value for key, value in expected.items() if value[0]}))
        for at, then in moments:
            with store.reading(at) as reading:
                assert found(reading) == then
        with store.reading() as reading:
            assert found(reading) == (moments[-1][1] if moments else {})
        assert store.check().ok
        store.close()


def found(reading: Any) -> dict[tuple[int, date, Half], tuple[str, str]]:
    return {(m.pupil, m.day, m.half): (m.code, m.note) for m in reading.marks.between(MON, WED)}


class Held:
    """Stands where the writer's lock stands, for a store nobody else can reach."""

    def release(self) -> None:
        pass


def bare_store(path: Path) -> SqlStore:
    store = SqlStore(path, bytes(KEY_BYTES), "head", Held())  # type: ignore[arg-type]
    with store._engine.begin() as connection:
        make_new(connection)
    return store
