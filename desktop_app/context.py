"""The context every action is handed: frozen, passed down, never fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from desktop_app.domain.clock import SCHOOL_ZONE, school_time
from desktop_app.domain.deeds import Deed
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import Pack, Rulebook
from desktop_app.domain.school import School
from desktop_app.domain.staff import Author, Staff
from desktop_app.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Context:
    """An open school, the law and packs, the time, and who is at the desk."""

    store: Store
    rulebook: Rulebook
    clock: Clock
    user: Author

    def now(self) -> datetime:
        """The school's local time, naive, as people say it."""
        return school_time(self.clock())

    def today(self) -> date:
        """The school's local date."""
        return self.now().date()

    def deed(self, action: str, reason: str = "") -> Deed:
        """A deed done now by the present user."""
        return Deed(author=self.user, action=action, at=self.clock().astimezone(UTC), reason=reason)

    def pack(self, school: School) -> Pack:
        """The pack of the school's authority; the England default where it has none of its own."""
        return self.rulebook.packs.get(school.la) or self.rulebook.packs["england"]


def signed_in(store: Store, rulebook: Rulebook, clock: Clock) -> Context:
    """The context of a store just opened, under the name of the member of staff who opened it.

    Raises `Damaged` where the store knows nobody by that sign-in name; it is closed then.
    """
    with store.reading() as reading:
        found = next((one for one in reading.book.all(Staff) if one.user == store.user), None)
    if found is None:
        store.close()
        raise Damaged(f"{store.path.name} knows no member of staff called {store.user}. It was not touched.")
    return Context(store, rulebook, clock, found.as_author())


def as_aware(local: datetime) -> datetime:
    """A naive school local time as an aware moment in UTC."""
    return local.replace(tzinfo=SCHOOL_ZONE).astimezone(UTC)
