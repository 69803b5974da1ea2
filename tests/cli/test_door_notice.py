"""`notice` at the headless door: listed, asked for, recorded, refused."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.people import Person
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


def test_a_parent_is_named_as_the_commands_print_them_or_without_the_title(school: SmallSchool, run: Run) -> None:
    family(school)
    with school.context.store.writing(school.context.deed("name")) as writing:
        father = next(one for one in writing.book.all(Person) if one.full_name == "Mr P Doyle")
        writing.book.put(replace(father, title="Mr", full_name="Peter Doyle"))
    school.context.store.close()
    at = ("notice", "--store", school.path)
    assert run(*at, "next", *CHILD).value[1]["parent"] == "Mr Peter Doyle"
    for name in ("Mr Peter Doyle", "mr  peter doyle", "Peter Doyle"):
        known = run(*at, "elsewhere", *CHILD, "--parent", name, "--on", "2020-03-03", "--school", "Priory Park School")
        assert known.code == 0, known.errors
        at_nine = ("--at", "2026-11-19T09:00", "--outcome", "spoke")
        called = run("log", "--store", school.path, *CHILD, "--kind", "phone-call", "--with", name, *at_nine)
        assert called.code == 0, called.errors
    nobody = run(*at, "elsewhere", *CHILD, "--parent", "Mr Doyle", "--on", "2020-03-03", "--school", "Priory")
    assert "The contacts are: Ms K Doyle, Mr Peter Doyle." in nobody.value["error"]
