"""The rail at the left of the window: find, the places in words with icons, and who is at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.staff import Author
from ui.parts.buttons import press_on, pressed_by_enter
from ui.parts.card import Line
from ui.parts.paint import focus_ring, rounded
from ui.parts.text import ElidedLabel
from ui.shell import Place
from ui.theme import Theme
from ui.tokens import RADIUS_BUTTON, TextRole

RAIL_WIDTH = 168


class RailButton(QAbstractButton):
    """One line of the rail: icon, word, and a count where there is one."""

    def __init__(self, theme: Theme, words: str, icon: str, *, checkable: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._badge = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(words)
        self.setCheckable(checkable)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_badge(self, badge: str) -> None:
        """Show a count at the right, or none."""
        self._badge = badge
        self.setAccessibleName(f"{self.text()}, {badge}" if badge else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(RAIL_WIDTH - 16, self._theme.row_height + self._theme.space(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        painter = QPainter(self)
        box = self.rect()
        if self.isChecked() or self.underMouse():
            rounded(painter, box, RADIUS_BUTTON, theme.colour("soft"), None)
        if self.isChecked():
            painter.fillRect(QRect(0, 4, 3, box.height() - 8), theme.colour("accent"))
        ink = "ink" if self.isEnabled() else "third"
        theme.icon(self._icon, ink).paint(painter, QRect(theme.space(2.25), (box.height() - 20) // 2, 20, 20))
        painter.setFont(theme.font(TextRole.STRONG if self.isChecked() else TextRole.BODY))
        painter.setPen(theme.colour(ink))
        area = box.adjusted(theme.space(9.5), 0, -theme.space(2), 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())
        if self._badge:
            self._draw_badge(painter, area)
        if self.hasFocus():
            focus_ring(painter, box, theme, RADIUS_BUTTON - 1)

    def _draw_badge(self, painter: QPainter, area: QRect) -> None:
        theme = self._theme
        metrics = theme.metrics(TextRole.SECONDARY_STRONG)
        height = metrics.height() + 2
        width = max(height, metrics.horizontalAdvance(self._badge) + theme.space(2.5))
        box = QRect(area.right() - width + 1, area.center().y() - height // 2 + 1, width, height)
        rounded(painter, box, height / 2, theme.colour("alarm"), None)
        painter.setFont(theme.font(TextRole.SECONDARY_STRONG))
        painter.setPen(theme.colour("on_alarm"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)


class Rail(QWidget):
    """The rail. Arrow keys move along its places; Enter or Space goes there."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, find: QWidget, places: Sequence[Place], user: Author, menu: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._menu = menu
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(2), theme.space(2.5), theme.space(2), theme.space(3))
        column.setSpacing(theme.space(0.5))
        column.addWidget(find)
        column.addSpacing(theme.space(2))
        self._buttons: dict[str, RailButton] = {}
        for number, place in enumerate(places, start=1):
            button = RailButton(theme, place.title, place.icon)
            button.setToolTip(f"{place.title} (Ctrl+{number})")
            button.clicked.connect(lambda _checked=False, key=place.key: self.chosen.emit(key))
            self._buttons[place.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self.school = RailButton(theme, "School", "menu", checkable=False)
        self.school.setToolTip("Import, back up, open or make a school (Alt+S)")
        press_on(self.school, "Alt+S")
        self.school.clicked.connect(self.open_menu)
        column.addWidget(self.school)
        column.addSpacing(theme.space(1))
        column.addWidget(Line(theme))
        column.addSpacing(theme.space(1.5))
        self.name = ElidedLabel(theme, user.name, TextRole.SECONDARY_STRONG)
        self.position = ElidedLabel(theme, user.position, TextRole.SECONDARY, "second")
        for label in (self.name, self.position):
            label.setContentsMargins(theme.space(2.5), 0, 0, 0)
            column.addWidget(label)
        theme.changed.connect(self.update)

    def show_place(self, place: str) -> None:
        """Mark the place that is shown; none where it is not in the rail."""
        for each, button in self._buttons.items():
            button.setChecked(each == place)

    def set_badge(self, place: str, badge: str) -> None:
        """Show a count beside a place."""
        self._buttons[place].set_badge(badge)

    def open_menu(self) -> None:
        """Open the School menu above its button."""
        corner = self.school.mapToGlobal(self.school.rect().topLeft())
        height = self._menu.sizeHint().height()
        corner.setY(corner.y() - height)
        self._menu.popup(corner)
        self._menu.setActiveAction(next(action for action in self._menu.actions() if action.isEnabled()))

    def focus_current(self) -> None:
        """Put the keyboard on the place that is shown."""
        buttons = list(self._buttons.values())
        shown = next((button for button in buttons if button.isChecked()), buttons[0])
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        line = [*self._buttons.values(), self.school]
        here = next((number for number, button in enumerate(line) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        line[(here + step) % len(line)].setFocus(Qt.FocusReason.TabFocusReason)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("raised"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), self._theme.colour("line"))
