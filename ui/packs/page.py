"""The authority’s pack: what is in force and since when, what it says; and a copy of it changed, checked, adopted."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.packs import (
    LONGEST,
    PackCheck,
    PackLine,
    adopt_pack,
    check_pack,
    drop_packs,
    pack_lines,
    pack_text,
)
from desktop_app.actions.saving import save
from desktop_app.context import Context
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack
from desktop_app.rules.display import date_year
from ui import letter_keys
from ui.keys import hints
from ui.packs.changing import ChangingCard
from ui.packs.reading import ReadingText
from ui.packs.words import Look, Said, pack_words
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.flow import Columns, Flow
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.reader import Reader, once
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

NARROW = 900
NO_PACK = "The school’s authority has no pack of its own: the bands of England hold, and nothing is changed here."
COLUMNS: tuple[Column[PackLine], ...] = (
    Column(
        "Version",
        lambda line: f"{line.version}{' · in force' if line.in_force else ''}",
        second=lambda line: "as shipped" if line.since is None else f"since {date_year(line.since)}, {line.by}",
        strong=lambda line: line.in_force,
    ),
)


class PacksPage(Page):
    """The versions at the left; at the right what the chosen one says, or the copy that is being changed."""

    place: ClassVar[str] = "pack"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.reader = Reader(shell, self)
        self.header = PageHeader(theme, "Authority pack")
        self.change = Button(theme, "Change a copy", key="Ctrl+E", primary=True, bind=False)
        self.save_as = Button(theme, "Save as…", key="Ctrl+S", bind=False)
        self.bring_in = Button(theme, "Open a file…", key="Ctrl+O", bind=False)
        self.drop = Button(theme, "Back to shipped", key="Ctrl+Del", bind=False)
        self.list = DataTable(theme, "Versions of the pack")
        self.model: RowsModel[PackLine] = RowsModel(COLUMNS, key=lambda line: line.entry)
        self.list.show_model(self.model)
        self.about = Label(theme, "", TextRole.BODY, "second", wrap=True)
        self.text = ReadingText(theme, "What the pack says")
        self.changing = ChangingCard(shell)
        self.reason = AnswerLine(theme, "The authority sent a new version; ours is not needed any more")
        self.reason_field = Field(theme, "Why the school goes back to the pack as shipped", self.reason)
        self.card = Card(theme, "What it says", flush=True)
        self._right = QStackedLayout()
        self._shown: int | None = None
        self._to_held = False
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.entries or changes.book:
            self._read()

    def show_at(self, **where: object) -> None:
        del where
        self._read()

    def first_focus(self) -> QWidget:
        return self.changing.first_focus() if self.is_changing else self.list

    @property
    def is_changing(self) -> bool:
        """Whether a copy is open as text."""
        return self._right.currentWidget() is self.changing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def open_text(self, text: str) -> None:
        """Open a text as the copy that is changed."""
        self._right.setCurrentWidget(self.changing)
        self.changing.open_text(text)
        self._allow()

    def export_to(self, path: Path) -> None:
        """Write the text that is in sight to a file."""
        picked = self._picked()
        try:
            text = (
                self.changing.text if self.is_changing else pack_text(self.shell.context, picked.entry if picked else 0)
            )
            save(text.encode("utf-8"), path)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.shell.say(f"Saved: {path}")

    def import_from(self, path: Path) -> None:
        """Open the text of a file as the copy; nothing is adopted by that."""
        try:
            if path.stat().st_size > 4 * LONGEST:
                raise Refused(f"{path.name} is much longer than any pack: choose a pack’s .toml file.")
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.shell.say(f"{path.name} is no text: a pack is a .toml file, saved as UTF-8.", alarm=True)
        except (Refused, OSError) as error:
            self.shell.say(words_of(error), alarm=True)
        else:
            self.open_text(text)
            self.shell.say(f"{path.name} is open as a copy. Ctrl+Enter checks it; nothing holds before it is adopted.")

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        self.header.add_action(self.change)
        left, right = Card(theme, "Versions", flush=True), QWidget()
        left.body.addWidget(self.list, 1)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        below.setSpacing(space(2))
        below.addWidget(self.about)
        below.addWidget(self.reason_field)
        others = QWidget()
        flow = Flow(others, gap=space(2))
        for button in (self.bring_in, self.save_as, self.drop):
            flow.addWidget(button)
        below.addWidget(others)
        self.reason_field.hide()
        left.body.addWidget(foot)
        self.card.body.addWidget(self.text)
        right.setLayout(self._right)
        self._right.addWidget(self.card)
        self._right.addWidget(self.changing)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(left, 2)
        self._columns.addWidget(right, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._columns, 1)
        whole.addWidget(KeyHints(theme, hints(letter_keys.PACK)))

    def _connect(self) -> None:
        self.list.current_row.connect(lambda _row: self._show())
        self.list.opened.connect(lambda _row: self.text.setFocus())
        self.reason.given.connect(self._drop)
        self.reason.gave_up.connect(self._keep)
        self.changing.check_asked.connect(self._check)
        self.changing.adopt_asked.connect(self._adopt)
        deeds = {
            "Ctrl+E": (self.change, self._change),
            "Ctrl+S": (self.save_as, self._ask_save),
            "Ctrl+O": (self.bring_in, self._ask_open),
            "Ctrl+Del": (self.drop, self._ask_drop),
            "Ctrl+Return": (None, self._check),
            "Ctrl+F": (None, self.changing.to_find),
        }
        for chord, (button, deed) in deeds.items():
            on_chord(self, chord, deed)
            if button is not None:
                button.clicked.connect(deed)

    def _picked(self) -> PackLine | None:
        found = self.list.selected()
        return found if isinstance(found, PackLine) else None

    def _has_pack(self) -> bool:
        with self.shell.context.store.reading() as reading:
            return reading.book.school().la in self.shell.context.rulebook.packs

    def _read(self) -> None:
        if not self._has_pack():
            self.header.set_subtitle(NO_PACK)
            self._allow()
            return
        context = self.shell.context
        self.reader.read(once("Reading the versions", lambda: pack_lines(context)), self._answer)

    def _answer(self, lines: tuple[PackLine, ...]) -> None:
        picked, self._shown = self._picked(), None
        self.model.set_rows(lines)
        held = next(line for line in lines if line.in_force or line is lines[-1])
        picked = None if self._to_held else picked
        self._to_held = False
        wanted = picked.entry if picked and any(line.entry == picked.entry for line in lines) else held.entry
        since = f"since {date_year(held.since)}, by {held.by}: {held.reason}" if held.since else "as shipped"
        self.header.set_subtitle(f"In force: {held.title}, version {held.version}, {since}")
        self.list.select_key(wanted)
        self._show()

    def _show(self) -> None:
        picked = self._picked()
        self._allow()
        if picked is None or picked.entry == self._shown:
            return
        self._shown = picked.entry
        self.card.set_title(f"{picked.title}, version {picked.version}")
        self.card.set_aside("in force" if picked.in_force else "not in force")
        self.about.setText(picked.reason if not picked.fault else f"⚠ {picked.fault}")
        context, entry, in_force = self.shell.context, picked.entry, picked.in_force
        work = once("Reading the pack", lambda: pack_words(_pack(context, entry, in_force=in_force)))
        self.reader.read(work, self.text.show_said, self._cannot_show)

    def _cannot_show(self, error: Exception) -> None:
        words = str(error) if isinstance(error, Damaged) else words_of(error)
        self.text.show_said((Said(Look.TITLE, "This version cannot be read any more"), Said(Look.TEXT, words)))

    def _allow(self) -> None:
        context = self.shell.context
        has = self._has_pack()
        may = has and context.may(Right.TEMPLATES) and not context.store.read_only
        self.change.setEnabled(may and not self.is_changing)
        self.bring_in.setEnabled(may)
        self.save_as.setEnabled(has)
        self.drop.setEnabled(may and any(line.in_force and line.entry for line in self.model.rows))

    def _change(self) -> None:
        picked = self._picked()
        if not self.change.isEnabled() or picked is None:
            return
        if self.changing.touched:
            self.open_text(self.changing.text)
            return
        try:
            self.open_text(pack_text(self.shell.context, 0 if picked.in_force else picked.entry))
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)

    def _check(self) -> None:
        if not self.is_changing:
            return
        context, text = self.shell.context, self.changing.text
        self.changing.wait()
        self.reader.read(once("Checking", lambda: check_pack(context, text)), self._checked, self._fault)

    def _checked(self, found: PackCheck) -> None:
        self.changing.show_check(found.pack.version, found.changes)
        self.shell.say(f"It can be used. Say why, and Enter adopts version {found.pack.version}.")

    def _fault(self, error: Exception) -> None:
        self.changing.show_fault(words_of(error))
        self.shell.say(words_of(error), alarm=True)

    def _adopt(self, reason: str) -> None:
        try:
            changes = adopt_pack(self.shell.context, self.changing.text, reason)
        except Refused as refused:
            self._fault(refused)
            return
        self.changing.close_text()
        self._right.setCurrentWidget(self.card)
        self._to_held = True
        self.shell.announce(changes)
        self.shell.say("Adopted: it holds from now on. Open cases go on under the version they were opened with.")
        self.list.setFocus()

    def _ask_drop(self) -> None:
        if self.drop.isEnabled():
            self.reason_field.show()
            self.reason.setFocus()

    def _keep(self) -> None:
        self.reason.clear()
        self.reason_field.hide()
        self.list.setFocus()

    def _drop(self) -> None:
        try:
            changes = drop_packs(self.shell.context, self.reason.text())
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self._keep()
        self._to_held = True
        self.shell.announce(changes)
        self.shell.say("The pack as shipped holds again. What the school had stays in the list.")

    def _ask_save(self) -> None:
        if self.save_as.isEnabled():
            chosen, _kind = QFileDialog.getSaveFileName(
                self, "Save the pack", str(Path.home() / "pack.toml"), "Pack (*.toml)"
            )
            if chosen:
                self.export_to(Path(chosen))

    def _ask_open(self) -> None:
        if self.bring_in.isEnabled():
            chosen, _kind = QFileDialog.getOpenFileName(self, "Open a pack", str(Path.home()), "Pack (*.toml)")
            if chosen:
                self.import_from(Path(chosen))

    def _leave(self) -> None:
        """From the reason to the text, from the text to the pack (what was typed stays), and from there out."""
        if not self.is_changing:
            self.shell.home()
        elif not self.changing.step_back():
            self._right.setCurrentWidget(self.card)
            self._allow()
            self.list.setFocus()
            if self.changing.touched:
                self.shell.say("What you changed is kept until the window is closed: Ctrl+E goes on with it.")


def _pack(context: Context, entry: int, *, in_force: bool) -> Pack:
    """The pack of a version, as it is used or was."""
    if in_force:
        with context.store.reading() as reading:
            return context.pack(reading.book.school())
    if not entry:
        with context.store.reading() as reading:
            return context.rulebook.packs[reading.book.school().la]
    return context.rulebook.texts.read(pack_text(context, entry))
