"""The school beside its authority, England and whom it typed; which figures those are, and how to change them."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.benchmarks import back_to_shipped, benchmarks, type_comparators
from desktop_app.actions.comparison import comparisons
from desktop_app.actions.figures import Grouping
from desktop_app.domain.benchmarks import Benchmarks
from desktop_app.domain.comparison import Compared
from desktop_app.domain.errors import Refused
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.exchange.benchmarks_file import TYPED, typed_text
from desktop_app.rules.comparison_charts import area_words
from desktop_app.rules.display import percent
from ui import figure_keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import NoteEdit
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.scroll import slim_bars
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.reader import Reader, once
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

OURS = "Ours"
NOT_PUBLISHED = "–"


class Row(NamedTuple):
    """One figure of a comparison: the school's own first, then what stands beside it."""

    number: int
    of: Compared
    whose: str
    absence: Fraction | None
    persistent: Fraction | None
    severe: Fraction | None

    @property
    def ours(self) -> bool:
        """Whether it is the school’s own."""
        return self.whose.startswith(OURS)


def rows_of(found: tuple[Compared, ...]) -> tuple[Row, ...]:
    """The figures of some comparisons, one below the other."""
    rows: list[Row] = []
    for of in found:
        rows.append(Row(len(rows), of, f"{OURS}, {of.school_year}", of.absence, of.persistent, of.severe))
        for one in of.published:
            rows.append(Row(len(rows), of, area_words(one), one.absence, one.persistent, one.severe))
    return tuple(rows)


def columns() -> list[Column[Row]]:
    """The columns of the list."""
    return [
        Column("Whose", lambda row: row.whose, strong=lambda row: row.ours),
        Column("Period", lambda row: row.of.period.value.capitalize(), width=17),
        Column("Absence, % of sessions", lambda row: _figure(row.absence), Kind.NUMBER, 17),
        Column("Persistent, % of pupils", lambda row: _figure(row.persistent), Kind.NUMBER, 17),
        Column("Severe, % of pupils", lambda row: _figure(row.severe), Kind.NUMBER, 15),
    ]


def _figure(value: Fraction | None) -> str:
    return NOT_PUBLISHED if value is None else percent(value, 2)


