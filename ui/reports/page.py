"""Reports: the list at the left, what is asked above, the report itself at the right; PDF and Excel in one corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.reports.making import ReportFile, available, write_report
from desktop_app.actions.reports.spec import Asked, ReportSpec
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.report import Report
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.display import clock_time, date_year
from ui import figure_keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.progress import ProgressStrip
from ui.parts.text import Label
from ui.reports.asking import Asking
from ui.reports.explaining import PLACE, can_explain, whose
from ui.reports.kept import LastRun, last_run, remember
from ui.reports.lists import ReportsModel, ReportsView
from ui.reports.making import Shown, drawing, ink_of, making, scale_of
from ui.reports.table import TableRow
from ui.reports.view import ReportView
from ui.runner import Job, words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
PDF, EXCEL = ".pdf", ".xlsx"
KINDS = {PDF: "PDF (*.pdf)", EXCEL: "Excel (*.xlsx)"}
PATIENCE = 300
"""Milliseconds after which it is said that something is being made."""
SETTLE = 250
"""Milliseconds for which the width stays the same before pictures are drawn again."""
NARROW = 700
MOST = "Nothing here may be shown to you. Ask the headteacher."


class ReportsPage(Page):
    """Moving in the list makes another report. Enter saves it where the last one went, under its own name."""

    place = "reports"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.shown: Shown | None = None
        self.spec: ReportSpec | None = None
        self._job: Job | None = None
        self._writing: list[Job] = []
        self._begun: tuple[Report, Path] | None = None
        """What was last begun to be written, and where: a key that is held down does not write it again."""
        self._then: list[tuple[str, Path | None]] = []
        """What is to be saved once the report is made, in the order in which it was asked."""
        self._number = 0
        self._asked: Asked | None = None
        self._drawn_at = 0.0
        self._kept = last_run(shell.context)
        self.header = PageHeader(theme, "Reports")
        self.excel = Button(theme, "Excel", key="Ctrl+E", bind=False, icon="grid")
        self.pdf = Button(theme, "PDF", key="Ctrl+P", bind=False, icon="print", primary=True)
        self.asking = Asking(theme, shell.context)
        self.model = ReportsModel(self)
        self.list = ReportsView(theme, self.model)
        self.list_card = Card(theme, "Reports", flush=True)
        self.view = ReportView(theme)
        self.none = EmptyState(theme, "search", MOST)
        self.counted = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.strip = ProgressStrip(theme)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None:
            specs = available(self.shell.context)
            self.list.show_reports(specs, self._kept.report)
            self._pick(self.model.line(self.list.currentIndex().row()))
        elif changes.marks or changes.book or changes.entries:
            self.make()

    def show_at(self, **where: object) -> None:
        """`report`: that one; `pupil`: about that child, where the report is about one."""
        self.list.begin()
        key, pupil = where.get("report"), where.get("pupil")
        if isinstance(pupil, int):
            self.asking.choose_pupil(pupil)
        if isinstance(key, str):
            self.list.show_reports(self.model.lines, key)
            self._pick(self.model.line(self.list.currentIndex().row()))

    def first_focus(self) -> QWidget:
        return self.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.list.hasFocus():
                self.shell.home()
            else:
                self.list.setFocus()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list_card.setFixedWidth(self.theme.space(62 if self.width() >= NARROW else 36))
        self._settle.start()

    def make(self) -> None:
        """Make the report that is picked, as it is asked for now, beside the window."""
        if self.spec is None:
            return
        try:
            asked = self.asking.asked()
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        if self._job is not None:
            self._job.cancel()
        self._asked = asked
        self._drawn_at = self._points()
        work = making(self.shell.context, self.spec.key, asked, self._drawn_at, self.theme)
        self.shown = None
        self._patience.start()
        self._begin(work, self._made)

    def save(self, ending: str, path: Path | None = None) -> None:
        """Save the report as soon as it is made: at `path`, else where the last one went, else where is asked."""
        if self.spec is None:
            return
        if self.shown is None:
            if (ending, path) not in self._then:
                self._then.append((ending, path))
            if self._job is not None:
                self.shell.runner.wait_for(self._job)
            return
        target = path or (Path(self._kept.folder) / self._name(ending) if self._kept.usable else None)
        if target is None:
            self.ask(ending)
        elif not self._is_written(self.shown.report, target):
            self._write(self.shown.report, target)

    def _is_written(self, report: Report, target: Path) -> bool:
        """Whether just that is being written there."""
        begun = self._begun if self._writing else None
        return begun is not None and begun[0] is report and begun[1] == target

    def _write(self, report: Report, target: Path) -> None:
        """Write it beside the window, after what is being written."""
        try:
            work = write_report(self.shell.context, report, target)
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self._begun = report, target
        self.strip.begin(f"Writing {target.name}")
        self._writing.append(
            self.shell.runner.start(work, self.strip.show_progress, self._written, self._not_written, self._end_writing)
        )

    def ask(self, ending: str = PDF) -> None:
        """Ask where the report is to be saved, and remember the folder."""
        folder = Path(self._kept.folder) if self._kept.usable else Path.home()
        kinds = ";;".join([KINDS[ending], *(words for key, words in KINDS.items() if key != ending)])
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the report", str(folder / self._name(ending)), kinds)
        if chosen:
            self.save(ending, Path(chosen))

    def _build(self) -> None:
        space = self.theme.space
        self.header.add_action(self.excel)
        self.header.add_action(self.pdf)
        self.list_card.body.addWidget(self.list)
        both = QHBoxLayout()
        both.setSpacing(space(3))
        both.addWidget(self.list_card)
        right = QVBoxLayout()
        right.setSpacing(space(3))
        right.addWidget(self.asking)
        right.addWidget(self.strip)
        right.addWidget(self.counted)
        right.addWidget(self.view, 1)
        right.addWidget(self.none, 1)
        both.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(both, 1)
        whole.addWidget(KeyHints(self.theme, hints(figure_keys.REPORTS)))
        self.none.hide()

    def _connect(self) -> None:
        self.list.picked.connect(self._pick)
        self.list.opened.connect(lambda _spec: self.save(PDF))
        self.asking.changed.connect(self.make)
        self.view.opened.connect(self._open_child)
        self.view.explain.connect(self.explain)
        self.strip.cancelled.connect(self._cancel)
        self._patience.timeout.connect(self._say_making)
        self._settle.timeout.connect(self._draw_again)
        self.theme.changed.connect(self._recolour)
        for button, ending in ((self.pdf, PDF), (self.excel, EXCEL)):
            button.clicked.connect(lambda _checked=False, ending=ending: self.save(ending))
        for chord, deed in (
            ("Ctrl+P", lambda: self.save(PDF)),
            ("Ctrl+E", lambda: self.save(EXCEL)),
            ("Ctrl+Shift+S", self.ask),
        ):
            on_chord(self, chord, deed)

    def _pick(self, spec: ReportSpec | None) -> None:
        self.spec = spec
        for widget in (self.pdf, self.excel, self.asking, self.view):
            widget.setEnabled(spec is not None)
        self.none.setVisible(spec is None)
        self.view.setVisible(spec is not None)
        self.asking.setVisible(spec is not None)
        self._then = []
        if spec is None:
            return
        self.header.set_title(spec.title)
        self.header.set_subtitle(spec.says)
        self.counted.setText("")
        self.asking.show_for(spec)
        self._keep(replace(self._kept, report=spec.key))
        self.make()

    def _begin(self, work: Iterator[Progress], done: Callable[[Any], object]) -> None:
        """Begin to make or draw. What was begun before is of no interest any more, also where it ends just now."""
        if self._job is not None:
            self._job.cancel()
        self._number += 1
        number = self._number

        def mine(deed: Callable[[Any], object]) -> Callable[[Any], None]:
            return lambda result: self._ended(number, lambda: deed(result))

        self._job = self.shell.runner.start(
            work,
            self._show_progress,
            mine(done),
            mine(self._not_made),
            lambda: self._ended(number, lambda: None),
            quiet=True,
        )

    def _ended(self, number: int, deed: Callable[[], object]) -> None:
        if number == self._number:
            self._patience.stop()
            self._job = None
            if not self._writing:
                self.strip.end()
            deed()

    def _show_progress(self, progress: Progress) -> None:
        if self.strip.isVisible():
            self.strip.show_progress(progress)

    def _made(self, shown: Shown) -> None:
        self.shown = shown
        report = shown.report
        self.header.set_title(report.title)
        recorded = f"As recorded by {date_year(report.as_at.date())}, {clock_time(report.as_at)}."
        self.header.set_subtitle(report.subtitle)
        self.counted.setText(" ".join(filter(None, (report.counts, recorded))))
        self._leave_view()
        self.view.show_report(shown)
        then, self._then = self._then, []
        for ending, path in then:
            self.save(ending, path)
        self._settle.start()

    def _leave_view(self) -> None:
        """Before an old report goes, lest the keyboard leave the page with it."""
        focus = self.focusWidget()
        if focus is not None and self.view.isAncestorOf(focus):
            self.list.setFocus()

    def _not_made(self, error: Exception) -> None:
        """No other report may stand there as if it were this one."""
        self._then = []
        self._leave_view()
        self.view.show_words(words_of(error))
        self.shell.say(words_of(error), alarm=not isinstance(error, Refused))

    def _written(self, made: ReportFile) -> None:
        self._end_writing()
        self._keep(replace(self._kept, folder=str(made.path.parent)))
        self.shell.say(f"Saved: {made.path}")

    def _not_written(self, error: Exception) -> None:
        self._end_writing()
        self.shell.say(words_of(error), alarm=True)

    def _end_writing(self) -> None:
        del self._writing[0]
        if not self._writing:
            self.strip.end()

    def _cancel(self) -> None:
        for job in (self._job, *self._writing):
            if job is not None:
                job.cancel()
        self._then = []

    def _say_making(self) -> None:
        if self._job is not None:
            self.strip.begin("Making the report")

    def _keep(self, run: LastRun) -> None:
        if run != self._kept:
            self._kept = run
            remember(self.shell.context, run)

    def _name(self, ending: str) -> str:
        """The same name each time, so that a report takes the place of the one before it."""
        title = self.spec.title if self.spec else "Report"
        about = self.asking.about()
        return f"{title}{f' {about}' if about else ''}{ending}".translate(NOT_IN_NAMES)

    def _points(self) -> float:
        """How wide a picture is in its own points, so that its letters are as large as those of the window."""
        inside = self.view.viewport().width() - self.theme.space(12)
        return max(240.0, inside / scale_of(self.theme))

    def _draw_again(self) -> None:
        """Draw the pictures again where the width is another now."""
        if self.shown is None or not self.shown.pictures or abs(self._points() - self._drawn_at) < 4:
            return
        self._redraw()

    def _recolour(self) -> None:
        if self.shown is not None and self.shown.pictures:
            self._redraw()

    def _redraw(self) -> None:
        if self.shown is None or self._job is not None:
            return
        self._drawn_at = self._points()
        work = drawing(self.shown.report, self._drawn_at, ink_of(self.theme))
        self._begin(work, self._redrawn)

    def _redrawn(self, pictures: tuple[bytes, ...]) -> None:
        self.view.show_pictures(pictures)

    def _open_child(self, row: TableRow) -> None:
        if row.pupil:
            self.shell.go("pupils", pupil=row.pupil)
        else:
            self.shell.say("This line is about no single child.")

    def explain(self, row: TableRow) -> None:
        """Explain the figures of a line: of a child on its own page, of a class, a year or the school where figures
        are explained."""
        if row.pupil and self.shell.context.may(Right.READ_PUPIL):
            self.shell.go("pupils", pupil=row.pupil, explain=True)
        elif self._asked is None or not can_explain():
            self.shell.say("F4 explains the figures of a child: move to a line that is about one.")
        else:
            asked = self._asked
            by, key = whose(self.shell.context, row, asked)
            self.shell.go(
                PLACE,
                by=by,
                key=key,
                first=asked.first or school_year_start(asked.on),
                last=asked.on,
                as_at=asked.as_at,
                comparable=asked.comparable,
                back=("reports", {"report": self.spec.key if self.spec else ""}),
            )
