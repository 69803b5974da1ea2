"""The theme: hands out colours, fonts, space and icons, follows the system's scheme, and says when they change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop_app.domain.codes import Code, Counts
from ui.tokens import (
    CONTRAST,
    DARK,
    LIGHT,
    ROW_HEIGHT,
    TYPE_SCALE,
    UNIT,
    MarkLook,
    MarkTone,
    Pair,
    Palette,
    Scheme,
    TextRole,
    Tone,
    contrast_scheme,
)

_ICON_SIZE = 20
_BUNDLED_FAMILY = "Noto Sans"
_MARK_TONES = {
    Counts.PRESENT: MarkTone.PRESENT,
    Counts.APPROVED: MarkTone.APPROVED,
    Counts.AUTHORISED: MarkTone.AUTHORISED,
    Counts.UNAUTHORISED: MarkTone.UNAUTHORISED,
    Counts.NOT_POSSIBLE: MarkTone.CLOSED,
    Counts.NOT_COUNTED: MarkTone.CLOSED,
}


class SchemeChoice(StrEnum):
    """Which scheme the window takes: the system's, or one that was chosen."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(QObject):
    """Colours, type, space and icons of the window. Widgets ask it when they paint and repaint on `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, choice: SchemeChoice = SchemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._choice = choice
        self._family = _family(resources)
        self._scale = _text_scale(app)
        self._fonts = {role: self._make_font(role) for role in TextRole}
        self._colours: dict[str, QColor] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        app.setStyle("Fusion")
        self._scheme = self._find_scheme()
        self._apply()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    @property
    def palette(self) -> Palette:
        """The colours of the present scheme."""
        return self._scheme.palette

    @property
    def dark(self) -> bool:
        """True where text is light on dark."""
        return QColor(self.palette.page).lightness() < 128

    @property
    def contrast(self) -> bool:
        """True in high contrast, the system's or our own: four colours, no fills."""
        return self._scheme is not LIGHT and self._scheme is not DARK

    def choose(self, choice: SchemeChoice) -> None:
        """Take another scheme at once."""
        self._choice = choice
        self._system_changed()

    def colour(self, name: str) -> QColor:
        """A colour of the palette by its field name, or a `#RRGGBB`."""
        found = self._colours.get(name)
        if found is None:
            found = QColor(name if name.startswith("#") else getattr(self.palette, name))
            self._colours[name] = found
        return found

    def font(self, role: TextRole = TextRole.BODY) -> QFont:
        """The font of a text role, with figures that line up."""
        return QFont(self._fonts[role])

    def metrics(self, role: TextRole = TextRole.BODY) -> QFontMetrics:
        """The measures of a text role's font."""
        return QFontMetrics(self._fonts[role])

    @staticmethod
    def space(steps: float) -> int:
        """`steps` units of space, in device-independent pixels."""
        return round(steps * UNIT)

    @property
    def row_height(self) -> int:
        """The height of a row of the register or of a list; grows with larger text."""
        return max(ROW_HEIGHT, self.metrics().height() + 2 * UNIT)

    @property
    def control_height(self) -> int:
        """The height of a button or an input; grows with larger text."""
        return max(32, self.metrics().height() + 3 * UNIT)

    def band(self, shape: int) -> Pair:
        """Fill, text and shape of a band, by its shape number (1 best to 5 severe)."""
        return self._scheme.bands[shape]

    def tone(self, tone: Tone) -> Pair:
        """Fill and text of a chip that is not a band."""
        palette = self.palette
        if tone is Tone.ALARM:
            return Pair(palette.surface, palette.alarm, outline=palette.alarm)
        if tone is Tone.PLAIN:
            return Pair(palette.raised, palette.ink, outline=palette.control_line)
        return self._scheme.bands[{Tone.GOOD: 1, Tone.CAUTION: 2, Tone.BAD: 4}[tone]]

    def mark(self, counts: Counts | None, code: Code | None, *, planned: bool = False) -> MarkLook:
        """How a mark is drawn: by its code, or by what it counts as where there is none; planned marks in italics."""
        if planned:
            return MarkLook("", self.palette.second, italic=True)
        if code is not None and code.provisional:
            return self._scheme.marks[MarkTone.NO_REASON]
        effect = code.counts if code is not None else counts
        if effect is None:
            return self._scheme.marks[MarkTone.PRESENT]
        if effect is Counts.PRESENT and code is not None and code.late:
            return self._scheme.marks[MarkTone.LATE]
        return self._scheme.marks[_MARK_TONES[effect]]

    def closed_look(self) -> MarkLook:
        """How a session is drawn on which nobody is expected."""
        return self._scheme.marks[MarkTone.CLOSED]

    def icon(self, name: str, ink: str = "ink") -> QIcon:
        """A bundled icon in a colour of the palette. Widgets ask again after `changed`."""
        key = (name, ink)
        if key not in self._icons:
            self._icons[key] = self._draw_icon(name, ink)
        return self._icons[key]

    def _draw_icon(self, name: str, ink: str) -> QIcon:
        source = _icon_source(self._resources / "icons" / f"{name}.svg")
        icon = QIcon()
        for mode, colour in ((QIcon.Mode.Normal, ink), (QIcon.Mode.Disabled, "third")):
            svg = source.replace("currentColor", self.colour(colour).name())
            renderer = QSvgRenderer(QByteArray(svg.encode()))
            for ratio in (1, 1.25, 1.5, 2, 3):
                icon.addPixmap(_render(renderer, ratio), mode)
        return icon

    def _make_font(self, role: TextRole) -> QFont:
        pixels, strong = TYPE_SCALE[role]
        font = QFont(self._family)
        font.setPixelSize(round(pixels * self._scale))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _find_scheme(self) -> Scheme:
        hints = self._app.styleHints()
        contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        if contrast and self._choice in (SchemeChoice.SYSTEM, SchemeChoice.CONTRAST):
            return _system_contrast(self._app)
        if self._choice is SchemeChoice.CONTRAST:
            return CONTRAST  # the plain palette of a system has highlights that nobody can read
        if self._choice is SchemeChoice.SYSTEM:
            return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice is SchemeChoice.DARK else LIGHT

    def _system_changed(self) -> None:
        self._scheme = self._find_scheme()
        self._colours.clear()
        self._icons.clear()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self._app.setFont(self._fonts[TextRole.BODY])
        self._app.setPalette(_qt_palette(self.palette))


