"""`notice` at the headless door: listed, asked for, recorded, refused."""

from __future__ import annotations

from tests.cli.conftest import Run
from tests.support.formal import EQUALITY, family
from tests.support.schools import SmallSchool

CHILD = ("--pupil", "00005")
ASK = (
    *("--parent", "Ms K Doyle", "--not", "Mr P Doyle: abroad that week", "--session", "2026-11-02 AM"),
    *("--reasons", "A week in Spain", "--equality", EQUALITY),
)


def test_a_notice_from_asking_to_paying(school: SmallSchool, run: Run) -> None:
    family(school)
    school.context.store.close()
    at = ("notice", "--store", school.path)
    first = run(*at, "next", *CHILD)
    assert first.code == 0, first.errors
    assert [(one["parent"], one["number"]) for one in first.value] == [("Ms K Doyle", 1), ("Mr P Doyle", 1)]
    assert first.value[0]["sums"] == [{"pounds": 80, "days": 21}, {"pounds": 160, "days": 28}]
    asked = run(*at, "ask", *CHILD, *ASK)
    assert asked.code == 0, asked.errors
    (number,) = asked.value["notices"]
    issued = run(*at, "record", "--notice", number, "--state", "issued", "--on", "2026-11-20")
    assert issued.code == 0, issued.errors
    assert run(*at, "received", "--notice", number, "--on", "2026-11-20").code == 0
    (line,) = run(*at, "list", *CHILD).value
    assert (line["state"], line["early_until"], line["pay_until"]) == ("issued", "2026-12-10", "2026-12-17")
    assert line["counts"] is True
    assert run(*at, "record", "--notice", number, "--state", "paid", "--on", "2026-11-20").code == 0
    assert run(*at, "next", *CHILD).value[0]["number"] == 2


def test_what_is_refused_says_why_and_changes_nothing(school: SmallSchool, run: Run) -> None:
    family(school)
    school.context.store.close()
    at = ("notice", "--store", school.path)
    bad = run(*at, "ask", *CHILD, *ASK[:-2])
    assert bad.code == 2
    assert "Equality Act" in bad.value["error"]
    assert run(*at, "ask", *CHILD, *ASK, "--session", "2026-11-02 noon").code == 2
    assert run(*at, "record", "--notice", "999", "--state", "paid").code == 2
    assert run(*at, "list").code == 2
    assert run(*at, "list", *CHILD).value == []
    for day in ("2025-03-03", "2026-02-02"):
        known = run(*at, "elsewhere", *CHILD, "--parent", "Ms K Doyle", "--on", day, "--school", "Priory Park School")
        assert known.code == 0, known.errors
    third = run(*at, "elsewhere", *CHILD, "--parent", "Ms K Doyle", "--on", "2025-09-01", "--school", "Another")
    assert third.code == 2
    assert "third notice" in third.value["error"]
    assert run(*at, "against", *CHILD, *ASK).code == 0
