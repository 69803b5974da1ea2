"""Labels in the type scale. All text is plain text: a name with a `<` in it is shown as it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Theme
from ui.tokens import TextRole

SURNAME_KEPT = 4
"""So many letters of a surname stand even where its forename wants all the room."""


def short_name(metrics: QFontMetrics, name: str, room: int) -> str:
    """`Surname, Forename` in so many pixels. The surname gives way first: it is the forename that tells brother from
    sister."""
    surname, comma, forename = name.rpartition(", ")
    if metrics.horizontalAdvance(name) <= room or not comma:
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
    rest = comma + forename
    least = metrics.horizontalAdvance(surname[:SURNAME_KEPT] + "…")
    head = metrics.elidedText(surname, Qt.TextElideMode.ElideRight, max(least, room - metrics.horizontalAdvance(rest)))
    return head + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(head))


class Label(QLabel):
    """A line or paragraph of plain text in a role of the type scale and a colour of the palette."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: TextRole = TextRole.BODY,
        ink: str = "ink",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._role = role
        self._ink = ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_ink(self, ink: str) -> None:
        """Take another colour of the palette."""
        if ink != self._ink:
            self._ink = ink
            self._restyle()

    def set_role(self, role: TextRole) -> None:
        """Take another size of the type scale."""
        self._role = role
        self._restyle()

    def let_select(self) -> None:
        """Let the text be selected and copied with the mouse or the keyboard."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.WindowText, self._theme.colour(self._ink))
        self.setPalette(palette)


class ElidedLabel(Label):
    """A single line that shortens itself with an ellipsis; the whole text is its tooltip."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * 6, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        self.setToolTip(self.text() if shown != self.text() else "")
