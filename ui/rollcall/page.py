"""The roll-call on the screen, by one key from anywhere: big names, class by class, and nothing that is private."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.paper import Printing, roll_call, roll_call_paper
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import Paper, RollClass, Whereabouts
from ui import keys
from ui.keys import hints
from ui.paper.look import PaperPreview
from ui.parts.buttons import Button
from ui.parts.flow import Flow
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

NO_PAPER = "No paper over the locked screen, since it could be saved as a file. Sign in first."


class RollCallPage(Page):
    """Shows the roll-call of the moment it was asked for. Esc or F12 goes back to exactly where one was.

    `locked`: over the gate, where nobody has signed in, it is looked at and not put on paper. A printer cannot be told
    from one that writes a file, and every name of the school would leave it without a password.
    """

    place = "roll-call"
    bare: ClassVar[bool] = True

    def __init__(self, shell: Shell, *, locked: bool = False) -> None:
        super().__init__(shell)
        self._locked = locked
        self._when = ""
        theme = self.theme
        self.header = PageHeader(theme)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("Roll-call")
        slim_bars(self.area, theme)
        self.print = Button(theme, "On paper", key="P", bind=False, icon="print")
        self.print.clicked.connect(self.show_paper)
        if locked:  # to show it here, before it has a parent, would make it a window of its own
            self.print.hide()
        self.header.add_action(self.print)
        self.preview = PaperPreview(shell)
        self.preview.left.connect(self._leave_paper)
        self._list = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.preview)
        space = theme.space
        whole = QVBoxLayout(self._list)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(self.area, 1)
        whole.addWidget(KeyHints(theme, hints(keys.ROLL_CALL[1:] if locked else keys.ROLL_CALL)))

    def show_at(self, **where: object) -> None:
        del where
        self._stack.setCurrentWidget(self._list)
        self.preview.drop()
        classes, self._when = roll_call(self.shell.context)
        total = sum(one.look_for for one in classes)
        self.header.set_title(f"Roll-call: {total} children to be found")
        self.header.set_subtitle(self._when)
        self.area.setWidget(self._sheet(classes))

    def first_focus(self) -> QWidget:
        return self.area

    def show_paper(self) -> None:
        """The list on paper, of this moment; the print dialog at once where there is a printer. It is drawn here and
        not beside the window: whatever else is at work, nobody waits for it in a fire."""
        if self._locked:
            self.header.set_subtitle(f"⚠ {NO_PAPER} {self._when}")
            return
        try:
            made = _whole(roll_call_paper(self.shell.context))
        except Refused as refused:
            self.header.set_subtitle(f"⚠ {words_of(refused)}")
            return
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_paper(made, f"Roll-call {self.shell.context.now():%Y-%m-%d %H-%M}")
        if QPrinterInfo.availablePrinterNames():
            self.preview.ask_printer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.back()
        elif event.text().upper() == "P" and self._stack.currentWidget() is self._list:
            self.show_paper()
        else:
            super().keyPressEvent(event)

    def _leave_paper(self) -> None:
        self._stack.setCurrentWidget(self._list)
        self.preview.drop()
        self.area.setFocus()

    def _sheet(self, classes: Sequence[RollClass]) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setSpacing(self.theme.space(2))
        for one in classes:
            for label in self._class(one):
                column.addWidget(label)
        if not classes:
            column.addWidget(Label(self.theme, "There is no session now: nobody is expected.", TextRole.CARD_TITLE))
        column.addStretch(1)
        return sheet

    def _class(self, of: RollClass) -> Sequence[QWidget]:
        theme = self.theme
        heading = f"{of.class_name} · {of.look_for} to be found"
        labels: list[QWidget] = [Label(theme, heading, TextRole.PAGE_TITLE)]
        if not of.taken and of.look_for:
            labels.append(
                Label(theme, f"⚠ REGISTER NOT TAKEN – look for all {of.look_for}", TextRole.CARD_TITLE, "alarm")
            )
        names = QWidget()
        flow = Flow(names, gap=theme.space(4))
        for line in of.of(Whereabouts.UNSURE, Whereabouts.HERE):
            unsure = line.where is Whereabouts.UNSURE and of.taken
            words = f"⚠ {line.name}: {line.says}" if unsure else line.name
            flow.addWidget(Label(theme, words, TextRole.CARD_TITLE, "alarm" if unsure else "ink"))
        labels.append(names)
        for where, words in ((Whereabouts.ELSEWHERE, "Elsewhere"), (Whereabouts.AWAY, "Not in school")):
            named = of.of(where)
            if named:
                said = "; ".join(f"{line.name} ({line.says})" if line.says else line.name for line in named)
                labels.append(Label(theme, f"{words}: {said}", TextRole.BODY, "second", wrap=True))
        return labels


def _whole(work: Printing) -> Paper:
    """Draw to the end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
