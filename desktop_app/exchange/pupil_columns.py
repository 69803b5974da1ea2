"""The headings of a list of pupils: the usual spellings of each column, and the repeated ones of contacts."""

from __future__ import annotations

import re

from desktop_app.domain.people import FlagKind
from desktop_app.exchange.columns import Layout

SPELLINGS: dict[str, tuple[str, ...]] = {
    "upn": ("upn", "unique pupil number", "pupil upn"),
    "admission_number": ("admission number", "admission no", "adm no", "adm number", "admno", "adno", "admission num"),
    "legal_surname": ("legal surname", "legal last name", "legal family name"),
    "surname": ("surname", "last name", "family name", "pupil surname"),
    "used_surname": ("preferred surname", "used surname", "chosen surname", "preferred last name"),
    "legal_forename": ("legal forename", "legal first name", "legal given name"),
    "forename": ("forename", "first name", "given name", "pupil forename"),
    "used_forename": (
        *("preferred name", "preferred forename", "preferred first name", "chosen name", "chosen forename"),
        *("used forename", "used name", "known as"),
    ),
    "middle_names": ("middle names", "middle name", "middle name s", "legal middle names"),
    "sex": ("sex", "gender", "legal sex"),
    "date_of_birth": ("date of birth", "dob", "birth date", "birthdate", "d o b"),
    "starting_day": (
        *("admission date", "date of admission", "starting date", "start date", "starting day", "date of entry"),
        *("entry date", "enrolment date", "date of starting", "doa", "on roll from"),
    ),
    "leaving_day": ("leaving date", "date of leaving", "leaving day", "date left", "leave date", "dol"),
    "leaving_ground": ("leaving ground", "leaving reason", "reason for leaving", "ground for removal"),
    "year": ("year group", "year", "yr", "yr group", "nc year", "ncy", "nc year group", "national curriculum year"),
    "class_name": (
        *("class", "class name", "reg group", "registration group", "registration form", "reg class", "reg form"),
        *("reg", "form", "form group", "tutor group", "reg group class", "class reg group"),
    ),
    "address": ("address", "home address", "full address", "pupil address"),
    "address_line": ("house", "house number", "house name", "street", "road", "locality", "town", "city", "county"),
    "postcode": ("postcode", "post code", "home postcode", "address postcode"),
    "home_la": ("home la", "home local authority", "home authority"),
    "last_school": ("last school", "previous school"),
    "next_school": ("next school", "destination school", "destination"),
    "boarder": ("boarder",),
    "sen": ("sen status", "sen", "send", "send status", "sen provision", "sen code"),
}

FLAGS: dict[FlagKind, tuple[str, ...]] = {
    FlagKind.FSM: ("fsm", "free school meals", "free school meal", "fsm eligible", "fsm eligibility", "fsm status"),
    FlagKind.PUPIL_PREMIUM: ("pupil premium", "pp", "pupil premium indicator", "pupil premium eligible", "pp status"),
    FlagKind.EHCP: ("ehcp", "ehc plan"),
    FlagKind.EAL: ("eal", "english as an additional language", "english additional language", "eal status"),
    FlagKind.LOOKED_AFTER: (
        *("looked after", "lac", "cla", "in care", "looked after child", "child looked after"),
        *("looked after children", "in lea care", "currently looked after"),
    ),
    FlagKind.PREVIOUSLY_LOOKED_AFTER: ("previously looked after", "plac", "post looked after"),
    FlagKind.SOCIAL_WORKER: ("social worker", "has social worker", "has a social worker", "social worker name"),
    FlagKind.CHILD_IN_NEED: ("child in need", "cin"),
    FlagKind.CHILD_PROTECTION: ("child protection", "child protection plan", "cp plan"),
    FlagKind.EARLY_HELP: ("early help",),
    FlagKind.YOUNG_CARER: ("young carer",),
    FlagKind.SERVICE_CHILD: ("service child", "service", "service family", "service children"),
    FlagKind.ETHNICITY: ("ethnicity", "ethnic group", "ethnic background", "ethnicity code", "ethnic code"),
}

