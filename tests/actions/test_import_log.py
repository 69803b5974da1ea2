"""Every file that was brought in is put down, whatever was in it; what was refused leaves no trace."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.actions.exports.making import make_export
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.import_log import MOST_SAID, import_runs
from desktop_app.actions.importing import bring_in, preview
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.report import TableBlock
from desktop_app.domain.staff import Role
from tests.support.benchmarks import ENGLAND, KNOWSLEY, figures_file
from tests.support.clock import StillClock
from tests.support.files import csv_file, upn
from tests.support.people import in_role
from tests.support.returns import changed, head_of
from tests.support.running import finish
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
PUPILS = ["Surname", "Forename", "Date of Birth", "Admission Date", "Year Group", "Class", "Shoe size"]
MARKS = ["UPN", "Date", "Session", "Code"]


@pytest.fixture
def brought(school: SmallSchool, clock: StillClock, tmp_path: Path) -> SmallSchool:
    """Four files, one of each kind, a minute apart; and one that was only looked at, one refused, one known already."""
    context = school.context
    changed(context, school.pupils["Abara"], upn=upn(1))
    child = ["Zamora", "Ines", "14/02/2018", "16/11/2026", "4", "4B", "31"]
    marks = [MARKS, [upn(1), "2026-11-16", "AM", "I"], [upn(1), "2026-11-17", "AM", "#"]]
    files = (
        (ImportKind.PUPILS, csv_file(tmp_path / "=pupils.csv", [PUPILS, child])),
        (ImportKind.MARKS, csv_file(tmp_path / "marks.csv", marks)),
        (ImportKind.CALENDAR, csv_file(tmp_path / "terms.csv", [["kind", "name", "start", "end"],
                                                               ["inset", "Training", "2027-06-07", "2027-06-07"]])),
        (ImportKind.BENCHMARKS, figures_file(tmp_path / "figures.csv", ENGLAND, KNOWSLEY, {**KNOWSLEY, "la": "999",
                                                                                           "area": "Elsewhere"})),
    )  # fmt: skip
    for minute, (kind, path) in enumerate(files):
        clock.set(2026, 11, 20, 9, 10 + minute)
        finish(preview(context, kind, path, TODAY))
        report, _ = finish(bring_in(context, kind, path, TODAY))
        assert report.clean, report.rejected
    before = head_of(context)
    bad = csv_file(tmp_path / "bad.csv", [MARKS, [upn(1), "2026-11-18", "AM", "I"], [upn(1), "2026-11-19", "AM", "ZQ"]])
    report, _ = finish(bring_in(context, ImportKind.MARKS, bad, TODAY))
    assert report.rejected_total == 1
    again, _ = finish(bring_in(context, ImportKind.MARKS, tmp_path / "marks.csv", TODAY))
    assert (again.added, again.changed) == (0, 0)
    assert head_of(context) == before
    return school


def test_every_run_says_file_when_by_whom_what_and_its_rows(brought: SmallSchool, tmp_path: Path) -> None:
    found = import_runs(brought.context)
    assert [(one.kind, one.file) for one in found] == [
        (ImportKind.BENCHMARKS, "figures.csv"),
        (ImportKind.CALENDAR, "terms.csv"),
        (ImportKind.MARKS, "marks.csv"),
        (ImportKind.PUPILS, "=pupils.csv"),
    ]
    assert [one.at for one in found] == [datetime(2026, 11, 20, 9, minute) for minute in (13, 12, 11, 10)]
    assert {one.author.name for one in found} == {brought.context.staff.name}
    assert [(one.rows, one.taken, one.left_out) for one in found] == [(3, 2, 1), (1, 1, 0), (2, 1, 1), (1, 1, 0)]
    assert found[2].sha256 == sha256((tmp_path / "marks.csv").read_bytes()).hexdigest()
    assert found[0].why_left.startswith("of another area")
    assert found[2].why_left == "no code, or one that the calendar gives and nobody marks"
    assert any("Shoe size" in one for one in found[3].said)
    with pytest.raises(NotAllowed):
        import_runs(in_role(brought.context, Role.TEACHER, "4B"))
    assert brought.context.store.check(None).ok


def test_the_list_has_every_run_and_what_was_said_of_it(brought: SmallSchool) -> None:
    first, second = (one for one in make_export(brought.context, "imports", ListAsked()).blocks
                     if isinstance(one, TableBlock))  # fmt: skip
    titles = [one.heading for one in first.columns]
    rows = [dict(zip(titles, row, strict=True)) for row in first.rows]
    assert [(row["What"], row["File"], row["Taken"]) for row in rows] == [
        ("Published figures", "figures.csv", 2),
        ("Term dates", "terms.csv", 1),
        ("Marks", "marks.csv", 1),
        ("Pupils", "=pupils.csv", 1),
    ]
    assert rows[2]["When"] == datetime(2026, 11, 20, 9, 11)
    assert "refused whole" in first.note
    assert any("Shoe size" in str(row[2]) for row in second.rows)


def test_what_is_said_of_a_file_has_an_end(school: SmallSchool, tmp_path: Path) -> None:
    child = ["Zamora", "Ines", "14/02/2018", "16/11/2026", "4", "4B"]
    more = [f"Column {number}" for number in range(MOST_SAID + 20)]
    rows = [[*PUPILS[:6], *more], [*child, *more]]
    finish(bring_in(school.context, ImportKind.PUPILS, csv_file(tmp_path / "wide.csv", rows), TODAY))
    (run,) = import_runs(school.context)
    assert len(run.said) <= MOST_SAID + 1
