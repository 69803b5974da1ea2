"""The chronology beside a case: the lines of the child’s page, without what is done to them there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from desktop_app.actions.case_page import CasePage
from desktop_app.actions.pupils import EntryLine
from desktop_app.domain.entries import Entry
from desktop_app.rules.chronology import UNNAMED
from desktop_app.rules.session_lists import count_words
from ui.parts.card import Card
from ui.pupils.chronology_model import ChronologyModel, Column, lines_of
from ui.pupils.chronology_view import ChronologyView
from ui.pupils.entry_words import Said
from ui.shell import Shell
from ui.theme import Theme

AUTHOR_FROM = 640
"""Below this width, in device-independent pixels, who wrote an entry gives way to what was written."""


class CaseChronology(ChronologyView):
    """Enter opens an entry on the child’s page; every letter is the case’s own."""

    def __init__(self, theme: Theme, model: ChronologyModel) -> None:
        super().__init__(theme, model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().lower() in ("a", "w"):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def widths(self) -> dict[int, int]:
        found = dict(super().widths())
        if self.isColumnHidden(Column.AUTHOR):
            found[Column.WHAT] = max(200, self.viewport().width() - found[Column.WHEN] - found[Column.KIND])
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(Column.AUTHOR, event.size().width() < AUTHOR_FROM)
        super().resizeEvent(event)


class ChronologyCard(Card):
    """It only shows. `entry_asked` hands out the entry that is to be opened."""

    entry_asked = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Chronology", flush=True)
        self._shell = shell
        self.model = ChronologyModel(self)
        self.view = CaseChronology(shell.theme, self.model)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.addWidget(self.view, 1)
        self.view.open_asked.connect(self.entry_asked)

    def show_page(self, page: CasePage) -> None:
        """Show all of the child that may be read, the newest first; the entry one is on stays."""
        before = self.view.entry()
        lines = tuple(
            EntryLine(one, tuple(page.people.get(key, UNNAMED) for key in one.persons)) for one in page.entries
        )
        self.model.show_lines(lines_of(lines, page.on.year, self._said(page)))
        self.set_aside(count_words(len(lines), "entry", "entries"))
        if before is not None:
            self.view.pick(before.id)

    def pick(self, entry: Entry) -> bool:
        """Be on an entry; false where it is not among them."""
        self.view.pick(entry.id)
        found = self.view.entry()
        return found is not None and found.id == entry.id

    def _said(self, page: CasePage) -> Said:
        names = {f"person:{key}": name for key, name in page.parents.items()}
        names |= {f"staff:{key}": name for key, name in page.staff.items()}
        meetings = {one.key: one.title for one in page.pack.casework.meetings}
        return Said(self._shell.context.rulebook.kinds.rules, names, meetings, page.files)
