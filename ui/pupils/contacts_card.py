"""The card of a pupil's people: each parent with numbers, language and when checked; then brothers and sisters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.pupils import SiblingCard
from desktop_app.domain.people import Answer, Channel
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date, percent
from ui.parts.buttons import Button
from ui.parts.card import Card, Line, row_of
from ui.parts.chip import BandChip, FlagChip
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

WIDTH = 320


class ContactsCard(Card):
    """It only shows; `sibling_asked` says whose page was asked for, by pupil id."""

    sibling_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Contacts", flush=True)
        self._theme = theme
        self.setMinimumWidth(WIDTH)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        slim_bars(self._scroll, theme)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("Contacts and siblings")
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll)

    def show_people(self, contacts: tuple[ContactCard, ...], siblings: tuple[SiblingCard, ...]) -> None:
        """Show these people instead of the present ones."""
        theme = self._theme
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.space(3.5), theme.space(2.5), theme.space(3.5), theme.space(2.5))
        column.setSpacing(theme.space(2))
        if not contacts:
            column.addWidget(Label(theme, "No contact is known. Import them with the pupils.", ink="second", wrap=True))
        for number, card in enumerate(contacts):
            if number:
                column.addWidget(Line(theme))
            column.addLayout(self._contact(card))
        if siblings:
            column.addWidget(Line(theme))
            column.addWidget(Label(theme, "Siblings here", TextRole.SECONDARY_STRONG, "second"))
        for sibling in siblings:
            column.addLayout(self._sibling(sibling))
        column.addStretch(1)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area switches it on, which would hide the card's surface
        self.set_aside(f"{len(contacts)}, in order" if len(contacts) > 1 else "")

    def _contact(self, card: ContactCard) -> QVBoxLayout:
        theme = self._theme
        column = QVBoxLayout()
        column.setSpacing(theme.space(0.5))
        column.addWidget(
            Label(theme, f"{card.person.formal_name} · {card.tie.relationship}", TextRole.STRONG, wrap=True)
        )
        if not card.tie.may_contact:
            column.addLayout(row_of(FlagChip(theme, "Do not call", alarm=True)))
        for channel in card.channels:
            number = Label(theme, _channel_words(channel), wrap=True)
            number.let_select()
            column.addWidget(number)
            if doubt := card.doubt(channel):
                column.addWidget(Label(theme, f"⚠ {doubt.words}", TextRole.SECONDARY_STRONG, "alarm", wrap=True))
        if not card.channels:
            column.addWidget(Label(theme, "no number or address known", ink="alarm"))
        column.addWidget(Label(theme, contact_facts(card), TextRole.SECONDARY, "second", wrap=True))
        return column

    def _sibling(self, card: SiblingCard) -> QVBoxLayout:
        theme = self._theme
        open_page = Button(theme, card.pupil.name)
        open_page.clicked.connect(lambda: self.sibling_asked.emit(card.pupil.id))
        column = QVBoxLayout()
        column.setSpacing(theme.space(1))
        column.addLayout(row_of(open_page))
        words = f"{card.class_name} · {percent(card.figures.attendance)}"
        column.addLayout(row_of(Label(theme, words, ink="second"), BandChip(theme, card.band)))
        return column


def contact_facts(card: ContactCard) -> str:
    """What else is known of a contact, in one line of words."""
    responsibility = {
        Answer.YES: "parental responsibility",
        Answer.NO: "no parental responsibility",
        Answer.UNKNOWN: "parental responsibility not known",
    }
    facts = [responsibility[card.tie.responsibility]]
    if card.tie.lives_with is not Answer.UNKNOWN:
        facts.append("lives with" if card.tie.lives_with is Answer.YES else "lives elsewhere")
    if card.person.language:
        facts.append(f"speaks {card.person.language}")
    if card.person.interpreter:
        facts.append("needs an interpreter")
    if not card.tie.may_leave_message:
        facts.append("leave no message")
    checked = [channel.checked for channel in card.channels if channel.checked]
    facts.append(f"last checked {long_date(max(checked))}" if checked else "never checked")
    return " · ".join(facts)


def _channel_words(channel: Channel) -> str:
    return f"{channel.value} {channel.label}".strip()
