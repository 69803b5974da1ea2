"""The place Pupils: the list, and one child's page behind it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.pupils import pupil_list, pupil_page
from desktop_app.domain.entries import Entry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from ui.pupils.child import ChildView
from ui.pupils.entry_page import EntryPage
from ui.pupils.listing import Listing
from ui.shell import Page, Shell


class PupilsPage(Page):
    """Reads rows and pages from the actions and hands them to the two views."""

    place: ClassVar[str] = "pupils"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.listing = Listing(shell)
        self.child = ChildView(shell)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.listing)
        self._stack.addWidget(self.child)
        self.entry = EntryPage(shell)
        self._stack.addWidget(self.entry)
        self._stale = False
        self._formed = False
        self.listing.opened.connect(self._open)
        self.listing.explain_asked.connect(self._explain)
        self.child.left.connect(self._back)
        self.child.entry_asked.connect(self._open_entry)
        self.entry.left.connect(self._leave_entry)

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.marks or changes.book:
            self._stale = True
            if not self._on_child():
                self._read_list()
        page = self.child.page
        if page is None or self._stack.currentWidget() is self.listing:
            return
        family = {page.pupil.id, *(sibling.pupil.id for sibling in page.siblings)}
        if changes is None or changes.book or not changes.pupils or family & changes.pupils:
            self.child.show_page(pupil_page(self.shell.context, page.pupil.id))
            if self._stack.currentWidget() is self.entry and self.entry.line is not None:
                self._show_entry(self.entry.line.entry)

    def show_at(self, **where: object) -> None:
        """`pupil`, and of that child: `explain`, how its figure is reached; `form`, the letter of the form to open;
        `person`, whose contact it shows; or `entry`, the number of the one to read."""
        pupil = where.get("pupil")
        if isinstance(pupil, int):
            (self._explain if where.get("explain") else self._open)(pupil)
            self._formed = isinstance(where.get("form"), str)
            if self._on_child():
                self._turn_to(where.get("form"), where.get("person"), where.get("entry"))
        elif not where and self._stack.currentWidget() is not self.listing:
            self._back()

    def _turn_to(self, form: object, person: object, entry: object) -> None:
        if isinstance(form, str):
            self.child.beside.ask(form)
            if isinstance(person, int):
                self.child.beside.contacts.choose(person)
        elif self.child.page is not None:
            found = next((one.entry for one in self.child.page.chronology if one.entry.id == entry), None)
            if found is not None:
                self.child.chronology.pick(found.id)
            self._open_entry(found)

    def list_shown(self) -> tuple[str, ListAsked] | None:
        if self._stack.currentWidget() is self.listing or self.child.page is None:
            return "pupils", self.listing.list_shown()
        return self.child.beside.list_key, ListAsked(pupil=self.child.page.pupil.id)

    def first_focus(self) -> QWidget:
        if self._stack.currentWidget() is self.entry:
            return self.entry.first_focus()
        if self._formed and self._on_child() and (inside := self.child.beside.focusWidget()) is not None:
            return inside
        return self.child.first_focus() if self._on_child() else self.listing.first_focus()

    def _open_entry(self, entry: object) -> None:
        if isinstance(entry, Entry) and self._show_entry(entry):
            self._stack.setCurrentWidget(self.entry)
            self.entry.first_focus().setFocus()

    def _show_entry(self, entry: Entry) -> bool:
        """Whether the entry is on the child's page."""
        page = self.child.page
        line = next((one for one in page.chronology if one.entry.id == entry.id), None) if page is not None else None
        if page is None or line is None:
            return False
        self.entry.show_entry(page, line, self.child.said)
        return True

    def _leave_entry(self) -> None:
        self.entry.drop()
        self._stack.setCurrentWidget(self.child)
        self.child.chronology.setFocus()

    def _on_child(self) -> bool:
        return self._stack.currentWidget() is self.child

    def _read_list(self) -> None:
        self._stale = False
        self.listing.show_rows(pupil_list(self.shell.context))

    def _open(self, pupil: int) -> None:
        try:
            page = pupil_page(self.shell.context, pupil)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.listing.pick(pupil)
        self.entry.drop()
        self.child.show_page(page)
        self._stack.setCurrentWidget(self.child)
        self.child.first_focus().setFocus()

    def _explain(self, pupil: int) -> None:
        self._open(pupil)
        if self._on_child():
            self.child.explain(show=True)

    def _back(self) -> None:
        """The list again, with the child who was looked at still picked."""
        if self._stale:
            self._read_list()
        self.entry.drop()
        self._stack.setCurrentWidget(self.listing)
        if self.child.page is not None:
            self.listing.pick(self.child.page.pupil.id)
        self.listing.first_focus().setFocus()
