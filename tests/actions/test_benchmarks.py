"""The published figures in force: shipped, replaced, put back, and what they were on a past day."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.actions.benchmarks import MOST, back_to_shipped, benchmarks, import_benchmarks, set_comparators
from desktop_app.actions.importing import bring_in, preview
from desktop_app.context import as_aware
from desktop_app.domain.comparison import Collection, PeriodOf, Published
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.school import Setting
from desktop_app.domain.staff import Role
from tests.support.benchmarks import ENGLAND, KNOWSLEY, SEFTON, figures_file
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.running import finish
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
TRUST = Published("2025/26", PeriodOf.YEAR, "Our trust", "Primary", "All pupils", Collection.DAILY, "its report",
                  Fraction(11, 2))  # fmt: skip


def head(school: SmallSchool) -> str:
    with school.context.store.reading() as reading:
        return reading.chain_head


def test_the_shipped_figures_are_those_of_england_and_of_the_schools_own_authority(school: SmallSchool) -> None:
    held = benchmarks(school.context)
    assert held.authority == ("340", "Knowsley")
    assert {one.area for one in held.rows} == {"England", "Knowsley"}
    assert held.dated is not None
    assert held.origin.startswith("Shipped with Rollbook, of ")


def test_a_file_takes_their_place_and_a_past_moment_keeps_its_own(
    school: SmallSchool, clock: StillClock, tmp_path: Path
) -> None:
    before, moment = benchmarks(school.context), as_aware(datetime(2026, 11, 20, 8, 55))
    clock.set(2026, 11, 20, 9, 30)
    path = figures_file(tmp_path / "new.csv", ENGLAND, KNOWSLEY, SEFTON)
    seen = finish(preview(school.context, ImportKind.BENCHMARKS, path, TODAY))
    assert (seen.added, seen.skipped, seen.clean) == (2, 1, True)
    assert benchmarks(school.context) == before
    report, _ = finish(bring_in(school.context, ImportKind.BENCHMARKS, path, TODAY))
    assert report == seen
    held = benchmarks(school.context)
    assert [(one.area, one.absence) for one in held.rows] == [
        ("England", Fraction(53, 10)),
        ("Knowsley", Fraction(33, 5)),
    ]
    assert (held.origin, held.dated) == ("new.csv, brought in on Fri 20 Nov 2026", None)
    assert benchmarks(school.context, moment) == before
    again = finish(import_benchmarks(school.context, path, dry_run=False))
    assert (again.added, again.unchanged) == (0, 2)
    clock.set(2026, 11, 21, 9, 30)
    assert back_to_shipped(school.context).book
    assert benchmarks(school.context) == before
    assert benchmarks(school.context, as_aware(datetime(2026, 11, 20, 12))).origin.startswith("new.csv")
    assert not back_to_shipped(school.context).book


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{**ENGLAND, "area": "Wales"}], "has no figure of England"),
        ([{**ENGLAND, "school_year": "2019/20"}], "ends with 2019/20; the figures in force go to 2025/26"),
        ([{**ENGLAND, "school_year": "2019/20"}, KNOWSLEY], "ends with 2019/20"),
        ([{**ENGLAND, "source": "x" * MOST}], "20 KB at most"),
    ],
)
def test_a_foreign_an_old_and_an_endless_list_are_refused(
    school: SmallSchool, tmp_path: Path, rows: list[dict[str, str]], says: str
) -> None:
    path, before = figures_file(tmp_path / "list.csv", *rows), head(school)
    with pytest.raises(Refused, match=says):
        finish(import_benchmarks(school.context, path, dry_run=True))
    with pytest.raises(Refused, match=says):
        finish(import_benchmarks(school.context, path, dry_run=False))
    assert head(school) == before


def test_a_broken_list_is_refused_by_row_and_column_and_changes_nothing(school: SmallSchool, tmp_path: Path) -> None:
    path = figures_file(tmp_path / "list.csv", ENGLAND, {**KNOWSLEY, "absence": "many"}, {**ENGLAND, "absence": "5.4"})
    before = head(school)
    report = finish(import_benchmarks(school.context, path, dry_run=False))
    assert [(one.row, one.column) for one in report.rejected] == [(3, "absence"), (4, "area")]
    assert "Row 2 has another figure of the same" in report.rejected[1].why
    short = figures_file(tmp_path / "short.csv", ENGLAND, headings=("school_year", "phase", "absence"))
    report = finish(import_benchmarks(school.context, short, dry_run=False))
    assert [one.column for one in report.rejected] == ["period", "kind", "source"]
    assert head(school) == before


def test_rows_that_the_school_types(school: SmallSchool) -> None:
    set_comparators(school.context, [TRUST])
    assert benchmarks(school.context).comparators == (TRUST,)
    before = head(school)
    with pytest.raises(Refused, match="Row 1: say whose figure it is"):
        set_comparators(school.context, [Published("2025/26", PeriodOf.YEAR, " ", "All", "x", Collection.DAILY, "y")])
    with pytest.raises(Refused, match="has no figure"):
        set_comparators(school.context, [Published("2025/26", PeriodOf.YEAR, "A", "All", "x", Collection.DAILY, "y")])
    with pytest.raises(NotAllowed):
        set_comparators(in_role(school.context, Role.OFFICE), [])
    with pytest.raises(NotAllowed):
        back_to_shipped(in_role(school.context, Role.TEACHER, "4B"))
    assert not set_comparators(school.context, [TRUST]).book
    assert head(school) == before


def test_the_settings_stay_small_and_are_handed_out_as_they_were(school: SmallSchool, tmp_path: Path) -> None:
    """A key press asks for the settings: the book gives the same tuple until it changes."""
    finish(import_benchmarks(school.context, figures_file(tmp_path / "new.csv", ENGLAND, KNOWSLEY), dry_run=False))
    with school.context.store.reading() as reading:
        first = reading.book.all(Setting)
    with school.context.store.reading() as reading:
        assert reading.book.all(Setting) is first
    assert sum(len(one.value.encode()) for one in first) < MOST
