"""What is asked of a bundle: the referral, its days, whose it is, the day in court, the witness, the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.evidence import Reliable, SignedOf
from desktop_app.domain.referrals import Disclosure
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.rules.contacts import ContactCard
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, Tick
from ui.shell import Shell

WITNESSED = frozenset({"exhibits", "statement"})
"""The parts in which a witness is named."""


class AskingCard(Card):
    """It shows only the fields that the chosen referral has a use for. `of_many`: it asks of the bundles of several
    children, so nothing that is of one child."""

    changed = Signal()

    def __init__(self, shell: Shell, *, of_many: bool = False) -> None:
        super().__init__(shell.theme, "The bundles" if of_many else "The bundle")
        self._of_many = of_many
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self._pack: Pack | None = None
        self.referral = Choice(theme)
        self.on = DateEdit(theme, today, today())
        self.first = DateEdit(theme, today, school_year_start(today()))
        self.whose = Choice(theme)
        self.laying = DateEdit(theme, today)
        self.witness = LineEdit(theme, shell.context.user.name)
        self.duplex = Tick(theme, "For paper printed on both sides")
        self.relied = Button(theme, "Sessions relied on", key="S", bind=False)
        self.offences: tuple[Session, ...] = ()
        """The sessions chosen for the certificate; none: every one that may be relied on."""
        self.fields = {
            "referral": Field(theme, "Referral", self.referral),
            "first": Field(theme, "Sessions from", self.first),
            "on": Field(theme, "Up to and including", self.on),
            "parent": Field(theme, "Which parent it is about", self.whose),
            "laying": Field(theme, "Laid before the court", self.laying),
            "witness": Field(theme, "Who produces it", self.witness),
        }
        self.body.setSpacing(theme.space(2))
        self.body.addWidget(self.fields["referral"])
        self.body.addLayout(self._beside("first", "on"))
        self.body.addWidget(self.fields["parent"])
        self.body.addLayout(self._beside("laying", "witness"))
        self.body.addWidget(self.relied)
        self.body.addWidget(self.duplex)
        self._connect()

    def show_pupil(self, pack: Pack, referral: str, parents: Sequence[ContactCard]) -> None:
        """Ask anew: the pack's referrals, as at today, since September."""
        today = self._shell.context.today()
        self._pack = pack
        for choice in (self.referral, self.whose):
            choice.blockSignals(True)
            choice.clear()
        for one in pack.referrals:
            self.referral.add(one.title, one.key)
        self.referral.choose(referral)
        for card in parents:
            self.whose.add(card.person.formal_name, card.person.id)
        for choice in (self.referral, self.whose):
            choice.blockSignals(False)
        self.on.set_date(today)
        self.first.set_date(school_year_start(today))
        self.laying.set_date(None)
        self.offences = ()
        self.witness.clear()
        self.witness.setPlaceholderText(self._shell.context.user.name)
        self._show_fields()

    def request(self, pupil: int) -> BundleRequest | None:
        """What the form asks for; None while a day in it cannot be read."""
        on, first, laying = self.on.date(), self.first.date(), self.laying.date()
        self.fields["on"].set_fault("" if on else "Type a day, such as 24/11.")
        self.fields["first"].set_fault("" if first else "Type a day, such as 1/9.")
        unread = bool(self.laying.text().strip()) and laying is None and self._asked("laying")
        self.fields["laying"].set_fault("Type a day, such as 24/11." if unread else "")
        if on is None or first is None or unread:
            return None
        parent = self.whose.value()
        return BundleRequest(
            pupil, str(self.referral.value()), on, first, on,
            parent=parent if isinstance(parent, int) and self._asked("parent") else None,
            laying=laying if self._asked("laying") else None,
            witness=" ".join(self.witness.text().split()) if self._asked("witness") else "",
            duplex=self.duplex.isChecked(),
            offences=() if self.relied.isHidden() else self.offences,
        )  # fmt: skip

    def show_reliable(self, reliable: Sequence[Reliable]) -> None:
        """Say on the button how many of the sessions are relied on."""
        possible = sum(not one.why_not for one in reliable)
        self.relied.setText(f"Sessions relied on: {len(self.offences) or 'all'} of {possible}")
        self.relied.setEnabled(bool(reliable))

    def set_building(self, building: bool) -> None:
        """While a bundle is made nothing else can be asked."""
        for field in (*self.fields.values(), self.relied, self.duplex):
            field.setEnabled(not building)

    def _asked(self, key: str) -> bool:
        return not self.fields[key].isHidden()

    def _show_fields(self) -> None:
        wanted = self._pack.referral(str(self.referral.value())) if self._pack else None
        court = wanted is not None and wanted.disclosure is Disclosure.COURT
        kinds = {part.kind for part in wanted.parts} if wanted else set[str]()
        self.fields["parent"].setVisible(wanted is not None and wanted.per_parent and self.whose.count() > 1)
        self.fields["laying"].setVisible(court)
        self.fields["witness"].setVisible(bool(kinds & WITNESSED))
        self.relied.setVisible(not self._of_many and SignedOf.CERTIFICATE.value in kinds)

    def _beside(self, *keys: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._shell.theme.space(2))
        for key in keys:
            row.addWidget(self.fields[key], 1)
        return row

    def _connect(self) -> None:
        self.referral.currentIndexChanged.connect(self._referral_changed)
        self.whose.currentIndexChanged.connect(self.changed)
        self.on.date_changed.connect(self._on_changed)
        for day in (self.first, self.laying):
            day.date_changed.connect(self.changed)
        self.witness.editingFinished.connect(self._witness_changed)
        self._named = ""

    def _referral_changed(self) -> None:
        self._show_fields()
        self.changed.emit()

    def _witness_changed(self) -> None:
        if self.witness.text() != self._named:
            self._named = self.witness.text()
            self.changed.emit()

    def _on_changed(self, on: date | None) -> None:
        """Another day in another school year takes that year's September."""
        first = self.first.date()
        if on is not None and (first is None or first > on or school_year_start(first) != school_year_start(on)):
            self.first.set_date(school_year_start(on))
        self.changed.emit()
