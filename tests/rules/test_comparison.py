"""What is held against what: never another phase, another kind of period, or the other collection."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.benchmarks import Authority, Benchmarks
from desktop_app.domain.comparison import Collection, PeriodOf, Published
from desktop_app.domain.figures import Figures
from desktop_app.domain.groups import Tally
from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, School, SchoolType
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.comparison import Span, best, compared, period_words, phase_of, spans
from tests.support.schools import CALENDAR

YEAR_BEFORE = Period(0, PeriodKind.TERM, "all of it", date(2025, 9, 2), date(2026, 7, 21))
SCHOOL = SchoolCalendar((*CALENDAR, YEAR_BEFORE), "1111100")
OURS = Tally(200, 200, Figures(1000, 940, 40, 20, 0, 0, {}), 30, 4)
DAILY = Collection.DAILY
KNOWSLEY = Authority("340", "Knowsley")
AREAS = ("England", "Knowsley", "Our trust")
PHASES = ("All", "Primary", "Secondary", "Special")
YEARS = ("2023/24", "2024/25", "2025/26", "2026/27")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 20), ["year to date 2026/27", "full year 2025/26"]),
        (date(2026, 12, 17), ["year to date 2026/27", "full year 2025/26"]),
        (date(2026, 12, 18), ["autumn 2026/27", "year to date 2026/27", "full year 2025/26"]),
        (
            date(2027, 3, 25),
            ["autumn and spring 2026/27", "autumn 2026/27", "spring 2026/27", "year to date 2026/27",
             "full year 2025/26"],
        ),
        (
            date(2027, 7, 21),
            ["full year 2026/27", "autumn and spring 2026/27", "autumn 2026/27", "spring 2026/27", "summer 2026/27",
             "full year 2025/26"],
        ),
        (date(2026, 9, 1), ["year to date 2026/27", "full year 2025/26"]),
        (date(2026, 7, 20), ["autumn and spring 2025/26", "autumn 2025/26", "spring 2025/26", "year to date 2025/26"]),
    ],
)  # fmt: skip
def test_which_periods_can_be_told(on: date, expected: list[str]) -> None:
    assert [f"{span.period.value} {span.school_year}" for span in spans(SCHOOL, on)] == expected


rows = st.builds(
    Published,
    st.sampled_from(YEARS),
    st.sampled_from(PeriodOf),
    st.sampled_from(AREAS),
    st.sampled_from(PHASES),
    st.sampled_from(("All pupils", "FSM eligible")),
    st.sampled_from(Collection),
    st.just("DfE"),
    st.integers(0, 100).map(Fraction),
)


@given(
    st.lists(rows, max_size=60),
    st.sampled_from(spans(SCHOOL, date(2027, 3, 25)) + spans(SCHOOL, date(2027, 7, 21))),
    st.sampled_from(PHASES),
    st.sampled_from(Collection),
)
def test_nothing_is_ever_mixed(published: list[Published], span: Span, phase: str, collection: Collection) -> None:
    typed = tuple(one for one in published if one.area == "Our trust")
    held = Benchmarks(KNOWSLEY, tuple(one for one in published if one not in typed), "a file", None, typed)
    found = compared(span, OURS, phase, held, collection, "Everyone.")
    assert {one.collection for one in found.published} <= {collection}
    assert {one.phase for one in found.published} <= {phase}
    assert {one.period for one in found.published} <= {span.period}
    assert {one.group for one in found.published} <= {"All pupils"}
    assert len({one.school_year for one in found.published}) <= 1
    assert all(one.school_year <= span.school_year for one in found.published)
    if span.period is PeriodOf.YEAR_TO_DATE:
        assert {one.school_year for one in found.published} <= {span.school_year}
    order = [("Knowsley", "England", "Our trust").index(one.area) for one in found.published]
    assert order == sorted(order)
    assert not found.published or any(one.area == "England" for one in found.published)


def one(area: str, year: str, period: PeriodOf, collection: Collection = DAILY, **more: Fraction) -> Published:
    return Published(year, period, area, "Primary", "All pupils", collection, "DfE", **{"absence": Fraction(5), **more})


def test_says_in_words_what_stands_beside_what() -> None:
    held = Benchmarks(
        KNOWSLEY,
        (
            one("England", "2025/26", PeriodOf.YEAR),
            one("Knowsley", "2025/26", PeriodOf.YEAR),
            one("England", "2023/24", PeriodOf.YEAR, Collection.CENSUS, severe=Fraction(2)),
        ),
        "a file",
    )
    now = spans(SCHOOL, date(2026, 11, 20))
    daily = compared(now[1], OURS, "Primary", held, Collection.DAILY, "Everyone.")
    assert (daily.absence, daily.persistent, daily.severe) == (Fraction(6), Fraction(15), Fraction(2))
    assert daily.says == (
        "Ours: the full year 2025/26. Everyone.",
        "Knowsley and England: the full year 2025/26, primary schools, from the daily attendance data.",
        "Severe absence is not published there: ours stands by itself.",
        "Figures from the school census count other schools and times; they stand apart, on no line with these.",
    )
    census = compared(now[1], OURS, "Primary", held, Collection.CENSUS, "Everyone.")
    assert "Of 2025/26 nothing is published for that period yet; 2023/24 is the newest there is." in census.says
    assert "Of Knowsley there is no such figure." in census.says
    to_date = compared(now[0], OURS, "Primary", held, Collection.DAILY, "Everyone.")
    assert to_date.published == ()
    assert "A full year is not held against a part of one: absence rises through the year." in to_date.says
    assert best([to_date, census, daily]) == daily
    assert best([to_date]) == to_date
    assert best([]) is None


def test_a_nursery_is_held_against_nothing() -> None:
    found = compared(
        spans(SCHOOL, date(2026, 11, 20))[0], OURS, "", Benchmarks(KNOWSLEY, (), "x"), Collection.DAILY, ""
    )
    assert found.says[1] == "No figures are published of schools like this one; nothing is held against ours."


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (PeriodOf.YEAR, "the full year 2025/26"),
        (PeriodOf.AUTUMN, "the autumn term of 2025/26"),
        (PeriodOf.AUTUMN_SPRING, "the autumn and spring terms of 2025/26"),
        (PeriodOf.YEAR_TO_DATE, "2025/26 to date"),
    ],
)
def test_periods_in_words(period: PeriodOf, words: str) -> None:
    assert period_words(period, "2025/26") == words


@pytest.mark.parametrize(
    ("kind", "phase", "held"),
    [
        (SchoolType.ACADEMY, Phase.SECONDARY, "Secondary"),
        (SchoolType.SPECIAL, Phase.SECONDARY, "Special"),
        (SchoolType.ALTERNATIVE_PROVISION, Phase.SECONDARY, ""),
        (SchoolType.MAINTAINED, Phase.NURSERY, ""),
    ],
)
def test_under_which_phase_a_school_is_held_against_others(kind: SchoolType, phase: Phase, held: str) -> None:
    times = RegisterTimes(time(8, 45), time(8, 55))
    assert phase_of(School("Marsh Lane", "sefton", kind, phase, times, times)) == held
