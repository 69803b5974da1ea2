"""The order of classes and year groups in every list, and what finds a name."""

from __future__ import annotations

import pytest

from desktop_app.rules.names import class_order, plain


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


@pytest.mark.parametrize(
    ("name", "typed"), [("Łucja", "lucja"), ("Đặng", "dang"), ("O’Dowd", "o'dowd"), ("Oʼzod", "o'zod"), ("Æsa", "aesa")]
)
def test_a_name_is_found_by_what_a_keyboard_has(name: str, typed: str) -> None:
    assert plain(name) == typed
