"""`contract` at the headless door: made, checked, broken, decided and ended; and what was refused."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.support.formal import family
from tests.support.schools import SmallSchool

CHILD = ("--pupil", "00005")
PARTS = ("--part", "Bring him by 8.40.", "--part", "A call each Friday.", "--part", "I agree to this.")
MOTHER = ("--parent", "Ms K Doyle", "--not", "Mr P Doyle: he lives abroad")


@pytest.fixture
def store(school: SmallSchool) -> tuple[str, ...]:
    """The school of Doyle and both parents, closed."""
    family(school)
    school.context.store.close()
    return "--store", str(school.path)


def test_a_contract_from_the_signing_to_its_end(store: tuple[str, ...], run: Run) -> None:
    make = ("contract", "make", *store, *CHILD)
    assert "Mr P Doyle" in run(*make, *MOTHER[:2], *PARTS).value["error"]
    lacking = run(*make, *MOTHER, *PARTS[:4])
    assert (lacking.code, lacking.value["error"][:25]) == (2, "The contract does not say")
    made = run(*make, *MOTHER, *PARTS)
    assert made.code == 0, made.errors
    number = ("--contract", made.value["id"])
    assert run("contract", "check", *store, *number, "--state", "not kept", "--words", "Late on two days.").code == 0
    assert run("contract", "broken", *store, *number, "--words", "Ten days missed; he says he forgot.").code == 0
    assert run("contract", "decided", *store, *number, "--state", "goes on", "--words", "The officer agreed.").code == 0
    assert run("contract", "end", *store, *number, "--words", "They moved away.").code == 0
    again = run("contract", "end", *store, *number, "--words", "Once more.")
    assert (again.code, "already" in again.value["error"]) == (2, True)
    (told,) = run("contract", "list", *store, *CHILD).value
    assert (told["parents"], told["first"], told["last"]) == (["Ms K Doyle"], "2026-11-20", "2027-02-11")
    assert [(one["on"], one["kept"]) for one in told["checks"]] == [("2026-11-20", False)]
    assert (told["broken"], told["ended"], len(told["later"])) == (False, "2026-11-20", 3)


def test_one_that_was_refused_is_evidence_and_no_contract(store: tuple[str, ...], run: Run) -> None:
    made = run("contract", "make", *store, *CHILD, *MOTHER, "--state", "refused")
    assert made.code == 0, made.errors
    assert run("contract", "list", *store, *CHILD).value == []
