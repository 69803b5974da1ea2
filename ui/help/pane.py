"""Calls the help: F1 opens it over the content at the place that is shown, and gives the keyboard back as it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app import paths
from desktop_app.domain.errors import Damaged
from ui.help.book import read_book
from ui.help.reference import Facts, everyday_words
from ui.help.view import HelpView
from ui.log.panel import LogPanel
from ui.pupils.amend import AmendPanel
from ui.shell import Page, Shell

FORMS: dict[type[QWidget], str] = {LogPanel: "log", AmendPanel: "log"}
"""Parts of a page that have a section of their own."""


class Help(QObject):
    """Lies over the pages of a window while it is open. Going to another place closes it.

    It takes the keyboard as a menu would, so that whatever is half typed underneath stays as it is.
    """

    def __init__(self, shell: Shell, stack: QStackedWidget) -> None:
        """`stack` holds the pages of the window, and is in it already."""
        super().__init__(stack)
        self._shell = shell
        self._stack = stack
        self._before: QWidget | None = None
        self.view: HelpView | None = None
        shortcut = QShortcut(QKeySequence("F1"), stack.window())
        shortcut.activated.connect(self.toggle)
        stack.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def toggle(self) -> None:
        """Show the help at the place that is shown, or go back to where the keyboard was."""
        if self.view is None:
            self._show()
        else:
            self.leave()

    def leave(self) -> None:
        """Close the help and give the keyboard back to where it was."""
        view, self.view = self.view, None
        if view is None:
            return
        before, page = self._before, self._stack.currentWidget()
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        elif isinstance(page, Page):
            page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop(view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.view is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.view.setGeometry(self._stack.geometry())
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        try:
            view = self._make()
        except Damaged as damaged:
            self._shell.say(str(damaged), alarm=True)
            return
        self._before = QApplication.focusWidget()
        view.show_section(self._section())
        view.left.connect(self.leave)
        view.setGeometry(self._stack.geometry())
        view.show()
        view.reading.setFocus(Qt.FocusReason.PopupFocusReason)
        self.view = view

    def _make(self) -> HelpView:
        """The help of this school as it stands now."""
        folder = paths.resources() / "help"
        context = self._shell.context
        with context.store.reading() as reading:
            school = reading.book.school()
        facts = Facts(context.rulebook, context.pack(school), school, everyday_words(folder / "everyday.toml"))
        return HelpView(self._shell.theme, read_book(folder, facts), self._stack.parentWidget())

    def _section(self) -> str:
        """The section of the form that has the keyboard, else of the place that is shown."""
        widget = self._before
        while widget is not None:
            if type(widget) in FORMS:
                return FORMS[type(widget)]
            widget = widget.parentWidget()
        page = self._stack.currentWidget()
        return page.place if isinstance(page, Page) else ""

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard has gone to a page, which is to be seen then."""
        del before
        if self.view is not None and now is not None and self._stack.isAncestorOf(now):
            view, self.view = self.view, None
            self._drop(view)

    def _drop(self, view: HelpView) -> None:
        self._before = None
        view.hide()
        view.deleteLater()
