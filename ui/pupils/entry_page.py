"""One entry in full: everything it holds, what was added to it, and its files, shown inside the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.attachments import KeptFile, attach_files, open_attachment
from desktop_app.actions.pupils import EntryLine, PupilPage
from desktop_app.actions.saving import save
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import Attachment, Entry
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.rules.display import clock_time, date_year, long_date
from ui.chronology_keys import ENTRY
from ui.keys import hints
from ui.log.files import file_words, kept_filter
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.pupils.entry_words import Said
from ui.pupils.file_view import FileView
from ui.pupils.said_list import SaidLine, SaidList, SaidModel
from ui.shell import Shell
from ui.tokens import TextRole

NARROW = 640
"""Below this width, in device-independent pixels, the file stands under the words."""


class EntryPage(QWidget):
    """Shows an entry of a child's page. `left` says that the chronology was asked for again."""

    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.line: EntryLine | None = None
        self._file: KeptFile | None = None
        self.header = PageHeader(theme)
        self._words = QVBoxLayout()
        self.files_model = SaidModel(self)
        self.files = SaidList(theme, self.files_model, "Files of this entry")
        self.view = FileView(theme)
        self._build()
        self.files.line_moved.connect(self._show_picked)
        self.files.opened.connect(lambda _: self._into_file())

    def show_entry(self, page: PupilPage, line: EntryLine, said: Said) -> None:
        """Show this entry with what was added to it. The same entry again keeps the file that was looked at."""
        same = self.line is not None and self.line.entry.id == line.entry.id
        before = self.files.currentIndex().row() if same else 0
        self.line = line
        entry = line.entry
        self.header.set_title(entry.kind.label, page.pupil.name)
        when = f"{long_date(entry.happened_at.date())}, {clock_time(entry.happened_at)}"
        self.header.set_subtitle(f"{when} · logged by {entry.author.name}")
        added = [one for one in page.chronology if one.entry.adds_to == entry.id]
        self._fill(_told(line, added, said))
        files = said.files.get(entry.id, ())
        lines = [SaidLine(one.shown_name, file_words("", one.media_type, one.size), one) for one in files]
        self.files_model.show_lines(lines)
        self._beside.setVisible(bool(lines))
        self._copy.setVisible(bool(lines))
        self._attach.setVisible(entry.withdrawn is None)
        if lines:
            self.files.setCurrentIndex(self.files_model.index(min(max(before, 0), len(lines) - 1), 0))
            self._show_picked()
        else:
            self.drop()

    def drop(self) -> None:
        """Let the file go that is shown."""
        self._file = None
        self.view.drop()

    def first_focus(self) -> QWidget:
        """The files where there are some, else the words."""
        return self.files if self.files_model.rowCount() else self._scroll

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif control and event.key() == Qt.Key.Key_S:
            self.ask_copy()
        elif control and event.key() == Qt.Key.Key_O:
            self.ask_files()
        else:
            super().keyPressEvent(event)

    def ask_files(self) -> None:
        """Ask which files to keep with the entry, and keep them."""
        if self.line is None or self.line.entry.withdrawn is not None:
            return
        chosen, _kind = QFileDialog.getOpenFileNames(self, "Files for this entry", "", kept_filter())
        if chosen:
            self.attach([Path(one) for one in chosen])

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep these with the entry, all or none."""
        if self.line is None:
            return
        try:
            kept, changes = attach_files(self._shell.context, self.line.entry.id, paths)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.announce(changes)
        self._shell.say(f"Attached: {', '.join(path.name for path in paths)}.")
        self._pick(kept[0])

    def ask_copy(self) -> None:
        """Ask where to save a copy of the file that is looked at."""
        if self._file is None:
            return
        name = self._file.attachment.shown_name
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save a copy", str(Path.home() / name))
        if chosen:
            self.save_copy(Path(chosen))

    def save_copy(self, path: Path) -> None:
        """Write a copy there, whole or not at all."""
        if self._file is None:
            return
        try:
            save(self._file.content, path)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.say(f"Saved: {path}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def _back(self) -> None:
        """Out of the file to the list of files, then to the chronology."""
        if self.view.isAncestorOf(self.focusWidget() or self):
            self.files.setFocus()
        else:
            self.left.emit()

    def _pick(self, attachment: int) -> None:
        for row, line in enumerate(self.files_model.lines):
            if isinstance(line.what, Attachment) and line.what.id == attachment:
                self.files.setCurrentIndex(self.files_model.index(row, 0))
                self.files.setFocus()

    def _show_picked(self) -> None:
        line = self.files.line()
        kept = line.what if line is not None else None
        if not isinstance(kept, Attachment) or (self._file is not None and self._file.attachment.id == kept.id):
            return
        self.drop()
        try:
            self._file = open_attachment(self._shell.context, kept.id)
        except (Refused, Damaged) as wrong:
            self._shell.say(str(wrong), alarm=True)
            return
        self.view.show_file(self._file)
        self._shown.set_title(kept.shown_name)

    def _into_file(self) -> None:
        shown = self.view.stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, told: Sequence[tuple[str, str]]) -> None:
        while (item := self._words.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for title, words in told:
            body = Label(self._shell.theme, words, wrap=True)
            body.let_select()
            for label in (Label(self._shell.theme, title, TextRole.SECONDARY_STRONG, "second"), body):
                self._words.addWidget(label)
                label.show()  # a widget added to a visible parent stays hidden until it is told
            self._words.addSpacing(self._shell.theme.space(2))
        self._words.addStretch(1)

    def _build(self) -> None:
        theme = self._shell.theme
        back = Button(theme, "Back", key="Esc", bind=False)
        back.clicked.connect(self.left)
        self._attach = Button(theme, "Attach …", key="Ctrl+O", bind=False)
        self._attach.clicked.connect(self.ask_files)
        self._copy = Button(theme, "Save a copy …", key="Ctrl+S", bind=False)
        self._copy.clicked.connect(self.ask_copy)
        for button in (back, self._attach, self._copy):
            self.header.add_action(button)
        told = Card(theme, "What is recorded", flush=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setAccessibleName("What is recorded")
        slim_bars(self._scroll, theme)
        inside = QWidget()
        pad = theme.space(3.5)
        self._words.setContentsMargins(pad, theme.space(2), pad, pad)
        self._words.setSpacing(theme.space(0.5))
        inside.setLayout(self._words)
        self._scroll.setWidget(inside)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)  # the area switches it on, which would hide the card's surface
        told.body.addWidget(self._scroll, 1)
        self._beside = QWidget()
        files = Card(theme, "Files", flush=True)
        files.body.addWidget(self.files)
        files.setMaximumHeight(theme.space(48.5))
        self._shown = Card(theme, "", flush=True)
        self._shown.body.addWidget(self.view, 1)
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space(3))
        right.addWidget(files)
        right.addWidget(self._shown, 1)
        self._columns = Columns(theme.space(3), NARROW)
        self._columns.addWidget(told, 2)
        self._columns.addWidget(self._beside, 3)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addLayout(self._columns, 1)
        column.addWidget(KeyHints(theme, hints(ENTRY)))


def _told(line: EntryLine, added: Sequence[EntryLine], said: Said) -> list[tuple[str, str]]:
    """Everything an entry holds, each under its title; what was added to it at the end."""
    entry = line.entry
    whole = [("What came of it", entry.outcome), ("With", ", ".join(line.with_names)), ("Note: the facts", entry.note)]
    whole += said.details(entry)
    opinion = said.opinion(entry)
    if opinion:
        title, _, thinks = opinion.partition(": ")
        whole.append((f"{title}, apart from the facts", thinks))
    whole.append(("Recorded", _recorded(entry)))
    if entry.withdrawn is not None:
        back = entry.withdrawn
        whole.append((f"Withdrawn by {back.author.name}", back.reason))
    whole += [(f"Added by {one.entry.author.name}: {one.entry.kind.label}", _added(one.entry, said)) for one in added]
    return [(title, words) for title, words in whole if words]


def _recorded(entry: Entry) -> str:
    at = school_time(entry.recorded_at)
    return f"{date_year(at.date())}, {clock_time(at)}, by {entry.author.name}"


def _added(entry: Entry, said: Said) -> str:
    details = [f"{title}: {value}" for title, value in said.details(entry)]
    words = [entry.outcome, entry.note, *details, said.opinion(entry), said.files_line(entry.id)]
    return "\n".join(one for one in words if one)
