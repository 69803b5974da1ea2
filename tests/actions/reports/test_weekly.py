"""The weekly figures for the head: reckoned again by hand, written to both kinds of file, and as at a past moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.reports.making import available, make_report, write_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.cli.answers import finish
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.report import FiguresBlock, Report, TableBlock, TextBlock
from desktop_app.domain.rulebook import Limit
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.report_values import written
from tests.support.clock import StillClock
from tests.support.report_school import FRIDAY, THIS_WEEK, mark_two_weeks
from tests.support.report_text import check_workbook, pdf_words, tables_of
from tests.support.schools import SmallSchool


@pytest.fixture
def marked(school: SmallSchool, clock: StillClock) -> SmallSchool:
    return mark_two_weeks(school, clock)


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in tables_of(report) if one.title == title)


def test_this_week_is_held_against_last_week_and_the_year(marked: SmallSchool) -> None:
    report = make_report(marked.context, "weekly", Asked(on=FRIDAY))
    assert report.subtitle == "Week of 16 November 2026, up to 20 November 2026"
    school, year = table(report, "School and years").rows
    assert school[:5] == ("School", 6, Fraction(100 * 51, 54), Fraction(100), Fraction("94.4") - 100)
    assert school[5:9] == (Fraction(200, 54), Fraction(100, 54), 0, 0)
    assert school[9] == Fraction(100 * 111, 114)
    assert school[10:] == (None, None)  # twenty sessions: too early to say
    assert year == ("Year 4", *school[1:])
    assert table(report, "Classes").rows == (("4B", *school[1:]),)
    big = next(one for one in report.blocks if isinstance(one, FiguresBlock))
    assert [written(one.value, one.unit) for one in big.figures] == ["94.4%", "97.4%", "–", "–"]


def test_who_has_too_few_sessions_is_counted_as_neither(marked: SmallSchool) -> None:
    context = marked.context

    def told(least: int) -> tuple[Report, str]:
        packs = context.rulebook.packs
        own = replace(packs["knowsley"], too_early=Limit(least, "a pack"))
        mine = replace(context, rulebook=replace(context.rulebook, packs={**packs, "knowsley": own}))
        summary = make_report(mine, "pupil-summary", Asked(on=FRIDAY, pupil=marked.pupils["Abara"]))
        big = next(one for one in summary.blocks if isinstance(one, FiguresBlock))
        return make_report(mine, "weekly", Asked(on=FRIDAY)), big.figures[0].says

    enough, says = told(19)
    assert table(enough, "School and years").rows[0][10:] == (1, 0)
    assert says == "17 of 19 sessions, persistently absent"
    early, says = told(20)
    assert table(early, "School and years").rows[0][10:] == (None, None)
    assert "fewer than 20 sessions" in table(early, "School and years").note
    assert says == "17 of 19 sessions, too early to say more"
    big = next(one for one in early.blocks if isinstance(one, FiguresBlock))
    assert [one.says for one in big.figures[2:]] == ["too early to say"] * 2


def test_what_is_still_open_is_said(marked: SmallSchool) -> None:
    report = make_report(marked.context, "weekly", Asked(on=FRIDAY))
    assert table(report, "Registers not taken or not whole").rows == ((date(2026, 11, 19), "afternoon", "4B", 6, 6),)
    said = next(one for one in report.blocks if isinstance(one, TextBlock))
    assert said.text == "1 session of 1 child with N; none of them overdue."


def test_the_week_ends_with_the_day_asked_for(marked: SmallSchool) -> None:
    report = make_report(marked.context, "weekly", Asked(on=THIS_WEEK))
    school = table(report, "School and years").rows[0]
    assert school[2] == Fraction(100 * 10, 12)
    assert not table(report, "Registers not taken or not whole").rows


def test_a_day_of_holiday_shows_the_week_before_it(marked: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 22, 12, 0)
    report = make_report(marked.context, "weekly", Asked(on=date(2026, 11, 22)))
    assert report.subtitle.startswith("Week of 16 November 2026")
    with pytest.raises(Refused, match="no school week"):
        make_report(marked.context, "weekly", Asked(on=date(2026, 8, 1)))


def test_pdf_and_workbook_say_the_same_numbers(marked: SmallSchool, tmp_path: Path) -> None:
    report = make_report(marked.context, "weekly", Asked(on=FRIDAY))
    pdf, book = tmp_path / "weekly.pdf", tmp_path / "weekly.xlsx"
    made = finish(write_report(marked.context, report, pdf))
    finish(write_report(marked.context, report, book))
    words = pdf_words(pdf.read_bytes())
    for one in tables_of(report):
        for row in one.rows:
            line = " ".join(written(value, column.unit) for value, column in zip(row, one.columns, strict=True))
            assert line in words
    assert "page 1 of 1" in words
    assert "Everyone on roll is counted. As recorded by 20 Nov 2026 16:00." in words
    check_workbook(report, book.read_bytes())
    again = tmp_path / "again.pdf"
    assert finish(write_report(marked.context, report, again)).sha256 == made.sha256


def test_a_past_report_is_made_again_to_the_last_digit(marked: SmallSchool, clock: StillClock, tmp_path: Path) -> None:
    asked = Asked(on=FRIDAY, as_at=datetime(2026, 11, 20, 16, 30, tzinfo=UTC))
    clock.set(2026, 11, 23, 9, 0)
    before = make_report(marked.context, "weekly", asked)
    first = finish(write_report(marked.context, before, tmp_path / "a.pdf"))
    clock.set(2027, 3, 1, 9, 0)
    edit = Edit(marked.pupils["Doyle"], Session(date(2026, 11, 17), Half.AM), "I")
    write(marked.context, [edit], reason="his mother rang later")
    after = make_report(marked.context, "weekly", asked)
    assert after == before
    assert finish(write_report(marked.context, after, tmp_path / "b.pdf")).sha256 == first.sha256
    now = make_report(marked.context, "weekly", Asked(on=FRIDAY))
    assert table(now, "School and years").rows != table(before, "School and years").rows


def test_other_endings_are_refused_and_nothing_is_left(marked: SmallSchool, tmp_path: Path) -> None:
    report = make_report(marked.context, "weekly", Asked(on=FRIDAY))
    with pytest.raises(Refused, match="neither"):
        write_report(marked.context, report, tmp_path / "weekly.docx")
    job = write_report(marked.context, report, tmp_path / "weekly.pdf")
    next(job)
    job.close()
    with pytest.raises(Refused, match="cannot be written"):
        finish(write_report(marked.context, report, tmp_path / "nowhere" / "weekly.pdf"))
    assert not list(tmp_path.glob("weekly*"))


def test_a_governor_sees_none_that_is_not_public(marked: SmallSchool) -> None:
    context = marked.context
    governor = replace(context, staff=replace(context.staff, role=Role.GOVERNOR), alone=False)
    assert all(one.public for one in available(governor))
    with pytest.raises(NotAllowed):
        make_report(governor, "weekly", Asked(on=FRIDAY))
    with pytest.raises(Refused, match="no report"):
        make_report(context, "unheard-of", Asked(on=FRIDAY))