def _qt_palette(palette: Palette) -> QPalette:
    made = QPalette()
    roles: dict[QPalette.ColorRole, str] = {
        QPalette.ColorRole.Window: palette.page,
        QPalette.ColorRole.WindowText: palette.ink,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.raised,
        QPalette.ColorRole.Text: palette.ink,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.ink,
        QPalette.ColorRole.BrightText: palette.alarm,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.LinkVisited: palette.accent,
        QPalette.ColorRole.PlaceholderText: palette.third,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.ink,
        QPalette.ColorRole.Light: palette.raised,
        QPalette.ColorRole.Midlight: palette.line,
        QPalette.ColorRole.Mid: palette.strong_line,
        QPalette.ColorRole.Dark: palette.control_line,
        QPalette.ColorRole.Shadow: palette.strong_line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    faded = QColor(palette.third)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


def _system_contrast(app: QApplication) -> Scheme:
    """The scheme of the system's contrast theme, from the roles of its own palette."""
    app.setPalette(QPalette())
    system = app.palette()
    pick: Callable[[QPalette.ColorRole], str] = lambda role: system.color(role).name()  # noqa: E731
    return contrast_scheme(
        page=pick(QPalette.ColorRole.Window),
        ink=pick(QPalette.ColorRole.WindowText),
        accent=pick(QPalette.ColorRole.Highlight),
        on_accent=pick(QPalette.ColorRole.HighlightedText),
    )


def _family(resources: Path) -> str:
    """The system's font on Windows; elsewhere the bundled one, so that screens agree from machine to machine."""
    if sys.platform == "win32":
        return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    for file in sorted((resources / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    if _BUNDLED_FAMILY in QFontDatabase.families():
        return _BUNDLED_FAMILY
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def _text_scale(app: QApplication) -> float:
    """How much larger the user has asked text to be, on Windows (its plain size is 12 pixels)."""
    if sys.platform != "win32":
        return 1.0
    return max(1.0, QFontInfo(app.font()).pixelSize() / 12)


@lru_cache(maxsize=64)
def _icon_source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _render(renderer: QSvgRenderer, ratio: float) -> QPixmap:
    size = QSize(_ICON_SIZE, _ICON_SIZE) * ratio
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
