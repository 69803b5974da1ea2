"""The order of classes and year groups in every list."""

from __future__ import annotations

import pytest

from desktop_app.rules.names import class_order


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["10", "2", "R", "N2", "N1"], ["N1", "N2", "R", "2", "10"]),
        (["", "1"], ["1", ""]),
        (
            ["10A", "4B", "Willow", "4A", "Oak", "Reception", "Nursery"],
            ["Nursery", "Reception", "4A", "4B", "10A", "Oak", "Willow"],
        ),
        (["5A", "4B2", "4B1"], ["4B1", "4B2", "5A"]),
    ],
)
def test_classes_and_years_sort_as_schools_count_them(names: list[str], ordered: list[str]) -> None:
    assert sorted(names, key=class_order) == ordered
