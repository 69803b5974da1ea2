"""Blacking what nobody may read on a page of an exhibit: a rectangle, drawn with the mouse or moved with the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.documents.taken import TakenFile
from desktop_app.domain.bundle import Redaction
from desktop_app.domain.exhibits import Exhibit
from ui.case_keys import REDACT
from ui.cases.pdf import PdfPages
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.paint import focus_ring
from ui.shell import Shell
from ui.theme import Theme

STEP, LEAST = 0.01, 0.01
"""How far a key moves an edge, and how small a rectangle may be, in parts of the page."""
AT_FIRST = QRectF(0.3, 0.1, 0.4, 0.05)


@dataclass(frozen=True, slots=True)
class ExhibitPages:
    """The pages of a file as they will come into the bundle."""

    taken: TakenFile
    pdf: PdfPages | None

    @classmethod
    def of(cls, taken: TakenFile) -> ExhibitPages:
        """The pages of a file that was taken in."""
        return cls(taken, PdfPages(taken.pdf) if taken.pdf else None)

    def __len__(self) -> int:
        return len(self.taken.pages)

    def size(self, number: int) -> QSizeF:
        """Width and height in points."""
        page = self.taken.pages[number]
        return QSizeF(page.width, page.height)

    def image(self, number: int, scale: float) -> QImage:
        """A page at so many pixels a point."""
        page = self.taken.pages[number]
        if self.pdf is not None and not page.jpeg:
            return self.pdf.image(page.number, scale)
        size = (self.size(number) * scale).toSize()
        return QImage.fromData(page.jpeg).scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )

    def close(self) -> None:
        """Let the document go."""
        if self.pdf is not None:
            self.pdf.close()


class PageCanvas(QWidget):
    """One page, what is black on it, and the rectangle being placed. Places are in parts of the page."""

    asked = Signal()
    """The rectangle is to be blacked."""
    taken_away = Signal(int)
    """The black of that number of the page is to go."""
    turned = Signal(int)
    """So many pages further."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pages: ExhibitPages | None = None
        self._image: tuple[int, int, QImage] | None = None
        self.number = 0
        self.black: tuple[QRectF, ...] = ()
        self.rectangle = QRectF(AT_FIRST)
        self.chosen = -1
        """Which of the black ones is chosen; -1: the rectangle being placed."""
        self._from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        theme.changed.connect(self.update)

    def show_page(self, pages: ExhibitPages | None, number: int, black: Sequence[QRectF]) -> None:
        """Show a page and what is black on it."""
        if pages is not self._pages or number != self.number:
            self.rectangle, self._image = QRectF(AT_FIRST), None
        self._pages, self.number, self.black, self.chosen = pages, number, tuple(black), -1
        self._say()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-STEP, 0.0), Qt.Key.Key_Right: (STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -STEP), Qt.Key.Key_Down: (0.0, STEP),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            self._move(*moves[key], size=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        elif event.text().upper() == "N":
            self.chosen = self.chosen + 1 if self.chosen + 1 < len(self.black) else -1
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.chosen >= 0 or len(self.black) == 1:
                self.taken_away.emit(max(self.chosen, 0))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)
            return
        self._say()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = self._part_of(event.position())
        self.chosen = next((at for at, one in enumerate(self.black) if one.contains(self._from)), -1)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            drawn = QRectF(self._from, self._part_of(event.position())).normalized()
            if drawn.width() >= LEAST and drawn.height() >= LEAST:
                self.rectangle, self.chosen = drawn, -1
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._from = None
        self._say()

    def _move(self, across: float, down: float, *, size: bool) -> None:
        self.chosen = -1
        now = self.rectangle
        if size:
            wide = min(max(now.width() + across, LEAST), 1 - now.left())
            tall = min(max(now.height() + down, LEAST), 1 - now.top())
            self.rectangle = QRectF(now.left(), now.top(), wide, tall)
        else:
            left = min(max(now.left() + across, 0), 1 - now.width())
            top = min(max(now.top() + down, 0), 1 - now.height())
            self.rectangle = QRectF(left, top, now.width(), now.height())

    def sheet(self) -> QRect:
        """Where the page lies in the widget."""
        if self._pages is None:
            return QRect()
        room = self.rect().adjusted(8, 8, -8, -8)
        size = self._pages.size(self.number).scaled(QSizeF(room.size()), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        left = room.left() + (room.width() - size.width()) // 2
        return QRect(left, room.top() + (room.height() - size.height()) // 2, size.width(), size.height())

    def _part_of(self, point: QPointF) -> QPointF:
        sheet = self.sheet()
        return QPointF(
            min(max((point.x() - sheet.left()) / max(1, sheet.width()), 0.0), 1.0),
            min(max((point.y() - sheet.top()) / max(1, sheet.height()), 0.0), 1.0),
        )

    def _placed(self, part: QRectF) -> QRectF:
        sheet = self.sheet()
        return QRectF(
            sheet.left() + part.left() * sheet.width(), sheet.top() + part.top() * sheet.height(),
            part.width() * sheet.width(), part.height() * sheet.height(),
        )  # fmt: skip

    def _say(self) -> None:
        """What a screen reader hears of it."""
        now = self.black[self.chosen] if self.chosen >= 0 else self.rectangle
        edges = f"{now.left():.0%} from the left, {now.top():.0%} from the top, {now.width():.0%} by {now.height():.0%}"
        what = f"black {self.chosen + 1} of {len(self.black)}" if self.chosen >= 0 else "rectangle"
        self.setAccessibleName(f"Page {self.number + 1}: {what}, {edges}")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self._pages is None:
            return
        sheet = self.sheet()
        painter.drawImage(sheet, self._drawn(self._pages, sheet))
        painter.setPen(self._theme.colour("strong_line"))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))
        for at, one in enumerate(self.black):
            painter.fillRect(self._placed(one), Qt.GlobalColor.black)
            if at == self.chosen:
                self._ring(painter, self._placed(one))
        if self.chosen < 0:
            self._ring(painter, self._placed(self.rectangle))
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme, 2)

    def _ring(self, painter: QPainter, area: QRectF) -> None:
        """Dashes of two tones, which are seen on any page."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Qt.GlobalColor.white, 3))
        painter.drawRect(area)
        painter.setPen(QPen(Qt.GlobalColor.black, 2, Qt.PenStyle.DashLine))
        painter.drawRect(area)

    def _drawn(self, pages: ExhibitPages, sheet: QRect) -> QImage:
        """The page, drawn anew where its place has another size."""
        ratio = self.devicePixelRatioF()
        wide = round(sheet.width() * ratio)
        key = (self.number, wide)
        if self._image is None or self._image[:2] != key:
            size = pages.size(self.number)
            self._image = (*key, pages.image(self.number, wide / size.width()))
        return self._image[2]


class RedactView(QWidget):
    """Shows the pages of an exhibit; what is blacked is handed on as it changes."""

    changed = Signal(object)
    """All redactions of the bundle, as they are now."""
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self._exhibit: Exhibit | None = None
        self._pages: ExhibitPages | None = None
        self._redacted: tuple[Redaction, ...] = ()
        self.header = PageHeader(theme)
        self.canvas = PageCanvas(theme)
        self.why = AnswerLine(theme, "another child is named; the phone number of somebody else")
        self.asking = Field(theme, "Why is it blacked? Only you and whoever looks at the record will read it", self.why)
        self.asking.hide()
        back = Button(theme, "Back", key="Esc", bind=False)
        black = Button(theme, "Black it", key="Enter", primary=True, bind=False)
        back.clicked.connect(self.left)
        black.clicked.connect(self._ask)
        for button in (back, black):
            self.header.add_action(button)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.asking)
        column.addWidget(KeyHints(theme, hints(REDACT)))
        self.canvas.asked.connect(self._ask)
        self.canvas.taken_away.connect(self._take_away)
        self.canvas.turned.connect(self._turn)
        self.why.given.connect(self._given)
        self.why.gave_up.connect(self._give_up)

    def show_exhibit(self, exhibit: Exhibit, taken: TakenFile, redacted: Sequence[Redaction]) -> None:
        """Show the first page of an exhibit."""
        self.drop()
        self._exhibit, self._redacted = exhibit, tuple(redacted)
        self._pages = ExhibitPages.of(taken)
        self._show(0)

    def drop(self) -> None:
        """Let the file go."""
        self.canvas.show_page(None, 0, ())
        self.asking.hide()
        if self._pages is not None:
            self._pages.close()
        self._pages = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _here(self) -> tuple[Redaction, ...]:
        key = self._exhibit.attachment.id if self._exhibit else 0
        return tuple(one for one in self._redacted if (one.exhibit, one.page) == (key, self.canvas.number + 1))

    def _show(self, number: int) -> None:
        exhibit, pages = self._exhibit, self._pages
        if exhibit is None or pages is None:
            return
        black = [
            QRectF(QPointF(one.left, one.top), QPointF(one.right, one.bottom))
            for one in self._redacted
            if (one.exhibit, one.page) == (exhibit.attachment.id, number + 1)
        ]
        self.canvas.show_page(pages, number, black)
        self.header.set_title(f"Black out: {exhibit.label or exhibit.attachment.shown_name}", exhibit.says)
        words = f"{len(black)} black here" if black else "nothing is black here"
        becomes = "a page with black becomes a picture, and what was under it is gone"
        self.header.set_subtitle(f"Page {number + 1} of {len(pages)} · {words} · {becomes}")

    def _turn(self, by: int) -> None:
        if self._pages is not None:
            self._show(min(max(self.canvas.number + by, 0), len(self._pages) - 1))

    def _ask(self) -> None:
        self.asking.set_fault("")
        self.why.clear()
        self.asking.show()
        self.why.setFocus()

    def _given(self) -> None:
        why, exhibit, place = " ".join(self.why.text().split()), self._exhibit, self.canvas.rectangle
        if not why or exhibit is None:
            self.asking.set_fault("Say why, in a few words.")
            return
        page = self.canvas.number + 1
        new = Redaction(exhibit.attachment.id, page, place.left(), place.top(), place.right(), place.bottom(), why)
        self._take((*self._redacted, new))
        self._shell.say(f"Black on page {page}: in the bundle nothing stands under it.")

    def _take_away(self, number: int) -> None:
        here = self._here()
        if number < len(here):
            gone = here[number]
            self._take(tuple(one for one in self._redacted if one is not gone))

    def _take(self, redacted: tuple[Redaction, ...]) -> None:
        self._redacted = redacted
        self._show(self.canvas.number)
        self._give_up()
        self.changed.emit(redacted)

    def _give_up(self) -> None:
        self.asking.hide()
        self.canvas.setFocus()
