"""The page that brings a file in: choose it, read what it would do, apply it or leave it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.import_log import import_runs
from desktop_app.actions.importing import bring_in, preview
from desktop_app.domain.imports import ImportKind, ImportReport, Rejection
from desktop_app.domain.progress import Changes, Progress
from ui.importing.runs import RunsCard
from ui.importing.work import WORDS, outcome, touched, verdict
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.inputs import DateEdit
from ui.parts.progress import ProgressStrip
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.runner import Job, words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

R = TypeVar("R")
FILES = "Lists (*.csv *.txt *.tsv *.xlsx)"


def rejection_columns() -> list[Column[tuple[int, Rejection]]]:
    """The columns of the list of what cannot be taken."""
    return [
        Column("Row", lambda one: str(one[1].row or "file"), Kind.NUMBER, 8, sort=lambda one: one[1].row or 0),
        Column("Column", lambda one: one[1].column, width=20, strong=lambda _: True),
        Column("Value", lambda one: one[1].value, width=18),
        Column("Why", lambda one: one[1].why),
    ]


class ImportPage(Page):
    """One file at a time. Nothing is written before "Import" is pressed, and then all or nothing."""

    place: ClassVar[str] = "import"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._kind = ImportKind.PUPILS
        self._path: Path | None = None
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self._make_widgets()
        self._build()
        self._connect()
        self._begin_afresh()

    def show_at(self, **where: object) -> None:
        kind = where.get("kind")
        if kind in set(ImportKind) and self._job is None:
            self._kind = ImportKind(str(kind))
            self._begin_afresh()

    def refresh(self, changes: Changes | None) -> None:
        del changes

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "imports", ListAsked()

    def first_focus(self) -> QWidget:
        return self.choose

    def read(self, path: Path) -> None:
        """Read a file and show what it would do."""
        self._path = path
        self.header.set_subtitle(str(path))
        self._start(preview(self.shell.context, self._kind, path, self._first()), self._show_report)

    def apply(self) -> None:
        """Write what was shown."""
        if self._path is not None:
            work = bring_in(self.shell.context, self._kind, self._path, self._first())
            self._start(work, self._applied, writes=True)

    def _make_widgets(self) -> None:
        theme = self.theme
        self.header = PageHeader(theme)
        self.choose = Button(theme, "Choose a file …", key="Ctrl+O", icon="folder")
        self.apply_button = Button(theme, "Import", key="Ctrl+Return", primary=True)
        self.header.add_action(self.choose)
        self.header.add_action(self.apply_button)
        self.first = DateEdit(theme, self.shell.context.today, self.shell.context.today())
        self._first_field = Field(theme, "New classes and years hold from", self.first)
        self._first_field.setMaximumWidth(theme.space(60))
        self.said = Label(theme, "", TextRole.CARD_TITLE, wrap=True)
        self.told = Label(theme, "", TextRole.BODY, "second", wrap=True)
        self.strip = ProgressStrip(theme)
        self.before = RunsCard(theme)
        self.empty = EmptyState(theme, "folder", "Choose a CSV or Excel file, or drop one here")
        self.warnings: RowsModel[tuple[int, str]] = RowsModel(
            [Column("Look at", lambda one: one[1])], lambda one: one[0]
        )
        self.rejections: RowsModel[tuple[int, Rejection]] = RowsModel(rejection_columns(), lambda one: one[0])
        self.rejected_table = DataTable(theme, "What cannot be taken", sortable=True)
        self.rejected_table.show_model(self.rejections)
        self.warned_table = DataTable(theme, "Worth a second look")
        self.warned_table.show_model(self.warnings)
        self.warned_table.horizontalHeader().hide()
        self.rejected_card = Card(theme, "What cannot be taken", flush=True)
        self.rejected_card.body.addWidget(self.rejected_table)
        self.warned_card = Card(theme, "Worth a second look", flush=True)
        self.warned_card.body.addWidget(self.warned_table)

    def _build(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(5), theme.space(4), theme.space(5), theme.space(3))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addLayout(row_of(self._first_field))
        column.addWidget(self.strip)
        report = QWidget()
        inside = QVBoxLayout(report)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.space(3))
        summary = Card(theme)
        summary.body.addWidget(self.said)
        summary.body.addWidget(self.told)
        summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside.addWidget(summary)
        inside.addWidget(self.rejected_card, 3)
        inside.addWidget(self.warned_card, 1)
        inside.addStretch(1)
        choosing = QWidget()
        first = QVBoxLayout(choosing)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(theme.space(3))
        card = Card(theme)
        card.body.addWidget(self.empty)
        first.addWidget(card, 2)
        first.addWidget(self.before, 3)
        self.stack = QStackedWidget()
        self.stack.addWidget(choosing)
        self.stack.addWidget(report)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask)
        self.apply_button.clicked.connect(self.apply)
        self.strip.cancelled.connect(self._cancel)
        self.first.editingFinished.connect(self._first_changed)

    def _begin_afresh(self) -> None:
        words = WORDS[self._kind]
        self._path = None
        self.header.set_title(words.title)
        self.header.set_subtitle("Nothing is written before you have seen what the file would do.")
        self.empty.set_words("Choose a CSV or Excel file, or drop one here", words.columns)
        self.apply_button.setText("Import")
        self.apply_button.setEnabled(False)
        self._first_field.setVisible(self._kind is ImportKind.PUPILS)
        self.before.show_runs(import_runs(self.shell.context))
        self.stack.setCurrentIndex(0)

    def _first(self) -> date:
        return self.first.date() or self.shell.context.today()

    def _first_changed(self) -> None:
        self._first_field.set_fault("" if self.first.date() else "Type a date, as 1/9 or 1 Sep.")

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, WORDS[self._kind].title, "", FILES)
        if name:
            self.read(Path(name))

    def _start(self, work: Generator[Progress, None, R], done: Callable[[R], object], *, writes: bool = False) -> None:
        self.strip.begin("Reading the file")
        self.choose.setEnabled(False)
        self.apply_button.setEnabled(False)
        self.shell.hold(writes)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

        def over(result: R) -> None:
            self._ended()
            done(result)

        self._job = self.shell.runner.start(work, self.strip.show_progress, over, self._failed, self._stopped)

    def _ended(self) -> None:
        self._job = None
        self.strip.end()
        self.choose.setEnabled(True)
        self.shell.hold(False)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stopped(self) -> None:
        self._ended()
        self._begin_afresh()
        self.shell.say("Stopped. Nothing was changed.")

    def _failed(self, error: Exception) -> None:
        self._ended()
        self._begin_afresh()
        self.shell.say(words_of(error), alarm=True)
        self.empty.set_words("That file cannot be read", words_of(error))
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_report(self, report: ImportReport) -> None:
        words = WORDS[self._kind]
        self._fill(report)
        self.told.setText(verdict(report, words))
        taken = report.added + report.changed
        able = report.clean and taken > 0 and not self.shell.context.store.read_only
        self.apply_button.setText(f"Import {taken:,} {words.row if taken == 1 else words.rows}" if able else "Import")
        self.apply_button.setEnabled(able)
        (self.apply_button if able else self.choose).setFocus(Qt.FocusReason.OtherFocusReason)
        self.shell.say(self.said.text(), alarm=not report.clean)

    def _fill(self, report: ImportReport) -> None:
        self.said.setText(outcome(report, WORDS[self._kind]))
        self.rejections.set_rows(tuple(enumerate(report.rejected)))
        more = report.rejected_total > len(report.rejected)
        self.rejected_card.set_aside(f"the first {len(report.rejected):,}" if more else "")
        self.warnings.set_rows(tuple(enumerate(report.warnings)))
        self.rejected_card.setVisible(bool(report.rejected))
        self.warned_card.setVisible(bool(report.warnings))
        row = self.warned_table.verticalHeader().defaultSectionSize()
        self.warned_card.hug(row * len(report.warnings) + 2)
        self.rejected_card.hug(self.rejected_table.content_height(len(report.rejected)))
        self.stack.setCurrentIndex(1)

    def _applied(self, result: tuple[ImportReport, Path | None]) -> None:
        report, copy = result
        self._fill(report)
        self.apply_button.setEnabled(False)
        self.apply_button.setText("Import")
        if not report.clean:
            self.told.setText(verdict(report, WORDS[self._kind]))
            return
        kept = f" A verified backup was made first: {copy.name}." if copy else " No backup folder is chosen yet."
        self.told.setText(f"✓ Imported.{kept}")
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shell.announce(touched(self._kind))
        self.shell.say(f"Imported. {self.said.text()}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._job is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.read(Path(local[0]))
