"""UPNs against a second reckoning of the check letter."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from desktop_app.rules.upn import check_letter, upn_fault

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
DIGITS = st.text("0123456789", min_size=11, max_size=11)
BODIES = st.builds(lambda digits, last: digits + last, DIGITS, st.sampled_from("0123456789" + ALPHABET))


def naive_letter(body: str) -> str:
    value = 0
    for place in range(12):
        character = body[place]
        number = "0123456789".find(character) if character in "0123456789" else ALPHABET.find(character)
        value += (place + 2) * number
    return ALPHABET[value % 23]


@given(BODIES)
def test_the_check_letter_is_that_of_a_naive_reckoning(body: str) -> None:
    letter = naive_letter(body)
    assert check_letter(body) == letter
    assert upn_fault(letter + body) is None
    for other in set(ALPHABET) - {letter}:
        assert "does not agree" in (upn_fault(other + body) or "")


@given(DIGITS, st.integers(0, 10), st.sampled_from("0123456789"))
def test_one_mistyped_digit_is_noticed(digits: str, place: int, wrong: str) -> None:
    body = digits + "0"
    typed = body[:place] + wrong + body[place + 1 :]
    fault = upn_fault(check_letter(body) + typed)
    assert (fault is None) == (typed == body)


@pytest.mark.parametrize("upn", ["H801200001001", "A000000000000"])
def test_known_good_numbers(upn: str) -> None:
    assert upn_fault(upn) is None


@pytest.mark.parametrize(
    ("upn", "says"),
    [
        ("", "13 characters and this has 0"),
        ("H80120000100", "has 12"),
        ("H8012000010011", "has 14"),
        ("h801200001001", "capitals"),
        ("I801200001001", "other than I, O and S"),
        ("1801200001001", "begins with a letter"),
        ("H8012000O1001", "eleven digits"),
        ("H80120000100S", "eleven digits"),
        ("H80120000100-", "eleven digits"),
        ("H٨01200001001", "eleven digits"),
        ("H80120000100٨", "eleven digits"),
        ("H801200001002", "does not agree"),
    ],
)
def test_faults_in_words(upn: str, says: str) -> None:
    assert says in (upn_fault(upn) or "")


@given(st.text(max_size=15))
def test_no_text_whatever_breaks_it(text: str) -> None:
    fault = upn_fault(text)
    assert fault is None or fault


def test_a_body_that_is_none_has_no_letter() -> None:
    with pytest.raises(ValueError, match="not the last twelve"):
        check_letter("12345")
