"""What changed between two versions of a child's particulars, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.domain.people import Address, Pupil
from desktop_app.rules.display import date_year

LABELS: Mapping[str, str] = {
    "legal_forename": "Legal forename",
    "middle_names": "Middle names",
    "legal_surname": "Legal surname",
    "used_forename": "Forename in use",
    "used_surname": "Surname in use",
    "sex": "Sex",
    "date_of_birth": "Date of birth",
    "address": "Address",
    "upn": "UPN",
    "admission_number": "Admission number",
    "starting_day": "Starting day",
    "leaving_day": "Last day on roll",
    "leaving_ground": "Ground",
    "last_school": "Last school",
    "next_school": "Next school",
    "home_la": "Lives in another authority",
    "boarder": "Boarder",
}
"""The particulars in the order in which they are asked, and what each is called."""
NOTHING = "nothing"


def changed_words(before: Pupil, after: Pupil) -> tuple[str, ...]:
    """Each particular that is another, with what it was and what it is."""
    pairs = ((words, getattr(before, key), getattr(after, key)) for key, words in LABELS.items())
    return tuple(f"{words}: {_shown(old)} → {_shown(new)}" for words, old, new in pairs if old != new)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return date_year(value)
    if isinstance(value, Address):
        return value.one_line or NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or NOTHING)
