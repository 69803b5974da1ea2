"""How a school is taken apart where figures are told without names: each breakdown has everybody once.

Source: the breakdown that governors are to see (AfC, attendance reporting at governors’ meetings: pupil premium, SEND,
looked after, social care, demographics; nursery, sixth form and Year 11 by themselves).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from desktop_app.rules.groups import SEXES
from desktop_app.rules.names import class_order
from desktop_app.rules.suppression import Breakdown, Part

ORIGINS = {
    "W": "White",
    "M": "Mixed",
    "A": "Asian",
    "B": "Black",
    "C": "Asian",
    "O": "Any other ethnic group",
}
"""The broad group of an ethnicity by the first letter of its DfE code: with few children a finer one says too much."""
NOT_TOLD = ("REFU", "NOBT")
UNKNOWN = "Not recorded"
SEN = ("EHCP", "SEN support", "No SEN recorded")
PARTS_OF_SCHOOL = ("Nursery", "Reception to Year 10", "Year 11", "Sixth form")


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil as breakdowns see one: year group, and the keys of the groups the pupil is in."""

    pupil: int
    year: str
    groups: Collection[str]


def breakdowns(members: Iterable[Member]) -> tuple[Breakdown, ...]:
    """The school by each of what governors ask for, the most important first."""
    of = list(members)
    found = (
        _either("Pupil premium", "Not pupil premium", of, "pupil-premium"),
        _special_needs(of),
        _either("Looked after, now or before", "Never looked after", of, "looked-after", "previously-looked-after"),
        _either("Social care", "No social care", of, "child-in-need", "child-protection", "social-worker"),
        _either("Free school meals", "No free school meals", of, "fsm"),
        _either("English as an additional language", "English as the first language", of, "eal"),
        _either("Young carers", "Not young carers", of, "young-carer"),
        _either("Children of service families", "Not of service families", of, "service-child"),
        _either("Medical need on record", "No medical need on record", of, "medical"),
        _by("part", "Nursery, Year 11 and sixth form", of, _part_of_school, PARTS_OF_SCHOOL),
        _by("sex", "Girls and boys", of, _sex),
        _by("year", "Year groups", of, _year, tuple(dict.fromkeys(map(_year, sorted(of, key=_order)))), ordered=True),
        _by("ethnicity", "Ethnicity", of, _origin, others="All other ethnic groups"),
    )
    return tuple(one for one in found if one.key not in ("part", "ethnicity") or len(one.parts) > 1)


def year_words(year: str) -> str:
    """A year group as people say it: `Year 4`, `Reception`, `Nursery 2`."""
    if not year:
        return "No year group"
    if year[0].isdigit():
        return f"Year {year}"
    plain = year.upper()
    if plain == "R":
        return "Reception"
    return f"Nursery {plain[1:]}".strip() if plain.startswith("N") else year


def _by(
    key: str,
    title: str,
    members: list[Member],
    of: Callable[[Member], str],
    order: tuple[str, ...] = (),
    *,
    ordered: bool = False,
    others: str = "All other groups",
) -> Breakdown:
    found: dict[str, set[int]] = {}
    for member in members:
        found.setdefault(of(member), set()).add(member.pupil)
    titles = [one for one in order if one in found] or sorted(found, key=lambda one: (one == UNKNOWN, one))
    return Breakdown(key, title, tuple(Part(one, frozenset(found[one])) for one in titles), ordered, others)


def _either(those: str, rest: str, members: list[Member], *keys: str) -> Breakdown:
    def side(member: Member) -> str:
        return those if any(key in member.groups for key in keys) else rest

    found: dict[str, set[int]] = {those: set(), rest: set()}
    for member in members:
        found[side(member)].add(member.pupil)
    parts = tuple(Part(title, frozenset(of)) for title, of in found.items())
    return Breakdown(keys[0], those, parts, asks_about_first=True)


def _special_needs(members: list[Member]) -> Breakdown:
    """EHCP and SEN support; both together where one of them has too few."""
    fine = _by("sen", "Special educational needs", members, _sen, SEN)
    none = frozenset[int]().union(*(part.members for part in fine.parts if part.title == SEN[-1]))
    some = frozenset(member.pupil for member in members) - none
    return replace(fine, or_else=(Part("SEN support or EHCP", some), Part(SEN[-1], none)))


def _sen(member: Member) -> str:
    ehcp, support, none = SEN
    if "ehcp" in member.groups:
        return ehcp
    return support if "sen-support" in member.groups else none


def _sex(member: Member) -> str:
    return next((words for key, words in SEXES.items() if f"sex:{key}" in member.groups), UNKNOWN)


def _origin(member: Member) -> str:
    code = next((key.split(":", 1)[1] for key in member.groups if key.startswith("ethnicity:")), "")
    if not code or code in NOT_TOLD:
        return UNKNOWN
    return ORIGINS.get(code[0], UNKNOWN) if len(code) == 4 else ORIGINS["O"]


def _year(member: Member) -> str:
    return year_words(member.year)


def _order(member: Member) -> tuple[int, int, str]:
    return class_order(member.year)


def _part_of_school(member: Member) -> str:
    nursery, main, eleven, sixth = PARTS_OF_SCHOOL
    if member.year.upper().startswith("N"):
        return nursery
    if member.year == "11":
        return eleven
    return sixth if member.year in ("12", "13", "14") else main
