"""The cases of `cases.toml`, made by hand: both sides of each edge of the letter guard and of the ledger."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.figures import Figures
from desktop_app.domain.letters import LetterRule, Sent
from desktop_app.domain.marks import Mark
from desktop_app.domain.notices import Notice, NoticeScheme, NoticeState, Order
from desktop_app.domain.people import Answer, Flag, FlagKind, Pattern, PatternKind, Person, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Author
from desktop_app.rules.guard import SEE_THE_DSL, GuardFacts, guard
from desktop_app.rules.notices import LA_DECIDES, next_notice, order_on
from desktop_app.rules.powers import PENALTY_NOTICE, lacking
from tests.support.schools import pupil

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))
CHILD, SIBLING, MOTHER, FATHER = 1, 2, 10, 11
ON = date(2026, 11, 20)


def named(kind: str) -> list[Any]:
    """The cases of a kind, each under its name."""
    return [pytest.param(case, id=case["name"]) for case in CASES[kind]]


def test_there_are_as_many_as_were_promised() -> None:
    names = [case["name"] for kind in CASES.values() for case in kind]
    assert len(names) == len(set(names)) >= 48
    assert len(CASES["ledger"]) >= 24
    assert len(CASES["guard"]) >= 24


@pytest.mark.parametrize("case", named("ledger"))
def test_ledger(case: dict[str, Any], rulebook: Rulebook) -> None:
    formalities = rulebook.formalities
    known = [_notice(number, words) for number, words in enumerate(case["notices"], 1)]
    first, last = (date.fromisoformat(day) for day in case.get("order", "2000-01-01 2000-01-02").split())
    school = SchoolType(case.get("school", "maintained"))
    found = next_notice(
        known,
        CHILD,
        MOTHER,
        case["day"],
        formalities.penalty,
        lacking=lacking(formalities, PENALTY_NOTICE, school),
        orders=[Order(9, CHILD, first, last)],
    )
    assert found.number == case["number"], found.says
    assert " ".join(f"{sum_}/{days}" for sum_, days in found.sums) == case.get("sums", "")
    assert bool(found.instead) == (found.number == 0)
    if "order" not in case and "school" not in case:
        assert found.says.endswith(LA_DECIDES)


def _notice(number: int, words: str) -> Notice:
    day, state, *whose = words.split()
    return Notice(
        entry=number,
        pupil=SIBLING if "other-child" in whose else CHILD,
        parent=FATHER if "father" in whose else MOTHER,
        state=NoticeState(state),
        scheme=NoticeScheme.PUBLIC_PLACE if "public-place" in whose else NoticeScheme.ABSENCE,
        said=date(2025, 1, 1),
        issued=None if day == "-" else date.fromisoformat(day),
        elsewhere="elsewhere" in whose,
    )


@pytest.mark.parametrize("case", named("guard"))
def test_guard(case: dict[str, Any], rulebook: Rulebook) -> None:
    found = guard(_Case(case, rulebook).facts())
    said = ", ".join(f"{one.key} {one.weight.value}" for one in found) or "nothing"
    assert said == case["says"], [one.words for one in found]
    assert all(one.pupil == CHILD and one.person == MOTHER for one in found)
    if case.get("held"):
        assert [one.words for one in found] == [SEE_THE_DSL]


@dataclass
class _Case:
    """One line of the table as facts: everything that a case does not name speaks for the letter."""

    case: dict[str, Any]
    rulebook: Rulebook

    def facts(self) -> GuardFacts:
        case, rulebook = self.case, self.rulebook
        possible, missed = case.get("possible", 200), self._missed()
        figures = Figures(possible, possible - 10, 0, 10, 0, 0, {})
        responsibility = Answer(case.get("responsibility", "yes"))
        school = SchoolType(case.get("school", "maintained"))
        power = case.get("power", "")
        return GuardFacts(
            rule=self._rule(),
            numbers=rulebook.guard,
            codes=rulebook.codes,
            on=ON,
            pupil=pupil("Doyle", "Ryan", id=CHILD),
            person=Person(MOTHER, "Ms K Doyle", "Ms"),
            tie=Tie(1, CHILD, MOTHER, "mother", responsibility, no_contact=case.get("no_contact", False)),
            held=case.get("held", False),
            protected=case.get("protected", False),
            figures=figures,
            listed=self._listed(figures),
            missed=missed,
            least=rulebook.too_early.value,
            joined=case.get("joined"),
            flags=self._flags(),
            patterns=self._patterns(),
            contacts=self._entries("contacted"),
            about_siblings=self._entries("sibling"),
            bereaved=self._day("bereaved"),
            order=self._order(),
            paid=frozenset(Session(mark.day, mark.half) for mark in missed[: case.get("paid", 0)]),
            lacking=lacking(rulebook.formalities, power, school) if power else None,
        )

    def _rule(self) -> LetterRule:
        guards = ("concern",) if self.case.get("concern", True) else ()
        formal = self.case.get("formal", False)
        power = self.case.get("power", "")
        return LetterRule("concern-1", "Concern", Sent.EACH, formal, EntryKind.LETTER, "ours", (), guards, power)

    def _missed(self) -> list[Mark]:
        pairs = (one.split() for one in self.case.get("missed", "").split(", ") if one)
        codes = [code for code, number in pairs for _ in range(int(number))]
        return [_mark(ON - timedelta(days=number + 1), code) for number, code in enumerate(codes)]

    def _listed(self, figures: Figures) -> Figures | None:
        if "listed" not in self.case:
            return None
        if self.case["listed"] == 100:
            return figures
        return Figures(figures.possible, figures.attended - 1, 0, figures.unauthorised + 1, 0, 0, {})

    def _flags(self) -> list[Flag]:
        kind = self.case.get("flag")
        return [Flag(1, CHILD, FlagKind(kind), "", date(2026, 9, 1), self._day("until"))] if kind else []

    def _patterns(self) -> list[Pattern]:
        if "part_time" not in self.case:
            return []
        return [Pattern(1, CHILD, PatternKind.PART_TIME, "1010101010", date(2026, 9, 1), self._day("part_time"))]

    def _order(self) -> Order | None:
        last = self._day("order")
        return order_on([Order(9, CHILD, date(2026, 1, 1), last)], CHILD, ON) if last else None

    def _day(self, key: str) -> date | None:
        return ON + timedelta(days=self.case[key]) if key in self.case else None

    def _entries(self, key: str) -> list[Entry]:
        if key not in self.case:
            return []
        at = datetime(2026, 11, 20, 9, 0) - timedelta(days=self.case[key])
        author = Author(1, "Dr A Rahman", "Headteacher")
        return [
            Entry(
                1, EntryKind.LETTER, at, at.replace(tzinfo=UTC), author, (CHILD,), (MOTHER,), "posted", "", {}, False,
                None, None,
            )
        ]  # fmt: skip


def _mark(day: date, code: str) -> Mark:
    return Mark(CHILD, day, Half.AM, code)
