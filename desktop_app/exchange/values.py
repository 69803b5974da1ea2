"""Single values as other people's files write them. Every reader raises `Unreadable` with a plain sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop_app.domain.sessions import Half

EXCEL_DAY_0 = date(1899, 12, 30)
EXCEL_FIRST, EXCEL_LAST = 18_264, 73_050
"""The serial numbers read as dates: 1950 to 2099."""

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: 00:00(?::00)?)?")
WORDED = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3,9})[ \-](\d{4})")
SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

YES = frozenset(("yes", "y", "true", "t", "1", "✓", "x"))
NO = frozenset(("no", "n", "false", "f", "0", "-", "none"))

SEXES = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"}
HALVES = {"am": Half.AM, "pm": Half.PM, "morning": Half.AM, "afternoon": Half.PM, "a.m.": Half.AM, "p.m.": Half.PM}

YEAR_WORDS = {
    "r": "R", "rec": "R", "reception": "R", "yr": "R", "0": "R", "fs2": "R", "f2": "R",
    "n1": "N1", "nursery 1": "N1", "n2": "N2", "nursery 2": "N2", "nursery": "N2", "n": "N2", "fs1": "N2", "f1": "N2",
}  # fmt: skip
YEAR_NUMBER = re.compile(r"(?:national curriculum )?(?:nc )?(?:year|yr|y)? ?0?(\d{1,2})(?:\.0)?")
LAST_YEAR = 13

FORMULA_STARTS = ("=", "+", "@", "\t", "\r")
LONGEST_NAME = 100
LONGEST_TEXT = 32_767

BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Unreadable(ValueError):  # noqa: N818 - what happened to the value
    """A value that cannot be taken; the message says why and what to write instead."""


def unquoted(text: str) -> str:
    """The text without the apostrophe that a spreadsheet puts before a value to keep it as text."""
    return text[1:].strip() if text.startswith("'") else text


def read_date(text: str) -> date:
    """A date: `2026-09-01`, `01/09/2026` (day first), `1 Sep 2026`, or the number a spreadsheet keeps for a day."""
    text = unquoted(text)
    if match := ISO.fullmatch(text):
        return _real(text, int(match[1]), int(match[2]), int(match[3]))
    if match := NUMBERS.fullmatch(text):
        return _real(text, int(match[3]), int(match[2]), int(match[1]))
    if (match := WORDED.fullmatch(text)) and match[2][:3].lower() in MONTHS:
        return _real(text, int(match[3]), MONTHS.index(match[2][:3].lower()) + 1, int(match[1]))
    if (match := SERIAL.fullmatch(text)) and EXCEL_FIRST <= int(match[1]) <= EXCEL_LAST:
        return EXCEL_DAY_0 + timedelta(days=int(match[1]))
    if SHORT_YEAR.fullmatch(text):
        raise Unreadable("This date has a year of two figures; write all four, as 01/09/2026.")
    raise Unreadable("This is not a date; write it as 01/09/2026 or 2026-09-01.")


def date_manner(text: str) -> str:
    """How a date is written: `day first`, `month first` (which no date here may be), `numbers`, or `other`."""
    match = NUMBERS.fullmatch(unquoted(text))
    if match is None:
        return "other"
    if int(match[1]) > 12:
        return "day first"
    return "month first" if int(match[2]) > 12 else "numbers"


def read_flag(text: str) -> bool:
    """Yes or no, in the usual spellings."""
    found = answer(text)
    if found is None:
        raise Unreadable("This is neither Yes nor No.")
    return found


def answer(text: str) -> bool | None:
    """Yes or no where the text is one of their usual spellings; else None."""
    word = text.casefold()
    if word in YES:
        return True
    return False if word in NO else None


def read_sex(text: str) -> str:
    """`M` or `F`."""
    found = SEXES.get(text.casefold())
    if found is None:
        raise Unreadable("Write the sex as M or F (Male, Female), or leave it blank.")
    return found


def read_half(text: str) -> Half:
    """Morning or afternoon."""
    found = HALVES.get(unquoted(text).casefold())
    if found is None:
        raise Unreadable("Write the session as AM or PM.")
    return found


def read_year(text: str) -> str:
    """A year group: N1, N2, R, 1 … 13, from `Reception`, `Year 4`, `Y4`, `4` and the like."""
    word = " ".join(unquoted(text).casefold().split())
    found = YEAR_WORDS.get(word) or YEAR_WORDS.get(word.removeprefix("year ").removeprefix("yr "))
    if found:
        return found
    match = YEAR_NUMBER.fullmatch(word)
    if match and int(match[1]) <= LAST_YEAR:
        return "R" if int(match[1]) == 0 else str(int(match[1]))
    raise Unreadable("Write the year group as N1, N2, R (Reception) or a number from 1 to 13.")


def read_name(text: str) -> str:
    """A name, on one line with single spaces. What a spreadsheet would take for a formula is no name."""
    start = text.lstrip(" \xa0")
    bare = start[1:] if len(start) > 1 and start[0] == "'" and start[1] in "=+@\t-" else start
    if bare.startswith(FORMULA_STARTS):
        raise Unreadable("A name cannot begin with =, +, @ or a tab: a spreadsheet would run it as a formula.")
    if BINARY.search(bare):
        raise Unreadable("This holds a character that cannot be printed (such as NUL); type the name again.")
    name = " ".join(bare.split())
    if len(name) > LONGEST_NAME:
        raise Unreadable(f"A name may have {LONGEST_NAME} characters and this has {len(name)}.")
    return name


def read_text(text: str) -> str:
    """Any other text, kept as it is; refused with characters that no text has, or longer than a cell can be."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"A text may have {LONGEST_TEXT:,} characters and this has {len(text):,}.")
    if BINARY.search(text):
        raise Unreadable("This holds a character that cannot be printed (such as NUL); type it again.")
    return text


def words_of(text: str) -> str:
    """Text on one line with single spaces."""
    return " ".join(text.split())


def _real(text: str, year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2100:
        raise Unreadable(f"The year {year} is not one of ours.")
    try:
        return date(year, month, day)
    except ValueError:
        if date_manner(text) == "month first":
            raise Unreadable("There is no such month; dates are read day first, as 31/12/2026.") from None
        raise Unreadable("There is no such day in the calendar.") from None
