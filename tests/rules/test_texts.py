"""What a text may say, which number takes it, and a file that no spreadsheet runs."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

import pytest

from desktop_app.domain.people import Channel, ChannelKind, Person, Tie
from desktop_app.rules.chasing import WRONG
from desktop_app.rules.contacts import ContactCard, Doubt
from desktop_app.rules.texts import cell, mobile, mobile_of, text_fault, texts_csv, words_fault


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900 123", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700 900123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("+353 87 123 4567", "00353871234567"),
        ("0151 496 0000", ""),
        ("0700 900 1234", ""),
        ("07700 900 12", ""),
        ("07700 900 1234", ""),
        ("+1", ""),
        ("+12345678901234567890", ""),
        ("", ""),
        ("ask at work", ""),
        ("٠٧٧٠٠٩٠٠١٢٣", ""),
    ],
)
def test_a_number_as_a_texting_service_takes_it(written: str, number: str) -> None:
    assert mobile(written) == number


def test_the_first_mobile_that_is_not_wrong_nor_doubted() -> None:
    tie = Tie(1, 1, 1, "mother")
    channels = tuple(
        Channel(key, 1, kind, value, label)
        for key, (kind, value, label) in enumerate(
            [
                (ChannelKind.PHONE, "0151 496 0000", ""),
                (ChannelKind.EMAIL, "07700900111", ""),
                (ChannelKind.PHONE, "07700 900 222", WRONG),
                (ChannelKind.PHONE, "07700 900 333", ""),
                (ChannelKind.PHONE, "07700 900 444", ""),
            ],
            1,
        )
    )
    card = ContactCard(Person(1, "Ms A"), tie, channels)
    assert mobile_of(card) == "07700900333"
    doubted = ContactCard(Person(1, "Ms A"), tie, channels, (Doubt(4, datetime(2026, 11, 1)),))
    assert mobile_of(doubted) == "07700900444"
    assert mobile_of(ContactCard(Person(1, "Ms A"), tie, channels[:3])) == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("  ", "says nothing"),
        ("=1+1", "formula"),
        ("+44 is our number", "formula"),
        ("-please ring", "formula"),
        ("@[child]", "formula"),
        ("Ring about [chld].", "Did you mean [child]"),
        ("Ring [child", "has no “]”"),
        ("<script>x</script>", "web page"),
        ("hidden \u202esign", "hidden sign"),
        ("x" * 11, "11 letters"),
    ],
)
def test_words_that_cannot_go_are_refused_in_words(words: str, said: str) -> None:
    assert said in words_fault(words, ("child",), 10 if words.startswith("x") else 400)


def test_the_edge_of_the_length_is_inside() -> None:
    assert (text_fault("x" * 10, 10), text_fault("x" * 11, 10) != "") == ("", True)


@pytest.mark.parametrize("begun", ["=", "+", "-", "@", "\t=", "\r@", " ="])
def test_no_cell_begins_as_a_formula(begun: str) -> None:
    assert cell(f"{begun}SUM(A1)").startswith("'")


def test_the_file_reads_back_as_it_was_written_with_every_cell_quoted() -> None:
    rows = [("Ms Ł O’Neill, née “X”", "07700900123", 'Say "hello", please'), ("=cmd()", "00353871234567", "Two\nlines")]
    made = texts_csv(rows)
    assert made.startswith(b'\xef\xbb\xbf"Name","Mobile","Text"\r\n')
    back = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))
    assert back == [
        ["Name", "Mobile", "Text"],
        ["Ms Ł O’Neill, née “X”", "07700900123", 'Say "hello", please'],
        ["'=cmd()", "00353871234567", "Two lines"],
    ]
