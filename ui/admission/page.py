"""Admit a child from the agreed first day: the particulars that the law asks for, the parents and their numbers."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.admission import admit, asked_before, to_come
from desktop_app.actions.contacts import contact_cards
from desktop_app.actions.pupils import pupil_list
from desktop_app.domain.admission import NewContact
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.rules.display import date_year
from desktop_app.rules.hatch import matching
from ui import keys
from ui.admission.child_form import ChildForm, line_of
from ui.admission.contact_form import ContactForm
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.cards_scroll import CardsScroll
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit, Tick
from ui.parts.text import Label
from ui.returns.owed import open_owed
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole

HEADINGS = ("First to call", "Second to call", "Third to call")
SUBTITLE = "On roll from the agreed first day of attendance, even if the child does not come that day"


class AdmitPage(Page):
    """Ctrl+Enter admits. Where the law still asks for something, it is said first, and the same key admits then."""

    place: ClassVar[str] = "admit"
    help_section: ClassVar[str] = "admission"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.form = ChildForm(shell)
        self.class_name, self.year = LineEdit(theme, "4B"), LineEdit(theme, "4")
        self.agreed = Tick(theme, "The day is past, and had been agreed before it came")
        self.sibling = LineEdit(theme, "Name, then Enter: their parents are taken over")
        self.contacts = tuple(ContactForm(theme, heading) for heading in HEADINGS)
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.button = Button(theme, "Admit", key="Ctrl+Enter", primary=True, bind=False)
        self._asked: tuple[str, ...] = ()
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book:
            self._show_to_come()

    def show_at(self, **where: object) -> None:
        del where
        self._show_to_come()

    def first_focus(self) -> QWidget:
        return self.form.lines["legal_forename"]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("pupils")
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cards.fit(self.width())

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        header = PageHeader(theme, "Admit a pupil", SUBTITLE)
        self._cards = CardsScroll(theme, header, (self._child_card(), self._school_card()), self._contacts_card())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, space(2))
        whole.setSpacing(space(2))
        whole.addWidget(self._cards, 1)
        whole.addLayout(self._foot())
        feet = QHBoxLayout()
        feet.setContentsMargins(space(5), 0, space(5), 0)
        feet.addWidget(KeyHints(theme, hints(keys.ADMIT)))
        whole.addLayout(feet)

    def _child_card(self) -> Card:
        theme, fields = self.theme, self.form.fields
        card = Card(theme, "The child")
        card.body.addLayout(line_of(theme, fields["legal_forename"], fields["middle_names"], fields["legal_surname"]))
        card.body.addLayout(line_of(theme, fields["used_forename"], fields["used_surname"]))
        card.body.addLayout(line_of(theme, fields["date_of_birth"], fields["sex"]))
        card.body.addLayout(line_of(theme, fields["address"], fields["postcode"], stretch=(3, 1)))
        card.body.addLayout(line_of(theme, fields["upn"], fields["admission_number"]))
        return card

    def _school_card(self) -> Card:
        theme, fields = self.theme, self.form.fields
        card = Card(theme, "At this school")
        row = (fields["starting_day"], Field(theme, "Class", self.class_name), Field(theme, "Year group", self.year))
        card.body.addLayout(line_of(theme, *row, stretch=(2, 1, 1)))
        card.body.addWidget(self.agreed)
        card.body.addLayout(line_of(theme, fields["last_school"], fields["home_la"]))
        card.body.addWidget(self.form.boarder)
        fields["next_school"].hide()
        self.to_come = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        card.body.addWidget(self.to_come)
        return card

    def _contacts_card(self) -> Card:
        theme = self.theme
        card = Card(theme, "Parents and other contacts", "each parent the child lives with: a number")
        card.body.addWidget(Field(theme, "Brother or sister here", self.sibling))
        for form in self.contacts:
            card.body.addWidget(form)
        card.body.addStretch(1)
        return card

    def _foot(self) -> QHBoxLayout:
        space = self.theme.space
        foot = QHBoxLayout()
        foot.setContentsMargins(space(5), 0, space(5), 0)
        foot.setSpacing(space(3))
        foot.addWidget(self.said, 1)
        foot.addWidget(self.button)
        return foot

    def _connect(self) -> None:
        self.button.clicked.connect(self._admit)
        self.sibling.returnPressed.connect(self._take_family)
        on_chord(self, "Ctrl+Return", self._admit)

    def _admit(self) -> None:
        context = self.shell.context
        try:
            child = self.form.typed(Pupil(0, "", "", context.today(), context.today()))
            contacts = self._typed_contacts(child)
            asked = asked_before(context, child, contacts)
            if asked and asked != self._asked:
                self._asked = asked
                self._say(f"{' '.join(asked)} Ctrl+Enter again admits the child without.", "⚠")
                return
            pupil, _, changes = admit(
                context,
                child,
                self.class_name.text(),
                self.year.text(),
                contacts,
                agreed_before=self.agreed.isChecked(),
            )
        except Refused as refused:
            self._say(words_of(refused), "⚠")
            return
        self._clear()
        self.shell.announce(changes)
        words = f"{child.name} is on the admission register from {date_year(child.starting_day)}."
        words = f"{words} Still asked for: {' '.join(asked)}" if asked else words
        if not open_owed(self.shell, pupil, words):
            self.shell.go("pupils", pupil=pupil)
            self.shell.say(words)

    def _typed_contacts(self, child: Pupil) -> list[NewContact]:
        found = (form.contact(place, child.address) for place, form in enumerate(self.contacts, start=1))
        return [one for one in found if one is not None]

    def _take_family(self) -> None:
        """Take over the contacts of a brother or sister who is here."""
        typed = self.sibling.text().strip()
        rows = pupil_list(self.shell.context)
        found = matching((row.pupil for row in rows), typed)
        if len(found) != 1:
            some = f"{len(found)} children begin so" if found else "No child is called so"
            self._say(f"{some}: type the other name too.", "⚠")
            return
        cards = contact_cards(self.shell.context, found[0].id)
        for form, card in zip(self.contacts, [one for one in cards if not one.tie.no_contact], strict=False):
            form.clear()
            form.show_known(card)
        self._say(f"The contacts of {found[0].name} stand there. Look at each before you admit.", "✓")
        self.contacts[0].relationship.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_to_come(self) -> None:
        names = [f"{one.name}, {date_year(one.starting_day)}" for one in to_come(self.shell.context)]
        self.to_come.setText(f"On the register and still to start: {'; '.join(names)}." if names else "")
        self.to_come.setVisible(bool(names))

    def _clear(self) -> None:
        self.form.clear()
        self._asked = ()
        for line in (self.class_name, self.year, self.sibling):
            line.clear()
        self.agreed.setChecked(False)
        for form in self.contacts:
            form.clear()
        self._say("", "")

    def _say(self, words: str, sign: str) -> None:
        self.said.set_ink("alarm" if sign == "⚠" else "ink")
        self.said.setText(f"{sign} {words}" if words else "")
        self.said.setAccessibleName(words)
