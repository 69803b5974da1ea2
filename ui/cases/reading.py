"""The case of a child, read beside the window: the newest there is, or what is proposed where there is none."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from desktop_app.actions.case_page import CasePage, case_page, cases_of, proposals_of
from desktop_app.context import Context
from desktop_app.domain.cases import Proposal
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.rulebook import Pack


@dataclass(frozen=True, slots=True)
class NoCase:
    """A child without a case, the pack one would be run under, and what is proposed."""

    child: Pupil
    pack: Pack
    found: tuple[Proposal, ...]


def reading_course(context: Context, pupil: int) -> Generator[Progress, None, CasePage | NoCase]:
    """Read the newest case of a child, closed ones too. Raises `Refused` for a child who is not in the book."""
    yield Progress(0, 0, "Reading the case")
    known = cases_of(context, pupil)
    if known:
        return case_page(context, known[-1].id)
    child, pack = child_and_pack(context, pupil)
    return NoCase(child, pack, proposals_of(context, pupil))


def referrals_here(context: Context) -> Pack:
    """The pack in force, with those of its referrals that a school of this type can make."""
    with context.store.reading() as reading:
        school = reading.book.school()
    whole = context.pack(school)
    return replace(whole, referrals=tuple(one for one in whole.referrals if one.is_for(school.type)))


def child_and_pack(context: Context, pupil: int) -> tuple[Pupil, Pack]:
    """A child, and the pack in force at the school. Raises `Refused` where the book does not have the child."""
    with context.store.reading() as reading:
        child = reading.book.get(Pupil, pupil)
        if child is None:
            raise Refused("That pupil is not in this school’s book.")
        return child, context.pack(reading.book.school())
