"""How rare a pattern is, held against trying every way in which the days could have fallen."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, strategies as st

from desktop_app.rules.habits.chance import rare, rare_coin


@given(st.integers(1, 11), st.data())
def test_rare_counts_every_way_of_missing_so_many_days(all_days: int, data: st.DataObject) -> None:
    of_kind = data.draw(st.integers(0, all_days))
    drawn = data.draw(st.integers(0, all_days))
    found = data.draw(st.integers(0, drawn))
    looks = data.draw(st.integers(1, 5))
    ways = list(combinations(range(all_days), drawn))
    so_many = sum(sum(day < of_kind for day in way) >= found for way in ways)
    assert rare(found, drawn, of_kind, all_days, looks) is (so_many * looks / len(ways) <= 0.05 + 1e-12)


@given(st.integers(0, 9), st.integers(1, 3), st.data())
def test_rare_coin_counts_every_row_of_halves(tossed: int, looks: int, data: st.DataObject) -> None:
    found = data.draw(st.integers(0, tossed))
    rows = list(product((0, 1), repeat=tossed))
    so_many = sum(sum(row) >= found for row in rows)
    assert rare_coin(found, tossed, looks) is (so_many * looks / len(rows) <= 0.05 + 1e-12)


@pytest.mark.parametrize(
    ("found", "drawn", "named"), [(4, 8, False), (5, 8, True), (4, 6, False), (4, 5, True), (12, 60, False)]
)
def test_the_edge_in_a_term_of_twelve_mondays(found: int, drawn: int, named: bool) -> None:
    """Sixty days, twelve of them Mondays, five weekdays looked at; who misses every day has no pattern."""
    assert rare(found, drawn, 12, 60, 5) is named


@pytest.mark.parametrize(("found", "tossed", "named"), [(5, 5, False), (6, 6, True), (7, 8, False), (8, 9, True)])
def test_the_edge_of_the_halves(found: int, tossed: int, named: bool) -> None:
    assert rare_coin(found, tossed, 2) is named
