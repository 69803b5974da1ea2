"""Every code of the regulations, what it counts as, and how it is spelt or refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.codes import Counts
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.rules.codes import SpellState, foresight, present_mark, refusal, settle, spell

AM, PM = Half.AM, Half.PM
BEFORE = date(2024, 8, 18)
FROM = date(2024, 8, 19)
NOW = date(2026, 11, 20)

CLASSES = {
    Counts.PRESENT: "/ \\ L",
    Counts.APPROVED: "K V P W B J",
    Counts.AUTHORISED: "C1 M J1 S C2 C T R I E H",
    Counts.UNAUTHORISED: "G N O U",
    Counts.NOT_POSSIBLE: "D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 Y",
    Counts.NOT_COUNTED: "Z #",
}
"""The whole table once more, as DfE's own statistics group the codes (H, J and Y as until August 2024)."""

ROWS = [(code, counts) for counts, codes in CLASSES.items() for code in codes.split()]
WITHDRAWN = {"H", "J", "Y"}
NEW = {"K", "C1", "C2", "J1", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
TYPED = [code for code, _ in ROWS if code not in {"Z", "#"}]


def keys(text: str, half: Half, day: date, rulebook: Rulebook):
    """Press the keys of `text` in one cell, one after the other."""
    typed = ""
    for key in text:
        outcome = spell(typed, key, half, day, rulebook.codes)
        typed = outcome.code
    return outcome


def test_the_rulebook_has_exactly_these_codes(rulebook: Rulebook) -> None:
    assert set(rulebook.codes) == {code for code, _ in ROWS}


@pytest.mark.parametrize(("code", "counts"), ROWS)
def test_what_a_code_counts_as(rulebook: Rulebook, code: str, counts: Counts) -> None:
    assert rulebook.codes[code].counts is counts


@pytest.mark.parametrize(
    ("field", "having"),
    [
        ("late", {"L", "U"}),
        ("takes_minutes", {"L", "U"}),
        ("needs_note", {"K", "B", "Y7"}),
        ("elsewhere", {"K", "V", "P", "W", "B"}),
        ("provisional", {"N"}),
        ("by_calendar", {"#", "Z"}),
        ("half", {"/", "\\"}),
        ("first", NEW),
        ("last", WITHDRAWN),
        ("instead", WITHDRAWN),
    ],
)
def test_what_a_code_needs(rulebook: Rulebook, field: str, having: set[str]) -> None:
    assert {key for key, code in rulebook.codes.items() if getattr(code, field)} == having


def test_every_code_says_where_it_comes_from_and_who_may_be_given_it(rulebook: Rulebook) -> None:
    for key, code in rulebook.codes.items():
        assert len(code.source) > 20, key
        assert code.given_to or key in {"/", "\\", *WITHDRAWN}, key


@pytest.mark.parametrize("code", [code for code in TYPED if code not in WITHDRAWN])
@pytest.mark.parametrize("half", HALVES)
def test_every_code_is_spelt_by_its_own_letters(rulebook: Rulebook, code: str, half: Half) -> None:
    outcome = keys(code.lower(), half, NOW, rulebook)
    if outcome.state is SpellState.WAIT:
        assert code == "C"
        outcome = settle(outcome.code)
    expected = present_mark(half, rulebook.codes) if code in "/\\" else code
    assert (outcome.state, outcome.code, outcome.words) == (SpellState.COMMIT, expected, "")


@pytest.mark.parametrize("code", [code for code in TYPED if code not in NEW])
def test_before_august_2024_every_code_of_the_time_is_one_key(rulebook: Rulebook, code: str) -> None:
    half = PM if code == "\\" else AM
    outcome = keys(code, half, BEFORE, rulebook)
    assert (outcome.state, outcome.code) == (SpellState.COMMIT, code)


@given(key=st.characters(), typed=st.sampled_from(["", "C", "J", "Y"]), half=st.sampled_from(HALVES))
def test_no_key_whatever_writes_a_code_that_is_not_allowed(
    rulebook: Rulebook, key: str, typed: str, half: Half
) -> None:
    outcome = spell(typed, key, half, NOW, rulebook.codes)
    if outcome.state is SpellState.COMMIT:
        assert refusal(outcome.code, NOW, half, rulebook.codes, typed=True) is None
    assert (outcome.words != "") == (outcome.state is SpellState.REFUSE)


@pytest.mark.parametrize("key", ["/", "\\", " "])
def test_three_keys_mean_present_in_either_half(rulebook: Rulebook, key: str) -> None:
    assert spell("", key, AM, NOW, rulebook.codes).code == "/"
    assert spell("", key, PM, NOW, rulebook.codes).code == "\\"


@pytest.mark.parametrize("key", ["", "\n", "\t", "\x1b", "ab"])
def test_keys_that_are_no_character_are_ignored(rulebook: Rulebook, key: str) -> None:
    assert spell("", key, AM, NOW, rulebook.codes).state is SpellState.IGNORE


@pytest.mark.parametrize("key", ["A", "F", "H", "1", "?", "-", "é"])
def test_a_key_that_is_no_code_is_refused_in_words(rulebook: Rulebook, key: str) -> None:
    outcome = spell("", key, AM, NOW, rulebook.codes)
    assert outcome.state is SpellState.REFUSE
    assert key.upper() in outcome.words


@pytest.mark.parametrize("key", ["#", "Z"])
def test_codes_of_the_calendar_are_never_typed(rulebook: Rulebook, key: str) -> None:
    assert "never given to one pupil" in spell("", key, AM, NOW, rulebook.codes).words


@pytest.mark.parametrize(("letter", "digit", "says"), [("C", "3", "C1, C2"), ("J", "2", "J1"), ("Y", "8", "Y1, Y2")])
def test_a_number_that_ends_no_code_is_refused_with_those_that_do(
    rulebook: Rulebook, letter: str, digit: str, says: str
) -> None:
    outcome = spell(letter, digit, AM, NOW, rulebook.codes)
    assert outcome.state is SpellState.REFUSE
    assert f"{letter}{digit}" in outcome.words
    assert says in outcome.words


@pytest.mark.parametrize("key", ["/", "i", " ", "C"])
def test_c_is_written_when_the_next_key_belongs_to_the_next_cell(rulebook: Rulebook, key: str) -> None:
    outcome = spell("C", key, AM, NOW, rulebook.codes)
    assert (outcome.state, outcome.code, outcome.carry) == (SpellState.COMMIT, "C", key.upper())


@pytest.mark.parametrize("letter", ["J", "Y"])
def test_a_lone_j_or_y_is_never_written(rulebook: Rulebook, letter: str) -> None:
    assert spell(letter, "/", AM, NOW, rulebook.codes).state is SpellState.REFUSE
    left = settle(letter)
    assert left.state is SpellState.REFUSE
    assert left.words.startswith(letter)


def test_leaving_a_cell_settles_what_waits() -> None:
    assert (settle("C").state, settle("C").code) == (SpellState.COMMIT, "C")
    assert settle("").state is SpellState.IGNORE


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize(
    ("code", "day", "half", "says"),
    [
        ("A", NOW, AM, "“A” is not an attendance code."),
        ("", NOW, AM, "“” is not an attendance code."),
        ("c1", NOW, AM, "“c1” is not an attendance code."),
        ("/", NOW, PM, "/ is the morning mark; in the afternoon use \\"),
        ("\\", NOW, AM, "\\ is the afternoon mark; in the morning use /"),
        ("H", FROM, AM, "H was withdrawn on 19 August 2024. Use C where leave was given"),
        ("J", FROM, AM, "J was withdrawn on 19 August 2024. Use J1"),
        ("Y", FROM, AM, "Y was withdrawn on 19 August 2024. Use the one of Q and Y1 to Y7"),
        ("#", NOW, AM, "# (Planned closure)"),
        ("Z", NOW, AM, "Z (Prospective pupil, not on roll)"),
    ],
)
def test_refusals_in_words(rulebook: Rulebook, code: str, day: date, half: Half, says: str, typed: bool) -> None:
    assert (refusal(code, day, half, rulebook.codes, typed=typed) or "").startswith(says)


@pytest.mark.parametrize("code", sorted(NEW))
def test_a_code_of_2024_on_an_earlier_session(rulebook: Rulebook, code: str) -> None:
    assert "is law only from 19 August 2024" in (refusal(code, BEFORE, AM, rulebook.codes, typed=True) or "")
    assert refusal(code, BEFORE, AM, rulebook.codes, typed=False) is None
    assert "18 August 2024" in (foresight(code, BEFORE, rulebook.codes) or "")
    assert refusal(code, FROM, AM, rulebook.codes, typed=True) is None
    assert foresight(code, FROM, rulebook.codes) is None


def test_a_code_nobody_knows_is_no_matter_for_foresight(rulebook: Rulebook) -> None:
    assert foresight("A", BEFORE, rulebook.codes) is None
