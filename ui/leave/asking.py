"""The form of a request: which child, with brothers and sisters, who asks, when, which days, why, what came with it."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.actions.families import contacts
from desktop_app.actions.pupils import pupil_list, pupil_page
from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import NewLeave, Span
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.rules.hatch import matching
from ui.admission.child_form import line_of
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, Tick
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole


class AskingCard(Card):
    """Nothing is written here: `pupils` and `wanted` say what stands there."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Leave was asked for")
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self.child: Pupil | None = None
        self.whose = LineEdit(theme, "Kaya, three letters and Enter")
        self.first, self.last, self.asked_on = DateEdit(theme, today), DateEdit(theme, today), DateEdit(theme, today)
        self.first_half, self.last_half = Choice(theme), Choice(theme)
        for choice in (self.first_half, self.last_half):
            for half in HALVES:
                choice.add(half.value, half)
        self.reason = LineEdit(theme, "As it was asked: a funeral in Lahore")
        self.evidence = LineEdit(theme, "Order of service, invitation, licence …")
        self.late = Tick(theme, "Asked late: it had begun, or was over")
        self.keep = Button(theme, "Put it down", key="Ctrl+Enter", primary=True, bind=False)
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.siblings: dict[int, Tick] = {}
        self.askers: dict[int, Tick] = {}
        self._ticks = QVBoxLayout()
        self._build()
        self.whose.editingFinished.connect(self.seek)

    def begin(self, pupil: int | None) -> None:
        """Empty, for a child where one is known."""
        self.child = None
        self.whose.clear()
        for line in (self.reason, self.evidence):
            line.clear()
        for day in (self.first, self.last):
            day.set_date(None)
        self.asked_on.set_date(self._shell.context.today())
        self.first_half.choose(Half.AM)
        self.last_half.choose(Half.PM)
        self.late.setChecked(False)
        self.set_fault("")
        self._show_family()
        if pupil is not None:
            self._take(pupil_page(self._shell.context, pupil).pupil)

    def seek(self) -> None:
        """Find the child of the name that was typed; its parents and its brothers and sisters come under it."""
        typed = self.whose.text().strip()
        if self.child is not None and typed == self.child.name:
            return
        self.child = None
        self._show_family()
        if not typed:
            return
        found = matching((row.pupil for row in pupil_list(self._shell.context)), typed)
        if len(found) == 1:
            self.set_fault("")
            self._take(found[0])
        else:
            some = f"{len(found)} children begin so" if found else "no child is called so"
            self.set_fault(f"“{typed}”: {some}. Type the other name too.")

    def pupils(self) -> list[int]:
        """The children it is asked for. Raises `Refused` where none is."""
        if self.child is None:
            self.seek()
        if self.child is None:
            raise Refused("Say for which child it is asked.")
        return [self.child.id, *(key for key, tick in self.siblings.items() if tick.isChecked())]

    def wanted(self) -> NewLeave:
        """The request as typed. Raises `Refused`."""
        days = [(self.first, "From"), (self.last, "To"), (self.asked_on, "Asked on")]
        typed = [editor.date() for editor, _ in days]
        for (_, words), day in zip(days, typed, strict=True):
            if day is None:
                raise Refused(f"{words}: that is not a day. Write it as 24/11/2026.")
        first, last, asked_on = (day for day in typed if day is not None)
        halves = Half(str(self.first_half.value())), Half(str(self.last_half.value()))
        return NewLeave(
            Span(first, last, *halves),
            self.reason.text().strip(),
            asked_on,
            tuple(key for key, tick in self.askers.items() if tick.isChecked()),
            self.evidence.text().strip(),
            self.late.isChecked(),
        )

    def set_fault(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self.fault.setText(f"⚠ {words}" if words else "")
        self.fault.setVisible(bool(words))

    def _build(self) -> None:
        theme = self._shell.theme
        self.body.addWidget(Field(theme, "Child", self.whose))
        self._ticks.setSpacing(theme.space(0.5))
        self.body.addLayout(self._ticks)
        starts = Field(theme, "From", self.first), Field(theme, "Half", self.first_half)
        ends = Field(theme, "To, inclusive", self.last), Field(theme, "To half", self.last_half)
        for pair in (starts, ends):
            self.body.addLayout(line_of(theme, *pair, stretch=(2, 1)))
        self.body.addWidget(Field(theme, "What for", self.reason))
        self.body.addWidget(Field(theme, "What came with it", self.evidence))
        self.body.addWidget(Field(theme, "Asked on", self.asked_on))
        for part in (self.late, self.fault, self.keep):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _take(self, child: Pupil) -> None:
        self.child = child
        self.whose.setText(child.name)
        self._show_family()

    def _show_family(self) -> None:
        """Ticks for who asks, the first parent ticked, and for brothers and sisters of whom it is asked as well."""
        while (item := self._ticks.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.askers, self.siblings = {}, {}
        if self.child is None:
            return
        theme, context = self._shell.theme, self._shell.context
        self._ticks.addWidget(Label(theme, "Who asks", TextRole.SECONDARY_STRONG, "second"))
        for card in contacts(context, [self.child.id]):
            if card.is_parent:
                words = f"{card.person.formal_name}, {card.tie.relationship.casefold()}"
                self.askers[card.person.id] = self._tick(words, ticked=not self.askers)
        siblings = pupil_page(context, self.child.id).siblings
        if siblings:
            self._ticks.addWidget(Label(theme, "Asked for these too", TextRole.SECONDARY_STRONG, "second"))
        for one in siblings:
            self.siblings[one.pupil.id] = self._tick(f"{one.pupil.name}, {one.class_name}")

    def _tick(self, words: str, *, ticked: bool = False) -> Tick:
        """A tick that takes the room there is: a long name makes no form wider."""
        made = Tick(self._shell.theme, words, ticked=ticked)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setToolTip(words)
        self._ticks.addWidget(made)
        return made
