"""The people tied to a pupil, and which of them are parents."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.people import Answer, Channel, ChannelKind, Person, Tie

PARENT_WORDS = ("mother", "father", "parent", "mum", "dad", "carer", "guardian", "foster", "adoptive", "adopter")
"""Relationships that make a person a parent in law or in fact; grandparents and friends need the next two answers."""
NOT_PARENT_WORDS = ("grand", "god", "great")


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One contact of a pupil, with every number and address to reach them by, first choice first."""

    person: Person
    tie: Tie
    channels: tuple[Channel, ...] = ()

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
