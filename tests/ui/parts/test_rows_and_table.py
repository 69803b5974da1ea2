"""The one list model, its proxy, and the table they are shown in."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.rulebook import Band
from tests.support.windows import Put
from ui.parts.rows import Column, Kind, Roles, RowsModel, RowsProxy
from ui.parts.table import DataTable
from ui.parts.text import short_name
from ui.theme import Theme


@dataclass(frozen=True)
class Child:
    id: int
    name: str
    rate: float | None
    band: Band | None = None


WATCH = Band("watch", "Watch", 2, "test")
CHILDREN = (
    Child(1, "Łucja Bielak", 93.1, WATCH),
    Child(2, "Ryan Doyle", 9.5, WATCH),
    Child(3, "Çağla Kaya", None),
    Child(4, "abel Young", 100.0, WATCH),
)
COLUMNS: tuple[Column[Child], ...] = (
    Column("Name", lambda one: one.name, beside=lambda one: "4B", second=lambda one: f"number {one.id}"),
    Column(
        "Attendance",
        lambda one: "" if one.rate is None else f"{one.rate}%",
        Kind.NUMBER,
        12,
        sort=lambda one: one.rate,
    ),
    Column("Band", lambda one: one.band.title if one.band else "", Kind.CHIP, 14, band=lambda one: one.band),
)


@pytest.fixture
def model() -> RowsModel[Child]:
    made = RowsModel(COLUMNS, lambda one: one.id)
    made.set_rows(CHILDREN)
    return made


def names(proxy: RowsProxy) -> list[str]:
    return [proxy.index(row, 0).data() for row in range(proxy.rowCount())]


def test_the_model_keeps_qts_rules_through_every_change(qapp: QApplication) -> None:
    made = RowsModel(COLUMNS, lambda one: one.id)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_rows(CHILDREN)
    made.set_rows([replace(CHILDREN[0], rate=50.0), *CHILDREN[1:]])
    made.set_rows(CHILDREN[2:])
    made.set_rows(())
    assert tester.model() is made
    assert made.rowCount() == 0


def test_the_proxy_keeps_qts_rules_while_it_sorts_and_filters(model: RowsModel[Child]) -> None:
    proxy = RowsProxy()
    tester = QAbstractItemModelTester(proxy, QAbstractItemModelTester.FailureReportingMode.Fatal)
    proxy.setSourceModel(model)
    proxy.sort(1)
    proxy.set_words("ry")
    proxy.set_words("")
    proxy.set_keep(lambda one: one.rate is not None)
    assert tester.model() is proxy
    assert proxy.rowCount() == 3


def test_sorting_is_by_value_with_the_blanks_last_both_ways(model: RowsModel[Child]) -> None:
    proxy = RowsProxy()
    proxy.setSourceModel(model)
    proxy.sort(1, Qt.SortOrder.AscendingOrder)
    assert names(proxy) == ["Ryan Doyle", "Łucja Bielak", "abel Young", "Çağla Kaya"]
    proxy.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(proxy) == ["abel Young", "Łucja Bielak", "Ryan Doyle", "Çağla Kaya"]


def test_names_sort_by_letter_whatever_case_and_accent(model: RowsModel[Child]) -> None:
    proxy = RowsProxy()
    proxy.setSourceModel(model)
    proxy.sort(0)
    assert names(proxy) == ["abel Young", "Çağla Kaya", "Łucja Bielak", "Ryan Doyle"]


@pytest.mark.parametrize(
    ("typed", "found"), [("lucja", 1), ("BIELAK watch", 1), ("4b", 4), ("watch", 3), ("zzz", 0), ("no", 0)]
)
def test_typing_filters_on_every_word_in_any_column(model: RowsModel[Child], typed: str, found: int) -> None:
    proxy = RowsProxy()
    proxy.setSourceModel(model)
    proxy.set_words(typed)
    assert proxy.rowCount() == found


def test_the_same_rows_again_only_change_their_cells(model: RowsModel[Child], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.set_rows([replace(CHILDREN[0], rate=1.0), *CHILDREN[1:]])
    assert model.index(0, 1).data() == "1.0%"
    with qtbot.waitSignal(model.modelReset):
        model.set_rows(CHILDREN[1:])


def test_every_cell_says_what_it_is_to_a_screen_reader(model: RowsModel[Child]) -> None:
    said = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(said) == "Łucja Bielak, 4B, number 1"
    assert model.index(2, 1).data(said) == "no attendance"
    assert model.index(0, 2).data(Roles.BAND) is WATCH
    assert model.index_of(3).row() == 2
    assert model.index_of(99) == QModelIndex()
    assert model.row_at(QModelIndex()) is None


@pytest.fixture
def table(put: Put, theme: Theme, model: RowsModel[Child]) -> DataTable:
    made = DataTable(theme, "Children", sortable=True)
    made.show_model(model)
    put(made, QLineEdit())
    made.setFocus()
    return made


def test_arrows_move_enter_opens_and_tab_leaves(table: DataTable, qtbot: QtBot) -> None:
    assert table.selected().name == "abel Young"
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.selected().name == "Çağla Kaya"
    with qtbot.waitSignal(table.opened) as heard:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert heard.args[0].name == "Çağla Kaya"
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_a_selection_outlives_a_refresh_and_a_sort(table: DataTable, model: RowsModel[Child]) -> None:
    assert table.select_key(2)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    model.set_rows([replace(one, rate=1.0) for one in CHILDREN])
    assert table.selected().id == 2
    assert not table.select_key(99)


def test_letters_do_not_move_the_row(table: DataTable) -> None:
    before = table.currentIndex()
    QTest.keyClicks(table, "ryan")
    assert table.currentIndex() == before


def test_the_current_row_bears_a_ring_only_while_it_has_the_keyboard(table: DataTable, theme: Theme) -> None:
    def accents() -> int:
        picture = QImage(table.size(), QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        table.render(painter, QPoint())
        painter.end()
        accent = theme.colour("accent").rgb()
        return sum(picture.pixel(x, y) == accent for x in range(picture.width()) for y in range(picture.height()))

    with_ring = accents()
    table.clearFocus()
    assert with_ring > 100
    assert accents() == 0


SISTER, BROTHER = "Featherstonehaugh-Cholmondeley, Alexandrina", "Featherstonehaugh-Cholmondeley, Alexander"


@pytest.mark.parametrize("room", [110, 140, 200, 280])
def test_a_name_that_is_cut_keeps_its_forename(theme: Theme, room: int) -> None:
    metrics = theme.metrics()
    sister, brother = (short_name(metrics, name, room) for name in (SISTER, BROTHER))
    assert sister != brother
    assert sister.startswith("Fea")
    assert "…" in sister
    assert metrics.horizontalAdvance(sister) <= room
    assert short_name(metrics, SISTER, 1000) == SISTER


def test_names_are_whole_where_other_columns_can_give_way(put: Put, theme: Theme) -> None:
    columns: tuple[Column[Child], ...] = (
        Column("Name", lambda one: one.name, Kind.NAME, width=10),
        Column("Flags", lambda _one: ""),
    )
    table = DataTable(theme, "Children")
    made = RowsModel(columns, lambda one: one.id)
    table.show_model(made)
    put(table)
    table.resize(700, 200)
    usual = table.columnWidth(0)
    made.set_rows([Child(1, SISTER, None)])
    wanted = theme.metrics().horizontalAdvance(SISTER)
    assert usual < wanted < table.columnWidth(0)
    table.resize(300, 200)
    assert table.columnWidth(0) == 300 - table.columnWidth(1)
