"""Lists of published figures: the shipped one, one with the Department's own headings, and those that are refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from desktop_app import paths
from desktop_app.domain.benchmarks import AreaRow
from desktop_app.domain.comparison import Collection, PeriodOf, Published
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.exchange.benchmarks_file import BenchmarksFile, authorities, kept_text, read_kept, shipped
from desktop_app.exchange.faults import Faults
from tests.support.benchmarks import ENGLAND, KNOWSLEY, figures_file
from tests.support.files import csv_file

DAILY = Collection.DAILY
FOLDER = paths.resources() / "benchmarks"


def test_the_shipped_figures_are_whole() -> None:
    rows = [row for path in sorted(FOLDER.glob("????-??-??.csv")) for row in shipped(path)]
    assert len(rows) > 1000
    known = authorities(FOLDER / "authorities.csv")
    assert {row.la for row in rows} - set(known) == {""}
    assert all((row.la == "") is (row.published.area == "England") for row in rows)
    assert all(known[row.la].name == row.published.area for row in rows if row.la)
    assert all(row.published.source for row in rows)
    parts = ("school_year", "period", "phase", "group", "collection")
    keys = [(row.la, *(getattr(row.published, part) for part in parts)) for row in rows]
    assert len(set(keys)) == len(keys)
    (knowsley,) = [
        row.published
        for row in rows
        if (row.la, row.published.school_year, row.published.phase) == ("340", "2025/26", "Primary")
    ]
    assert (knowsley.absence, knowsley.persistent, knowsley.severe) == (Fraction(669, 100), Fraction(503, 25), None)
    assert knowsley.collection is Collection.DAILY
    assert knowsley.period is PeriodOf.YEAR


def test_the_licence_is_said_beside_the_figures() -> None:
    assert "Open Government Licence v3.0" in (FOLDER / "README.md").read_text("utf-8")
    for path in FOLDER.glob("????-??-??.csv"):
        assert "Open Government Licence v3.0" in path.read_text("utf-8").splitlines()[0]


def test_the_departments_own_headings_are_known(tmp_path: Path) -> None:
    headings = ("academic_year", "period", "phase", "group", "overall_absence_pct", "persistent_absence_pct",
                "severe_absence_pct", "kind", "source")  # fmt: skip
    row = ("2024/25", "autumn term", "All", "All pupils", "6.38", "", "2.04", "accredited (census)", "EES")
    faults = Faults()
    ((_, found),) = BenchmarksFile(csv_file(tmp_path / "own.csv", [headings, row])).rows(faults)
    assert not faults.rejected
    assert found == AreaRow(
        "",
        Published("2024/25", PeriodOf.AUTUMN, "England", "All", "All pupils", Collection.CENSUS, "EES",
                  Fraction(319, 50), severe=Fraction(51, 25)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "column", "why"),
    [
        ({"school_year": "2025"}, "school_year", "This is not a school year"),
        ({"school_year": "2025/27"}, "school_year", "This is not a school year"),
        ({"period": "half term"}, "period", "The period is one of"),
        ({"period": ""}, "period", "This is blank"),
        ({"phase": "Infant"}, "phase", "The phase is one of"),
        ({"kind": "estimate"}, "kind", "census or daily"),
        ({"kind": "census and daily"}, "kind", "census or daily"),
        ({"absence": "105"}, "absence", "not a percentage"),
        ({"absence": "-1"}, "absence", "not a percentage"),
        ({"absence": "٥"}, "absence", "not a percentage"),
        ({"absence": "", "persistent": "c"}, "absence", "This row has no figure"),
        ({"severe": "14"}, "absence", "More pupils are severely absent"),
        ({"authorised": "3.0", "unauthorised": "1.0"}, "absence", "do not add up"),
        ({"la": "34"}, "la", "three figures"),
        ({"source": ""}, "source", "This is blank"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_row_and_column(
    tmp_path: Path, change: dict[str, str], column: str, why: str
) -> None:
    faults = Faults()
    path = figures_file(tmp_path / "list.csv", KNOWSLEY, {**ENGLAND, **change})
    found = [row for _, row in BenchmarksFile(path).rows(faults)]
    assert found[1] is None
    assert found[0] is not None
    (rejected,) = faults.rejected
    assert (rejected.row, rejected.column) == (3, column)
    assert why in rejected.why


def test_a_shipped_file_that_was_spoilt_says_which(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"bad\.csv, row 2, column absence \(x5\): This is not a percentage"):
        shipped(figures_file(tmp_path / "bad.csv", {**ENGLAND, "absence": "x5"}))
    with pytest.raises(Damaged, match=r"gone\.csv cannot be opened"):
        shipped(tmp_path / "gone.csv")


def test_what_is_no_list_of_figures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not look like a list of published absence figures"):
        BenchmarksFile(csv_file(tmp_path / "pupils.csv", [("Surname", "Forename"), ("Kaya", "Deniz")]))


percents = st.none() | st.integers(0, 1_000_000).map(lambda number: Fraction(number, 10_000))
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)


@given(st.lists(st.tuples(texts, texts, percents, percents, percents, percents, percents), max_size=5))
def test_what_is_kept_is_read_again(rows: list[tuple[str, str, *tuple[Fraction | None, ...]]]) -> None:
    kept = tuple(
        AreaRow(
            "340", Published("2025/26", PeriodOf.YEAR, area, "All", "All pupils", Collection.DAILY, source, *figures)
        )
        for area, source, *figures in rows
    )
    assert read_kept(kept_text(kept)) == kept


def test_a_kept_row_of_a_later_version_is_left_out() -> None:
    england = Published("2025/26", PeriodOf.YEAR, "England", "All", "All pupils", DAILY, "x", Fraction(5))
    good = kept_text([AreaRow("", england)])
    assert len(read_kept(good)) == 1
    assert read_kept(good.replace("daily", "satellite")) == ()
    assert read_kept("one,two\n") == ()
