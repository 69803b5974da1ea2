"""A bundle as it will be on paper, with its pages small at the left and its index at the right: looked at, saved,
printed, locked, and recorded as sent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.bundle import Bundle
from desktop_app.domain.frozen import KeptBundle
from desktop_app.rules.bundle_words import bundle_name
from ui.case_keys import BUNDLE
from ui.cases.deed_panel import WIDTH as PANEL, DeedPanel
from ui.cases.going_out import GoingOut
from ui.cases.index_list import IndexList, IndexModel
from ui.cases.preview import Preview
from ui.cases.thumbs import WIDTH, Thumbs
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.shell import Shell

INDEX, LEAST = 248, 360
WITH_INDEX, WITH_THUMBS = 900, 700
"""From these widths on, in device-independent pixels, there is room for the index, and for the small pages."""


class BundlePreview(Preview):
    """Letters: the index, the pages, a locked copy, the e-mail, sent."""

    keys = BUNDLE

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = shell.theme
        self.thumbs = Thumbs(shell)
        self.index_model = IndexModel()
        self.index = IndexList(theme, self.index_model)
        self.panel = DeedPanel(shell)
        self.going_out = GoingOut(shell, self, self.strip)
        self._referral, self._on = "", date.min
        self._pictures, self._side = Card(theme, flush=True), QWidget()
        self._pictures.body.addWidget(self.thumbs)
        self._pictures.setFixedWidth(WIDTH + 2)
        self.middle.insertWidget(0, self._pictures)
        self.middle.addWidget(self._side)
        self.middle.addWidget(self.panel)
        locked = Button(theme, "Locked copy", key="K", bind=False)
        email = Button(theme, "E-mail text", key="E", bind=False, icon="copy")
        sent = Button(theme, "Sent", key="S", bind=False, icon="letter")
        leaving = Card(theme, "To the authority")
        leaving.body.setSpacing(theme.space(2))
        for button, deed in ((locked, self.ask_lock), (email, self.copy_email), (sent, self.ask_sent)):
            button.clicked.connect(deed)
            leaving.body.addWidget(button)
        contents = Card(theme, "Index", flush=True)
        contents.body.addWidget(self.index)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.space(3))
        side.addWidget(contents, 1)
        side.addWidget(leaving)
        self._side.setFixedWidth(INDEX)
        self.setMinimumWidth(LEAST)  # what stands at the sides gives way before the window does
        self.thumbs.turned.connect(self.sheet.turn_to)
        self.index.opened.connect(lambda place: self._jump(place.page))
        self.panel.closed.connect(self._make_room)

    @property
    def reference(self) -> str:
        """Of the bundle that is shown; empty: none is."""
        return self._built.reference if self._built is not None else ""

    def show_made(self, built: Bundle, referral: str, on: date, title: str) -> None:
        """Show a bundle that was just made."""
        self._referral, self._on = referral, on
        self.show_bundle(built, title)

    def show_kept(self, kept: KeptBundle, content: bytes, name: str) -> None:
        """Show a bundle that was made before: it is kept, so leaving it loses nothing."""
        self.show_made(
            Bundle(content, kept.sha256, kept.pages, kept.reference, ()), kept.referral, kept.on,
            f"{name} · {kept.title}",
        )  # fmt: skip
        self._kept = True

    def show_bundle(self, built: Bundle, title: str) -> None:
        super().show_bundle(built, title)
        self.panel.close_panel()
        if self._pages is not None:
            self.thumbs.show_document(built.content, len(self._pages))
            self.index_model.show_lines(self._pages.outline())
        self._make_room()

    def drop(self) -> None:
        self.thumbs.show_document(b"", 0)
        self.index_model.show_lines(())
        super().drop()
        self._built = None

    def suggested(self) -> str:
        """A name that no child can be told from."""
        return bundle_name(self.reference, self._referral, self._on)

    def copy_email(self) -> None:
        """Copy the text of the e-mail."""
        if self.reference:
            self.going_out.copy_email(self.reference)

    def ask_lock(self) -> None:
        """The form of a copy under a password."""
        if self.reference:
            name = bundle_name(self.reference, self._referral, self._on, locked=True)
            self.panel.open_form(self.going_out.locked(self.reference, name, self._went))
            self._make_room()

    def ask_sent(self) -> None:
        """The form of what was sent."""
        if self.reference:
            self.panel.open_form(self.going_out.sent(self.reference, self._went))
            self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        letter = event.text().upper() if plain else ""
        deeds = {
            "I": self._to_index, "T": self._to_thumbs, "K": self.ask_lock, "E": self.copy_email, "S": self.ask_sent,
        }  # fmt: skip
        pages = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End)
        if letter and letter in deeds:
            deeds[letter]()
        elif event.key() == Qt.Key.Key_Escape and (self.index.hasFocus() or self.thumbs.hasFocus()):
            self.sheet.setFocus()
        elif event.key() in pages and not self.sheet.hasFocus() and plain:
            self.sheet.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        taken = PANEL if not self.panel.isHidden() else 0
        room = self.width() - taken
        self._side.setVisible(not taken and room >= WITH_INDEX)
        self._pictures.setVisible(room >= WITH_THUMBS)

    def _went(self) -> None:
        self._kept = True

    def _to_index(self) -> None:
        (self.index if self._side.isVisible() else self.sheet).setFocus()

    def _to_thumbs(self) -> None:
        (self.thumbs if self.thumbs.isVisible() else self.sheet).setFocus()

    def _jump(self, page: int) -> None:
        self.sheet.turn_to(page)
        self.sheet.setFocus()

    def _turned(self, number: int) -> None:
        super()._turned(number)
        self.thumbs.turn_to(number)
