"""For whom a period is: typed by people, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.errors import Refused
from desktop_app.rules.for_whom import read_whom, whom_words

CLASSES, YEARS = ("4B", "5A", "Robins"), ("R", "4", "5")


@pytest.mark.parametrize(
    ("typed", "classes", "years"),
    [
        ("", (), ()),
        (" everybody ", (), ()),
        ("4b", ("4B",), ()),
        ("4B, 5a", ("4B", "5A"), ()),
        ("robins; year 5", ("Robins",), ("5",)),
        ("Year 4, Y5, yr r", (), ("4", "5", "R")),
        ("5", (), ("5",)),
        ("4B, 4b,", ("4B",), ()),
    ],
)
def test_as_it_is_typed(typed: str, classes: tuple[str, ...], years: tuple[str, ...]) -> None:
    assert read_whom(typed, CLASSES, YEARS) == (classes, years)


@pytest.mark.parametrize("typed", ["6C", "Year 9", "4B and 5A"])
def test_what_is_nobody_is_refused_with_what_there_is(typed: str) -> None:
    with pytest.raises(Refused, match="There are: 4B, 5A, Robins, Year R, Year 4, Year 5"):
        read_whom(typed, CLASSES, YEARS)


@given(st.lists(st.sampled_from(CLASSES), unique=True), st.lists(st.sampled_from(YEARS), unique=True))
def test_words_are_read_back(classes: list[str], years: list[str]) -> None:
    assert read_whom(whom_words(classes, years), CLASSES, YEARS) == (tuple(classes), tuple(years))
