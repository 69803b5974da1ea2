"""What a list is to those who ask for it as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desktop_app.context import Context
from desktop_app.domain.report import Report
from desktop_app.domain.rights import Right


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What was asked for. `on` is the day the list is of (None: today) and `first` the first day of a span that ends
    there, where the list is of a span; `pupil` a child’s id and `class_name` a class, where it is to hold only those.
    `shown` names the rows that stand on a screen, in its order (None: all of them, in the order of the list), and
    `filtered` says in words by what the screen left out the others."""

    on: date | None = None
    first: date | None = None
    pupil: int = 0
    class_name: str = ""
    shown: tuple[str, ...] | None = None
    filtered: str = ""


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """One list. `asks` names the fields of `ListAsked` that it heeds, `must` those it cannot do without; `needs` is the
    right of the screen that shows it."""

    key: str
    title: str
    says: str
    make: Callable[[Context, ListAsked], Report]
    needs: Right
    asks: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()
