"""Calendars as files: periods, and the row and column of what is wrong."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half
from desktop_app.exchange.calendar_file import read_periods
from tests.support.files import csv_file, xlsx_file

HEAD = ["kind", "name", "start", "end", "half", "years", "classes"]


def test_periods_with_all_there_is(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["term", "autumn term", "2026-09-02", "18/12/2026"],
        ["INSET", "Safeguarding", "2/9/2026", ""],
        ["Holiday", "half term", "26/10/2026", "30/10/2026"],
        ["closure", "boiler", "2026-11-05", "2026-11-05", "pm", "R;Year 1;2", "1A;2B"],
        ["holiday", "half term", "26/10/2026", "30/10/2026"],
    ]
    cold = date(2026, 11, 5)
    assert read_periods(csv_file(tmp_path / "calendar.csv", rows)) == (
        Period(0, PeriodKind.TERM, "autumn term", date(2026, 9, 2), date(2026, 12, 18)),
        Period(0, PeriodKind.INSET, "Safeguarding", date(2026, 9, 2), date(2026, 9, 2)),
        Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 10, 26), date(2026, 10, 30)),
        Period(0, PeriodKind.CLOSURE, "boiler", cold, cold, Half.PM, ("R", "1", "2"), ("1A", "2B")),
    )


def test_four_columns_are_enough_and_a_workbook_does_as_well(tmp_path: Path) -> None:
    rows = [HEAD[:4], ["term", "spring term", datetime(2027, 1, 4), datetime(2027, 3, 25)]]
    expected = (Period(0, PeriodKind.TERM, "spring term", date(2027, 1, 4), date(2027, 3, 25)),)
    assert read_periods(xlsx_file(tmp_path / "calendar.xlsx", rows)) == expected


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["half-day", "x", "2026-09-02", "2026-09-02"], r"row 3, column kind \(half-day\): The kind is one of"),
        (["", "x", "2026-09-02", "2026-09-02"], "row 3, column kind .*blank"),
        (["term", "=1+1", "2026-09-02", "2026-09-02"], "row 3, column name .*cannot begin"),
        (["term", "x", "2026-09-31", "2026-09-02"], "row 3, column start .*no such day"),
        (["term", "x", "2026-09-02", "soon"], "row 3, column end .*not a date"),
        (["term", "x", "2026-09-02", "2026-09-01"], "row 3, column end .*before it begins"),
        (["term", "x", "2026-09-02", "2027-12-18"], "row 3, column end .*longer than 400 days"),
        (["term", "x", "2026-09-02", "2026-12-18", "noon"], "row 3, column half .*AM or PM"),
        (["term", "x", "2026-09-02", "2026-12-18", "", "R;14"], "row 3, column years .*year group"),
    ],
)
def test_a_fault_is_named_by_row_and_column(tmp_path: Path, row: list[str], words: str) -> None:
    path = csv_file(tmp_path / "calendar.csv", [["Term dates"], HEAD, row])
    with pytest.raises(Refused, match=r"calendar\.csv, " + words):
        read_periods(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "calendar.csv", [["kind", "name", "start"], ["term", "x", "2026-09-02"]])
    with pytest.raises(Refused, match="no column end"):
        read_periods(path)
