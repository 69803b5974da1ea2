"""Letters: chosen, looked at one by one, made and logged to each parent; then printed or saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.letter_book import rule_of
from desktop_app.actions.letter_making import joint, make_letters, save_letters
from desktop_app.actions.letters import letter_plan
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterOptions, LettersMade, MadeLetter, PlannedLetter
from desktop_app.domain.progress import Changes
from desktop_app.rules.session_lists import count_words
from ui import letter_keys
from ui.cases.pdf import PdfPages, print_pages
from ui.keys import hints
from ui.letters.asking import AskingView
from ui.letters.planned import PlannedView
from ui.letters.words import OUTCOMES, Outcome, outcomes
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.progress import ProgressStrip
from ui.parts.rows import RowsModel
from ui.parts.table import DataTable
from ui.reader import Reader, once
from ui.runner import Job, words_of
from ui.shell import Page, Shell


class LettersPage(Page):
    """Three views, one after another: what is wanted, the letters as they would be, and what became of them."""

    place: ClassVar[str] = "letters"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.reader = Reader(shell, self)
        self._job: Job | None = None
        self._options = LetterOptions()
        self._making: list[MadeLetter] = []
        self._from: tuple[str, int] | None = None
        self.made: tuple[MadeLetter, ...] = ()
        self.header = PageHeader(theme, "Letters")
        self.templates = Button(theme, "Templates", key="Ctrl+T", bind=False)
        self.make = Button(theme, "Make and log them", key="Ctrl+Enter", primary=True, bind=False)
        self.print = Button(theme, "Print…", key="Ctrl+P", bind=False, icon="print")
        self.save = Button(theme, "Save to a folder…", key="Ctrl+S", primary=True, bind=False)
        self.strip = ProgressStrip(theme)
        self.asking, self.planned = AskingView(shell), PlannedView(shell)
        self.list = DataTable(theme, "What became of the letters")
        self.model: RowsModel[Outcome] = RowsModel(OUTCOMES, key=lambda one: one.key)
        self.list.show_model(self.model)
        self.result = Card(theme, "What became of them", flush=True)
        self._views = QStackedLayout()
        self._foot = KeyHints(theme)
        self._build()
        self._connect()
        self._turn_to(self.asking)

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or (changes.book and self._view is self.asking):
            self.asking.open_for()

    def show_at(self, **where: object) -> None:
        """`pupils`: the children handed over, with `source` in words; `kind`: the letter to choose. With `options` too
        the letters are worked out at once; `back` is then the place and the request to go back to."""
        pupils, source, kind = where.get("pupils"), where.get("source"), where.get("kind")
        found = [one for one in pupils if isinstance(one, int)] if isinstance(pupils, Sequence) else []
        options, back = where.get("options"), where.get("back")
        if self._job is None:
            self._from = cast("tuple[str, int]", back) if isinstance(back, tuple) else None
            if found or not self.asking.model.rowCount():
                self._turn_to(self.asking)
            self.asking.open_for(found, str(source or ""), str(kind or ""))
            if isinstance(options, LetterOptions):
                self._plan(str(kind), found, options)

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "letters", ListAsked()

    def first_focus(self) -> QWidget:
        focuses = {self.asking: self.asking.list, self.planned: self.planned.list}
        return focuses.get(self._view, self.list)

    @property
    def _view(self) -> QWidget:
        return self._views.currentWidget() or self.asking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def save_to(self, folder: Path) -> None:
        """Put what was made into a folder, a file each."""
        try:
            paths = save_letters(self.made, folder)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.shell.say(f"{count_words(len(paths), 'letter', 'letters')} saved in {folder}")

    def print_on(self, printer: QPrinter) -> None:
        """Print what was made, one letter after another."""
        try:
            content = joint(self.made)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        pages = PdfPages(content)
        last = len(pages)
        pages.close()
        first, until = max(printer.fromPage(), 1) - 1, min(printer.toPage() or last, last) - 1
        self.strip.begin("Printing")
        self._job = self.shell.runner.start(
            print_pages(content, printer, first, until),
            self.strip.show_progress,
            self._printed,
            self._failed,
            self._end,
        )

    def _build(self) -> None:
        space = self.theme.space
        for button in (self.templates, self.print, self.save, self.make):
            self.header.add_action(button)
        self.result.body.addWidget(self.list)
        inside = QWidget()
        inside.setLayout(self._views)  # first: a stack without a parent would show its views as windows
        for view in (self.asking, self.planned, self.result):
            self._views.addWidget(view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(self.strip)
        whole.addWidget(inside, 1)
        whole.addWidget(self._foot)

    def _connect(self) -> None:
        self.asking.wanted.connect(self._plan)
        self.planned.changed.connect(self._count)
        self.strip.cancelled.connect(self._cancel)
        self.list.opened.connect(lambda _row: self._ask_folder())
        deeds = {
            "Ctrl+Return": (self.make, self._go_on),
            "Ctrl+P": (self.print, self._ask_printer),
            "Ctrl+S": (self.save, self._ask_folder),
            "Ctrl+T": (self.templates, lambda: self.shell.go("letter-templates")),
        }
        for chord, (button, deed) in deeds.items():
            on_chord(self, chord, deed)
            button.clicked.connect(deed)

    def _turn_to(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        self.make.setVisible(view is self.planned)
        self.templates.setVisible(view is self.asking)
        for button in (self.print, self.save):
            button.setVisible(view is self.result)
        keys = {self.asking: letter_keys.LETTERS, self.planned: letter_keys.LETTERS_PLANNED}
        self._foot.set_hints(hints(keys.get(view, letter_keys.LETTERS_MADE)))
        if view is self.asking:
            self.header.set_title("Letters")
            self.header.set_subtitle("Choose the letter and the children; each is looked at before it is made")

    def _go_on(self) -> None:
        if self._view is self.asking and self.asking.look.isEnabled():
            self.asking.ask()
        elif self._view is self.planned:
            self._make()

    def _plan(self, kind: str, pupils: Sequence[int], options: LetterOptions) -> None:
        context, self._options = self.shell.context, options
        self.header.set_subtitle("Working out the letters …")
        self.reader.read(
            once("Working out the letters", lambda: letter_plan(context, kind, pupils, options)),
            self._show_plan,
            self._no_plan,
        )

    def _no_plan(self, error: Exception) -> None:
        self.header.set_subtitle("Choose the letter and the children; each is looked at before it is made")
        self.asking.say(words_of(error))

    def _show_plan(self, planned: tuple[PlannedLetter, ...]) -> None:
        self._turn_to(self.planned)
        self.header.set_title(rule_of(planned[0].letter.kind).title)
        self.planned.show_planned(planned)
        self._count()

    def _count(self) -> None:
        planned, decisions = self.planned.planned, self.planned.decisions
        waits = sum(not decisions.ready(one) for one in planned)
        words = count_words(len(planned), "letter", "letters")
        left = f", {len(decisions.dropped)} left out" if decisions.dropped else ""
        asked = f" · ▲ {waits} to decide about" if waits else " · ready to be made"
        self.header.set_subtitle(f"{words}{left}{asked}")

    def _make(self) -> None:
        if self._job is not None:
            return
        waits = self.planned.not_ready()
        if waits is not None:
            self.shell.say(
                f"{waits.child}: decide about this letter first. D leaves it out, R says why it goes.", alarm=True
            )
            return
        self._making = []
        decisions = self.planned.decisions
        try:
            work = make_letters(
                self.shell.context,
                self.planned.planned,
                self._options,
                reasons=decisions.reasons,
                dropped=decisions.dropped,
                done=self._making.append,
            )
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.strip.begin("Making letters")
        self.shell.hold(True)
        self._job = self.shell.runner.start(
            work, self.strip.show_progress, self._show_made, self._failed, self._stopped
        )

    def _show_made(self, found: LettersMade) -> None:
        self._end()
        self.made = found.made
        every = {one.key: one for one in self.planned.planned}
        self.model.set_rows(outcomes(every, found))
        self.planned.drop()
        self._turn_to(self.result)
        left = len(every) - len(found.made)
        entries = sum(len(one.entries) for one in found.made)
        letters, people = (len(found.made), "letter", "letters"), (entries, "person", "people")
        words = f"{count_words(*letters)} made, logged to {count_words(*people)}"
        self.header.set_subtitle(words + (f" · {left} not made" if left else ""))
        for button in (self.print, self.save):
            button.setEnabled(bool(found.made))
        self.list.setFocus()
        self.list.setCurrentIndex(self.list.proxy.index(0, 0))
        self.shell.announce(Changes(entries=True, book=True))
        self.shell.say(f"{words}. Print or save them now: the files are kept with the children too.")

    def _stopped(self) -> None:
        """Cancelled: those that were made are logged, and can be printed."""
        self._show_made(LettersMade(tuple(self._making), ()))

    def _failed(self, error: Exception) -> None:
        self._end()
        self.shell.say(words_of(error), alarm=True)
        if self._making and self._view is self.planned:
            self._stopped()

    def _printed(self, count: int) -> None:
        self._end()
        self.shell.say(f"{count_words(count, 'page', 'pages')} sent to the printer.")

    def _end(self) -> None:
        self._job = None
        self.strip.end()
        self.shell.hold(False)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ask_printer(self) -> None:
        if self._view is not self.result or not self.made or self._job is not None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Letters")
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def _ask_folder(self) -> None:
        if self._view is self.result and self.made:
            chosen = QFileDialog.getExistingDirectory(self, "Save the letters in", str(Path.home()))
            if chosen:
                self.save_to(Path(chosen))

    def _leave(self) -> None:
        if self._job is not None:
            self.shell.say("Wait until this is done, or cancel it.", alarm=True)
        elif self._view is self.planned and self.planned.step_back():
            return
        elif self._view is self.asking:
            self.shell.home()
        else:
            self.planned.drop()
            self.made = ()
            self._turn_to(self.asking)
            if self._from is None:
                self.asking.list.setFocus()
            else:
                place, request = self._from
                self.shell.go(place, request=request)
