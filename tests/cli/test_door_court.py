"""`court` at the headless door: an order made, extended and varied; a prosecution from the information to its end."""

from __future__ import annotations

from tests.cli.conftest import Run
from tests.support.formal import family
from tests.support.schools import SmallSchool

CHILD = ("--pupil", "00005")
LAID = ("--state", "information laid", "--words", "Laid by the authority.")
SESSION = ("--session", "2026-11-02 AM")


def test_an_order_is_made_extended_and_varied(school: SmallSchool, run: Run) -> None:
    family(school)
    school.context.store.close()
    order = ("court", "order", "--store", school.path, *CHILD, "--words", "The court said so.")
    early = run(*order, "--state", "extended", "--until", "2028-11-01")
    assert early.code == 2
    assert "No order stands" in early.value["error"]
    assert run(*order, "--state", "made", "--on", "2026-11-18").code == 0
    assert "give a later day" in run(*order, "--state", "extended", "--until", "2027-11-01").value["error"]
    assert run(*order, "--state", "extended", "--until", "2028-11-01").code == 0
    assert run(*order, "--state", "varied").code == 0
    listed = run("court", "list", "--store", school.path, *CHILD).value
    assert listed["orders"] == [{"first": "2026-11-18", "last": "2028-11-01"}]
    assert [one["what"] for one in listed["done"]] == ["made", "extended", "varied"]


def test_a_prosecution_from_the_information_to_its_end(school: SmallSchool, run: Run) -> None:
    family(school)
    school.context.store.close()
    hearing = ("court", "hearing", "--store", school.path, *CHILD, "--parent", "Ms K Doyle")
    assert "is no session" in run(*hearing, *LAID, "--session", "2026-11-02 noon").value["error"]
    assert "the six months count from the earliest" in run(*hearing, *LAID).value["error"]
    laid = run(*hearing, *LAID, *SESSION)
    assert laid.code == 0, laid.errors
    heard = ("--state", "heard", "--words", "Adjourned.")
    assert "Say which prosecution" in run(*hearing, *heard).value["error"]
    assert "--session goes with" in run(*hearing, *heard, *SESSION).value["error"]
    assert "--begun goes with" in run(*hearing, *LAID, *SESSION, "--begun", laid.value["id"]).value["error"]
    other = run(*hearing[:-1], "Mr P Doyle", *heard, "--begun", laid.value["id"])
    assert "each has their own" in other.value["error"]
    assert run(*hearing, *heard, "--begun", laid.value["id"]).code == 0
    assert run(*hearing, "--state", "ended", "--words", "A fine of £200.", "--begun", laid.value["id"]).code == 0
    done = run("court", "list", "--store", school.path, *CHILD).value["done"]
    assert [(one["what"], one["begun"]) for one in done] == [
        ("information laid", None),
        ("heard", laid.value["id"]),
        ("ended", laid.value["id"]),
    ]


def test_a_referral_its_answer_and_what_was_considered(school: SmallSchool, run: Run) -> None:
    family(school)
    school.context.store.close()
    court = ("--store", school.path)
    mother = ("--parent", "Ms K Doyle", "--not", "Mr P Doyle: he lives abroad")
    refer = ("court", "refer", *court, *CHILD, *SESSION, "--to", "Attendance team", "--how", "by e-mail")
    assert "has no referral “nothing”" in run(*refer, *mother, "--referral", "nothing").value["error"]
    assert "--not is NAME" in run(*refer, "--not", "Mr P Doyle", "--referral", "irregular").value["error"]
    known = (*mother, "--referral", "prosecution", "--given", "KAS-41")
    assert "comes after that on which it went" in run(*refer, *known, "--chase", "2026-11-20").value["error"]
    sent = run(*refer, *known, "--chase", "2026-12-04")
    assert sent.code == 0, sent.errors
    assert asks(run, school) == [("2026-12-04", "Ask the authority for its answer to the referral")]
    assert "must be laid by" in sent.value["clock"]
    answer = ("court", "answer", *court, "--state", "accepted", "--words", "A court date follows.")
    assert "no such referral" in run(*answer, "--referral", "1").value["error"]
    assert run(*answer, "--referral", sent.value["id"]).code == 0
    assert asks(run, school) == []
    considered = ("court", "consider", *court, *CHILD, "--what", "parenting order", "--state", "decided against")
    thought = ("--equality", "The mother’s hearing: an interpreter was there.")
    assert run(*considered, "--words", "The mother takes the course already.", *thought).code == 0
    done = run("court", "list", *court, *CHILD).value["done"]
    assert done[-1]["equality"] == thought[1]
    assert [(one["kind"], one["what"], one["answers"]) for one in done] == [
        ("la-referral", "sent", None),
        ("la-referral", "accepted", sent.value["id"]),
        ("considered", "parenting order", None),
    ]


def test_a_referral_to_an_agency_is_answered_and_chased_no_more(school: SmallSchool, run: Run) -> None:
    family(school)
    school.context.store.close()
    log = ("log", "--store", school.path, *CHILD, "--kind", "agency-referral", "--set", "agency=CAMHS")
    sent = run(*log, "--at", "2026-11-18", "--outcome", "sent", "--set", "answer_due=2026-12-04")
    assert sent.code == 0, sent.errors
    assert asks(run, school) == [("2026-12-04", "Ask CAMHS for an answer")]
    answer = (*log, "--at", "2026-11-19", "--outcome", "accepted", "--answers")
    assert "not in the chronology" in run(*answer, "999").value["error"]
    assert asks(run, school) == [("2026-12-04", "Ask CAMHS for an answer")]
    other = ("log", "--store", school.path, "--pupil", "00001", *log[5:])
    wrong = run(*other, "--at", "2026-11-19", "--outcome", "accepted", "--answers", sent.value["id"])
    assert (wrong.code, "about another child" in wrong.value["error"]) == (2, True)
    assert run(*answer, sent.value["id"]).code == 0
    assert asks(run, school) == []


def asks(run: Run, school: SmallSchool) -> list[tuple[str, str]]:
    """The tasks of referrals that are still to be done."""
    told = run("task", "list", "--store", school.path).value
    return [(one["due"], one["text"]) for one in told if one["text"].startswith("Ask ")]
