"""The returns there are in this school: the law’s, as its authority wants them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from desktop_app import paths
from desktop_app.actions.benchmarks import authority_of
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.returns import ReturnKind, ReturnSpec
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.school import School
from desktop_app.exchange.benchmarks_file import authorities
from desktop_app.rulebook_returns import changed, read_returns

DEFAULT_PACK = "england"


@lru_cache(maxsize=1)
def national_returns() -> Mapping[ReturnKind, ReturnSpec]:
    """The returns of the law, read when they are first asked for."""
    return read_returns(paths.resources() / "returns" / "national.toml")


@needs(Right.READ_LOG)
def returns_of(context: Context) -> tuple[ReturnSpec, ...]:
    """The returns that this school makes, in order, as its authority wants them."""
    with context.store.reading() as reading:
        pack = context.pack(reading.book.school())
    return tuple(spec_in(pack, kind) for kind in national_returns())


def spec_in(pack: Pack, kind: ReturnKind) -> ReturnSpec:
    """One return as the authority of a pack wants it."""
    return changed(national_returns()[kind], next((one for one in pack.returns if one.kind is kind), None))


def school_authority(context: Context, school: School) -> tuple[str, str]:
    """The name of the authority that the school is in, and its number, where that is known."""
    pack = context.pack(school)
    known = authority_of(school, pack)
    return (known.name if pack.key == DEFAULT_PACK and known.name else pack.authority), known.la


def named(authority: str) -> str:
    """An authority by its name, where its number is written down."""
    known = authorities(paths.resources() / "benchmarks" / "authorities.csv")
    found = known.get(authority.strip())
    return found.name if found else " ".join(authority.split())


def month_of(day: date) -> date:
    """The last day of the month of a day: how a month is called."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def check_whole_school(context: Context) -> None:
    """Raise `Refused` for whoever sees some classes only: a return is about everybody."""
    context.require(Right.READ_PUPIL)
    if not context.sees_all:
        raise Refused("A return is about the whole school. Ask the office.")


def month_key(month: date) -> str:
    """A month as it is typed: `2026-11`."""
    return f"{month.year}-{month.month:02d}"
