"""Every list as a workbook, read back: days are days, numbers numbers, codes and typed words text, never a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from db.house import House
from desktop_app.actions.exports.making import EXPORTS, make_export, write_export
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.plans import plan
from desktop_app.context import Context
from desktop_app.documents.report_xlsx import list_workbook
from desktop_app.domain.errors import Refused
from desktop_app.domain.report import Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from tests.support.clock import StillClock
from tests.support.listed_school import AT_X, CANARY, FRIDAY, MINUS, NUMBER, SUM, listed_school
from tests.support.running import finish
from tests.support.schools import SmallSchool, fill_school, make_school

HEAD = 3
KEYS = [one.key for one in EXPORTS]


@pytest.fixture(scope="module")
def full(house: House, rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSchool]:
    """Made once: nothing here writes to it."""
    path, clock = tmp_path_factory.mktemp("lists") / "listed.rollbook", StillClock(datetime(2026, 11, 20, 8, 50))
    context = make_school(house, path, rulebook, clock)
    yield listed_school(SmallSchool(context, fill_school(context), path), clock)
    context.store.close()


def asked_for(school: SmallSchool, key: str) -> ListAsked:
    spec = next(one for one in EXPORTS if one.key == key)
    whose = "Chaudhry" if key == "patterns" else "Kaya"
    return ListAsked(pupil=school.pupils[whose] if spec.must else 0)


def tables(report: Report) -> list[TableBlock]:
    return [one for one in report.blocks if isinstance(one, TableBlock)]


def text_of(context: Context, key: str, asked: ListAsked) -> str:
    """Every word of the file, text and metadata, as it lies in the archive."""
    content = list_workbook(make_export(context, key, asked))
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def check_cell(cell, value: Value, unit: Unit) -> None:
    assert cell.data_type != "f"
    if value is None or value == "":
        assert cell.value is None
    elif isinstance(value, str):
        assert (cell.value, cell.data_type) == (value, "s")
    elif isinstance(value, date):
        assert cell.is_date
        timed = isinstance(value, datetime) and unit is Unit.MOMENT
        day = value.date() if isinstance(value, datetime) else value
        assert isinstance(cell.value, datetime)
        assert cell.value.date() == day
        assert "yyyy" in cell.number_format
        if timed:
            assert (cell.value.hour, cell.value.minute) in ((value.hour, value.minute), (0, 0))
    else:
        exact = Fraction(value) / (100 if unit is Unit.PERCENT else 1)
        assert cell.data_type == "n"
        assert cell.value == pytest.approx(float(exact))
        assert ("%" in cell.number_format) is (unit is Unit.PERCENT)


@pytest.mark.parametrize("key", KEYS)
def test_each_list_has_a_line_and_is_read_back_as_what_it_is(key: str, full: SmallSchool) -> None:
    report = make_export(full.context, key, asked_for(full, key))
    book = load_workbook(BytesIO(list_workbook(report)))
    assert len(book.worksheets) == len(tables(report))
    assert tables(report)[0].rows or key == "arrivals", "the school has nothing for it to list"
    for sheet, table in zip(book.worksheets, tables(report), strict=True):
        heads = [cell.value for cell in sheet[HEAD]]
        assert [head.removesuffix(" (points)") for head in heads] == [one.heading for one in table.columns]
        assert len(set(heads)) == len(heads), "two columns are called the same"
        assert sheet.freeze_panes == "B4"
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.sheet_state == "visible"
        assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        for number, row in enumerate(table.rows, start=HEAD + 1):
            for cell, value, column in zip(sheet[number], row, table.columns, strict=True):
                check_cell(cell, value, column.unit)
        said = sheet["A2"].value
        assert "Marsh Lane Primary School" in said
        assert "As recorded by 20 Nov 2026 16:00" in said
        assert "Keep it locked away" in said or "Confidential" in said
        last = HEAD + len(table.rows)
        assert (sheet.auto_filter.ref or "").endswith(str(last)) if table.rows else sheet.auto_filter.ref is None


@pytest.mark.parametrize("key", KEYS)
def test_no_file_holds_a_formula_or_a_restricted_note(key: str, full: SmallSchool) -> None:
    assert full.context.store.opens_sealed  # whoever asks could read the note on the screen
    every = text_of(full.context, key, asked_for(full, key))
    assert not re.search(r"<f[ >]", every)
    assert CANARY not in every


def values(context: Context, key: str, asked: ListAsked | None = None, sheet: int = 0) -> list[dict[str, Value]]:
    table = tables(make_export(context, key, asked or ListAsked()))[sheet]
    heads = [one.heading for one in table.columns]
    return [dict(zip(heads, row, strict=True)) for row in table.rows]


def test_what_was_typed_stays_text_whatever_it_begins_with(full: SmallSchool) -> None:
    asked = ListAsked(pupil=full.pupils["Kaya"])
    for key, typed in (("contacts", (SUM, NUMBER)), ("chronology", (SUM, AT_X, MINUS)), ("school-log", (SUM, AT_X))):
        report = make_export(full.context, key, asked if key != "school-log" else ListAsked())
        sheet = load_workbook(BytesIO(list_workbook(report))).worksheets[0]
        cells = [cell for row in sheet.iter_rows(min_row=HEAD + 1) for cell in row if cell.value in typed]
        assert {cell.value for cell in cells} == set(typed)
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells), "editing the cell would make an order of it"


def test_what_no_cell_can_hold_is_left_out_and_a_long_text_kept(school: SmallSchool) -> None:
    long = "x" * 20_000
    rows = (("a\x00b\x0b\ud800c\uffff", long, "\U0001f600 عربي 中文"),)
    block = TableBlock("[a]:*?/\\b" * 9, tuple(map(ReportColumn, ("One", "Two", "Three"))), rows)
    report = Report("x", "=cmd", "&A =x", "@school", datetime(2026, 11, 20, 9, 0), "+1", (block, block))
    book = load_workbook(BytesIO(list_workbook(report)))
    assert len(book.worksheets) == 2
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[HEAD + 1]] == ["abc", long, "\U0001f600 عربي 中文"]
    assert max(one.height or 0 for one in sheet.row_dimensions.values()) <= 409


def test_the_register_of_a_week_has_its_codes_as_text(full: SmallSchool) -> None:
    rows = values(full.context, "register", ListAsked(class_name="4B", on=date(2026, 11, 18)))
    kaya = next(row for row in rows if row["Child"] == "Kaya, Çağla")
    assert (kaya["Mon 16 Nov AM"], kaya["Mon 16 Nov PM"]) == ("C", "\\")
    doyle = next(row for row in rows if row["Child"] == "Doyle, Ryan")
    assert (doyle["Mon 16 Nov AM"], doyle["Minutes late"]) == ("L", 9)
    assert "/ Present, morning." in tables(make_export(full.context, "register", ListAsked()))[0].note
    with pytest.raises(Refused, match="nobody in a class “9Z”"):
        make_export(full.context, "register", ListAsked(class_name="9Z"))


def test_the_lists_say_what_the_screens_say(full: SmallSchool) -> None:
    changed = values(full.context, "changes")
    assert [(row["Original"], row["Amended"]) for row in changed if row["Child"] == "Kaya, Çağla"] == [
        ("I", "M"),
        ("M", "C"),
    ]
    assert {row["Reason"] for row in changed} >= {"=read from the sheet at the gate"}
    (call,) = values(full.context, "calling")
    assert (call["Child"], call["Since"]) == ("Đặng, Minh", FRIDAY)
    assert call["Number"] == "07700 900004"
    (early,) = values(full.context, "early-calls")
    assert (early["Child"], early["Looked at again"]) == ("Doyle, Ryan", date(2026, 12, 11))
    (leave,) = values(full.context, "leave")
    assert (leave["Why"], leave["Sessions"], leave["State"]) == (SUM, 2, "waiting")  # mornings alone
    (notice,) = values(full.context, "notices")
    assert (notice["State"], notice["Sessions"]) == ("asked", 10)
    assert values(full.context, "formal")[0]["State"] == "runs"
    assert len(values(full.context, "formal", sheet=2)) == 1
    (case,) = values(full.context, "cases")
    assert case["Opened"] == FRIDAY
    (table,) = values(full.context, "timetables")
    assert (table["Sessions a week"], table["Mon AM"], table["Mon PM"]) == (5, "expected", "")
    assert values(full.context, "targets")[0]["Target"] == Fraction(193, 2)
    assert values(full.context, "targets", sheet=1)[0]["Child"] == "Kaya, Çağla"
    inside = [row["Child"] for row in values(full.context, "groups", sheet=1) if row["Group"] == "Breakfast club"]
    assert inside == ["Doyle, Ryan", "Kaya, Çağla"]
    (agreed,) = values(full.context, "plans")
    assert (agreed["Code"], agreed["Where"], agreed["Stands"]) == ("B", "Oak School", "now")
    (habit, *_) = values(full.context, "patterns", ListAsked(pupil=full.pupils["Chaudhry"]))
    assert "Monday" in str(habit["In words"])
    assert {row["Last day"] for row in values(full.context, "school-year") if row["Kind"] == "term"} == {
        date(2026, 12, 18),
        date(2027, 3, 25),
        date(2027, 7, 21),
    }
    (fell,) = values(full.context, "crossings")
    assert (fell["Child"], fell["Better"], fell["Sessions"]) == ("Bielak, Łucja", "", 6)
    (brought,) = values(full.context, "imports")
    assert (brought["What"], brought["File"], brought["Rows"], brought["Taken"]) == ("Marks", "marks.csv", 2, 2)
    said = values(full.context, "ledger", ListAsked(pupil=full.pupils["Kaya"]))
    assert {row["Parent or carer"] for row in said} == {SUM}


def test_who_is_waited_for_elsewhere(school: SmallSchool) -> None:
    context, doyle = school.context, school.pupils["Doyle"]
    plan(context, Plan(0, doyle, "B", FRIDAY, Half.AM, FRIDAY, Half.PM, note="taster day", provider="Oak"), [doyle])
    (away, *_) = values(context, "arrivals")
    assert (away["Day"], away["Half"], away["Child"], away["Code"]) == (FRIDAY, "AM", "Doyle, Ryan", "B")


def test_the_order_and_the_choice_of_the_screen_are_those_of_the_file(full: SmallSchool) -> None:
    shown = tuple(str(full.pupils[name]) for name in ("Kaya", "Abara"))
    report = make_export(full.context, "pupils", ListAsked(shown=shown, filtered="class 4B, “a”"))
    assert [row[0] for row in tables(report)[0].rows] == ["Kaya", "Abara"]
    sheet = load_workbook(BytesIO(list_workbook(report))).worksheets[0]
    assert "As narrowed on the screen (class 4B, “a”): 2 lines." in sheet["A2"].value
    every = make_export(full.context, "pupils", ListAsked())
    assert len(tables(every)[0].rows) == 6
    assert "Every line of the list is here." in list_workbook_said(every)


def list_workbook_said(report: Report) -> str:
    return load_workbook(BytesIO(list_workbook(report))).worksheets[0]["A2"].value


def test_one_child_or_class_is_what_was_asked_for(full: SmallSchool) -> None:
    kaya = full.pupils["Kaya"]
    assert {row["Child"] for row in values(full.context, "contacts", ListAsked(pupil=kaya))} == {"Kaya, Çağla"}
    assert values(full.context, "pupils", ListAsked(class_name="5C")) == []
    (day,) = values(full.context, "pupils", ListAsked(pupil=kaya, on=date(2026, 11, 16)))
    assert day["of possible"] == 2


def test_what_a_list_does_not_heed_is_refused(full: SmallSchool, tmp_path: Path) -> None:
    for key, asked, says in (
        ("staff", ListAsked(class_name="4B"), "does not take --class"),
        ("cases", ListAsked(on=FRIDAY), "does not take --on"),
        ("chronology", ListAsked(), "say which child"),
        ("changes", ListAsked(first=FRIDAY, on=date(2026, 11, 2)), "before the first"),
        ("pupils", ListAsked(pupil=999_999), "not"),
        ("unheard-of", ListAsked(), "There is no list"),
    ):
        with pytest.raises(Refused, match=says):
            make_export(full.context, key, asked)
    with pytest.raises(Refused, match=r"is put into a \.xlsx file"):
        write_export(full.context, "pupils", ListAsked(), tmp_path / "a.csv")
    with pytest.raises(Refused, match="cannot be written"):
        finish(write_export(full.context, "pupils", ListAsked(), tmp_path / "no" / "a.xlsx"))
    work = write_export(full.context, "pupils", ListAsked(), tmp_path / "b.xlsx")
    next(work)
    next(work)
    work.close()
    assert not list(tmp_path.glob("?.xlsx*"))