CONTACT = re.compile(r"(?:emergency |priority )?(?:contact|parent|carer|parent carer|guardian) (\d{1,2}) (.+)")
ADDRESS_LINE = re.compile(r"(?:home |pupil )?address(?: line)? \d")

CONTACT_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name"),
    "title": ("title", "salutation"),
    "forename": ("forename", "first name", "given name"),
    "surname": ("surname", "last name", "family name"),
    "relationship": ("relationship", "relation", "relationship to pupil", "relationship to child", "rel"),
    "responsibility": ("parental responsibility", "responsibility", "pr", "has parental responsibility", "legal pr"),
    "lives_with": ("lives with", "lives with pupil", "lives with child", "same address", "same address as pupil"),
    "phone": (
        *("phone", "telephone", "mobile", "tel", "phone number", "telephone number", "mobile number", "home phone"),
        *("work phone", "mobile phone", "home telephone", "work telephone", "mobile telephone", "home tel", "work tel"),
        *("daytime phone", "main phone", "mobile tel", "day phone"),
    ),
    "email": ("email", "e mail", "email address", "e mail address", "home email", "work email"),
    "address": ("address", "home address", "full address"),
    "address_line": ("house", "house number", "house name", "street", "road", "locality", "town", "city", "county"),
    "postcode": ("postcode", "post code"),
    "language": ("language", "first language", "home language", "preferred language", "spoken language"),
    "interpreter": ("interpreter", "needs interpreter", "interpreter needed", "interpreter required"),
    "reading_needs": ("reading needs", "communication needs"),
    "priority": ("priority", "order", "contact order", "contact priority"),
    "may_contact": ("may contact", "may be contacted", "can contact", "contact allowed"),
    "no_contact": ("no contact", "no contact order", "court order", "injunction"),
}

NAMES = {
    **{name: key for key, names in SPELLINGS.items() for name in names},
    **{name: f"flag {kind.value}" for kind, names in FLAGS.items() for name in names},
}
CONTACT_NAMES = {name: key for key, names in CONTACT_FIELDS.items() for name in names}

LABELS = {"mobile": "mobile", "home": "home", "work": "work", "daytime": "daytime", "day": "daytime"}


def contact_key(number: int, field: str) -> str:
    """The key of one column of one contact."""
    return f"contact {number} {field}"


def phone_label(heading: str) -> str:
    """Which phone a heading means (`mobile`, `home`, `work`, `daytime`), where it says."""
    return next((label for word in heading.casefold().split() if (label := LABELS.get(word))), "")


def _numbered(heading: str) -> str | None:
    """The key of a heading of a contact (`contact 2 phone 1`), or of a numbered line of the pupil's address."""
    if ADDRESS_LINE.fullmatch(heading):
        return "address_line"
    match = CONTACT.fullmatch(heading)
    if match is None:
        return None
    field = match[2]
    bare = re.sub(r" \d{1,2}$", "", field)
    if field != bare and bare in ("address", "address line"):
        return contact_key(int(match[1]), "address_line")
    found = CONTACT_NAMES.get(field) or CONTACT_NAMES.get(bare)
    return contact_key(int(match[1]), found) if found else None


PUPILS = Layout(
    what="a list of pupils",
    names=NAMES,
    needed=(
        ("legal_surname", "surname"),
        ("legal_forename", "forename"),
        ("date_of_birth",),
        ("starting_day",),
        ("year",),
        ("class_name",),
    ),
    titles={
        "legal_surname": "Legal Surname",
        "surname": "Surname",
        "legal_forename": "Legal Forename",
        "forename": "Forename",
        "date_of_birth": "Date of Birth",
        "starting_day": "Admission Date",
        "year": "Year Group",
        "class_name": "Class",
    },
    numbered=_numbered,
)
