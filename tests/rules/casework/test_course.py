"""A child's attendance day by day, against a naive count."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, strategies as st

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import HALVES
from desktop_app.rules.casework.facts import course_of

CODES = rulebooks.load(paths.resources()).codes
FIRST = date(2026, 9, 3)


@given(st.lists(st.sampled_from(["/", "\\", "O", "I", "L", "X", "C", "N", None]), max_size=60), st.data())
def test_any_stretch_is_as_counted_by_hand(codes: list[str | None], data: st.DataObject) -> None:
    marks = [
        Mark(5, FIRST + timedelta(days=number // 2), HALVES[number % 2], code)
        for number, code in enumerate(codes)
        if code is not None
    ]
    course = course_of(marks, CODES)
    first = FIRST + timedelta(days=data.draw(st.integers(-2, 31)))
    last = FIRST + timedelta(days=data.draw(st.integers(-2, 31)))
    counted = [CODES[one.code].counts for one in marks if first <= one.day <= last]
    share = course.between(first, last)
    assert share == (sum(one.possible for one in counted), sum(one.attended for one in counted))
    days = {one.day for one in marks if CODES[one.code].counts.possible}
    assert list(course.days_since(first, last)) == sorted(day for day in days if first < day <= last)
    assert list(course.days_before(last, 3)) == sorted(day for day in days if day < last)[-3:]


@given(
    st.lists(st.sampled_from(["/", "O", "I", "X"]), max_size=60),
    st.sets(st.integers(-2, 31), max_size=6),
    st.integers(-2, 31),
)
def test_stretches_that_follow_one_another_are_as_each_by_itself(codes: list[str], starts: set[int], end: int) -> None:
    marks = [Mark(5, FIRST + timedelta(days=at // 2), HALVES[at % 2], code) for at, code in enumerate(codes)]
    course = course_of(marks, CODES)
    begins = [FIRST + timedelta(days=at) for at in sorted(starts) if at <= end]
    last = FIRST + timedelta(days=end)
    ends = [*(day - timedelta(days=1) for day in begins[1:]), last][: len(begins)]
    assert course.following(begins, last) == [course.between(*one) for one in zip(begins, ends, strict=True)]
