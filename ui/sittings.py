"""What one person has before them in the window: kept as it is while somebody else is at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from desktop_app.context import Context
from desktop_app.domain.progress import Changes
from desktop_app.domain.staff import Staff
from desktop_app.rules.rights import amend_days, own_classes, rights_of
from ui.shell import Page


@dataclass(slots=True)
class Sitting:
    """The pages of one person, what each of them missed while it was out of sight, the half-typed entries, and where
    the person was. Pages are of use only for as long as the person may do the same as when they were made."""

    staff: Staff
    alone: bool
    pages: dict[str, Page] = field(default_factory=dict[str, Page])
    missed: dict[str, Changes] = field(default_factory=dict[str, Changes])
    drafts: dict[tuple[int, ...], object] = field(default_factory=dict[tuple[int, ...], object])
    worn: set[str] = field(default_factory=set[str])
    """The places whose page was built for rights the person has no longer, or not yet."""
    badged: set[str] = field(default_factory=set[str])
    left: tuple[str, QWidget | None] = ("", None)
    place: str = ""
    focus: QWidget | None = None

    @classmethod
    def of(cls, context: Context, drafts: dict[tuple[int, ...], object] | None = None) -> Sitting:
        """An empty one for whoever is at the desk."""
        return cls(context.staff, context.alone, drafts=drafts if drafts is not None else {})

    def holds(self, context: Context) -> bool:
        """Whether this is of that person, with the same roles and rights."""
        return (self.staff, self.alone) == (context.staff, context.alone)

    def now_of(self, context: Context) -> None:
        """The same person, written down otherwise; where that changes what they may do, each page there is is worn."""
        if _powers(self.staff, self.alone) != _powers(context.staff, context.alone):
            self.worn.update(self.pages)
        self.staff, self.alone = context.staff, context.alone

    def take_out(self, place: str) -> Page:
        """Forget a page, and what it missed."""
        self.worn.discard(place)
        self.missed.pop(place, None)
        return self.pages.pop(place)

    def miss(self, place: str, changes: Changes) -> None:
        """Remember what a page out of sight has to read again."""
        missed = self.missed.get(place)
        self.missed[place] = changes if missed is None else missed.with_more(changes)


def _powers(staff: Staff, alone: bool) -> tuple[object, ...]:
    """All that somebody may do, of which children and how far back."""
    return rights_of(staff, alone=alone), own_classes(staff, alone=alone), amend_days(staff, alone=alone)
