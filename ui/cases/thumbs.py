"""The pages of a document as small pictures, one under the other: each is drawn as it comes into view, beside the
window, and the current one is the page that is shown."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.domain.progress import Progress
from ui.cases.pdf import PdfPages
from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.runner import Job
from ui.shell import Shell
from ui.tokens import TextRole

Index = QModelIndex | QPersistentModelIndex
WIDE, TALL = 104, 148
"""The room of a small picture, in device-independent pixels."""
PAD = 8
WIDTH = WIDE + 4 * PAD + 12


class ThumbsModel(QAbstractListModel):
    """The numbers of the pages. It only looks up."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def show_count(self, count: int) -> None:
        """So many pages instead of the present ones."""
        self.beginResetModel()
        self._count = count
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        return f"Page {index.row() + 1} of {self._count}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class Thumbs(QListView):
    """Arrows, PgUp, PgDn, Home and End move in it; letters are the page's."""

    turned = Signal(int)
    """Another page became current."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.theme = shell.theme
        self.images: dict[int, QImage] = {}
        self._wanted: list[int] = []
        self._content = b""
        self._job: Job | None = None
        self._model = ThumbsModel()
        self.setModel(self._model)
        self.setItemDelegate(_ThumbDelegate(self))
        self.setUniformItemSizes(True)
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Pages")
        slim_bars(self, self.theme)
        self.theme.changed.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_document(self, content: bytes, count: int) -> None:
        """Show the pages of a document; no bytes: none."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.images, self._wanted, self._content = {}, [], content
        self._model.show_count(count)
        self.turn_to(0)

    def turn_to(self, number: int) -> None:
        """Make a page current without saying so."""
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._model.index(number, 0))
        self.selectionModel().blockSignals(False)
        self.scrollTo(self.currentIndex())
        self.viewport().update()

    def want(self, number: int) -> None:
        """A page is in view and not drawn yet."""
        if number not in self._wanted:
            self._wanted.append(number)
        if self._job is None and self._content:
            ratio = self.devicePixelRatioF()
            work = draw_small(self._content, self._wanted, self.images, ratio)
            self._job = self._shell.runner.start(
                work, self._came, self._ended, self._ended, lambda: self._ended(None), quiet=True
            )

    def _came(self, _: Progress) -> None:
        self.viewport().update()

    def _ended(self, _: object) -> None:
        self._job = None
        self.viewport().update()  # whatever came into view meanwhile is asked for as it is painted

    def _moved(self, current: QModelIndex) -> None:
        self.viewport().update()
        if current.isValid():
            self.turned.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            event.ignore()  # the page's own letters
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()


def draw_small(
    content: bytes, wanted: list[int], images: dict[int, QImage], ratio: float
) -> Generator[Progress, None, None]:
    """Draw the pages that are wanted, the last asked for first: that is where somebody looks. A page that cannot be
    drawn stays a blank sheet."""
    pages = PdfPages(content)
    try:
        while wanted:
            number = wanted.pop()
            size = pages.size(number)
            scale = min(WIDE / size.width(), TALL / size.height()) * ratio
            try:
                images[number] = pages.image(number, scale)
            except Exception:  # noqa: BLE001 - whatever the library has against the page, the sheet itself says it
                images[number] = QImage()
            yield Progress(len(images), len(pages), f"Page {number + 1}")
    finally:
        pages.close()


class _ThumbDelegate(QStyledItemDelegate):
    def __init__(self, view: Thumbs) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(WIDE + 2 * PAD, TALL + 2 * PAD + self._view.theme.metrics(TextRole.SECONDARY).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, theme = self._view, self._view.theme
        rect: QRect = option.rect
        number, current = index.row(), index.row() == view.currentIndex().row()
        painter.save()
        if current:
            painter.fillRect(rect, theme.colour("soft"))
        image = view.images.get(number)
        place = QRect(rect.left() + (rect.width() - WIDE) // 2, rect.top() + PAD, WIDE, TALL)
        if image is None:
            view.want(number)
        elif not image.isNull():
            size = (image.size() / view.devicePixelRatioF()).boundedTo(QSize(WIDE, TALL))
            place = QRect(
                place.left() + (WIDE - size.width()) // 2, place.top() + (TALL - size.height()) // 2,
                size.width(), size.height(),
            )  # fmt: skip
        painter.fillRect(place, Qt.GlobalColor.white)  # paper is white in every scheme
        if image is not None and not image.isNull():
            painter.drawImage(place, image)
        painter.setPen(theme.colour("accent" if current else "strong_line"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setFont(theme.font(TextRole.SECONDARY_STRONG if current else TextRole.SECONDARY))
        painter.setPen(theme.colour("ink" if current else "second"))
        under = QRect(rect.left(), rect.bottom() - theme.metrics(TextRole.SECONDARY).height() - 2, rect.width(), 18)
        painter.drawText(under, Qt.AlignmentFlag.AlignHCenter, str(number + 1))
        if current and view.hasFocus():
            focus_ring(painter, rect, theme, 2)
        painter.restore()
