"""The school’s own log: a line for each entry, the newest first, and beside it the form for another."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.school_log import log_school, school_log, take_back
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.rules.display import date_year
from desktop_app.rules.school_log import policy_words
from ui import figure_keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.runner import words_of
from ui.school_log.form import SchoolForm
from ui.shell import Page, Shell

NARROW = 760
FORM = 384


def _what(row: SchoolLine) -> str:
    return f"{row.what}, version {row.version}" if row.version else row.what


def _more(row: SchoolLine) -> str:
    """Under what it was: how long the policy holds, and who; or why it was taken back."""
    if row.withdrawn:
        return f"Taken back: {row.withdrawn}"
    policy = policy_words(row, row.day) if row.kind is SchoolKind.POLICY else ""
    return " · ".join(words for words in (policy, row.who) if words)


COLUMNS: tuple[Column[SchoolLine], ...] = (
    Column("Day", lambda row: date_year(row.day), width=17, sort=lambda row: (row.day, row.entry)),
    Column("Kind", lambda row: row.kind.label, width=16),
    Column("What it was", _what, second=_more),
    Column("Put down by", lambda row: row.author.name if row.author else "", width=16),
)


class SchoolLogPage(Page):
    """Ctrl+N goes to the form, Ctrl+Enter keeps what stands there; Ctrl+Del asks why a line is taken back."""

    place: ClassVar[str] = "school-log"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "Training, assemblies, the policy", "About no pupil; governors see how often")
        self.model: RowsModel[SchoolLine] = RowsModel(COLUMNS, key=lambda row: row.entry)
        self.table = DataTable(theme, "The school’s own log")
        self.table.show_model(self.model)
        self.why = AnswerLine(theme, "It was put down twice")
        self.asking = Field(theme, "Why is it taken back?", self.why)
        self.form = SchoolForm(shell)
        self.fault = Label(theme, "", ink="alarm", wrap=True)
        self.keep = Button(theme, "Keep it", key="Ctrl+Enter", primary=True, bind=False)
        self.card = Card(theme, "Something new")
        self._entry = 0
        self._begun = False
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.entries:
            self._read()

    def show_at(self, **where: object) -> None:
        """`kind`: the form for something new of that kind. Else nothing is picked, the newest line is current."""
        kind = where.get("kind")
        self._read()
        context = self.shell.context
        may = context.may(Right.SETTINGS) and not context.store.read_only
        self.card.setVisible(may)
        self._give_up()
        self._begun = may and kind in list(SchoolKind)
        if self._begun:
            self.form.kind.choose(SchoolKind(str(kind)))

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "school-log", ListAsked()

    def first_focus(self) -> QWidget:
        if self._begun:
            return self.form.kind
        return self.table if self.model.rowCount() or self.card.isHidden() else self.form.kind

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self._columns.fit(self.width())
        self.card.setMaximumWidth(self.width() if stacked else FORM)

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        listed = Card(theme, flush=True)
        listed.body.addWidget(self.table)
        listed.body.addWidget(self.asking)
        self.asking.setContentsMargins(space(3), space(2), space(3), space(2.5))
        self.asking.hide()
        body = self.card.body
        body.addWidget(self.form)
        body.addWidget(self.fault)
        body.addLayout(row_of(self.keep))
        body.addStretch(1)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(listed, 1)
        self._columns.addWidget(self.card, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._columns, 1)
        whole.addWidget(KeyHints(theme, hints(figure_keys.SCHOOL_LOG)))

    def _connect(self) -> None:
        self.keep.clicked.connect(self._keep)
        self.why.given.connect(self._take_back)
        self.why.gave_up.connect(self._give_up)
        for chord, deed in (("Ctrl+N", self._new), ("Ctrl+Return", self._keep), ("Ctrl+Del", self._ask_why)):
            on_chord(self, chord, deed)

    def _read(self) -> None:
        self.model.set_rows(school_log(self.shell.context))
        if self._picked() is None and self.model.rowCount():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))

    def _picked(self) -> SchoolLine | None:
        found = self.table.selected()
        return found if isinstance(found, SchoolLine) else None

    def _new(self) -> None:
        if may_change(self.shell, Right.SETTINGS):
            self.form.kind.setFocus()

    def _keep(self) -> None:
        if not may_change(self.shell, Right.SETTINGS):
            return
        try:
            line = self.form.line()
            entry, changes = log_school(self.shell.context, line)
        except Refused as refused:
            self._fault(words_of(refused))
            self.shell.say(words_of(refused), alarm=True)
            return
        self.form.clear()
        self._fault("")
        self.shell.announce(changes)
        self.table.select_key(entry)
        self.table.setFocus()
        self.shell.say(f"Kept: {line.kind.label} of {date_year(line.day)}.")

    def _ask_why(self) -> None:
        picked = self._picked()
        if picked is None or not may_change(self.shell, Right.SETTINGS):
            return
        if picked.withdrawn:
            self.shell.say("That entry has been taken back already.")
            return
        self._entry = picked.entry
        self.why.clear()
        self.asking.set_fault("")
        self.asking.show()
        self.why.setFocus()

    def _take_back(self) -> None:
        try:
            changes = take_back(self.shell.context, self._entry, self.why.text())
        except Refused as refused:
            self.asking.set_fault(words_of(refused))
            return
        self.asking.hide()
        self.shell.announce(changes)
        self.table.setFocus()
        self.shell.say("Taken back: it stays in the list, with why.")

    def _leave(self) -> None:
        """What is half typed is given up first."""
        if self.table.hasFocus():
            self.shell.home()
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.asking.hide()
        self.form.clear()
        self._fault("")
        self.first_focus().setFocus()

    def _fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
