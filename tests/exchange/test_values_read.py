"""Single values: dates, flags, years, names; what is taken, and what is refused in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.sessions import Half
from desktop_app.exchange.values import (
    EXCEL_DAY_0,
    Unreadable,
    read_date,
    read_flag,
    read_half,
    read_name,
    read_sex,
    read_text,
    read_year,
)

DAYS = st.dates(date(1950, 1, 2), date(2099, 12, 31))


@given(DAYS)
def test_a_date_reads_the_same_however_it_is_written(day: date) -> None:
    month = day.strftime("%b")
    for text in (
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T00:00:00",
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"'{day:%d-%m-%Y}",
        f"{day.day} {month} {day.year}",
        f"{day.day}-{month}-{day.year}",
        str((day - EXCEL_DAY_0).days),
        f"{(day - EXCEL_DAY_0).days}.0",
    ):
        assert read_date(text) == day, text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12/31/2016", "no such month"),
        ("31/02/2016", "no such day"),
        ("2016-13-01", "no such day"),
        ("01/09/26", "all four"),
        ("0014-02-01", "not one of ours"),
        ("2016-09-01 08:50:00", "not a date"),
        ("12", "not a date"),
        ("99999", "not a date"),
        ("soon", "not a date"),
        ("#N/A", "not a date"),
        ("9" * 5_000, "not a date"),
    ],
)
def test_what_is_no_date_is_said(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_date(text)


@given(st.text(max_size=40))
def test_any_text_is_either_a_date_or_refused(text: str) -> None:
    try:
        found: object = read_date(text)
    except Unreadable as fault:
        found = str(fault)
    assert isinstance(found, date) or str(found).endswith(".")


def test_the_day_comes_first() -> None:
    assert read_date("03/04/2026") == date(2026, 4, 3)
    assert read_date("03/04/2026") - read_date("2026-04-02") == timedelta(days=1)


@pytest.mark.parametrize("text", ["Yes", "y", "TRUE", "t", "1", "✓"])
def test_yes_is_yes(text: str) -> None:
    assert read_flag(text) is True


@pytest.mark.parametrize("text", ["No", "n", "False", "F", "0", "-", "none"])
def test_no_is_no(text: str) -> None:
    assert read_flag(text) is False


def test_perhaps_is_neither() -> None:
    with pytest.raises(Unreadable, match="neither Yes nor No"):
        read_flag("perhaps")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *((word, "R") for word in ("R", "Reception", "YR", "Year R", "rec", "0", "Year 0")),
        *((word, "N2") for word in ("N2", "Nursery", "Year N2", "FS1")),
        ("N1", "N1"),
        *((word, "4") for word in ("4", "Year 4", "Y4", "y 4", "Yr 4", "04", "4.0", "Year  4", "NC Year 4", "'4")),
        ("13", "13"),
        ("Year 10", "10"),
    ],
)
def test_year_groups(text: str, year: str) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize("text", ["14", "4B", "Year", "-1", "Fourth", "44"])
def test_what_is_no_year_group(text: str) -> None:
    with pytest.raises(Unreadable, match="year group"):
        read_year(text)


def test_sexes_and_halves() -> None:
    assert [read_sex(text) for text in ("M", "male", "Boy", "f", "FEMALE", "Girl")] == ["M"] * 3 + ["F"] * 3
    assert [read_half(text) for text in ("am", "AM", "Morning", "a.m.")] == [Half.AM] * 4
    assert [read_half(text) for text in ("pm", "'PM", "afternoon", "p.m.")] == [Half.PM] * 4
    for reader, text in ((read_sex, "?"), (read_half, "noon")):
        with pytest.raises(Unreadable):
            reader(text)


@pytest.mark.parametrize("name", ["=1+1", "+44", "@SUM(A1)", "\tTab", " =1+1", "'=1+1", "'@x", "\xa0=1", "\rX"])
def test_a_formula_is_no_name(name: str) -> None:
    with pytest.raises(Unreadable, match="cannot begin with"):
        read_name(name)


@pytest.mark.parametrize("name", ["a\x00b", "a\x1bb", "a\x7f"])
def test_a_name_can_be_printed(name: str) -> None:
    with pytest.raises(Unreadable, match="cannot be printed"):
        read_name(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Łucja ", "Łucja"),
        ("'t Hooft", "'t Hooft"),
        ("D’Arcy  Ann", "D’Arcy Ann"),
        ("-Smith", "-Smith"),
        ("O\nNeill", "O Neill"),
        ("Đặng", "Đặng"),
    ],
)
def test_names_are_kept_as_people_write_them(text: str, name: str) -> None:
    assert read_name(text) == name


def test_lengths_have_their_limits() -> None:
    assert read_name("x" * 100) == "x" * 100
    with pytest.raises(Unreadable, match="100 characters and this has 101"):
        read_name("x" * 101)
    with pytest.raises(Unreadable, match="32,767"):
        read_text("x" * 32_768)
    assert read_text("=1+1") == "=1+1"


@given(st.text(max_size=60))
def test_no_name_that_is_taken_would_run_as_a_formula(text: str) -> None:
    try:
        name = read_name(text)
    except Unreadable:
        return
    assert not name.startswith(("=", "+", "@", "\t", "\r"))
    assert "\x00" not in name
