"""The window of an open school: it knows its pages by a list, and is the shell they talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.context import Context, renewed
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.rules.display import clock_time
from ui.clock_banner import ClockBanner
from ui.curtain import Curtain
from ui.dropping import Dropping
from ui.exporting import bind_export, save_list
from ui.find import FindField
from ui.held import HeldWork
from ui.help.pane import Help
from ui.hits import read_hits
from ui.layers import Layers
from ui.parts.scroll import Pages, PageScroll
from ui.rail import Rail
from ui.runner import Runner
from ui.shell import Page, Place
from ui.sittings import Sitting
from ui.status import Banner, StatusLine, read_only_words
from ui.theme import Theme

IDLE = 1500
"""How long nothing is written before hidden pages that count something in the rail count again, in milliseconds."""
SMALL = QSize(800, 420)
"""In a narrower or lower window the rail gives its words to the page: 683 × 384 is 1366 × 768 at 200 %."""
LEAST = QSize(480, 290)


class MainWindow(QMainWindow):
    """Rail, find, pages, status line. A page is made when it is first shown, and reads again what it missed when it is
    shown again: a key press in the register must not wait for lists that nobody sees."""

    closing = Signal()
    """Somebody wants to close the window. It stays until `close_now`."""
    closed = Signal()
    person_changed = Signal()
    """Another person is at the desk, or the same one may do something else than before."""

    def __init__(self, context: Context, theme: Theme, runner: Runner, places: Sequence[Place]) -> None:
        super().__init__()
        self._context = context
        self._theme = theme
        self._runner = runner
        self._places = {place.key: place for place in places}
        self._now = Sitting.of(context)
        self._parked: dict[int, Sitting] = {}
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self._catch_up_badges)
        self._shortcuts: list[QShortcut] = []
        self._may_close = False
        self._asking = False
        in_rail = [place for place in places if place.in_rail]
        self.menu = QMenu("School", self)
        self.find_field = FindField(theme, lambda: read_hits(self._context))
        self.rail = Rail(theme, self.find_field, in_rail, context.user, self.menu)
        self.status = StatusLine(theme)
        self.banner = Banner(theme, read_only_words(context.store))
        self.clock_banner = ClockBanner(self)
        self.layers = Layers(self)
        self.stack = Pages()
        self.held = HeldWork(theme, runner, self.stack, self.hold, self.say)
        self.strip = self.held.strip
        self.sight = PageScroll(theme, self.stack)
        self._build()
        self._bind_keys(in_rail)
        self.clock_banner.bind(self)
        self.clock_banner.look()
        self.help = Help(self, self.stack, self.sight)
        Dropping(self, lambda: self._open_to("check") and not self.covered, lambda file: self.go("check", file=file))
        self.curtain = Curtain(theme, self)
        self.stack.currentChanged.connect(self.curtain.lift)
        with context.store.reading() as reading:
            self.setWindowTitle(f"{reading.book.school().name} – Rollbook")
        self.resize(1366, 768)
        self.setMinimumSize(LEAST)
        self._show_person()

    @property
    def theme(self) -> Theme:
        """See `Shell`."""
        return self._theme

    @property
    def runner(self) -> Runner:
        """See `Shell`."""
        return self._runner

    @property
    def drafts(self) -> dict[tuple[int, ...], object]:
        """See `Shell`."""
        return self._now.drafts

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
        if changes.book:
            self._renew()
        for place, page in self._now.pages.items():
            if page is self.stack.currentWidget():
                page.refresh(changes)
            else:
                self._now.miss(place, changes)
        for parked in self._parked.values():
            for place in parked.pages:
                parked.miss(place, changes)
        if self._now.missed.keys() & self._now.badged:
            self._idle.start()

    def say(self, text: str, *, alarm: bool = False) -> None:
        """See `Shell`."""
        self.status.say(text, alarm=alarm)

    def forget_alarm(self) -> None:
        """See `Shell`."""
        self.status.forget_alarm()

    def go(self, place: str, **where: object) -> None:
        """See `Shell`."""
        if not self._open_to(place):
            needed = self._places[place].needs if place in self._places else Right.OPEN
            self.say(str(NotAllowed(self._context.staff.name, needed.words)), alarm=True)
            return
        page = self.page(place)
        self.status.forget_alarm()
        self._catch_up(place)
        self._show(page)
        self.sight.to_start()
        page.show_at(**where)
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def home(self) -> None:
        """See `Shell`."""
        self.go(self._home())

    def _home(self) -> str:
        """The first place of the rail that this person may see; their own account where there is none."""
        rail = (key for key, place in self._places.items() if place.in_rail and self._open_to(key))
        return next(rail, "account")

    def _open_to(self, place: str) -> bool:
        return place in self._places and self._context.may(self._places[place].needs)

    def take_over(self, context: Context) -> None:
        """Somebody is at the desk, the same as before or another, and the window is theirs. What the former person had
        before them stays as it is, out of sight, until they come back; their half-typed text goes to nobody else."""
        before = self._now
        self._context = context
        if before.holds(context):
            return
        self.status.say("")  # it may name a child whom this person may not see
        before.place = self.place
        self._parked[before.staff.id] = before
        found = self._parked.pop(context.staff.id, None)
        kept = found if found is not None and found.holds(context) else None
        if found is not None and kept is None:
            for place in tuple(found.pages):
                self._discard(found.take_out(place))
        self._now = kept or Sitting.of(context, found.drafts if found else None)
        self._show_person()
        if kept is None:
            self.go(before.place if self._open_to(before.place) else self._home())
            self._now.focus = self.focusWidget()
        else:
            self._catch_up(kept.place)
            self._show(kept.pages[kept.place])
            for place in filter(self._open_to, kept.badged):
                kept.pages[place].refresh(None)

    def _renew(self) -> None:
        """The book was changed: perhaps the roles of whoever is at the desk."""
        self._context = renewed(self._context)
        if not self._now.holds(self._context):
            self._now.now_of(self._context)
            self._show_person()
            if self.place and not self._open_to(self.place):
                self.home()

    def _show_person(self) -> None:
        places = [key for key in self._places if self._open_to(key)]
        self.rail.show_person(self._context.user, places, find=self._context.may(Right.READ_PUPIL))
        self.person_changed.emit()

    @property
    def covered(self) -> bool:
        """Whether something lies over all of the window."""
        return self.layers.covered

    def cover(self, over: QWidget) -> None:
        """Put this over all of the window: nothing of it is seen, and none of its keys does anything."""
        self.curtain.lift()  # under the gate it would be a lid that nobody can open: it takes the keyboard
        self.help.leave()
        if not self.covered:
            self._now.focus = self.held.before or self.focusWidget()
        self.layers.cover(over)

    def uncover(self) -> None:
        """Show the window again."""
        self.layers.uncover()

    def focus_again(self) -> None:
        """Put the keyboard where it was before the window was covered; else in the page there is now."""
        focus, page = self._now.focus, self.stack.currentWidget()
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, Page):
            page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def glance(self, place: str) -> None:
        """Show a page over whatever is there, and remember that to the keyboard’s place in it; shown again: `back`."""
        if self.place == place:
            self.back()
            return
        self._now.left = (self.place, self.focusWidget())
        page = self.page(place)
        self._show(page)
        page.show_at()
        page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """See `Shell`."""
        place, focus = self._now.left
        if not place:
            self.home()
            return
        self._now.left = ("", None)
        self._catch_up(place)
        self._show(self._now.pages[place])
        (focus or self._now.pages[place].first_focus()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, page: Page) -> None:
        """Put a page in sight, with the rail and the status line around it unless it is one the public may see."""
        self.stack.setCurrentWidget(page)
        self.rail.show_place(page.place if self._places[page.place].in_rail else "")
        self.rail.setVisible(not page.bare)
        self.status.setVisible(not page.bare)

    def page(self, place: str) -> Page:
        """The page of a place, made now if it was not yet, or was built for other rights. The one in sight stays until
        it is left: whoever changed the rights there has not read yet what became of it."""
        worn = place in self._now.worn and self._now.pages[place] is not self.stack.currentWidget()
        if worn and not self._runner.busy:  # else the work may be its own
            self._discard(self._now.take_out(place))
        if place not in self._now.pages:
            page = self._places[place].load()(self)
            page.setAccessibleName(self._places[place].title)
            page.badge_changed.connect(lambda badge, place=place: self._set_badge(place, badge))
            self._now.pages[place] = page
            bind_export(page)
            self.stack.addWidget(page)
            page.refresh(None)
        return self._now.pages[place]

    def save_list(self) -> None:
        """Save the list of the page in sight as Excel."""
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            save_list(page)

    def _discard(self, page: Page) -> None:
        self.stack.removeWidget(page)
        page.deleteLater()

    def _set_badge(self, place: str, badge: str) -> None:
        self._now.badged.add(place)
        self.rail.set_badge(place, badge)

    def _catch_up(self, place: str) -> None:
        missed = self._now.missed.pop(place, None)
        if missed is not None:
            self._now.pages[place].refresh(missed)

    def _catch_up_badges(self) -> None:
        for place in self._now.badged:
            if self._open_to(place):
                self._catch_up(place)

    def hold(self, on: bool) -> None:
        """See `Shell`."""
        self.rail.setEnabled(not on)
        self.layers.allow(self._shortcuts, not on)

    def run_held(
        self,
        work: Iterator[Progress],
        words: str,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> None:
        """Run long work of the whole window, shown in a strip above the status line; nothing else goes on then."""
        self.held.run(work, words, done, failed, cancelled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < SMALL.width() or self.height() < SMALL.height())

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        moved = super().focusNextPrevChild(next)
        self.sight.follow(self.focusWidget())
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close and self._runner.busy:
            self.say("Wait until this is done, or cancel it; then close.", alarm=True)
        elif not self._may_close:
            self._asking = True
            self.closing.emit()
            self._asking = False
        event.setAccepted(self._may_close)
        if self._may_close:
            self.layers.hide()  # what is half typed is kept as it goes out of sight, while the school is still open
            for timer in self.findChildren(QTimer):  # whoever looks from time to time would find the school closed
                timer.stop()
            self.closed.emit()

    def close_now(self) -> None:
        """Close without asking further: whoever heard `closing` has done what is done before."""
        self._may_close = True
        if not self._asking:  # else Qt is closing the window already
            self.close()

    def _build(self) -> None:
        right, middle, whole = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for box in (right, middle, whole):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.clock_banner)
        right.addWidget(self.sight, 1)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole.addLayout(middle, 1)
        strip = QVBoxLayout()
        strip.setContentsMargins(self._theme.space(5), 0, self._theme.space(5), 0)
        strip.addWidget(self.strip)
        whole.addLayout(strip)
        whole.addWidget(self.status)
        centre = QWidget()
        centre.setLayout(whole)
        self.layers.addWidget(centre)
        self.setCentralWidget(self.layers)
        self.rail.chosen.connect(self.go)
        self.find_field.given_up.connect(self._next_pane)
        self.find_field.chosen.connect(lambda pupil: self.go("pupils", pupil=pupil))

    def _bind_keys(self, places: Sequence[Place]) -> None:
        keys: dict[str, Callable[[], object]] = {"Ctrl+K": self.rail.seek, "F6": self._next_pane}
        for number, place in enumerate(places, start=1):
            keys[f"Ctrl+{number}"] = partial(self.go, place.key)
        for key, deed in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(deed)
            self._shortcuts.append(shortcut)

    def _next_pane(self) -> None:
        """F6: from the page to the rail, and back."""
        focus = self.focusWidget()
        if focus is not None and self.rail.isAncestorOf(focus):
            page = self.stack.currentWidget()
            if isinstance(page, Page):
                page.first_focus().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.rail.focus_current()
