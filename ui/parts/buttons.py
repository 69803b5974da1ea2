"""Buttons: one primary on a page, the others plain; each shows the key that presses it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.parts.paint import focus_ring, rounded
from ui.theme import Theme
from ui.tokens import RADIUS_BUTTON, RADIUS_CHIP, TextRole


class Button(QPushButton):
    """A push button. `key` is drawn in a cap beside the words, and bound unless `bind` is false.

    Bind no single letters and no Enter: the page that knows whether somebody is typing handles those itself.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str = "",
        primary: bool = False,
        danger: bool = False,
        icon: str = "",
        bind: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._key = key.replace("Return", "Enter")
        self._primary = primary
        self._danger = danger
        self._icon = icon
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        if key and bind:
            press_on(self, key)
        if key:
            self.setAccessibleDescription(self._key)
        theme.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    @property
    def key(self) -> str:
        """The key shown in the cap."""
        return self._key

    def sizeHint(self) -> QSize:
        space = self._theme.space
        width = self._theme.metrics(self._role).horizontalAdvance(self._words) + space(6.5)
        if self._key:
            width += self._cap_width() + space(2)
        if self._icon:
            width += 20 + space(1.5)
        return QSize(width, self._theme.control_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _role(self) -> TextRole:
        return TextRole.STRONG if self._primary else TextRole.BODY

    @property
    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _cap_width(self) -> int:
        return self._theme.metrics(TextRole.SECONDARY).horizontalAdvance(self._key) + self._theme.space(2.5)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "third"
        if self._primary:
            return "on_alarm" if self._danger else "on_accent"
        return "alarm" if self._danger else "ink"

    def _fill(self) -> QColor:
        theme = self._theme
        if not self.isEnabled():
            return theme.colour("raised")
        if self._primary:
            fill = theme.colour("alarm" if self._danger else "accent")
            shade = 112 if self.isDown() else 106 if self.underMouse() else 100
            return fill.lighter(shade) if theme.dark else fill.darker(shade)
        return theme.colour("soft" if self.underMouse() or self.isDown() or self.isChecked() else "surface")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        painter = QPainter(self)
        box = self.rect()
        solid = self._primary and self.isEnabled()
        rounded(painter, box, RADIUS_BUTTON, self._fill(), None if solid else theme.colour("strong_line"))
        ink = theme.colour(self._ink())
        painter.setPen(ink)
        painter.setFont(theme.font(self._role))
        area = box.adjusted(theme.space(3.25), 0, -theme.space(3.25), 0)
        if self._icon:
            place = QRect(area.left(), area.center().y() - 9, 20, 20)
            theme.icon(self._icon, self._ink()).paint(painter, place)
            area.setLeft(area.left() + 20 + theme.space(1.5))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        if self._key:
            width = self._cap_width()
            paint_cap(painter, QRect(area.right() - width + 1, box.top(), width, box.height()), theme, self._key, ink)
        if self.hasFocus():
            inner = theme.colour("on_accent") if solid else theme.colour("accent")
            if solid:
                rounded(painter, box.adjusted(2, 2, -2, -2), RADIUS_BUTTON - 2, None, inner)
                rounded(painter, box.adjusted(3, 3, -3, -3), RADIUS_BUTTON - 3, None, inner)
            else:
                focus_ring(painter, box, theme, RADIUS_BUTTON - 1)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(QToolButton):
    """A button that is only an icon: its words are its tooltip and its accessible name."""

    def __init__(self, theme: Theme, icon: str, words: str, *, key: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({key})" if key else words)
        if key:
            press_on(self, key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        side = self._theme.control_height
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        painter = QPainter(self)
        if (self.isEnabled() and self.underMouse()) or self.isDown():
            rounded(painter, self.rect(), RADIUS_BUTTON, theme.colour("soft"), None)
        side = QRect(0, 0, 20, 20)
        side.moveCenter(self.rect().center())
        theme.icon(self._icon_name, "ink" if self.isEnabled() else "third").paint(painter, side)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, RADIUS_BUTTON - 1)


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button that has the keyboard where Enter is typed; Qt itself does so in dialogs alone."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
        return False
    if not event.isAutoRepeat():
        button.click()
    event.accept()
    return True


def press_on(button: QAbstractButton, key: str) -> None:
    """Let a key press a button at once. (A button's own shortcut waits a tenth of a second for the look of it.)"""
    for each in {key, key.replace("Return", "Enter")}:  # the keyboard has two such keys
        QShortcut(QKeySequence(each), button).activated.connect(button.click)


def paint_cap(painter: QPainter, rect: QRect, theme: Theme, key: str, ink: QColor) -> None:
    """Draw a key cap, centred in the height of `rect`, as wide as `rect`."""
    metrics = theme.metrics(TextRole.SECONDARY)
    box = QRect(rect.left(), rect.center().y() - metrics.height() // 2, rect.width(), metrics.height() + 1)
    line = QColor(ink)
    line.setAlpha(130)
    rounded(painter, box, RADIUS_CHIP - 1, None, line)
    painter.save()
    painter.setFont(theme.font(TextRole.SECONDARY))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
