"""Plan an absence: whose, what, from when to when. It stands in every register as planned from then on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.plans import in_class, plan
from desktop_app.actions.pupils import PupilRow, pupil_list, pupil_page
from desktop_app.domain.errors import Refused
from desktop_app.rules.hatch import matching
from desktop_app.rules.session_lists import count_words, sessions_list
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.plans.form import PlanForm
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

WHOSE = "Children and classes, apart by commas"


class PlanPage(Page):
    """A form of one card. Ctrl+Enter plans it; what is refused is said above the button, and nothing changes."""

    place = "plan"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "Plan an absence", "It stands in the register once its session is over")
        self.whose = LineEdit(theme, "Kaya, Doyle, 4B")
        self.form = PlanForm(shell, self)
        self.code, self.note, self.for_leave = self.form.code, self.form.note, self.form.for_leave
        self.asked_by, self.decided_by = self.form.asked_by, self.form.decided_by
        self._named: tuple[str, int] | None = None
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.button = Button(theme, "Plan it", key="Ctrl+Enter", primary=True, bind=False)
        self._build()
        self.button.clicked.connect(self._plan)
        on_chord(self, "Ctrl+Return", self._plan)

    def show_at(self, **where: object) -> None:
        pupil = where.get("pupil")
        self.whose.clear()
        self._named = None
        if isinstance(pupil, int):
            child = pupil_page(self.shell.context, pupil).pupil
            self._named = (child.name, child.id)
            self.whose.setText(child.name)
        self.form.clear()
        self._say("")

    def first_focus(self) -> QWidget:
        return self.whose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._named is None:
                self.shell.go("registers")
            else:
                self.shell.go("pupils", pupil=self._named[1])
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        space = self.theme.space
        card = Card(self.theme)
        card.setMaximumWidth(space(180))
        form = self.form
        span = QHBoxLayout()
        for words, editor in (
            ("From", form.first),
            ("Half", form.first_half),
            ("To, inclusive", form.last),
            ("To half", form.last_half),
        ):
            span.addWidget(Field(self.theme, words, editor))
        card.body.addWidget(Field(self.theme, WHOSE, self.whose))
        card.body.addWidget(Field(self.theme, "What", form.code))
        card.body.addLayout(span)
        card.body.addWidget(Field(self.theme, "What for", form.note))
        for widget in (form.for_elsewhere, form.for_leave, self.said, self.button):
            card.body.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addWidget(card)
        whole.addStretch(1)
        whole.addWidget(KeyHints(self.theme, hints(keys.PLAN)))

    def _plan(self) -> None:
        try:
            wanted, pupils = self.form.wanted(), self._pupils()
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
        closed = f"; closed unexpectedly, so not planned: {sessions_list(made.closed)}" if made.closed else ""
        self.show_at()
        self._say(f"✓ Planned for {count_words(len(made.plans), 'child', 'children')}{stands}{closed}")
        self.whose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pupils(self) -> list[int]:
        """Whoever is named, each once: classes and children, apart by commas."""
        typed = self.whose.text().strip()
        if self._named is not None and typed == self._named[0]:
            return [self._named[1]]
        rows = pupil_list(self.shell.context)
        parts = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()] or [""]
        return list(dict.fromkeys(key for part in parts for key in self._called(part, rows)))

    def _called(self, typed: str, rows: Sequence[PupilRow]) -> list[int]:
        """A class of that name, else the one child whose name begins so."""
        named = [row.class_name for row in rows if row.class_name.casefold() == typed.casefold()]
        if named:
            day = self.form.first.date() or self.shell.context.today()
            return [one.id for one in in_class(self.shell.context, named[0], day)]
        found = matching((row.pupil for row in rows), typed)
        if len(found) != 1:
            some = f"{len(found)} children begin so" if found else "No child and no class is called so"
            raise Refused(f"“{typed}”: {some}. Type the other name too, or the class.")
        return [found[0].id]

    def _say(self, words: str) -> None:
        self.said.set_ink("alarm" if words.startswith("⚠") else "ink")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)
