"""The window of an open school: it knows its pages by a list, and is the shell they talk to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.context import Context
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.rules.display import clock_time
from ui.find import FindField, Hit
from ui.rail import Rail
from ui.runner import Runner
from ui.shell import Page
from ui.status import Banner, StatusLine
from ui.theme import Theme


class MainWindow(QMainWindow):
    """Rail, find, pages, status line. A page is made when it is first shown."""

    closing = Signal()

    def __init__(self, context: Context, theme: Theme, runner: Runner, pages: Sequence[type[Page]]) -> None:
        super().__init__()
        self._context = context
        self._theme = theme
        self._runner = runner
        self._kinds = {kind.place: kind for kind in pages}
        self._pages: dict[str, Page] = {}
        self.menu = QMenu("School", self)
        self.find_field = FindField(theme, self._read_hits)
        self.rail = Rail(theme, self.find_field, pages, context.user, self.menu)
        self.status = StatusLine(theme)
        self.banner = Banner(theme, self._read_only_words())
        self.stack = QStackedWidget()
        self._build()
        self._bind_keys(pages)
        with context.store.reading() as reading:
            self.setWindowTitle(f"{reading.book.school().name} – Rollbook")
        self.resize(1366, 768)
        self.setMinimumSize(900, 560)

    @property
    def theme(self) -> Theme:
        """See `Shell`."""
        return self._theme

    @property
    def runner(self) -> Runner:
        """See `Shell`."""
        return self._runner

    @property
    def context(self) -> Context:
        """See `Shell`."""
        return self._context

    @property
    def place(self) -> str:
        """The place that is shown; empty before the first."""
        page = self.stack.currentWidget()
        return page.place if isinstance(page, Page) else ""

    def announce(self, changes: Changes) -> None:
        """See `Shell`."""
        self.status.show_saved(f"Saved {clock_time(self._context.now())}")
        for page in self._pages.values():
            page.refresh(changes)

    def say(self, text: str, *, alarm: bool = False) -> None:
        """See `Shell`."""
        self.status.say(text, alarm=alarm)

    def go(self, place: str, **where: object) -> None:
        """See `Shell`."""
        page = self.page(place)
        self.stack.setCurrentWidget(page)
        self.rail.show_place(place)
        page.show_at(**where)
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def page(self, place: str) -> Page:
        """The page of a place, made now if it was not yet."""
        if place not in self._pages:
            page = self._kinds[place](self)
            page.badge_changed.connect(lambda badge, place=place: self.rail.set_badge(place, badge))
            self._pages[place] = page
            self.stack.addWidget(page)
            page.refresh(None)
        return self._pages[place]

    def add_to_menu(self, words: str, deed: object, key: str = "") -> QAction:
        """Add a line to the School menu."""
        action = QAction(words, self)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: deed())  # type: ignore[operator]
        self.menu.addAction(action)
        return action

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        self.rail.chosen.connect(self.go)
        self.find_field.chosen.connect(lambda pupil: self.go("pupils", pupil=pupil))

    def _bind_keys(self, pages: Sequence[type[Page]]) -> None:
        for number, kind in enumerate(pages, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda place=kind.place: self.go(place))
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.find_field.setFocus)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._next_pane)

    def _next_pane(self) -> None:
        """F6: from the page to the rail, and back."""
        focus = self.focusWidget()
        if focus is not None and self.rail.isAncestorOf(focus):
            page = self.stack.currentWidget()
            if isinstance(page, Page):
                page.first_focus().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.rail.focus_current()

    def _read_only_words(self) -> str:
        store = self._context.store
        if not store.read_only:
            return ""
        if store.holder:
            return f"Read only: this school is open for writing by {store.holder}. Nothing can be changed here."
        return "Read only: nothing can be changed here."

    def _read_hits(self) -> list[Hit]:
        today = self._context.today()
        with self._context.store.reading() as reading:
            pupils = reading.book.all(Pupil)
            places = {each.pupil: each.class_name for each in reading.book.all(Membership) if each.holds(today)}
        hits = [
            Hit(
                pupil.id,
                pupil.list_name,
                places.get(pupil.id, "" if pupil.on_roll(today) else "left"),
                f"{pupil.list_name} {pupil.legal_name} {places.get(pupil.id, '')} {pupil.upn}",
            )
            for pupil in pupils
        ]
        return sorted(hits, key=lambda hit: hit.words.casefold())
