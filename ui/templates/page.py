"""The templates of letters: every kind in every language, its words, a preview with a made-up child, Word files, and
the logo and signature of all letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.letter_book import Picture
from desktop_app.actions.saving import save
from desktop_app.actions.template_files import template_fields, word_of_template
from desktop_app.actions.templates import (
    TemplateLine,
    back_to_shipped,
    import_word,
    keep_picture,
    picture,
    preview_template,
    remove_picture,
    save_template,
    templates,
)
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from ui import letter_keys
from ui.cases.pdf import PdfPages
from ui.cases.sheet import PageSheet
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.flow import Columns, Flow
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.reader import Reader, once
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.templates.editor import TemplateEditor
from ui.tokens import TextRole

NARROW = 900
PICTURES = {Picture.LOGO: "Logo", Picture.SIGNATURE: "Signature"}


def whose_words(line: TemplateLine) -> str:
    """In which language, and whose it is."""
    found = line.template
    whose = "not written yet" if found is None else "as shipped" if not found.own else "the school’s own"
    return f"{line.language.title} · {whose}{', a Word file' if found is not None and found.word else ''}"


COLUMNS: tuple[Column[TemplateLine], ...] = (
    Column(
        "Letter",
        lambda line: line.rule.title,
        second=whose_words,
        strong=lambda line: line.template is not None and line.template.own,
    ),
)


class TemplatesPage(Page):
    """The list at the left; at the right the words of one, or its page."""

    place: ClassVar[str] = "letter-templates"
    help_section: ClassVar[str] = "templates"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.reader = Reader(shell, self)
        self._pages: PdfPages | None = None
        self._shown: tuple[str, str] | None = None
        self.header = PageHeader(
            theme, "Templates of letters", "What letters say; each letter that was made stays as it was"
        )
        self.list = DataTable(theme, "Letters, in each language")
        self.model: RowsModel[TemplateLine] = RowsModel(COLUMNS, key=lambda line: (line.rule.key, line.language.key))
        self.list.show_model(self.model)
        self.editor = TemplateEditor(shell)
        self.sheet = PageSheet(theme)
        self.look = Button(theme, "Preview", key="Ctrl+P", bind=False)
        self.word_in = Button(theme, "Word file in…", key="Ctrl+O", bind=False)
        self.word_out = Button(theme, "Word file out…", key="Ctrl+E", bind=False)
        self.shipped = Button(theme, "As shipped", key="Ctrl+Del", bind=False)
        self.keep = Button(theme, "Save", key="Ctrl+S", primary=True, bind=False)
        self.pictures = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.logo = Button(theme, "Logo…")
        self.signature = Button(theme, "Signature…")
        self.no_logo = Button(theme, "No logo", key="Alt+L", bind=False)
        self.no_signature = Button(theme, "No signature", key="Alt+G", bind=False)
        self._right = QStackedLayout()
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.entries:
            self._read()

    def show_at(self, **where: object) -> None:
        del where
        if not self.model.rowCount():
            self._read()

    def first_focus(self) -> QWidget:
        return self.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def take_word(self, path: Path) -> None:
        """Bring a Word file in as the template."""
        line = self._picked()
        if line is not None:
            self._write(
                lambda: import_word(self.shell.context, line.rule.key, line.language.key, path)[1],
                f"{path.name} is the letter from now on.",
            )

    def put_word(self, path: Path) -> None:
        """Write the template as a Word file."""
        line = self._picked()
        if line is None:
            return
        try:
            save(word_of_template(self.shell.context, line.rule.key, line.language.key), path)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.shell.say(f"Saved: {path}")

    def take_picture(self, which: Picture, path: Path) -> None:
        """Keep the logo or the signature for every letter."""
        said = f"{PICTURES[which]} kept for every letter."
        self._write(lambda: keep_picture(self.shell.context, which, path), said, forget=False)

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        for button in (self.look, self.keep):
            self.header.add_action(button)
        others = QWidget()
        flow = Flow(others, gap=space(2))
        for button in (self.word_in, self.word_out, self.shipped):
            flow.addWidget(button)
        self.editor.body.addWidget(others)
        left, right = Card(theme, "Letters", flush=True), QWidget()
        left.body.addWidget(self.list, 1)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        below.setSpacing(space(2))
        below.addWidget(self.pictures)
        pictures = QWidget()
        row = Flow(pictures, gap=space(2))
        for button in (self.logo, self.signature, self.no_logo, self.no_signature):
            row.addWidget(button)
        below.addWidget(pictures)
        left.body.addWidget(foot)
        right.setLayout(self._right)
        self._right.addWidget(self.editor)
        self._right.addWidget(self.sheet)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(left, 2)
        self._columns.addWidget(right, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._columns, 1)
        whole.addWidget(KeyHints(theme, hints(letter_keys.TEMPLATES)))

    def _connect(self) -> None:
        self.list.current_row.connect(lambda _row: self._show())
        self.list.opened.connect(lambda _row: self.editor.text.setFocus())
        self.logo.clicked.connect(lambda: self._ask_picture(Picture.LOGO))
        self.signature.clicked.connect(lambda: self._ask_picture(Picture.SIGNATURE))
        deeds = {
            "Ctrl+P": (self.look, self._preview),
            "Ctrl+O": (self.word_in, self._ask_word),
            "Ctrl+E": (self.word_out, self._ask_out),
            "Ctrl+Del": (self.shipped, self._as_shipped),
            "Ctrl+S": (self.keep, self._save),
            "Ctrl+I": (None, self.editor.put_in),
            "Alt+L": (self.no_logo, lambda: self.drop_picture(Picture.LOGO)),
            "Alt+G": (self.no_signature, lambda: self.drop_picture(Picture.SIGNATURE)),
        }
        for chord, (button, deed) in deeds.items():
            on_chord(self, chord, deed)
            if button is not None:
                button.clicked.connect(deed)

    def _picked(self) -> TemplateLine | None:
        found = self.list.selected()
        return found if isinstance(found, TemplateLine) else None

    def _read(self) -> None:
        context = self.shell.context
        had = self._picked()
        self.model.set_rows(templates(context))
        wanted = (had.rule.key, had.language.key) if had is not None else None
        if wanted is None or not self.list.select_key(wanted):
            self.list.setCurrentIndex(self.list.proxy.index(0, 0))
        has = {which: words for which, words in PICTURES.items() if picture(context, which)}
        self.pictures.setText(
            f"On every letter: {' and '.join(has.values()).lower()}" if has else "No logo and no signature yet"
        )
        self.no_logo.setVisible(Picture.LOGO in has)
        self.no_signature.setVisible(Picture.SIGNATURE in has)
        may = context.may(Right.TEMPLATES) and not context.store.read_only
        for button in (
            *(self.keep, self.word_in, self.shipped),
            *(self.logo, self.signature, self.no_logo, self.no_signature),
        ):
            button.setEnabled(may)
        if not self.editor.touched:
            self._shown = None
        self._show()

    def _show(self) -> None:
        """What was changed and not saved stays: the list goes back to it."""
        line = self._picked()
        if line is None:
            return
        here = (line.rule.key, line.language.key)
        if self._shown == here:
            return
        if self._shown is not None and self.editor.touched:
            self.list.select_key(self._shown)
            self.shell.say("Save what you changed first, or Esc gives it up.", alarm=True)
            return
        self._shown = here
        self.editor.set_title(line.rule.title)
        self.editor.set_aside(whose_words(line))
        fields = template_fields(self.shell.context, line.rule.key)
        self.editor.show_template(line.template, fields, right_to_left=line.language.right_to_left)
        self.editor.text.setReadOnly(self.editor.text.isReadOnly() or not self.shell.context.may(Right.TEMPLATES))
        self._right.setCurrentWidget(self.editor)

    def _save(self) -> None:
        line, (subject, body) = self._picked(), self.editor.words
        if line is None or not self.keep.isEnabled():
            return
        try:
            _, changes = save_template(self.shell.context, line.rule.key, line.language.key, subject, body)
        except Refused as refused:
            self.editor.say(str(refused), fault=True)
            self.shell.say(str(refused).partition("\n")[0], alarm=True)
            return
        self._forget()
        self.shell.announce(changes)
        self.shell.say("Saved: letters say this from now on.")

    def _as_shipped(self) -> None:
        line = self._picked()
        if line is not None and self.shipped.isEnabled():
            self._write(
                lambda: back_to_shipped(self.shell.context, line.rule.key, line.language.key),
                "The letter as shipped holds again; the school’s own stays on record.",
            )

    def _write(self, deed: Callable[[], Changes], words: str, *, forget: bool = True) -> None:
        """Do it. What is half typed goes where the template itself is another now (`forget`)."""
        try:
            changes = deed()
        except Refused as refused:
            self.editor.say(str(refused), fault=True)
            self.shell.say(str(refused).partition("\n")[0], alarm=True)
            return
        if forget:
            self._forget()
        self.shell.announce(changes)
        self.shell.say(words)

    def _forget(self) -> None:
        """What stands in the form is what holds, or goes."""
        self._shown = None
        self.editor.take_as_held()

    def _preview(self) -> None:
        line, (subject, body) = self._picked(), self.editor.words
        if line is None:
            return
        if line.template is not None and line.template.word:
            self.shell.say("A Word file is looked at in Word: Ctrl+E saves it.")
            return
        context, kind, language = self.shell.context, line.rule.key, line.language.key
        self.reader.read(
            once("Drawing the letter", lambda: preview_template(context, kind, language, subject, body)),
            self._show_page,
            lambda error: self.editor.say(words_of(error), fault=True),
        )

    def _show_page(self, content: bytes) -> None:
        before, self._pages = self._pages, PdfPages(content)
        self.sheet.show_pages(self._pages)
        if before is not None:
            before.close()
        self._right.setCurrentWidget(self.sheet)
        self.sheet.setFocus()

    def _ask_word(self) -> None:
        if self.word_in.isEnabled():
            chosen, _kind = QFileDialog.getOpenFileName(self, "A Word file", str(Path.home()), "Word (*.docx)")
            if chosen:
                self.take_word(Path(chosen))

    def _ask_out(self) -> None:
        line = self._picked()
        if line is not None:
            name = str(Path.home() / f"{line.rule.key}-{line.language.key}.docx")
            chosen, _kind = QFileDialog.getSaveFileName(self, "Save as a Word file", name, "Word (*.docx)")
            if chosen:
                self.put_word(Path(chosen))

    def _ask_picture(self, which: Picture) -> None:
        """One that is there is replaced; where no file is chosen, nothing changes."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, PICTURES[which], str(Path.home()), "Pictures (*.png *.jpg *.jpeg)"
        )
        if chosen:
            self.take_picture(which, Path(chosen))

    def drop_picture(self, which: Picture) -> None:
        """Make letters without it; those that were made keep it, and so does the record."""
        said = f"Letters go without the {which.value} now."
        self._write(lambda: remove_picture(self.shell.context, which), said, forget=False)

    def _leave(self) -> None:
        if self._right.currentWidget() is self.sheet:
            self._right.setCurrentWidget(self.editor)
            self.editor.text.setFocus()
        elif self.editor.touched:
            self._forget()
            self._show()
            self.list.setFocus()
            self.shell.say("Put back as it holds.")
        elif not self.list.hasFocus():
            self.list.setFocus()
        else:
            self.shell.go("letters")
