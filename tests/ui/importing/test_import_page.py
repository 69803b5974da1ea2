"""Bringing a list in through the window: seen first, then all of it or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.actions.backups import choose_backup_folder
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.domain.imports import ImportKind, ImportReport
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import Period
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.importing.page import ImportPage
from ui.importing.work import WORDS, outcome, verdict
from ui.shell import Page

HEADINGS = "Surname,Forename,Date of Birth,Admission Date,Year Group,Class,Shoe size\n"
GOOD = HEADINGS + "Nowak,Zofia,14/02/2018,05/09/2022,4,4B,31\nŞahin,Ömer,15/02/2018,05/09/2022,4,4B,32\n"
BAD = HEADINGS + "Nowak,Zofia,30/02/2018,05/09/2022,4,4B,31\nŞahin,Ömer,15/02/2018,05/09/2022,4,4B,32\n"


class Bare(Page):
    place, title, icon = "today", "Today", "clock"


@pytest.fixture
def desk(open_at: Callable[..., Desk]) -> Desk:
    return open_at("today", Bare, ImportPage)


@pytest.fixture
def page(desk: Desk) -> ImportPage:
    desk.window.go("import", kind="pupils")
    found = desk.window.page("import")
    assert isinstance(found, ImportPage)
    return found


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def names(school: SmallSchool) -> set[str]:
    with school.context.store.reading() as reading:
        return {pupil.name for pupil in reading.book.all(Pupil)}


def wait(page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._job is None, timeout=10_000)


def test_nothing_is_written_before_it_was_seen_and_then_all_of_it(
    desk: Desk, page: ImportPage, school: SmallSchool, tmp_path: Path, qtbot: QtBot
) -> None:
    before = names(school)
    page.read(write(tmp_path / "pupils.csv", GOOD))
    wait(page, qtbot)
    assert page.said.text() == "2 rows of pupils: 2 new."
    assert "Nothing is changed yet" in page.told.text()
    assert names(school) == before
    assert page.warned_card.isVisible()
    assert "Shoe size" in page.warnings.index(0, 0).data()
    assert not page.rejected_card.isVisible()
    assert desk.focus is page.apply_button
    desk.press("Space")
    wait(page, qtbot)
    assert names(school) == before | {"Zofia Nowak", "Ömer Şahin"}
    assert page.told.text().startswith("✓ Imported.")
    assert desk.window.status.saved.text() == "✓ Saved 08:50"


def test_what_cannot_be_taken_is_listed_and_nothing_can_be_imported(
    desk: Desk, page: ImportPage, school: SmallSchool, tmp_path: Path, qtbot: QtBot
) -> None:
    before = names(school)
    page.read(write(tmp_path / "pupils.csv", BAD))
    wait(page, qtbot)
    tester = QAbstractItemModelTester(page.rejections, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is page.rejections
    row = [page.rejections.index(0, column).data() for column in range(4)]
    assert row[:3] == ["2", "Date of Birth", "30/02/2018"]
    assert row[3]
    assert not page.apply_button.isEnabled()
    assert "cannot be taken" in page.told.text()
    assert desk.said.startswith("⚠")
    assert desk.focus is page.choose
    assert names(school) == before


def test_a_backup_is_made_before_anything_is_written(
    page: ImportPage, school: SmallSchool, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    choose_backup_folder(school.context, folder)
    page.read(write(tmp_path / "pupils.csv", GOOD))
    wait(page, qtbot)
    page.apply()
    wait(page, qtbot)
    (copy,) = folder.glob("*.rollbook")
    assert copy.name in page.told.text()


def test_no_place_can_be_gone_to_while_it_writes(desk: Desk, page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.read(write(tmp_path / "pupils.csv", GOOD))
    wait(page, qtbot)
    page.apply()
    desk.window.find_field.setFocus()
    assert not desk.window.rail.isEnabled()
    wait(page, qtbot)
    assert desk.window.rail.isEnabled()


def test_an_excel_file_is_read_the_same_way(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in GOOD.splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "pupils.xlsx")
    page.read(tmp_path / "pupils.xlsx")
    wait(page, qtbot)
    assert page.said.text() == "2 rows of pupils: 2 new."


def test_a_file_that_cannot_be_read_is_refused_in_words(
    desk: Desk, page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.read(write(tmp_path / "pupils.csv", "\0\0\0\0"))
    wait(page, qtbot)
    assert "pupils.csv" in desk.said
    assert page.stack.currentIndex() == 0
    assert not page.apply_button.isEnabled()


def test_reading_can_be_stopped(desk: Desk, page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    many = HEADINGS + "".join(f"Nowak,Zofia {n},14/02/2018,05/09/2022,4,4B,31\n" for n in range(30_000))
    page.read(write(tmp_path / "pupils.csv", many))
    assert page.strip.isVisible()
    page.strip.cancel.click()
    wait(page, qtbot)
    assert desk.said == "Stopped. Nothing was changed."
    assert not page.strip.isVisible()


def test_term_dates_are_brought_in_too(
    desk: Desk, page: ImportPage, school: SmallSchool, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.window.go("import", kind="calendar")
    assert page.header.title.text() == "Import term dates"
    assert not page._first_field.isVisible()
    page.read(write(tmp_path / "terms.csv", "kind,name,start,end\ninset,training,2027-01-04,2027-01-04\n"))
    wait(page, qtbot)
    page.apply()
    wait(page, qtbot)
    with school.context.store.reading() as reading:
        assert "training" in {period.name for period in reading.book.all(Period)}


def report(**counts: int) -> ImportReport:
    given = {"added": 0, "changed": 0, "unchanged": 0, "skipped": 0, "rejected_total": 0, **counts}
    return ImportReport(rows=sum(given.values()), rejected=(), warnings=(), **given)


@pytest.mark.parametrize(
    ("counts", "said", "told"),
    [
        ({"added": 1}, "1 row of marks: 1 new.", "1 mark will be written"),
        ({"unchanged": 1200}, "1,200 rows of marks: 1,200 already the same.", "nothing in it"),
        ({"added": 3, "rejected_total": 2}, "5 rows of marks: 3 new, 2 that cannot be taken.", "while 2 rows"),
        ({}, "The file has headings but no rows.", "nothing in it"),
        ({"changed": 2, "skipped": 4}, "6 rows of marks: 2 changed, 4 left out.", "2 marks will be written"),
    ],
)
def test_the_report_is_said_in_words(counts: dict[str, int], said: str, told: str) -> None:
    words = WORDS[ImportKind.MARKS]
    assert outcome(report(**counts), words) == said
    assert told in verdict(report(**counts), words)


def test_what_was_brought_in_before_is_listed_and_is_what_ctrl_e_saves(
    desk: Desk, page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page.before.isHidden(), "nothing was brought in yet"
    page.read(write(tmp_path / "class 4B.csv", GOOD))
    desk.wait()
    desk.press("Ctrl+Return")
    desk.wait()
    desk.window.go("import", kind="marks")
    assert page.before.isVisible()
    texts = [page.before.model.index(0, column).data() for column in range(7)]
    assert texts[1:3] == ["Pupils", "class 4B.csv"]
    assert texts[4:] == ["2", "2", "0"]
    assert page.list_shown() == ("imports", ListAsked())
