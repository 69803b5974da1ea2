"""What was changed after a register had closed: of the school, a class or a child; on the screen, then on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.changes import Scope, change_rows, print_changes, reading_changes
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.paper import PaperKind, Printing, paper
from desktop_app.actions.register_page import classes
from desktop_app.actions.saving import save
from desktop_app.domain.bundle import Bundle
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import ChangeReport, Paper
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.cases.preview import Preview
from ui.changes.model import ChangesModel, Line
from ui.changes.view import ChangesView
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit
from ui.parts.progress import ProgressStrip
from ui.reader import Reader
from ui.runner import Job, words_of
from ui.shell import Page, Shell

TITLE = "History of changes"
NONE = "No register of these days was amended after it had closed"
NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


class ChangesPage(Page):
    """Whose, from when to when; the amendments below. Ctrl+P shows the report as it will be on paper."""

    place = "changes"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.report: ChangeReport | None = None
        self._read_of: tuple[Scope, date, date] | None = None
        self._reading_of: tuple[Scope, date, date] | None = None
        self._back: tuple[str, Mapping[str, object]] = ("week", {})
        self._job: Job | None = None
        self._then: list[Callable[[ChangeReport], None]] = []
        """What was asked of the report that is being read, in that order."""
        self._arriving = False
        self.reader = Reader(shell, self)
        today = shell.context.today
        self.header = PageHeader(theme, TITLE)
        self.rows = Button(theme, "Rows for Excel", key="Ctrl+S", bind=False)
        self.register = Button(theme, "Register", key="Ctrl+R", bind=False, icon="print")
        self.paper = Button(theme, "Report", key="Ctrl+P", bind=False, icon="print", primary=True)
        self.whose = Choice(theme)
        self.first, self.last = DateEdit(theme, today), DateEdit(theme, today)
        self.model = ChangesModel(self)
        self.list = ChangesView(theme, self.model)
        self.card = Card(theme, "Amendments", flush=True)
        self.none = EmptyState(theme, "check", NONE)
        self.strip = ProgressStrip(theme)
        self.preview = Preview(shell, recorded=False)
        self._asking = QWidget()
        self._stack = QStackedLayout(self)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if (self.report is not None or self.reader.reading) and (changes is None or changes.marks or changes.book):
            self._read()

    def show_at(self, **where: object) -> None:
        """`pupil`: that child's, of this school year; `day`: the whole school's, of its week."""
        today = self.shell.context.today()
        pupil, day = where.get("pupil"), where.get("day")
        self._drop()
        if isinstance(pupil, int):
            first, last = school_year_start(today), today
            self._back = ("pupils", {"pupil": pupil})
        else:
            pupil = 0
            first = SchoolCalendar.monday(day if isinstance(day, date) else today)
            last = SchoolCalendar.friday(first)
            self._back = ("week", {"day": first})
        self.first.set_date(first)
        self.last.set_date(last)
        self._offer(Scope(pupil=pupil), str(where.get("name", "")), last)
        self._arriving = True
        self._show_lines(())
        self.none.hide()
        self._read()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        if self._read_of is None:
            return None
        scope, first, last = self._read_of
        return "changes", ListAsked(last, first, scope.pupil, scope.class_name)

    def first_focus(self) -> QWidget:
        if self._stack.currentWidget() is self.preview:
            return self.preview.sheet
        return self.list if self.model.rowCount() else self.whose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            place, where = self._back
            self.shell.go(place, **where)
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        for button in (self.rows, self.register, self.paper):
            self.header.add_action(button)
        span = QHBoxLayout()
        span.setSpacing(space(4))
        for words, editor, share in (
            ("Whose", self.whose, 2),
            ("From", self.first, 1),
            ("To, inclusive", self.last, 1),
        ):
            span.addWidget(Field(self.theme, words, editor), share)
        self.card.body.addWidget(self.list)
        self.card.body.addWidget(self.none)
        whole = QVBoxLayout(self._asking)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(span)
        whole.addWidget(self.strip)
        whole.addWidget(self.card, 1)
        whole.addWidget(KeyHints(self.theme, hints(keys.CHANGES)))
        self._stack.addWidget(self._asking)
        self._stack.addWidget(self.preview)

    def _connect(self) -> None:
        self.whose.currentIndexChanged.connect(self._read)
        for editor in (self.first, self.last):
            editor.editingFinished.connect(self._typed)
        self.list.opened.connect(self._open)
        self.preview.left.connect(self._leave_preview)
        self.strip.cancelled.connect(self._cancel)
        for button, chord, deed in (
            (self.paper, "Ctrl+P", self.show_report),
            (self.register, "Ctrl+R", self.show_register),
            (self.rows, "Ctrl+S", self.ask_rows),
        ):
            button.clicked.connect(deed)
            on_chord(self._asking, chord, deed)

    def _offer(self, chosen: Scope, name: str, day: date) -> None:
        """The child asked about, if any, the school, and each class."""
        self.whose.blockSignals(True)
        self.whose.clear()
        if chosen.pupil:
            self.whose.add(name or "This child", chosen)
        self.whose.add("The whole school", Scope())
        for class_name in classes(self.shell.context, day):
            self.whose.add(f"Class {class_name}", Scope(class_name=class_name))
        self.whose.setCurrentIndex(0)
        self.whose.blockSignals(False)

    def _asked(self) -> tuple[Scope, date, date]:
        scope, first, last = self.whose.value(), self.first.date(), self.last.date()
        if first is None or last is None or not isinstance(scope, Scope):
            raise Refused("Write both days as 24/11/2026.")
        return scope, first, last

    def _typed(self) -> None:
        """A day was left: what is shown or being read already is not read again."""
        try:
            same = self._asked() == self._reading_of
        except Refused:
            same = False
        if not same:
            self._read()

    def _read(self) -> None:
        """Begin to read what is asked for. Days that are none leave what is shown as it is, and a sentence says why.
        What was asked of the same report goes on waiting; of another, nobody wants it any more."""
        try:
            asked = self._asked()
            work = reading_changes(self.shell.context, *asked)
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        if asked != self._reading_of:
            self._then = []
        self._reading_of = asked
        self.card.set_aside("reading …")
        self.reader.read(work, lambda report: self._show(report, asked), self._not_read)

    def _show(self, report: ChangeReport, asked: tuple[Scope, date, date]) -> None:
        self.report, self._read_of = report, asked
        self.header.set_subtitle(f"{report.whose}, {long_date(report.first)} to {long_date(report.last)}")
        self._show_lines(report.lines)
        self.none.setVisible(not report.lines)
        if self._arriving and report.lines and self.whose.hasFocus():
            self.list.setFocus()
        self._arriving = False
        self.register.setEnabled(self.shell.context.may(Right.PRINT_REGISTER))
        then, self._then = self._then, []
        for deed in then:
            deed(report)

    def _not_read(self, error: Exception) -> None:
        self._then, self._arriving, self._reading_of = [], False, self._read_of
        self.card.set_aside(count_words(len(self.model.lines), "amendment", "amendments"))
        self.shell.say(words_of(error), alarm=True)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        row = self.list.currentIndex().row()
        self.model.show_lines(lines)
        if not lines and self.list.hasFocus():
            self.whose.setFocus()  # before the list goes, lest the keyboard leave the page
        self.list.setVisible(bool(lines))
        if lines:
            self.list.setCurrentIndex(self.model.index(max(0, min(row, len(lines) - 1)), 0))
        self.card.set_aside(count_words(len(lines), "amendment", "amendments"))

    def _open(self, line: Line) -> None:
        class_name, one = line
        where = {"class_name": class_name, "day": one.session.day, "half": one.session.half, "pupil": one.pupil}
        self.shell.go("registers", **where)

    def show_report(self) -> None:
        """Draw the report, and show it as it will be on paper."""
        self._with_report(lambda report: self._draw(print_changes(self.shell.context, report), _name(report)))

    def show_register(self) -> None:
        """Draw the register of the class of these days, and show it as it will be on paper."""
        try:
            scope, first, last = self._asked()
            if not scope.class_name:
                raise Refused("Choose the class whose register is to be printed.")
            work = paper(self.shell.context, PaperKind.REGISTERS, first, (scope.class_name,), last=last)
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self._draw(work, f"Register {scope.class_name} {first} to {last}".translate(NOT_IN_NAMES))

    def ask_rows(self) -> None:
        """Ask where the rows are to be saved."""
        self._with_report(self._ask_rows)

    def _ask_rows(self, report: ChangeReport) -> None:
        suggested = str(Path.home() / f"{_name(report)}.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save the rows", suggested, "Excel (*.xlsx)")
        if chosen:
            self.save_rows(Path(chosen))

    def save_rows(self, path: Path) -> None:
        """Write the rows there, whole or not at all."""
        if self.report is None:
            return
        try:
            save(change_rows(self.shell.context, self.report), path)
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self.shell.say(f"Saved: {path}")

    def _with_report(self, deed: Callable[[ChangeReport], None]) -> None:
        """Do something with the report of what is asked for now, once it is read: a day that was typed and not left
        yet is read first."""
        try:
            asked = self._asked()
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        if self.report is not None and asked == self._read_of and not self.reader.reading:
            deed(self.report)
            return
        if not self.reader.reading or asked != self._reading_of:
            self._read()
        if self.reader.reading:
            self._then.append(deed)

    def _draw(self, work: Printing, name: str) -> None:
        if self._job is not None:
            return
        self.strip.begin("Drawing the pages")
        self._job = self.shell.runner.start(
            work,
            self.strip.show_progress,
            lambda made: self._drawn(made, name),
            self._not_drawn,
            self._end_job,
        )

    def _drawn(self, made: Paper, name: str) -> None:
        self._end_job()
        self.preview.show_bundle(Bundle(made.content, made.sha256, made.pages, name, ()), "")
        self._stack.setCurrentWidget(self.preview)
        self.preview.sheet.setFocus()
        self.shell.say(f"{count_words(made.pages, 'page', 'pages')}. Save or print before you leave.")

    def _not_drawn(self, error: Exception) -> None:
        self._end_job()
        self.shell.say(words_of(error), alarm=True)

    def _end_job(self) -> None:
        self._job = None
        self.strip.end()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _drop(self) -> None:
        self._cancel()
        self.preview.drop()
        self._stack.setCurrentWidget(self._asking)

    def _leave_preview(self) -> None:
        self._drop()
        self.first_focus().setFocus()


def _name(report: ChangeReport) -> str:
    """What a file of the report is called."""
    return f"Changes {report.whose} {report.first} to {report.last}".translate(NOT_IN_NAMES)
