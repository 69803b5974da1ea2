"""The window's own roof: makes the application, shows the way in, then the window of the open school, then leaves."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from desktop_app import paths
from desktop_app.actions.school import NewSchool, NewSchoolMade, new_school
from desktop_app.actions.settle import settle
from desktop_app.context import SCHOOL_ZONE, Context, signed_in
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from desktop_app.domain.rulebook import Rulebook
from desktop_app.ports import Clock, StoreHouse
from ui.gate import Gate
from ui.leaving import Leaving
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.opening import Roof, is_demo, making_demo, newest_demo, opening, opening_demo
from ui.places import PLACES
from ui.runner import Job, Runner, log_fault, words_of
from ui.school_menu import SchoolMenu
from ui.settling import Settling
from ui.shell import Place
from ui.start.window import StartWindow
from ui.theme import Theme

NO_SCREEN = (
    "There is no screen to show the window on. Start Rollbook in a desktop session; its commands need none (--help)."
)
REFUSED = 2
PAINTED = 200
"""By when the window of a school has been painted, in milliseconds after it was opened."""


class Desk(QObject):
    """Carries out what the start window asks, and opens and closes the window of a school."""

    def __init__(self, roof: Roof, theme: Theme, home: Path, places: Sequence[Place]) -> None:
        super().__init__()
        self.roof = roof
        self.theme = theme
        self.home = home
        self.memory = Memory(home)
        self.runner = Runner(self)
        self.window: MainWindow | None = None
        self._places = places
        self._job: Job | None = None
        self._made: NewSchoolMade | None = None
        self._next: Callable[[], object] | None = None
        self._today = roof.clock().astimezone(SCHOOL_ZONE).date()
        self.start = StartWindow(theme, roof.rulebook, self._today, home)
        self._connect()

    def begin(self, store: Path | None, *, demo: bool) -> None:
        """Go straight to a fresh demo, or to this school, or to the one opened last; else show the way in."""
        self.start.welcome.show_recent(self.memory.recent())
        self.start.show_welcome()
        self.start.show()
        if demo:
            self._work(making_demo(self.roof, self.home, self._today), "Making the demo school", self._opened)
        elif store is not None:
            self.ask(store)
        elif self.memory.recent():
            self.ask(self.memory.recent()[0])

    @Slot(object)
    def ask(self, path: Path) -> None:
        """Ask who opens this school; the demo opens without asking."""
        self.start.welcome.say("")
        try:
            users = self.roof.house.users(path)
        except (Refused, OSError) as refused:
            self.start.welcome.say(words_of(refused))
            self.start.show_welcome()
            return
        self.start.sign_in.show_school(path, sorted(users))
        if is_demo(users):
            self._work(opening_demo(self.roof, path), "Opening the demo school", self._opened, self._ask_password)
        else:
            self.start.show_sign_in()

    def _ask_password(self, text: str) -> None:
        """A demo whose password is not the usual one is asked after like any school."""
        self.start.show_sign_in()
        self.start.sign_in.refuse(text)

    @Slot()
    def try_demo(self) -> None:
        """Open the demo made last, or make one."""
        self.start.welcome.say("")
        path = newest_demo(self.home)
        if path is not None:
            self._work(opening_demo(self.roof, path), "Opening the demo school", self._opened)
        else:
            self._work(making_demo(self.roof, self.home, self._today), "Making the demo school", self._opened)

    @Slot(object, str, str)
    def sign_in(self, path: Path, user: str, password: str) -> None:
        """Try a password."""
        work = opening(self.roof, path, user or None, password)
        self._work(work, f"Opening {path.stem}", self._opened, refused=self.start.sign_in.refuse)

    @Slot(object, object)
    def make(self, wanted: NewSchool, path: Path) -> None:
        """Make a school."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._work(self._making(wanted, path), "Making the school", self._school_made, refused=self.start.form.say)

    def _making(self, wanted: NewSchool, path: Path) -> Iterator[Progress]:
        yield Progress(0, 0, "Making the school")
        return new_school(self.roof.house, path, self.roof.rulebook, self.roof.clock, wanted)

    def _school_made(self, made: NewSchoolMade) -> None:
        self._made = made
        with made.store.reading() as reading:
            name = reading.book.school().name
        self.start.recovery.show_key(name, made.recovery_key)
        self.start.show_recovery()

    @Slot()
    def _key_kept(self) -> None:
        if self._made is not None:
            made, self._made = self._made, None
            self.start.recovery.forget()
            self._opened(signed_in(made.store, self.roof.rulebook, self.roof.clock))

    def _opened(self, context: Context) -> None:
        self.memory.remember_school(context.store.path)
        settle(context)
        window = MainWindow(context, self.theme, self.runner, self._places)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        Settling(window, window)
        self._after_painting(window)
        menu = SchoolMenu(window, self.memory)
        menu.another.connect(partial(self._leave_for, self.start.show_welcome))
        menu.making.connect(partial(self._leave_for, self.start.show_form))
        gate = Gate(window)
        menu.locking.connect(gate.lock)
        menu.switching.connect(gate.switch)
        window.closing.connect(Leaving(window).leave)
        window.closed.connect(self._closed)
        self.window = window
        self._place(window)
        window.home()
        self.start.hide()

    @staticmethod
    def _after_painting(window: MainWindow) -> None:
        """What the first picture of the window need not wait for: the continuity pack of the morning."""

        def begin() -> None:
            from ui.morning import Morning  # noqa: PLC0415 - loads all that is put on paper

            Morning(window)

        soon = QTimer(window, singleShot=True, interval=PAINTED)
        soon.timeout.connect(begin)
        soon.start()

    def _place(self, window: MainWindow) -> None:
        """Show the window where it was; the first time at its own size, or over the whole of a small screen."""
        if window.restoreGeometry(self.memory.geometry()) or window.screen().availableSize().width() > window.width():
            window.show()
        else:
            window.showMaximized()

    def _leave_for(self, show: Callable[[], object]) -> None:
        self._next = show
        if self.window is not None:
            self.window.close()

    @Slot()
    def _closed(self) -> None:
        if self.window is None:
            return
        self.memory.remember_geometry(self.window.saveGeometry())
        store, self.window = self.window.context.store, None
        self.runner.hush()
        store.close()
        show, self._next = self._next, None
        if show is not None:
            self.start.welcome.show_recent(self.memory.recent())
            show()
            self.start.show()

    def finish(self) -> None:
        """Let the windows go while the application still stands: Qt does not like it the other way round."""
        self.runner.stop()
        if self.window is not None:
            self.window.close_now()
        self.start.close()
        self.start.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def own_up(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A fault nobody caught: to the log, without its message, and a sentence to whoever is at the desk. Ctrl+C
        where the program was started ends it."""
        del kind, trace
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        log_fault(error)
        if self.window is not None:
            self.window.say(words_of(error), alarm=True)

    def _work(self, work: Iterator[Progress], words: str, done: Any, refused: Any = None) -> None:
        tell = refused or self._refused

        def over(result: object) -> None:
            self.start.end()
            done(result)

        def failed(error: Exception) -> None:
            self.start.end()
            tell(words_of(error))

        self.start.begin(words)
        show = self.start.strip.show_progress
        self._job = self.runner.start(work, show, over, failed, self.start.end)

    def _refused(self, text: str) -> None:
        self.start.show_welcome()
        self.start.welcome.say(text)

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _connect(self) -> None:
        start = self.start
        start.welcome.opened.connect(self.ask)
        start.welcome.demo.connect(self.try_demo)
        start.sign_in.tried.connect(self.sign_in)
        start.wanted.connect(self.make)
        start.key_kept.connect(self._key_kept)
        start.strip.cancelled.connect(self._cancel)


def open_window(argv: Sequence[str], house: StoreHouse, rulebook: Rulebook, clock: Clock) -> int:
    """Show the window as these arguments ask (`--demo`, `--store FILE`), and return the exit code."""
    reader = ArgumentParser(prog="rollbook")
    reader.add_argument("--demo", action="store_true")
    reader.add_argument("--store", type=Path)
    asked = reader.parse_args(argv)
    if not has_screen(os.environ):
        sys.stderr.write(f"{NO_SCREEN}\n")
        return REFUSED
    return run(house, rulebook, clock, store_path=asked.store, demo=asked.demo)


def run(house: StoreHouse, rulebook: Rulebook, clock: Clock, *, store_path: Path | None, demo: bool) -> int:
    """Show the window until it is closed, and return the exit code.

    `store_path` is the school to open (None: the one opened last, or the way in); `demo` makes and opens a fresh demo.
    """
    keep_log(paths.log_file())
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Rollbook")
    home = paths.data_home()
    theme = Theme(app, paths.resources(), Memory(home).scheme())
    desk = Desk(Roof(house, rulebook, clock), theme, home, PLACES)
    sys.excepthook = desk.own_up
    try:
        desk.begin(store_path, demo=demo)
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        desk.finish()


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether there is something to show a window on: Qt, where it finds nothing, ends the process without a word."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in named)


def keep_log(file: Path) -> None:
    """Write faults to this file, two of half a megabyte at most."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logging.getLogger("rollbook").addHandler(handler)
