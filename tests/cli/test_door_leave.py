"""`leave ask`, `leave decide` and `leave list` at the headless door."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.domain.people import Answer, Tie
from tests.cli.conftest import Run
from tests.support.letters import AWAY, lettered, parent
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


def test_the_decision_makes_its_letters(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    context, kaya = lettered(school).context, school.pupils["Kaya"]
    parent(context, kaya, "Mr E Kaya", address=AWAY)
    with context.store.writing(context.deed("set up")) as writing:
        tie = next(one for one in writing.book.all(Tie) if one.pupil == kaya)
        writing.book.put(replace(tie, responsibility=Answer.UNKNOWN))
    mother = tie.person
    context.store.close()
    leave = ("--store", school.path)
    asked = ("--pupil", "00006", "--from", "2026-11-30", "--to", "2026-12-01", "--reason", "two weeks in Spain")
    (found,) = run("leave", "ask", *leave, *asked, "--person", mother).value
    decide = ("leave", "decide", *leave, "--request", found["request"], "--decision", "refused", "--reasons", "a trip")
    nowhere = run(*decide, "--letters", tmp_path / "nowhere")
    assert (nowhere.code, "There is no folder" in nowhere.errors) == (2, True)
    out = tmp_path / "letters"
    out.mkdir()
    done = run(*decide, "--letters", out)
    assert done.code == 0, done.errors
    assert (done.value["state"], [one["to"] for one in done.value["letters"]]) == (
        "refused",
        [["Ms K Kaya"], ["Mr E Kaya"]],
    )
    first, second = done.value["letters"]
    assert (first["reference"], second["reference"]) == (None, "L/2026/0001")
    assert [finding["key"] for finding in first["findings"]] == ["responsibility", "no-address"]
    assert "1 letter not made: the task to write stays." in done.errors
    assert [one.name for one in out.iterdir()] == ["letter-2026-0001-leave-refused.pdf"]
    rest = run(
        "leave", "letters", *leave, "--request", found["request"], "--out", out, "--reason", "both live with her"
    )
    assert rest.code == 0, rest.errors
    assert [one["reference"] for one in rest.value] == ["L/2026/0002"]
    assert run("leave", "letters", *leave, "--request", found["request"], "--out", out).code == 2
    again = run(*decide, "--again", "--decision", "granted", "--ground", "exceptional")
    assert again.value["state"] == "granted"
    back = run("leave", "take-back", *leave, "--request", found["request"], "--words", "Ms K Kaya, by telephone")
    assert back.value["state"] == "taken back"
