"""A child's contacts: put down, corrected, ended; who may have no contact is said by the head or the DSL alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.actions.contacts import add_contact, contact_cards, correct_contact, end_contact, set_no_contact
from desktop_app.domain.admission import NewContact
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, Person, Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.protected import HELD
from ui.admission.child_form import line_of
from ui.admission.contact_form import HOME, RESPONSIBLE
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, LineEdit, Tick
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 440
ONE_DAY = timedelta(days=1)
ANOTHER = "Another contact …"
PHONES = 3
TICKS = (
    ("may_contact", "May be called"),
    ("may_know_why", "May be told why"),
    ("may_leave_message", "May be left a message"),
    ("may_collect", "May collect the child"),
)
NEW = Tie(0, 0, 0, "")


class ContactsPanel(Panel):
    """Opened beside the page of a child: a contact is chosen, or another put down."""

    help_section: ClassVar[str] = "admission"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Contacts", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self.chosen = Choice(theme)
        self.name, self.relationship = LineEdit(theme, "Ms K Kaya"), LineEdit(theme, "mother")
        self.home, self.responsible = Choice(theme), Choice(theme)
        for choice, words in ((self.home, HOME), (self.responsible, RESPONSIBLE)):
            for said, value in words:
                choice.add(said, value)
        self.phones = tuple(LineEdit(theme, "07700 900123") for _ in range(PHONES))
        self.email = LineEdit(theme, "name@example.org")
        self.address, self.postcode = LineEdit(theme, "3 Marsh Lane, Kirkby"), LineEdit(theme, "L33 1AA")
        self.language = LineEdit(theme, "where it is not English")
        self.place = LineEdit(theme, "1")
        self.ticks = {key: Tick(theme, words) for key, words in TICKS}
        self.interpreter = Tick(theme, "Needs an interpreter")
        self.protected = Tick(theme, "The address is protected")
        self.order = LineEdit(theme, "the court and the date of the order")
        self.bar = Button(theme, "No contact by order", danger=True)
        self.ends = Button(theme, "No longer a contact")
        self._order_field = Field(theme, "Order of a court", self.order)
        self._build()
        self._connect()

    def open_for(self, child: Pupil) -> None:
        """Show the contacts of this child, the first to call chosen."""
        right = Right.ADMIT if self._shell.context.may(Right.ADMIT) else Right.NO_CONTACT
        if not may_change(self._shell, right):
            return
        self._child = child
        self._offer()
        self.open_with(self.chosen)

    def choose(self, person: int) -> None:
        """Show the contact who is that person; nothing changes where there is none."""
        if self._child is not None and not self.isHidden():
            cards = contact_cards(self._shell.context, self._child.id)
            self._offer(next((card.tie.id for card in cards if card.person.id == person), 0))

    def save(self) -> None:
        """Keep what stands there, or say in the panel why not."""
        card = self._card()
        self._do(lambda: self._correct(card) if card is not None else self._add(), "saved")

    def _build(self) -> None:
        theme = self._shell.theme
        column = QVBoxLayout()
        column.setSpacing(0)
        for tick in (*self.ticks.values(), self.interpreter, self.protected):
            column.addWidget(tick)
        if not self._shell.context.may(Right.SEE_PROTECTED):
            self.protected.hide()
        lines = (
            (("Full name", self.name), ("What they are to the child", self.relationship)),
            (("Where the child lives", self.home), ("Responsibility", self.responsible)),
            (("Number to call first", self.phones[0]), ("Another number", self.phones[1])),
            (("A third number", self.phones[2]), ("Order to call", self.place)),
            (("E-mail", self.email), ("Language", self.language)),
            (("Address", self.address), ("Postcode", self.postcode)),
        )
        self.form.addWidget(Field(theme, "Whom", self.chosen))
        for row in lines:
            fields = (Field(theme, words, editor) for words, editor in row)
            self.form.addLayout(line_of(theme, *fields, stretch=(2, 1) if row[1][1] is self.postcode else ()))
        self.form.addLayout(column)
        self.note = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.form.addWidget(self.note)
        self.form.addWidget(self._order_field)
        self.form.addWidget(self.bar)
        self.form.addStretch(1)
        self._save = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        self._save.clicked.connect(self.save)
        self.buttons.addWidget(self._save)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.ends)

    def _connect(self) -> None:
        self.chosen.currentIndexChanged.connect(self._show)
        self.ends.clicked.connect(self._end)
        self.bar.clicked.connect(self._bar)

    def _offer(self, tie: int = 0) -> None:
        if self._child is None:
            return
        self.chosen.blockSignals(True)
        self.chosen.clear()
        cards = contact_cards(self._shell.context, self._child.id)
        for card in cards:
            barred = " (no contact by order)" if card.tie.no_contact else ""
            self.chosen.add(f"{card.person.formal_name} · {card.tie.relationship}{barred}", card)
        self.chosen.add(ANOTHER, None)
        self.chosen.setCurrentIndex(next((n for n, card in enumerate(cards) if card.tie.id == tie), 0))
        self.chosen.blockSignals(False)
        self._show()

    def _card(self) -> ContactCard | None:
        found = self.chosen.value()
        return found if isinstance(found, ContactCard) else None

    def _show(self) -> None:
        card = self._card()
        person, tie = (card.person, card.tie) if card is not None else (Person(0, ""), NEW)
        self.name.setText(person.full_name)
        self.relationship.setText(tie.relationship)
        self.home.choose(tie.lives_with)
        self.responsible.choose(tie.responsibility)
        numbers = [one.value for one in _phones(card)]
        for line, number in zip(self.phones, [*numbers, "", "", ""], strict=False):
            line.setText(number)
        mails = [one.value for one in card.channels if one.kind is ChannelKind.EMAIL] if card is not None else []
        self.email.setText(mails[0] if mails else "")
        self.address.setText(", ".join(person.address.lines))
        self.postcode.setText(person.address.postcode)
        self._lock_address(person)
        self.language.setText(person.language)
        self.place.setText(str(tie.priority) if card is not None else "")
        for key, tick in self.ticks.items():
            tick.setChecked(bool(getattr(tie, key)))
        self.interpreter.setChecked(person.interpreter)
        self.protected.setChecked(person.protected_address)
        self._show_order(card)
        self.set_fault("")

    def _lock_address(self, person: Person) -> None:
        held = person.address == HELD
        for line in (self.address, self.postcode):
            line.setReadOnly(held)

    def _show_order(self, card: ContactCard | None) -> None:
        may = self._shell.context.may
        barred = card is not None and card.tie.no_contact
        for widget in (self._order_field, self.bar):
            widget.setVisible(card is not None and may(Right.NO_CONTACT))
        self.bar.setText("The order is at an end" if barred else "No contact by order")
        self.order.clear()
        self._save.setEnabled(may(Right.ADMIT))
        self.ends.setVisible(card is not None and may(Right.ADMIT))
        self.note.setText("No contact by order of a court: on no list, sheet, letter or pack." if barred else "")
        self.note.setVisible(barred)

    def _add(self) -> tuple[int, Changes]:
        child = self._child
        if child is None:
            raise Refused("Choose a child first.")
        tie = self._tie(NEW)
        phones = tuple(line.text().strip() for line in self.phones if line.text().strip())
        place = int(self.place.text()) if self.place.text().strip() else None
        new = NewContact(self._person(Person(0, "")), tie, phones, (self.email.text(),), place)
        return add_contact(self._shell.context, child.id, new)

    def _correct(self, card: ContactCard) -> tuple[int, Changes]:
        tie, person = self._tie(card.tie), self._person(card.person)
        return card.tie.id, correct_contact(self._shell.context, tie, person, self._channels(card))

    def _tie(self, tie: Tie) -> Tie:
        typed = self.place.text().strip()
        if typed and not (typed.isdecimal() and int(typed)):
            raise Refused("Order to call: write 1 for the first to call, 2 for the next.")
        return replace(
            tie,
            relationship=self.relationship.text().strip(),
            lives_with=Answer(str(self.home.value())),
            responsibility=Answer(str(self.responsible.value())),
            priority=int(typed) if typed else tie.priority,
            **{key: tick.isChecked() for key, tick in self.ticks.items()},
        )

    def _person(self, person: Person) -> Person:
        lines = tuple(part.strip() for part in self.address.text().split(",") if part.strip())
        return replace(
            person,
            full_name=" ".join(self.name.text().split()),
            address=Address(lines, " ".join(self.postcode.text().upper().split())),
            language=self.language.text().strip(),
            interpreter=self.interpreter.isChecked(),
            protected_address=self.protected.isChecked(),
        )

    def _channels(self, card: ContactCard) -> list[Channel]:
        """The channels as typed: what is beyond the lines of the form stays as it is."""
        shown, mails = _phones(card), [one for one in card.channels if one.kind is ChannelKind.EMAIL]
        found = [one for one in card.channels if one not in shown[:PHONES] and one not in mails[:1]]
        for place, line in enumerate(self.phones):
            known = shown[place] if place < len(shown) else Channel(0, 0, ChannelKind.PHONE, "", priority=place + 1)
            found.append(replace(known, value=line.text().strip()))
        mail = mails[0] if mails else Channel(0, 0, ChannelKind.EMAIL, "", priority=PHONES + 1)
        found.append(replace(mail, value=self.email.text().strip()))
        return [one for one in found if one.value]

    def _end(self) -> None:
        card = self._card()
        if card is not None:
            before = self._shell.context.today() - ONE_DAY
            self._do(lambda: (0, end_contact(self._shell.context, card.tie.id, before)), "no longer a contact")

    def _bar(self) -> None:
        card = self._card()
        if card is None:
            return
        on = not card.tie.no_contact
        words = "kept away by order of a court" if on else "a contact again; say one by one what is allowed"
        deed = set_no_contact
        self._do(lambda: (card.tie.id, deed(self._shell.context, card.tie.id, self.order.text(), on=on)), words)

    def _do(self, deed: Callable[[], tuple[int, Changes]], words: str) -> None:
        name = self.name.text().strip()
        try:
            tie, changes = deed()
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.announce(changes)
        self._offer(tie)
        self.chosen.setFocus()
        self._shell.say(f"{name}: {words}.")


def _phones(card: ContactCard | None) -> list[Channel]:
    return [one for one in card.channels if one.kind is ChannelKind.PHONE] if card is not None else []
