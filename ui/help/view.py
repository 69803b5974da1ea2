"""The help, as a page over the content: sections at the left, the text at the right, and a search over all of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.help.blocks import Section
from ui.help.book import number_of, search
from ui.help.html import Setter
from ui.help.reading import ReadingPane
from ui.keys import HELP, WINDOW, hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, LineEdit
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.theme import Theme
from ui.tokens import RADIUS_CARD

NARROW = 110
"""Below so many average characters of width the list of sections becomes a choice at the top."""
THE_WINDOWS = frozenset(QKeySequence(name).toString() for key in WINDOW for name in key.keys)
"""Keys that are the window's own wherever one is."""


class HelpView(QWidget):
    """It shows sections. Letters search, Esc asks to leave, Tab stays within."""

    left = Signal()

    def __init__(self, theme: Theme, sections: Sequence[Section], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections = tuple(sections)
        self._number = 0
        self._before: list[int] = []
        self.setAccessibleName("Help")
        self.setAutoFillBackground(True)
        self.typed = LineEdit(theme, "Search: dentist, holiday, undo …")
        self.typed.setAccessibleName("Search the help")
        self.typed.setClearButtonEnabled(True)
        self.choice = Choice(theme)
        self.choice.setAccessibleName("Section")
        self.close_button = Button(theme, "Close", key="Esc", bind=False)
        self.model: RowsModel[Section] = RowsModel(
            [Column("Section", lambda section: section.title, strong=lambda section: section == self.section)],
            key=lambda section: section.key,
        )
        self.table = DataTable(theme, "Sections of the help")
        self.reading = ReadingPane(theme)
        self._build()
        self._connect()
        self._fill()

    @property
    def section(self) -> Section:
        """The section that is shown, or was before the search."""
        return self._sections[self._number]

    def show_section(self, key: str) -> None:
        """Show a section from its beginning; the first one where there is none of that key."""
        self._before = []
        self._show(number_of(self._sections, key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._back_out()
        elif event.text().isprintable() and event.text().strip() and not control:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            self.typed.insert(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            self.typed.backspace()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keys of the page underneath do nothing here; those of the window do."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and QKeySequence(event.keyCombination()).toString() not in THE_WINDOWS
        ):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes round within the help; what is underneath cannot be seen."""
        every: tuple[QWidget, ...] = (self.choice, self.typed, self.close_button, self.table, self.reading)
        ring = [each for each in every if each.isVisible()]
        place = next((number for number, each in enumerate(ring) if each.hasFocus()), -1)
        reason = Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason
        ring[(place + (1 if next_ else -1)) % len(ring)].setFocus(reason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.metrics().averageCharWidth() * NARROW
        for wide in (self._list_card, self._header.title, self._header.beside, self._header.subtitle):
            wide.setVisible(not narrow)
        self.choice.setVisible(narrow)
        self.typed.setMinimumWidth(self._theme.space(30 if narrow else 62))

    def _build(self) -> None:
        theme = self._theme
        self._header = PageHeader(theme, "Help", "Type what you are looking for, or choose a section.")
        for widget in (self.choice, self.typed, self.close_button):
            self._header.add_action(widget)
        self.choice.hide()
        self._list_card = Card(theme, flush=True)
        self._list_card.setFixedWidth(theme.metrics().averageCharWidth() * 31)
        self.table.show_model(self.model)
        self.table.horizontalHeader().hide()
        self._list_card.body.setContentsMargins(0, RADIUS_CARD - 2, 0, RADIUS_CARD - 2)
        self._list_card.body.addWidget(self.table)
        text = Card(theme, flush=True)
        text.body.addWidget(self.reading)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self._list_card)
        row.addWidget(text, 1)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self._header)
        column.addLayout(row, 1)
        column.addWidget(KeyHints(theme, hints(HELP)))

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.left)
        self.typed.textChanged.connect(lambda _: self._set())
        self.reading.section_asked.connect(self._follow)
        self.table.current_row.connect(self._picked)
        self.table.opened.connect(lambda section: self._follow(section.key))
        self.table.clicked.connect(lambda _: self._picked(self.table.selected()))
        self.choice.activated.connect(self._go)
        self._theme.changed.connect(self._set)
        for widget in (self.typed, self.choice, self.table, self.reading, self.close_button):
            widget.installEventFilter(self)

    def _fill(self) -> None:
        self.model.set_rows(self._sections)
        for number, section in enumerate(self._sections):
            self.choice.add(section.title, number)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        """The help's keys, whichever of its parts has the keyboard."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if control and (step := steps.get(Qt.Key(event.key()))):
            self._go((self._number + step) % len(self._sections))
        elif alt and event.key() == Qt.Key.Key_Left:
            self._go_back()
        elif event.key() == Qt.Key.Key_Escape:
            self._back_out()
        elif watched is self.typed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.reading.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def _back_out(self) -> None:
        """One step: from a search to the section it began in, from there to where the help was called."""
        if self.typed.text():
            self.typed.clear()
            self.reading.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def _picked(self, section: Section | None) -> None:
        if section is not None:
            self._go(number_of(self._sections, section.key))

    def _follow(self, key: str) -> None:
        self._go(number_of(self._sections, key))
        self.reading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, number: int) -> None:
        """Show another section, and remember this one."""
        if number != self._number:
            self._before.append(self._number)
        self._show(number)

    def _go_back(self) -> None:
        if self._before:
            self._show(self._before.pop())

    def _show(self, number: int) -> None:
        self._number = number
        with QSignalBlocker(self.typed), QSignalBlocker(self.table), QSignalBlocker(self.choice):
            self.typed.clear()
            self.table.select_key(self.section.key)
            self.choice.setCurrentIndex(number)
        self.table.viewport().update()
        self._set()

    def _set(self) -> None:
        """Set the section, or what was found, in the theme as it is."""
        words = self.typed.text().strip()
        setter = Setter(self._theme)
        if words:
            found = search(self._sections, words)
            count = sum(len(one.blocks) for one in found)
            self.reading.show_text(f"Found for {words}" if count else "Nothing found", setter.found(words, found))
        else:
            self.reading.show_text(f"Help: {self.section.title}", setter.section(self.section))
