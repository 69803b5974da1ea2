"""Reports at the door: listed, made as PDF and workbook, refused in one sentence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.actions.reports.making import REPORTS
from tests.support.clock import StillClock
from tests.support.report_school import mark_two_weeks
from tests.support.report_text import pdf_words
from tests.support.schools import SmallSchool

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_reports_are_listed_and_made(school: SmallSchool, clock: StillClock, run: Run, tmp_path: Path) -> None:
    mark_two_weeks(school, clock)
    school.context.store.close()
    store = ("--store", school.path)
    listed = run(*store, "reports")
    assert listed.code == 0
    assert [one["report"] for one in listed.value] == [one.key for one in REPORTS]
    out = tmp_path / "weekly.pdf"
    made = run(*store, "report", "weekly", "--out", out, "--on", "2026-11-20", "--as-at", "2026-11-20")
    assert made.code == 0, made.errors
    assert made.value["report"] == "weekly"
    assert made.value["sha256"] == sha256(out.read_bytes()).hexdigest()
    assert made.value["subtitle"] == "Week of 16 November 2026, up to 20 November 2026"
    assert "94.4%" in pdf_words(out.read_bytes())
    clock.set(2027, 3, 1, 9, 0)
    again = tmp_path / "again.pdf"
    later = run(*store, "report", "weekly", "--out", again, "--on", "2026-11-20", "--as-at", "2026-11-20T16:00")
    assert later.code == 0
    book = run(*store, "report", "persistent", "--out", tmp_path / "p.xlsx", "--class", "4B", "--from", "2026-11-16")
    assert (book.code, (tmp_path / "p.xlsx").is_file()) == (0, True)


def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    school: SmallSchool, clock: StillClock, run: Run, tmp_path: Path
) -> None:
    mark_two_weeks(school, clock)
    school.context.store.close()
    store = ("--store", school.path)
    for arguments, says in (
        (("report", "unheard-of", "--out", tmp_path / "a.pdf"), "There is no report"),
        (("report", "weekly", "--out", tmp_path / "a.docx"), "neither"),
        (("report", "codes", "--out", tmp_path / "a.pdf", "--from", "2026-11-21", "--on", "2026-11-20"), "before"),
        (("report", "weekly", "--out", tmp_path / "a.pdf", "--on", "2027-03-01"), "is still to come"),
        (("report", "weekly", "--out", tmp_path / "no" / "a.pdf"), "There is no folder"),
        (("report", "weekly", "--out", tmp_path / "a.pdf", "--class", "4B", "--group", "fsm"), "does not take --class"),
        (("report", "pupil-summary", "--out", tmp_path / "a.pdf", "--pupil", "99999"), "No pupil"),
    ):
        refused = run(*store, *arguments)
        assert refused.code == 2
        assert says in refused.value["error"]
    assert not list(tmp_path.glob("a.*"))
