"""Reading what is held of addresses: on every document of all, on the screen of those who may not see it."""

from __future__ import annotations

from datetime import date

from desktop_app.context import Context
from desktop_app.domain.people import Person, Tie
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading
from desktop_app.rules.protected import NOTHING_HELD, Protected, protected


def read_protected(book: BookReading, day: date) -> Protected:
    """What a document of a day must not say, whoever makes it."""
    return protected(book.all(Person), book.all(Tie), day)


def held_from(context: Context, book: BookReading) -> Protected:
    """What is not handed to the present user; nothing of it where they may see protected addresses."""
    if context.may(Right.SEE_PROTECTED):
        return NOTHING_HELD
    return read_protected(book, context.today())
