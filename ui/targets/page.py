"""The targets of the school, its phases, years and classes: each a line with how it stands; set, taken back."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.figures import Grouping
from desktop_app.actions.targets import group_targets, set_group_target, wanted
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.targets import SCHOOL, GroupTarget, Part, Target, Whose
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.target_words import group_words, stands_words, target_words, whose_words
from desktop_app.rules.targets import MISREAD, last_day, percent_text, read_percent
from ui import figure_keys
from ui.admission.child_form import line_of
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

NARROW = 760
FORM = 324
NONE = "–"


def _counts(row: GroupTarget) -> str:
    return f"{row.state.since.attended} of {row.state.since.possible}" if row.state else NONE


ATTENDANCE: Column[GroupTarget] = Column(
    "Attendance", lambda row: percent(row.state.since.attendance, 2) if row.state else NONE, Kind.NUMBER, 11
)
COLUMNS: tuple[Column[GroupTarget], ...] = (
    Column("Whose", lambda row: whose_words(row.whose), strong=lambda row: row.whose == SCHOOL),
    Column("Target", lambda row: f"{percent_text(row.target.percent)}%" if row.target else NONE, Kind.NUMBER, 7),
    ATTENDANCE,
    Column("Sessions", _counts, Kind.NUMBER, 14),
    Column("How it stands", stands_words, width=14),
)


class TargetsPage(Page):
    """The lines at the left; at the right what can be said of the one that is current, and the form that sets it."""

    place: ClassVar[str] = "targets"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme, today = self.theme, shell.context.today
        self._asked = ""
        self.header = PageHeader(theme, "Targets")
        self.model: RowsModel[GroupTarget] = RowsModel(COLUMNS, key=lambda row: row.whose)
        self.table = DataTable(theme, "Targets")
        self.table.show_model(self.model)
        self.card = Card(theme, "The school")
        self.says = Label(theme, "", TextRole.BODY, wrap=True)
        self.percent = LineEdit(theme, "95")
        self.first, self.until = DateEdit(theme, today), DateEdit(theme, today)
        self.fault = Label(theme, "", ink="alarm", wrap=True)
        self.keep = Button(theme, "Set it", key="Ctrl+Enter", primary=True, bind=False)
        self.take = Button(theme, "Take back", key="Ctrl+Del", bind=False)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.marks or changes.book:
            self._read()

    def show_at(self, **where: object) -> None:
        """`whose`: the line to be on; `class_name`: that of a class."""
        self._read()
        whose, class_name = where.get("whose"), where.get("class_name")
        if isinstance(class_name, str):
            whose = Whose(Part.CLASS, class_name)
        self.table.select_key(whose if isinstance(whose, Whose) else self._picked_key())
        self._show()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "targets", ListAsked()

    def first_focus(self) -> QWidget:
        return self.table

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
        body = self.card.body
        body.addWidget(self.says)
        body.addWidget(Field(theme, "Attendance of at least, in %", self.percent))
        days = line_of(
            theme, Field(theme, "From", self.first), Field(theme, "Until (none: end of the year)", self.until)
        )
        body.addLayout(days)
        body.addWidget(self.fault)
        body.addLayout(row_of(self.keep, self.take))
        body.addStretch(1)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(listed, 1)
        self._columns.addWidget(self.card, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._columns, 1)
        whole.addWidget(KeyHints(theme, hints(figure_keys.TARGETS)))

    def _connect(self) -> None:
        self.table.current_row.connect(lambda _row: self._show())
        self.table.opened.connect(lambda _row: self._ask())
        self.keep.clicked.connect(self._keep)
        self.take.clicked.connect(self._take_back)
        self.table.clicked.connect(self._clicked)
        for chord, deed in (("Ctrl+Return", self._keep), ("Ctrl+Del", self._take_back), ("F4", self._explain)):
            on_chord(self, chord, deed)

    def _read(self) -> None:
        context, picked = self.shell.context, self._picked_key()
        self.model.set_rows(group_targets(context, context.today()))
        self.header.set_subtitle(f"Held against the sessions up to {date_year(context.today())}")
        if not self.table.select_key(picked) and self.model.rowCount():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))
        self._show()

    def _picked(self) -> GroupTarget | None:
        found = self.table.selected()
        return found if isinstance(found, GroupTarget) else None

    def _picked_key(self) -> Whose:
        picked = self._picked()
        return picked.whose if picked else SCHOOL

    def _show(self) -> None:
        """The line one is on; the form has what is set, and asks for another from today."""
        picked, context = self._picked(), self.shell.context
        self._asked = ""
        self._fault("")
        may = context.may(Right.SETTINGS) and not context.store.read_only and picked is not None
        target = picked.target if picked else None
        self.card.set_title(whose_words(picked.whose) if picked else "Targets")
        self.says.setText("\n".join(group_words(picked)) if picked else "")
        self.percent.setText(percent_text(target.percent) if target else "")
        self.first.set_date(target.first if target else context.today())
        self.until.set_date(target.until if target else None)
        for field in (self.percent, self.first, self.until):
            field.setEnabled(may)
        self.keep.setEnabled(may)
        self.take.setEnabled(may and target is not None)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a percentage asks how it is reached."""
        if COLUMNS[index.column()] is ATTENDANCE:
            self._explain()

    def _explain(self) -> None:
        """How the attendance of the line is reached, over the days of its target so far."""
        picked = self._picked()
        if picked is None or picked.target is None or picked.state is None:
            self.shell.say("Nothing is counted on this line: no target of it has begun.")
            return
        last = min(self.shell.context.today(), last_day(picked.target))
        by, key = Grouping(picked.whose.part.value), picked.whose.name
        back = ("targets", {"whose": picked.whose})
        self.shell.go("explain", by=by, key=key, first=picked.target.first, last=last, back=back)

    def _ask(self) -> None:
        if self.keep.isEnabled():
            self.percent.setFocus()
            self.percent.selectAll()

    def _keep(self) -> None:
        picked = self._picked()
        if picked is None or not self.keep.isEnabled():
            return
        try:
            target = self._typed()
            changes = set_group_target(self.shell.context, picked.whose, target)
        except Refused as refused:
            self._refuse(words_of(refused))
            return
        self._done(changes, f"{whose_words(picked.whose)}: {target_words(target)}")

    def _typed(self) -> Target:
        typed, first, until = read_percent(self.percent.text()), self.first.date(), self.until.date()
        if typed is None:
            self.percent.setFocus()
            raise Refused(MISREAD)
        if first is None or (self.until.text().strip() and until is None):
            (self.first if first is None else self.until).setFocus()
            raise Refused("That is not a day. Write it as 24/11/2026.")
        return wanted(typed, first, until)

    def _take_back(self) -> None:
        """Asked once more: it is no target any longer."""
        picked = self._picked()
        if picked is None or not self.take.isEnabled():
            return
        if self._asked != whose_words(picked.whose):
            self._asked = whose_words(picked.whose)
            self.shell.say(f"{whose_words(picked.whose)} has no target any longer: once more, and it is done.")
            return
        self._done(
            set_group_target(self.shell.context, picked.whose, None),
            f"{whose_words(picked.whose)}: the target is taken back.",
        )

    def _done(self, changes: Changes, words: str) -> None:
        self.table.setFocus()
        self.shell.announce(changes)
        self._show()
        self.shell.say(words if changes.book else "Nothing was changed: this is how it holds already.")

    def _refuse(self, words: str) -> None:
        self._fault(words)
        self.shell.say(words, alarm=True)

    def _fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def _leave(self) -> None:
        """What is half typed is given up first."""
        if self.table.hasFocus():
            self.shell.home()
        else:
            self._show()
            self.table.setFocus()
