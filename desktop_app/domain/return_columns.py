"""The columns that a return may have, with the heading each has where the authority asks for none of its own."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.report import Unit

COLUMNS: Mapping[str, tuple[str, Unit]] = {
    "upn": ("UPN", Unit.TEXT),
    "admission-number": ("Admission number", Unit.TEXT),
    "name": ("Child", Unit.TEXT),
    "surname": ("Surname", Unit.TEXT),
    "forename": ("Forename", Unit.TEXT),
    "dob": ("Date of birth", Unit.DAY),
    "sex": ("Sex", Unit.TEXT),
    "year": ("Year", Unit.TEXT),
    "class": ("Class", Unit.TEXT),
    "address": ("Address", Unit.TEXT),
    "postcode": ("Postcode", Unit.TEXT),
    "parents": ("Parents", Unit.TEXT),
    "parents-address": ("Parents’ addresses", Unit.TEXT),
    "phone": ("Telephone", Unit.TEXT),
    "home-la": ("Home authority", Unit.TEXT),
    "plan-la": ("EHC plan kept by", Unit.TEXT),
    "care-la": ("Looked after by", Unit.TEXT),
    "starting": ("On roll from", Unit.DAY),
    "leaving": ("Last day on roll", Unit.DAY),
    "last-school": ("Last school", Unit.TEXT),
    "next-school": ("Next school", Unit.TEXT),
    "ground": ("Ground", Unit.TEXT),
    "evidence": ("What showed it", Unit.TEXT),
    "from": ("From", Unit.DAY),
    "to": ("To", Unit.DAY),
    "days": ("Days", Unit.COUNT),
    "sessions": ("Sessions", Unit.COUNT),
    "codes": ("Codes", Unit.TEXT),
    "attendance": ("Attendance", Unit.PERCENT),
    "unauthorised": ("Unauthorised", Unit.COUNT),
    "hours": ("Hours a week", Unit.TEXT),
    "purpose": ("What it is for", Unit.TEXT),
    "agreed": ("Agreed", Unit.TEXT),
    "reviews": ("Reviewed", Unit.TEXT),
    "why": ("Why", Unit.TEXT),
}
