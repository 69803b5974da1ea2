"""The people tied to a pupil, and which of them are parents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.people import Answer, Channel, ChannelKind, Person, Tie
from desktop_app.rules.display import short_date

PARENT_WORDS = ("mother", "father", "parent", "mum", "dad", "carer", "guardian", "foster", "adoptive", "adopter")
"""Relationships that make a person a parent in law or in fact; grandparents and friends need the next two answers."""
NOT_PARENT_WORDS = ("grand", "god", "great")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number that was found to be wrong when it was dialled for somebody else, and when that was."""

    channel: int
    at: datetime

    @property
    def words(self) -> str:
        """What to say of it. It names nobody: whose number it was said to be is another family’s business."""
        return f"found to be wrong on {short_date(self.at.date())}, when it was dialled for somebody else"


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One contact of a pupil, with every number and address to reach them by, first choice first."""

    person: Person
    tie: Tie
    channels: tuple[Channel, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def doubt(self, channel: Channel) -> Doubt | None:
        """Why a number may be wrong; None where nothing says so."""
        return next((one for one in self.doubts if one.channel == channel.id), None)

    @property
    def phone(self) -> str:
        """The number to dial first; empty where there is none."""
        return next((one.value for one in self.channels if one.kind is ChannelKind.PHONE), "")

    @property
    def is_parent(self) -> bool:
        """Whether this is a parent: by parental responsibility, by care of the child, or by relationship.

        Source: Education Act 1996 section 576 (a parent has parental responsibility or care of the child).
        """
        relation = self.tie.relationship.casefold()
        if Answer.YES in (self.tie.responsibility, self.tie.lives_with):
            return True
        by_word = any(word in relation for word in PARENT_WORDS)
        return by_word and not any(word in relation for word in NOT_PARENT_WORDS)
