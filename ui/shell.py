"""What a page may ask of the window, and what the window asks of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.context import Context
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from ui.runner import Runner
from ui.theme import Theme


class Shell(Protocol):
    """The window, as its pages see it."""

    @property
    def theme(self) -> Theme: ...
    @property
    def runner(self) -> Runner: ...
    @property
    def context(self) -> Context: ...

    @property
    def drafts(self) -> dict[tuple[int, ...], object]:
        """Half-typed log entries, by the pupils they are about, from whichever page; they go with the window."""
        ...

    def announce(self, changes: Changes) -> None:
        """Say what was written: every page there is is asked to refresh; the status line says when it was saved."""
        ...

    def say(self, text: str, *, alarm: bool = False) -> None:
        """Show a sentence in the status line and have it read out. `alarm`: something was refused or went wrong."""
        ...

    def forget_alarm(self) -> None:
        """Take away what was refused, since something was done after it; a plain sentence stays."""
        ...

    def hold(self, on: bool) -> None:
        """Keep the user on this page while a job writes much: no other place can be gone to."""
        ...

    def back(self) -> None:
        """From a page that was glanced at, to exactly where one was; no half-typed text is lost."""
        ...

    def home(self) -> None:
        """To the first place that whoever is at the desk may see."""
        ...

    def go(self, place: str, **where: object) -> None:
        """Show a page: `go("pupils", pupil=12)`, `go("registers", class_name="4B", day=d)`, `go("cases", pupil=12)`."""
        ...


class Page(QWidget):
    """One place of the window. Made when it is first shown."""

    place: ClassVar[str] = ""
    bare: ClassVar[bool] = False
    """A page that the public may see: the rail, with its counts and its list of names, is out of sight."""

    help_section: ClassVar[str] = ""
    """The section of the help about this page; empty: the one that is called as its place."""

    badge_changed = Signal(str)
    """The count that stands beside the page's name in the rail; empty for none."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.theme = shell.theme

    def refresh(self, changes: Changes | None) -> None:
        """Read again what `changes` touched; None: read all. A page that does not show such things does nothing."""

    def show_at(self, **where: object) -> None:
        """Go to a child, class or day within the page; unknown words are ignored."""
        del where

    def list_shown(self) -> tuple[str, ListAsked] | None:
        """The list that is on the screen, by its key among the exports, as it is narrowed and ordered now; None where
        there is none. A page that has one can save it as Excel (`ui/exporting.py`)."""
        return None

    def first_focus(self) -> QWidget:
        """The widget that takes the keyboard when the page is shown."""
        return self


@dataclass(frozen=True, slots=True)
class Place:
    """A place the window can show: its name in `Shell.go`, its title and icon, and how its page is come by.

    The page is loaded when the place is first gone to, so that a start waits for one page and not for all.
    """

    key: str
    title: str
    icon: str
    load: Callable[[], type[Page]]
    in_rail: bool = True
    needs: Right = Right.OPEN
    """Without this right the place is out of sight, and cannot be gone to; its actions ask for their own besides."""
