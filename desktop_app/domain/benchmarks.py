"""The published figures in force: those shipped with the program, or a newer file that the school brought in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.domain.comparison import Published

ENGLAND = "England"
ALL_PUPILS = "All pupils"
ALL_PHASES = "All"


class Authority(NamedTuple):
    """A local authority: its number, with which the DfE numbers of its schools begin, and its name. Both empty: it is
    not known of a school."""

    la: str
    name: str


class AreaRow(NamedTuple):
    """One published figure with the number of its authority (empty: England, or an area that a school typed)."""

    la: str
    published: Published


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """The figures in force, those of England and of the school's own authority. `dated` is the day in the name of the
    shipped file (None: the school's own file), `origin` says in words where they come from. `comparators` are rows that
    the school typed: statistical neighbours, its trust."""

    authority: Authority
    rows: tuple[Published, ...]
    origin: str
    dated: date | None = None
    comparators: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How many per cent of the pupils of a phase missed how much of their own sessions: `shares` from 0 to under 5 %,
    5 to under 10 %, … and half or more."""

    school_year: str
    phase: str
    shares: tuple[str, ...]
    source: str
