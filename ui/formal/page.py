"""Formal steps of a child, part by part: how each stands at the left, what is done at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.formal_page import FormalPage, formal_page
from desktop_app.actions.improving import Progress
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.progress import Changes
from ui.case_keys import FORMAL
from ui.formal.deeds import Section
from ui.formal.form import FormalForm
from ui.formal.saying import lines_of, power_words
from ui.formal.strip import KEY, ProgressStrip
from ui.keys import hints
from ui.parts.card import Card
from ui.parts.choices import ChoiceRow
from ui.parts.chords import on_chord
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.pupils.said_list import SaidList, SaidModel
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

FORM = 460
SECTIONS = tuple(Section)
NOBODY = "Formal steps are taken for one child: open its page, then X."


class FormalPlace(Page):
    """Alt+1 to Alt+4 turn to a part; Ctrl+Enter records what stands in the form."""

    place = "formal"
    help_section = "formal"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._pupil: int | None = None
        self._back = "pupils"
        self.section = Section.NOTICES
        self.page: FormalPage | None = None
        self.header = PageHeader(theme, "Formal steps", "")
        names = [(section.value, str(number)) for number, section in enumerate(SECTIONS, 1)]
        self.parts = ChoiceRow(theme, "Part", names)
        self.power = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.model = SaidModel(self)
        self.list = SaidList(theme, self.model, "How it stands")
        self.strip, self.strip_key = ProgressStrip(theme), Label(theme, KEY, TextRole.SECONDARY, "second")
        self.form = FormalForm(shell)
        self._scroll = QScrollArea()
        self._build()
        self.parts.picked.connect(lambda number: self.turn(SECTIONS[number]))
        self.list.line_moved.connect(self._draw)
        self.form.keep.clicked.connect(self._keep)

    def refresh(self, changes: Changes | None) -> None:
        if self._pupil is not None and (changes is None or changes.entries or changes.marks or changes.book):
            self._read(same=True)

    def show_at(self, **where: object) -> None:
        """`pupil` whose steps, `section` the name of the part (`notices` if left out), `back` where Esc leads."""
        pupil, back, section = where.get("pupil"), where.get("back"), str(where.get("section") or "").upper()
        self._back = back if isinstance(back, str) else "pupils"
        if isinstance(pupil, int):
            self._pupil = pupil
            self.turn(Section[section] if section in Section.__members__ else Section.NOTICES)
        elif self._pupil is None:
            self.header.set_title("Formal steps", NOBODY)
            self.form.hide()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        if self._pupil is None:
            return None
        return "notices" if self.section is Section.NOTICES else "formal", ListAsked(pupil=self._pupil)

    def first_focus(self) -> QWidget:
        return self.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.list.hasFocus() and self._pupil is not None:
            self.list.setFocus()
        elif self._pupil is not None:
            self.shell.go(self._back, pupil=self._pupil)
        else:
            self.shell.home()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll.setFixedWidth(min(FORM, max(320, self.width() * 45 // 100)))

    def turn(self, section: Section) -> None:
        """Show a part."""
        self.section = section
        self.parts.pick(SECTIONS.index(section))
        self._read(same=False)
        self.list.setFocus()

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        stands = Card(theme, "How it stands", flush=True)
        stands.body.addWidget(self.list, 1)
        pad = space(3.5)
        for widget in (self.strip, self.strip_key):
            row = QHBoxLayout()
            row.setContentsMargins(pad, 0, pad, 0)
            row.addWidget(widget)
            stands.body.addLayout(row)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.form)
        slim_bars(self._scroll, theme, "page")
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(stands, 1)
        row.addWidget(self._scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(2))
        whole.addWidget(self.header)
        whole.addWidget(self.parts)
        whole.addWidget(self.power)
        whole.addLayout(row, 1)
        whole.addWidget(KeyHints(theme, hints(FORMAL)))
        for number, section in enumerate(SECTIONS, 1):
            on_chord(self, f"Alt+{number}", partial(self.turn, section))
        on_chord(self, "Ctrl+Return", self._keep)

    def _read(self, *, same: bool) -> None:
        if self._pupil is None:
            return
        try:
            page = self.page = formal_page(self.shell.context, self._pupil)
        except Refused as refused:
            self.header.set_title("Formal steps", words_of(refused))
            self.model.show_lines(())
            self.form.hide()
            return
        self.header.set_title("Formal steps", page.notices.pupil.name)
        words = power_words(page, self.section)
        self.power.setText(f"⚠ {words}" if words else "")
        self.power.setVisible(bool(words))
        self.model.show_lines(lines_of(page, self.section))
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.form.show_part(page, self.section, same=same)
        self.form.setVisible(not self.shell.context.store.read_only)
        self._draw()

    def _draw(self) -> None:
        """The days of the Notice to Improve the line is about, or of the newest one."""
        line = self.list.line()
        chosen = line.what if line is not None else None
        found = self.page.improvements if self.page is not None and self.section is Section.IMPROVEMENT else ()
        progress = chosen if isinstance(chosen, Progress) else (found[-1] if found else None)
        self.strip.show_progress(progress, dict(self.shell.context.rulebook.codes))
        self.strip_key.setVisible(not self.strip.isHidden())

    def _keep(self) -> None:
        deed = self.form.chosen()
        if deed is None or self.form.isHidden():
            return
        context = self.shell.context
        try:
            if not context.may(deed.right):
                raise NotAllowed(context.staff.name, deed.right.words)
            changes = deed.run(context, self.form.typed())
        except Refused as refused:
            self.form.set_fault(words_of(refused))
            self.shell.say(words_of(refused), alarm=True)
            return
        self.shell.announce(changes)
        self._read(same=False)
        self.list.setFocus()
        self.shell.say(f"Recorded: {deed.title[:1].lower()}{deed.title[1:]}.")
