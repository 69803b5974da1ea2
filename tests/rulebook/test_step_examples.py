"""The packs' worked examples of steps: entered on a day, reviewed by another, stayed in until a third at most."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.casework import CaseStep, Casework, Level, StepExample
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.half_terms import half_terms
from tests.support.step_examples import periods_of

WORK = {key: pack.casework for key, pack in rulebooks.load(paths.resources()).packs.items()}
EXAMPLES = [(work, one) for work in WORK.values() for one in work.examples]
SCHOOL_WEEK = "1111100"


def step_of(work: Casework, example: StepExample) -> tuple[CaseStep, Level]:
    step, level = work.step(example.step), work.level_of(example.step)
    assert step is not None
    assert level is not None
    return step, level


def names(one: object) -> str | None:
    return f"{one.step}-{one.entered}" if isinstance(one, StepExample) else None


@pytest.mark.parametrize(("work", "example"), EXAMPLES, ids=names)
def test_a_step_is_reviewed_and_ends_on_the_days_its_pack_says(work: Casework, example: StepExample) -> None:
    rhythm = pytest.importorskip("desktop_app.rules.casework.rhythm")
    step, level = step_of(work, example)
    periods = periods_of(work.half_terms)
    days = rhythm.rhythm_of(periods, SchoolCalendar(periods, SCHOOL_WEEK))
    review = days.due(example.entered, step.review.every) if step.review else None
    ends = [days.due(example.entered, stay.longest) for stay in (step.stay, level.stay) if stay]
    assert (review, min(ends, default=None)) == (example.review, example.ends)


@pytest.mark.parametrize("key", sorted(WORK))
def test_the_half_terms_of_the_examples_are_those_the_calendar_finds(key: str) -> None:
    work = WORK[key]
    periods = periods_of(work.half_terms)
    found = half_terms(periods, SchoolCalendar(periods, SCHOOL_WEEK), date.min, date.max)
    assert tuple((one.first, one.last) for one in found) == work.half_terms


@pytest.mark.parametrize("key", sorted(WORK))
def test_some_example_falls_in_a_holiday_and_is_due_before_it(key: str) -> None:
    """Practice 48: a review that falls in a holiday is due on the last school day before."""
    work = WORK[key]
    lasts = {last for _, last in work.half_terms}
    assert {one.review for one in work.examples} & lasts
    assert {one.ends for one in work.examples} & lasts
