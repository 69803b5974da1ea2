"""One pupil's case: what a referral would hold and still lacks, and the bundle made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.bundle import BundlePlan, BundleRequest
from desktop_app.domain.rulebook import Pack
from desktop_app.rules.chronology import ChronologyLine
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date
from ui.case_keys import CASE
from ui.cases.asking import AskingCard
from ui.cases.deed_panel import DeedPanel
from ui.cases.parts_card import PartsCard
from ui.cases.readiness_model import ReadinessModel, counted
from ui.cases.readiness_view import ReadinessView
from ui.cases.side_by_side import NARROW, SideBySide
from ui.keys import hints
from ui.log.panel import WIDTH, LogPanel
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.progress import ProgressStrip
from ui.shell import Shell


class CaseView(QWidget):
    """It shows a plan and says what was asked for; the page does it."""

    changed = Signal()
    """Another referral or day was chosen."""
    build_asked = Signal()
    open_asked = Signal()
    log_asked = Signal()
    line_asked = Signal(object)
    """A line of readiness is to be done, or shown what it rests on."""
    sign_asked = Signal(str)
    """A signed page is to be kept: `certificate`, `statement` or `declaration`."""
    relied_asked = Signal()
    """The sessions of the certificate are to be chosen."""
    made_asked = Signal()
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.pupil = 0
        self.plan: BundlePlan | None = None
        self.header = PageHeader(theme)
        self.model = ReadinessModel(self)
        self.readiness = ReadinessView(theme, self.model)
        self.card = Card(theme, "Ready for", flush=True)
        self.parts = PartsCard(theme)
        self.asked = AskingCard(shell)
        self.referral, self.on, self.first = self.asked.referral, self.asked.on, self.asked.first
        self.strip = ProgressStrip(theme)
        self.log_panel = LogPanel(shell)
        self.panel = DeedPanel(shell)
        self._hints = KeyHints(theme, hints(CASE))
        self._refused = EmptyState(theme, "warning", "")
        self._open = Button(theme, "Open case", key="O", bind=False)
        self._build_button = Button(theme, "Build bundle", key="B", primary=True, bind=False)
        self._made = Button(theme, "Bundles made", key="M", bind=False, icon="folder")
        self._fields = self.asked.fields
        self._build()
        self._connect()

    def show_pupil(self, pupil: int, pack: Pack, referral: str, parents: Sequence[ContactCard]) -> None:
        """Ask about this pupil: the pack's referrals, as at today, since September; nothing is left out."""
        self.pupil = pupil
        self.asked.show_pupil(pack, referral, parents)
        self.parts.begin()

    def request(self) -> BundleRequest | None:
        """What the form asks for, without what the maker leaves out; None while a day in it cannot be read."""
        asked = self.asked.request(self.pupil)
        return asked and replace(asked, left_out=self.parts.left_out, redacted=self.parts.redacted)

    def show_plan(self, plan: BundlePlan, entries: Sequence[ChronologyLine], opened: date | None) -> None:
        """Show what was found. `opened` is the day the case was opened; None: there is none."""
        self.plan = plan
        case = f"case opened {long_date(opened)}" if opened else "no case open"
        self.header.set_title(f"{plan.pupil.name} · case" if opened else plan.pupil.name)
        self.header.set_subtitle(f"{plan.pack.title}, version {plan.pack.version} · {case}")
        row = self.readiness.currentIndex().row()
        self.model.show_lines(plan.findings)
        self.readiness.setCurrentIndex(self.model.index(max(0, min(row, len(plan.findings) - 1)), 0))
        self.card.set_title(f"Ready for: {plan.referral.title}")
        self.card.set_aside(counted(plan.findings))
        self.parts.show_plan(plan, entries)
        self.asked.show_reliable(plan.reliable)
        self._open.setVisible(opened is None)
        self._hints.set_hints([hint for hint in hints(CASE) if opened is None or hint[0] != "O"])
        self._show_findings(shown=True)

    def show_refusal(self, words: str) -> None:
        """Say why there is no plan."""
        self.plan = None
        self.model.show_lines(())
        self.card.set_aside("")
        self.parts.show_plan(None)
        self._refused.set_words("This bundle cannot be planned", words)
        self._show_findings(shown=False)

    def set_building(self, building: bool) -> None:
        """While a bundle is made nothing else can be asked."""
        self._build_button.setEnabled(not building)
        self.asked.set_building(building)
        self.parts.setEnabled(not building)

    def first_focus(self) -> QWidget:
        """The readiness list."""
        return self.readiness

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif letter == "B" and self._build_button.isEnabled():
            self.build_asked.emit()
        elif letter == "O" and not self._open.isHidden():
            self.open_asked.emit()
        elif letter == "S" and self.asked.relied.isVisible():
            self.relied_asked.emit()
        elif letter == "L":
            self.log_asked.emit()
        elif letter == "M":
            self.made_asked.emit()
        elif letter == "P":
            self._shell.go("pupils", pupil=self.pupil)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        theme = self._shell.theme
        for button in (self._made, self._open, self._build_button):
            self.header.add_action(button)
        self.card.body.addWidget(self.readiness, 1)
        self.card.body.addWidget(self._refused, 1)
        self._refused.hide()
        self._scroll = SideBySide(theme, self.card, self.asked, self.parts)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self._scroll, 1)
        row.addWidget(self.log_panel)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        margin = theme.space(5)
        column.setContentsMargins(margin, margin, margin, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addLayout(row, 1)
        column.addWidget(self._hints)

    def _connect(self) -> None:
        self.asked.changed.connect(self.changed)
        self.parts.changed.connect(self.changed)
        self.asked.relied.clicked.connect(self.relied_asked)
        self.parts.refused.connect(lambda words: self._shell.say(words, alarm=True))
        self._made.clicked.connect(self.made_asked)
        self._build_button.clicked.connect(self.build_asked)
        self._open.clicked.connect(self.open_asked)
        self.readiness.opened.connect(self.line_asked)
        for panel in (self.log_panel, self.panel):
            panel.closed.connect(self.make_room)

    def make_room(self) -> None:
        """The form that is open takes the place of the side; in a narrow window, of everything."""
        open_form = not (self.log_panel.isHidden() and self.panel.isHidden())
        was_away = self._scroll.isHidden()
        self._scroll.side.setVisible(not open_form)
        self._scroll.setVisible(not open_form or self.width() >= NARROW + WIDTH)
        if was_away and not self._scroll.isHidden():
            self.first_focus().setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self._scroll.fit(self.width())
        self.parts.setMinimumHeight(self._shell.theme.space(50) if stacked else 0)
        self.make_room()

    def _show_findings(self, *, shown: bool) -> None:
        self.readiness.setVisible(shown)
        self._refused.setVisible(not shown)
        self._build_button.setEnabled(shown)
