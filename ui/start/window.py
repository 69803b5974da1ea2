"""The window before a school is open. It says what was asked for; the desk behind it does it."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.rulebook import Rulebook
from ui.parts.progress import ProgressStrip
from ui.signin import SignInPage
from ui.start.form import NewSchoolForm
from ui.start.recovery import RecoveryPage
from ui.start.welcome import WelcomePage
from ui.theme import Theme


class StartWindow(QWidget):
    """Welcome, sign-in, the form of a new school, its recovery key; and a strip for what takes a while."""

    wanted = Signal(object, object)
    """A school is to be made: the request, and the file."""
    key_kept = Signal()

    def __init__(self, theme: Theme, rulebook: Rulebook, today: date, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("Rollbook")
        self._theme = theme
        self._make_form = partial(NewSchoolForm, theme, rulebook, today, folder)
        self.welcome = WelcomePage(theme, folder)
        self.sign_in = SignInPage(theme)
        self.strip = ProgressStrip(theme)
        self.stack = QStackedWidget()
        for page in (self.welcome, self.sign_in):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.space(5), 0, theme.space(5), theme.space(4))
        foot.addWidget(self.strip)
        column.addLayout(foot)
        self.resize(1100, 700)
        self.setMinimumSize(820, 560)
        self.sign_in.left.connect(self.show_welcome)
        self.welcome.making.connect(self.show_form)

    @cached_property
    def form(self) -> NewSchoolForm:
        """The form of a new school, made when it is first asked for: most days it never is."""
        made = self._make_form()
        made.left.connect(self.show_welcome)
        made.wanted.connect(self.wanted)
        self.stack.addWidget(made)
        return made

    @cached_property
    def recovery(self) -> RecoveryPage:
        """The page of the recovery key, made when it is first asked for."""
        made = RecoveryPage(self._theme)
        made.finished.connect(self.key_kept)
        self.stack.addWidget(made)
        return made

    def show_welcome(self) -> None:
        """The first page."""
        self._show(self.welcome, self.welcome.first_focus())

    def show_form(self) -> None:
        """The form of a new school."""
        self._show(self.form, self.form.first_focus())

    def show_sign_in(self) -> None:
        """The password of the school that `sign_in` was given."""
        self._show(self.sign_in, self.sign_in.first_focus())

    def show_recovery(self) -> None:
        """The recovery key that `recovery` was given."""
        self._show(self.recovery, self.recovery.copy)

    def begin(self, words: str) -> None:
        """Show that something takes a while; nothing else can be started meanwhile."""
        self.stack.setEnabled(False)
        self.strip.begin(words)

    def end(self) -> None:
        """It is over."""
        self.strip.end()
        self.stack.setEnabled(True)

    def _show(self, page: QWidget, focus: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
