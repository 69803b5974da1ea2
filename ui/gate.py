"""The gate over the window of an open school: locked by hand, by the clock, or for somebody else to take over.

Nothing of the window is seen and no name is shown. The writer's lock stays with the process and the store stays open,
but the key of restricted notes is forgotten until somebody has signed in. The roll-call alone is reached without a
password (practice: one key, in a fire, from anywhere); it bears no flags, reasons or addresses, and leads nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.actions.idle_lock import lock_after
from desktop_app.context import Context, handed_over
from desktop_app.domain.progress import Progress
from ui import keys
from ui.keys import hints
from ui.main_window import MainWindow
from ui.opening import is_demo
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.field import Field
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page
from ui.theme import Theme
from ui.tokens import TextRole

LOCKED = "The school is locked"
SOMEBODY_ELSE = "Somebody else"
HOW = "Whoever was here types the password alone. Anybody else types their sign-in name first."
DEMO = "The demo school is not locked: nobody in it has a password of their own."
BUSY = "Wait until what is running is done, then try again."
STIRRING = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})
LOOK = 15_000
"""How often it is looked whether anybody touched the desk, in milliseconds."""


class GatePage(QWidget):
    """A card with two lines. Enter tries; F12 is the roll-call; there is no way around it."""

    tried = Signal(str, str)
    roll_call_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAutoFillBackground(True)
        self.card = Card(theme, LOCKED)
        self.user = LineEdit(theme, "Empty: whoever was here")
        self.password = LineEdit(theme)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(theme, "Password", self.password)
        self.open = Button(theme, "Open", key="Enter", primary=True, bind=False)
        self.card.body.addWidget(Label(theme, HOW, TextRole.SECONDARY, "second", wrap=True))
        self.card.body.addWidget(Field(theme, "Sign-in name", self.user))
        self.card.body.addWidget(self.field)
        self.card.body.addLayout(row_of(self.open))
        self.card.setFixedWidth(theme.space(105))
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self.card)
        column.addStretch(3)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.space(5), theme.space(2), theme.space(5), theme.space(2))
        whole.addLayout(middle, 1)
        whole.addWidget(KeyHints(theme, hints(keys.GATE)))
        self.open.clicked.connect(self._try)
        self.user.returnPressed.connect(self._next)
        self.password.returnPressed.connect(self._try)

    def begin(self, title: str, *, name_first: bool) -> None:
        """Ask for a password; the name before it where somebody else takes over."""
        self.card.set_title(title)
        self.user.clear()
        self.password.clear()
        self.field.set_fault("")
        self.set_busy(False)
        (self.user if name_first else self.password).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, text: str) -> None:
        """Say why it did not open, and ask again."""
        self.set_busy(False)
        self.field.set_fault(text)
        self.password.clear()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """No second try while the first is being looked at."""
        for widget in (self.open, self.password, self.user):
            widget.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F12:
            self.roll_call_asked.emit()
            return
        super().keyPressEvent(event)

    def _next(self) -> None:
        self.password.setFocus(Qt.FocusReason.TabFocusReason)

    def _try(self) -> None:
        if self.password.text():
            self.set_busy(True)
            self.tried.emit(self.user.text().strip(), self.password.text())
        else:
            self.refuse("Type the password.")


class Gate(QObject):
    """Closes and opens the gate of one window, and watches how long nobody touched it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.page = GatePage(window.theme)
        self.page.tried.connect(self._try)
        self.page.roll_call_asked.connect(self._show_roll_call)
        self._roll: Page | None = None
        self.touched = time.monotonic()
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self.look)
        self._look.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            self._watch(application.focusWindow())

    def look(self) -> None:
        """Close where nobody has touched a key or the mouse for as long as the school says."""
        minutes = lock_after(self._window.context)
        if not self._window.covered and time.monotonic() - self.touched >= minutes * 60:
            self._close(LOCKED, name_first=False, quietly=True)

    def _watch(self, window: QWindow | None) -> None:
        """Keys and the mouse are seen where they reach a window of ours: not at every widget, which would cost more."""
        if window is not None:
            window.installEventFilter(self)

    def lock(self) -> None:
        """Close the gate for whoever was here to come back to, or anybody else."""
        self._close(LOCKED, name_first=False, quietly=False)

    def switch(self) -> None:
        """Close the gate for somebody else."""
        self._close(SOMEBODY_ELSE, name_first=True, quietly=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in STIRRING:
            self.touched = time.monotonic()
        return super().eventFilter(watched, event)

    def _close(self, title: str, *, name_first: bool, quietly: bool) -> None:
        window = self._window
        if is_demo(window.context.store.slots.users()):
            if not quietly:
                window.say(DEMO)
            return
        for shown in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if shown is not None and shown is not window:
                shown.close()
        window.context.store.drop_second_key()
        window.cover(self.page)
        self.page.begin(title, name_first=name_first)

    def _try(self, user: str, password: str) -> None:
        window = self._window
        if window.runner.busy:
            self.page.refuse(BUSY)
            return
        work = _opening(window.context, user or window.context.staff.user, password)
        window.runner.start(work, lambda _: None, self._opened, self._refused)

    def _opened(self, context: Context) -> None:
        self._window.uncover()
        self._window.take_over(context)
        self.page.begin(LOCKED, name_first=False)
        self._window.focus_again()
        self.touched = time.monotonic()

    def _refused(self, error: Exception) -> None:
        self.page.refuse(words_of(error))

    def _show_roll_call(self) -> None:
        """The roll-call of this moment, over the gate; Esc or F12 is back at the gate."""
        if self._roll is None:
            from ui.rollcall.page import RollCallPage  # noqa: PLC0415

            self._roll = RollCallPage(self._window, locked=True)
            self._roll.setAutoFillBackground(True)
            self._roll.installEventFilter(_Back(self))
            self._roll.first_focus().installEventFilter(_Back(self))
        self._roll.show_at()
        self._window.cover(self._roll)
        self._roll.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """From the roll-call to the gate."""
        self._window.cover(self.page)
        self.page.password.setFocus(Qt.FocusReason.OtherFocusReason)


class _Back(QObject):
    """Takes the keys that leave the roll-call, so that it leads to the gate and not into the window."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(gate)
        self._gate = gate

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F12):
            self._gate.back()
            return True
        return super().eventFilter(watched, event)


def _opening(context: Context, user: str, password: str) -> Generator[Progress, None, Context]:
    """The work of one password, beside the window."""
    yield Progress(0, 0, "Signing in")
    return handed_over(context, user, password)
