"""What a report is to those who list, ask for and show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.context import Context
from desktop_app.domain.report import Report
from desktop_app.domain.rights import Right


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `on` is the day up to and including which sessions and entries count; `first` the first day,
    where the report lets it be chosen (None: its own). `as_at` (aware) turns back what was recorded. `comparable`: the
    pupils the DfE counts (aged 5 to 15) instead of all on roll. `pupil` is an id, `class_name` a class, `group` a key,
    `meeting` the key of a meeting of the pack, each where the report is about one."""

    on: date
    first: date | None = None
    as_at: datetime | None = None
    comparable: bool = False
    pupil: int = 0
    class_name: str = ""
    group: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One report. `asks` names the fields of `Asked` that it heeds besides `on` and `as_at`; `needs` is the right to
    read it; `public`: it is made for governors and names nobody, `handed_on`: it is made to be given to others who work
    with the children it names (`Report.public`, `Report.handed_on`)."""

    key: str
    title: str
    says: str
    make: Callable[[Context, Asked], Report]
    needs: Right
    asks: frozenset[str] = frozenset()
    public: bool = False
    handed_on: bool = False
