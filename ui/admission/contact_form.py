"""The inputs of one parent or other contact of a child who is being admitted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.admission import NewContact
from desktop_app.domain.people import Address, Answer, Person, Tie
from desktop_app.rules.contacts import ContactCard
from ui.admission.child_form import line_of
from ui.parts.field import Field
from ui.parts.inputs import Choice, LineEdit
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

HOME = (("The child lives with them", Answer.YES), ("Lives elsewhere", Answer.NO), ("Not known", Answer.UNKNOWN))
RESPONSIBLE = (("Parental responsibility", Answer.YES), ("None", Answer.NO), ("Not known", Answer.UNKNOWN))


class ContactForm(QWidget):
    """Who, what they are to the child, and two numbers. Left empty, it says nothing."""

    def __init__(self, theme: Theme, heading: str) -> None:
        super().__init__()
        self.known: ContactCard | None = None
        self.name = LineEdit(theme, "Ms K Kaya")
        self.relationship = LineEdit(theme, "mother")
        self.home, self.responsible = Choice(theme), Choice(theme)
        for choice, words in ((self.home, HOME), (self.responsible, RESPONSIBLE)):
            for said, value in words:
                choice.add(said, value)
            choice.choose(Answer.UNKNOWN)
        self.phone, self.other_phone = LineEdit(theme, "07700 900123"), LineEdit(theme, "work, or a second one")
        self.address = LineEdit(theme, "empty: the same as the child’s, where the child lives with them")
        self.title = Label(theme, heading, TextRole.STRONG)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addWidget(self.title)
        rows = (
            (("Full name", self.name), ("What they are to the child", self.relationship)),
            (("Where the child lives", self.home), ("Responsibility", self.responsible)),
            (("Emergency number", self.phone), ("Another number", self.other_phone)),
            (("Address", self.address),),
        )
        for row in rows:
            column.addLayout(line_of(theme, *(Field(theme, words, editor) for words, editor in row)))
        for editor in (self.name, self.relationship, self.phone, self.other_phone, self.address):
            editor.setAccessibleName(f"{heading}: {editor.accessibleName()}")
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def clear(self) -> None:
        """Empty every input."""
        self.known = None
        for line in (self.name, self.relationship, self.phone, self.other_phone, self.address):
            line.clear()
        self.name.setReadOnly(False)
        self.address.setReadOnly(False)
        for choice in (self.home, self.responsible):
            choice.choose(Answer.UNKNOWN)

    def show_known(self, card: ContactCard) -> None:
        """Show a person whom the school knows already, as the parent of a brother or sister."""
        self.known = card
        self.name.setText(card.person.full_name)
        self.relationship.setText(card.tie.relationship)
        self.home.choose(card.tie.lives_with)
        self.responsible.choose(card.tie.responsibility)
        phones = [one.value for one in card.channels if one.kind.value == "phone"]
        for line, number in zip((self.phone, self.other_phone), [*phones, "", ""], strict=False):
            line.setText(number)
        self.address.setText("as it is known")
        self.name.setReadOnly(True)
        self.address.setReadOnly(True)

    def contact(self, priority: int, home: Address) -> NewContact | None:
        """The contact as the form says; None where nothing was typed."""
        phones = tuple(line.text().strip() for line in (self.phone, self.other_phone) if line.text().strip())
        if not (self.name.text().strip() or self.relationship.text().strip() or phones):
            return None
        lives_with = Answer(str(self.home.value()))
        tie = Tie(
            id=0,
            pupil=0,
            person=0,
            relationship=self.relationship.text().strip(),
            responsibility=Answer(str(self.responsible.value())),
            lives_with=lives_with,
            priority=priority,
        )
        if self.known is not None:
            return NewContact(self.known.person, tie, phones)
        written = self.address.text().strip()
        own = Address(tuple(part.strip() for part in written.split(",") if part.strip()))
        address = own if written else home if lives_with is Answer.YES else Address()
        return NewContact(Person(0, self.name.text().strip(), address=address), tie, phones)
