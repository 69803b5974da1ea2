"""The absence of a term for the census: each figure against the marks themselves, counted again one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.actions.reports.making import make_report, write_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.documents.report_xlsx import report_workbook
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.report import Report, TableBlock, TextBlock
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.demo_school import NOW, demo_school
from tests.support.people import in_role
from tests.support.report_text import workbook
from tests.support.returns import changed, marked, school_days
from tests.support.schools import SmallSchool


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook) -> Iterator[Context]:
    context, _ = demo_school(house, tmp_path_factory.mktemp("demo"), rulebook)
    yield context
    context.store.close()


def tables(report: Report) -> tuple[TableBlock, TableBlock]:
    reasons, children = [one for one in report.blocks if isinstance(one, TableBlock)]
    return reasons, children


def test_every_figure_is_that_of_the_marks(demo: Context) -> None:
    report = make_report(demo, "census", Asked(NOW.date()))
    assert report.subtitle.startswith("Autumn term")
    reasons, children = tables(report)
    kinds = {key: code.counts for key, code in demo.rulebook.codes.items()}
    with demo.store.reading() as reading:
        marks = reading.marks.between(date(2026, 9, 1), NOW.date())
        ages = {one.id: (date(2026, 8, 31) - one.date_of_birth).days / 365.25 for one in reading.book.all(Pupil)}
    by_child = {key: Counter(mark.code for mark in marks if mark.pupil == key) for key in {one.pupil for one in marks}}
    codes = [column.heading for column in children.columns[7:]]
    assert len(children.rows) > 40
    for key, row in zip(children.pupils[:-1], children.rows[:-1], strict=True):
        assert ages[key] >= 4
        mine = by_child.get(key, Counter())
        assert row[4] == sum(number for code, number in mine.items() if kinds[code].possible), row[0]
        assert row[5] == sum(number for code, number in mine.items() if kinds[code] == "authorised")
        assert row[6] == sum(number for code, number in mine.items() if kinds[code] == "unauthorised")
        assert list(row[7:]) == [mine[code] for code in codes]
    last = children.rows[-1]
    assert [last[place] for place in (4, 5, 6)] == [
        sum(row[place] for row in children.rows[:-1]) for place in (4, 5, 6)
    ]
    assert reasons.rows[-1][3] == last[5] + last[6]
    assert {row[0]: row[3] for row in reasons.rows[:-1]} == dict(zip(codes, last[7:], strict=True))


def test_it_says_daily_sharing_and_is_read_back_from_the_workbook(demo: Context, tmp_path: Path) -> None:
    report = make_report(demo, "census", Asked(NOW.date()))
    said = " ".join(one.text for one in report.blocks if isinstance(one, TextBlock))
    assert "must share its attendance with the Department for Education each day" in said
    assert "The January census takes the absence of the autumn term. The term is not over" in said
    out = tmp_path / "census.xlsx"
    finish(write_report(demo, report, out))
    book = load_workbook(out)
    _, children = tables(report)
    rows = [*book["Child by child"].iter_rows(values_only=True)]
    assert rows[-1][4:7] == children.rows[-1][4:7]


@pytest.mark.parametrize(("born", "boards", "counted"), [
    (date(2022, 8, 31), False, True), (date(2022, 9, 1), False, False), (date(2018, 2, 14), True, False),
    (date(2010, 9, 1), False, True), (date(2010, 8, 31), False, False),
])  # fmt: skip
def test_ages_four_to_fifteen_and_no_boarders(
    school: SmallSchool, clock: StillClock, born: date, boards: bool, counted: bool
) -> None:
    clock.set(2026, 11, 20, 16, 0)
    key = school.pupils["Abara"]
    marked(school.context, key, "I", school_days(date(2026, 11, 2), 2))
    changed(school.context, key, date_of_birth=born, boarder=boards)
    _, children = tables(make_report(school.context, "census", Asked(date(2026, 11, 20))))
    assert (key in children.pupils) is counted
    assert children.rows[-1][5] == (4 if counted else 0)


def test_of_those_aged_fifteen_not_the_second_half_of_the_summer_term(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2027, 7, 21, 16, 0)
    key = school.pupils["Abara"]
    changed(school.context, key, date_of_birth=date(2010, 10, 1))
    for first in (date(2027, 5, 24), date(2027, 6, 7)):
        marked(school.context, key, "O", school_days(first, 3))
    _, children = tables(make_report(school.context, "census", Asked(date(2027, 7, 21))))
    (row,) = [row for row, one in zip(children.rows, children.pupils, strict=True) if one == key]
    assert row[4:7] == (6, 0, 6)


def test_whose_it_is_not(demo: Context) -> None:
    with pytest.raises((Refused, NotAllowed)):
        make_report(in_role(demo, Role.TEACHER, "4B"), "census", Asked(NOW.date()))
    with pytest.raises(Refused, match="no term"):
        make_report(demo, "census", Asked(date(2001, 1, 1)))


def test_the_workbook_filters_the_children_and_leaves_the_total_below(demo: Context) -> None:
    report = make_report(demo, "census", Asked(NOW.date()))
    _, children = tables(report)
    sheet = workbook(report_workbook(report))["Child by child"]
    head = 3
    assert sheet.auto_filter.ref.endswith(str(head + len(children.rows) - 1))
    assert sheet.cell(head + len(children.rows), 1).value == children.rows[-1][0]
    assert sheet.cell(head + len(children.rows), 1).font.bold
    tops = replace(children, strong=frozenset({0}))
    among = workbook(report_workbook(replace(report, blocks=(tops,))))["Child by child"]
    assert among.auto_filter.ref is None, "a total above what it adds up would be sorted in among it"
