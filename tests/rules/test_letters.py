"""Templates: fields are filled, everything else that is no letter is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterField
from desktop_app.rules.letters import (
    LEFT_MARK,
    check_template,
    days_words,
    empty_fields,
    fields_in,
    language_words,
    merge,
    template_faults,
    tidy,
)

FIELDS = (
    LetterField("child", "child"),
    LetterField("parent names", "to"),
    LetterField("address", "", may_be_empty=True),
)


def test_fields_are_filled_whatever_their_case_and_spaces() -> None:
    values = {"child": "Łucja", "parent names": "Ms K Bielak"}
    assert merge("Dear [Parent  Names], about [CHILD].", values) == "Dear Ms K Bielak, about Łucja."
    assert fields_in("[Child] and [child] and [parent names]") == ("child", "parent names")


def test_what_is_filled_in_is_never_looked_at_again() -> None:
    assert merge("[child]", {"child": "[parent names]", "parent names": "x"}) == "[parent names]"
    assert merge("[child]", {"child": "]] [["}) == "]] [["
    assert merge("a [[b]] c", {}) == "a [b] c"
    assert merge("one [child]", {"child": "a\x07\u202eb\n\n\nc"}) == "one ab\nc"


def test_a_paragraph_left_empty_goes() -> None:
    assert merge("one\n\n[child]\n\ntwo", {"child": "  "}) == "one\n\ntwo"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Dear all\n\nabout [chidl].", "Line 3: there is no field [chidl]. Did you mean [child]?"),
        ("[something else]", "Line 1: there is no field [something else]. Choose one"),
        ("[child", "Line 1: “[” has no “]”"),
        ("one\nchild]", "Line 2: “]” has no “[”"),
        ("[child\n]", "Line 1: “[” has no “]”"),
        ("<script>alert(1)</script>", "Line 1: “<script>” is a mark of a web page"),
        ("a {{ child }}", "Line 1: “{{” is a sign of a program"),
        ("{% for x in y %}", "a sign of a program"),
        ("see javascript:alert(1)", "a link that runs something"),
        ("hidden \u202e sign", "Line 1: a hidden sign"),
        ("a\x00b", "cannot be printed"),
        ("", "says nothing"),
        ("x" * 20_001, "no more than 20,000"),
    ],
)
def test_a_template_that_is_no_letter_is_refused_with_its_line(body: str, says: str) -> None:
    assert says in "\n".join(template_faults("About [child]", body, FIELDS))
    with pytest.raises(Refused):
        check_template("About [child]", body, FIELDS)


def test_the_subject_is_one_line_with_sound_fields() -> None:
    assert "no subject" in template_faults(" ", "x", FIELDS)[0]
    assert "more than one line" in template_faults("a\nb", "x", FIELDS)[0]
    assert template_faults("[who]", "x", FIELDS)[0].startswith("Subject: there is no field [who]")
    check_template("[child]’s attendance: 3 < 5 & £80", "Dear [parent names], a [[bracket]]", FIELDS)


def test_what_is_empty_is_named_and_what_may_be_is_not() -> None:
    assert empty_fields("[child] [address] [parent names]", {"child": "A", "parent names": " "}, FIELDS) == (
        "parent names",
    )


def test_a_value_that_runs_the_other_way_is_marked_at_both_ends() -> None:
    mark = LEFT_MARK
    assert merge("[child]:", {"child": "فاطمہ"}) == f"{mark}فاطمہ{mark}:"
    assert merge("[child]", {"child": "0151 496 0000"}, right_to_left=True) == f"{mark}0151 496 0000{mark}"
    assert merge("[child]", {"child": "فاطمہ"}, right_to_left=True) == "فاطمہ"
    assert merge("[child]", {"child": "Łucja"}) == "Łucja"


def test_days_and_sessions_in_words() -> None:
    assert days_words(17, ("day", "days")) == "8½ days"
    assert [days_words(n, ("day", "days")) for n in (0, 1, 2, 3)] == ["0 days", "½ day", "1 day", "1½ days"]
    assert days_words(17, ()) == "8½"
    assert [language_words(n, ("session", "sessions")) for n in (0, 1, 2)] == ["0 sessions", "1 session", "2 sessions"]


def test_a_template_is_kept_tidy() -> None:
    assert tidy("\r\n\r\na \r\nb\t\rc\n\n") == "a\nb\nc"


@given(st.text(max_size=80))
def test_any_text_is_judged_and_a_sound_one_filled(text: str) -> None:
    body = tidy(text)
    faults = template_faults("s", body, FIELDS)
    if not faults:
        filled = merge(body, dict.fromkeys(("child", "parent names", "address"), "x"))
        assert "[child]" not in filled or "[[child" in body
