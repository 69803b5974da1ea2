"""Importing marks into a real store: what is taken, skipped, amended and refused, all or nothing."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.import_marks import import_marks
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.errors import Locked, Refused
from desktop_app.domain.imports import ImportReport
from desktop_app.domain.marks import Mark, MarkChange, Source
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.files import csv_file, upn, xlsx_file
from tests.support.running import finish
from tests.support.schools import SmallSchool

HEAD = ["UPN", "Date", "Session", "Code", "Minutes Late", "Comment"]
WHOLE = (date(2020, 1, 1), date(2027, 12, 31))
NAMES = {"Doyle": upn(1), "Kaya": upn(2)}


@pytest.fixture
def pair(school: SmallSchool) -> SmallSchool:
    """The small school, two of whose pupils have UPNs."""
    with school.context.store.writing(school.context.deed("set up")) as writing:
        for surname, number in NAMES.items():
            pupil = writing.book.get(Pupil, school.pupils[surname])
            assert pupil is not None
            writing.book.put(replace(pupil, upn=number))
    return school


def _file(school: SmallSchool, *rows: Sequence[Any], name: str = "marks.csv", head: Sequence[str] = HEAD) -> Path:
    return csv_file(school.path.with_name(name), [head, *rows])


def _import(school: SmallSchool, path: Path) -> ImportReport:
    """Preview and apply; the two must say the same, and the preview must change nothing."""
    before = (_marks(school), _head(school))
    preview = finish(import_marks(school.context, path, dry_run=True))
    assert (_marks(school), _head(school)) == before
    report = finish(import_marks(school.context, path, dry_run=False))
    assert report == preview
    assert report.rows == report.added + report.changed + report.unchanged + report.skipped + report.rejected_total
    if not report.clean:
        assert (_marks(school), _head(school)) == before
    return report


def _marks(school: SmallSchool) -> list[Mark]:
    with school.context.store.reading() as reading:
        return reading.marks.between(*WHOLE)


def _head(school: SmallSchool) -> str:
    with school.context.store.reading() as reading:
        return reading.chain_head


def _history(school: SmallSchool, surname: str) -> list[MarkChange]:
    with school.context.store.reading() as reading:
        return reading.marks.history(school.pupils[surname], *WHOLE)


def _set(school: SmallSchool, day: date, half: Half, code: str, minutes: int | None = None, note: str = "") -> None:
    write(school.context, [Edit(school.pupils["Doyle"], Session(day, half), code, minutes, note)], "set up")


def test_marks_of_every_kind_are_taken(pair: SmallSchool) -> None:
    rows = [
        [upn(1), "2026-09-07", "AM", "/", "", ""],
        [upn(1).lower(), "07/09/2026", "pm", "\\", 0, ""],
        [upn(1), "8/9/2026", "Morning", "l", 12, "bus"],
        [upn(2), "2026-09-07", "AM", "c1", "", "play"],
        [upn(2), "2026-09-07", "PM", "N", "", ""],
        [f"'{upn(2)}", "2026-09-08", "am", "'X", "", ""],
        [upn(2), "20/11/2026", "PM", "I", "", ""],
    ]
    report = _import(pair, _file(pair, *rows))
    assert (report.rows, report.added) == (7, 7)
    assert [words[:46] for words in report.warnings] == ["The column “Date” disagrees with itself: row 2"]
    doyle, kaya = pair.pupils["Doyle"], pair.pupils["Kaya"]
    assert sorted(_marks(pair), key=lambda mark: (mark.pupil, mark.day, mark.half)) == sorted(
        [
            Mark(doyle, date(2026, 9, 7), Half.AM, "/"),
            Mark(doyle, date(2026, 9, 7), Half.PM, "\\"),
            Mark(doyle, date(2026, 9, 8), Half.AM, "L", 12, "bus"),
            Mark(kaya, date(2026, 9, 7), Half.AM, "C1", None, "play"),
            Mark(kaya, date(2026, 9, 7), Half.PM, "N"),
            Mark(kaya, date(2026, 9, 8), Half.AM, "X"),
            Mark(kaya, date(2026, 11, 20), Half.PM, "I"),
        ],
        key=lambda mark: (mark.pupil, mark.day, mark.half),
    )
    assert {(change.source, change.amends, change.reason) for change in _history(pair, "Doyle")} == {
        (Source.IMPORT, False, "")
    }


def test_the_same_from_a_workbook_with_real_dates(pair: SmallSchool) -> None:
    rows = [
        ["Marsh Lane Primary School"],
        HEAD,
        [upn(1), datetime(2026, 9, 7), "AM", "/", None, None],
        [upn(1), 46272, "PM", "L", 7.0, None],
    ]
    report = _import(pair, xlsx_file(pair.path.with_name("marks.xlsx"), rows))
    assert (report.added, report.rejected) == (2, ())
    assert [(mark.code, mark.minutes) for mark in _marks(pair)] == [("/", None), ("L", 7)]


def test_one_link_whose_reason_is_the_file(pair: SmallSchool) -> None:
    path = _file(pair, [upn(1), "2026-09-07", "AM", "/"], [upn(2), "2026-09-07", "AM", "/"], head=HEAD[:4])
    links = pair.context.store.check().links
    _import(pair, path)
    sound = pair.context.store.check()
    assert (sound.ok, sound.links) == (True, links + 1)
    _set(pair, date(2026, 9, 8), Half.AM, "/")
    changed = _file(pair, [upn(1), "2026-09-07", "AM", "I"], head=HEAD[:4], name="later.csv")
    _import(pair, changed)
    last = _history(pair, "Doyle")[-1]
    digest = hashlib.sha256(changed.read_bytes()).hexdigest()
    assert (last.code, last.amends, last.reason) == ("I", True, f"later.csv, SHA-256 {digest}")


def test_nothing_new_leaves_no_link(pair: SmallSchool) -> None:
    path = _file(pair, [upn(1), "2026-09-07", "AM", "/"], head=HEAD[:4])
    _import(pair, path)
    head = _head(pair)
    report = _import(pair, path)
    assert (report.unchanged, report.rows, _head(pair)) == (1, 1, head)


def test_what_means_no_mark_is_skipped_and_clears_nothing(pair: SmallSchool) -> None:
    _set(pair, date(2026, 9, 7), Half.AM, "/")
    rows = [
        [upn(1), "2026-09-07", "AM", code] for code in ("", "-", "?", " ", "'-", "#", "Z", "z")
    ] + [[upn(1), "2026-10-28", "AM", "#"], [upn(1), "2027-06-01", "AM", "-"]]  # fmt: skip
    report = _import(pair, _file(pair, *rows, head=HEAD[:4]))
    assert (report.skipped, report.rows) == (10, 10)
    assert [mark.code for mark in _marks(pair)] == ["/"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ([upn(9), "2026-09-07", "AM", "/"], "UPN", "No pupil of the school has this UPN"),
        (["nonsense", "2026-09-07", "AM", ""], "UPN", "No pupil of the school has this UPN"),
        (["", "2026-09-07", "AM", "/"], "UPN", "names no pupil"),
        ([upn(1), "", "AM", "/"], "Date", "blank"),
        ([upn(1), "soon", "AM", "/"], "Date", "not a date"),
        ([upn(1), "09/17/2026", "AM", "/"], "Date", "no such month"),
        ([upn(1), "2026-09-07", "noon", "/"], "Session", "AM or PM"),
        ([upn(1), "2026-09-07", "AM", "BB"], "Code", "no such attendance code"),
        ([upn(1), "2026-09-07", "AM", "//"], "Code", "no such attendance code"),
        ([upn(1), "2026-09-07", "AM", "Present"], "Code", "no such attendance code"),
        ([upn(1), "2026-09-07", "AM", "\\"], "Code", "afternoon mark"),
        ([upn(1), "2026-09-07", "PM", "/"], "Code", "morning mark"),
        ([upn(1), "2026-09-07", "AM", "H"], "Code", "withdrawn"),
        ([upn(1), "2026-09-07", "AM", "Y"], "Code", "withdrawn"),
        ([upn(1), "2026-10-28", "AM", "/"], "Date", "half term"),
        ([upn(1), "2026-09-02", "AM", "/"], "Date", "INSET"),
        ([upn(1), "2026-09-05", "AM", "/"], "Date", "a Saturday"),
        ([upn(1), "2026-08-31", "AM", "/"], "Date", "outside every term"),
        ([upn(1), "2022-09-02", "AM", "/"], "Date", "before the starting day"),
        ([upn(1), "1999-09-02", "AM", "/"], "Date", "before the starting day"),
        ([upn(1), "2026-11-23", "AM", "/"], "Date", "in the future"),
        ([upn(1), "2026-09-07", "AM", "L", "late"], "Minutes Late", "whole number from 0 to 400"),
        ([upn(1), "2026-09-07", "AM", "L", "-5"], "Minutes Late", "whole number from 0 to 400"),
        ([upn(1), "2026-09-07", "AM", "U", "401"], "Minutes Late", "whole number from 0 to 400"),
        ([upn(1), "2026-09-07", "AM", "/", "12"], "Minutes Late", "this mark is /"),
        ([upn(1), "2026-09-07", "AM", "L", "12", "a\x00b"], "Comment", "NUL"),
        ([upn(1), "2026-09-07", "AM\x00", "L"], "Session", "AM or PM"),
        ([upn(1), "2026-09-07", "AM", "/", "", "", "more"], "", "more cells"),
    ],
)
def test_each_refusal_names_row_and_column(pair: SmallSchool, row: list[str], column: str, words: str) -> None:
    path = _file(pair, [upn(2), "2026-09-07", "AM", "/"], [], row, [upn(2), "2026-09-07", "PM", "\\"])
    report = _import(pair, path)
    (fault,) = report.rejected
    assert (fault.row, fault.column, report.rejected_total, report.added) == (4, column, 1, 2)
    assert words in fault.why
    assert not report.clean


def test_after_leaving_and_in_a_class_that_was_closed(pair: SmallSchool) -> None:
    with pair.context.store.writing(pair.context.deed("set up")) as writing:
        doyle = writing.book.get(Pupil, pair.pupils["Doyle"])
        assert doyle is not None
        writing.book.put(replace(doyle, leaving_day=date(2026, 10, 2)))
        flood = date(2026, 9, 9)
        writing.book.put(Period(0, PeriodKind.CLOSURE, "flood", flood, flood, classes=("4B",)))
        kaya = next(one for one in writing.book.all(Membership) if one.pupil == pair.pupils["Kaya"])
        writing.book.put(replace(kaya, class_name="4A"))
    rows = [
        [upn(1), "2026-10-02", "PM", "\\"],
        [upn(1), "2026-10-05", "AM", "/"],
        [upn(1), "2026-09-09", "AM", "/"],
        [upn(2), "2026-09-09", "AM", "/"],
    ]
    report = _import(pair, _file(pair, *rows, head=HEAD[:4]))
    assert [(one.row, "after leaving" in one.why, "flood" in one.why) for one in report.rejected] == [
        (3, True, False),
        (4, False, True),
    ]


def test_a_file_is_all_or_nothing_however_late_it_fails(pair: SmallSchool) -> None:
    days = [date(2026, 9, day).isoformat() for day in range(7, 12)]
    rows = [[upn(child), day, "AM", "/"] for _ in range(1_200) for day in days for child in (1, 2)]
    report = _import(pair, _file(pair, *rows, [upn(1), days[0], "PM", "/"], head=HEAD[:4]))
    assert (report.rows, report.added, report.unchanged, report.rejected_total) == (12_001, 10, 11_990, 1)
    assert _marks(pair) == []


def test_only_a_thousand_rejections_are_listed(pair: SmallSchool) -> None:
    rows = [[upn(9), "2026-09-07", "AM", "/"]] * 1_500
    report = _import(pair, _file(pair, *rows, head=HEAD[:4]))
    assert (len(report.rejected), report.rejected_total, report.rows) == (1_000, 1_500, 1_500)


def test_a_later_row_that_disagrees_is_rejected_and_one_that_agrees_unchanged(pair: SmallSchool) -> None:
    rows = [
        [upn(1), "2026-09-07", "AM", "L", "12", "bus"],
        [upn(1), "07/09/2026", "am", "l", "12", "bus"],
        [upn(1), "2026-09-07", "AM", "L", "", ""],
        [upn(1), "2026-09-07", "AM", "L", "13", "bus"],
        [upn(1), "2026-09-07", "AM", "/", "", ""],
    ]
    report = _import(pair, _file(pair, *rows))
    assert (report.added, report.unchanged, [one.row for one in report.rejected]) == (1, 2, [5, 6])
    assert "earlier row" in report.rejected[0].why


def test_a_detail_is_added_but_never_taken_away(pair: SmallSchool) -> None:
    _set(pair, date(2026, 9, 7), Half.AM, "L", 9, "bus")
    _set(pair, date(2026, 9, 7), Half.PM, "L")
    rows = [[upn(1), "2026-09-07", "AM", "L", "", ""], [upn(1), "2026-09-07", "PM", "L", "5", ""]]
    report = _import(pair, _file(pair, *rows))
    assert (report.unchanged, report.changed) == (1, 1)
    assert [(mark.minutes, mark.note) for mark in _marks(pair)] == [(9, "bus"), (5, "")]


def test_an_open_register_is_corrected_and_a_closed_one_amended(pair: SmallSchool, clock: StillClock) -> None:
    day = date(2026, 11, 20)
    _set(pair, day, Half.AM, "/")
    report = _import(pair, _file(pair, [upn(1), "20/11/2026", "AM", "I"], head=HEAD[:4]))
    assert (report.changed, _history(pair, "Doyle")[-1].amends) == (1, False)
    clock.set(2026, 11, 20, 9, 30)
    _import(pair, _file(pair, [upn(1), "20/11/2026", "AM", "M"], head=HEAD[:4]))
    assert _history(pair, "Doyle")[-1].amends


def test_what_is_taken_with_a_word(pair: SmallSchool) -> None:
    with pair.context.store.writing(pair.context.deed("set up")) as writing:
        writing.book.put(Period(0, PeriodKind.TERM, "older term", date(2024, 1, 8), date(2024, 7, 19)))
    rows = [
        [upn(1), "2026-09-07", "AM", "U"],
        [upn(1), "2026-09-07", "PM", "K"],
        [upn(1), "2024-06-03", "AM", "C2"],
        [upn(2), "2024-06-03", "AM", "H"],
        [upn(2), "2024-06-04", "AM", "Y"],
        [upn(1), "2024-06-04", "AM", "C2"],
    ]
    report = _import(pair, _file(pair, *rows, head=HEAD[:4]))
    assert report.added == 6
    assert report.warnings == (
        "1 U marks have no minutes late (first in row 2).",
        "1 K marks have no note, which that code needs (first in row 3).",
        "2 C2 marks are on sessions before 19 August 2024, when the code became law (first in row 4).",
    )


def test_by_admission_number(pair: SmallSchool) -> None:
    head = ["Adm No", "UPN", "Date", "Session", "Code"]
    rows = [
        ["00001", "", "2026-09-07", "AM", "/"],
        ["", upn(1), "2026-09-07", "AM", "/"],
        ["00006", upn(2), "2026-09-07", "PM", "\\"],
    ]
    report = _import(pair, _file(pair, *rows, head=head))
    assert (report.added, report.rejected) == (3, ())
    assert {mark.pupil for mark in _marks(pair)} == {pair.pupils[name] for name in ("Abara", "Doyle", "Kaya")}
    only = _import(pair, _file(pair, ["00002", "2026-09-07", "AM", "/"], head=[head[0], *head[2:]]))
    assert only.added == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["99", "", "2026-09-07", "AM", "/"], "Adm No"),
        (["00001", upn(1), "2026-09-07", "AM", "/"], "Adm No"),
        (["", "", "2026-09-07", "AM", "/"], "UPN"),
        (["00003", "", "2026-09-07", "AM", "/"], "Adm No"),
    ],
)
def test_an_admission_number_that_is_nobodys_or_anothers(pair: SmallSchool, row: list[str], column: str) -> None:
    with pair.context.store.writing(pair.context.deed("set up")) as writing:
        other = writing.book.get(Pupil, pair.pupils["Đặng"])
        assert other is not None
        writing.book.put(replace(other, admission_number="00003"))
    report = _import(pair, _file(pair, row, head=["Adm No", "UPN", "Date", "Session", "Code"]))
    assert [(one.row, one.column) for one in report.rejected] == [(2, column)]


def test_a_missing_column_rejects_the_whole_file(pair: SmallSchool) -> None:
    report = _import(pair, _file(pair, *[[upn(1), "2026-09-07", "/"]] * 3, head=["UPN", "Date", "Code"]))
    assert [(one.row, one.column) for one in report.rejected] == [(None, "Session")]
    assert (report.rows, report.rejected_total) == (3, 3)


def test_a_file_that_breaks_half_way_changes_nothing(pair: SmallSchool) -> None:
    path = _file(pair, *[[upn(1), "2026-09-07", "AM", "/"]] * 6_000, head=HEAD[:4])
    path.write_bytes(path.read_bytes() + b'"open\r\n')
    before = _head(pair)
    for dry_run in (True, False):
        with pytest.raises(Refused, match="row 6002: a quotation mark"):
            finish(import_marks(pair.context, path, dry_run=dry_run))
    assert (_marks(pair), _head(pair)) == ([], before)


def test_progress_keeps_coming_and_closing_undoes_everything(pair: SmallSchool) -> None:
    rows = [[upn(1), "2026-09-07", "AM", "/"]] * 12_000
    job = import_marks(pair.context, _file(pair, *rows, head=HEAD[:4]), dry_run=False)
    steps = [next(job) for _ in range(3)]
    assert [step.done for step in steps] == [1, 5_001, 10_001]
    assert all(step.total == 12_000 and "marks.csv" in step.text for step in steps)
    job.close()
    assert _marks(pair) == []
    assert pair.context.store.check().ok
    _set(pair, date(2026, 9, 7), Half.AM, "I")


def test_a_reader_may_preview_but_not_apply(pair: SmallSchool, house: Any) -> None:
    path = _file(pair, [upn(1), "2026-09-07", "AM", "/"], head=HEAD[:4])
    store = house.open(pair.path, None, "velvet-harbour-ninety-crane", write=False)
    context = replace(pair.context, store=store)
    assert finish(import_marks(context, path, dry_run=True)).added == 1
    with pytest.raises(Locked):
        finish(import_marks(context, path, dry_run=False))
    store.close()


def test_months_that_stand_are_read_when_they_are_met(pair: SmallSchool) -> None:
    days = [date(2026, 9, 7), date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 19)]
    for day in days:
        _set(pair, day, Half.PM, "\\")
    rows = [[upn(1), day.isoformat(), "PM", "\\"] for day in reversed(days)]
    assert _import(pair, _file(pair, *rows, head=HEAD[:4])).unchanged == 4


def test_memory_does_not_grow_with_the_file(pair: SmallSchool) -> None:
    rows = [[upn(1), "2026-09-07", "AM", "/", "", f"a comment, number {number}"] for number in range(30_000)]
    path = _file(pair, *rows)
    finish(import_marks(pair.context, path, dry_run=True))
    tracemalloc.start()
    finish(import_marks(pair.context, path, dry_run=True))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size + 8_000_000


CODES = ("/", "\\", "L", "I", "H", "Q9", "", "#", "n")
DAYS = ("2026-09-07", "2026-09-08", "2026-10-28", "2026-11-23", "2022-09-01")


ROWS = st.tuples(*map(st.sampled_from, ([upn(1), upn(2), upn(3)], DAYS, ["AM", "PM"], CODES)))


@given(st.lists(ROWS, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_counted_once_and_what_is_previewed_is_what_happens(
    pair: SmallSchool, rows: list[tuple[str, str, str, str]]
) -> None:
    path = _file(pair, [upn(1), "2026-09-09", "AM", "/"], *rows, head=HEAD[:4])
    report = _import(pair, path)
    assert report.rows == len(rows) + 1
    again = _import(pair, path)
    assert (again.added, again.changed) == ((0, 0) if report.clean else (report.added, report.changed))
