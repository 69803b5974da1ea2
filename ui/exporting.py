"""Ctrl+E on a page: the list that is shown becomes an Excel workbook, beside the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop_app.actions.exports.spec import ExportSpec, ListAsked
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from desktop_app.rules.display import short_date
from ui.parts.chords import on_chord
from ui.reports.kept import last_run, remember
from ui.runner import Job, words_of
from ui.shell import Page

CHORD, WORKBOOK = "Ctrl+E", ".xlsx"
NOTHING = "There is no list here to save as Excel."
NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


class ListSaver(QObject):
    """Saves what `Page.list_shown` says is on the screen. A page that lists nothing says so, and keeps its keys."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._job: Job | None = None
        on_chord(page, CHORD, self.ask)

    def ask(self) -> None:
        """Ask where the list is to go; refused in words before anything is asked, where it is not for this person."""
        from desktop_app.actions.exports.making import find_export  # noqa: PLC0415 - loaded with the first list

        shell, shown = self._page.shell, self._page.list_shown()
        if self._job is not None:
            shell.say("A list is being saved already: wait for that.")
            return
        if shown is None:
            shell.say(NOTHING)
            return
        try:
            spec = find_export(shell.context, shown[0])
        except Refused as refused:
            shell.say(words_of(refused), alarm=True)
            return
        kept = last_run(shell.context)
        folder = Path(kept.folder) if kept.usable else Path.home()
        suggested = str(folder / self._name(spec, shown[1]))
        title = f"Save this list as Excel: {spec.title}"
        chosen, _kind = QFileDialog.getSaveFileName(self._page, title, suggested, f"Excel (*{WORKBOOK})")
        if chosen:
            self.save(spec.key, shown[1], Path(chosen if chosen.lower().endswith(WORKBOOK) else chosen + WORKBOOK))

    def save(self, key: str, asked: ListAsked, path: Path) -> None:
        """Write the list there, whole or not at all."""
        from desktop_app.actions.exports.making import write_export  # noqa: PLC0415 - loaded with the first list

        shell = self._page.shell
        try:
            work = write_export(shell.context, key, asked, path)
        except Refused as refused:
            shell.say(words_of(refused), alarm=True)
            return
        self._job = shell.runner.start(work, self._tell, lambda _made: self._saved(path), self._not_saved, self._end)

    def _tell(self, progress: Progress) -> None:
        self._page.shell.say(f"{progress.text} …")

    def _saved(self, path: Path) -> None:
        self._end()
        shell = self._page.shell
        remember(shell.context, replace(last_run(shell.context), folder=str(path.parent)))
        shell.say(f"Saved: {path}")

    def _not_saved(self, error: Exception) -> None:
        self._end()
        self._page.shell.say(words_of(error), alarm=True)

    def _end(self) -> None:
        self._job = None

    def _name(self, spec: ExportSpec, asked: ListAsked) -> str:
        """What the file is called: the list, the class and the day, and no child’s name."""
        day = asked.on or self._page.shell.context.today()
        parts = (spec.title, asked.class_name, f"{short_date(day)} {day.year}")
        return f"{' '.join(filter(None, parts))}{WORKBOOK}".translate(NOT_IN_NAMES)


def bind_export(page: Page) -> None:
    """Give a page that lists something the chord that saves the list; another page keeps the chord for itself."""
    if type(page).list_shown is not Page.list_shown:
        ListSaver(page)


def save_list(page: Page) -> None:
    """As the chord does, for the School menu."""
    saver = next((one for one in page.findChildren(ListSaver)), None)
    if saver is None:
        page.shell.say(NOTHING)
    else:
        saver.ask()
