"""Plan an absence: whose, what, from when to when. It stands in every register as planned from then on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.plans import in_class, plan
from desktop_app.actions.pupils import pupil_list
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.rules.hatch import matching
from desktop_app.rules.plans import LEAVE, plannable
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

WHOSE = "Name of a child, or of a class"


class PlanPage(Page):
    """A form of one card. Ctrl+Enter plans it; what is refused is said above the button, and nothing changes."""

    place = "plan"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "Plan an absence", "It stands in the register once its session is over")
        self.whose = LineEdit(theme, "Kaya, or 4B")
        self.code = Choice(theme)
        today = shell.context.today
        self.first, self.last = DateEdit(theme, today), DateEdit(theme, today)
        self.first_half, self.last_half = Choice(theme), Choice(theme)
        self.note = LineEdit(theme, "Dentist, museum, grandmother’s funeral …")
        self.provider = LineEdit(theme, "Where the child attends")
        self.asked_by = LineEdit(theme, "Ms K Kaya")
        self.asked_on = DateEdit(theme, today)
        self.decided_by = LineEdit(theme, "Dr A Rahman")
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.button = Button(theme, "Plan it", key="Ctrl+Enter", primary=True, bind=False)
        self._fill_choices()
        self._build()
        self.button.clicked.connect(self._plan)
        self.code.currentIndexChanged.connect(self._suit_code)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._plan)

    def show_at(self, **where: object) -> None:
        del where
        for line in (self.whose, self.note, self.provider, self.asked_by, self.decided_by):
            line.clear()
        today = self.shell.context.today()
        for day in (self.first, self.last, self.asked_on):
            day.set_date(today)
        self._say("")
        self._suit_code()

    def first_focus(self) -> QWidget:
        return self.whose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("registers")
            return
        super().keyPressEvent(event)

    def _fill_choices(self) -> None:
        codes = self.shell.context.rulebook.codes
        for code in plannable(codes, self.shell.context.today()):
            self.code.add(f"{code.key}  {code.title}", code.key)
        for choice in (self.first_half, self.last_half):
            for half in HALVES:
                choice.add(half.value, half)
        self.last_half.choose(Half.PM)

    def _build(self) -> None:
        space = self.theme.space
        card = Card(self.theme)
        card.setMaximumWidth(space(180))
        self.for_elsewhere = Field(self.theme, "Where", self.provider)
        self.for_leave = QWidget()
        leave = QHBoxLayout(self.for_leave)
        leave.setContentsMargins(0, 0, 0, 0)
        for words, editor in (
            ("Who asked for it?", self.asked_by),
            ("On which day?", self.asked_on),
            ("Who gave it?", self.decided_by),
        ):
            leave.addWidget(Field(self.theme, words, editor))
        span = QHBoxLayout()
        for words, editor in (
            ("From", self.first),
            ("Half", self.first_half),
            ("To, inclusive", self.last),
            ("To half", self.last_half),
        ):
            span.addWidget(Field(self.theme, words, editor))
        card.body.addWidget(Field(self.theme, WHOSE, self.whose))
        card.body.addWidget(Field(self.theme, "What", self.code))
        card.body.addLayout(span)
        card.body.addWidget(Field(self.theme, "What for", self.note))
        for widget in (self.for_elsewhere, self.for_leave, self.said, self.button):
            card.body.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(card)
        whole.addStretch(1)
        whole.addWidget(KeyHints(self.theme, hints(keys.PLAN)))

    def _suit_code(self) -> None:
        """Ask only for what the code needs."""
        key = str(self.code.value() or "")
        self.for_leave.setVisible(key in LEAVE)
        self.for_elsewhere.setVisible(bool(key) and self.shell.context.rulebook.codes[key].elsewhere)

    def _plan(self) -> None:
        try:
            wanted, pupils = self._wanted(), self._pupils()
            made, changes = plan(self.shell.context, wanted, pupils)
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        self.shell.announce(changes)
        stands = (
            f"; {count_words(len(made.standing), 'mark stands', 'marks stand')} already and stay"
            if made.standing
            else ""
        )
        self.show_at()
        self._say(f"✓ Planned for {count_words(len(made.plans), 'child', 'children')}{stands}")
        self.whose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wanted(self) -> Plan:
        leave = str(self.code.value()) in LEAVE
        return Plan(
            id=0,
            pupil=0,
            code=str(self.code.value()),
            first=_day(self.first, "From"),
            first_half=Half(str(self.first_half.value())),
            last=_day(self.last, "To"),
            last_half=Half(str(self.last_half.value())),
            note=self.note.text().strip(),
            asked_by=self.asked_by.text().strip() if leave else "",
            asked_on=self.asked_on.date() if leave else None,
            decided_by=self.decided_by.text().strip() if leave else "",
            decided_on=self.shell.context.today() if leave else None,
            provider=self.provider.text().strip(),
        )

    def _pupils(self) -> list[int]:
        """A class of that name, else the one child whose name begins so."""
        typed = self.whose.text().strip()
        rows = pupil_list(self.shell.context)
        named = [row.class_name for row in rows if row.class_name.casefold() == typed.casefold()]
        if named:
            day = self.first.date() or self.shell.context.today()
            return [one.id for one in in_class(self.shell.context, named[0], day)]
        found = matching((row.pupil for row in rows), typed)
        if len(found) != 1:
            some = f"{len(found)} children begin so" if found else "No child and no class is called so"
            raise Refused(f"{some}: type the other name too, or the class.")
        return [found[0].id]

    def _say(self, words: str) -> None:
        self.said.set_ink("alarm" if words.startswith("⚠") else "ink")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)


def _day(editor: DateEdit, words: str) -> date:
    found = editor.date()
    if found is None:
        raise Refused(f"{words}: that is not a day. Write it as 24/11/2026.")
    return found
