"""What one person has before them in the window: kept as it is while somebody else is at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from desktop_app.context import Context
from desktop_app.domain.progress import Changes
from desktop_app.domain.staff import Staff
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

    def miss(self, place: str, changes: Changes) -> None:
        """Remember what a page out of sight has to read again."""
        missed = self.missed.get(place)
        self.missed[place] = changes if missed is None else missed.with_more(changes)
