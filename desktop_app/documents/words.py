"""Dates, spans and numbers as documents say them."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.domain.people import Pupil
from desktop_app.domain.report import Report
from desktop_app.rules.display import MONTHS, clock_time, long_date

GROUP = 4
PUBLIC = "For governors and the public: no child is named, and no small group can be told."
IN_HOUSE = "For the school’s own use: it may be about single children. Keep it locked away."
CONFIDENTIAL = "Confidential: it is about {}. For those to whom it is given, and nobody else."


def span_words(first: date, last: date) -> str:
    """`7 September to 20 November 2026`; both years where they differ; one date where both are the same."""
    if first == last:
        return long_date(first)
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {long_date(last)}"
    return f"{long_date(first)} to {long_date(last)}"


def short_day(day: date) -> str:
    """`20 Nov 2026`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def moment_words(moment: datetime) -> str:
    """`20 Nov 2026 14:05`."""
    return f"{short_day(moment.date())} {clock_time(moment)}"


def chain_words(head: str) -> str:
    """The first eight digits of a chain head in two groups, `7F3A 91C2`: enough to find it again with `check`."""
    digits = head[: 2 * GROUP].upper()
    return f"{digits[:GROUP]} {digits[GROUP:]}".strip()


def dfe_words(number: str) -> str:
    """`DfE 340/2001`, however the number was typed; empty where there is none."""
    digits = "".join(letter for letter in number if letter.isdigit())
    if len(digits) == 7:
        return f"DfE {digits[:3]}/{digits[3:]}"
    return f"DfE {number.strip()}" if number.strip() else ""


def full_name(pupil: Pupil) -> str:
    """Every legal name of a pupil in order, as a certificate needs it."""
    return " ".join(filter(None, (pupil.legal_forename, pupil.middle_names, pupil.legal_surname)))


def upper_first(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """`text` with a small first letter, as after a code; words of capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def for_whom(report: Report) -> str:
    """For whom a report is: what stands at the head of it on paper and in a workbook."""
    if report.public:
        return PUBLIC
    if not report.handed_on:
        return IN_HOUSE
    return CONFIDENTIAL.format("one child" if report.pupil else "single children")
