"""Calls the help: F1 opens it over the content at the place that is shown, and gives the keyboard back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.domain.errors import Damaged
from ui.parts.panel import Panel
from ui.shell import Page, Shell

if TYPE_CHECKING:
    from ui.help.view import HelpView


class Help(QObject):
    """Lies over the pages of a window while it is open. Going to another place closes it.

    It takes the keyboard as a menu would, so that whatever is half typed underneath stays as it is.
    """

    def __init__(self, shell: Shell, stack: QStackedWidget, sight: QScrollArea) -> None:
        """`stack` holds the pages of the window; `sight`, through which they are seen, is in the window already."""
        super().__init__(stack)
        self._shell = shell
        self._stack = stack
        self._sight = sight
        self._before: QWidget | None = None
        self.view: HelpView | None = None
        shortcut = QShortcut(QKeySequence("F1"), stack.window())
        shortcut.activated.connect(self.toggle)
        sight.installEventFilter(self)
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
            self.view.setGeometry(self._sight.geometry())
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        # Loaded when somebody asks for help; no start of the window waits for it.
        from ui.help.making import make_help  # noqa: PLC0415

        try:
            view = make_help(self._shell, self._sight.parentWidget())
        except Damaged as damaged:
            self._shell.say(str(damaged), alarm=True)
            return
        self._before = QApplication.focusWidget()
        view.show_section(self._section())
        view.left.connect(self.leave)
        view.setGeometry(self._sight.geometry())
        view.show()
        view.reading.setFocus(Qt.FocusReason.PopupFocusReason)
        self.view = view

    def _section(self) -> str:
        """The section of the form that has the keyboard, else of the place that is shown."""
        widget = self._before
        while widget is not None:
            if isinstance(widget, Panel) and widget.help_section:
                return widget.help_section
            widget = widget.parentWidget()
        page = self._stack.currentWidget()
        return (page.help_section or page.place) if isinstance(page, Page) else ""

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
