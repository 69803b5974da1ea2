"""Finding a pupil of the class by the first letters of a name, accents and case aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.people import Pupil
from desktop_app.rules.names import plain
from ui.parts.inputs import LineEdit
from ui.parts.text import ElidedLabel, Label
from ui.theme import Theme
from ui.tokens import TextRole


def matches(pupils: Sequence[Pupil], typed: str) -> tuple[int, ...]:
    """The places of the pupils meant by `typed`: surnames that begin with it first, then forenames, then any word."""
    wanted = plain(typed.replace(",", " ")).split()
    if not wanted:
        return ()
    text = " ".join(wanted)
    ranked = [(rank, place) for place, pupil in enumerate(pupils) if (rank := _rank(pupil, text, wanted)) is not None]
    return tuple(place for _, place in sorted(ranked))


def _rank(pupil: Pupil, text: str, wanted: Sequence[str]) -> int | None:
    surname, forename = plain(pupil.surname), plain(pupil.forename)
    if f"{surname} {forename}".startswith(text):
        return 0
    if f"{forename} {surname}".startswith(text):
        return 1
    words = f"{surname} {forename} {plain(pupil.legal_name)}".replace("-", " ").replace("'", " ").split()
    return 2 if all(any(word.startswith(one) for word in words) for one in wanted) else None


class _FindLine(LineEdit):
    """Enter goes, Up and Down choose among several, Esc gives up."""

    went = Signal()
    gave_up = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.went.emit()
            case Qt.Key.Key_Escape:
                self.gave_up.emit()
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.gave_up.emit()


class FindStrip(QWidget):
    """The strip at the foot of the register. While one types, the pupil meant is shown in the grid."""

    sought = Signal(int)
    """The row of the pupil meant by what is typed; -1 for nobody."""
    found = Signal(int)
    """Enter was pressed on that row."""
    closed = Signal()
    """The strip was left without choosing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pupils: Sequence[Pupil] = ()
        self._rows: tuple[int, ...] = ()
        self._at = 0
        self.line = _FindLine(theme, "Letters of a name, then Enter")
        self.line.setAccessibleName("Find a pupil of this class")
        self.line.setMaximumWidth(theme.space(56))
        self._words = ElidedLabel(theme, "", TextRole.SECONDARY, "second")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(2))
        row.addWidget(Label(theme, "Find", TextRole.SECONDARY_STRONG, "second"))
        row.addWidget(self.line, 2)
        row.addWidget(self._words, 3)
        self.line.textEdited.connect(self._search)
        self.line.stepped.connect(self._step)
        self.line.went.connect(self._go)
        self.line.gave_up.connect(self.shut)

    def open(self, pupils: Sequence[Pupil]) -> None:
        """Look for one of these pupils, in the order of their rows."""
        self._pupils = pupils
        self._rows, self._at = (), 0
        self.line.clear()
        self._words.setText("")
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self) -> None:
        """Close without choosing."""
        if self.isVisible():
            self.hide()
            self.sought.emit(-1)
            self.closed.emit()

    def _search(self, typed: str) -> None:
        self._rows, self._at = matches(self._pupils, typed), 0
        self._tell(typed)

    def _step(self, by: int) -> None:
        if self._rows:
            self._at = (self._at + by) % len(self._rows)
            self._tell(self.line.text())

    def _tell(self, typed: str) -> None:
        if not self._rows:
            nobody = f"Nobody here whose name begins with “{typed.strip()}”" if typed.strip() else ""
            self._words.set_ink("alarm")
            self._words.setText(nobody)
            self.sought.emit(-1)
            return
        more = f"  ·  {self._at + 1} of {len(self._rows)}, ↓ for the next" if len(self._rows) > 1 else ""
        self._words.set_ink("second")
        self._words.setText(f"{self._pupils[self._rows[self._at]].list_name}{more}")
        self.sought.emit(self._rows[self._at])

    def _go(self) -> None:
        if self._rows:
            row = self._rows[self._at]
            self.hide()
            self.sought.emit(-1)
            self.found.emit(row)
