"""The rail at the left of the window: find, the places in words with icons, and who is at the desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.staff import Author
from ui.find import FindField
from ui.parts.buttons import press_on, pressed_by_enter
from ui.parts.card import Line
from ui.parts.paint import focus_ring, rounded
from ui.parts.text import ElidedLabel
from ui.shell import Place
from ui.theme import Theme
from ui.tokens import RADIUS_BUTTON, TextRole

RAIL_WIDTH = 168
NARROW_WIDTH = 56
STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The keyboard is away for a while only: in a menu, in another window."""


class RailButton(QAbstractButton):
    """One line of the rail: icon, word, and a count where there is one; in a narrow rail the icon and the count."""

    def __init__(self, theme: Theme, words: str, icon: str, *, checkable: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._badge = ""
        self._narrow = False
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

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the word is its name and its tooltip."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize((NARROW_WIDTH if self._narrow else RAIL_WIDTH) - 16, self._theme.row_height + self._theme.space(2))

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
        area = box.adjusted(theme.space(9.5), 0, -theme.space(2), 0)
        if self._narrow:
            area = QRect(box.left(), box.top(), box.width(), box.height() // 2)
        else:
            painter.setFont(theme.font(TextRole.STRONG if self.isChecked() else TextRole.BODY))
            painter.setPen(theme.colour(ink))
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

    def __init__(self, theme: Theme, find: FindField, places: Sequence[Place], user: Author, menu: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._menu = menu
        self._find = find
        self._narrow = False
        self._allowed = frozenset(place.key for place in places)
        self._may_find = True
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(2), theme.space(2.5), theme.space(2), theme.space(3))
        column.setSpacing(theme.space(0.5))
        self.look = RailButton(theme, "Find a pupil", "search", checkable=False)
        self.look.setToolTip("Find a pupil (Ctrl+K)")
        self.look.clicked.connect(self.seek)
        self.look.hide()
        find.installEventFilter(self)
        column.addWidget(self.look)
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
        self.school.setToolTip("School: import, back up, open or make a school (Alt+S)")
        press_on(self.school, "Alt+S")
        self.school.clicked.connect(self.open_menu)
        column.addWidget(self.school)
        column.addSpacing(theme.space(1))
        self._line = Line(theme)
        column.addWidget(self._line)
        column.addSpacing(theme.space(1.5))
        self.name = ElidedLabel(theme, user.name, TextRole.SECONDARY_STRONG)
        self.position = ElidedLabel(theme, user.position, TextRole.SECONDARY, "second")
        for label in (self.name, self.position):
            label.setContentsMargins(theme.space(2.5), 0, 0, 0)
            column.addWidget(label)
        theme.changed.connect(self.update)

    def show_person(self, user: Author, places: Collection[str], *, find: bool) -> None:
        """Name who is at the desk; show these places alone, and the field that finds a child only with `find`."""
        self.name.setText(user.name)
        self.position.setText(user.position)
        self._allowed, self._may_find = frozenset(places), find
        for key, button in self._buttons.items():
            button.setVisible(key in self._allowed)
            button.set_badge("")
        self._arrange(narrow=self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and words with the field and the name of who is at the desk."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange(narrow and not self._find.hasFocus())

    def seek(self) -> None:
        """Put the keyboard in the find field; a narrow rail is wide for as long as it is there."""
        if not self._may_find:
            return
        self._arrange(narrow=False)
        self._find.seek()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS
        if watched is self._find and left and self._narrow:
            self._arrange(narrow=True)
        return super().eventFilter(watched, event)

    def _arrange(self, narrow: bool) -> None:
        self.setFixedWidth(NARROW_WIDTH if narrow else RAIL_WIDTH)
        self.look.setVisible(narrow and self._may_find)
        self._find.setVisible(not narrow and self._may_find)
        for widget in (self._line, self.name, self.position):
            widget.setVisible(not narrow)
        for button in (self.look, *self._buttons.values(), self.school):
            button.set_narrow(narrow)
        self.setToolTip(f"{self.name.text()}, {self.position.text()}" if narrow else "")

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
        buttons = [button for button in (*self._buttons.values(), self.school) if not button.isHidden()]
        shown = next((button for button in buttons if button.isChecked()), buttons[0])
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        line = [button for button in (self.look, *self._buttons.values(), self.school) if not button.isHidden()]
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
