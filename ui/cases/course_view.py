"""A case at a glance: where it is, since when, what is next, who owes it, and whether it works."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.case_page import CasePage
from desktop_app.domain.cases import CaseStatus, Proposal
from desktop_app.domain.charts import LineChart, Milestone, Series
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Pack
from desktop_app.rules.display import date_year, percent, short_date
from ui.case_keys import COURSE
from ui.cases.chronology import ChronologyCard
from ui.cases.deed_panel import WIDTH, DeedPanel
from ui.cases.levels_strip import LevelsStrip
from ui.cases.proposals_list import ProposalsList, ProposalsModel, lines_of
from ui.cases.said_cards import WordsCard, owed_lines, said_lines
from ui.keys import hints
from ui.log.panel import LogPanel
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.parts.why import asks_why
from ui.reports.making import ink_of
from ui.reports.picture import Picture
from ui.shell import Shell
from ui.tokens import TextRole

SIDE = 340
NARROW = 760
"""Below this width, in device-independent pixels, a form takes the place of everything."""
TWO_ABREAST = 1100
"""From this width on the chronology stands beside what comes next, else under it."""
LOWEST, LOW = 38, 30
"""The least heights of the large cards and of the small, in steps of the theme: the side scrolls where it has less."""
POINTS = 186.0
"""The width of the picture, in its own points."""
WHY = "F4"
"""What is asked for besides the letters: how the attendance is reached."""
LETTERS = ("D", "M", "R", "T", "G", "S", "W", "H", "X", "L", "K", "F", "A", "B", "C", "P", "O")


class CourseView(QWidget):
    """It shows a case and says what was asked for; the page does it."""

    asked = Signal(str)
    """A letter of the keys at the foot."""
    opened = Signal(object)
    """The proposal of the current line is to be done."""
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.page: CasePage | None = None
        self.pupil = 0
        self.header = PageHeader(theme)
        self.strip = LevelsStrip(theme)
        self.model = ProposalsModel(self)
        self.list = ProposalsList(theme, self.model)
        self.next_card = Card(theme, "What comes next", flush=True)
        self.works = Card(theme, "Is it working?")
        self.picture: Picture | None = None
        self._verdict = Label(theme, "", TextRole.BODY, wrap=True)
        self.tasks = WordsCard(theme, "Tasks", "Nobody owes anything.")
        self.said = WordsCard(theme, "What is in the way, what helps", "Nothing was put down yet: S.")
        self.chronology = ChronologyCard(shell)
        self.panel = DeedPanel(shell)
        self.log_panel = LogPanel(shell)
        self._next = Button(theme, "Do what is next", key="Enter", primary=True, bind=False)
        self._bundle = Button(theme, "Referral", key="B", bind=False)
        self._hints = KeyHints(theme, hints(COURSE))
        self._build()
        self.list.opened.connect(lambda line: self.opened.emit(line.proposal))
        self._next.clicked.connect(self._do_next)
        self._bundle.clicked.connect(lambda: self.asked.emit("B"))
        for panel in (self.panel, self.log_panel):
            panel.closed.connect(self.make_room)

    def show_page(self, page: CasePage) -> None:
        """Show a case."""
        self.page, self.pupil = page, page.child.id
        self.header.set_title(f"{page.child.name} · case")
        self.header.set_subtitle(_subtitle(page))
        self.strip.show_page(page)
        self.model.show_lines(lines_of(page.proposals, page.on))
        self.next_card.set_aside(_counted(page.proposals))
        self.tasks.show_words(owed_lines(page))
        areas = {one.key: one.title for one in self._shell.context.rulebook.kinds.barriers}
        self.said.show_words(said_lines(page, areas))
        self._verdict.setText(_works(page))
        self.chronology.show_page(page)
        self._draw(page)
        self._show_cards(shown=True)

    def begin(self, pupil: int, name: str) -> None:
        """Another child’s case is being read: nothing is known of it yet but, at best, the name."""
        self.page, self.pupil = None, pupil
        self.header.set_title(f"{name} · case" if name else "Case")
        self.header.set_subtitle("Reading the case …")
        self.strip.hide()
        self.model.show_lines(())
        self.next_card.set_aside("")
        self._show_cards(shown=False)

    def show_child(self, child: Pupil, pack: Pack, found: tuple[Proposal, ...]) -> None:
        """Show what is proposed for a child without a case."""
        self.page, self.pupil = None, child.id
        self.header.set_title(child.name)
        self.header.set_subtitle(f"No case is open. {pack.title}, version {pack.version}. O opens one.")
        self.strip.hide()
        self.model.show_lines(lines_of(found, self._shell.context.today()))
        self.next_card.set_aside("" if found else "nothing asks for a case")
        self._show_cards(shown=False)

    def _show_cards(self, *, shown: bool) -> None:
        for card in (self.works, self.tasks, self.said, self.chronology):
            card.setVisible(shown)

    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed, in the order it is shown."""
        return tuple(line.proposal for line in self.model.lines)

    def first_focus(self) -> QWidget:
        """The list of what comes next; where it is empty, the view, which knows the letters."""
        return self.list if self.model.rowCount() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape and self.chronology.view.hasFocus() and self.model.rowCount():
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif letter == "C" and plain and self.chronology.model.rowCount() and self.chronology.isVisible():
            self.chronology.view.setFocus()
        elif event.key() == Qt.Key.Key_F4:
            self.asked.emit(WHY)
        elif letter in LETTERS and letter and plain:
            self.asked.emit(letter)
        else:
            super().keyPressEvent(event)

    def make_room(self) -> None:
        """A form takes the place of the side; in a narrow window, of everything."""
        open_form = not (self.panel.isHidden() and self.log_panel.isHidden())
        self._beside.setVisible(not open_form)
        self._left.setVisible(not open_form or self.width() >= NARROW + WIDTH)
        self._left_side.fit(self.width() - (WIDTH if open_form else SIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def _do_next(self) -> None:
        proposal = self.list.current() or (self.page.next if self.page else None)
        if proposal is not None:
            self.opened.emit(proposal)

    def _build(self) -> None:
        theme = self._shell.theme
        for button in (self._bundle, self._next):
            self.header.add_action(button)
        self.next_card.body.addWidget(self.list, 1)
        self.works.body.addWidget(self._verdict)
        asks_why(self._verdict, lambda: self.asked.emit(WHY))
        self._left, self._side = QWidget(), QWidget()
        self._left_side = Columns(theme.space(3), TWO_ABREAST)
        self._left.setLayout(self._left_side)
        self._left_side.addWidget(self.next_card, 1)
        self._left_side.addWidget(self.chronology, 1)
        for card in (self.next_card, self.chronology):
            card.setMinimumHeight(theme.space(LOWEST))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.space(3))
        side.addWidget(self.works)
        side.addWidget(self.tasks, 1)
        side.addWidget(self.said, 1)
        for card in (self.tasks, self.said):
            card.setMinimumHeight(theme.space(LOW))
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFrameShape(QScrollArea.Shape.NoFrame)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        slim_bars(self._beside, theme, "page")
        self._beside.setWidget(self._side)
        self._beside.setFixedWidth(SIDE)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self._left, 1)
        row.addWidget(self._beside)
        row.addWidget(self.panel)
        row.addWidget(self.log_panel)
        column = QVBoxLayout(self)
        margin = theme.space(5)
        column.setContentsMargins(margin, theme.space(4), margin, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addLayout(row, 1)
        column.addWidget(self._hints)

    def _draw(self, page: CasePage) -> None:
        from desktop_app.documents.charts import chart_svg  # noqa: PLC0415 - loaded with the first picture

        if self.picture is not None:
            self.works.body.removeWidget(self.picture)
            self.picture.hide()
            self.picture.deleteLater()
        self.picture = None
        chart = course_chart(page)
        if chart is not None:
            self.picture = Picture(self._shell.theme, chart)
            self.picture.show_svg(chart_svg(chart, POINTS, ink_of(self._shell.theme)))
            self.works.body.insertWidget(0, self.picture)


def course_chart(page: CasePage) -> LineChart | None:
    """Attendance by week with each step and review marked on it; None where there is no week yet."""
    weeks = page.weeks[-16:]
    if not weeks:
        return None
    said: dict[int, list[str]] = {}
    for turn in page.turns:
        at = max((number for number, week in enumerate(weeks) if week.monday <= turn.day), default=-1)
        if at >= 0 and turn.title not in said.setdefault(at, []):
            said[at].append(turn.title)
    found = [Milestone(at, ", ".join(titles)) for at, titles in sorted(said.items())]
    values: tuple[Fraction | None, ...] = tuple(week.rate for week in weeks)
    names = tuple(short_date(week.monday) for week in weeks)
    return LineChart("Attendance by week", "%", names, (Series("Now", values),), tuple(found), low=True)


def _subtitle(page: CasePage) -> str:
    lead = f"led by {page.lead}" if page.lead else "nobody leads"
    state = page.state
    if state.status is CaseStatus.CLOSED and state.closed is not None:
        return f"Closed on {date_year(state.closed.happened_at.date())}: {state.closed.note}"
    return f"{page.pack.title}, version {state.version} · {lead} · opened {date_year(state.opened)}"


def _counted(found: tuple[Proposal, ...]) -> str:
    left = sum(one.done is None for one in found)
    return f"{left} to do · {len(found) - left} done"


def _works(page: CasePage) -> str:
    rate = page.figures.attendance
    year = f"{percent(rate)} since September" if rate is not None else "No session yet since September"
    return f"{page.how.says}\n{year}."
