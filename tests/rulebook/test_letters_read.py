"""The letters as shipped: each kind has its words, kindly and plainly; what is wrong is said by file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Damaged
from desktop_app.domain.letters import Sent
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rulebook_letters import read_letters
from desktop_app.rules.letters import fields_in

SHIPPED = paths.resources() / "casework" / "letters"
KINDS = {
    "praise", "improvement", "concern-1", "concern-2", "invitation", "missed-meeting", "medical-evidence", "lateness",
    "leave-granted", "leave-part", "leave-refused", "attendance-plan", "contract", "warning", "notice-to-improve",
    "half-term", "days-nudge", "welcome-back", "unauthorised-warning",
}  # fmt: skip
COMMON = ("praise", "days-nudge", "half-term", "welcome-back", "concern-1", "invitation", "lateness")
HE_OR_SHE = re.compile(r"\b(he|she|him|her|his|hers|mum|dad|mother|father)\b", re.IGNORECASE)


def test_every_kind_of_the_issue_is_there_in_english_and_the_common_ones_in_polish_and_urdu() -> None:
    book = read_letters(SHIPPED)
    assert set(book.rules) == KINDS
    for kind in KINDS:
        assert book.shipped(kind, "en") is not None
    for kind in COMMON:
        assert book.shipped(kind, "pl") is not None
        urdu = book.shipped(kind, "ur")
        assert urdu is not None
        assert urdu.right_to_left


def test_formal_letters_go_to_each_parent_by_itself() -> None:
    for rule in read_letters(SHIPPED).rules.values():
        if rule.formal:
            assert rule.sent is Sent.EACH, rule.key
        assert rule.source


def test_powers_are_those_of_the_law(rulebook: Rulebook) -> None:
    for rule in read_letters(SHIPPED).rules.values():
        assert not rule.power or rulebook.formalities.power(rule.power) is not None, rule.key


def test_no_letter_says_he_or_she_and_each_says_how_to_reach_the_school() -> None:
    for one in read_letters(SHIPPED).templates:
        if one.language == "en":
            assert HE_OR_SHE.search(f"{one.subject}\n{one.body}") is None, one.kind
        if one.kind != "praise":
            assert "school phone" in fields_in(one.body), (one.kind, one.language)


def test_the_medical_letter_sends_nobody_to_a_doctor() -> None:
    found = read_letters(SHIPPED).shipped("medical-evidence", "en")
    assert found is not None
    assert "do not make an appointment" in found.body


def test_the_notice_to_improve_has_its_eight_contents(rulebook: Rulebook) -> None:
    found = read_letters(SHIPPED).shipped("notice-to-improve", "en")
    assert found is not None
    headings = [line for line in found.body.split("\n") if re.match(r"# \d\. ", line)]
    assert len(headings) == len(rulebook.formalities.improvement_contents) == 8
    assert "section 7 of the Education Act 1996" in found.body


def test_the_contract_has_its_three_parts_and_places_to_sign(rulebook: Rulebook) -> None:
    found = read_letters(SHIPPED).shipped("contract", "en")
    assert found is not None
    assert found.body.count("\n# ") == len(rulebook.formalities.contract_parts) == 3
    assert found.body.count("Signed ") == 2


def test_the_sums_of_the_law_stand_in_no_template() -> None:
    for one in read_letters(SHIPPED).templates:
        assert not re.search(r"£\d", one.body), (one.kind, one.language)


def test_a_contact_s_words_name_a_language() -> None:
    book = read_letters(SHIPPED)
    assert [found.key if (found := book.language(said)) else None for said in ("Polish", "POLSKI", "ur", "Welsh")] == [
        "pl", "pl", "ur", None,
    ]  # fmt: skip


def test_warnings_are_logged_as_such() -> None:
    rules = read_letters(SHIPPED).rules
    assert [key for key, rule in rules.items() if rule.logged is EntryKind.WARNING] == [
        "unauthorised-warning",
        "warning",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("en/concern-1.txt", "[school phone]", "[school fone]", r"en/concern-1.txt: Line \d+: there is no field"),
        ("en/concern-1.txt", "Subject: ", "", "first line must begin"),
        ("en/concern-1.txt", "Please", "[Please", "has no"),
        ("kinds.toml", 'logged = "warning"', 'logged = "shout"', "shout"),
        ("kinds.toml", 'fields = "praise"', 'fields = "prase"', "prase"),
        ("kinds.toml", 'fields = "praise"', 'fields = "child"', "no field that is typed"),
        ("kinds.toml", "; December", "", "twelve months"),
        ("kinds.toml", 'key = "half-term"\ntitle', 'key = "half-term"\ncolour = "red"\ntitle', "colour"),
        ("kinds.toml", 'key = "lateness"', 'key = "praise"', "twice"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = tmp_path / "letters"
    shutil.copytree(SHIPPED, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Damaged, match=says):
        read_letters(folder)


def test_a_missing_english_one_and_one_nobody_asks_for_are_said(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    shutil.copytree(SHIPPED, folder)
    (folder / "pl" / "shouting.txt").write_text("Subject: x\n\ny", encoding="utf-8")
    with pytest.raises(Damaged, match=r"pl/shouting\.txt: there is no letter"):
        read_letters(folder)
    (folder / "pl" / "shouting.txt").unlink()
    (folder / "en" / "praise.txt").unlink()
    with pytest.raises(Damaged, match=r"en/praise\.txt cannot be read"):
        read_letters(folder)
