"""`leave ask`, `leave decide` and `leave list` at the headless door."""

from __future__ import annotations

from desktop_app.domain.people import Tie
from tests.cli.conftest import Run
from tests.support.schools import SmallSchool


def test_asked_decided_and_listed(school: SmallSchool, run: Run) -> None:
    context = school.context
    with context.store.reading() as reading:
        mother = next(one.person for one in reading.book.all(Tie) if one.pupil == school.pupils["Kaya"])
    context.store.close()
    asked = (
        "leave",
        "ask",
        "--store",
        school.path,
        "--pupil",
        "00006",
        "--from",
        "2026-11-30",
        "--to",
        "2026-12-01:AM",
    )
    refused = run(*asked, "--reason", "funeral", "--person", 999)
    assert (refused.code, "not a contact" in refused.errors) == (2, True)
    made = run(*asked, "--reason", "funeral", "--person", mother, "--evidence", "order of service")
    assert made.code == 0, made.errors
    (found,) = made.value
    assert (found["state"], found["sessions"], found["days"]) == ("waiting", 3, "2026-11-30 AM – 2026-12-01 AM")
    decide = ("leave", "decide", "--store", school.path, "--request", found["request"], "--reasons", "a grandmother’s")
    assert run(*decide, "--decision", "granted").code == 2
    assert run(*decide, "--decision", "perhaps").code == 2
    part = run(*decide, "--decision", "granted in part", "--ground", "exceptional", "--days", "2026-11-30/2026-11-30")
    assert part.code == 0, part.errors
    assert part.value["granted"] == ["2026-11-30 AM – 2026-11-30 PM"]
    (listed,) = run("leave", "list", "--store", school.path).value
    assert (listed["request"], listed["state"], listed["ground"]) == (
        found["request"],
        "granted in part",
        "exceptional",
    )
