"""Pictures as they are drawn: black and white, every number in them, the school's letters embedded, gaps left open."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer
from reportlab.lib.colors import Color, HexColor

from desktop_app.documents.charts import chart_png, chart_svg, draw_chart
from desktop_app.documents.ink import PRINT, Ink, Sheet, contrast
from desktop_app.documents.report_pdf import report_pdf
from desktop_app.documents.report_xlsx import report_workbook
from desktop_app.documents.type import load_type
from desktop_app.domain.charts import (
    BarChart,
    CalendarChart,
    Chart,
    DaySquare,
    HeatChart,
    LineChart,
    Milestone,
    Series,
)
from desktop_app.domain.report import (
    BigFigure,
    ChartBlock,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
)
from desktop_app.rules.chart_table import chart_table
from desktop_app.rules.report_values import written
from tests.support.report_text import check_workbook, pdf_words, workbook

WEEKS = tuple(f"week {number}" for number in range(1, 9))
LINE = LineChart(
    "Attendance of Łucja Niță",
    "%",
    WEEKS,
    (
        Series("Łucja Niță", tuple(None if n is None else Fraction(n) for n in (80, 82, 81, None, None, 90, 91, 93))),
        Series("Uğur’s class", tuple(map(Fraction, (95, 94, 96, 95, 94, 96, 95, 94))), ours=False),
    ),
    (Milestone(2, "first letter"), Milestone(5, "plan agreed with the Şahin family")),
)
BARS = BarChart(
    "Groups",
    "%",
    ("FSM", "SEN support"),
    (
        Series("Group", (Fraction(905, 10), Fraction(88))),
        Series("Rest", (Fraction(95), None)),
        Series("England", (Fraction(923, 10), Fraction(901, 10)), ours=False),
    ),
)
HEAT = HeatChart(
    "By day", "%", ("Mon", "Tue"), ("AM", "PM"), ((Fraction(51, 10), Fraction(62, 10)), (Fraction(143, 10), None))
)
DAYS = tuple(
    DaySquare(date(2026, 9, 7) + timedelta(days=n), state, "present", code, "\\")
    for n, (state, code) in enumerate(
        (("present", "/"), ("late", "L"), ("authorised", "I"), ("unauthorised", "O"), ("not-counted", "Y1"))
    )
)
CALENDAR = CalendarChart("The year", (*DAYS, DaySquare(date(2026, 9, 14), "blank", "closed")))
CHARTS = (LINE, BARS, HEAT, CALENDAR)


def report(*charts: Chart, public: bool = False) -> Report:
    table = TableBlock(
        "Children",
        (ReportColumn("Name", share=2), ReportColumn("Attendance", Unit.PERCENT), ReportColumn("Change", Unit.POINTS)),
        (
            ("=Niță, Łucja", Fraction(1234, 13), Fraction(-3, 7)),
            ("Ğ & Co", None, Fraction(0)),
            ("+All", Fraction(93), 1),
        ),
        "A note under it.",
        strong=frozenset({2}),
    )
    figures = FiguresBlock((BigFigure("Pupils", 12, Unit.COUNT, "on roll"), BigFigure("Rate", Fraction(12345, 131))))
    blocks = (figures, TextBlock("Words ≥ ten.", "Heading"), table, *map(ChartBlock, charts))
    at = datetime(2026, 11, 20, 16, 0)
    return Report("test", "A report", "This week", "Marsh Lane", at, "Everyone is counted.", blocks, public)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: type(one).__name__)
def test_it_prints_in_black_and_white_with_something_in_it(chart: Chart) -> None:
    made = report_pdf(report(chart))
    for number in range(len(pypdfium2.PdfDocument(made))):
        document = pypdfium2.PdfDocument(made)
        image = document[number].render(scale=1.5).to_pil().convert("RGB")
        document.close()
        assert all(red == green == blue for _, (red, green, blue) in image.getcolors(1 << 20))
    png, width, height = chart_png(chart, 480)
    seen = Image.open(io.BytesIO(png)).convert("L")
    assert (seen.width, seen.height) == (round(width * 2), pytest.approx(height * 2, abs=2))
    assert seen.getextrema()[0] < 60
    assert seen.getextrema()[1] == 255


def test_every_number_and_letter_of_a_picture_is_text_in_embedded_faces() -> None:
    content = report_pdf(report(*CHARTS))
    words = pdf_words(content)
    for said in ("Łucja Niță 93.0%", "Uğur’s class 94.0%", "plan agreed with the Şahin family", "90.5%", "14.3", "Y1"):
        assert said in words
    for chart in CHARTS[:3]:
        table = chart_table(chart)
        for row in table.rows:
            for value, column in zip(row[1:], table.columns[1:], strict=True):
                assert written(value, column.unit).removesuffix("%") in words
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    noto = [font for name, font in fonts.items() if "NotoSans" in name]
    assert noto
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in noto)


def test_series_differ_without_colour() -> None:
    drawing = draw_chart(LINE, 480, load_type())
    lines = [shape for shape in drawing.contents if type(shape).__name__ == "PolyLine"]
    assert len(lines) == 3  # the first series has a gap of two weeks
    dashes = {tuple(shape.strokeDashArray or ()) for shape in lines}
    assert len(dashes) == 2
    fills = [shape for shape in draw_chart(BARS, 480, load_type()).contents if type(shape).__name__ == "Rect"]
    assert {shape.fillColor.hexval() for shape in fills} == {"0x1f1f1f", "0xffffff"}


def test_what_is_worst_is_darkest_and_its_number_can_be_read() -> None:
    def shades(chart: HeatChart) -> list[float]:
        boxes = [one for one in draw_chart(chart, 480, load_type()).contents if type(one).__name__ == "Rect"]
        return [one.fillColor.red for one in boxes[:4]]

    absence = shades(HEAT)
    assert min(absence) == absence[2]
    assert absence[0] == max(absence)
    attendance = shades(HeatChart(HEAT.title, "%", HEAT.rows, HEAT.columns, HEAT.values, worst=False))
    assert attendance[0] == min(attendance)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: type(one).__name__)
def test_the_screen_gets_the_same_drawing_in_its_own_colours(chart: Chart) -> None:
    ink = Ink("#1e1f22", "#ececec", "#a9afb6", "#3a3c40", "#7fb8dd")
    renderer = QSvgRenderer(QByteArray(chart_svg(chart, 480, ink)))
    assert renderer.isValid()
    assert renderer.defaultSize().width() == 480
    assert b"clipPath" not in chart_svg(chart, 480, ink)
    assert b"fill: None" not in chart_svg(chart, 480, PRINT)


def test_nothing_to_draw_says_so() -> None:
    empty = LineChart("Empty", "%", ("week 1",), (Series("us", (None,)),))
    assert "There is nothing to draw yet." in pdf_words(report_pdf(report(empty)))
    for chart in (BarChart("b", "%", (), ()), HeatChart("h", "%", (), (), ()), CalendarChart("c", ())):
        assert draw_chart(chart, 300, load_type()).height > 0


def test_the_pdf_says_whose_when_who_is_counted_and_whether_it_is_public() -> None:
    made = pdf_words(report_pdf(report()))
    assert "Everyone is counted. As recorded by 20 Nov 2026 16:00." in made
    assert "For the school’s own use" in made
    assert "=Niță, Łucja 94.9% -0.4" in made
    assert "Ğ & Co – 0.0" in made
    assert "A note under it." in made
    assert "page 1 of 1" in made
    public = pdf_words(report_pdf(report(public=True)))
    assert "For governors and the public" in public
    assert "· public" in public


def test_the_workbook_holds_exact_numbers_and_no_formula() -> None:
    content = report_workbook(report(*CHARTS))
    check_workbook(report(*CHARTS), content)
    book = workbook(content)
    sheet = book["Children"]
    assert sheet["A4"].value == "=Niță, Łucja"
    assert sheet["A4"].data_type == "s"
    assert sheet["B4"].number_format == "0.0%"
    assert sheet["A6"].font.bold
    assert sheet["C3"].value == "Change (points)"
    assert [len(one._images) for one in book.worksheets] == [0, 0, 1, 1, 1, 1]
    assert sheet.page_setup.paperSize == 9
    front = book.worksheets[0]
    assert front["A1"].value == "A report"
    values = [cell.value for row in front.iter_rows() for cell in row if cell.value is not None]
    assert 12 in values
    assert pytest.approx(12345 / 131 / 100) in values


def test_in_a_workbook_long_words_have_their_lines_and_words_among_numbers_stand_right() -> None:
    columns = (ReportColumn("What"), ReportColumn("Rate", Unit.PERCENT), ReportColumn("Words"))
    long = "Persistently absent now, and to have left it by the summer few more sessions may be missed. " * 2
    rows = (("A", "not told", "short"), ("B", Fraction(90), long), ("C", Fraction(-1, 50), ""))
    table = TableBlock("Words", columns, rows)
    book = workbook(report_workbook(replace(report(), blocks=(table, TextBlock(long, "Said")))))
    sheet = book["Words"]
    assert sheet["B4"].alignment.horizontal == "right"
    assert (sheet["C4"].alignment.indent, sheet["A4"].alignment.indent) == (1, 0)
    assert sheet.row_dimensions[4].height is None
    assert sheet.row_dimensions[5].height == 75.0, "five lines"
    front = book.worksheets[0]
    row = next(cell.row for cell in front["A"] if cell.value == long)
    assert front.row_dimensions[row].height > 15.0
    assert any(str(one) == f"A{row}:C{row}" for one in front.merged_cells.ranges)


def test_the_name_of_a_bar_is_never_cut() -> None:
    name = "C1  Regulated performance or employment abroad"
    bars = BarChart("Reasons", "sessions", ("I  Illness", name), (Series("Sessions", (Fraction(9), Fraction(2))),))
    words = pdf_words(report_pdf(replace(report(), blocks=(ChartBlock(bars),))))
    assert "…" not in words
    assert name.rsplit(maxsplit=1)[-1] in words
    low = replace(bars, categories=("I  Illness", "C1  Regulated"))
    type_ = load_type()
    assert draw_chart(bars, 470.0, type_).height == draw_chart(low, 470.0, type_).height + 10.5, "one line more"


def test_a_heading_has_its_lines_and_an_empty_table_is_as_wide_as_its_headings() -> None:
    columns = (
        ReportColumn("What"),
        ReportColumn("How often and when"),
        ReportColumn("Persistently absent", Unit.COUNT),
    )
    blocks = (TableBlock("Full", columns, (("A", "B", "C"),)), TableBlock("Empty", columns, ()))
    book = workbook(report_workbook(replace(report(), blocks=blocks)))
    full, empty = book["Full"], book["Empty"]
    assert full.row_dimensions[3].height >= 45.0, "three short words in a narrow column"
    assert full.column_dimensions["C"].width >= 1.2 * len("Persistently")
    assert empty.column_dimensions["B"].width >= 1.2 * len("How often and when")
    assert empty.row_dimensions[3].height <= full.row_dimensions[3].height


def test_the_name_of_a_sheet_ends_with_a_whole_word() -> None:
    columns = (ReportColumn("What"),)
    title = "Persistently, not severely absent, with barriers out of school"
    blocks = (
        TableBlock(title, columns, (("A",),)),
        TableBlock(title, columns, (("B",),)),
        TableBlock("Ÿ" * 40, columns, ()),
    )
    names = workbook(report_workbook(replace(report(), blocks=blocks))).sheetnames
    assert names == ["Summary", "Persistently, not severely", "Persistently, not severely (2)", "Ÿ" * 31]


@pytest.mark.parametrize(
    "ink",
    [
        PRINT,
        Ink("#ffffff", "#1d2733", "#5b6775", "#d9dee4", "#1f5fa8"),
        Ink("#1c232b", "#e8edf2", "#a5b0bc", "#36414c", "#6ea8e6"),
    ],
)
def test_a_number_is_read_on_every_shade_in_colour_and_in_black_and_white(ink: Ink) -> None:
    sheet = Sheet(10, 10, ink, load_type())
    for step in range(101):
        shade = sheet.shade(step / 100)
        assert contrast(shade, HexColor(sheet.on(shade))) >= 4.5
        grey = 0.299 * shade.red + 0.587 * shade.green + 0.114 * shade.blue
        if ink is PRINT:
            assert contrast(Color(grey, grey, grey), HexColor(sheet.on(shade))) >= 4.5
