"""The ledger of a child: each parent and carer apart, with what is to be in view before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.actions.families import read_families
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.protected import read_protected
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry
from desktop_app.domain.errors import Refused
from desktop_app.domain.ledger import Ledger
from desktop_app.domain.notices import Notice
from desktop_app.domain.people import Tie
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading, Reading
from desktop_app.rules import ledger as rules
from desktop_app.rules.notices import notices as notices_of

NoticesOf = Callable[[Iterable[Entry]], tuple[Notice, ...]]
"""Folds the entries of a child into its penalty notices."""


@needs(Right.READ_LOG)
def ledger(context: Context, pupil: int, notices: NoticesOf = notices_of) -> Ledger:
    """Each parent and carer of a child apart. Whom a court keeps from the child stands there, without a name, for those
    alone who may change that; to anybody else it is as though there were none. Raises `Refused` for a pupil who is not
    in the book, and for one whom the present user does not see."""
    with context.store.reading() as reading:
        return read_ledger(context, reading, pupil, notices)


def read_ledger(context: Context, reading: Reading, pupil: int, notices: NoticesOf = notices_of) -> Ledger:
    """As `ledger`, inside a reading."""
    roll = read_roll(reading.book)
    child = roll.pupils.get(pupil)
    if child is None:
        raise Refused("That pupil is not in this school’s book.")
    check_children(context, roll, [pupil])
    cards = read_families(reading.book, context.today(), [pupil]).of(pupil)
    held = read_protected(reading.book, context.today()).people
    entries = rules.readable(reading.entries.of(pupil))
    known, kinds = notices(entries), context.rulebook.kinds
    columns = (rules.parent_ledger(rules.Column(card, card.person.id in held), entries, kinds, known) for card in cards)
    return Ledger(pupil, child.name, rules.order(columns, _kept_away(context, reading.book, pupil)))


def _kept_away(context: Context, book: BookReading, pupil: int) -> int:
    if not context.may(Right.NO_CONTACT):
        return 0
    ties = (one for one in book.all(Tie) if one.pupil == pupil and one.no_contact and one.holds(context.today()))
    return len({one.person for one in ties})
