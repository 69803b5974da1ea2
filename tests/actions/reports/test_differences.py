"""One rule for differences in every report: each is what a reader gets from the two printed figures beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.report import TableBlock
from desktop_app.rules.report_values import written
from tests.support.demo_school import NOW, demo_school

ON = NOW.date()


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook) -> Iterator[Context]:
    context, _ = demo_school(house, tmp_path_factory.mktemp("demo"), rulebook)
    yield context
    context.store.close()


DIFFERENCES = {
    "weekly": (("School", 4, 2, 3),),
    "league": (("Classes", 4, 2, 3), ("Certificates: better", 4, 3, 2)),
    "three-weekly": (("Worse", 4, 3, 2), ("Better", 4, 3, 2)),
    "year-end": (("Half terms", 4, 2, 3), ("School and years", 4, 2, 3), ("Classes", 4, 2, 3)),
    "governors": (("By half term", 3, 1, 2),),
}
"""By report: tables with a column of differences, and the columns that one is of."""


@pytest.mark.parametrize("key", DIFFERENCES)
def test_every_difference_is_that_of_the_two_figures_as_they_are_printed(demo: Context, key: str) -> None:
    report = make_report(demo, key, Asked(ON))
    unlike = 0
    for title, place, one, other in DIFFERENCES[key]:
        block = next(one for one in report.blocks if isinstance(one, TableBlock) and one.title.startswith(title))
        for row in block.rows:
            if row[place] is not None:
                printed = [written(row[of], block.columns[of].unit).rstrip("%") for of in (one, other)]
                assert row[place] == Fraction(printed[0]) - Fraction(printed[1]), (title, row[0])
                unlike += row[place] != row[one] - row[other]
    assert unlike or key == "governors", "somewhere the exact difference is another"
