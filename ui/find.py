"""The find field: a few letters of a name, and Enter goes to the child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from desktop_app.rules.names import plain
from ui.parts.buttons import paint_cap
from ui.parts.inputs import LineEdit
from ui.theme import Theme
from ui.tokens import TextRole

MOST = 9


@dataclass(frozen=True, slots=True)
class Hit:
    """A child that can be found: what is shown, and what is searched besides."""

    pupil: int
    words: str
    aside: str
    searched: str


def matching(hits: Sequence[Hit], typed: str) -> tuple[Hit, ...]:
    """The first hits in which each typed word begins a word, whatever the case, the accents and the order."""
    words = plain(typed).split()
    if not words:
        return ()
    found = (hit for hit in hits if all(_begins(word, plain(hit.searched)) for word in words))
    return tuple(hit for _, hit in zip(range(MOST), found, strict=False))


def _begins(word: str, text: str) -> bool:
    return any(part.startswith(word) for part in text.replace("-", " ").replace("'", " ").split()) or (
        text.startswith(word)
    )


class FindField(LineEdit):
    """Type to find a child; Up and Down choose, Enter goes, Esc clears and gives the keyboard back."""

    chosen = Signal(int)
    given_up = Signal()
    """Esc was pressed, and where the keyboard was before it cannot be any more, or is not known."""

    def __init__(self, theme: Theme, read: Callable[[], Sequence[Hit]]) -> None:
        super().__init__(theme, "Find …")
        self._read = read
        self._hits: tuple[Hit, ...] = ()
        self._shown: tuple[Hit, ...] = ()
        self._before: QWidget | None = None
        self.setAccessibleName("Find a pupil")
        self.setToolTip("Find a pupil (Ctrl+K)")
        self._list = QListWidget()
        self._list.setAccessibleName("Pupils found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.hide()
        self._list.itemClicked.connect(self._clicked)
        self.textEdited.connect(self._search)

    @property
    def results(self) -> QListWidget:
        """The list of children found."""
        return self._list

    def seek(self) -> None:
        """Take the keyboard, and remember where it was."""
        if not self.hasFocus():
            self._before = QApplication.focusWidget()
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._hits = tuple(self._read())
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._shown:
            self._list.setCurrentRow((self._list.currentRow() + step) % len(self._shown))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown:
            self._go(max(0, self._list.currentRow()))
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._search("")
            self._give_back()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        theme = self.theme
        width = theme.metrics(TextRole.SECONDARY).horizontalAdvance("Ctrl+K") + theme.space(2.5)
        place = QRect(self.width() - width - theme.space(2), 0, width, self.height())
        paint_cap(QPainter(self), place, theme, "Ctrl+K", theme.colour("third"))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._list.hide()
        return super().event(event)

    def _search(self, typed: str) -> None:
        self._shown = matching(self._hits, typed)
        self._list.clear()
        if not typed.strip():
            self._list.hide()
            return
        for hit in self._shown:
            self._list.addItem(QListWidgetItem(f"{hit.words}  ·  {hit.aside}" if hit.aside else hit.words))
        if not self._shown:
            self._list.addItem(QListWidgetItem(f"Nobody whose name begins with “{typed.strip()}”"))
        self._list.setCurrentRow(0 if self._shown else -1)
        self._place_list()

    def _place_list(self) -> None:
        window: QWidget = self.window()
        if self._list.parentWidget() is not window:
            self._list.setParent(window)
        row = self.theme.row_height
        for number in range(self._list.count()):
            self._list.item(number).setSizeHint(
                self._list.sizeHint().expandedTo(self.size()).scaled(10, row, Qt.AspectRatioMode.IgnoreAspectRatio)
            )
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        self._list.setGeometry(corner.x(), corner.y(), 340, row * self._list.count() + 6)
        self._list.show()
        self._list.raise_()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.given_up.emit()

    def _clicked(self, item: QListWidgetItem) -> None:
        if self._shown:
            self._go(self._list.row(item))

    def _go(self, row: int) -> None:
        hit = self._shown[row]
        self._list.hide()
        self.clear()
        self.chosen.emit(hit.pupil)
