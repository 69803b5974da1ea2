"""The steps of absence, by whole numbers; and how few pupils are never shown by themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.benchmarks import Shape
from desktop_app.domain.comparison import Collection, Compared, PeriodOf, Published
from desktop_app.domain.figures import Figures
from desktop_app.rules.comparison_charts import absence_bars, shape_bars, trend_lines
from desktop_app.rules.shape import STEPS, joined, label, numbers, shares, step_of, told_cuts
from desktop_app.rules.suppression import may_tell

ENGLAND = Shape("2022/23", "Primary", ("56.12", "27.67", "9.17", "3.21", "1.39", "0.72", "0.42", "0.26", "0.18", "0.13",
                                       "0.75"), "DfE")  # fmt: skip


def missed(absent: int, possible: int) -> Figures:
    return Figures(possible, possible - absent, absent, 0, 0, 0, {})


@pytest.mark.parametrize(
    ("absent", "possible", "step"),
    [(0, 100, 0), (4, 100, 0), (5, 100, 1), (9, 100, 1), (10, 100, 2), (49, 100, 9), (50, 100, 10), (100, 100, 10),
     (19, 380, 1), (18, 380, 0), (0, 0, None)],
)  # fmt: skip
def test_a_step_begins_with_its_line(absent: int, possible: int, step: int | None) -> None:
    assert step_of(missed(absent, possible)) == step


@given(st.lists(st.integers(0, 40), min_size=STEPS, max_size=STEPS))
def test_no_step_that_the_public_sees_has_fewer_than_ten(counts: list[int]) -> None:
    parts = joined(tuple(counts))
    assert all(sum(counts[first : last + 1]) >= 10 for first, last in parts)
    covered = [step for first, last in parts for step in range(first, last + 1)]
    assert covered == (list(range(STEPS)) if sum(counts) >= 10 else [])
    assert bool(parts) is (sum(counts) >= 10)
    if parts:
        assert sum(share or 0 for share in shares(tuple(counts), parts)) == 100


@given(st.lists(st.integers(0, 40), min_size=STEPS, max_size=STEPS))
def test_beside_the_persistently_and_the_severely_absent_no_step_gives_fewer_than_ten_away(counts: list[int]) -> None:
    of = tuple(counts)
    persistent, severe = sum(of[2:]), of[10]
    may = may_tell(persistent, severe)
    parts = joined(of, told_cuts(of))
    known = {sum(of[first:]) for first, _ in parts} | {0}
    known |= {number for number, told in zip((persistent, severe), may, strict=True) if told}
    for one in known:
        for other in known:
            assert not 0 < one - other < 10 or (one == sum(of) and other == persistent), (parts, may)


def test_the_words_of_joined_steps() -> None:
    assert [label(0, 0), label(2, 3), label(3, 10), label(10, 10), label(0, 10)] == [
        "0 to under 5%", "10 to under 20%", "15% or more", "50% or more", "Everyone",
    ]  # fmt: skip


def test_the_picture_joins_englands_steps_too() -> None:
    counts = numbers([missed(0, 100)] * 30 + [missed(12, 100)] * 8 + [missed(60, 100)] * 3)
    open_one, public = (shape_bars(counts, ENGLAND, "Ours", public=public) for public in (False, True))
    assert open_one is not None
    assert public is not None
    assert len(open_one.categories) == STEPS
    assert public.categories == ("0 to under 10%", "10% or more")
    assert public.series[0].values == (Fraction("73.2"), Fraction("26.8"))
    assert public.series[1].values == (Fraction("83.79"), Fraction("16.23"))
    assert shape_bars(numbers([missed(0, 100)] * 9), ENGLAND, "Ours", public=True) is None
    assert shape_bars(numbers([missed(0, 100)] * 24), ENGLAND, "Ours", public=True) is None, "100% of everyone"
    assert shape_bars(numbers([missed(0, 100)] * 24), ENGLAND, "Ours", public=False) is not None
    assert shape_bars(numbers([]), ENGLAND, "Ours", public=False) is None


def row(area: str, year: str, collection: Collection, absence: str, period: PeriodOf = PeriodOf.YEAR) -> Published:
    return Published(year, period, area, "Primary", "All pupils", collection, "DfE", Fraction(absence))


def test_a_trend_never_joins_two_collections_or_two_kinds_of_period() -> None:
    chart = trend_lines(
        ("2023/24", "2024/25"),
        (None, Fraction(6)),
        [
            row("England", "2023/24", Collection.CENSUS, "5.5"),
            row("England", "2024/25", Collection.DAILY, "5.25"),
            row("England", "2024/25", Collection.DAILY, "9", PeriodOf.AUTUMN),
            row("England", "2010/11", Collection.CENSUS, "5"),
        ],
        PeriodOf.YEAR,
        "Ours",
    )
    assert {one.name: one.values for one in chart.series} == {
        "Ours": (None, Fraction(6)),
        "England (census)": (Fraction(11, 2), None),
        "England (daily data)": (None, Fraction(21, 4)),
    }


def test_bars_leave_out_a_measure_that_nobody_has() -> None:
    found = Compared(PeriodOf.YEAR, Fraction(6), None, None, (row("England", "2024/25", Collection.DAILY, "5.25"),), ())
    chart = absence_bars(found, "Ours")
    assert chart.categories == ("Absence",)
    assert [(one.name, one.values, one.ours) for one in chart.series] == [
        ("Ours", (Fraction(6),), True),
        ("England, 2024/25 (daily data)", (Fraction(21, 4),), False),
    ]
