"""Paper: choose what, for whom and for which day; look at the pages; print or save them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.continuity import PackMade, make_continuity
from desktop_app.actions.paper import PaperKind, may_print, paper
from desktop_app.actions.register_page import classes
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import Paper
from desktop_app.domain.progress import Changes
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.keys import hints
from ui.morning import Morning
from ui.paper.look import PaperPreview
from ui.paper.pack_card import PackCard
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.parts.progress import ProgressStrip
from ui.parts.text import Label
from ui.runner import Job, words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

BLANK = "blank"
KINDS = (
    (BLANK, "Registers, blank, to write in"),
    (PaperKind.REGISTERS.value, "Registers, as they were taken"),
    (PaperKind.ROLL_CALL.value, "Roll-call"),
    (PaperKind.CONTACTS.value, "Contact sheets"),
    (PaperKind.PACK.value, "The whole continuity pack"),
)
SAYS = {
    BLANK: "The week of that day, a sheet for each class: names, boxes, and in brackets what is planned.",
    PaperKind.REGISTERS.value: "The week of that day as it was marked, with every amendment listed below.",
    PaperKind.ROLL_CALL.value: "Whom to find, class by class, by the register at hand and the hatch.",
    PaperKind.CONTACTS.value: "Whom to call for each child, in order. Nobody whom a court keeps away stands there.",
    PaperKind.PACK.value: "To print for a locked drawer. As a file it is kept only in its folder, at the right.",
}


class PaperPage(Page):
    """What, for which classes, for which day; the continuity pack beside it; then the pages."""

    place = "paper"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._job: Job | None = None
        self.header = PageHeader(theme, "Paper", "What is drawn is looked at first, then printed or saved")
        self.kind = Choice(theme)
        self.classes = LineEdit(theme, "All classes; or 4B, 5A" if shell.context.sees_all else "All your classes")
        self.day = DateEdit(theme, shell.context.today)
        self.says = Label(theme, "", TextRole.BODY, "second", wrap=True)
        self.draw = Button(theme, "Draw the pages", key="Ctrl+P", bind=False, primary=True, icon="print")
        self.strip = ProgressStrip(theme)
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.fault.hide()
        self.pack = PackCard(shell)
        self.preview = PaperPreview(shell)
        self._asking = QWidget()
        self._stack = QStackedLayout(self)
        self._build()
        self._connect()
        self._suit()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book:
            self.pack.read()

    def show_at(self, **where: object) -> None:
        """`kind`, `class_name`, `day`: what to offer; otherwise what was asked last stays."""
        if where.get("kind") is not None:
            self.kind.choose(where["kind"])
        if "class_name" in where:
            self.classes.setText(str(where["class_name"] or ""))
        day = where.get("day")
        if isinstance(day, date):
            self.day.set_date(day)
        elif not where or self.day.date() is None:
            self.day.set_date(self.shell.context.today())
        self._leave_preview()
        self.pack.read()

    def first_focus(self) -> QWidget:
        return self.preview.sheet if self._stack.currentWidget() is self.preview else self.kind

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
            self.shell.go("registers")
            return
        super().keyPressEvent(event)

    def show_pages(self) -> None:
        """Draw what was asked for, beside the window, and show it."""
        if self._job is not None:
            return
        self._say("")
        chosen = str(self.kind.value())
        kind = PaperKind.REGISTERS if chosen == BLANK else PaperKind(chosen)
        try:
            day, names = self._day(), self._names()
            work = paper(self.shell.context, kind, day, names, blank=chosen == BLANK)
        except Refused as refused:
            self._say(words_of(refused))
            return
        words = dict(KINDS)[chosen]
        name = f"{words.split(',')[0]} {' '.join(names)} {day.isoformat()}".replace("  ", " ")
        self.strip.begin("Drawing the pages")
        self._job = self.shell.runner.start(
            work,
            self.strip.show_progress,
            lambda made: self._drawn(made, name, kind),
            self._failed,
            self._stopped,
        )

    def make_pack(self) -> None:
        """Make today's pack in its folder now."""
        if self._job is not None or not self.pack.now.isEnabled():
            return
        self._say("")
        self.strip.begin("Making the continuity pack")
        self._job = self.shell.runner.start(
            make_continuity(self.shell.context), self.strip.show_progress, self._packed, self._failed, self._stopped
        )

    def _names(self) -> tuple[str, ...]:
        """The classes that were typed, spelled as the school spells them."""
        typed = [one.strip() for one in self.classes.text().replace(";", ",").split(",") if one.strip()]
        known = {one.casefold(): one for one in classes(self.shell.context, self._day())}
        return tuple(known.get(one.casefold(), one) for one in typed)

    def _day(self) -> date:
        found = self.day.date()
        if found is None:
            raise Refused("That is not a day. Write it as 24/11/2026.")
        return found

    def _drawn(self, made: Paper, name: str, kind: PaperKind) -> None:
        self._end()
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_paper(made, name, only_printed=kind is PaperKind.PACK)
        self.shell.say(f"{count_words(made.pages, 'page', 'pages')}.")

    def _packed(self, made: PackMade) -> None:
        self._end()
        self.shell.announce(Changes(book=True))
        self._look_again()
        left = f" Still there, because it is open elsewhere: {made.left[0]}" if made.left else ""
        self.shell.say(f"Continuity pack made: {made.path}.{left}", alarm=bool(made.left))

    def _failed(self, error: Exception) -> None:
        self._end()
        self.pack.read()
        self._say(words_of(error))

    def _stopped(self) -> None:
        self._end()
        self.shell.say("Stopped. Nothing was made.")

    def _end(self) -> None:
        self._job = None
        self.strip.end()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _look_again(self) -> None:
        """The pack is made by itself where it is due, and nothing that is past is warned of."""
        morning = self.window().findChild(Morning)
        if isinstance(morning, Morning):
            morning.look_again()

    def _leave_preview(self) -> None:
        self.preview.drop()
        self._stack.setCurrentWidget(self._asking)
        self.kind.setFocus()

    def _say(self, words: str) -> None:
        self.fault.setText(f"⚠ {words}" if words else "")
        self.fault.setVisible(bool(words))
        self.fault.setAccessibleName(words)

    def _suit(self) -> None:
        self.says.setText(SAYS[str(self.kind.value())])

    def _build(self) -> None:
        space = self.theme.space
        offered = {BLANK, *may_print(self.shell.context)}
        for key, words in KINDS:
            if key in offered:
                self.kind.add(words, key)
        what = Card(self.theme, "What to print")
        what.body.setSpacing(space(3))
        for widget in (
            Field(self.theme, "What", self.kind),
            self.says,
            Field(self.theme, "Classes", self.classes),
            Field(self.theme, "Day", self.day),
            self.fault,
            self.draw,
            self.strip,
        ):
            what.body.addWidget(widget)
        what.body.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(space(4))
        both.addWidget(what, 1)
        both.addWidget(self.pack, 1)
        whole = QVBoxLayout(self._asking)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(both)
        whole.addStretch(1)
        whole.addWidget(KeyHints(self.theme, hints(keys.PAPER)))
        self._stack.addWidget(self._asking)
        self._stack.addWidget(self.preview)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._suit)
        self.preview.left.connect(self._leave_preview)
        self.strip.cancelled.connect(self._cancel)
        self.pack.arranged.connect(self._look_again)
        for button, chord, deed in (
            (self.draw, "Ctrl+P", self.show_pages),
            (self.pack.now, "Ctrl+M", self.make_pack),
        ):
            button.clicked.connect(deed)
            on_chord(self._asking, chord, deed)