class ComparisonPage(Page):
    """Like beside like; the words below the list say what is held against what, and what is not comparable."""

    place: ClassVar[str] = "comparison"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._reader = Reader(shell, self)
        self.header = PageHeader(theme, "Us beside others")
        self.pictures = Button(theme, "In pictures", key="Alt+P", bind=False)
        self.newer = Button(theme, "Newer figures …", key="Ctrl+O", bind=False)
        self.back = Button(theme, "Back to the shipped ones", key="Alt+B", bind=False)
        self.rows: RowsModel[Row] = RowsModel(columns(), lambda row: row.number)
        self.table = DataTable(theme, "Us beside others")
        self.table.show_model(self.rows)
        self.says = Label(theme, "", TextRole.BODY, "second", wrap=True)
        self.typed = NoteEdit(theme, "Our trust; 2025/26; full year; daily; 5.4; 15.0; 1.2; trust report", lines=2)
        self.keep = Button(theme, "Keep the rows", key="Ctrl+Enter", primary=True, bind=False)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.marks or changes.book:
            self._read()

    def show_at(self, **where: object) -> None:
        del where
        self._read()

    def first_focus(self) -> QWidget:
        return self.table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("today")
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        for button in (self.pictures, self.back, self.newer):
            self.header.add_action(button)
        self.card = Card(self.theme, "Absence, and pupils persistently and severely absent", flush=True)
        self.card.body.addWidget(self.table)
        said = Card(self.theme, "What is held against what")
        said.body.addWidget(self.says)
        own = Card(self.theme, "Rows of your own: statistical neighbours, your trust")
        own.body.addWidget(Field(self.theme, f"One a line: {'; '.join(TYPED)}", self.typed))
        own.body.addLayout(row_of(self.keep))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        for widget, share in ((self.header, 0), (self.card, 20), (self._below(said, own), 1)):
            whole.addWidget(widget, share)
        whole.addWidget(KeyHints(self.theme, hints(figure_keys.COMPARISON)))

    def _below(self, *cards: Card) -> QScrollArea:
        """What stands under the list; in a low window it scrolls, so that the list keeps its room."""
        inside, area = QWidget(), QScrollArea()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.space(3))
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(self.theme.space(40))
        slim_bars(area, self.theme, "page")
        return area

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._say_of_row)
        for button, chord, deed in (
            (self.pictures, "Alt+P", self._in_pictures),
            (self.newer, "Ctrl+O", self._bring_in),
            (self.back, "Alt+B", self._back_to_shipped),
            (self.keep, "Ctrl+Return", self._keep),
        ):
            button.clicked.connect(deed)
            on_chord(self, chord, deed)
        on_chord(self, "F4", self._explain)
        self.table.clicked.connect(self._clicked)
        on_chord(self, "Alt+T", lambda: self.shell.go("targets"))

    def _read(self) -> None:
        """Read it beside the window: what is shown stays until the answer is there."""
        context = self.shell.context
        self.card.set_aside("reading …")
        self._may(None)
        self._reader.read(
            once("Comparing", lambda: (comparisons(context, context.today()), benchmarks(context))),
            lambda found: self._answer(*found),
            self._not_read,
        )

    def _not_read(self, error: Exception) -> None:
        self.card.set_aside("")
        self.shell.say(words_of(error), alarm=True)

    def _answer(self, found: tuple[Compared, ...], held: Benchmarks) -> None:
        rows = rows_of(found)
        self.card.set_aside("")
        self.header.set_subtitle(f"Published figures: {held.origin}")
        self.rows.set_rows(rows)
        self.card.hug(self.table.content_height(len(rows)))
        first = next((row for row in rows if row.of.published), rows[0] if rows else None)
        if first is not None:
            self.table.select_key(first.number)
        if not self.typed.hasFocus() and not self.typed.document().isModified():
            self.typed.setPlainText(typed_text(held.comparators))
        self._may(held)

    def _may(self, held: Benchmarks | None) -> None:
        """What may be done here, with the figures that hold; while they are read, nothing is put back."""
        context = self.shell.context
        writes = not context.store.read_only
        self.newer.setEnabled(writes and context.may(Right.IMPORT))
        self.back.setEnabled(writes and context.may(Right.IMPORT) and held is not None and held.dated is None)
        self.keep.setEnabled(writes and context.may(Right.SETTINGS))
        self.typed.setReadOnly(not self.keep.isEnabled())

    def _say_of_row(self) -> None:
        row = self.table.selected()
        self.says.setText(" ".join(row.of.says) if isinstance(row, Row) else "")
        self.says.setAccessibleName(self.says.text())

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a percentage asks how it is reached."""
        if self.rows.columns[index.column()].kind is Kind.NUMBER:
            self._explain()

    def _explain(self) -> None:
        """How the school’s own figure of the line is reached, counted alike."""
        row = self.table.selected()
        if not isinstance(row, Row):
            return
        if not row.ours:
            self.shell.say("That is a published figure. F4 on a line that begins with “Ours” says how ours is reached.")
            return
        days = {"first": row.of.first, "last": row.of.last}
        self.shell.go("explain", by=Grouping.SCHOOL, key="", **days, comparable=True, back="comparison")

    def _in_pictures(self) -> None:
        """The trend and the shape of absence beside others’ stand in a report: that of the school year, and for who
        reads no register the governors’."""
        reads = self.shell.context.may(Right.READ_REGISTER)
        self.shell.go("reports", report="calendar" if reads else "governors")

    def _bring_in(self) -> None:
        if self.newer.isEnabled():
            self.shell.go("import", kind=ImportKind.BENCHMARKS.value)

    def _back_to_shipped(self) -> None:
        if self.back.isEnabled():
            self.shell.announce(back_to_shipped(self.shell.context))
            self.shell.say("The figures shipped with Rollbook hold again.")

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        try:
            changes = type_comparators(self.shell.context, self.typed.toPlainText())
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self.table.setFocus()
        self.typed.document().setModified(False)
        self.shell.announce(changes)
        self.shell.say("Your rows are kept." if changes.book else "Nothing was changed: this is how it holds already.")
