from datetime import date, time

import pytest

from desktop_app.domain.errors import Refused
from desktop_app.rules.typed_when import read_day, read_time

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", TODAY),
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 23)),
        ("24/11", TODAY),
        ("24 11", TODAY),
        ("24.11", TODAY),
        ("24-11", TODAY),
        ("3/9", date(2026, 9, 3)),
        ("25/11", date(2026, 11, 25)),
        ("2/1", date(2027, 1, 2)),
        ("20/7", date(2026, 7, 20)),
        ("24/11/26", TODAY),
        ("24/11/2025", date(2025, 11, 24)),
        ("2026-11-02", date(2026, 11, 2)),
        ("19 nov", date(2026, 11, 19)),
        ("19 November 2025", date(2025, 11, 19)),
        ("Thu 19 Nov", date(2026, 11, 19)),
        ("Thu 19 Nov 2026", date(2026, 11, 19)),
        ("mon", date(2026, 11, 23)),
        ("Tuesday", TODAY),
        ("wednesday", date(2026, 11, 18)),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["31/11", "24/13", "soon", "24", "24/11/2", "11/24/2026", "24 smarch", "2026-02-30", "monkey"]
)
def test_what_is_no_day_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refused, match="is not a day"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("10:42", time(10, 42)),
        ("10.42", time(10, 42)),
        ("1042", time(10, 42)),
        ("9", time(9)),
        ("09:05", time(9, 5)),
        ("905", time(9, 5)),
        ("2:15 pm", time(14, 15)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("9am", time(9)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, at: time) -> None:
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["", "25:00", "10:60", "14pm", "0 pm", "ten", "10:4"])
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refused, match="is not a time"):
        read_time(typed)
