"""What is half typed on a call card, without a window."""

from __future__ import annotations

import pytest

from desktop_app.domain.rulebook import Rulebook
from ui.today.call_draft import CallDraft, code_words, draft_place, proposed_code, read_draft


def test_a_draft_comes_back_as_it_was_and_nothing_of_an_empty_one_is_kept() -> None:
    draft = CallDraft(spoke=True, said="Đặng’s mum: “ill”", code="I", minutes="5", left_out=(7, 9))
    assert read_draft(draft.content()) == draft
    assert CallDraft(spoke=True, said="  ").content() == ""
    assert read_draft("") == CallDraft()


@pytest.mark.parametrize("kept", ["{", "[1]", '{"of another make": 1}', "null", '{"left_out": 3}'])
def test_what_cannot_be_read_is_no_draft(kept: str) -> None:
    assert read_draft(kept) == CallDraft()


@pytest.mark.parametrize(
    ("said", "code"),
    [("i", "I"), ("c2", "C2"), ("ill", "I"), ("will be in later", ""), ("dentist at ten", "M"), ("/", "/"), ("", "")],
)
def test_a_code_alone_or_the_words_propose_the_code(said: str, code: str, rulebook: Rulebook) -> None:
    assert proposed_code(said, rulebook.codes) == code


def test_a_code_is_said_in_words(rulebook: Rulebook) -> None:
    assert code_words("i", rulebook.codes) == rulebook.codes["I"].title
    assert code_words("zz", rulebook.codes) == "not a code"
    assert code_words(" ", rulebook.codes) == "no code: the absence stays without a reason"


def test_brothers_and_sisters_share_one_place_in_any_order() -> None:
    assert draft_place((9, 7)) == draft_place((7, 9)) == "call 7 9"
