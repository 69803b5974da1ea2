"""What casework asks for by today, as lines that lead to the case."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.agenda import AgendaKind, AgendaLine
from desktop_app.domain.people import Pupil
from tests.support.schools import SmallSchool
from ui.today.due_card import OVERDUE, TODAY
from ui.today.owed import owed_lines


def test_mine_come_first_and_what_has_a_task_is_not_said_twice(school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        child = reading.book.get(Pupil, school.pupils["Doyle"])
    assert child is not None

    def line(title: str, owner: int, name: str, *, task: int = 0, overdue: bool = False) -> AgendaLine:
        due = date(2026, 10, 15 if overdue else 16)
        return AgendaLine(AgendaKind.STAY, child, "5B", title, due, overdue, owner, name, 7, task)

    found = (line("Too long", 2, "Ann Hale", overdue=True), line("Meet", 1, "Zoe Reid"), line("Task", 1, "Z", task=4))
    mine, hers = owed_lines(found, 1)
    assert (mine.when, mine.what, mine.more) == (TODAY, f"{child.name} · Meet", "yours")
    assert (hers.when, hers.place, hers.where) == (OVERDUE, "cases", {"pupil": child.id})
    assert hers.more == "for Ann Hale, due Thu 15 Oct"
